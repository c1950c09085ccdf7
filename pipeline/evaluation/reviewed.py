"""A reviewer's decisions as gold: which of them extraction agrees with by itself (a run without --corrections).

Rows that no one reviewed count neither for nor against: this measures what was looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from policy_commitments.pipeline.corrected_rows import (
    Rows,
    UnfitError,
    column_of,
    find_rows,
    is_as_seen,
    rows_of,
    same_promise,
    value_for,
)
from policy_commitments.pipeline.corrections import Correction, Corrections
from policy_commitments.pipeline.dataset import Dataset
from policy_commitments.pipeline.missed_rows import MissingError, missed_row
from policy_commitments.pipeline.result import DocumentResult
from policy_commitments.schemas import records

_RECORDS: dict[str, type[Any]] = {
    "items": records.ItemRecord,
    "targets": records.TargetRecord,
    "milestones": records.MilestoneRecord,
    "responsibilities": records.ResponsibilityRecord,
    "commitments": records.CommitmentRecord,
}
_SAID = {"confirm": "confirmed rows found again", "delete": "deleted rows not found", "add": "missed rows found now"}


@dataclass(slots=True)
class Reviewed:
    """(agreeing, all) by what was decided; corrections also by field; `misses` says where extraction disagrees."""

    by_decision: dict[str, list[int]] = field(default_factory=dict)
    misses: list[tuple[str, ...]] = field(default_factory=list)
    absent: int = 0

    def count(self, name: str, agrees: bool) -> None:
        """Add one decision."""
        pair = self.by_decision.setdefault(name, [0, 0])
        pair[0] += agrees
        pair[1] += 1


def evaluate_reviewed(dataset: Path, corrections: Corrections) -> Reviewed:
    """Every decision against the dataset; one that concerns several documents agrees where any of them does."""
    agrees: dict[str, bool] = {}
    for result in _results(dataset):
        for one in corrections.of(result.document):
            agrees[one.code] = agrees.get(one.code, False) or _agrees(rows_of(result), one)
    reviewed = Reviewed()
    for one in corrections.all:
        if one.code not in agrees:
            reviewed.absent += 1
            continue
        name = f"corrected {one.type} {one.field}" if one.action == "correct" else _SAID[one.action]
        reviewed.count(name, agrees[one.code])
        if not agrees[one.code]:
            reviewed.misses.append((str(one.document.get("title")), one.action, one.field, one.quote, str(one.new or "")))
    return reviewed


def _agrees(rows: Rows, one: Correction) -> bool:
    """Whether extraction says what the reviewer says."""
    try:
        if one.action == "add":
            values = {name: value_for(column_of(one.type, name), value) for name, value in one.new.items()}
            wanted = missed_row(rows.result, one.type, one.quote, one.context, values)
            return any(same_promise(row, wanted) for row in rows.of(one.type))
        found = find_rows(rows, one)
        if one.action == "correct":
            new = value_for(column_of(one.type, one.field), one.new)
            return any(getattr(row, one.field) == new for row in found)
        return one.action == "confirm" and any(is_as_seen(row, one) for row in found)
    except (UnfitError, MissingError):
        return one.action == "delete"


def _results(dataset: Path) -> Iterator[DocumentResult]:
    """Documents of a dataset as records again."""
    opened = Dataset.open(dataset)
    grouped: dict[str, dict[str, list[Any]]] = {}
    for table, record in _RECORDS.items():
        for row in opened.arrow(table).to_pylist():
            grouped.setdefault(row["doc_id"], {name: [] for name in _RECORDS})[table].append(record(**row))
    for row in opened.arrow("documents").to_pylist():
        text = opened.text(row["doc_id"])
        tables: dict[str, Any] = dict(grouped.get(row["doc_id"], {}))
        yield DocumentResult(document=records.DocumentRecord(**row), text=text, **tables)


def reviewed_lines(reviewed: Reviewed) -> list[str]:
    """The figures as printed."""
    lines = [f"{name:32s} {right}/{every}" for name, (right, every) in sorted(reviewed.by_decision.items())]
    if reviewed.absent:
        lines.append(f"{'decisions on absent documents':32s} {reviewed.absent}")
    return lines
