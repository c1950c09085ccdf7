"""The ruled lines of a PDF page: borders of tables as lines, thin filled boxes or outlined boxes."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from policy_commitments.pipeline.read.pdf_frame import Frame
from policy_commitments.schemas.source import BBox

_FEWEST_PATHS = 2  # some programs draw a whole table as one path over its shading
_MOST_PATHS = 20_000  # a map or a chart
THIN = 3.0  # points; a box thinner than this is a line
SHORTEST = 4.0  # points
_LEVEL = 1.0  # points by which a segment may slope
_DEEPEST = 3  # forms inside forms
_NEARLY_WHITE = 250

_Matrix = tuple[float, float, float, float, float, float]
_SAME: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Rule:
    """A line at `at` (y where it lies flat, x where it stands) from `start` to `end`, in points as shown."""

    flat: bool
    at: float
    start: float
    end: float


def rules_of(page: Any, frame: Frame) -> list[Rule]:
    """All ruled lines; none on a page with too few or far too many paths."""
    paths = list(_paths(page.raw, _SAME, 0))
    if not _FEWEST_PATHS <= len(paths) <= _MOST_PATHS:
        return []
    return [rule for handle, matrix in paths for rule in _rules(handle, matrix, frame)]


def has_pictures(page: Any) -> bool:
    """Whether an image stands on the page, or a form in which one may."""
    raw = page.raw
    kinds = {pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(raw, k)) for k in range(pdfium.FPDFPage_CountObjects(raw))}
    return not kinds.isdisjoint((pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM, pdfium.FPDF_PAGEOBJ_PATH))


def _paths(holder: Any, matrix: _Matrix, depth: int) -> Iterator[tuple[Any, _Matrix]]:
    count, get = (
        (pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject)
        if depth == 0
        else (pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject)
    )
    for k in range(max(count(holder), 0)):
        handle = get(holder, k)
        kind = pdfium.FPDFPageObj_GetType(handle)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield handle, matrix
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            yield from _paths(handle, _times(_matrix(handle), matrix), depth + 1)


def _rules(handle: Any, matrix: _Matrix, frame: Frame) -> Iterator[Rule]:
    """The lines of one path: itself where it is thin, else its straight segments where they are drawn."""
    filled, stroked = _draw_mode(handle)
    if not filled and not stroked:
        return
    box = _bounds(handle, matrix, frame)
    wide, high = box[2] - box[0], box[3] - box[1]
    if min(wide, high) <= THIN:
        if max(wide, high) >= SHORTEST and (stroked or not _is_white(handle)):
            yield along(box)
    elif stroked:
        yield from _segments(handle, _times(_matrix(handle), matrix), frame)


def along(box: BBox) -> Rule:
    """The line that a thin box is."""
    if box[2] - box[0] >= box[3] - box[1]:
        return Rule(True, (box[1] + box[3]) / 2, box[0], box[2])
    return Rule(False, (box[0] + box[2]) / 2, box[1], box[3])


def _segments(handle: Any, matrix: _Matrix, frame: Frame) -> Iterator[Rule]:
    x, y = ctypes.c_float(), ctypes.c_float()
    begin = before = None
    for k in range(max(pdfium.FPDFPath_CountSegments(handle), 0)):
        segment = pdfium.FPDFPath_GetPathSegment(handle, k)
        if not pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            continue
        point = frame.point(*_apply(matrix, x.value, y.value))
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            begin = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO and before is not None:
            yield from straight(before, point)
        before = point
        if begin is not None and pdfium.FPDFPathSegment_GetClose(segment):
            yield from straight(point, begin)


def straight(one: tuple[float, float], two: tuple[float, float]) -> Iterator[Rule]:
    """The line between two points where it runs along or across the page."""
    wide, high = abs(one[0] - two[0]), abs(one[1] - two[1])
    if high <= _LEVEL and wide >= SHORTEST:
        yield Rule(True, (one[1] + two[1]) / 2, min(one[0], two[0]), max(one[0], two[0]))
    elif wide <= _LEVEL and high >= SHORTEST:
        yield Rule(False, (one[0] + two[0]) / 2, min(one[1], two[1]), max(one[1], two[1]))


def _draw_mode(handle: Any) -> tuple[bool, bool]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(handle, ctypes.byref(fill), ctypes.byref(stroke)):
        return False, False
    return fill.value != pdfium.FPDF_FILLMODE_NONE, bool(stroke.value)


def _is_white(handle: Any) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    known = pdfium.FPDFPageObj_GetFillColor(handle, *map(ctypes.byref, (red, green, blue, alpha)))
    return bool(known) and (min(red.value, green.value, blue.value) >= _NEARLY_WHITE or alpha.value == 0)


def _bounds(handle: Any, matrix: _Matrix, frame: Frame) -> BBox:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(handle, *map(ctypes.byref, (left, bottom, right, top)))
    one = _apply(matrix, left.value, bottom.value)
    two = _apply(matrix, right.value, top.value)
    return frame.box(min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1]))


def _matrix(handle: Any) -> _Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(handle, ctypes.byref(found)):
        return _SAME
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(one: _Matrix, two: _Matrix) -> _Matrix:
    """First `one`, then `two`."""
    a, b, c, d, e, f = one
    k, l, m, n, o, p = two  # noqa: E741
    return a * k + b * m, a * l + b * n, c * k + d * m, c * l + d * n, e * k + f * m + o, e * l + f * n + p


def _apply(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
