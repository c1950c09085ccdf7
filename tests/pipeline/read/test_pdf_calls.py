"""Calls with plain addresses give what pypdfium2's own declarations give, on a page with text and ruled lines."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from policy_commitments.pipeline.read import pdf_calls as calls

RULED = next((Path(__file__).parents[3] / "corpus" / "documents").glob("02*.pdf"))


@pytest.fixture(scope="module")
def ruled() -> Iterator[Any]:
    document = pypdfium2.PdfDocument(RULED)
    yield document[2]
    document.close()


def test_boxes_and_angles_of_characters(ruled: Any) -> None:
    textpage = ruled.get_textpage()
    handle = calls.address_of(textpage.raw)
    count = textpage.count_chars()
    assert count > 100
    rect, four = pdfium.FS_RECTF(), (ctypes.c_float * 4)()
    for k in range(count):
        assert calls.loose_box(handle, k, ctypes.addressof(four)) == pdfium.FPDFText_GetLooseCharBox(textpage.raw, k, rect)
        assert tuple(four) == (rect.left, rect.top, rect.right, rect.bottom)
        assert calls.char_angle(handle, k) == pdfium.FPDFText_GetCharAngle(textpage.raw, k)
        assert calls.is_generated(handle, k) == pdfium.FPDFText_IsGenerated(textpage.raw, k)
    assert calls.char_angle(handle, count) == -1.0
    textpage.close()


def test_objects_bounds_and_segments(ruled: Any) -> None:
    page = calls.address_of(ruled.raw)
    objects = list(ruled.get_objects(max_depth=1))
    assert calls.page_objects(page) == len(objects)
    paths = 0
    for k, one in enumerate(objects):
        handle = calls.page_object(page, k)
        assert handle == calls.address_of(one.raw)
        assert calls.object_kind(handle) == one.type
        assert calls.bounds(handle) == pytest.approx(_bounds(one))
        assert calls.matrix(handle) == one.get_matrix().get()
        if one.type == pdfium.FPDF_PAGEOBJ_PATH:
            paths += 1
            assert calls.draw_mode(handle) == _draw_mode(one)
            assert calls.fill_color(handle) == _fill_color(one)
            assert [_segment(calls.path_segment(handle, j)) for j in range(calls.path_segments(handle))] == list(_segments(one))
    assert paths > 10


def test_no_object_is_no_address(ruled: Any) -> None:
    assert calls.page_object(calls.address_of(ruled.raw), 1_000_000) is None
    assert calls.matrix(0) is None
    assert calls.draw_mode(0) is None
    assert calls.fill_color(0) is None


def _bounds(one: Any) -> tuple[float, ...]:
    found = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(one.raw, *found)
    return tuple(each.value for each in found)


def _draw_mode(one: Any) -> tuple[int, int]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(one.raw, fill, stroke)
    return fill.value, stroke.value


def _fill_color(one: Any) -> tuple[int, ...]:
    found = [ctypes.c_uint() for _ in range(4)]
    pdfium.FPDFPageObj_GetFillColor(one.raw, *found)
    return tuple(each.value for each in found)


def _segment(segment: int) -> tuple[object, int, bool]:
    return calls.segment_point(segment), calls.segment_kind(segment), bool(calls.segment_closes(segment))


def _segments(one: Any) -> Iterator[tuple[object, int, bool]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    for k in range(pdfium.FPDFPath_CountSegments(one.raw)):
        segment = pdfium.FPDFPath_GetPathSegment(one.raw, k)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        kind, closes = pdfium.FPDFPathSegment_GetType(segment), pdfium.FPDFPathSegment_GetClose(segment)
        yield (x.value, y.value), kind, bool(closes)
