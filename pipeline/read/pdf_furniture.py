"""Page furniture by place and repetition: the same line at the same height of several pages, numbers that count pages.

`https://www.….gov.cn/… 3/9` under each page, `某市人民政府公报` above it, a menu that a browser prints on every page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from statistics import median

from policy_commitments.extractors.headings import LINE_LABEL
from policy_commitments.pipeline.read.pdf_lines import PageLine

_EDGE_LINES = 3  # from the top or bottom of a page
_EDGE = 0.1  # of the page's height
_STEP = 6.0  # points of height within which lines of several pages stand at the same place
_FEWEST = 3
_SHARE = 0.4  # of the pages: left and right pages, and parts of a volume, may have heads of their own
_MENU_SHARE = 0.6  # of the pages, for lines anywhere between the edges
_LONGEST = 120
_TOP = 0.07  # of the page's height: above the margin of a Word document
_LONGEST_HEAD = 40
_NUMBER = re.compile(r"\d{1,4}")
_PAGE_NUMBER = re.compile(r"[—\-–－·•_\s]*(?:第?\s*\d{1,4}\s*页?|[ivxIVX]{1,6})(?:\s*[/，,共]\s*共?\s*\d{1,4}\s*页?)?[—\-–－·•_\s]*")
_PRINT = re.compile(r"(?:https?|file)://|\d{1,4}/\d{1,2}/\d{1,2},? +(?:[上下]午)? *\d")  # 'http://…', '2025/4/7 15:30'
_Place = tuple[int, int]  # (page index, line index)


def page_furniture(pages: Sequence[Sequence[PageLine]], heights: Sequence[float]) -> dict[_Place, str]:
    """What each line of furniture is: `page_number`, `running_head`, `navigation` or `layout` (a slanted watermark)."""
    found: dict[_Place, str] = {}
    for p, lines in enumerate(pages):
        slanted = [k for k, line in enumerate(lines) if line.slanted]
        if len(slanted) < len(lines):
            found.update(((p, k), "layout") for k in slanted)
    found.update(_numbers(pages, heights, found))
    found.update(_repeated(pages, heights, found))
    found.update(_lone_head(pages, heights, found))
    return found


def _lone_head(pages: Sequence[Sequence[PageLine]], heights: Sequence[float], taken: dict[_Place, str]) -> Iterator[tuple[_Place, str]]:
    """The running head of a document of one page, which nothing repeats: small, at the very top, far from the text."""
    filled = [p for p, lines in enumerate(pages) if any((p, k) not in taken for k in range(len(lines)))]
    if len(filled) != 1:
        return
    shown = [(p, k) for p in filled for k in range(len(pages[p])) if (p, k) not in taken]
    if len(shown) < _FEWEST:
        return
    p, k = shown[0]
    first, second = pages[p][k], pages[p][shown[1][1]]
    usual = median(pages[p][j].height for _, j in shown)
    apart = second.bbox[1] - first.bbox[3]
    if first.middle < heights[p] * _TOP and apart > 2 * usual and first.height <= usual * 1.1 and len(first.text) <= _LONGEST_HEAD:
        yield (p, k), "running_head"


def _edge_lines(lines: Sequence[PageLine], height: float) -> set[int]:
    top, bottom = height * _EDGE, height * (1 - _EDGE)
    near = {k for k, line in enumerate(lines) if not top <= line.middle <= bottom}
    count = len(lines)
    return near | set(range(min(_EDGE_LINES, count))) | set(range(max(count - _EDGE_LINES, 0), count))


def _numbers(pages: Sequence[Sequence[PageLine]], heights: Sequence[float], taken: dict[_Place, str]) -> Iterator[tuple[_Place, str]]:
    """Lines of a number alone that goes up with the pages, or `— 3 —`, `第3页 共9页`, at the edge."""
    by_offset: dict[int, list[_Place]] = defaultdict(list)
    for p, lines in enumerate(pages):
        for k in _outermost(lines, p, taken):
            text = lines[k].text
            if len(text) > 20 or not _PAGE_NUMBER.fullmatch(text):
                continue
            number = _NUMBER.search(text)
            if number is None or not text.strip().isdigit():
                if lines[k].middle < heights[p] * _EDGE or lines[k].middle > heights[p] * (1 - _EDGE):
                    yield (p, k), "page_number"
            else:
                by_offset[int(number.group()) - p].append((p, k))
                if int(number.group()) == p + 1 and lines[k].middle > heights[p] * (1 - _EDGE):
                    yield (p, k), "page_number"
    for places in by_offset.values():
        if len(places) > 1:
            yield from ((place, "page_number") for place in places)


def _outermost(lines: Sequence[PageLine], p: int, taken: dict[_Place, str]) -> set[int]:
    """The two lines at the top and at the bottom of a page."""
    count = len(lines)
    first = islice((k for k in range(count) if (p, k) not in taken), 2)
    last = islice((k for k in range(count - 1, -1, -1) if (p, k) not in taken), 2)
    return {*first, *last}


def _repeated(pages: Sequence[Sequence[PageLine]], heights: Sequence[float], taken: dict[_Place, str]) -> Iterator[tuple[_Place, str]]:
    edges = [_edge_lines(lines, height) for lines, height in zip(pages, heights, strict=True)]
    groups = _same_place(pages, edges, taken)
    filled = sum(1 for lines in pages if lines)
    for (text, step), places in groups.items():
        if filled > 2 and len(places) == 1 and not ((text, step - 1) in groups or (text, step + 1) in groups):
            continue
        near = [place for other in (step - 1, step, step + 1) for place in groups.get((text, other), ())]
        count = len({p for p, _ in near})
        edge = sum(k in edges[p] for p, k in near) * 2 > len(near)
        if edge and (count >= max(_FEWEST, filled * _SHARE) or count == filled == 2 or (count >= _FEWEST and _in_a_row(near))):
            kind = "print_header" if _PRINT.search(text) else "running_head"
            yield from ((place, kind) for place in places)
        elif count >= max(_FEWEST, filled * _MENU_SHARE):
            yield from ((place, "navigation") for place in places)


def _same_place(
    pages: Sequence[Sequence[PageLine]], edges: Sequence[set[int]], taken: dict[_Place, str]
) -> dict[tuple[str, int], list[_Place]]:
    """Lines by wording and height: those at the edges, and those whose text comes several times."""
    times = Counter(line.text for lines in pages for line in lines)
    groups: dict[tuple[str, int], list[_Place]] = defaultdict(list)
    may_repeat = cache(_may_repeat)
    for p, lines in enumerate(pages):
        for k, line in enumerate(lines):
            text, place = line.text, (p, k)
            if (times[text] < _FEWEST and k not in edges[p]) or place in taken or not may_repeat(text):
                continue
            step = round(line.middle / _STEP)
            groups[text, step].append(place)
            numberless = _without_page(text, p)
            if numberless != text:
                groups[numberless, step].append(place)
    return groups


def _may_repeat(text: str) -> bool:
    return len(text) <= _LONGEST and LINE_LABEL.match(text) is None


def _in_a_row(places: Sequence[_Place]) -> bool:
    """On most pages between its first and last, as the head of one chapter."""
    shown = sorted({p for p, _ in places})
    return len(shown) * 2 >= shown[-1] - shown[0] + 1


def _without_page(text: str, p: int) -> str:
    """The text with its last number taken relative to the page, so that `…公报 12` and `…公报 13` are one wording."""
    if _NUMBER.search(text) is None:
        return text
    numbers = list(_NUMBER.finditer(text))
    for match in numbers[-2:]:
        offset = int(match.group()) - p
        if -3 <= offset <= 3 or match is numbers[-1]:
            return f"{text[: match.start()]}#{offset}{text[match.end() :]}"
    return text


