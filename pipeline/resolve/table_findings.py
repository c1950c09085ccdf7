"""What the resolver finds in tables: mentions with the cell, row title and body task that they belong to."""

from __future__ import annotations

from dataclasses import dataclass, field

from policy_commitments.schemas.frozen import frozen
from policy_commitments.schemas.mentions import AgencyMention, DeadlineMention, QuantityMention, Span
from policy_commitments.schemas.problems import Problem
from policy_commitments.schemas.table_mentions import TableKind


@frozen
class TableTarget:
    """One quantity of a table; `source` is the deadline's: `table` (column or head), `stated` (its own sentence)."""

    mention: QuantityMention
    deadline: DeadlineMention | None
    source: str | None
    row: int
    col: int
    title: str
    item: int | None


@frozen
class TableMilestone:
    """One dated promise of a table; `start`..`end` is its clause, or the cell of a goal in words."""

    what: str
    start: int
    end: int
    deadline: DeadlineMention
    source: str
    row: int
    col: int
    title: str
    item: int | None


@frozen
class TableResponsibility:
    """One agency of a table cell."""

    mention: AgencyMention
    row: int
    col: int
    title: str
    item: int | None


@frozen
class TaskRowFinding:
    """A row of a task or duty table; `item` is the body task of the same title, None where the row is a task itself."""

    title: str
    title_span: Span
    row_span: Span
    row: int
    item: int | None
    group: str = ""


@dataclass(slots=True)
class TableFindings:
    """All findings of one table, in text order; `scored` says that it gives points (figures in 分 promise nothing)."""

    table: int
    kind: TableKind
    scored: bool = False
    targets: list[TableTarget] = field(default_factory=list)
    milestones: list[TableMilestone] = field(default_factory=list)
    responsibilities: list[TableResponsibility] = field(default_factory=list)
    task_rows: list[TaskRowFinding] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
