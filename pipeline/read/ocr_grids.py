"""Tables without rules in scans, gridded from where their text stands: `序号   指标   2023年   2030年目标`.

Rows of three pieces and more under each other, with the same stretches of the page empty from row to row; a character
belongs to the column that it stands in, so that cells which recognition ran together part again. Tables of two columns
are left alone: contents pages and signatures look like them. Cells empty at the start of a row go on the cell above.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from policy_commitments.extractors.headings import LINE_LABEL
from policy_commitments.pipeline.read.pdf_grids import Region, Ruling
from policy_commitments.pipeline.read.placed_chars import PlacedLine
from policy_commitments.schemas.mentions import Span
from policy_commitments.schemas.source import BBox

_FEWEST = 3  # pieces in a row, rows, and columns of a table; two rows where there are more columns
_SAME_ROW = 0.5  # of the lower piece's height that two pieces of one row share
_APART = 2.2  # of a line's height between two rows of a table at most
_CROSSED = 0.2  # of the rows that may have text where a gap between columns is
_GAP = 0.3  # of a line's height that such a gap has at least
_MARGIN = 2.0  # points around the text
_INSIDE = 0.7  # of a piece's width that lies in one column
_PADDING = 0.12  # of a line's height that its box is wider than its letters, on either side
_EDGE = 0.3  # of a line's height that a letter may reach into the next column
_FILLED = 0.6  # of the columns
_FULL = 1.1  # of a line's height that a line of a cell ends before its column's end at most, where the cell goes on
_CLEARLY, _HALF_LINE = 0.25, 0.9  # of a line's height: lines of one cell stand 1.1 apart at least, half of it in the middle
_VALUE = re.compile(r".|(?=.*\d).{1,10}")  # '5.0以内', '2024年', '%'
_GROUP = re.compile(r"[（(]?[一二三四五六七八九十]{1,2}[、）)]|.{2,20}[：:]$")  # '一、经济发展'
_FOOT = re.compile(r"第\s*\d+\s*页|[-—–]\s*\d+\s*[-—–]")


@dataclass(frozen=True, slots=True)
class _Piece:
    """One line of recognition with its box; `words` are the stretches between its gaps, from left to right."""

    text: str
    bbox: BBox
    words: tuple[_Piece, ...] = ()

    @property
    def height(self) -> float:
        return self.bbox[3] - self.bbox[1]


_Row = list[_Piece]


def grids_of_text(lines: Sequence[PlacedLine]) -> list[Ruling]:
    """The tables of a page that has no ruled lines, from top to bottom."""
    rows = _rows([_piece(line) for line in lines if line.text.strip() and not line.slanted])
    grids = (_grid(stretch) for stretch in _stretches(rows))
    return [grid for grid in grids if grid is not None]


def _piece(line: PlacedLine) -> _Piece:
    lefts, tops, rights, bottoms = zip(*line.boxes, strict=True)
    padding = _PADDING * (max(bottoms) - min(tops))
    cuts = [k for k in range(1, len(lefts)) if line.text[k - 1] == " " or lefts[k] - rights[k - 1] > padding]
    words = []
    for start, end in pairwise([0, *cuts, len(lefts)]):
        text = line.text[start:end].rstrip()
        if text:
            box = (lefts[start] + padding, min(tops), rights[start + len(text) - 1] - padding, max(bottoms))
            words.append(_Piece(text, box))
    return _Piece(line.text, (min(lefts), min(tops), max(rights), max(bottoms)), tuple(words))


def _rows(pieces: Sequence[_Piece]) -> list[_Row]:
    """Pieces beside each other, each row from left to right."""
    rows: list[_Row] = []
    for piece in sorted(pieces, key=lambda one: one.bbox[1] + one.bbox[3]):
        last = rows[-1][0] if rows else None
        shared = 0.0 if last is None else min(last.bbox[3], piece.bbox[3]) - max(last.bbox[1], piece.bbox[1])
        if last is not None and shared > _SAME_ROW * min(last.height, piece.height):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda one: one.bbox[0]) for row in rows]


def _stretches(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """From the first row of three pieces to the last line below such rows that may belong to one of their cells."""
    stretch: list[_Row] = []
    for row in rows:
        if stretch and not _follows(stretch, row):
            yield stretch
            stretch = []
        if stretch or len(row) >= _FEWEST:
            stretch.append(row)
    if stretch:
        yield stretch


def _follows(stretch: Sequence[_Row], row: _Row) -> bool:
    above = max(piece.bbox[3] for piece in stretch[-1])
    if min(piece.bbox[1] for piece in row) - above > _APART * median(piece.height for piece in row):
        return False
    edges = [piece.bbox for one in stretch for piece in one]
    left, right = min(box[0] for box in edges), max(box[2] for box in edges)
    return len(row) >= _FEWEST or all(piece.bbox[2] - piece.bbox[0] < (right - left) / 2 for piece in row)


def _grid(stretch: list[_Row]) -> Ruling | None:
    full = [row for row in stretch if len(row) >= _FEWEST]
    borders = _borders(full) if len(full) > 1 else []
    if len(borders) <= _FEWEST or len(borders) + len(full) <= 2 * _FEWEST:
        return None
    while len(stretch[-1]) < _FEWEST and not _ends_cell(stretch[-1], borders):
        stretch = stretch[:-1]
    words = [[word for piece in row for word in piece.words] for row in stretch]
    if any(_is_cut(word, borders) for row in words[1:] for word in row):
        return None
    rows = _printed_rows(words, borders)
    return _ruling(rows, borders) if rows is not None and len(rows) > 1 else None


def _borders(full: Sequence[_Row]) -> list[float]:
    """Edges of the columns: the middles of gaps that hardly any row crosses, where the fewest cross them."""
    words = [word.bbox for row in full for piece in row for word in piece.words]
    left, right = min(word[0] for word in words), max(word[2] for word in words)
    least = _GAP * median(piece.height for row in full for piece in row)
    crossing = [sum(word[0] < x < word[2] for word in words) for x in range(int(left), int(right) + 2)]
    borders = [left - _MARGIN]
    for start, end in _below(crossing, len(full) * _CROSSED):
        if end - start > least and start > 0 and end < len(crossing):
            fewest = min(crossing[start:end])
            inner = max(_below(crossing[start:end], fewest), key=lambda one: one[1] - one[0])
            borders.append(int(left) + start + sum(inner) / 2)
    return [*borders, right + _MARGIN]


def _below(counts: Sequence[int], most: float) -> Iterator[Span]:
    """Half-open stretches of counts up to `most`."""
    start: int | None = None
    for k, count in enumerate([*counts, len(counts) + int(most) + 1]):
        if count <= most:
            start = k if start is None else start
        elif start is not None:
            yield start, k
            start = None


def _column(piece: _Piece, borders: Sequence[float]) -> int | None:
    """The column that holds nearly all of a piece."""
    left, _, right, _ = piece.bbox
    column = min(max(bisect_right(borders, (left + right) / 2) - 1, 0), len(borders) - 2)
    inside = min(right, borders[column + 1]) - max(left, borders[column])
    return column if inside >= _INSIDE * (right - left) else None


def _ends_cell(row: _Row, borders: Sequence[float]) -> bool:
    """Whether the last line below a table is the end of a cell: no heading, no page number, and inside the columns."""
    return all(
        _column(piece, borders) is not None and not LINE_LABEL.match(piece.text) and not _FOOT.fullmatch(piece.text) for piece in row
    )


def _printed_rows(stretch: Sequence[_Row], borders: Sequence[float]) -> list[list[_Row]] | None:
    """Lines of text by the row of the table that they belong to; None where that is anybody's guess.

    Lines that only end cells go on the row above, or, where each row stands in the middle of its tallest cell, the
    row that is nearest: then each row must have a line that fills most columns.
    """
    whole = [k for k in range(len(stretch)) if k == 0 or _begins_row(stretch, k, borders)]
    centred = any(_leans_down(stretch, one, two) for one, two in pairwise(whole) if two - one > 1)
    if centred and any(len({column for piece in stretch[k] for column in _held_by(piece, borders)}) < _needed(borders) for k in whole):
        return None
    rows: list[list[_Row]] = [[] for _ in whole]
    for k, row in enumerate(stretch):
        at = max(bisect_right(whole, k) - 1, 0)
        if centred and k not in whole and at + 1 < len(whole) and _nearer(stretch, whole[at + 1], k) < _nearer(stretch, whole[at], k):
            at += 1
        rows[at].append(row)
    return rows


def _leans_down(stretch: Sequence[_Row], one: int, two: int) -> bool:
    """Whether the lines between two rows cannot all end cells of the upper one: rows stand in their middle."""
    height = stretch[one][0].height
    first = _nearer(stretch, two, one + 1) < _nearer(stretch, one, one + 1) - _CLEARLY * height
    return first or _nearer(stretch, two, two - 1) < _HALF_LINE * height


def _nearer(stretch: Sequence[_Row], one: int, other: int) -> float:
    """Points between the middles of two lines."""
    return abs(_middle(stretch[one]) - _middle(stretch[other]))


def _middle(row: _Row) -> float:
    return median((piece.bbox[1] + piece.bbox[3]) / 2 for piece in row)


def _begins_row(stretch: Sequence[_Row], k: int, borders: Sequence[float]) -> bool:
    """Whether a line has text in most columns, and not only because most of the cells above go on."""
    row = stretch[k]
    held = {column: piece for piece in row for column in _held_by(piece, borders)}
    above = {column: piece for line in stretch[:k] for piece in line for column in _held_by(piece, borders)}
    few = len(held) < _needed(borders)
    if few and (0 not in held or len(held) == 1):
        return 0 in held and _GROUP.match(held[0].text) is not None
    if any(_VALUE.fullmatch(piece.text) and column in above and _VALUE.fullmatch(above[column].text) for column, piece in held.items()):
        return True
    if k == 1 and len(held) == len(borders) - 1:
        return True  # below the heads, which do not all wrap
    going_on = [column in above and _goes_on(above[column], _widest(stretch, column, borders)) for column in held]
    return sum(going_on) * 2 < len(going_on)


def _needed(borders: Sequence[float]) -> float:
    """Columns that a line fills where it fills most of them."""
    return max((len(borders) - 1) * _FILLED, 2)


def _widest(stretch: Sequence[_Row], column: int, borders: Sequence[float]) -> float:
    """How wide the text of a column gets."""
    held = (piece.bbox[2] - piece.bbox[0] for line in stretch for piece in line if _column(piece, borders) == column)
    return max(held, default=0.0)


def _goes_on(piece: _Piece, widest: float) -> bool:
    """Whether a line fills its cell, so that the next one may belong to it."""
    full = widest - (piece.bbox[2] - piece.bbox[0]) < _FULL * piece.height
    return full and not _VALUE.fullmatch(piece.text) and not piece.text.endswith("。")


def _ruling(rows: Sequence[list[_Row]], borders: list[float]) -> Ruling:
    tops = [min(piece.bbox[1] for line in row for piece in line) for row in rows]
    bottoms = [max(piece.bbox[3] for line in row for piece in line) for row in rows]
    ys = [tops[0] - _MARGIN, *((one + two) / 2 for one, two in zip(bottoms, tops[1:], strict=False)), bottoms[-1] + _MARGIN]
    grid = Ruling(borders, ys)
    above: dict[int, Region] = {}
    for r, row in enumerate(rows):
        filled = {_held_by(piece, borders) for line in row for piece in line}
        first = min((column for columns in filled for column in columns), default=0)
        for c in range(len(borders) - 1):
            if c < first and r > 1 and c in above:
                above[c].row_span += 1
                above[c].bbox = (*above[c].bbox[:3], ys[r + 1])
                continue
            above[c] = Region(r, c, 1, 1, (borders[c], ys[r], borders[c + 1], ys[r + 1]))
            grid.regions.append(above[c])
    return grid


def _held_by(piece: _Piece, borders: Sequence[float]) -> range:
    """The columns that a piece stands in."""
    column = _column(piece, borders)
    if column is not None:
        return range(column, column + 1)
    first = max(bisect_right(borders, piece.bbox[0]) - 1, 0)
    return range(first, max(bisect_right(borders, piece.bbox[2]) - 1, first) + 1)


def _is_cut(word: _Piece, borders: Sequence[float]) -> bool:
    """Whether an edge of a column runs through a word, and may part `1200个` into two values."""
    edge = _EDGE * word.height
    return any(word.bbox[0] + edge < border < word.bbox[2] - edge for border in borders)
