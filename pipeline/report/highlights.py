"""Highlights of one document: which stretch of the text shows which record, and what the record's card says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from policy_commitments.pipeline.report.cutting import Mark, Span
from policy_commitments.pipeline.report.details import anchor
from policy_commitments.pipeline.report.fields import agencies_of
from policy_commitments.pipeline.report.matrix import Matrix
from policy_commitments.pipeline.report.tables import Findings, Row, Tables
from policy_commitments.pipeline.report.values import shown

HEADING = -1
FIELDS: Mapping[str, tuple[str, ...]] = {
    "target": (
        "indicator", "value", "value_max", "comparator", "unit", "per", "kind", "direction", "basis",
        "baseline", "baseline_year", "deadline", "recurrence", "strength",
    ),
    "milestone": ("what", "deadline", "strength"),
    "task": ("title", "role", "deadline", "recurrence"),
    "responsibility": ("agency", "role", "agency_function", "agency_level"),
}  # fmt: skip
TABLE_OF = {"target": "targets", "milestone": "milestones", "task": "items", "responsibility": "responsibilities"}
_LETTERS = {"target": "t", "milestone": "m", "task": "k", "responsibility": "a"}
_REACH = 400


@dataclass(frozen=True, slots=True)
class Highlights:
    """Marks in any order and the records that they point to by index."""

    marks: tuple[Mark, ...]
    records: tuple[dict[str, Any], ...]


def find_highlights(tables: Tables, document: Row, text: str, matrix: Matrix) -> Highlights:
    """Tasks, targets, milestones, deadlines and agencies of one document."""
    found = tables.of(document["doc_id"])
    maker = _Maker(tables, found, text, matrix)
    records: list[dict[str, Any]] = []
    marks: list[Mark] = []
    for kind, row, span in _rows(found, text):
        if kind == "heading":
            marks.append(Mark(*span, "h", HEADING, opens=False))
            continue
        number = len(records)
        records.append(maker.record(kind, row))
        marks.append(Mark(*span, _LETTERS[kind], number))
        date = deadline_span(text, row, maker.extent(row)) if kind in ("target", "milestone") else None
        if date is not None:
            marks.append(Mark(*date, "d", number, opens=False))
    return Highlights(tuple(marks), tuple(records))


def _rows(found: Findings, text: str) -> Iterator[tuple[str, Row, Span]]:
    for item in found.items:
        span = title_span(text, item)
        if span is not None:
            yield "task" if item["is_task"] else "heading", item, span
    for kind, rows in (
        ("target", found.targets),
        ("milestone", found.milestones),
        ("responsibility", found.responsibilities),
    ):
        for row in rows:
            if 0 <= row["start"] < row["end"] <= len(text):
                yield kind, row, (row["start"], row["end"])


def title_span(text: str, item: Row) -> Span | None:
    """Where an item's label and title stand, blanks and line ends between their characters allowed."""
    wanted = "".join(f"{item['label'] or ''}{item['title']}".split())
    position, matched = item["start"], 0
    while position < min(item["end"], len(text)) and matched < len(wanted):
        if text[position] == wanted[matched]:
            matched += 1
        elif not text[position].isspace():
            break
        position += 1
    return (item["start"], position) if matched and position > item["start"] else None


def deadline_span(text: str, row: Row, extent: Span) -> Span | None:
    """Where the deadline of a row is printed, blanks aside (到 2025 年): last before the row's end, else just after it."""
    printed = row["deadline_text"]
    if not printed or row["deadline_source"] not in ("stated", "item"):
        return None
    wanted = re.compile(r"\s*".join(map(re.escape, "".join(printed.split()))))
    earlier = list(wanted.finditer(text, max(extent[0], row["start"] - _REACH), row["end"]))
    found = earlier[-1] if earlier else wanted.search(text, row["start"], min(extent[1], row["end"] + _REACH))
    return found.span() if found is not None else None


class _Maker:
    """Records of one document."""

    def __init__(self, tables: Tables, found: Findings, text: str, matrix: Matrix) -> None:
        self._tables, self._matrix, self._text = tables, matrix, text
        self._agencies = agencies_of(found)
        self._items = {item["item_id"]: item for item in found.items}

    def extent(self, row: Row) -> Span:
        item = self._items.get(row["item_id"] or "")
        return (item["start"], item["end"]) if item is not None else (0, len(self._text))

    def record(self, kind: str, row: Row) -> dict[str, Any]:
        """What the card shows and what a correction needs: key, quote, fields; never a bare row id."""
        item = self._items.get(row.get("item_id") or "")
        row_id = row["item_id"] if kind == "task" else row[f"{kind}_id"]
        key = row.get("commitment_key") or self._tables.keys.get(row.get("item_id") or "")
        record: dict[str, Any] = {
            "type": kind,
            "anchor": anchor(row_id),
            "key": key,
            "quote": title_quote(row) if kind == "task" else row["quote"],
            "fields": {name: row[name] for name in FIELDS[kind]},
            "item": None if kind == "task" or item is None else f"{item['label'] or ''}{item['title']}",
            "agencies": self._agencies.get(row.get("item_id") or "", {}),
            "page": row["page"],
            "reviewed": self._is_reviewed(row_id),
        }
        for name in ("deadline_text", "modality_text", "value_text", "rule", "confidence", "source"):
            if row.get(name) is not None:
                record[name] = row[name]
        if kind == "target":
            record["shown"] = shown(row)
            record["row"] = self._matrix.row.get(row_id)
            record["at"] = self._matrix.at.get(row_id)
        return record

    def _is_reviewed(self, row_id: str) -> bool:
        letters = ("-i-", "-ci-"), ("-t-", "-ct-"), ("-m-", "-cm-")
        return any(row_id.replace(*pair, 1) in self._tables.reviewed for pair in letters if pair[0] in row_id)


def title_quote(item: Row) -> str:
    """A task's quote as in `commitments`: label and title, at most 300 characters."""
    return f"{item['label'] or ''}{item['title']}"[:300]


def boxes(found: Findings) -> list[tuple[str, str, Row]]:
    """(layer, anchor, row) of the rows with a place on a page image, the larger things first."""
    tables = (
        ("k", "item_id", [item for item in found.items if item["is_task"]]),
        ("a", "responsibility_id", found.responsibilities),
        ("m", "milestone_id", found.milestones),
        ("t", "target_id", found.targets),
    )
    return [(layer, anchor(row[name]), row) for layer, name, rows in tables for row in rows if row["page"] and row["bbox"]]
