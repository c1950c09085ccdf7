"""What detection cut off or passed over in scans: found by its ink, read again, taken over where it is marks."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

import pytest

from policy_commitments.pipeline.read.ocr_again import completed, merged
from policy_commitments.pipeline.read.ocr_strip import Quad, Strip, scores_of

needs_cv2 = pytest.mark.skipif(find_spec("cv2") is None, reason="the extra `ocr` is not installed")
_EM = 36
_HEIGHT = 48.0


def _strip(text: str, left: float = 100.0, top: float = 100.0) -> Strip:
    right, bottom = left + _EM * len(text), top + _HEIGHT
    middles = tuple((left + _EM * (k + 0.5), top + _HEIGHT / 2) for k in range(len(text)))
    return Strip(text, ((left, top), (right, top), (right, bottom), (left, bottom)), middles, (0.99,) * len(text), 0.99)


@pytest.mark.parametrize(
    ("cut", "whole", "text", "guessed"),
    [
        ("88%，", "、88%，", "、88%，", False),
        ("-2025年1月在大会上", "——2025年1月在大会上", "——2025年1月在大会上", False),
        ("-2025年1月在大会上", "一一2025年1月在大会上", "一一2025年1月在大会上", False),
        ("加强领导", "加强领导）", "加强领导）", False),
        ("加强领导", "加强 领导", "加强领导", False),
        ("加强领导。", "加强领导，", "加强领导。", False),
        ("2%以上", "12%以上", "2%以上", True),
        ("加强领导", "加强领寻", "加强领导", True),
    ],
)
def test_only_marks_are_taken_over(cut: str, whole: str, text: str, guessed: bool) -> None:
    line = merged(_strip(cut), _strip(whole))
    assert (line.text, line.guessed) == (text, guessed)


@pytest.mark.parametrize(
    ("text", "given", "score", "expected"),
    [
        ("1.新建", [0.9, 0.8, 0.7, 0.6], 0.75, [0.9, 0.8, 0.7, 0.6]),
        ("1. 新建", [0.9, 0.8, 0.4, 0.7], 0.68, [0.9, 0.8, 0.4, 0.7, 0.6]),  # 0.4 is that of the blank
        ("第 一 条", [1.0, 0.5, 1.0], 0.88, [1.0, 0.5, 1.0, 0.9, 0.9]),  # 0.5 and one of the two that are cut off: blanks
        ("新建", [0.9], 0.9, []),
    ],
)
def test_scores_behind_blanks(text: str, given: list[float], score: float, expected: list[float]) -> None:
    assert scores_of(text, given, score) == pytest.approx(expected)


def _paper(*ink: tuple[int, int, int, int]) -> Any:
    """A grey page with black boxes (left, top, right, bottom), and its grain."""
    import numpy as np

    page = np.random.default_rng(7).normal(230, 8, (1200, 900))
    for left, top, right, bottom in ink:
        page[top:bottom, left:right] = 30
    return np.clip(page, 0, 255).astype(np.uint8)


def _looked_at(page: Any, *strips: Strip) -> list[tuple[float, float]]:
    """Left and right edge of every place that is read again."""
    places: list[Quad] = []

    def read(quad: Quad) -> None:
        places.append(quad)

    assert len(list(completed(page, strips, read))) == len(strips)
    return [(quad[0][0], quad[1][0]) for quad in places]


_COMMA = (72, 125, 84, 137)
_DASH = (40, 122, 130, 126)


@needs_cv2
@pytest.mark.parametrize(
    ("ink", "edges"),
    [
        ([], []),
        ([_COMMA], [(66.24, 244.0)]),
        ([_DASH], [(34.24, 244.0)]),
        ([(256, 125, 268, 137)], [(100.0, 273.76)]),
        ([(72, 100, 76, 900)], []),  # a rule
        ([(10, 125, 22, 137)], []),  # too far away
        ([(72, 80, 84, 92)], []),  # above the line
        ([(60, 128, 63, 131)], []),  # a speck
    ],
)
def test_ink_beside_a_line(ink: list[tuple[int, int, int, int]], edges: list[tuple[float, float]]) -> None:
    line = _strip("88%，")
    assert _looked_at(_paper(*ink), line) == [pytest.approx(edge, abs=1.1) for edge in edges]
    assert _looked_at(_paper(*ink), _strip(".…3.")) == []


@needs_cv2
def test_page_number_that_detection_passed_over() -> None:
    ink = [(400, 1140, 436, 1143), (446, 1130, 460, 1154), (470, 1140, 506, 1143)]
    number = _strip("—2—", 400, 1120)

    def read(quad: Quad) -> Strip:
        assert quad[0][0] < 400 and quad[1][0] > 506
        return number

    body = _strip("加强领导")
    assert list(completed(_paper(*ink), [body], read)) == [body, number]
    assert list(completed(_paper(*ink), [body], lambda quad: _strip("盖章处"))) == [body]
    assert list(completed(_paper(*(box for box in ink if box[0] < 400)), [body], read)) == [body]


@needs_cv2
def test_a_mark_that_two_lines_hold_stands_once() -> None:
    one, two = _strip("各级财政资金，"), _strip("，“十四五”", 100 + 6 * _EM + 4)
    first, second = completed(_paper(), [one, two], lambda quad: None)
    assert (first, second.text, len(second.middles), len(second.sure)) == (one, "“十四五”", 5, 5)
    assert second.quad[0][0] == pytest.approx(100 + 7 * _EM + 4)
    apart = _strip("，“十四五”", 100 + 9 * _EM)
    assert list(completed(_paper(), [one, apart], lambda quad: None)) == [one, apart]
