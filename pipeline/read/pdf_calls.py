"""The pdfium functions that run once for each character or object of a page, without the wrapping that ctypes adds.

pypdfium2 declares pointers to structures: ctypes then makes an object for each one that a call returns, and checks the
type of each one that it takes. These take and return plain addresses (int, None for a null pointer) and need half the time.
"""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium


def _plain(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    made: Callable[..., Any] = ctypes.PYFUNCTYPE(result, *arguments)(address_of(function))
    return made


def address_of(pointer: Any) -> int:
    """The address that a ctypes pointer or function holds; 0 for a null pointer."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


# (text page, index, address of left, top, right, bottom as floats) -> 0 where there is no such character
loose_box = _plain(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
# (text page, index) -> radians, -1.0 where there is no such character
char_angle = _plain(pdfium.FPDFText_GetCharAngle, ctypes.c_float, ctypes.c_void_p, ctypes.c_int)
# (text page, index) -> 1 where pdfium inserted the character
is_generated = _plain(pdfium.FPDFText_IsGenerated, ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
# (page or form) -> number of its objects; (page or form, index) -> object; (object) -> FPDF_PAGEOBJ_…
page_objects = _plain(pdfium.FPDFPage_CountObjects, ctypes.c_int, ctypes.c_void_p)
form_objects = _plain(pdfium.FPDFFormObj_CountObjects, ctypes.c_int, ctypes.c_void_p)
page_object = _plain(pdfium.FPDFPage_GetObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
form_object = _plain(pdfium.FPDFFormObj_GetObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong)
object_kind = _plain(pdfium.FPDFPageObj_GetType, ctypes.c_int, ctypes.c_void_p)
_bounds = _plain(pdfium.FPDFPageObj_GetBounds, ctypes.c_int, *[ctypes.c_void_p] * 5)
_matrix = _plain(pdfium.FPDFPageObj_GetMatrix, ctypes.c_int, *[ctypes.c_void_p] * 2)
_fill_color = _plain(pdfium.FPDFPageObj_GetFillColor, ctypes.c_int, *[ctypes.c_void_p] * 5)
# (path) -> number of its segments; (path, index) -> segment
path_segments = _plain(pdfium.FPDFPath_CountSegments, ctypes.c_int, ctypes.c_void_p)
path_segment = _plain(pdfium.FPDFPath_GetPathSegment, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_draw_mode = _plain(pdfium.FPDFPath_GetDrawMode, ctypes.c_int, *[ctypes.c_void_p] * 3)
# (segment) -> FPDF_SEGMENT_…; (segment) -> whether a line back to the first point follows
segment_kind = _plain(pdfium.FPDFPathSegment_GetType, ctypes.c_int, ctypes.c_void_p)
segment_closes = _plain(pdfium.FPDFPathSegment_GetClose, ctypes.c_int, ctypes.c_void_p)
_segment_point = _plain(pdfium.FPDFPathSegment_GetPoint, ctypes.c_int, *[ctypes.c_void_p] * 3)


def _filled(call: Callable[..., Any], handle: int, found: array[Any]) -> bool:
    """Whether the call answered; its numbers are written to `found`, one behind the other."""
    at, size = found.buffer_info()[0], found.itemsize
    return bool(call(handle, *range(at, at + size * len(found), size)))


def bounds(handle: int) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of an object."""
    found = array("f", (0.0, 0.0, 0.0, 0.0))
    _filled(_bounds, handle, found)
    left, bottom, right, top = found
    return left, bottom, right, top


def matrix(handle: int) -> tuple[float, float, float, float, float, float] | None:
    """The matrix a, b, c, d, e, f of an object."""
    found = array("f", (0.0, 0.0, 0.0, 0.0, 0.0, 0.0))
    if not _matrix(handle, found.buffer_info()[0]):
        return None
    a, b, c, d, e, f = found
    return a, b, c, d, e, f


def fill_color(handle: int) -> tuple[int, int, int, int] | None:
    """Red, green, blue and alpha from 0 to 255."""
    found = array("I", (0, 0, 0, 0))
    if not _filled(_fill_color, handle, found):
        return None
    red, green, blue, alpha = found
    return red, green, blue, alpha


def draw_mode(handle: int) -> tuple[int, int] | None:
    """FPDF_FILLMODE_… of a path, and whether its line is drawn."""
    found = array("i", (0, 0))
    if not _filled(_draw_mode, handle, found):
        return None
    fill, stroke = found
    return fill, stroke


def segment_point(segment: int) -> tuple[float, float] | None:
    """Where a segment of a path ends, in the path's own coordinates."""
    found = array("f", (0.0, 0.0))
    if not _filled(_segment_point, segment, found):
        return None
    x, y = found
    return x, y
