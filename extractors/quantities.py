"""Promised quantities in prose, e.g. `到2027年，每千人口注册护士数达到4人，新建标准化药房6所。`

Anchors on figures (`numerals`), reads the words around each within its clause and chooses a frame (`frames`).
Does not read tables, does not convert numbers and does not decide deadlines.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from policy_commitments.extractors import exclusions
from policy_commitments.extractors.carry import Carry
from policy_commitments.extractors.clause_context import Clause, enclosed_spans, inside, read_clauses
from policy_commitments.extractors.figure_groups import Group, after_noun, group_figures, reopened
from policy_commitments.extractors.frames import choose_frame
from policy_commitments.extractors.lexicon import Word
from policy_commitments.extractors.numerals import Figure, scan_figures
from policy_commitments.extractors.parallels import Parallel, join_parallel, thresholds
from policy_commitments.extractors.quantity_builder import build_mentions, each_of
from policy_commitments.extractors.segments import sentences
from policy_commitments.extractors.sight import COUNTABLE, DURATIONS, Frame, Sight
from policy_commitments.schemas.mentions import QuantityMention

_OF_WHICH = re.compile(
    r"（ ?(?:其中[：，]?|(?:包括|包含|含|即)(?=[^（）]{2,60}[0-9])|(?=[^（）]{3,20}(?:不低于|不超过|不高于|不少于|达到|不能超过|最少)[0-9]))"
)
_PARTS = re.compile(r"（(?=(?:[^，。；、（）0-9]{2,16}[0-9]+(?:\.[0-9]+)?[^，。；、（）0-9]{1,6}[，、；]?){2,12}）)")  # （县道498公里，村道731公里）
_RATE_NAME = re.compile(r"(?![以之]?[内下上]|左右)[^，。；、：0-9的]{1,14}?(?:率|比例|覆盖面)(?=[^，。；、：]{0,8}[0-9]|为|达|不|在|保持|提)")  # 公交站点500米覆盖率
_ROUND_THE_CLOCK = re.compile(r"(?!内|以内|之内|开放|运行|值班|值守|不|制|办|响|提|受|在|服务$|左右)[一-鿿]{2}")
_SHARE = re.compile(r"(?:占比|比例|比重|率)$")  # 500Mbps及以上用户占比达到30%
_PROMISED = re.compile(r"达到[^“”]*，[^“”]*达到")
_NAMED_LISTS = frozenset(("项", "类"))  # 残疾人两项补贴标准
_NO_NAME = re.compile(r"[，；：每按]|(?<![率比])、")  # 20户以上自然村通硬化路率、通宽带率
_LONGEST_NAME = 16
_COUNTED = {"form": "count", "direction": "none", "basis": "none"}


def extract_quantities(folded: str, start: int, end: int, *, goals: bool = False) -> Iterator[QuantityMention]:
    """Promised quantities of folded[start:end] in text order; `goals` says that the section states goals.

    There a noun and its number promise without verb or date: `社会消费品零售总额160亿元；粮食产量45万吨`.
    """
    figures = list(scan_figures(folded, start, end))
    at = 0
    for begin, stop in sentences(folded, start, end) if figures else ():
        first = at
        while at < len(figures) and figures[at].start < stop:
            at += 1
        if at > first:
            yield from _in_sentence(folded, begin, stop, figures[first:at], goals)


def _in_sentence(text: str, start: int, end: int, figures: list[Figure], goals: bool) -> Iterator[QuantityMention]:
    enclosed = enclosed_spans(text, start, end)
    carry = Carry()
    at = 0
    for clause in read_clauses(text, start, end, dated=goals):
        if at == len(figures):
            return  # no number is left for which anything is carried on
        first = at
        while at < len(figures) and figures[at].start < clause.end:
            at += 1
        own = [f for f in figures[first:at] if clause.start <= f.start]
        kept = [f for f in own if not _left_out(text, f, clause, enclosed)]
        if kept:
            mentions = list(_in_clause(text, clause, kept, own, carry))
            yield from mentions
            yield from _of_which(text, clause, own, enclosed, mentions, carry.parallel)
        carry.pass_clause(text, clause)


def _left_out(text: str, figure: Figure, clause: Clause, enclosed: list[tuple[int, int, str]]) -> str:
    bracket = inside(enclosed, figure.start)
    if bracket is not None and bracket[1] == "“" and _PROMISED.search(text, *bracket[0]) is not None:
        bracket = None  # 实现“…达到2000名左右，…达到40%”的目标
    return exclusions.of_figure(text, figure, clause, bracket[1] if bracket is not None else "")


def _of_which(
    text: str,
    clause: Clause,
    figures: list[Figure],
    enclosed: list[tuple[int, int, str]],
    outer: list[QuantityMention],
    before: Parallel | None,
) -> Iterator[QuantityMention]:
    """`达到2.85人（其中中医类别0.8人）`: part of the quantity before the bracket, under the same frame."""
    first = bisect_left(enclosed, (clause.start,)) if outer else len(enclosed)
    for begin, stop, _ in enclosed[first : bisect_left(enclosed, (clause.end,))]:
        opening = _OF_WHICH.match(text, begin, stop)
        opening, listed = (opening, False) if opening is not None else (_PARTS.match(text, begin, stop), True)
        whole = [] if opening is None else [one for one in outer if one.end <= begin + 1]
        if opening is None or not whole:
            continue
        for part in read_clauses(text, opening.end(), stop - 1):
            own = [f for f in figures if part.start <= f.start < part.end]
            inner = replace(part, dated=True, strength=clause.strength, modality=clause.modality)
            carry = Carry(verb=Word(opening.end(), opening.end(), "", _COUNTED), previous=replace(inner, mark="：")) if whole[-1].form == "count" else Carry(parallel=before)
            for mention in _in_clause(text, inner, own, own, carry) if own else ():
                if listed and (mention.measure != whole[-1].measure or whole[-1].form == "money"):
                    continue
                yield _as_part(mention, whole[-1]) if "其中" in opening.group() else mention


def _as_part(mention: QuantityMention, whole: QuantityMention) -> QuantityMention:
    same = mention.measure == whole.measure
    return replace(
        mention,
        indicator=f"{whole.indicator}其中{mention.indicator}",
        indicator_spans=(*whole.indicator_spans, *mention.indicator_spans),
        per=mention.per or (whole.per if same else None),
        form=whole.form if same else mention.form,
        rule=f"{whole.form if same else mention.form}.of_which",
    )


def _in_clause(
    text: str, clause: Clause, figures: list[Figure], every: list[Figure], carry: Carry
) -> Iterator[QuantityMention]:
    bounds = thresholds(text, clause, every)
    apart = [f for f in every if not (f.dimension == "age" or f.start in bounds or exclusions.measures_a_noun(text, f, clause) or (f.dimension in ("duration", "length") and _RATE_NAME.match(text, f.end, clause.end)) or _is_round_the_clock(text, f, clause))]
    counted = {f.start for f in apart}
    promised = {f.start for f in figures}
    apart = [f for f in apart if f.start in promised or not _in_name(text, f, clause)]
    kept = [f for f in figures if f.start not in bounds and (f.start in counted or f.dimension == "age")]
    groups = group_figures(text, clause, kept, apart)
    carried = carry.verb_into(text, clause)
    last: Parallel | None = None
    share = swallowed = False
    opened: int | None = None
    for position, group in enumerate(groups):
        group = group if opened is None else reopened(text, group, opened)
        group = after_noun(text, group) if last is not None and last.frame.noun_after else group
        group = join_parallel(text, group, last)
        frame, sight = _frame(text, clause, group, carried, last or carry.parallel)
        frame = _as_before(frame, sight, last, carry.parallel)
        carried = _carried(group, frame, sight, carried)
        following = groups[position + 1] if position + 1 < len(groups) else None
        opened = _threshold_start(text, clause, group, frame, following)
        if frame is None or swallowed or (share and frame.rule != "share_of"):
            continue
        share, swallowed = frame.rule == "share_of", frame.rule == "duration_at_least" and frame.noun_after
        each = each_of(text, group, frame, carry)
        yield from build_mentions(text, clause, group, frame, sight, carry, following, each)
        last = carry.parallel = Parallel(group, frame, each)


def _is_round_the_clock(text: str, figure: Figure, clause: Clause) -> bool:
    """`24小时自助图书馆5个`: part of the name."""
    return figure.value_text == "24" and figure.dimension in DURATIONS and _ROUND_THE_CLOCK.match(text, figure.end, clause.end) is not None


def _in_name(text: str, figure: Figure, clause: Clause) -> bool:
    """15 of `建设144个“15分钟”生活圈`: a figure in a quoted name ends no noun."""
    opened = text.rfind("“", max(clause.start, figure.start - _LONGEST_NAME), figure.start)
    closed = text.find("”", opened, min(clause.end, opened + _LONGEST_NAME)) if opened >= 0 else -1
    return figure.end <= closed


def _threshold_start(text: str, clause: Clause, group: Group, frame: Frame | None, following: Group | None) -> int | None:
    """Where the words of the next group begin after `对首次突破10亿元的企业`, `引进10亿元以上项目`: the threshold is part of them."""
    if frame is not None or following is None:
        return None
    if group.figures[0].dimension in DURATIONS:
        lasted = following.figures[0].dimension == "money" and text.startswith("连续", group.left_start)
        return group.left_start if lasted and _NO_NAME.search(text, group.end, following.tail.start) is None else None  # 连续三年在规奖励5万元
    share = following.figures[0].sort == "covered" or (following.figures[0].dimension == "ratio" and _SHARE.search(text, group.end, following.tail.start) is not None)
    named = (share or following.figures[0].dimension in COUNTABLE) and group.figures[0].dimension != following.figures[0].dimension
    named = named or (group.figures[0].han and group.figures[0].measure in _NAMED_LISTS)
    between = _NO_NAME.search(text, group.end, following.tail.start) is None
    names = named and between and exclusions.bound_to_noun(text, group.end, clause.end)
    return group.left_start if names or _opens(text, clause, group, frame) else None


def _opens(text: str, clause: Clause, group: Group, frame: Frame | None) -> bool:
    return frame is None and clause.opens_condition and "每" not in text[group.end : group.end + 4] and exclusions.attributive(text, group.end, clause.end)


def _frame(
    text: str, clause: Clause, group: Group, carried: Word | None, last: Parallel | None
) -> tuple[Frame | None, Sight]:
    sight = group.sight(text, clause, carried)
    frame = choose_frame(sight)
    if group.leading_verb is not None and (frame is None or frame.rule in ("noun_number", "trailing_bound")):
        sight = replace(sight, carried=group.leading_verb)
        frame = choose_frame(sight)
    if frame is None and last is not None:
        frame = last.frame_of(sight)
    return frame, sight


def _as_before(frame: Frame | None, sight: Sight, last: Parallel | None, earlier: Parallel | None) -> Frame | None:
    """`每千人口执业医师3.2人、注册护士3.8人`, `肉类总产量6.5万吨，其中猪肉3.8万吨`: a level like the one before, no count."""
    if frame is None or frame.form != "count" or frame.rule not in ("listed", "noun_number"):
        return frame
    per_head = last is not None and last.frame.form == "level" and last.each is not None and last.each.stays
    part = earlier is not None and earlier.frame.form == "level" and "其中" in sight.left and earlier.group.figures[0].measure == sight.figure.measure
    return replace(frame, form="level") if per_head or part else frame


def _carried(group: Group, frame: Frame | None, sight: Sight, carried: Word | None) -> Word | None:
    """The count verb for the figures that follow: the group's own, or the one that its noun was counted under."""
    if group.leading_verb is not None:
        return group.leading_verb
    if sight.tail.verb is not None and sight.tail.verb.entry["form"] == "count":
        return sight.tail.verb
    if frame is not None and frame.noun_after and frame.form in ("count", "level") and sight.figure.dimension in COUNTABLE:
        return carried or Word(group.tail.start, group.tail.start, "", _COUNTED)
    return carried
