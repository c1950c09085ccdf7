"""Extract: every extractor run once over the stretches of the outline that it is for; mentions by item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policy_commitments.extractors.agencies import (
    OrderRule,
    find_order_rule,
    read_agencies,
)
from policy_commitments.extractors.deadlines import extract_deadlines
from policy_commitments.extractors.metadata import extract_metadata
from policy_commitments.extractors.milestones import extract_milestones
from policy_commitments.extractors.number_classes import NumberClass, classify_numbers
from policy_commitments.extractors.quantities import extract_quantities
from policy_commitments.extractors.told import LOOKS_AHEAD, speaks_of_the_future, tells_of_work
from policy_commitments.schemas.clean import CleanTable
from policy_commitments.schemas.frozen import frozen
from policy_commitments.schemas.mentions import (
    AgencyMention,
    DeadlineMention,
    FieldMention,
    MilestoneMention,
    QuantityMention,
    Span,
)
from policy_commitments.schemas.outline import Outline, Role

PROMISING = frozenset({"goal", "task", "safeguard"})


@frozen
class Passage:
    """Mentions in the prose of one item (`item` is None where a document has no headings at all)."""

    item: int | None
    stretches: tuple[Span, ...]
    deadlines: tuple[DeadlineMention, ...]
    quantities: tuple[QuantityMention, ...] = ()
    milestones: tuple[MilestoneMention, ...] = ()
    agencies: tuple[AgencyMention, ...] = ()
    unread: tuple[Span, ...] = ()
    numbers: tuple[NumberClass, ...] = ()


@frozen
class Findings:
    """All mentions of one document's prose, in text order; tables are read by their own resolver."""

    fields: tuple[FieldMention, ...]
    passages: tuple[Passage, ...]
    order_rule: OrderRule | None


def extract(outline: Outline) -> Findings:
    """Mentions of one document; only goals, tasks and safeguards can promise."""
    folded = outline.clean.folded
    rule = find_order_rule(folded)
    fields = tuple(extract_metadata(outline))
    tells = any(one.name in ("title", "notice_title") and tells_of_work(one.text) for one in fields)
    passages = [_passage(folded, index, stretches, _role(outline, index), rule) for index, stretches in _prose(outline)]
    if tells:
        passages = [passage if _looks_ahead(outline, passage.item) else promised_only(folded, passage) for passage in passages]
    return Findings(fields, tuple(passages), rule)


def _looks_ahead(outline: Outline, index: int | None) -> bool:
    """Whether the item or a section above it is about what comes next: 下一步工作打算."""
    while index is not None:
        if LOOKS_AHEAD.search(outline.items[index].title) is not None:
            return True
        index = outline.items[index].parent
    return False


def promised_only(folded: str, passage: Passage) -> Passage:
    """Of a document that tells what was done: what stands in sentences about what comes next."""
    quantities = tuple(one for one in passage.quantities if speaks_of_the_future(folded, one.number[0]))
    milestones = tuple(one for one in passage.milestones if speaks_of_the_future(folded, one.start))
    return replace(passage, quantities=quantities, milestones=milestones)


def _role(outline: Outline, index: int | None) -> Role:
    return "task" if index is None else outline.items[index].role


def _passage(
    folded: str, index: int | None, stretches: tuple[Span, ...], role: Role, rule: OrderRule | None
) -> Passage:
    deadlines = tuple(m for s, e in stretches for m in extract_deadlines(folded, s, e))
    if role not in PROMISING:
        return Passage(index, stretches, deadlines)
    quantities = tuple(m for s, e in stretches for m in extract_quantities(folded, s, e, goals=role == "goal"))
    agencies = [read_agencies(folded, s, e, rule) for s, e in stretches]
    return Passage(
        item=index,
        stretches=stretches,
        deadlines=deadlines,
        quantities=quantities,
        milestones=tuple(m for s, e in stretches for m in extract_milestones(folded, s, e, deadlines, quantities)),
        agencies=tuple(m for mentions, _ in agencies for m in mentions),
        unread=tuple(span for _, unread in agencies for span in unread),
        numbers=tuple(one for s, e in stretches for one in classify_numbers(folded, s, e, quantities)),
    )


def _prose(outline: Outline) -> Iterator[tuple[int | None, tuple[Span, ...]]]:
    """Each item's title and its text, without the tables that stand in it: a heading is no part of the first sentence."""
    tables = outline.clean.tables
    if not outline.items:
        yield None, _without(tables, 0, 0, len(outline.clean.text))
        return
    first = 0
    for item in outline.items:
        while first < len(tables) and tables[first].end <= item.start:
            first += 1
        if item.origin == "preamble":  # its title is part of its first sentence
            yield item.index, _without(tables, first, item.start, item.end)
            continue
        title = _without(tables, first, item.title_start, item.title_end) if item.title_end < item.end else ()
        yield item.index, (*title, *_without(tables, first, item.title_end if title else item.title_start, item.end))


def _without(tables: tuple[CleanTable, ...], first: int, start: int, end: int) -> tuple[Span, ...]:
    stretches = []
    for table in tables[first:]:
        if table.start >= end:
            break
        if start < table.start:
            stretches.append((start, table.start))
        start = max(start, table.end)
    if start < end:
        stretches.append((start, end))
    return tuple(stretches)
