"""Dates and periods, e.g. `到2025年`, `2019年6月底前`, `“十四五”期间`, `每年4月底前`, `三年内`: verbatim, with their parts.

`governs` is False for dates that promise nothing (`自2017年起`, `截至2020年底`, `30日内`); years in names (`2018年版`, inside
《》) are no mentions. Converts nothing, and does not know when the document was issued.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from policy_commitments.extractors import deadline_context as context
from policy_commitments.extractors import deadline_grammar as grammar
from policy_commitments.schemas.mentions import DeadlineMention

_SENTENCE_END = re.compile(r"[。！？\n]")
_NO_YEAR_BEFORE = frozenset("0123456789〇一二两三四五六七八九十百千多少几数每周全逐历往近满该半末初")
_VALID_PARTS = ("half", "quarter", "season", "month")


def extract_deadlines(folded: str, start: int, end: int) -> Iterator[DeadlineMention]:
    """Dates and periods of folded[start:end] in text order, without overlaps.

    forms: date | span | dates (`2022年和2030年`) | plan | period (`规划期末`) | within | every | start | as_of | base |
    validity | event | document | procedure. A date without a year has `context_year` in `parts` where an earlier
    date of its sentence names one.
    """
    bare = grammar.BARE_YEAR.fullmatch(folded, start, end)
    if bare is not None:
        yield DeadlineMention("date", bare.group(1), *bare.span(1), {"year": bare.group(1)})
        return
    previous: DeadlineMention | None = None
    position = start
    while True:
        seed = grammar.SEED.search(folded, position, end)
        if seed is None:
            return
        mention, position = _read(folded, seed.start(), start, end)
        if mention is not None:
            mention = _with_context(folded, mention, previous)
            previous = mention if _dated(mention) else previous
            yield mention


def _dated(mention: DeadlineMention) -> bool:
    return "year" in mention.parts or "context_year" in mention.parts


def _with_context(folded: str, mention: DeadlineMention, previous: DeadlineMention | None) -> DeadlineMention:
    """`2025年6月底前开工，12月底前建成`: the second date has the first one's year."""
    parts = mention.parts
    needs = mention.form in ("date", "span") and "year" not in parts and parts.get("this", "同年") in ("当年", "同年", "次年", "翌年")
    if not needs or previous is None or _SENTENCE_END.search(folded, previous.end, mention.start) is not None:
        return mention
    year = previous.parts.get("year") or previous.parts["context_year"]
    return replace(mention, parts={**parts, "context_year": year})


def _read(text: str, at: int, floor: int, end: int) -> tuple[DeadlineMention | None, int]:
    """The mention at a seed, or None, and where to go on."""
    if text[at] in "每按":
        found = grammar.RECURRENCE.match(text, at, end)
        return (None, at + 1) if found is None else (_mention("every", text, found), found.end())
    for reader in (_span, _list, _date, _plan, _yearless, _procedure, _within):
        mention = reader(text, at, floor, end)
        if mention is not None:
            return (None if mention.form == "name" else mention), mention.end
    digits = grammar.DIGITS.match(text, at, end)
    return None, digits.end() if digits is not None else at + 1


def _mention(form: str, text: str, match: re.Match[str], start: int | None = None, *, governs: bool = True) -> DeadlineMention:
    begin = match.start() if start is None else start
    parts = {name: value for name, value in match.groupdict().items() if value}
    return DeadlineMention(form, text[begin : match.end()], begin, match.end(), parts, governs)


def _span(text: str, at: int, floor: int, end: int) -> DeadlineMention | None:
    """2023—2025年, 2024年10月至2025年3月, 3—6月."""
    match = grammar.SPAN.match(text, at, end)
    if match is None:
        return None
    return _judged(_mention("span", text, match), text, floor, end)


def _list(text: str, at: int, floor: int, end: int) -> DeadlineMention | None:
    """到2022年和2030年: one mention; its members are read again by the resolver."""
    match = grammar.LIST.match(text, at, end)
    if match is None or "年" not in match.group():
        return None
    members = [found.groupdict() for found in grammar.LIST_MEMBER.finditer(match.group())]
    parts = {f"{name}_{n}": value for n, one in enumerate(members, 1) for name, value in one.items() if value}
    mention = DeadlineMention("dates", match.group(), at, match.end(), {"year": members[-1]["year"] or "", **parts})
    return _judged(mention, text, floor, end)


def _date(text: str, at: int, floor: int, end: int) -> DeadlineMention | None:
    """2025年6月底前, 今年上半年, 年底前."""
    match = grammar.DATE.match(text, at, end)
    if match is None or (text[at] == "年" and at > floor and text[at - 1] in _NO_YEAR_BEFORE):
        return None
    mention = _judged(_mention("date", text, match), text, floor, end)
    if mention.form != "date" or "year" in mention.parts:
        return mention
    return _weak(mention, text, floor, end)


def _weak(mention: DeadlineMention, text: str, floor: int, end: int) -> DeadlineMention:
    """今年, 当年, 年底, 第三季度 govern where they open a clause or stand before 完成; 去年 never does."""
    parts = mention.parts
    this = parts.get("this", "")
    if this in ("去年", "上年", "上一年"):
        return replace(mention, form="base", governs=False)
    if "before" in parts or "edge" in parts and this != "年" or this in ("今年", "明年", "后年") or mention.text in ("年内", "年度内"):
        return mention
    if this in ("当年", "本年", "次年", "同年") and not any(name in parts for name in _VALID_PARTS):
        return replace(mention, governs=False)
    return replace(mention, governs=context.promises(text, mention.start, mention.end, floor, end))


def _yearless(text: str, at: int, floor: int, end: int) -> DeadlineMention | None:
    """6月底前, 第三季度, 上半年; a bare 6月 or 秋季 only with 前, 底 or 完成."""
    match = grammar.YEARLESS.match(text, at, end)
    if match is None or (text[at].isdigit() and at > floor and text[at - 1] in "0123456789./个"):
        return None
    if match["season"] and not match["before"] and "学期" not in match["season"]:
        return None
    mention = _judged(_mention("date", text, match), text, floor, end)
    return _weak(mention, text, floor, end) if mention.form == "date" else mention


def _plan(text: str, at: int, floor: int, end: int) -> DeadlineMention | None:
    """“十四五”期间, 规划期末."""
    match = grammar.PLAN_PERIOD.match(text, at, end)
    if match is not None:
        return _mention("period", text, match)
    match = grammar.PLAN.match(text, at, end)
    if match is None or (match["plan"] == "十五" and text[at] not in "“\""):
        return None
    mention = _mention("plan", text, match)
    if match["edge"] == "以来":
        return replace(mention, form="start", governs=False)
    return _judged(mention, text, floor, end)


def _within(text: str, at: int, floor: int, end: int) -> DeadlineMention | None:
    """三年内, 用三年时间, 未来3—5年; 连续三年 and 毕业3年内 promise nothing."""
    match = grammar.WITHIN.match(text, at, end)
    if match is None or match["unit"] != "年" or (at > floor and text[at - 1] in "第0123456789."):
        return None
    before = context.years_from(text, at, floor)
    inside = match["inside"] is not None or "时间" in match["word"]
    if before is None and not inside:
        return None
    mention = _mention("within", text, match, at if before is None else before.start)
    rule = context.conditioned(text, at, floor) or context.rule_follows(text, match.end(), end)
    if before is not None and (inside or before.text in ("未来", "今后")):
        return mention
    return replace(mention, governs=not rule and context.promises(text, mention.start, mention.end, floor, end))


def _procedure(text: str, at: int, floor: int, end: int) -> DeadlineMention | None:
    """30日内, 5个工作日内."""
    match = grammar.PROCEDURE.match(text, at, end)
    return None if match is None else _mention("procedure", text, match, governs=False)


def _judged(mention: DeadlineMention, text: str, floor: int, end: int) -> DeadlineMention:
    """The mention with its lead and what follows; form `name` for a year in a name."""
    if context.is_name(text, mention.start, mention.end, floor, end):
        return replace(mention, form="name")
    opened = context.opening(text, mention.start, floor)
    closed = None if "before" in mention.parts else context.closing(text, mention.end, end)
    if opened is not None or closed is not None:
        return _open(mention, text, opened, closed, end)
    led = context.lead(text, mention.start, floor)
    if led is not None:
        mention = replace(mention, text=text[led.start : mention.end], start=led.start, parts={"lead": led.text, **mention.parts})
    elif "day" in mention.parts and "before" not in mention.parts and context.stands_alone(text, mention.start, mention.end):
        return replace(mention, form="document", governs=False)
    elif "before" not in mention.parts and context.is_event(text, mention.end, end):
        return replace(mention, form="event", governs=False)
    then = grammar.THEN.match(text, mention.end, end)
    if then is not None and then["then"]:
        parts = {**mention.parts, "then": then["then"]}
        mention = replace(mention, text=text[mention.start : then.end()], end=then.end(), parts=parts)
    return mention


def _open(
    mention: DeadlineMention, text: str, opened: context.Word | None, closed: context.Word | None, end: int
) -> DeadlineMention:
    """自2017年起, 截至2020年底, 比2020年: the date with the words that open it."""
    form = str((opened or closed).entry["value"]) if (opened or closed) is not None else mention.form  # type: ignore[union-attr]
    start = mention.start if opened is None or form == "base" else opened.start
    stop = mention.end if closed is None or form == "base" else closed.end
    return replace(mention, form=form, text=text[start:stop], start=start, end=stop, governs=False)
