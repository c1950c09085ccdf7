"""Headings that name what they count, at a line's start: `行动一：企业倍增行动`, `任务2  改造危房`, `【任务3】“一老一小”服务`.

Yields labels; which of them are headings is decided by the outline from the sequence of numbers. `项目一期`, `任务一览表` and
`项目10个` are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from policy_commitments.extractors.headings import HeadingLabel

_WORDS = r"(?:(?:重点|专项|主要|具体|核心|提升|攻坚)?(?:任务|行动|工程|项目|措施|举措|专项|计划|战役|抓手|清单|工作|活动))"
_CN = "一二三四五六七八九十"
_NUMBER = rf"(?:之)?(?P<named>[{_CN}]{{1,3}}|[0-9]{{1,2}})"
_NO_RIGHT = r"(?![0-9.%]|[期览级带流类批体次线站路般是定些个样共旦直起切项条万亿年月日号份季期])"
_LABEL = re.compile(rf"^(?:(?P<open>[【〖（])?{_WORDS}{_NUMBER}(?(open)[】〗）])){_NO_RIGHT}", re.M)
_FIRST = re.compile(rf"^[【〖（]?{_WORDS}(?:之)?[一1](?![0-9{_CN}])", re.M)
_MARKS = frozenset("：、.．—-\n】〗）")
NAMED_LINE = rf"[【〖（(]?{_WORDS}(?:之)?(?:[{_CN}]{{1,3}}|\d{{1,2}})(?:[】〗）)]|\s*[：:、]|\s+(?=[^\s\d]))"
"""What a printed line begins with when it is such a heading; for raw text."""


def extract_named_headings(text: str, start: int, end: int) -> Iterator[tuple[HeadingLabel, bool]]:
    """Labels at line starts of folded text[start:end]; True where a mark parts label and title, else only a blank may."""
    if _FIRST.search(text, start, end) is None:
        return
    for match in _LABEL.finditer(text, start, end):
        marked = match["open"] is not None or match.end() >= end or text[match.end()] in _MARKS
        yield HeadingLabel("named", match["named"], match.start(), match.end(), "line"), marked
