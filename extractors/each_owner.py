"""Counts that each of several owners has to reach, e.g. `各县（市、区）、园区至少开办1家`, `前锋区、华蓥市各建2家`.

What stands before the number names the owners; a small count without it is one count for all.
"""

from __future__ import annotations

import re

from policy_commitments.extractors.each_phrase import Each
from policy_commitments.extractors.lexicon import Word
from policy_commitments.extractors.number_tail import Tail
from policy_commitments.extractors.numerals import Figure

_SHORTEST_OWNER = 2
_SMALL = re.compile(r"[1-9]|[一二两三四五六七八九]|10|十")
_MEMBER = r"[^，。；：、（）各每]{1,9}(?:（[^）]{1,10}）)?"
_LIST = rf"{_MEMBER}(?:、各?{_MEMBER})*"
_BETWEEN = (
    r"(?:都|均|各|新|要|应当?|须|需|原则上|至少|分别|可|范围内|内|力争|确保|负责|根据实际|结合实际|统筹"
    r"|在?(?:20[0-9]{2}年(?:底|末)?(?:之?前)?|每年|年内|城区|辖区|本地区?|县城|中心城区|主城区))*"
)
_EACH = re.compile(rf"(?:^|[，。；：）\ 　]|到[0-9]{{4}}年|力争|确保|要求|推动|支持|鼓励|每年|原则上|全[市县区省镇乡州盟])(?:各|所有)({_LIST}?){_BETWEEN}$")
_PLACES = re.compile(rf"((?:[^，。；：、（）各每]{{1,8}}[县区市旗州盟镇乡村园]、)*[^，。；：、（）各每]{{1,8}}[县区市旗州盟镇乡村园]){_BETWEEN}$")
_OPENING = re.compile(rf"[\ 　]*(?:每个?|各)({_LIST}?)(?=在|要|应|须|明确|建立|成立|结合|根据|依托|可|指定|安排)")
_TRAIL = re.compile(rf"{_BETWEEN}$")
_LEAD = re.compile(r"^[\ 　]*(?:到20[0-9]{2}年(?:底|末)?，?|20[0-9]{2}年(?:底|末)?(?:之?前)?，?|力争|确保|其中)*")


def each_owner(text: str, figure: Figure, tail: Tail, left_start: int, verb: Word | None = None) -> Each | None:
    """The 每 phrase that the owners before a small count, or before the verb further left, amount to; None without any."""
    if not is_small(figure):
        return None
    if verb is not None and left_start < verb.start < tail.start:
        before = _EACH.search(text[left_start : verb.start])
        if before is not None:
            return _each(left_start, before)
    left = text[left_start : tail.start]
    if "各" in tail.adverbs or "分别" in tail.adverbs:
        lead = _LEAD.match(left)
        places = _PLACES.search(left, lead.end() if lead is not None else 0)
        if places is not None:
            return _each(left_start, places)
    found = _EACH.search(left)
    return None if found is None else _each(left_start, found)


def is_small(figure: Figure) -> bool:
    """A count from 1 to 10."""
    return not figure.scale and _SMALL.fullmatch(figure.value_text) is not None


def opening_owner(text: str, start: int, end: int) -> Each | None:
    """The owners that open a clause and act in the ones after it: `各区市县在试点的基础上，至少建设1所…`."""
    found = _OPENING.match(text, start, end)
    return None if found is None else _each(0, found)


def _each(offset: int, found: re.Match[str]) -> Each | None:
    start = found.start(1)
    owners = _TRAIL.sub("", found.group(1))
    if len(owners) < _SHORTEST_OWNER:  # 各地, 各级
        return None
    return Each(offset + start, offset + start + len(owners), owners.replace("、各", "、"), False)
