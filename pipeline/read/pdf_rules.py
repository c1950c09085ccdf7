"""The ruled lines of a PDF page: borders of tables as lines, thin filled boxes or outlined boxes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium

from policy_commitments.pipeline.read.pdf_calls import (
    address_of,
    bounds,
    draw_mode,
    fill_color,
    form_object,
    form_objects,
    matrix,
    object_kind,
    page_object,
    page_objects,
    path_segment,
    path_segments,
    segment_closes,
    segment_kind,
    segment_point,
)
from policy_commitments.pipeline.read.pdf_frame import Frame
from policy_commitments.schemas.source import BBox

_FEWEST_PATHS = 2  # some programs draw a whole table as one path over its shading
_MOST_PATHS = 20_000  # a map or a chart
THIN = 3.0  # points; a box thinner than this is a line
SHORTEST = 4.0  # points
_LEVEL = 1.0  # points by which a segment may slope
_DEEPEST = 3  # forms inside forms
_NEARLY_WHITE = 250
_PATH, _FORM = pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_FORM

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
    paths = list(_paths(address_of(page.raw), _SAME, 0))
    if not _FEWEST_PATHS <= len(paths) <= _MOST_PATHS:
        return []
    return [rule for handle, outer in paths for rule in _rules(handle, outer, frame)]


def has_pictures(page: Any) -> bool:
    """Whether an image stands on the page, or a form in which one may."""
    kinds = {kind for _, kind in _objects(address_of(page.raw), 0)}
    return not kinds.isdisjoint((pdfium.FPDF_PAGEOBJ_IMAGE, _FORM, _PATH))


def _objects(holder: int, depth: int) -> Iterator[tuple[int, int]]:
    """(object, FPDF_PAGEOBJ_…) of a page (depth 0) or of a form in it."""
    count, get = (page_objects, page_object) if depth == 0 else (form_objects, form_object)
    handles: list[int] = list(map(get, repeat(holder), range(max(count(holder), 0))))
    return zip(handles, map(object_kind, handles), strict=True)


def _paths(holder: int, outer: _Matrix, depth: int) -> Iterator[tuple[int, _Matrix]]:
    for handle, kind in _objects(holder, depth):
        if kind == _PATH:
            yield handle, outer
        elif kind == _FORM and depth < _DEEPEST:
            yield from _paths(handle, _times(matrix(handle) or _SAME, outer), depth + 1)


def _rules(handle: int, outer: _Matrix, frame: Frame) -> Iterator[Rule]:
    """The lines of one path: itself where it is thin, else its straight segments where they are drawn."""
    fill, stroked = draw_mode(handle) or (pdfium.FPDF_FILLMODE_NONE, 0)
    if fill == pdfium.FPDF_FILLMODE_NONE and not stroked:
        return
    box = _shown_bounds(handle, outer, frame)
    wide, high = box[2] - box[0], box[3] - box[1]
    if min(wide, high) <= THIN:
        if max(wide, high) >= SHORTEST and (stroked or not _is_white(handle)):
            yield along(box)
    elif stroked:
        yield from _segments(handle, _times(matrix(handle) or _SAME, outer), frame)


def along(box: BBox) -> Rule:
    """The line that a thin box is."""
    if box[2] - box[0] >= box[3] - box[1]:
        return Rule(True, (box[1] + box[3]) / 2, box[0], box[2])
    return Rule(False, (box[0] + box[2]) / 2, box[1], box[3])


def _segments(handle: int, whole: _Matrix, frame: Frame) -> Iterator[Rule]:
    begin = before = None
    for k in range(max(path_segments(handle), 0)):
        segment = path_segment(handle, k)
        held = segment_point(segment)
        if held is None:
            continue
        point = frame.point(*_apply(whole, *held))
        kind = segment_kind(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            begin = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO and before is not None:
            yield from straight(before, point)
        before = point
        if begin is not None and segment_closes(segment):
            yield from straight(point, begin)


def straight(one: tuple[float, float], two: tuple[float, float]) -> Iterator[Rule]:
    """The line between two points where it runs along or across the page."""
    wide, high = abs(one[0] - two[0]), abs(one[1] - two[1])
    if high <= _LEVEL and wide >= SHORTEST:
        yield Rule(True, (one[1] + two[1]) / 2, min(one[0], two[0]), max(one[0], two[0]))
    elif wide <= _LEVEL and high >= SHORTEST:
        yield Rule(False, (one[0] + two[0]) / 2, min(one[1], two[1]), max(one[1], two[1]))


def _is_white(handle: int) -> bool:
    color = fill_color(handle)
    return color is not None and (min(color[:3]) >= _NEARLY_WHITE or color[3] == 0)


def _shown_bounds(handle: int, outer: _Matrix, frame: Frame) -> BBox:
    left, bottom, right, top = bounds(handle)
    one = _apply(outer, left, bottom)
    two = _apply(outer, right, top)
    return frame.box(min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1]))


def _times(one: _Matrix, two: _Matrix) -> _Matrix:
    """First `one`, then `two`."""
    a, b, c, d, e, f = one
    k, l, m, n, o, p = two  # noqa: E741
    return a * k + b * m, a * l + b * n, c * k + d * m, c * l + d * n, e * k + f * m + o, e * l + f * n + p


def _apply(whole: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = whole
    return a * x + c * y + e, b * x + d * y + f
