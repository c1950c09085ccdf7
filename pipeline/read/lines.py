"""Lines and line blocks of plain text; `[bookmark: _Toc1]一、总体要求` is furniture and a text block beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policy_commitments.schemas.source import Anchor, Block

Span = tuple[int, int]
BOOKMARK = re.compile(r"\[bookmark: [^\[\]\n]{1,60}\]")  # [bookmark: _Toc30528]


def line_spans(text: str) -> list[Span]:
    """Half-open spans of all lines, blank ones too, without their line ends."""
    spans: list[Span] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        spans.append((start, end))
        start = end + 1
    return spans


def text_blocks(text: str, span: Span, paragraph: int, detail: str = "") -> Iterator[Block]:
    """The blocks of one line: its text, cut where bookmarks stand; none for a blank line."""
    start, end = span
    line = text[start:end]
    if not line or line.isspace():
        return
    anchor = Anchor(paragraph=paragraph)
    if "[bookmark: " not in line:
        yield Block("text", start, end, anchor, detail)
        return
    yield from cut_blocks(text, span, BOOKMARK, anchor, ("bookmark", detail))


def cut_blocks(text: str, span: Span, marks: re.Pattern[str], anchor: Anchor, details: tuple[str, str]) -> Iterator[Block]:
    """Furniture for each match of `marks` in a line and text between them; `details` are theirs in this order."""
    mark_detail, text_detail = details
    at, end = span
    for match in marks.finditer(text, at, end):
        if not _blank(text, at, match.start()):
            yield Block("text", at, match.start(), anchor, text_detail)
        yield Block("furniture", match.start(), match.end(), anchor, mark_detail)
        at = match.end()
    if not _blank(text, at, end):
        yield Block("text", at, end, anchor, text_detail)


def _blank(text: str, start: int, end: int) -> bool:
    return start == end or text[start:end].isspace()
