"""Records: the rows of the dataset. Field order is column order; descriptions and types are in `tables/*.yml`.

Offsets are canonical (`Source.text`), dates are `datetime.date`, values are floats with the printed form beside them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from policy_commitments.schemas.frozen import frozen
from policy_commitments.schemas.source import BBox


@frozen
class Deadline:
    """A resolved deadline; `deadline` is the last day that still counts, `recurrence` an ISO 8601 duration."""

    text: str | None = None
    start: date | None = None
    deadline: date | None = None
    source: str | None = None
    recurrence: str | None = None


@dataclass(slots=True, kw_only=True)
class DocumentRecord:
    """One policy document."""

    doc_id: str
    source_name: str
    source_path: str
    source_sha256: str
    format: str
    copies: list[str] = field(default_factory=list)
    duplicate_of: str | None = None
    part_of: str | None = None
    title: str | None = None
    notice_title: str | None = None
    doc_number: str | None = None
    issuer: str | None = None
    issue_date: date | None = None
    genre: str | None = None
    status: str | None = None
    disclosure: str | None = None
    level: str | None = None
    province: str | None = None
    prefecture: str | None = None
    county: str | None = None
    zone: str | None = None
    adcode: str | None = None
    period_start: int | None = None
    period_end: int | None = None
    based_on: list[dict[str, Any]] = field(default_factory=list)
    cc: list[str] = field(default_factory=list)
    resolved: list[str] = field(default_factory=list)
    attachments: list[dict[str, Any]] = field(default_factory=list)
    candidates: list[str] = field(default_factory=list)
    chars: int = 0
    pages: int | None = None
    text_sha256: str = ""
    extractor_version: str = ""
    extra: str | None = None


@dataclass(slots=True, kw_only=True)
class ItemRecord:
    """One heading of the outline with its text, or one row of a task table."""

    item_id: str
    doc_id: str
    parent_id: str | None
    ordinal: int
    level: int
    label: str | None
    number: int | None
    title: str
    role: str
    is_task: bool
    path: list[str]
    origin: str
    deadline_text: str | None = None
    deadline_start: date | None = None
    deadline: date | None = None
    deadline_source: str | None = None
    recurrence: str | None = None
    measures: list[dict[str, Any]] = field(default_factory=list)
    start: int = 0
    end: int = 0
    text: str = ""
    page: int | None = None
    bbox: BBox | None = None
    anchor: str | None = None


@dataclass(slots=True, kw_only=True)
class TargetRecord:
    """One quantity that the document promises."""

    target_id: str
    commitment_key: str
    doc_id: str
    item_id: str | None
    source: str
    table: int | None = None
    row: int | None = None
    col: int | None = None
    indicator: str = ""
    indicator_key: str = ""
    indicator_id: str | None = None
    kind: str = "level"
    direction: str | None = None
    basis: str | None = None
    comparator: str = "eq"
    value: float | None = None
    value_max: float | None = None
    value_text: str = ""
    unit: str | None = None
    per: str | None = None
    dimension: str | None = None
    baseline: float | None = None
    baseline_year: int | None = None
    deadline_text: str | None = None
    deadline_start: date | None = None
    deadline: date | None = None
    deadline_source: str | None = None
    recurrence: str | None = None
    strength: str | None = None
    modality_text: str | None = None
    restates: str | None = None
    start: int = 0
    end: int = 0
    quote: str = ""
    text: str = ""
    page: int | None = None
    bbox: BBox | None = None
    anchor: str | None = None
    rule: str = ""
    confidence: float = 1.0
    canonical_value: float | None = None
    canonical_unit: str | None = None


@dataclass(slots=True, kw_only=True)
class MilestoneRecord:
    """One dated promise without a quantity."""

    milestone_id: str
    commitment_key: str
    doc_id: str
    item_id: str | None
    source: str
    what: str
    deadline_text: str | None = None
    deadline_start: date | None = None
    deadline: date | None = None
    deadline_source: str | None = None
    strength: str | None = None
    start: int = 0
    end: int = 0
    quote: str = ""
    text: str = ""
    page: int | None = None
    bbox: BBox | None = None
    anchor: str | None = None
    rule: str = ""
    confidence: float = 1.0


@dataclass(slots=True, kw_only=True)
class ResponsibilityRecord:
    """One agency in one role for one item."""

    responsibility_id: str
    doc_id: str
    item_id: str | None
    source: str
    agency: str
    role: str
    agency_function: str | None = None
    agency_level: str | None = None
    start: int = 0
    end: int = 0
    quote: str = ""
    text: str = ""
    page: int | None = None
    bbox: BBox | None = None
    anchor: str | None = None
    rule: str = ""


@dataclass(slots=True, kw_only=True)
class CommitmentRecord:
    """The flat analysis view: one task, target or milestone with its document and agencies beside it."""

    commitment_id: str
    commitment_key: str
    type: str
    doc_id: str
    item_id: str | None
    adcode: str | None = None
    province: str | None = None
    prefecture: str | None = None
    county: str | None = None
    level: str | None = None
    doc_title: str | None = None
    doc_number: str | None = None
    issue_date: date | None = None
    item_title: str | None = None
    indicator: str | None = None
    indicator_id: str | None = None
    kind: str | None = None
    direction: str | None = None
    basis: str | None = None
    comparator: str | None = None
    value: float | None = None
    value_max: float | None = None
    unit: str | None = None
    per: str | None = None
    baseline: float | None = None
    deadline: date | None = None
    recurrence: str | None = None
    strength: str | None = None
    lead: list[str] = field(default_factory=list)
    responsible: list[str] = field(default_factory=list)
    support: list[str] = field(default_factory=list)
    start: int = 0
    end: int = 0
    quote: str = ""
    confidence: float = 1.0
    reviewed: bool = False
