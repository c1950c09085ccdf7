"""The lines of a PDF page in reading order: pieces of one row joined, two columns one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from policy_commitments.pipeline.read.pdf_chars import PageChars
from policy_commitments.pipeline.read.pdf_lines import FAR, TOUCH, WIDE, PageLine, line_pieces, mingled
from policy_commitments.schemas.source import BBox

_NARROW = 0.2  # of a line's height; less is no gap at all: a subscript stands on a line of its own in the file
_SAME_ROW = 0.5  # of the lower line's height that two pieces of one row share
_MINGLED = 0.75  # of both heights, and overlapping from left to right: one line drawn in two goes
_FEWEST_PER_COLUMN = 8
_COLUMN_GAP = 1.0  # of a line's height
_COLUMN_SHARE = 0.3  # of the text's width that half the lines of a column have at least


def page_lines(chars: PageChars, outside: Sequence[BBox] = ()) -> list[PageLine]:
    """Lines of a page in reading order; those whose middle lies in one of `outside` (tables) are left out."""
    pieces = _unmingled(chars, line_pieces(chars, outside))
    return _in_order(pieces)


def _unmingled(chars: PageChars, pieces: list[PageLine]) -> list[PageLine]:
    whole: list[PageLine] = []
    for piece in sorted(pieces, key=lambda one: one.middle):
        near = range(len(whole) - 1, max(len(whole) - 4, -1), -1)
        k = next((k for k in near if whole[k].bbox[3] > piece.bbox[1] and _is_mingled(whole[k], piece)), None)
        both = None if k is None else mingled(chars, whole[k], piece)
        if k is None or both is None:
            whole.append(piece)
        else:
            whole[k] = both
    return whole


def _is_mingled(one: PageLine, other: PageLine) -> bool:
    shared = min(one.bbox[3], other.bbox[3]) - max(one.bbox[1], other.bbox[1])
    if shared <= 0 or shared < max(one.height, other.height) * _MINGLED or one.slanted or other.slanted:
        return False
    return min(one.bbox[2], other.bbox[2]) - max(one.bbox[0], other.bbox[0]) > TOUCH


def _in_order(pieces: list[PageLine]) -> list[PageLine]:
    middle = _gutter(pieces)
    if middle is None and _has_sides(pieces):  # a file may draw each line in many pieces
        whole = _without_near_gaps(pieces)
        middle = _gutter(whole)
        pieces = pieces if middle is None else whole
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
    if not _has_sides(pieces):
        return None
    left, middle, right = _width(pieces)
    sides = _sides(pieces, middle)
    for side in sides:
        if median(one.bbox[2] - one.bbox[0] for one in side) < (right - left) * _COLUMN_SHARE:
            return None
    crossing = len(pieces) - len(sides[0]) - len(sides[1])
    return middle if crossing <= min(map(len, sides)) else None


def _has_sides(pieces: Sequence[PageLine]) -> bool:
    """Whether either half of the page has enough pieces of its own for a column."""
    return len(pieces) >= _FEWEST_PER_COLUMN * 2 and min(map(len, _sides(pieces, _width(pieces)[1]))) >= _FEWEST_PER_COLUMN


def _width(pieces: Sequence[PageLine]) -> tuple[float, float, float]:
    """Left edge, middle and right edge of the text."""
    left, right = min(piece.bbox[0] for piece in pieces), max(piece.bbox[2] for piece in pieces)
    return left, (left + right) / 2, right


def _sides(pieces: Sequence[PageLine], middle: float) -> tuple[list[PageLine], list[PageLine]]:
    return [piece for piece in pieces if piece.bbox[2] <= middle], [piece for piece in pieces if piece.bbox[0] >= middle]


def _rows(pieces: list[PageLine]) -> list[PageLine]:
    """From top to bottom, pieces of one row joined."""
    return [_joined(row) for row in _grouped(pieces)]


def _without_near_gaps(pieces: list[PageLine]) -> list[PageLine]:
    """Pieces of one row joined up to where a gap is as wide as between columns."""
    whole: list[PageLine] = []
    for row in _grouped(pieces):
        ordered = sorted(row, key=lambda one: one.bbox[0])
        near = [ordered[0]]
        for piece in ordered[1:]:
            if piece.bbox[0] - max(one.bbox[2] for one in near) > piece.height * _COLUMN_GAP:
                whole.append(_joined(near))
                near = []
            near.append(piece)
        whole.append(_joined(near))
    return whole


def _grouped(pieces: list[PageLine]) -> list[list[PageLine]]:
    rows: list[list[PageLine]] = []
    for piece in sorted(pieces, key=lambda one: (one.middle, one.bbox[0])):
        row = next((one for one in rows[:-4:-1] if one[-1].bbox[3] > piece.bbox[1] and _in_row(one, piece)), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    return rows


def _in_row(row: Sequence[PageLine], piece: PageLine) -> bool:
    return all(_beside(one, piece) for one in row)


def _beside(one: PageLine, other: PageLine) -> bool:
    shared = min(one.bbox[3], other.bbox[3]) - max(one.bbox[1], other.bbox[1])
    if shared <= 0 or shared < min(one.height, other.height) * _SAME_ROW or one.slanted != other.slanted:
        return False
    return min(one.bbox[2], other.bbox[2]) - max(one.bbox[0], other.bbox[0]) <= TOUCH


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
            yield FAR if gap > height * WIDE else " " if gap > height * _NARROW else ""
        yield piece.text
