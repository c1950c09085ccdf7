"""Page furniture among the lines of a text: page numbers, contents pages, print headers, running heads.

A number that stands alone is furniture only by evidence: it goes up by one from page to page (`…任务` / `12` / …).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from policy_commitments.extractors.headings import LINE_LABEL
from policy_commitments.pipeline.joining import starts_own
from policy_commitments.pipeline.page_counting import numbered_pages
from policy_commitments.pipeline.printed_lines import PrintedLine
from policy_commitments.schemas.clean import Furniture

_PAGE_NUMBER = re.compile(
    r"""
      [—\-–－·•_]+ \s* \d{1,4} \s* [—\-–－·•_]+         # — 3 —
    | 第 \s* \d{1,4} \s* 页 (?: \s* [,，/]? \s* 共 \s* \d{1,4} \s* 页 )?   # 第3页共9页
    | (?: Page | P ) \s* \d{1,4}
    """,
    re.X | re.I,
)
_PRINT = re.compile(
    r"""
      (?: https?:// | file:// | www\. ) \S+ (?: \s+ \d{1,3} \s* / \s* \d{1,3} )?      # https://www.….gov.cn/… 1/9
    | \d{4} [/\-] \d{1,2} [/\-] \d{1,2} [ ,]+ (?:[上下]午)? \s* \d{1,2}:\d{2} .{0,80}    # 2025/4/7 15:30 某市人民政府
    """,
    re.X,
)
_LEADER = re.compile(r"(?:[.．…·]\s?){4,}\s*[—\-]?\s*\d{0,4}\s*[—\-]?$|\t+\s*\d{1,4}$")
_CONTENTS_HEAD = re.compile(r"目\s*[录次]$")
_FEWEST_COPIED = 10  # lines
_LONG_ENOUGH = 8  # characters of a line that opens a document
_COPIED_SHARE = 0.9
_NEAR = 2  # lines between a page's edge and its running head
_SHARE_OF_PAGES = 0.4  # left and right pages may have heads of their own
_FEWEST_HEADS = 3
_LONGEST_HEAD = 40
_LONGEST_ENTRY = 60


def furniture_lines(lines: Sequence[PrintedLine], wrapped: bool) -> Iterator[tuple[int, Furniture]]:
    """(index of the line, what of it is furniture); a page number fused to a line's end is a part of the line."""
    taken: set[int] = set()
    for k in _second_copy(lines):
        taken.add(k)
        yield k, Furniture(lines[k].start, lines[k].end, "layout")
    for k, piece in _page_numbers(lines, wrapped):
        taken.add(k)
        yield k, piece
    for k, line in enumerate(lines):
        if k not in taken and _PRINT.fullmatch(line.text):
            taken.add(k)
            yield k, Furniture(line.start, line.end, "print_header")
    for k in _contents(lines, taken):
        yield k, Furniture(lines[k].start, lines[k].end, "contents")
    for k in _running_heads(lines, taken):
        yield k, Furniture(lines[k].start, lines[k].end, "running_head")


def _second_copy(lines: Sequence[PrintedLine]) -> range:
    """Lines in which the whole text stands again, as some web pages hold it for printing; its first ten lines or none."""
    first = next((k for k in range(_FEWEST_COPIED, len(lines)) if lines[k].text == lines[0].text), None)
    if first is None or len(lines[0].text) < _LONG_ENOUGH or len(lines) - first > first or len(lines) - first < first * _COPIED_SHARE:
        return range(0)
    if all(lines[first + k].text == lines[k].text for k in range(len(lines) - first)):
        return range(first, len(lines))
    return range(0)


def _page_numbers(lines: Sequence[PrintedLine], wrapped: bool) -> Iterator[tuple[int, Furniture]]:
    plain: set[int] = set()
    for k, line in enumerate(lines):
        if len(line.text) < 20 and _PAGE_NUMBER.fullmatch(line.text):
            plain.add(k)
            yield k, Furniture(line.start, line.end, "page_number")
    if len(plain) > 2:
        return
    for k, start, end in numbered_pages(lines, wrapped):
        if k not in plain:
            yield k, Furniture(lines[k].start + start, lines[k].start + end, "page_number")


def _contents(lines: Sequence[PrintedLine], taken: set[int]) -> Iterator[int]:
    """Lines of a contents page: dot leaders, or headings behind 目录 that stand again below."""
    leaders = [k for k, line in enumerate(lines) if line.text[-1].isdigit() and _LEADER.search(line.text)]
    found: set[int] = set()
    if len(leaders) >= 3:
        found.update(leaders)
        for one, two in pairwise(leaders):
            if two - one <= 3:
                found.update(range(one, two + 1))
    for k, line in enumerate(lines):
        if len(line.text) < 8 and _CONTENTS_HEAD.fullmatch(line.text):
            found.add(k)
            found.update(_repeated_headings(lines, k + 1))
        elif leaders and k + 1 in found and len(line.text) < 200 and re.search(r"目\s*录$", line.text):
            continue
    yield from sorted(found - taken)


def _repeated_headings(lines: Sequence[PrintedLine], first: int) -> Iterator[int]:
    """The run of lines from `first` on of which each stands again further below."""
    if first >= len(lines):
        return
    opening = _bare_entry(lines[first].text)
    again = next((j for j in range(first + 1, len(lines)) if _bare_entry(lines[j].text).startswith(opening)), None)
    if not opening or again is None:
        return
    below = {_bare_entry(line.text) for line in lines[again:]}
    for j in range(first, again):
        entry = _bare_entry(lines[j].text)
        if len(lines[j].text) > _LONGEST_ENTRY or (entry not in below and LINE_LABEL.match(lines[j].text) is None):
            return
        yield j


def _bare_entry(text: str) -> str:
    return re.sub(r"[\s\u3000.．…·]+\d*$|\s+", "", text)


def _running_heads(lines: Sequence[PrintedLine], taken: set[int]) -> Iterator[int]:
    """The same short line at the edge of three pages or more, next to a page number or a page's end."""
    edges = {j for k in taken for j in range(k - _NEAR, k + _NEAR + 1)}
    for k in range(1, len(lines)):
        if lines[k].page is not None and lines[k].page != lines[k - 1].page:
            edges.update((k - 1, k))
    near = [k for k in edges if 0 <= k < len(lines) and k not in taken and len(lines[k].text) <= _LONGEST_HEAD]
    counts = Counter(lines[k].text for k in near)
    fewest = max(_FEWEST_HEADS, int(len(edges) / (2 * _NEAR + 1) * _SHARE_OF_PAGES))
    yield from sorted(k for k in near if counts[lines[k].text] >= fewest and not starts_own(lines[k].text))
