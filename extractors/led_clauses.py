"""The measured noun in a clause that says who is led to do what, e.g. `引导机构将收费标准降低30%` -> `收费标准`.

Rules from the grammar of official documents: 将 and 把 stand before the object of the verb that follows the number's
noun; 实现 parts those who have something from what they have.
"""

from __future__ import annotations

import re

from policy_commitments.schemas.mentions import Span

_LEADS = re.compile(r"(?:支持|引导|鼓励|组织|督促|指导|推动|推进|帮助|带动|进一步|逐步|形成|持续)+(?=..)")
_MEANS = re.compile(r"通过|依托")
_OBJECT = re.compile(r"(?<![即必亦也均并])[将把](?![军领士])(?=[^将把]{3})")
_ATTAINS = re.compile(r"(?:基本|全面|逐步|率先|全部)?实现(?=..)")
_SHORTEST_WHO = 2


def object_of(text: str, start: int, end: int) -> int:
    """Where the object begins in text[start:end] (clean text, character offsets); `start` where no 将 or 把 marks it.

    The words before the mark must open with a leading verb: in `全市将新增的岗位` 将 only tells the future.
    """
    if _LEADS.match(text, start, end) is None and _MEANS.match(text, start, end) is None:
        return start
    mark = _OBJECT.search(text, start + _SHORTEST_WHO, end)
    return start if mark is None else mark.end()


def who_and_what(text: str, start: int, end: int) -> tuple[Span, ...]:
    """`所有行政村基本实现快递服务` is (所有行政村, 快递服务); one span where nothing is attained by somebody."""
    lead = _LEADS.match(text, start, end)
    begin = start if lead is None else lead.end()
    attained = _ATTAINS.search(text, begin + _SHORTEST_WHO, end)
    return ((begin, end),) if attained is None else ((begin, attained.start()), (attained.end(), end))
