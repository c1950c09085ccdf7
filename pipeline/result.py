"""What one document yields: its rows, its problems and where its characters went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from policy_commitments.schemas.problems import Problem
from policy_commitments.schemas.records import (
    CommitmentRecord,
    DocumentRecord,
    ItemRecord,
    MilestoneRecord,
    ResponsibilityRecord,
    TargetRecord,
)


@dataclass(slots=True, kw_only=True)
class DocumentResult:
    """Rows of one document, table by table, plus its canonical text.

    `characters` counts canonical characters by where they went: `role:<role>`, `table`, `front`, `back`,
    `furniture:<kind>`, `layout` (blanks and line ends) and `unplaced`; its values add up to len(text).
    `numbers` counts runs of digits in goals, tasks and safeguards by class.
    """

    document: DocumentRecord
    text: str
    items: Sequence[ItemRecord] = ()
    targets: Sequence[TargetRecord] = ()
    milestones: Sequence[MilestoneRecord] = ()
    responsibilities: Sequence[ResponsibilityRecord] = ()
    commitments: Sequence[CommitmentRecord] = ()
    problems: Sequence[Problem] = ()
    characters: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be done, as it stands in errors.jsonl."""

    source: str
    stage: str
    code: str
    message: str
    remedy: str
