"""Rows of the comparison: one indicator across jurisdictions, with the verdict on whether its values compare."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from policy_commitments.pipeline.comparison.material import Document, Material, Value
from policy_commitments.pipeline.comparison.unread import unread_indicators
from policy_commitments.pipeline.comparison.verdict import Verdict, give_verdicts
from policy_commitments.pipeline.resolve.registry import registry
from policy_commitments.pipeline.resolve.wording import read_wording


@dataclass(frozen=True, slots=True)
class Row:
    """`values` by jurisdiction, the one that stands for it first; `unread` is the sentence that was not understood.

    `related` are (relation, row_id, label) of broader and narrower rows.
    """

    row_id: str
    label: str
    label_en: str | None
    field: str | None
    form: str
    per: str | None
    bare: str
    values: Mapping[str, Sequence[Value]]
    unread: Mapping[str, tuple[Document, str]]
    verdict: Verdict
    related: Sequence[tuple[str, str, str]] = ()

    def status(self, place: str) -> str:
        """stated, not_stated or not_read."""
        if any(value.target["value"] is not None for value in self.values.get(place, ())):
            return "stated"
        return "not_read" if place in self.values or place in self.unread else "not_stated"


def build_rows(material: Material) -> list[Row]:
    """Rows in reading order: those that most jurisdictions state first, then by field and name."""
    cells: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
    for value in material.values:
        cells[value.row_id][value.document.place].append(value)
    ordered = {row_id: {place: _ranked(row[place]) for place in sorted(row)} for row_id, row in cells.items()}
    heads = {row_id: _head(row_id, next(iter(row.values()))[0], row) for row_id, row in ordered.items()}
    verdicts = give_verdicts(ordered, {row_id: (head["bare"], head["form"], head["per"]) for row_id, head in heads.items()})
    unread = unread_indicators(material, ordered)
    rows = [
        Row(
            row_id=row_id,
            values=ordered[row_id],
            unread=unread.get(row_id, {}),
            verdict=verdicts[row_id],
            related=[(how, other, heads[other]["label"]) for how, other in material.related.get(row_id, ()) if other in heads],
            **head,
        )
        for row_id, head in heads.items()
    ]
    return sorted(rows, key=lambda row: (-len(row.values), row.field or "~", row.bare, row.row_id))


def places_of(rows: Iterable[Row], material: Material) -> list[str]:
    """Jurisdictions from national to local, then by code and name."""
    stated = {place for row in rows for place in row.values}
    rank = {d.place: (d.rank, str(d.record["adcode"] or "~"), d.place) for d in material.documents.values()}
    return sorted(stated | set(rank), key=lambda place: rank[place])


def _ranked(values: Sequence[Value]) -> list[Value]:
    """The value that stands for a jurisdiction first: final before draft, latest document, latest deadline, body."""
    return sorted(
        values,
        key=lambda value: (
            value.target["value"] is None,
            value.document.record["status"] == "draft",
            value.target["restates"] is not None,
            -value.document.issued.toordinal() if value.document.record["issue_date"] else 0,
            -(value.year or 0),
            value.target["source"] != "body",
            value.target["start"],
        ),
    )


def _head(row_id: str, first: Value, row: Mapping[str, Sequence[Value]]) -> dict[str, Any]:
    names = registry()
    known = row_id in names.entries or row_id in names.growths
    label, label_en = names.label(row_id) if known else (_name(row), None)
    wording = read_wording(str(first.target["indicator_key"]))
    return {
        "label": label,
        "label_en": label_en,
        "field": names.entry(row_id).field if known else None,
        "form": first.form,
        "per": wording.per or first.target["per"],
        "bare": wording.bare,
    }


def _name(row: Mapping[str, Sequence[Value]]) -> str:
    """The shortest printed wording; the oldest among equals."""
    printed = [str(value.target["indicator"]).replace("\n", "") for values in row.values() for value in values]
    return min(printed, key=lambda one: (len(one), printed.index(one)))
