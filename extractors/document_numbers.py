"""Document numbers in every form of bracket, e.g. `某政办发〔2024〕40号`, `某府发 [2020] 3号`, `某政发(2019)12 号`.

Says where a number stands; which one is the document's own is decided by the reader of its head.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_OPEN = r"[〔\[【（［<〈{„]"
_CLOSE = r"[〕\]】）］>〉}‟]"
_CORE = re.compile(
    rf"""
    (?: {_OPEN} \s{{0,2}} (?P<a>(?:19|20)\d\d) \s{{0,2}} {_CLOSE}?     # 〔2024〕40号, 〔2024 40号
      | (?P<b>(?:19|20)\d\d) \s{{0,2}} {_CLOSE} )                     # 2024〕40号
    \s{{0,2}} (?:第\s?)? \d{{1,5}} \s{{0,2}} 号
    """,
    re.X,
)
_ISSUE = re.compile(r"(?:(?:公告|通告|令)\s?)(?P<a>(?:19|20)\d\d)\s?年\s?第\s?\d{1,4}\s?号")  # 公告2019年第5号
_PREFIX = re.compile(r"[㐀-鿿](?:\s{0,2}[㐀-鿿]){0,16}\s{0,3}$")
_LETTERHEAD = re.compile(r"(?:文\s?件|文\s?号|字\s?号|编\s?号)(?=\s*[㐀-鿿]{2})")
_BEFORE = re.compile(r".*(?:通知|意见|方案|规划|计划|办法|措施|报告|决定|细则|要点|政策|条例|纲要|规定)(?=[㐀-鿿]{2})")


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number at start..end; `cited` says that it stands in brackets behind a title (`《…》（某政发〔2019〕1号）`)."""

    start: int
    end: int
    cited: bool


def find_numbers(folded: str, start: int, end: int) -> Iterator[NumberMention]:
    """Numbers with the letters of their issuer, in text order."""
    if folded.find("号", start, end) < 0:
        return
    for match in _CORE.finditer(folded, start, end):
        begin = _prefix_start(folded, max(start, match.start() - 30), match.start())
        if begin is not None:
            yield NumberMention(begin, match.end(), _is_cited(folded, begin))


def find_issue_number(folded: str, start: int, end: int) -> tuple[int, int] | None:
    """`某局公告2019年第5号` within one line."""
    match = _ISSUE.search(folded, start, end)
    return None if match is None else (start, match.end())


def _prefix_start(folded: str, floor: int, at: int) -> int | None:
    found = _PREFIX.search(folded[floor:at])
    if found is None:
        return None
    begin = floor + found.start()
    glued = _LETTERHEAD.search(folded, begin, at) or _BEFORE.match(folded, begin, at)
    if glued is not None:
        begin = glued.end()
        while folded[begin] == " ":
            begin += 1
    line = folded.rfind("\n", begin, at)
    return begin if line < 0 else line + 1


def _is_cited(folded: str, begin: int) -> bool:
    before = folded[max(0, begin - 4) : begin].rstrip(" ")
    return before.endswith(("》（", "》〔", "》", "〉（", "》，", "和", "、"))
