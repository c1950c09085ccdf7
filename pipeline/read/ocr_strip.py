"""One strip of a page image as recognition gives it back, before signs are put right: `、88%，` and where it stands."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from policy_commitments.pipeline.read.ocr_repair import Point

Quad = tuple[Point, Point, Point, Point]  # corners clockwise from the upper left, in pixels


@dataclass(frozen=True, slots=True)
class Strip:
    """A reading: `middles` and `sure` (0..1) have a place and a score for each character, or are empty where none is known.

    `guessed` says that ink beside it was not understood.
    """

    text: str
    quad: Quad
    middles: tuple[Point, ...]
    sure: tuple[float, ...]
    score: float
    guessed: bool = False


def strip_of(corners: Any, text: str, score: float, chars: Sequence[Any]) -> Strip:
    """A line of the engine; `chars` are its (character, score, box), none for blanks."""
    quad: Any = tuple((float(x), float(y)) for x, y in corners)
    return Strip(text, quad, tuple(middles_of(text, chars)), tuple(scores_of(text, [float(sure) for _, sure, _ in chars], score)), score)


def middles_of(text: str, chars: Sequence[Any]) -> list[Point]:
    """The middle of each character; the engine gives none to blanks, which stand between their neighbours."""
    places = [_middle(box) for _, _, box in chars]
    named = "".join(char for char, _, _ in chars)
    if named == text or named != text.replace(" ", ""):
        return places if named == text else []
    middles: list[Point] = []
    k = 0  # characters with a place so far
    for char in text:
        one, two = places[max(k - 1, 0)], places[min(k, len(places) - 1)]
        middles.append(((one[0] + two[0]) / 2, (one[1] + two[1]) / 2) if char == " " else two)
        k += char != " "
    return middles


def scores_of(text: str, given: Sequence[float], score: float) -> list[float]:
    """The score of each character of the text, blanks included.

    The engine gives one for each character *and* blank, cut off at the number of characters: behind a blank each would
    go to the next one. What is cut off follows from the mean, `score`; of several, the least that one of them can have.
    """
    lost = len(text) - len(given)
    if lost <= 0 or lost != text.count(" "):
        return list(given) if lost == 0 else []
    rest = score * len(text) - sum(given)
    return [*given, *[min(max(rest - (lost - 1), 0.0), 1.0)] * lost]


def cut_out(image: Any, quad: Quad) -> Any:
    """The picture of a strip, put straight."""
    import cv2
    import numpy as np

    wide, high = (max(int(math.dist(quad[0], quad[k])), 1) for k in (1, 3))
    corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    turn = cv2.getPerspectiveTransform(np.array(quad, np.float32), corners)
    return cv2.warpPerspective(image, turn, (wide, high), borderMode=cv2.BORDER_REPLICATE, flags=cv2.INTER_CUBIC)


def strip_alone(quad: Quad, text: str, score: float, word: Any) -> Strip:
    """A strip that was recognised without detection; `word` holds the columns of its characters, and a score of each."""
    columns = [column for one in word.word_cols for column in one]
    named = "".join(char for one in word.words for char in one)
    (left, right), (start, end) = ends_of(quad)
    boxes = []
    for column in columns:
        share = (column + 0.5) / max(word.line_txt_len, 1.0)
        boxes.append([(start + (end - start) * share, left + (right - left) * share)])
    chars = list(zip(named, word.confs, boxes, strict=False))
    sure = tuple(float(one) for one in word.confs)
    return Strip(text, quad, tuple(middles_of(text, chars)), sure if len(sure) == len(text) else (), score)


def height_of(quad: Quad) -> float:
    """Height of a line in pixels."""
    return max(abs(quad[3][1] - quad[0][1]), abs(quad[2][1] - quad[1][1]))


def ends_of(quad: Quad) -> tuple[tuple[float, float], tuple[float, float]]:
    """Heights of the middle at both ends of a line, and where these are."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = quad
    return ((y0 + y3) / 2, (y1 + y2) / 2), ((x0 + x3) / 2, (x1 + x2) / 2)


def stretched(quad: Quad, before: float, behind: float) -> Quad:
    """The quad made longer at both ends along its own slope, by pixels."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = quad
    upper, lower = (y1 - y0) / max(x1 - x0, 1.0), (y2 - y3) / max(x2 - x3, 1.0)
    return (
        (x0 - before, y0 - before * upper),
        (x1 + behind, y1 + behind * upper),
        (x2 + behind, y2 + behind * lower),
        (x3 - before, y3 - before * lower),
    )


def _middle(box: Any) -> Point:
    return sum(float(x) for x, _ in box) / len(box), sum(float(y) for _, y in box) / len(box)
