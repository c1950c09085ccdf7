"""The tables of a comparison as plain rows; every writer (workbook, Parquet, CSV, Stata, Markdown) starts from these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from policy_commitments.pipeline.comparison.agencies import find_leads, find_tasks
from policy_commitments.pipeline.comparison.cascade import find_cascade
from policy_commitments.pipeline.comparison.conflicts import find_conflicts
from policy_commitments.pipeline.comparison.grid import Row, build_rows, places_of
from policy_commitments.pipeline.comparison.material import Document, Material, Value
from policy_commitments.pipeline.comparison.revisions import find_revisions

Line = Mapping[str, Any]
SIDE_TABLES = ("conflicts", "cascade", "revisions", "agency_tasks", "agency_leads")
_MOST_CELLS = 5_000  # of all rows; beyond that, empty lines would bury the values
_MOST_EMPTY = 200_000  # of the rows that several jurisdictions state


@dataclass(frozen=True, slots=True)
class Tables:
    """`rows` and `places` span the matrix; `lines` are the rows of `compare` and of the side tables by name."""

    rows: Sequence[Row]
    places: Sequence[str]
    lines: Mapping[str, Sequence[Line]]


def build_tables(material: Material) -> Tables:
    """All tables of a comparison."""
    rows = build_rows(material)
    places = places_of(rows, material)
    tasks = find_tasks(material)
    return Tables(
        rows,
        places,
        {
            "compare": list(_compare_lines(rows, places, material)),
            "conflicts": list(find_conflicts(rows)),
            "cascade": list(find_cascade(material, rows)),
            "revisions": list(find_revisions(material, rows)),
            "agency_tasks": tasks,
            "agency_leads": find_leads(tasks),
        },
    )


def _compare_lines(rows: Sequence[Row], places: Sequence[str], material: Material) -> Iterator[Line]:
    """Values, then what was not read or not stated: of all rows, or in a large dataset of those that several state."""
    levels = {d.place: (d.record["level"], d.record["adcode"]) for d in material.documents.values()}
    order = {place: n for n, place in enumerate(places)}
    empty = _rows_with_empty(rows, len(places))
    for row in rows:
        found = places if row.row_id in empty else sorted({*row.values, *row.unread}, key=order.__getitem__)
        for place in found:
            head = _head(row, place, *levels[place])
            if place in row.values:
                for number, value in enumerate(row.values[place]):
                    yield {**head, **_value(value), "used": number == 0, "status": _status(value)}
            elif place in row.unread:
                yield {**head, **_unread(*row.unread[place]), "used": False, "status": "not_read"}
            else:
                yield {**head, "used": False, "status": "not_stated"}


def _rows_with_empty(rows: Sequence[Row], places: int) -> set[str]:
    """Rows whose empty cells are listed as well, within bounds."""
    shared = [row for row in rows if len(row.values) > 1]
    within = next((some for some, most in ((rows, _MOST_CELLS), (shared, _MOST_EMPTY)) if len(some) * places <= most), ())
    return {row.row_id for row in within}


def _status(value: Value) -> str:
    return "stated" if value.target["value"] is not None else "not_read"


def _head(row: Row, place: str, level: str | None, adcode: str | None) -> dict[str, Any]:
    return {
        "row_id": row.row_id,
        "indicator": row.label,
        "indicator_en": row.label_en,
        "field": row.field,
        "form": row.form,
        "verdict": row.verdict.code,
        "note": row.verdict.note,
        "related": "; ".join(f"{how} {other}" for how, other, _ in row.related) or None,
        "jurisdiction": place,
        "level": level,
        "adcode": adcode,
    }


def _value(value: Value) -> dict[str, Any]:
    same = (
        "value value_max comparator unit per canonical_value canonical_unit baseline baseline_year deadline strength "
        "kind basis source page target_id"
    )
    return {
        **{name: value.target[name] for name in same.split()},
        "shown": value.shown,
        "printed": str(value.target["indicator"]).replace("\n", ""),
        "sentence": value.sentence,
        **_document(value.document),
    }


def _unread(document: Document, clause: str) -> dict[str, Any]:
    return {"sentence": clause, **_document(document)}


def _document(document: Document) -> dict[str, Any]:
    return {
        "document": document.title,
        "doc_number": document.record["doc_number"],
        "issue_date": document.record["issue_date"],
        "doc_id": document.doc_id,
    }
