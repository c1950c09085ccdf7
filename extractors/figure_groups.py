"""Figures of one clause grouped into value lists, e.g. `分别为20%、10%` is one group, `3个…和5个…` are two."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from policy_commitments.extractors.clause_context import Clause
from policy_commitments.extractors.frames import trailing_comparator
from policy_commitments.extractors.indicator_phrase import SENT, is_attribute, trim
from policy_commitments.extractors.lexicon import Word, comparators, verbs
from policy_commitments.extractors.number_tail import Tail, read_tail
from policy_commitments.extractors.numerals import Figure
from policy_commitments.extractors.sight import Sight
from policy_commitments.schemas.frozen import frozen

_BETWEEN = re.compile(r"(?:及?以上|及?以下|以内|左右)? ?(?:、|和|与|及|以及|，|或)? ?(?:、|和|与|及|以及)? ?")
_COMPOSITE = re.compile(r"[0-9]+(?:大?类|大项|个|章)$")  # 6类10项: the words before stand before 6类
_BOUND = re.compile(r"(?:至少|不少于|最少)(?=[^，。；：、0-9至]{1,12}$)")
_NEAR = 12  # characters from 分别 or 至少 to the number
_DONE = frozenset(("完成", "实现", "争创"))
_OPENING = frozenset(("完成", "实现", "增加", "扩大", "减少", "压减", "削减", "压缩", "缩减", "压降", "节约", "节省", "降低", "提高", "提升", "下调", "上调", "下浮", "上浮"))  # 增加学位2000个, 削减化学需氧量500吨
_COMPLETES = {"form": "count", "direction": "none", "basis": "none"}
_MANNER = re.compile(r"(?:引导|指导|帮助|免费|全面|集中|统一|分批|持续|继续|大力|加快|积极|分类|逐步|有序)+")
_CLOSES = re.compile(r"[，。；\n]|$")
_WHO = re.compile(r"[组社户院校府局会企司队站村者民众方厂场店业]$|单位|部门|机构|企业|平台")  # 村组联建, and not 新型研发机构
_FROM = re.compile(r"(?:由|从|较|比|在|自)[^，、]{0,24}$")
_SCOPE = re.compile(r"(?:[市县区省镇乡村国域州年内前底末要应将须共可再各]|累计|每(?:年|半年|季度|月|周|学期|天|日)|部门|单位|政府|新|中)$")
_EACH_OF = re.compile(r"每(?:个|所|家|座|处|支|名|位)?[^，。；、每0-9]{1,8}?(?:要|应当?|须|至少|均|都)?")  # 每个街道建设步道1条
_SEPARATOR = re.compile(r"、|以及|和|与|及|并")


@frozen
class Group:
    """Figures that only list marks part; `left_start` is where the text before them begins."""

    figures: tuple[Figure, ...]
    tail: Tail
    after: Word | None
    left_start: int
    end: int
    right_end: int
    leading_verb: Word | None
    baseline: Figure | None = None

    def sight(self, text: str, clause: Clause, carried: Word | None) -> Sight:
        """What a frame needs to know about the group."""
        return Sight(
            text,
            clause,
            self.figures[0],
            self.tail,
            self.after,
            self.left_start,
            self.end,
            self.right_end,
            carried,
            self.leading_verb,
        )


def after_noun(text: str, group: Group) -> Group:
    """The group that follows a count with its noun behind it: that noun is no part of this group's words."""
    cuts = list(_SEPARATOR.finditer(text, group.left_start, group.tail.start))
    if not cuts:
        return group
    cut = cuts[-1]
    return replace(group, left_start=cut.start(), leading_verb=_leading_verb(text, cut.end(), group.tail.start))


def reopened(text: str, group: Group, start: int) -> Group:
    """The group with the words before it from `start` on: a threshold there is part of its name."""
    return replace(group, left_start=start, leading_verb=_leading_verb(text, start, group.tail.start))


def group_figures(text: str, clause: Clause, figures: list[Figure], every: list[Figure]) -> list[Group]:
    """Groups in text order; a figure that only states the present value (由76岁提高到…) joins as baseline."""
    runs: list[list[Figure]] = []
    for figure in figures:
        if runs and _listed_with(text, runs[-1][-1], figure):
            runs[-1].append(figure)
        else:
            runs.append([figure])
    groups: list[Group] = []
    baseline: Figure | None = None
    floor = clause.start
    for index, run in enumerate(runs):
        group = _group(text, clause, run, floor, _right_limit(runs, index, clause, every), baseline)
        if index + 1 < len(runs) and _is_baseline(text, clause, run, runs[index + 1][0], floor):
            baseline = run[-1]
            continue
        groups.append(group)
        baseline, floor = None, group.end
    return groups


def _right_limit(runs: list[list[Figure]], index: int, clause: Clause, every: list[Figure]) -> int:
    later = bisect_left(every, runs[index][-1].end, key=_start)
    return every[later].start if later < len(every) else clause.end


def _start(figure: Figure) -> int:
    return figure.start


def _listed_with(text: str, one: Figure, other: Figure) -> bool:
    """Whether only a list mark stands between two figures of one kind."""
    gap = _BETWEEN.fullmatch(text, one.end, other.start)
    if gap is None or gap.end() == gap.start():
        return False
    return other.measure == one.measure or not one.measure or (bool(other.measure or other.divisor) and "分别" in text[max(0, one.start - _NEAR) : one.start])


def _is_baseline(text: str, clause: Clause, run: list[Figure], following: Figure, floor: int) -> bool:
    """`由76.42岁提高到77.4岁`: 由 or 从 before, a to-verb right after."""
    verb = verbs().after(text, run[-1].end, following.start)
    if verb is None or verb.entry["form"] != "level":
        return False
    return _FROM.search(text[max(floor, run[0].start - 26) : run[0].start]) is not None


def _group(text: str, clause: Clause, run: list[Figure], floor: int, right_end: int, baseline: Figure | None) -> Group:
    number = _COMPOSITE.search(text[max(floor, run[0].start - 6) : run[0].start])
    begin = run[0].start if number is None else run[0].start - len(number.group())
    tail = read_tail(text, begin, baseline.end if baseline is not None else floor)
    if tail.comparator is None and run[0].dimension == "times":
        tail = _bounded_before_verb(text, tail, floor, run[0].start)
    after = trailing_comparator(text, run[-1].end, clause.end)
    end = after.end if after is not None else run[-1].end
    return Group(tuple(run), tail, after, floor, end, right_end, _leading_verb(text, floor, tail.start, closed=_CLOSES.match(text, end) is not None), baseline)


def _bounded_before_verb(text: str, tail: Tail, floor: int, number: int) -> Tail:
    """`每周至少巡诊2次`: the comparator stands before a verb, which may be any."""
    bound = _BOUND.search(text, max(floor, number - _NEAR - 4), number)
    return tail if bound is None else replace(tail, comparator=comparators("before").before(text, bound.end(), floor))


def _leading_verb(text: str, start: int, end: int, *, closed: bool = False) -> Word | None:
    """The count verb that opens the text before the number: 建立 of `全县建立护理院1个`.

    Where the number closes its clause, somebody may stand before the verb: `村组联建供水站4座`.
    """
    begin, stop = trim(text, start, end)
    if SENT.match(text, begin, stop):
        return Word(begin, begin, "", _COMPLETES)
    done = text[max(begin - 2, start) : begin]
    if done in _DONE and stop > begin:
        return Word(begin - 2, begin, done, _COMPLETES)
    manner = _MANNER.match(text, begin, stop)
    begin = manner.end() if manner is not None else begin
    last: Word | None = None
    after = verbs().after
    for at in range(begin, min(stop, begin + 14)):
        verb = after(text, at, stop)
        counts = verb is not None and (verb.entry["form"] == "count" or verb.text in _OPENING)
        if verb is None or not counts or verb.end >= stop or is_attribute(text, verb, stop):
            continue
        if at == begin or _scope(text, begin, at):
            return verb
        last = verb if closed and len(verb.text) > 1 and stop - verb.end > 1 and _WHO.search(text, begin, at) else last
    return last


def _scope(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] only says where, who or when (全县, 每年, 在…内, 各区要)."""
    return _SCOPE.search(text[start:end]) is not None or _EACH_OF.fullmatch(text, start, end) is not None
