"""Text lines of a page image through RapidOCR (extra `ocr`), offline: its models come with the package.

One thread for each process: documents run side by side in as many processes as the machine has processors.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any

from policy_commitments.pipeline.read.ocr_again import completed
from policy_commitments.pipeline.read.ocr_permille import with_permille
from policy_commitments.pipeline.read.ocr_repair import Point, labelled, repaired, spaced
from policy_commitments.pipeline.read.ocr_strip import Quad, Strip, cut_out, height_of, strip_alone, strip_of
from policy_commitments.schemas.problems import DocumentError

REMEDY = "pip install 'policy-commitments[ocr]'"
_PARAMETERS = {
    "Global.use_cls": False,  # it turns short lines such as `1.` upside down
    "Global.text_score": 0.0,  # doubtful lines stay, with their score
    "Global.max_side_len": 2600,  # A4 at 200 dpi as it is
    "Global.log_level": "critical",
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}
_LEAST_SCORE = 0.3  # below, it reads stamps, stains and the texture of the paper
_TALL = 1.5  # height to width of a line that runs from top to bottom
_DOUBTFUL = 0.75  # mean score of a page that may stand on its head
_LETTER = re.compile(r"\w")
_GUESS = 0.5  # the score of a line with a sign that is missing on the paper or in the reading


@dataclass(frozen=True, slots=True)
class OcrLine:
    """One line: its four corners clockwise from the upper left, in pixels, and the middle of each character."""

    text: str
    corners: Quad
    middles: tuple[Point, ...]
    score: float


def require(name: str) -> None:
    """Raise DocumentError `ocr_missing` where the extra is not installed."""
    if any(find_spec(one) is None for one in ("rapidocr", "onnxruntime", "cv2")):
        raise DocumentError("ocr_missing", f"{name} is a scan: its pages are pictures", REMEDY)


def read_lines(image: Any) -> tuple[list[OcrLine], int]:
    """All lines of an image (height x width x BGR), and the quarter turns anticlockwise that made it upright."""
    import numpy as np

    lines = _recognised(image)
    turns = _other_turns(lines)
    candidates = [(lines, 0), *((_recognised(np.ascontiguousarray(np.rot90(image, turn))), turn) for turn in turns)]
    return max(candidates, key=lambda one: _legible(one[0]))


def _other_turns(lines: Sequence[OcrLine]) -> tuple[int, ...]:
    """Turns to try: a quarter either way where most lines stand upright, half a turn where hardly anything is legible."""
    tall = sum(_size(line)[1] > _size(line)[0] * _TALL for line in lines if len(line.text) > 1)
    if tall * 2 > sum(len(line.text) > 1 for line in lines) > 0:
        return (1, 3)
    weight = sum(len(line.text) for line in lines)
    return (2,) if weight and _legible(lines) < weight * _DOUBTFUL else ()


def _legible(lines: Sequence[OcrLine]) -> float:
    return sum(line.score * len(line.text) for line in lines if _size(line)[1] <= _size(line)[0] * _TALL)


def _size(line: OcrLine) -> tuple[float, float]:
    xs, ys = zip(*line.corners, strict=True)
    return max(xs) - min(xs), max(ys) - min(ys)


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params=_PARAMETERS)


def _recognised(image: Any) -> list[OcrLine]:
    import cv2

    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    found = _engine()(image, use_det=True, return_word_box=True, return_single_char_box=True)
    if found.txts is None:
        return []
    every = map(strip_of, found.boxes, found.txts, map(float, found.scores), found.word_results)
    strips = [one for one in every if one.score >= _LEAST_SCORE and one.text.strip()]
    return [_line(grey, one) for one in completed(grey, strips, lambda quad: _read_at(image, quad))]


def _read_at(image: Any, quad: Quad) -> Strip | None:
    """What stands at a place, without detection; None where nothing can be made out."""
    found = _engine()(cut_out(image, quad), use_det=False, return_word_box=True)
    if not found.txts or not found.txts[0].strip() or found.scores[0] < _LEAST_SCORE:
        return None
    return strip_alone(quad, found.txts[0], float(found.scores[0]), found.word_results[0])


def _line(grey: Any, strip: Strip) -> OcrLine:
    """A line with misread signs put right.

    Its score is that of its most doubtful letter, for a mean over forty hides one: of misread lines in noisy scans of
    the specimens half have a letter below 0.8, and none a mean below 0.9.
    """
    height = height_of(strip.quad)
    lowest = min((sure for char, sure in zip(strip.text, strip.sure, strict=False) if _LETTER.match(char)), default=1.0)
    signs = with_permille(grey, strip.text, strip.middles, height)
    line = labelled(spaced(repaired(signs.text, signs.middles), height))
    score = min(strip.score, lowest, _GUESS if line.guessed or signs.guessed or strip.guessed else 1.0)
    return OcrLine(line.text, strip.quad, line.middles, round(score, 4))
