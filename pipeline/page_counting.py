"""Page numbers by counting: numbers alone on a line, or fused to its start or end, that go up from page to page.

`51识产权保护制度。` opens page 52 of a plan when `50…` and `52…` open lines about a page before and behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from policy_commitments.pipeline.printed_lines import PrintedLine

_ALONE = re.compile(r"(\d{1,3})$")
_AT_START = re.compile(r"(\d{1,3})(?![\d.．、,，%％:：年月日个所万亿元家项条级类号大种名人倍/\-—~～)）])")
_FIRST_SECTION = re.compile(r"(\d{1,2})\.1(?![\d%])")
_CHAPTER = re.compile(r"(\d{1,2}) ?[^\W\d][^，。；：！\d]{1,22}")
_NEAREST, _FARTHEST = 8, 90  # lines from one page number to the next
_FEWEST = 3
_MOST_SKIPPED = 3
_Candidate = tuple[int, int, int, int]  # (line, number, start, end in the line)
_Chain = tuple[int, int]  # (length, index of the candidate before)


def numbered_pages(lines: Sequence[PrintedLine], wrapped: bool) -> Iterator[tuple[int, int, int]]:
    """(line, start, end in the line) of each page number in the longest run that counts upwards."""
    candidates = list(_candidates(lines, wrapped))
    chain = _longest_chain(candidates)
    if len(chain) < _FEWEST:
        return
    for k in chain:
        line, _, start, end = candidates[k]
        yield line, start, end
    if wrapped:
        for one, two in pairwise(chain):
            yield from _between(lines, candidates[one], candidates[two])


def _between(lines: Sequence[PrintedLine], one: _Candidate, two: _Candidate) -> Iterator[tuple[int, int, int]]:
    """Numbers that the run skips, fused to what follows them (`7910.1 …` is page 79, then 10.1)."""
    for number in range(one[1] + 1, two[1]):
        printed = str(number)
        found = [k for k in range(one[0] + _NEAREST, two[0] - _NEAREST) if lines[k].text.startswith(printed)]
        if len(found) == 1:
            yield found[0], 0, len(printed)


def _candidates(lines: Sequence[PrintedLine], wrapped: bool) -> Iterator[_Candidate]:
    chapters = {match[1] for line in lines if (match := _FIRST_SECTION.match(line.text)) is not None} if wrapped else set()
    for k, line in enumerate(lines):
        text = line.text
        if not text[0].isdigit():
            continue
        chapter = _CHAPTER.fullmatch(text) if len(chapters) > 1 else None
        if chapter is not None and (chapter[1] in chapters or str(int(chapter[1]) - 1) in chapters):
            continue  # 2 组织体系 over 2.1 县指挥部
        match = _ALONE.match(text) if len(text) <= 3 else _AT_START.match(text) if wrapped else None
        if match is not None:
            yield k, int(match[1]), match.start(1), match.end(1)


def _longest_chain(candidates: Sequence[_Candidate]) -> list[int]:
    best: list[_Chain] = []
    latest: dict[int, list[int]] = {}
    for k, (line, number, _, _) in enumerate(candidates):
        length, before = 1, -1
        for step in range(1, _MOST_SKIPPED + 1):
            for j in reversed(latest.get(number - step, [])[-8:]):
                distance = line - candidates[j][0]
                if _NEAREST <= distance <= _FARTHEST * step and best[j][0] + 1 > length:
                    length, before = best[j][0] + 1, j
        best.append((length, before))
        latest.setdefault(number, []).append(k)
    return _walk_back(best)


def _walk_back(best: Sequence[_Chain]) -> list[int]:
    chain: list[int] = []
    k = max(range(len(best)), key=lambda j: best[j][0], default=-1)
    while k >= 0:
        chain.append(k)
        k = best[k][1]
    return chain[::-1]
