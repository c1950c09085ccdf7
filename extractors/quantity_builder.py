"""Mentions from a group of figures in its frame: comparator, denominator, indicator, baseline and quote for each figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from policy_commitments.extractors.carried_names import completed
from policy_commitments.extractors.carry import Carry
from policy_commitments.extractors.clause_context import Clause
from policy_commitments.extractors.each_owner import each_owner, is_small
from policy_commitments.extractors.each_phrase import Each, each_before, find_each
from policy_commitments.extractors.each_subject import measured_inside
from policy_commitments.extractors.figure_groups import Group
from policy_commitments.extractors.frames import trailing_comparator
from policy_commitments.extractors.indicator_choice import Phrase, choose_indicators
from policy_commitments.extractors.lexicon import Word
from policy_commitments.extractors.numerals import Figure
from policy_commitments.extractors.sight import COUNTABLE, DURATIONS, Frame, Sight
from policy_commitments.schemas.mentions import Comparator, QuantityMention, Span

_FROM_YEAR = re.compile(r"(?:从|自)?20[0-9]{2}年(?:[0-9]{1,2}月)?(?:起|开始|后)?")  # 每生每年600元，2024年起不低于800元
_MONTHLY = re.compile(r"月度(?:培训|例会|检查|巡查|抽查|学习|活动|演练|通报|调度)[^，。；、]{0,6}$")  # 月度培训不少于4学时
_AVERAGE = re.compile(r"(人|户|亩)均")
_RECURS = re.compile(r"^(?!.*20[0-9]{2}).*每年")  # 各园区每年新建花园1个: a norm without a date
_OUGHT = re.compile(r"(?:(?<![供响适对反效])应当?|不得|须)(?:达到|不|低于|高于|超过|少于|大于|小于|控制在)?[^，。；]{0,4}$")  # 面积占比应不低于50%
_STANDING = frozenset(("配备", "设立", "设置", "建有", "配置", "安排", "明确", "配齐"))  # 至少配备1名公共卫生医师
_CEILING = re.compile(r"(?:最高|上限)[^，。；0-9]{0,8}(?:额度?|金额|标准|限额|总额)$|(?:上限|封顶)$")  # 最高奖励额度为10万元
_MAX_QUOTE = 300
_LED_BY_NOBODY = re.compile(r"[ ，、；]*(?:要|应当?|须|将|力争|确保|都|均|分别|原则上|建设|在.{0,12})*")
_YEARLY = re.compile(r"(?<![0-9])年均|年平均|年增长率|年增速|年递增")
_LONGEST_LIST = 40  # names of one clause that the next can take up again
_MOST_NAMES = 7  # of a sentence that a list of figures can take up again, and one more
_BASIS = ("累计", "年均", "年平均", "平均每年", "新增", "每年", "总数", "共计", "合计", "逐年")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}年|“?十[一二三四五六]五”?末")


def build_mentions(
    text: str,
    clause: Clause,
    group: Group,
    frame: Frame,
    sight: Sight,
    carry: Carry,
    following: Group | None,
    each: Each | None,
) -> Iterator[QuantityMention]:
    """One mention per figure of the group (two for `A和B全覆盖`); `each` is its 每 phrase (`each_of`)."""
    phrases = choose_indicators(text, clause, group, frame, carry.subject, carry.condition, following, each, carry.topic)
    inside = measured_inside(text, group, each, carried=bool(phrases) or carry.subject is not None) if frame.form == "level" and not frame.noun_after else None
    if inside is not None:
        each, phrases = inside[0], [(own + inside[1][0], (*spans, *inside[1][1])) for own, spans in phrases or [("", ())]]
    phrases = completed(text, phrases, clause, group, frame, each, carry)
    figures = group.figures if len(group.figures) > 1 else group.figures * max(len(phrases), 1)
    verb = group.tail.verb or (sight.carried or group.leading_verb if frame.form == "count" or frame.rule == "object" else None)
    shared = ("doubt.shared_name",) if len(group.figures) > 1 and len(phrases) == 1 else ()
    for index, figure in enumerate(figures):
        phrase = phrases[min(index, len(phrases) - 1)] if phrases else ("", ())
        carried = ("doubt.carried_name",) if not phrase[0] else ()
        if not phrase[0]:
            phrase = carry.subject or ("", ())
        if not phrase[0]:
            continue
        mention = _mention(text, clause, group, frame, figure, phrase, each, verb)
        carry.named = (*carry.named, phrase) if len(carry.named) < _LONGEST_LIST else carry.named
        carry.so_far = (*carry.so_far, (phrase, figure.dimension)) if len(carry.so_far) < _MOST_NAMES else carry.so_far
        pronoun = ("doubt.pronoun",) if phrase[1] and phrase[1][0][0] > clause.start and text[phrase[1][0][0] - 1] == "其" else ()
        yield replace(mention, doubts=(*shared, *carried, *pronoun)) if shared or carried or pronoun else mention
    if phrases and phrases[0][0]:
        carry.subject = phrases[-1]
    if verb is not None and (verb.entry["form"] == "count" or frame.form == "count"):
        carry.verb = verb


def each_of(text: str, group: Group, frame: Frame, carry: Carry) -> Each | None:
    """The 每 phrase of a group: before its number, further left in its clause, in its baseline, or its owners."""
    if group.tail.each is not None:
        return group.tail.each
    stop = group.tail.start if group.baseline is None else group.baseline.start
    periods = frame.form in ("count", "money", "quota") or frame.rule == "times_each" or group.baseline is not None
    periods = (periods and frame.rule != "bounded_share") or (group.tail.comparator is not None and group.figures[0].dimension in COUNTABLE)
    if group.baseline is not None:
        before = each_before(text, stop, group.left_start)
        if before is not None:
            return before
    found = find_each(text, group.left_start, stop, periods=periods) or _of_whole(text, group, carry)
    if found is None and frame.form == "money":
        same = carry.parallel is not None and carry.parallel.frame.form == "money" and carry.parallel.each is not None and carry.subject is not None
        raised = same and _FROM_YEAR.fullmatch(text, max(clause_start(text, group), 0), group.tail.start) is not None
        return carry.parallel.each if raised and carry.parallel is not None else carry.unit
    if found is None and frame.form == "level" and _is_rate(group.figures[0]) and carry.parallel is not None and carry.parallel.each is not None:
        return carry.parallel.each if carry.parallel.each.stays else None
    if found is None and frame.form in ("count", "quota"):
        bounded = group.tail.comparator is not None or group.figures[0].value_text in ("1", "一")
        led = _LED_BY_NOBODY.fullmatch(text, group.left_start, group.tail.start) is not None
        carried = carry.owner if bounded and led and is_small(group.figures[0]) else None
        return each_owner(text, group.figures[0], group.tail, group.left_start, group.leading_verb) or carried
    return found


def _of_whole(text: str, group: Group, carry: Carry) -> Each | None:
    """天 of `每天户外活动不少于2小时，其中体育活动不少于1小时`: a part is counted per what the whole is."""
    whole = carry.parallel
    if whole is None or whole.each is None or not text.startswith("其中", clause_start(text, group)):
        return None
    return whole.each if whole.group.figures[0].dimension == group.figures[0].dimension else None


def clause_start(text: str, group: Group) -> int:
    """Where the words before the group's number begin, behind a comma."""
    return group.left_start + (text[group.left_start] in "，；、 ")


def _is_rate(figure: Figure) -> bool:
    """床位3.17张: nobody has a part of a bed, so the figure is for the 每万名儿童 of the clause before."""
    return figure.dimension in ("persons", "count") and "." in figure.value_text and not figure.scale


def _mention(
    text: str,
    clause: Clause,
    group: Group,
    frame: Frame,
    figure: Figure,
    phrase: Phrase,
    each: Each | None,
    verb: Word | None,
) -> QuantityMention:
    comparator, said = _comparator(text, clause, group, figure)
    start, end = _quote(text, clause, group, figure, phrase)
    start = each.start if each is not None and max(clause.start, group.left_start) <= each.start < start and end - each.start <= _MAX_QUOTE else start
    last = group.figures[-1]
    shared = figure if (figure.measure and not _half_said(figure, last)) or figure.sort != "number" else last
    baseline = group.baseline
    return QuantityMention(
        start=start,
        end=end,
        number=(figure.start, figure.number_end),
        value_text=figure.value_text,
        value_max_text=figure.value_max_text,
        scale=figure.scale or (last.scale if not figure.measure else ""),
        measure=shared.measure,
        per=_per(text, figure, each, group) or _apiece(text, group, frame),
        comparator=comparator,
        comparator_text=said,
        indicator=phrase[0],
        indicator_spans=phrase[1],
        verb=verb.text if verb is not None else "",
        form=_form(text, clause, group, frame, each),
        basis_text=_basis_text(text, group, verb, each),
        direction_text=_direction_text(verb),
        baseline_text=text[baseline.start : baseline.end] if baseline is not None else None,
        baseline_year_text=_baseline_year(text, group),
        strength=clause.strength,
        modality=clause.modality,
        rule=f"{frame.form}.{frame.rule}",
        ambiguity=frame.doubt,
    )


def _half_said(figure: Figure, last: Figure) -> bool:
    """`分别压缩至3个和1个工作日`: 个 is only the beginning of the measure that the list ends with."""
    return figure.measure == "个" and last.dimension in DURATIONS


def _comparator(text: str, clause: Clause, group: Group, figure: Figure) -> tuple[Comparator, str]:
    """By the words before the list and after the figure or the list's last figure."""
    if figure.value_max_text is not None:
        return "between", ""
    own = trailing_comparator(text, figure.end, clause.end)
    after = own or (group.after if len(group.figures) > 1 else None)
    before = group.tail.comparator
    chosen = before or after
    if before is not None and after is not None and before.text in ("约", "近", "控制在", "突破", "超过"):
        chosen = after
    lead = group.leading_verb
    if chosen is None and lead is not None and text[max(clause.start, lead.start - 2) : lead.start] == "至少":
        return "ge", "至少"
    if chosen is None and figure.dimension == "money" and _CEILING.search(text, group.left_start, group.tail.start):
        return "le", ""
    if chosen is None:
        return ("approx", figure.vague) if figure.vague else ("eq", "")
    return _as_comparator(str(chosen.entry["comparator"])), chosen.text


def _as_comparator(name: str) -> Comparator:
    match name:
        case "ge":
            return "ge"
        case "gt":
            return "gt"
        case "le":
            return "le"
        case "lt":
            return "lt"
        case "approx":
            return "approx"
        case "between":
            return "between"
        case "eq":
            return "eq"
    raise ValueError(f"unknown comparator {name!r}")


def _per(text: str, figure: Figure, each: Each | None, group: Group) -> str | None:
    if figure.divisor:
        return figure.divisor
    if each is not None:
        return each.text
    if group.tail.verb is not None and group.tail.verb.text.startswith("年") and group.tail.verb.entry["form"] == "change":
        return "年"
    window = text[max(group.left_start, group.tail.start - 24) : group.tail.start]
    if any(word in ("年均", "平均每年", "每年", "年平均") for word in group.tail.adverbs) or _YEARLY.search(window):
        return "年"
    return "月" if _MONTHLY.search(text, group.left_start, group.tail.number) else None


def _apiece(text: str, group: Group, frame: Frame) -> str | None:
    """`按照人均用地不少于0.1平方米的标准配建`: a norm for each person; 人均收入 as a level keeps it in its name."""
    found = _AVERAGE.search(text, group.left_start, group.tail.start) if frame.form == "quota" else None
    return found.group(1) if found is not None else None


def _form(text: str, clause: Clause, group: Group, frame: Frame, each: Each | None) -> str:
    normed = each is not None and not each.stays
    bounded = group.tail.comparator is not None
    dated = clause.dated and _RECURS.search(text, clause.start, clause.end) is None
    if frame.form == "level" and bounded and (normed or (not dated and _OUGHT.search(text, group.left_start, group.figures[0].start) is not None)):
        return "quota"
    if frame.form == "count" and each is not None and (bounded or not dated):
        return "quota"
    if frame.rule == "have":
        return "level"
    verb = group.tail.verb
    staffed = frame.form == "count" and bounded and not dated and verb is not None and verb.text in _STANDING
    return "quota" if staffed else frame.form


def _basis_text(text: str, group: Group, verb: Word | None, each: Each | None) -> str:
    for word in group.tail.adverbs:
        if word in _BASIS:
            return word
    if each is not None and each.text in ("年", "一年") and text.startswith("每", each.start):
        return "每年"
    window = text[max(group.left_start, group.tail.start - 40) : group.tail.start]
    for word in _BASIS:
        if word in window:
            return word
    if verb is not None and verb.entry["basis"] in ("new", "stock"):
        return verb.text
    return ""


def _direction_text(verb: Word | None) -> str:
    return verb.text if verb is not None and verb.entry["direction"] != "none" else ""


def _baseline_year(text: str, group: Group) -> str | None:
    found = _YEAR.search(text, max(group.left_start, group.figures[0].start - 30), group.figures[0].start) if group.baseline else None
    return found.group() if found is not None else None


def _quote(text: str, clause: Clause, group: Group, figure: Figure, phrase: Phrase) -> Span:
    """From the first printed piece in this clause to the end of number and counted noun, at most 300 characters."""
    starts = [a for a, _ in phrase[1] if a >= clause.start] + [group.tail.start]
    ends = [b for _, b in phrase[1] if b <= clause.end] + [figure.end, group.end if figure is group.figures[-1] else figure.end]
    start, end = min(starts), max(ends)
    start -= text[start - 1 : start] == "每" and start > clause.start
    while start < figure.start and end - start > _MAX_QUOTE:
        start = end - _MAX_QUOTE
    return start, end
