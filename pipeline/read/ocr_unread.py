"""Ink that detection passed over: a `、` or `——` cut off at the edge of its line, the `— 2 —` at the foot of a page.

Only finds where to look again; what stands there is for recognition to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from policy_commitments.pipeline.read.ocr_repair import Point
from policy_commitments.pipeline.read.ocr_strip import Quad, ends_of, height_of, stretched

_DARKER = 25  # of 255: ink against the paper around it
# All below are parts of the line's height.
_SMALLEST, _FAINTEST = 0.15, 0.1  # the longer side of a piece of ink that may be a mark, and the shorter of one that is no dash
_DASH = 0.45  # the longer side of a dash at least
_WIDEST, _HIGHEST = 2.2, 0.8  # a dash of two characters; what is higher is a stain or a rule
_NEAR = 1.2  # from the edge of the line, or to the next piece
_MIDST = 0.42  # from the line's middle, up or down
_PADDING = 0.12
_FOOT = 0.9  # of the page's height, above which no page number is looked for


@dataclass(frozen=True, slots=True)
class _Piece:
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> Point:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


def ink_of(grey: Any) -> Any:
    """Black on white as a mask, whatever the paper's shade."""
    import cv2

    smooth = cv2.GaussianBlur(grey, (3, 3), 0)  # the grain of the paper joins no strokes
    return cv2.adaptiveThreshold(smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, _DARKER)


class Unread:
    """The ink of a page (height x width, grey) outside all its lines."""

    def __init__(self, grey: Any, quads: Sequence[Quad]) -> None:
        self._quads = quads
        self._size = grey.shape[:2]
        heights = sorted(height_of(quad) for quad in quads)
        self._usual = heights[len(heights) // 2] if heights else 0.0
        self._pieces = list(self._found(ink_of(grey))) if quads else []

    def _found(self, ink: Any) -> Iterator[_Piece]:
        import cv2
        import numpy as np

        _, shapes, whole, _ = cv2.connectedComponentsWithStats(ink)
        bare = ink.copy()
        for quad in self._quads:
            cv2.fillConvexPoly(bare, np.array(quad, np.int32), 0)
        count, labels, boxes, _ = cv2.connectedComponentsWithStats(bare)
        for k in range(1, count):
            left, top, wide, high = (int(one) for one in boxes[k][:4])
            if max(wide, high) < self._usual * _SMALLEST / 2:
                continue
            row = int(np.argmax(labels[top : top + high, left] == k))
            shape = whole[shapes[top + row, left]]  # rules and figures reach further than the piece that is left of them
            if shape[2] <= self._usual * 2 * _WIDEST and shape[3] <= self._usual * 2:
                yield _Piece(left, top, left + wide, top + high)

    def beside(self, k: int) -> Quad | None:
        """The line with the marks that stand right before or behind it; None where nothing does."""
        quad = self._quads[k]
        height = height_of(quad)
        (left, right), (start, end) = ends_of(quad)
        before, behind = start, end
        for piece in self._pieces:
            x, y = piece.middle
            share = (x - start) / max(end - start, 1.0)
            middle = left + (right - left) * share
            if abs(y - middle) > height * _MIDST or not _is_mark(piece, height):
                continue
            if piece.left < before and before - piece.right < height * _NEAR:
                before = piece.left
            if piece.right > behind and piece.left - behind < height * _NEAR:
                behind = piece.right
        if start - before < height * _PADDING and behind - end < height * _PADDING:
            return None
        pad = height * _PADDING
        return stretched(quad, start - before + pad if before < start else 0.0, behind - end + pad if behind > end else 0.0)

    def feet(self) -> Iterator[Quad]:
        """Rows of ink at the foot of the page that may be its number."""
        tall = self._size[0]
        low = [one for one in self._pieces if one.top > tall * _FOOT and one.bottom - one.top < self._usual]
        row: list[_Piece] = []
        for piece in sorted(low, key=lambda one: one.left):
            if row and (piece.left - row[-1].right > self._usual * _NEAR or abs(piece.middle[1] - row[-1].middle[1]) > self._usual / 2):
                yield from self._foot(row)
                row = []
            row.append(piece)
        yield from self._foot(row)

    def _foot(self, row: Sequence[_Piece]) -> Iterator[Quad]:
        if len(row) < 2 or row[-1].right - row[0].left > self._usual * 6:
            return
        pad = self._usual * _PADDING * 2
        left, right = row[0].left - pad, row[-1].right + pad
        top, bottom = min(one.top for one in row) - pad, max(one.bottom for one in row) + pad
        yield (left, top), (right, top), (right, bottom), (left, bottom)


def _is_mark(piece: _Piece, height: float) -> bool:
    wide, high = piece.right - piece.left, piece.bottom - piece.top
    if high > height * _HIGHEST or wide > height * _WIDEST or max(wide, high) < height * _SMALLEST:
        return False
    return min(wide, high) >= height * _FAINTEST or (wide >= height * _DASH and high > 1)
