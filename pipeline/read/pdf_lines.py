"""The lines of a PDF page as the file draws them, with what a reader sees as gaps: `文号：   发布日期： 2026-02-12`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from policy_commitments.pipeline.read.pdf_chars import PageChars
from policy_commitments.schemas.source import BBox

_BLANKS = re.compile(r"\s+")
_WORDS = re.compile(r"\S\S\s{1,2}\S\S")
FAR = "   "
_OPENING = frozenset("“‘（《〔【")
_BLANK = 0.5  # of a character's height; a wider gap is a blank
_STRETCHED = 1.2  # of a character's height, between two Han
_HAIR = 0.05  # of a character's height that a printed blank has at least
WIDE = 1.5  # of a line's height: a gap between words that belong to different things, printed as three blanks
_SAME_LINE = 0.45  # of a character's height that middles of one line differ by at most (superscripts)
_SMALL, _INSIDE = 0.6, 0.4  # of a line's height; of its own height that lies in the line
_COVERED = 0.4  # of a character's width
_FEW_COVERED = 10  # one character in ten may be covered by another
TOUCH = 2.0  # points by which neighbours of one row may overlap


class PageLine(NamedTuple):
    """One line with its box in points from the upper left corner; `slanted` for watermarks.

    `spans` are the indices of its characters on the page.
    """

    text: str
    bbox: BBox
    slanted: bool = False
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def height(self) -> float:
        """Height of its box."""
        return self.bbox[3] - self.bbox[1]

    @property
    def middle(self) -> float:
        """Height on the page of its middle."""
        return (self.bbox[1] + self.bbox[3]) / 2


def line_pieces(chars: PageChars, outside: Sequence[BBox] = ()) -> list[PageLine]:
    """Lines as the file draws them, without the characters that stand in one of `outside` (tables)."""
    if outside:
        chars = replace(chars, text=_blanked(chars, outside))
    return [piece for span in chars.lines() for piece in _pieces(chars, span)]


def _blanked(chars: PageChars, outside: Sequence[BBox]) -> str:
    """The text with a line end in place of each character that stands in a table."""
    shown = list(chars.text)
    for k, char in enumerate(shown):
        if char.isspace():
            continue
        left, top, right, bottom = chars.box(k)
        x, y = (left + right) / 2, (top + bottom) / 2
        for box in outside:
            if box[1] <= y <= box[3] and box[0] <= x <= box[2]:
                shown[k] = "\n"
                break
    return "".join(shown)


def _pieces(chars: PageChars, span: tuple[int, int]) -> Sequence[PageLine]:
    """What pdfium takes for one line: usually one, but a character alone may stand on another line."""
    start, end = span
    first, last = chars.box(start), chars.box(end - 1)
    box = _around(first, last)
    text = chars.printed(start, end)
    if box[2] <= box[0] or not text.strip():
        return ()
    slanted = chars.is_slanted(start)
    if not slanted and (first[3] <= last[1] or last[3] <= first[1]):
        return lines_by_place(chars, _shown(chars, span))
    if text[-1] in _OPENING and not slanted:  # no line ends so: the file draws the mark after its neighbour
        return (line_by_place(chars, _shown(chars, span), FAR, (span,)),)
    if " " not in text or len(text) != end - start:
        return (PageLine(text, box, slanted, (span,)),)
    cuts = _wide_gaps(chars, start, text, box[3] - box[1])
    if cuts is None and not slanted:
        return (line_by_place(chars, _shown(chars, span), FAR, (span,)),)
    edges = [start, *(edge for cut in cuts or () for edge in cut), end]
    return [_straight_line(chars, first_of, end_of, slanted) for first_of, end_of in zip(edges[::2], edges[1::2], strict=True)]


def _around(one: BBox, other: BBox) -> BBox:
    left, top, right, bottom = one
    x0, y0, x1, y1 = other
    return x0 if x0 < left else left, y0 if y0 < top else top, x1 if x1 > right else right, y1 if y1 > bottom else bottom


def _straight_line(chars: PageChars, start: int, end: int, slanted: bool) -> PageLine:
    box = _around(chars.box(start), chars.box(end - 1))
    return PageLine(chars.printed(start, end), box, slanted, ((start, end),))


def _shown(chars: PageChars, span: tuple[int, int]) -> list[tuple[int, BBox]]:
    return [(k, chars.box(k)) for k in range(*span) if not chars.text[k].isspace()]


def mingled(chars: PageChars, one: PageLine, other: PageLine) -> PageLine | None:
    """One line drawn in two goes, such as its Han and the marks “ and ” between them; None where one covers the other."""
    spans = (*one.spans, *other.spans)
    held = sorted((held for span in spans for held in _shown(chars, span)), key=lambda shown: shown[1][0])
    covered = sum(b[1][0] < a[1][2] - (a[1][2] - a[1][0]) * _COVERED for a, b in pairwise(held))
    return line_by_place(chars, held, FAR, spans) if covered * _FEW_COVERED < len(held) else None


def lines_by_place(chars: PageChars, held: list[tuple[int, BBox]]) -> list[PageLine]:
    """Characters (index, box) as lines from top to bottom."""
    lines: list[list[tuple[int, BBox]]] = []
    tallest: BBox = (0.0, 0.0, 0.0, 0.0)
    for k, box in sorted(held, key=lambda one: one[1][1] + one[1][3]):
        if lines and _is_level(tallest, box):
            lines[-1].append((k, box))
            tallest = max(tallest, box, key=lambda one: one[3] - one[1])
        else:
            lines.append([(k, box)])
            tallest = box
    return [line_by_place(chars, line, spans=tuple((k, k + 1) for k, _ in line)) for line in lines]


def _is_level(line: BBox, box: BBox) -> bool:
    """Whether a character stands on a line; a comma may have a low box of its own at the line's foot."""
    high, low = line[3] - line[1], box[3] - box[1]
    if abs(box[1] + box[3] - line[1] - line[3]) / 2 <= high * _SAME_LINE:
        return True
    return low < high * _SMALL and min(line[3], box[3]) - max(line[1], box[1]) >= low * _INSIDE


def line_by_place(
    chars: PageChars, held: list[tuple[int, BBox]], far: str = " ", spans: tuple[tuple[int, int], ...] = ()
) -> PageLine:
    """A line of characters (index, box) from left to right; `far` stands for a wide gap."""
    pieces: list[str] = []
    ordered = sorted(held, key=lambda one: one[1][0])
    right = ordered[0][1][0]
    for k, box in ordered:
        gap, height = box[0] - right, box[3] - box[1]
        apart = gap / height if height else 0.0
        char = chars.printed(k, k + 1)
        if apart > _HAIR and pieces and _is_gap(chars, k, apart, pieces[-1] + char):
            pieces.append(far if gap > height * WIDE else " ")
        pieces.append(char)
        right = box[2]
    lefts, tops, rights, bottoms = zip(*(box for _, box in ordered), strict=True)
    return PageLine("".join(pieces).strip(), (min(lefts), min(tops), max(rights), max(bottoms)), spans=spans)


def _is_gap(chars: PageChars, k: int, apart: float, both: str) -> bool:
    """Whether a blank stands before character k; Han that only stretch to fill their cell stand apart without one.

    `apart` is their distance in heights of a character, more than `_HAIR`.
    """
    stretched = not both.isascii() and min(both) > "\x7f"
    if apart > (_STRETCHED if stretched else _BLANK):
        return True
    blank = k > 0 and chars.text[k - 1].isspace()
    return blank and not (stretched and chars.is_inserted(k - 1))


def _wide_gaps(chars: PageChars, start: int, text: str, height: float) -> list[tuple[int, int]] | None:
    """Index spans of the gaps that set words of one row apart, whatever blanks pdfium put there; `目  录` is one word.

    None where a gap goes back: the file draws the characters of one font, such as “ and ”, after all others.
    """
    gaps: list[tuple[int, int]] = []
    for match in _BLANKS.finditer(text):
        first, end = start + match.start(), start + match.end()
        before, after = chars.box(first - 1), chars.box(end)
        if after[0] < before[0] - TOUCH:
            return None
        if after[0] - before[2] > height * WIDE and _WORDS.fullmatch(text[max(match.start() - 2, 0) : match.end() + 2]):
            gaps.append((first, end))
    return gaps
