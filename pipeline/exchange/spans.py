"""Spans of a dataset's documents under five labels, in code points of the canonical text; what every format is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from policy_commitments.pipeline.report.highlights import deadline_span, title_span
from policy_commitments.pipeline.report.tables import Findings, Row, read_tables

LABELS = ("task", "target", "milestone", "deadline", "agency")


@dataclass(frozen=True, slots=True)
class Span:
    """text[start:end] is a `label`; `row` is the row behind it, `key` the commitment_key of that row or of its task."""

    start: int
    end: int
    label: str
    row: Row
    key: str | None


@dataclass(frozen=True, slots=True)
class Annotated:
    """One document: its row, canonical text and spans in text order."""

    document: Row
    text: str
    spans: tuple[Span, ...]


def annotated(dataset: Path) -> Iterator[Annotated]:
    """All documents of a dataset that repeat no other; raises ReportError where there is no dataset."""
    tables = read_tables(dataset)
    for document in tables.documents:
        if document["duplicate_of"] is None:
            text, found = tables.text(document["doc_id"]), tables.of(document["doc_id"])
            yield Annotated(document, text, tuple(spans_of(found, text, tables.keys)))


def spans_of(found: Findings, text: str, task_keys: Mapping[str, str]) -> list[Span]:
    """Spans of one document in text order; `task_keys` maps the item_id of a task to its commitment_key."""
    return sorted(_spans(found, text, task_keys), key=lambda one: (one.start, -one.end, LABELS.index(one.label)))


def _spans(found: Findings, text: str, task_keys: Mapping[str, str]) -> Iterator[Span]:
    items = {item["item_id"]: item for item in found.items}
    for item in found.items:
        place = title_span(text, item) if item["is_task"] else None
        if place is not None:
            yield Span(*place, "task", item, task_keys.get(item["item_id"]))
    for label, rows in (("target", found.targets), ("milestone", found.milestones)):
        for row in rows:
            yield Span(row["start"], row["end"], label, row, row["commitment_key"])
    for row in found.responsibilities:
        yield Span(row["start"], row["end"], "agency", row, task_keys.get(row["item_id"]))
    yield from _deadlines([*found.targets, *found.milestones], text, items)


def _deadlines(rows: Sequence[Row], text: str, items: dict[str, Row]) -> Iterator[Span]:
    """Each printed date once, however many rows it governs."""
    seen: set[tuple[int, int]] = set()
    for row in rows:
        item = items.get(row["item_id"] or "")
        extent = (item["start"], item["end"]) if item is not None else (0, len(text))
        place = deadline_span(text, row, extent)
        if place is not None and place not in seen:
            seen.add(place)
            yield Span(*place, "deadline", row, row["commitment_key"])
