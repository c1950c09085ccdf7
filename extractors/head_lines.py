"""Lines of a document's head, each with what it is: number, title, salutation, signature, prose …

A page that arrives on one line (`…的通知某府发〔2021〕22号各区县人民政府：现将…某市人民政府2021年8月24日某市规划为…`) is cut
where a number, a salutation or a signature stands. Kinds are by form alone; nothing is converted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from policy_commitments.extractors.document_numbers import find_numbers
from policy_commitments.extractors.genres import genre_word
from policy_commitments.extractors.line_patterns import (
    DATE_INLINE,
    DATE_LINE,
    DISCLOSURE_INLINE,
    GREETING_INLINE,
    KINDS,
    SIGNED_INLINE,
    LineKind,
)
from policy_commitments.schemas.clean import Clean
from policy_commitments.schemas.frozen import frozen
from policy_commitments.schemas.outline import Outline

_PROSE = re.compile(r"[。；！？]")
_LONGEST_TITLE = 120
_LONG = 100  # from here a line may hold several parts of a head
_NEAR = 700  # characters of a line in which a head's parts are glued together
_WITHOUT_HEADINGS = 3000
_FARTHEST = 8000


@frozen
class HeadLine:
    """One line, or one cut of a line, at clean[start:end] without blanks at its ends; `text` is its folded form."""

    kind: LineKind
    start: int
    end: int
    text: str


def head_lines(outline: Outline) -> list[HeadLine]:
    """Lines before the first heading (of the whole document where it has none)."""
    return list(lines_between(outline.clean, 0, min(head_end(outline), _FARTHEST)))


def greeting(outline: Outline) -> str:
    """Whom the head greets, e.g. `各乡镇人民政府：`; "" where it greets nobody."""
    clean = outline.clean
    spans = _spans(clean, 0, min(head_end(outline), _FARTHEST))
    ends = (clean.folded[start:end] for start, end in spans if clean.folded[end - 1] == "：")
    return next((text for text in ends if _kind(text) == "salutation"), "")


def head_end(outline: Outline) -> int:
    """Where the first heading begins; an annex's label and a plan's title are still head."""
    first = next((item.start for item in outline.items if item.origin == "heading" and item.role not in ("annex", "front")), None)
    if first is None:
        return min(len(outline.clean.text), _WITHOUT_HEADINGS)
    return max(outline.front[1], first)


def lines_between(clean: Clean, start: int, end: int) -> Iterator[HeadLine]:
    """Lines and cuts of lines in clean[start:end]; tables are no lines."""
    for a, b in _spans(clean, start, end):
        text = clean.folded[a:b]
        yield HeadLine(_kind(text), a, b, text)


def _spans(clean: Clean, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of the lines and cuts, without blanks at their ends; none is empty."""
    for paragraph in clean.paragraphs:
        if paragraph.start >= end:
            return
        if paragraph.end > start:
            for a, b in _cut(clean.folded, max(paragraph.start, start), min(paragraph.end, end)):
                text = clean.folded[a:b]
                first, last = a + len(text) - len(text.lstrip()), a + len(text.rstrip())
                if first < last:
                    yield first, last


def _kind(text: str) -> LineKind:
    if len(text) > 250:
        return "prose"
    if DATE_LINE.match(text):
        return "date"
    if len(text) <= 80 and "《" not in text and any(not one.cited for one in find_numbers(text, 0, len(text))):
        return "number"
    for kind, pattern in KINDS:
        if pattern.match(text):
            return kind
    if _PROSE.search(text) or text.endswith(("：", "|")) or text.count(" | ") > 1 or not 2 <= len(text) <= _LONGEST_TITLE:
        return "prose"
    return "title"


def _cut(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    cuts = sorted({start, end, *_places_to_cut(folded, start, end)})
    yield from pairwise(cuts)


def _places_to_cut(folded: str, start: int, end: int) -> Iterator[int]:
    text = folded[start:end]
    if "日" in text:
        for match in SIGNED_INLINE.finditer(text):
            yield from (start + match.start(), start + match.start("agency"), start + match.end())
        for match in DATE_INLINE.finditer(text):
            yield from (start + match.start(), start + match.end())
    yield from _numbers_behind_titles(folded, start, min(end, start + _NEAR))
    last = folded.rfind("。", start, end - 1) + 1
    if last > start and end - last <= _LONG and genre_word(folded[last:end]) is not None:
        yield last  # 第四十九条本办法自…起施行。某市旅游业发展规划
    if end - start > _LONG:
        yield from _cuts_of_head(folded, start, end)


def _numbers_behind_titles(folded: str, start: int, end: int) -> Iterator[int]:
    """`…的通知某府发〔2021〕22号`, `…的通知（某府发〔2021〕22号）`: cut before the number and behind it."""
    for number in find_numbers(folded, start, end):
        bracket = folded[number.start - 1 : number.start] == "（" and folded[number.end : number.end + 1] == "）"
        first, last = number.start - bracket, number.end + bracket
        if not number.cited and first > start and genre_word(folded[start:first].rstrip()) is not None:
            yield from (first, last)


def _cuts_of_head(folded: str, start: int, end: int) -> Iterator[int]:
    near = min(end, start + _NEAR)
    for number in find_numbers(folded, start, near):
        if not number.cited and folded[number.start - 1 : number.start] not in ("（", "〔"):
            yield from (number.start, number.end)
    salutation = GREETING_INLINE.search(folded, start, near)
    if salutation is not None and _PROSE.search(folded, start, salutation.start()) is None:
        yield from salutation.span()
    for match in DISCLOSURE_INLINE.finditer(folded, start, end):
        yield from match.span()
