"""What decisions change in the rows of one document: values set, rows taken out or added, the flat view made anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from policy_commitments.pipeline.corrections import Correction, Corrections
from policy_commitments.pipeline.derived_columns import SOURCES, derive
from policy_commitments.pipeline.evaluation.likeness import likeness
from policy_commitments.pipeline.identity import plain
from policy_commitments.pipeline.missed_rows import MissingError, missed_row
from policy_commitments.pipeline.resolve.view import commitments
from policy_commitments.pipeline.result import DocumentResult
from policy_commitments.schemas.columns import Column, columns
from policy_commitments.schemas.problems import Problem
from policy_commitments.schemas.records import ItemRecord, MilestoneRecord, ResponsibilityRecord, TargetRecord

Record = TargetRecord | MilestoneRecord | ItemRecord | ResponsibilityRecord
TABLES = {"target": "targets", "milestone": "milestones", "task": "items", "responsibility": "responsibilities"}
_ALIKE = 0.6


class UnfitError(Exception):
    """A decision that does not fit this document; the message says why."""


@dataclass(slots=True)
class Rows:
    """Rows of one document while decisions are applied; `keys` maps the item_id of a task to its commitment_key."""

    result: DocumentResult
    items: list[ItemRecord]
    targets: list[TargetRecord]
    milestones: list[MilestoneRecord]
    responsibilities: list[ResponsibilityRecord]
    keys: Mapping[str, str]
    reviewed: set[str] = field(default_factory=set)

    def of(self, kind: str) -> Sequence[Record]:
        """Rows of one type."""
        rows: Sequence[Record] = getattr(self, TABLES[kind])
        return [row for row in rows if isinstance(row, ItemRecord) and row.is_task] if kind == "task" else rows

    def key(self, row: Record) -> str | None:
        """commitment_key of a row; of an agency, that of its task."""
        return self.keys.get(row.item_id or "") if isinstance(row, ItemRecord | ResponsibilityRecord) else row.commitment_key


def apply_corrections(result: DocumentResult, corrections: Corrections) -> tuple[DocumentResult, dict[str, str]]:
    """The document with its decisions applied, and code -> reason for each that concerns it (empty: it fitted)."""
    decisions = corrections.of(result.document)
    if not decisions:
        return result, {}
    rows = rows_of(result)
    outcome = {one.code: _applied(rows, one) for one in decisions}
    problems = [_problem(one, outcome[one.code]) for one in decisions if outcome[one.code]]
    return _finished(rows, problems), outcome


def rows_of(result: DocumentResult) -> Rows:
    """Copies of a document's rows, free to be changed."""
    return Rows(
        result=result,
        items=[replace(row) for row in result.items],
        targets=[replace(row) for row in result.targets],
        milestones=[replace(row) for row in result.milestones],
        responsibilities=[replace(row) for row in result.responsibilities],
        keys={row.item_id: row.commitment_key for row in result.commitments if row.type == "task" and row.item_id},
    )


def _applied(rows: Rows, one: Correction) -> str:
    acts: Mapping[str, Callable[[Rows, Correction], None]] = {
        "confirm": _confirm, "correct": _correct, "delete": _delete, "add": _add,
    }  # fmt: skip
    try:
        acts[one.action](rows, one)
    except UnfitError as reason:
        return str(reason)
    return ""


# --- finding the row


def find_rows(rows: Rows, one: Correction) -> list[Record]:
    """Rows that a decision is about: same key and quote, else the only one of this quote, else of this key."""
    all_rows, quote = rows.of(one.type), plain(one.quote)
    keyed = [row for row in all_rows if one.key is not None and rows.key(row) == one.key]
    quoted = [row for row in all_rows if plain(_quote(row)) == quote]
    both = [row for row in keyed if plain(_quote(row)) == quote]
    if both:
        return both
    if len(quoted) == 1:
        return quoted
    if len(keyed) == 1 and likeness(_quote(keyed[0]), one.quote) >= _ALIKE:
        return keyed
    raise UnfitError("several rows have this quote" if quoted else "no row has this key and quote any more")


def _quote(row: Record) -> str:
    return f"{row.label or ''}{row.title}"[:300] if isinstance(row, ItemRecord) else row.quote


# --- the four decisions


def _confirm(rows: Rows, one: Correction) -> None:
    found = find_rows(rows, one)
    fitting = [row for row in found if is_as_seen(row, one)]
    if not fitting:
        raise UnfitError("the row has changed since it was confirmed")
    rows.reviewed.update(map(_id, fitting))


def _correct(rows: Rows, one: Correction) -> None:
    column = column_of(one.type, one.field)
    old, new = value_for(column, one.old), value_for(column, one.new)
    found = find_rows(rows, one)
    fitting = [row for row in found if getattr(row, one.field) in (old, new)]
    if not fitting:
        now = getattr(found[0], one.field)
        raise UnfitError(f"{one.field} is now {_printed(now)}, not {_printed(old)} as when it was corrected")
    for row in fitting:
        setattr(row, one.field, new)
        if isinstance(row, TargetRecord) and one.field in SOURCES:
            derive(row, rows.result.document)
        rows.reviewed.add(_id(row))


def _delete(rows: Rows, one: Correction) -> None:
    for row in find_rows(rows, one):
        if isinstance(row, ItemRecord):
            row.is_task = False
        else:
            getattr(rows, TABLES[one.type]).remove(row)


def _add(rows: Rows, one: Correction) -> None:
    table = TABLES[one.type]
    if one.type not in ("target", "milestone"):
        raise UnfitError("only targets and milestones can be added")
    values = {name: value_for(column_of(one.type, name), value) for name, value in one.new.items()}
    try:
        row = missed_row(rows.result, one.type, one.quote, one.context, values)
    except MissingError as reason:
        raise UnfitError(str(reason)) from reason
    there = next((old for old in getattr(rows, table) if same_promise(old, row)), None)
    if there is None:
        getattr(rows, table).append(row)
    rows.reviewed.add(_id(there or row))


def same_promise(old: Record, new: Record) -> bool:
    """Whether extraction has found by now what a reviewer had added: the same value or wording at the same place."""
    if not (old.start < new.end and new.start < old.end):
        return False
    if isinstance(old, TargetRecord) and isinstance(new, TargetRecord):
        return (old.value, old.unit) == (new.value, new.unit) and likeness(old.indicator, new.indicator) >= _ALIKE
    return isinstance(old, MilestoneRecord) and isinstance(new, MilestoneRecord) and likeness(old.what, new.what) >= _ALIKE


# --- values


def column_of(kind: str, name: str) -> Column:
    """The column that a decision changes; raises UnfitError for one that no reviewer may."""
    column = next((one for one in columns(TABLES[kind]) if one.name == name), None)
    if column is None or column.unique or column.type not in ("string", "int", "float", "date"):
        raise UnfitError(f"{name} is no field that can be corrected")
    return column


def value_for(column: Column, value: Any) -> Any:
    """A value of JSON as the column's type; raises UnfitError where it is none."""
    if value is None or value == "":
        if column.required:
            raise UnfitError(f"{column.name} cannot be empty")
        return None
    if column.enum and value not in column.enum:
        raise UnfitError(f"{value!r} is no value of {column.name}")
    casts: Mapping[str, Callable[[Any], Any]] = {
        "float": float, "int": int, "date": date.fromisoformat, "string": str,
    }  # fmt: skip
    try:
        return casts[column.type](value)
    except (TypeError, ValueError) as error:
        raise UnfitError(f"{value!r} is no {column.type}") from error


def is_as_seen(row: Record, one: Correction) -> bool:
    """Whether a row still is as it was seen when it was confirmed."""
    seen = one.old if isinstance(one.old, dict) else {}
    return all(getattr(row, name) == value_for(column_of(one.type, name), value) for name, value in seen.items())


def _printed(value: Any) -> str:
    return "empty" if value is None else str(value)


# --- the result


def _id(row: Record) -> str:
    """The commitment_id that shows this row in the flat view; of an agency, that of its task."""
    if isinstance(row, TargetRecord):
        return row.target_id.replace("-t-", "-ct-")
    if isinstance(row, MilestoneRecord):
        return row.milestone_id.replace("-m-", "-cm-")
    return (row.item_id or "").replace("-i-", "-ci-")


def _problem(one: Correction, reason: str) -> Problem:
    return Problem("correction_unfit", "warning", "emit", one.quote[:200], f"{one.action} {one.field}: {reason}")


def _finished(rows: Rows, problems: Sequence[Problem]) -> DocumentResult:
    kept = {target.target_id for target in rows.targets}
    for target in rows.targets:
        target.restates = target.restates if target.restates in kept else None
    targets = sorted(rows.targets, key=lambda row: (row.start, -row.end))
    milestones = sorted(rows.milestones, key=lambda row: (row.start, -row.end))
    document = rows.result.document
    view = list(commitments(document, rows.items, targets, milestones, rows.responsibilities, rows.keys))
    for commitment in view:
        commitment.reviewed = commitment.commitment_id in rows.reviewed
    return replace(
        rows.result,
        items=rows.items,
        targets=targets,
        milestones=milestones,
        responsibilities=rows.responsibilities,
        commitments=view,
        problems=[*rows.result.problems, *problems],
    )
