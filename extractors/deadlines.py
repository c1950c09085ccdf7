"""Dates and periods, e.g. `到2025年`, `2019年6月底前`, `“十四五”期间`, `每年4月底前`, `三年内`: verbatim, with their parts.

`governs` is False for dates that promise nothing (`自2017年起`, `截至2020年底`, `30日内`); years in names (`2018年版`, inside
《》) are no mentions. Converts nothing, and does not know when the document was issued.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from policy_commitments.extractors.deadline_grammar import CELL, COORDINATION, LONGEST_CELL, seed
from policy_commitments.extractors.deadline_readers import NAME, read_at
from policy_commitments.schemas.mentions import DeadlineMention

_NEXT = 3  # characters between a start and the years that run from it
_TERM = re.compile(r"[，、]?(?:免|减|缓|享受|给予|予以|按|不得|不再|可|每年|由)")  # 自2021年起3年内免征: how long a rule holds
_SENTENCE_END = re.compile(r"[。！？\n]")
_MOST_MEMBERS = 12
_SAME_YEAR = frozenset({"当年", "同年", "次年", "翌年", "全年"})
_INHERITED = frozenset({"base", "condition", "event", "as_of"})


def extract_deadlines(folded: str, start: int, end: int) -> Iterator[DeadlineMention]:
    """Dates and periods of folded[start:end] in text order, without overlaps.

    form     date | span | dates (`2022年和2030年`) | plan | period (`规划期末`) | within (`三年内`) | every, and of those that
             do not govern also start | as_of | base | condition | validity | event | document | procedure
    parts    printed pieces by name; of a list `text_1`, `year_1`, `year_2` …; `context_year` is the year of an earlier
             date of the sentence that a date without a year belongs to
    """
    cell = CELL.fullmatch(folded, start, end) if end - start <= LONGEST_CELL else None
    if cell is not None:
        yield _whole(cell)
        return
    waiting: DeadlineMention | None = None
    for mention in _dated(folded, start, end):
        joined = None if waiting is None else _joined(folded, waiting, mention)
        if joined is None and waiting is not None:
            yield waiting
        waiting = mention if joined is None else joined
    if waiting is not None:
        yield waiting


def _whole(cell: re.Match[str]) -> DeadlineMention:
    """2025, 2021-2025 and 2025.6.30 as all that a cell holds."""
    parts = {"year" if name == "y" else name: value for name, value in cell.groupdict().items() if value}
    lead = len(cell.group()) - len(cell.group().lstrip())
    text = cell.group().strip()
    start = cell.start() + lead
    return DeadlineMention("span" if "year_from" in parts else "date", text, start, start + len(text), parts)


def _dated(folded: str, start: int, end: int) -> Iterator[DeadlineMention]:
    """Mentions in text order; those without a year know the sentence's."""
    last: DeadlineMention | None = None
    previous: DeadlineMention | None = None
    for mention in _scan(folded, start, end):
        dated = _in_context(folded, mention, last)
        dated = dated if previous is None else _like(folded, previous, dated)
        if dated.form != "base" and ("year" in dated.parts or "context_year" in dated.parts):
            last = dated
        previous = dated
        yield dated


def _like(folded: str, previous: DeadlineMention, mention: DeadlineMention) -> DeadlineMention:
    """What holds for the date before holds for its neighbour: `比2015年和2020年`, `每年1月、7月`, `签约后一年内…，两年内`."""
    parts = mention.parts
    if mention.form == "within" and previous.form == "start" and "year" in previous.parts and mention.start - previous.end <= _NEXT:
        counts = mention.governs or ("inside" in parts and mention.start - previous.end <= 1 and _TERM.match(folded, mention.end) is None)
        return replace(mention, governs=counts, parts={**parts, "context_year": previous.parts["year"]})  # 从2023年起，用4年时间
    if mention.form == previous.form == "within":
        same = _SENTENCE_END.search(folded, previous.end, mention.start) is None
        barred = same and not previous.governs and "lead" not in parts
        return replace(mention, governs=False) if barred else mention
    if mention.form != "date" or not _coordinated(folded, previous, mention):
        return mention
    if previous.form in _INHERITED:
        return replace(mention, form=previous.form, governs=False)
    if previous.form == "every" and "year" not in parts and "this" not in parts:
        return replace(mention, form="every", governs=True, parts={**previous.parts, **parts})
    return mention


def _scan(folded: str, start: int, end: int) -> Iterator[DeadlineMention]:
    position = start
    while (found := seed().search(folded, position, end)) is not None:
        mention, position = read_at(folded, found.start(), start, end)
        if mention is not None and mention.form != NAME:
            yield mention


def _in_context(folded: str, mention: DeadlineMention, last: DeadlineMention | None) -> DeadlineMention:
    """`2025年6月底前开工，12月底前建成`: the second date has the first one's year."""
    parts = mention.parts
    if last is None or mention.form not in ("date", "span") or "year" in parts or "year_from" in parts:
        return mention
    if parts.get("this", "当年") not in _SAME_YEAR or _SENTENCE_END.search(folded, last.end, mention.start) is not None:
        return mention
    year = last.parts.get("year") or last.parts["context_year"]
    return replace(mention, parts={**parts, "context_year": year})


def _coordinated(folded: str, first: DeadlineMention, second: DeadlineMention) -> bool:
    return second.start - first.end < 4 and COORDINATION.fullmatch(folded, first.end, second.start) is not None


def _joined(folded: str, first: DeadlineMention, second: DeadlineMention) -> DeadlineMention | None:
    """`到2022年和2030年` as one mention of form `dates`; None for dates that are not listed."""
    if first.form not in ("date", "dates") or second.form != "date" or not (first.governs and second.governs):
        return None
    if not _coordinated(folded, first, second):
        return None
    parts, count = (first.parts, _members(first)) if first.form == "dates" else (_numbered(first, 1), 1)
    if count >= _MOST_MEMBERS:
        return None
    parts = {**parts, **_numbered(second, count + 1)}
    return DeadlineMention("dates", folded[first.start : second.end], first.start, second.end, parts)


def _members(mention: DeadlineMention) -> int:
    return sum(name.startswith("text_") for name in mention.parts)


def _numbered(mention: DeadlineMention, number: int) -> dict[str, str]:
    parts = {"text": mention.text, **mention.parts}
    named = {f"{name}_{number}": value for name, value in parts.items()}
    year = mention.parts.get("year") or mention.parts.get("context_year")
    return named if year is None else {**named, "year": year}
