"""Rows of one document: ids, keys and places in the file for items, targets, milestones and responsibilities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from policy_commitments.pipeline.identity import commitment_key, row_id
from policy_commitments.pipeline.resolve.agencies import resolve_agency
from policy_commitments.pipeline.resolve.indicators import indicator_id, indicator_key, place_names
from policy_commitments.pipeline.resolve.locate import Locator
from policy_commitments.pipeline.resolve.measures import canonical_measure
from policy_commitments.pipeline.resolve.quantities import Quantity, resolve_quantity
from policy_commitments.pipeline.resolve.wording import canonical_per
from policy_commitments.schemas.frozen import frozen
from policy_commitments.schemas.mentions import AgencyMention, QuantityMention, Span
from policy_commitments.schemas.outline import Item, Outline
from policy_commitments.schemas.records import (
    Deadline,
    DocumentRecord,
    ItemRecord,
    MilestoneRecord,
    ResponsibilityRecord,
    TargetRecord,
)

_NO_DEADLINE = Deadline()


@frozen
class TablePlace:
    """Which cell a row comes from, all counted from 0; None in a box (`专栏`), which is no grid."""

    table: int | None
    row: int | None
    col: int | None

    def anchor(self, printed: str | None) -> str | None:
        """`t0r3c2`; of a box the anchor of its paragraph."""
        return printed if self.table is None else f"t{self.table}r{self.row}c{self.col}"


IN_BOX = TablePlace(None, None, None)


@dataclass(slots=True)
class RowMaker:
    """Makes the rows of one document; ids count rows that share a start."""

    outline: Outline
    document: DocumentRecord
    locator: Locator
    item_ids: dict[int, str] = field(default_factory=dict)
    _seen: Counter[tuple[str, int]] = field(default_factory=Counter)

    def _id(self, letter: str, start: int) -> str:
        self._seen[letter, start] += 1
        return row_id(self.document.doc_id, letter, start, self._seen[letter, start])

    def _key(self, kind: str, item: int | None, what: str, *more: object) -> str:
        place = self.document.adcode or self.document.source_path
        path = self._numbers(item)
        return commitment_key(place, self.document.title, path, kind, what, *more)

    def _numbers(self, item: int | None) -> list[str]:
        numbers: list[str] = []
        while item is not None:
            one = self.outline.items[item]
            numbers.append(str(one.number if one.number is not None else one.label or ""))
            item = one.parent
        return numbers[::-1]

    def _under(self, item: int | None, start: int) -> float:
        """How legible everything is between the heading that a row is filed under and the row."""
        return 1.0 if item is None else self.locator.legible(min(self.outline.items[item].start, start), start)

    def item_key(self, item: Item) -> str:
        """commitment_key of a task."""
        return self._key("task", item.index, item.title)

    def item(self, item: Item, deadline: Deadline = _NO_DEADLINE) -> ItemRecord:
        """Row of one heading or table row."""
        clean = self.outline.clean
        last = item.start + len(clean.text[item.start : item.end].rstrip("\n"))
        start, end = clean.source_span(item.start, max(last, item.start + 1))
        page, bbox, anchor = self.locator.place(item.start)
        self.item_ids[item.index] = self._id("i", start)
        return ItemRecord(
            item_id=self.item_ids[item.index],
            doc_id=self.document.doc_id,
            parent_id=None if item.parent is None else self.item_ids[item.parent],
            ordinal=item.index,
            level=item.level,
            label=item.label,
            number=item.number,
            title=item.title,
            role=item.role,
            is_task=item.is_task,
            path=list(item.path),
            origin=item.origin,
            deadline_text=deadline.text,
            deadline_start=deadline.start,
            deadline=deadline.deadline,
            deadline_source=deadline.source,
            recurrence=deadline.recurrence,
            measures=[self._measure(m.label, m.start, m.end) for m in item.measures],
            start=start,
            end=end,
            text=clean.text[item.start : item.end].strip("\n"),
            page=page,
            bbox=bbox,
            anchor=anchor,
        )

    def _measure(self, label: str, start: int, end: int) -> dict[str, object]:
        begin, stop = self.outline.clean.source_span(start, end)
        return {"label": label, "text": self.outline.clean.text[start:end].strip("\n"), "start": begin, "end": stop}

    def target(
        self,
        mention: QuantityMention,
        item: int | None,
        deadline: Deadline,
        strength: str | None,
        place: TablePlace | None = None,
    ) -> TargetRecord:
        """Row of one promised quantity; `strength` is inherited where the mention has none of its own."""
        where = self.locator.locate(mention.start, mention.end)
        quantity: Quantity = resolve_quantity(mention, dated=deadline.deadline is not None)
        year = deadline.deadline.year if deadline.deadline is not None else None
        key, known = self._indicator(quantity)
        same_scale, same_unit = canonical_measure(
            quantity.value, quantity.unit, canonical_per(quantity.per) if key.startswith("每") else None
        )
        return TargetRecord(
            target_id=self._id("t", where.start),
            commitment_key=self._key("target", item, key, quantity.kind, quantity.per, year),
            doc_id=self.document.doc_id,
            item_id=None if item is None else self.item_ids[item],
            source="body" if place is None else "table",
            table=None if place is None else place.table,
            row=None if place is None else place.row,
            col=None if place is None else place.col,
            indicator=quantity.indicator,
            indicator_key=key,
            indicator_id=known,
            kind=quantity.kind,
            direction=quantity.direction,
            basis=quantity.basis,
            comparator=quantity.comparator,
            value=quantity.value,
            value_max=quantity.value_max,
            value_text=quantity.value_text,
            unit=quantity.unit,
            per=quantity.per,
            dimension=quantity.dimension,
            baseline=quantity.baseline,
            baseline_year=quantity.baseline_year,
            deadline_text=deadline.text,
            deadline_start=deadline.start,
            deadline=deadline.deadline,
            deadline_source=deadline.source,
            recurrence=deadline.recurrence,
            strength=quantity.strength or strength,
            modality_text=quantity.modality_text or None,
            start=where.start,
            end=where.end,
            quote=where.quote,
            text=where.text,
            page=where.page,
            bbox=where.bbox,
            anchor=where.anchor if place is None else place.anchor(where.anchor),
            rule=mention.rule,
            confidence=round(quantity.confidence * min(where.score, self._under(item, mention.start)), 4),
            canonical_value=same_scale,
            canonical_unit=same_unit,
        )

    def _indicator(self, quantity: Quantity) -> tuple[str, str | None]:
        """indicator_key, and indicator_id where the registry knows it."""
        places = place_names(self.document)
        key = indicator_key(quantity.indicator, quantity.per, quantity.kind, places)
        return key, indicator_id(
            quantity.indicator, quantity.unit, quantity.per, quantity.kind, quantity.basis, places
        )

    def milestone(
        self,
        span: Span,
        what: str,
        item: int | None,
        deadline: Deadline,
        strength: str | None,
        rule: str,
        place: TablePlace | None = None,
    ) -> MilestoneRecord:
        """Row of one dated promise."""
        where = self.locator.locate(*span)
        year = deadline.deadline.year if deadline.deadline is not None else None
        return MilestoneRecord(
            milestone_id=self._id("m", where.start),
            commitment_key=self._key("milestone", item, what, year),
            doc_id=self.document.doc_id,
            item_id=None if item is None else self.item_ids[item],
            source="body" if place is None else "table",
            what=what,
            deadline_text=deadline.text,
            deadline_start=deadline.start,
            deadline=deadline.deadline,
            deadline_source=deadline.source,
            strength=strength,
            start=where.start,
            end=where.end,
            quote=where.quote,
            text=where.text,
            page=where.page,
            bbox=where.bbox,
            anchor=where.anchor if place is None else place.anchor(where.anchor),
            rule=rule,
            confidence=round(0.9 * min(where.score, self._under(item, span[0])), 4),
        )

    def responsibility(
        self, mention: AgencyMention, item: int | None, place: TablePlace | None = None
    ) -> ResponsibilityRecord:
        """Row of one agency in one role."""
        where = self.locator.locate(mention.start, mention.end)
        function, level = _agency(mention.agency, self.document.issue_date, self.document.level)
        return ResponsibilityRecord(
            responsibility_id=self._id("r", where.start),
            doc_id=self.document.doc_id,
            item_id=None if item is None else self.item_ids[item],
            source="body" if place is None else "table",
            agency=mention.agency,
            role=mention.role,
            agency_function=function,
            agency_level=level,
            start=where.start,
            end=where.end,
            quote=where.quote,
            text=where.text,
            page=where.page,
            bbox=where.bbox,
            anchor=where.anchor if place is None else place.anchor(where.anchor),
            rule=mention.rule,
        )


@lru_cache(maxsize=65_536)
def _agency(name: str, on: date | None, level: str | None) -> tuple[str | None, str | None]:
    reading = resolve_agency(name, on=on, home_level=level)
    return "、".join(reading.functions) or None, reading.level


def link_restatements(targets: Iterable[TargetRecord]) -> Mapping[str, str]:
    """target_id of a table row -> target_id of the body target of the same indicator, measure and denominator."""
    body: dict[tuple[object, ...], str] = {}
    links: dict[str, str] = {}
    rows = list(targets)
    for row in rows:
        if row.source == "body":
            body.setdefault(_restated(row), row.target_id)
    for row in rows:
        if row.source == "table" and _restated(row) in body:
            links[row.target_id] = body[_restated(row)]
    return links


def _restated(row: TargetRecord) -> tuple[object, ...]:
    growth = row.kind == "rate_of_change"
    return row.indicator_id or row.indicator_key, growth, row.per, row.dimension or row.unit
