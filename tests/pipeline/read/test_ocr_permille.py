"""‰ and % in scans, drawn in the faces that every PDF viewer has: none is taken for the other without a doubt shown."""

from __future__ import annotations

import io
import re
from importlib.util import find_spec

import pytest
from reportlab.pdfgen.canvas import Canvas

from policy_commitments.pipeline.read import read_images
from policy_commitments.pipeline.read.ocr_strip import middles_of
from tests.pipeline.read.scans import scanned

_FIGURES = ("4.5", "7", "12.37", "88", "0.9", "64.7", "31", "90.4", "2.06", "17")
_STEP = 40.0
_LEFT, _TOP = 90.0, 780.0


def _lines() -> list[str]:
    """Two figures each, in all orders of the signs: '4.5‰ (7%)'."""
    signs = ("‰%", "%‰", "‰‰", "%%")
    return [f"{one}{signs[k % 4][0]} ({_FIGURES[-k - 1]}{signs[k % 4][1]})" for k, one in enumerate(_FIGURES)]


def _page(face: str, size: float) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.setFont(face, size)
    for k, line in enumerate(_lines()):
        canvas.drawString(_LEFT, _TOP - k * _STEP, line)
    canvas.save()
    return next(iter(scanned(stream.getvalue())))


@pytest.mark.slow
@pytest.mark.skipif(any(find_spec(one) is None for one in ("rapidocr", "onnxruntime")), reason="the extra `ocr` is not installed")
@pytest.mark.parametrize("face", ["Times-Roman", "Helvetica", "Helvetica-Bold"])
@pytest.mark.parametrize("size", [10.5, 14.0])
def test_signs_of_a_scan(face: str, size: float) -> None:
    source = read_images([("x.png", _page(face, size))], "x.png")
    wanted = [re.findall("[%‰]", line) for line in _lines()]
    read = [re.findall("[%‰]", source.text[block.start : block.end]) for block in source.blocks]
    assert read == wanted


def test_blanks_stand_between_their_neighbours() -> None:
    chars = [(char, 0.9, [(x, 0), (x + 2, 0), (x + 2, 2), (x, 2)]) for char, x in (("5", 0), ("%", 4), ("和", 12))]
    assert middles_of("5% 和", chars) == [(1.0, 1.0), (5.0, 1.0), (9.0, 1.0), (13.0, 1.0)]
    assert middles_of("5%和", chars) == [(1.0, 1.0), (5.0, 1.0), (13.0, 1.0)]
    assert middles_of("5%", chars) == []
