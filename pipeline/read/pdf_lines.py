"""The printed lines of a PDF page in reading order, e.g. `文号：` and `发布日期：` on one row, two columns one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from policy_commitments.pipeline.read.pdf_chars import PageChars
from policy_commitments.schemas.source import BBox

_BLANKS = re.compile(r"\s+")
_WORDS = re.compile(r"\S\S\s{1,2}\S\S")
_WIDE = 1.5  # of a line's height: a gap between words that belong to different things, printed as three blanks
_NARROW = 0.2  # less is no gap at all: a subscript stands on a line of its own in the file
_SAME_ROW = 0.5  # of the lower line's height that two pieces of one row share
_TOUCH = 2.0  # points by which neighbours of one row may overlap
_FEWEST_PER_COLUMN = 8
_COLUMN_SHARE = 0.3  # of the text's width that half the lines of a column have at least


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line with its box in points from the upper left corner; `slanted` for watermarks."""

    text: str
    bbox: BBox
    slanted: bool = False

    @property
    def height(self) -> float:
        """Height of its box."""
        return self.bbox[3] - self.bbox[1]

    @property
    def middle(self) -> float:
        """Height on the page of its middle."""
        return (self.bbox[1] + self.bbox[3]) / 2


def page_lines(chars: PageChars, outside: Sequence[BBox] = ()) -> list[PageLine]:
    """Lines of a page in reading order; those whose middle lies in one of `outside` (tables) are left out."""
    pieces = [piece for span in chars.lines() if (piece := _piece(chars, span)) is not None]
    kept = [piece for piece in pieces if not any(_holds(box, piece.bbox) for box in outside)]
    return _in_order(kept)


def _piece(chars: PageChars, span: tuple[int, int]) -> PageLine | None:
    start, end = span
    first, last = chars.box(start), chars.box(end - 1)
    box = (min(first[0], last[0]), min(first[1], last[1]), max(first[2], last[2]), max(first[3], last[3]))
    text = chars.printed(start, end)
    if not text.strip() or box[2] <= box[0]:
        return None
    if " " in text and len(text) == end - start:
        text = _with_gaps(chars, start, text, box[3] - box[1])
    return PageLine(text, box, chars.is_slanted(start))


def _with_gaps(chars: PageChars, start: int, text: str, height: float) -> str:
    """Three blanks where a gap between words is wide, whatever blanks pdfium put there; `目  录` is one word."""
    pieces: list[str] = []
    at = 0
    for match in _BLANKS.finditer(text):
        before, after = chars.box(start + match.start() - 1), chars.box(start + match.end())
        wide = after[0] - before[2] > height * _WIDE and _WORDS.fullmatch(text[max(match.start() - 2, 0) : match.end() + 2])
        pieces.extend((text[at : match.start()], "   " if wide else match.group()))
        at = match.end()
    return "".join([*pieces, text[at:]])


def _holds(outer: BBox, inner: BBox) -> bool:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def _in_order(pieces: list[PageLine]) -> list[PageLine]:
    middle = _gutter(pieces)
    if middle is None:
        return _rows(pieces)
    ordered: list[PageLine] = []
    band: list[PageLine] = []
    for piece in sorted(pieces, key=lambda one: one.middle):
        if piece.bbox[0] < middle < piece.bbox[2]:
            ordered.extend(_columns(band, middle))
            band = []
            ordered.append(piece)
        else:
            band.append(piece)
    return [*ordered, *_columns(band, middle)]


def _columns(band: list[PageLine], middle: float) -> list[PageLine]:
    left = [piece for piece in band if piece.bbox[2] <= middle]
    return [*_rows(left), *_rows([piece for piece in band if piece.bbox[2] > middle])]


def _gutter(pieces: Sequence[PageLine]) -> float | None:
    """Where the space between two columns of text runs; None on a page of one column."""
    if len(pieces) < _FEWEST_PER_COLUMN * 2:
        return None
    left = min(piece.bbox[0] for piece in pieces)
    right = max(piece.bbox[2] for piece in pieces)
    middle = (left + right) / 2
    sides = ([piece for piece in pieces if piece.bbox[2] <= middle], [piece for piece in pieces if piece.bbox[0] >= middle])
    for side in sides:
        if len(side) < _FEWEST_PER_COLUMN or median(one.bbox[2] - one.bbox[0] for one in side) < (right - left) * _COLUMN_SHARE:
            return None
    crossing = len(pieces) - len(sides[0]) - len(sides[1])
    return middle if crossing <= min(map(len, sides)) else None


def _rows(pieces: list[PageLine]) -> list[PageLine]:
    """From top to bottom, pieces of one row joined."""
    rows: list[list[PageLine]] = []
    for piece in sorted(pieces, key=lambda one: (one.middle, one.bbox[0])):
        row = next((one for one in reversed(rows[-3:]) if _in_row(one, piece)), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    return [_joined(row) for row in rows]


def _in_row(row: Sequence[PageLine], piece: PageLine) -> bool:
    return all(_beside(one, piece) for one in row)


def _beside(one: PageLine, other: PageLine) -> bool:
    shared = min(one.bbox[3], other.bbox[3]) - max(one.bbox[1], other.bbox[1])
    if shared < min(one.height, other.height) * _SAME_ROW or one.slanted != other.slanted:
        return False
    return min(one.bbox[2], other.bbox[2]) - max(one.bbox[0], other.bbox[0]) <= _TOUCH


def _joined(row: list[PageLine]) -> PageLine:
    if len(row) == 1:
        return row[0]
    ordered = sorted(row, key=lambda one: one.bbox[0])
    lefts, tops, rights, bottoms = zip(*(piece.bbox for piece in ordered), strict=True)
    box = (min(lefts), min(tops), max(rights), max(bottoms))
    return PageLine("".join(_with_separators(ordered, box[3] - box[1])), box, row[0].slanted)


def _with_separators(row: Sequence[PageLine], height: float) -> Iterator[str]:
    for k, piece in enumerate(row):
        if k:
            gap = piece.bbox[0] - row[k - 1].bbox[2]
            yield "   " if gap > height * _WIDE else " " if gap > height * _NARROW else ""
        yield piece.text
