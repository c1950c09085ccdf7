"""Headings that date what stands under them: `（一）2027年4月底前` over its steps, `动员部署阶段（2027年3月底前）`.

A heading's bare year or plan period (`（2021—2025年）`) dates nothing here: it may be a name or the plan's own period.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policy_commitments.extractors.segments import sentences
from policy_commitments.pipeline.extract import Passage
from policy_commitments.schemas.mentions import DeadlineMention, MilestoneMention
from policy_commitments.schemas.outline import Item, Outline

_FINE = ("month", "day", "edge", "before", "quarter", "half", "tenth")
_STAGE = re.compile(r"阶段|步骤|环节")
_STRAY = " 　\n，。；：、前（）〔〕"
_SHORTEST = 4


def heading_date(text: str, item: Item, dates: Sequence[DeadlineMention]) -> DeadlineMention | None:
    """The date that is all of a task's heading, or the bracket at its end."""
    if item.role != "task" or item.origin != "heading" or item.title_end >= item.end:
        return None
    own = [one for one in dates if one.governs and item.title_start <= one.start and one.end <= item.title_end]
    if len(own) != 1 or own[0].form not in ("date", "span"):
        return None
    before, behind = text[item.title_start : own[0].start].strip(), text[own[0].end : item.title_end].strip()
    fine = any(name in own[0].parts for name in _FINE)
    if not before and not behind.strip(_STRAY):
        return own[0] if fine else None
    bracketed = before.endswith(("（", "〔")) and not behind.strip(_STRAY) and behind[:1] in ("）", "〕", "前")
    return own[0] if bracketed and (fine or _STAGE.search(before) is not None) else None


def headed_milestones(outline: Outline, passage: Passage) -> Iterator[MilestoneMention]:
    """The stage that a heading dates; of a heading that is a date alone, the first sentence below it."""
    if passage.item is None:
        return
    text, item = outline.clean.folded, outline.items[passage.item]
    date = heading_date(text, item, passage.deadlines)
    if date is None or any(item.title_start <= one.start < item.title_end for one in passage.milestones):
        return
    name = text[item.title_start : date.start].strip(_STRAY)
    start, end = (item.title_start, item.title_end) if name else _first_sentence(text, item)
    what = (name or text[start:end]).strip(_STRAY).replace("\n", "")
    counted = not name and any(start <= one.number[0] < end for one in passage.quantities)
    dated = not name and any(start <= one.start < end for one in passage.deadlines if one.governs)
    if len(what) >= _SHORTEST and not counted and not dated:
        yield MilestoneMention(start, end, what, date, None, "", "milestone.headed")


def _first_sentence(text: str, item: Item) -> tuple[int, int]:
    """The first sentence of the item's own text, without the marks round it."""
    for start, end in sentences(text, item.title_end, item.end):
        bare = text[start:end].strip(_STRAY)
        if bare:
            begin = text.index(bare, start, end)
            return begin, begin + len(bare)
    return item.title_end, item.title_end
