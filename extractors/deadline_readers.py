"""One reader per shape of date: from a seed's position to a mention with its lead, parts and `governs`.

`2025年6月底前`, `2023—2025年`, `“十四五”期间`, `三年内`, `30日内`, `每年4月底前`. Joining `2022年和2030年` is not done here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from policy_commitments.extractors.deadline_context import (
    Place,
    is_base,
    is_document_date,
    is_event,
    is_finished,
    is_name,
    is_window,
)
from policy_commitments.extractors.deadline_grammar import RUN, patterns
from policy_commitments.extractors.deadline_words import values
from policy_commitments.extractors.lexicon import Word
from policy_commitments.schemas.mentions import DeadlineMention

NAME = "name"
_DIGITS = frozenset("0123456789")
_FINER = ("half", "quarter", "season", "month", "festival")
_EFFORT = ("的", "努力", "奋斗", "持续", "不懈")  # 经过3年努力, 通过五年的建设
_GLUED = {  # the character before that makes another word: 文明年度, 以上年, 日本年, 入驻后年纳税
    "年": "0123456789〇一二两三四五六七八九十百千多少几数每周全逐历往近满该半末初学去今明本当上次翌同下后前终成青中老幼少壮",
    "明": "证说声文透申黎表光",
    "上": "以网线海向历",
    "本": "日基根成资原样版课文副",
    "当": "相应恰",
    "同": "不共相一合",
    "次": "每首多几一二两三层",
    "后": "前然最此之以往今入",
    "去": "过失",
    "全": "安健齐完",
    "前": "提目以之",
    "第": "",
}


_LABEL = re.compile(r"[0-9]{1,2}[.．](?=(?:[0-9]{1,2}(?:月|日|[—~-][0-9]{1,2}月)|(?:19|20)[0-9]{2}年))")  # 2.8月底前完成…
_LONGEST_LABEL = 3
_REACHES = re.compile(r"(?:底|末)?(?:前)?(?:达到?|提[高升][到至]|降[低]?[到至]|缩小[到至]|控制在|保持在|稳定在|不低于|不高于|不超过|不少于|突破|超过)[0-9]")


def read_at(text: str, at: int, floor: int, end: int) -> tuple[DeadlineMention | None, int]:
    """The mention at a seed (form `name` for years in names), or None; and where to go on."""
    first = text[at]
    numeric = first in _DIGITS
    label = _LABEL.match(text, at, end) if numeric else None
    if label is not None and _opens_line(text, at, floor):
        return None, label.end()
    if at > floor and text[at - 1] in _GLUED.get(first, ""):
        return None, at + 1
    for reader in _READERS.get(first, _NUMERIC):
        mention = reader(text, at, floor, end)
        if mention is not None:
            return mention, mention.end
    run = RUN.match(text, at, end) if numeric else None
    return None, run.end() if run is not None else at + 1


def _opens_line(text: str, at: int, floor: int) -> bool:
    """At the beginning of a line, a cell or a sentence."""
    while at > floor and text[at - 1] in " 　":
        at -= 1
    return at <= floor or text[at - 1] in "\n\t。；："


def _behind_label(text: str, at: int, floor: int) -> bool:
    """4月 of `1.4月底前`, where 1. opens a line."""
    begin = at - 1
    while begin > max(floor, at - _LONGEST_LABEL) and text[begin - 1].isdigit():
        begin -= 1
    label = _LABEL.match(text, begin)
    return label is not None and label.end() == at and _opens_line(text, begin, floor)


def _mention(form: str, text: str, match: re.Match[str], start: int | None = None) -> DeadlineMention:
    begin = match.start() if start is None else start
    parts = {name: value for name, value in match.groupdict().items() if value}
    return DeadlineMention(form, text[begin : match.end()], begin, match.end(), parts)


def _span(text: str, at: int, floor: int, end: int) -> DeadlineMention | None:
    """2023—2025年, 2024年10月至2025年3月, 3—6月."""
    match = patterns().span.match(text, at, end)
    if match is None:
        match = patterns().span_in_year.match(text, at, end)
        if match is None or (at > floor and text[at - 1] in "0123456789." and not _behind_label(text, at, floor)):
            return None
        mention = _mention("span", text, match)
        place = Place(text, at, match.end(), floor, end)
        return replace(mention, governs=place.alone or place.promised or "before" in mention.parts)
    mention = _judged(_mention("span", text, match), text, floor, end)
    seen = mention.parts.get("this", "")
    return replace(mention, form="base", governs=False) if values("relative").get(seen, "0") == "-1" else mention


def _date(text: str, at: int, floor: int, end: int) -> DeadlineMention | None:
    """2025年6月底前, 今年上半年, 年底前."""
    match = patterns().date.match(text, at, end)
    if match is None or (at > floor and text[at].isdigit() and text[at - 1].isdigit()):
        return None
    mention = _judged(_mention("date", text, match), text, floor, end)
    if mention.form != "date" or "lead" in mention.parts or "before" in mention.parts:
        return mention
    place = Place(text, mention.start, mention.end, floor, end)
    return _full(mention, place) if "day" in mention.parts else _seen(mention, place)


def _full(mention: DeadlineMention, place: Place) -> DeadlineMention:
    """2025年6月30日 without 前 or 到: mostly an event; a deadline in a cell, after ： or before 完成."""
    labelled = place.text[place.left - 1 : place.left] == "："
    return replace(mention, governs=place.alone or place.promised or labelled)


def _seen(mention: DeadlineMention, place: Place) -> DeadlineMention:
    """今年, 明年 and 年内 govern; 年底 and 本年 where something is promised; 去年 never does."""
    seen = mention.parts.get("this")
    if seen is None or place.alone:
        return mention
    if values("relative").get(seen, "0") == "-1":
        return replace(mention, form="base", governs=False)
    if seen in ("今年", "明年") or mention.parts.get("edge") in ("内", "之内", "以内"):
        return mention
    if seen == "全年":
        return replace(mention, governs=place.promised or place.opens or place.after("urging") is not None)
    if seen == "年" or any(name in mention.parts for name in (*_FINER, "edge")):
        return replace(mention, governs=place.opens or place.promised or place.before("standing") is not None)
    return replace(mention, governs=place.urged or (place.opens and place.after("fulfilment") is not None))


def _yearless(text: str, at: int, floor: int, end: int) -> DeadlineMention | None:
    """6月底前, 第三季度, 上半年; a bare 6月 only before 完成."""
    match = patterns().yearless.match(text, at, end)
    if match is None or (at > floor and text[at - 1] in "0123456789./个" and not _behind_label(text, at, floor)):
        return None
    if match["season"] and "学期" not in match["season"] and not match["before"]:
        return None
    mention = _judged(_mention("date", text, match), text, floor, end)
    if mention.form != "date" or "lead" in mention.parts or "before" in mention.parts:
        return mention
    place = Place(text, mention.start, mention.end, floor, end)
    if match["month"] and not match["edge"]:
        return replace(mention, governs=place.alone or place.promised)
    return replace(mention, governs=place.alone or place.opens or place.promised or place.before("standing") is not None)


def _plan(text: str, at: int, floor: int, end: int) -> DeadlineMention | None:
    """“十四五”期间; 十五 needs its quotation marks."""
    match = patterns().plan.match(text, at, end)
    if match is None or (match["plan"] == "十五" and text[at] not in "“‘「\"") or (at > floor and text[at - 1] in "一二三四五六七八九"):
        return None
    mention = _mention("plan", text, match)
    if match["edge"] == "以来":
        return replace(mention, form="start", governs=False)
    return _judged(mention, text, floor, end)


def _period(text: str, at: int, floor: int, end: int) -> DeadlineMention | None:
    """规划期末, 规划期内: its dates are the document's."""
    match = patterns().period.match(text, at, end)
    return None if match is None else _mention("period", text, match)


def _within(text: str, at: int, floor: int, end: int) -> DeadlineMention | None:
    """三年内, 用三年时间, 未来3—5年; 连续三年 is none, 毕业3年内 promises nothing."""
    match = patterns().within.match(text, at, end)
    if match is None or (at > floor and text[at - 1] in "第0123456789.〇一二三四五六七八九十百"):
        return None
    place = Place(text, at, match.end(), floor, end)
    lead = _years_from(place)
    timed = match["inside"] is not None or "时间" in match["word"] or ("左右" in match["word"] and place.promised)
    if is_name(place, edged=timed) or (not timed and (lead is None or not _counts(place, lead.text))):
        return None
    printed = lead is not None and values("years_from")[lead.text] == "printed"
    mention = _mention("within", text, match, lead.start if lead is not None and printed else at)
    if lead is not None:
        mention = replace(mention, parts={"lead": lead.text, **mention.parts})
        clear = timed or lead.text in ("未来", "今后") or text.startswith(_EFFORT, match.end())
        return replace(mention, governs=clear or place.promised)
    barred = place.before("condition") is not None or place.after("rule") is not None
    return replace(mention, governs=not barred and (place.opens or place.promised))


def _years_from(place: Place) -> Word | None:
    """用, 未来 before a number of years; not the 用 of 应用."""
    lead = place.before("years_from")
    glued = lead is not None and lead.text == "用" and place.text[lead.start - 1 : lead.start] in set("应使利录聘续采任费作适信")
    return None if glued else lead


def _counts(place: Place, lead: str) -> bool:
    """未来五年 counts by itself, 用三年 only before a comma, 的 or a verb of fulfilment (not 用三年行动)."""
    if lead in ("未来", "今后"):
        return not place.text.startswith(("行动", "规划", "计划", "滚动"), place.end)
    return place.text.startswith(("，", "左右", *_EFFORT), place.end) or place.promised


def _procedure(text: str, at: int, floor: int, end: int) -> DeadlineMention | None:
    """30日内, 5个工作日内."""
    match = patterns().procedure.match(text, at, end)
    return None if match is None else replace(_mention("procedure", text, match), governs=False)


def _every(text: str, at: int, floor: int, end: int) -> DeadlineMention | None:
    """每年4月底前, 每两年, 按季度."""
    match = patterns().every.match(text, at, end)
    return None if match is None else _mention("every", text, match)


def _judged(mention: DeadlineMention, text: str, floor: int, end: int) -> DeadlineMention:
    """The mention with its lead, or as a name, a start, a comparison, an event or the document's own date."""
    parts = mention.parts
    place = Place(text, mention.start, mention.end, floor, end)
    edged = "edge" in parts or ("before" in parts and any(name in parts for name in _FINER))
    if is_name(place, edged=edged):
        return replace(mention, form=NAME)
    if is_finished(place, edged=edged):
        return replace(mention, form="condition", governs=False)
    if "before" not in parts and not place.whole:
        judged = _opened(mention, place)
        if judged is not None:
            return judged
    led = place.before("lead")
    if led is not None:
        mention = replace(mention, text=text[led.start : mention.end], start=led.start, parts={"lead": led.text, **parts})
    elif "before" not in parts and mention.form == "date":
        full = "day" in parts
        if full and is_document_date(place):
            return replace(mention, form="document", governs=False)
        if is_event(place, full=full):
            return replace(mention, form="event", governs=False)
    return _continued(mention, text, end)


def _opened(mention: DeadlineMention, place: Place) -> DeadlineMention | None:
    """自2017年起, 截至2020年底, 比2020年, 2020年以来, 2010年的3倍; None where nothing takes the promise away."""
    opened, closed = place.before("open"), place.after("after_open")
    if opened is not None and opened.text == "比" and _REACHES.match(place.text, place.end) is not None:
        opened = None  # 床位占比2025年达到60%: a share and no comparison
    if opened is None and closed is None:
        if mention.form == "span" and is_window(place):
            return replace(mention, form="condition", governs=False)
        return replace(mention, form="base", governs=False) if is_base(place) else None
    form = values("open")[opened.text] if opened is not None else ""
    if opened is not None and form == "start" and mention.form == "span":
        return replace(mention, text=place.text[opened.start : mention.end], start=opened.start)
    if closed is not None and form in ("", "start"):
        form = values("after_open")[closed.group()]
    elif form == "start" and mention.parts.get("day") is None:
        form = "base"
    start = opened.start if opened is not None and form not in ("base", "condition", "event") else mention.start
    stop = closed.end() if closed is not None and form == "start" else mention.end
    return replace(mention, form=form, text=place.text[start:stop].rstrip("，,"), start=start, end=stop, governs=False)


def _continued(mention: DeadlineMention, text: str, end: int) -> DeadlineMention:
    """2019年7月底前，以后每年: one deadline with a recurrence."""
    then = patterns().then.match(text, mention.end, end)
    if then is None:
        return mention
    parts = {**mention.parts, "then_unit": then["unit"] or then["yearly"]}
    if then["count"]:
        parts["then_count"] = then["count"]
    return replace(mention, text=text[mention.start : then.end()], end=then.end(), parts=parts)


Reader = Callable[[str, int, int, int], DeadlineMention | None]
_NUMERIC: tuple[Reader, ...] = (_span, _date, _plan, _yearless, _procedure, _within)
_READERS: dict[str, tuple[Reader, ...]] = {
    **dict.fromkeys("每按", (_every,)),
    **dict.fromkeys("今明后去上本当次翌同下全", (_period, _span, _date, _yearless)),
    **dict.fromkeys("年", (_date,)),
    **dict.fromkeys("首第前ⅠⅡⅢⅣ", (_yearless,)),
    **dict.fromkeys("规", (_period,)),
    **dict.fromkeys("“‘「\"", (_plan,)),
}
