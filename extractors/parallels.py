"""Figures side by side: what a list shares (`每10万人口康复医师达到8人、康复治疗师达到12人`) and lists of thresholds.

A figure without words of its own is read like the one before it; a threshold makes the figures linked to it thresholds.
"""

from __future__ import annotations

import re
from dataclasses import replace

from policy_commitments.extractors import exclusions
from policy_commitments.extractors.amount_frames import SERVICE
from policy_commitments.extractors.clause_context import Clause
from policy_commitments.extractors.each_phrase import Each
from policy_commitments.extractors.figure_groups import Group
from policy_commitments.extractors.frames import trailing_comparator
from policy_commitments.extractors.number_tail import read_tail
from policy_commitments.extractors.numerals import Figure
from policy_commitments.extractors.sight import Frame, Sight
from policy_commitments.schemas.frozen import frozen

_LINK = re.compile(r"、|或|且|和|与|及|以及|并且")
_BINDS = re.compile(r"达到|提高到|增至|降至|增长|建成|建设|新增|实现|完成|给予|奖励|补助|补贴")
_CLOSED = re.compile(r"[、，和与及 ]*(?:的(?:原则|标准|要求|目标|比例))?[、，和与及 ]*")
_MORE_CONDITIONS = re.compile(
    r"(?:、|，?且|，?并|或者?)[^，。；]{2,36}的[^，。；、的]{0,8}?"
    r"(?:项目|企业|单位|机构|个人|人员|园区|学校|农户|主体|团队|平台|家庭|产品|车辆|合作社|经营者|纳税人|用人单位)"
)
_AS_NORM = re.compile(r"的?(?:标准|要求|比例)")
_LISTS = frozenset(("、", "和", "与", "及", "以及"))
_REMARK = re.compile(r"（[含不][^（）]{0,8}）")
_JOINED = re.compile(r"^(?:、|和|与|及|以及)")


@frozen
class Parallel:
    """A group that was read, its frame and the 每 phrase that holds for it."""

    group: Group
    frame: Frame
    each: Each | None

    def frame_of(self, sight: Sight) -> Frame | None:
        """The frame of a figure with the same measure that has a noun but no words of its own."""
        if self.frame.rule == "served" and sight.left.strip() in _LISTS and SERVICE.match(sight.text, sight.group_end, sight.clause.end):
            return self.frame
        figure = self.group.figures[0]
        verb = sight.tail.verb
        if verb is not None and verb.text in ("占", "占到") and sight.tail.base is not None and self.frame.form in ("level", "change"):
            return Frame("level", "share_bounded", doubt=1)  # 产值达到75亿元，占全市的27%
        if sight.figure.measure != figure.measure or not figure.measure or sight.figure.sort != figure.sort:
            return None
        if sight.tail.verb is not None or sight.clause.opens_condition or sight.figure.han:
            return None
        if self.frame.rule == "norm" and self.frame.noun_after and sight.bound and sight.left.strip() in _LISTS:
            return self.frame  # 每班不少于2名专任教师、1名保育员
        if self.frame.rule == "norm" and not self.frame.noun_after and sight.tail.each is not None and _AS_NORM.match(sight.right):
            return self.frame  # 每村2名、每社区3名的标准配备
        if self.frame.rule == "speed" and sight.after is not None:
            return self.frame
        if self.frame.form == "money" and sight.left.lstrip(" ，、").startswith("其中") and sight.right.strip()[:1] in ("", "、", "，", "；", "。"):
            return Frame("money", "parallel", doubt=1)  # 户均补助2.5万元，其中低保户3万元
        if self.frame.form not in ("level", "quota", "change") or self.frame.noun_after or len(sight.left.strip()) < 2:
            return None
        first = sight.left.lstrip(" ，、").startswith("其中") and sight.right[:1] in ("、", "和")  # 其中水稻1.8万亩、玉米1万亩
        return Frame(self.frame.form, "parallel", doubt=1) if first or _CLOSED.fullmatch(sight.right) else None


def _built(text: str, clause: Clause, figure: Figure) -> bool:
    """`建设不少于2个、面积不小于500平方米的公园`: a verb counts the first figure, the second describes what is built."""
    verb = read_tail(text, figure.start, clause.start).verb
    return verb is not None and verb.entry["form"] == "count" and figure.dimension == "count"


def join_parallel(text: str, group: Group, last: Parallel | None) -> Group:
    """The group with what the member before it in the same list says for both: 至少, 每10万人口."""
    if last is None:
        return group
    tail = group.tail
    joined = _JOINED.match(text[last.group.end : tail.start].lstrip()) is not None or last.frame.noun_after
    if not joined:
        return group
    comparator = last.group.tail.comparator
    carries = comparator is not None and (comparator.text == "至少" or last.frame.rule == "norm")
    bare = text[last.group.end : tail.start].strip() in _LISTS  # 不少于4期、200人次
    if comparator is not None and tail.comparator is None and group.after is None and (bare or (carries and last.frame.noun_after)):
        tail = replace(tail, comparator=comparator)
    bounded = last.frame.form == "level" and last.group.tail.comparator is not None and last.group.tail.verb is None
    counted = last.each is not None and (last.each.stays or bounded or last.frame.form in ("count", "quota"))
    if tail.each is None and counted and "每" not in text[last.group.end : tail.start]:
        tail = replace(tail, each=last.each)
    return replace(group, tail=tail) if tail is not group.tail else group


def _past_remark(text: str, at: int, end: int) -> int:
    """Behind （含10%）."""
    remark = _REMARK.match(text, at, end)
    return at if remark is None else remark.end()


def thresholds(text: str, clause: Clause, figures: list[Figure]) -> set[int]:
    """Starts of figures in `病床使用率低于75%、平均住院日高于9天的公立医院`: the last is an attribute, so are those before."""
    figures = [one for one in figures if text[one.start - 2 : one.start] != "（含"]
    found: set[int] = set()
    linked = False
    for k in range(len(figures) - 1, -1, -1):
        figure = figures[k]
        after = trailing_comparator(text, figure.end, clause.end)
        end = after.end if after is not None else figure.end
        if figure.dimension != "ratio" and _MORE_CONDITIONS.match(text, end, clause.end):
            found.add(figure.start)
        if exclusions.attributive(text, end, clause.end):
            linked = figure.dimension != "ratio" or after is None
        elif linked and _LINK.match(text, _past_remark(text, end, clause.end)) and not _BINDS.search(text, end, figures[k + 1].start) and not _built(text, clause, figure):
            found.add(figure.start)
        else:
            linked = False
        if k and figures[k - 1].end == figure.start and figure.dimension == "count" and exclusions.COUNTED_AGAIN.match(text, figure.start) is None:
            found.add(figures[k - 1].start)
    return found
