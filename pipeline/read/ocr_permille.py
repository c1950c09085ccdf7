"""Tells ‰ from % by its rings, e.g. `4.5‰` that recognition reads as `4.5%` without a doubt: a tenfold error.

Right of the slash and below its middle, % has one ring and ‰ has two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from policy_commitments.pipeline.read.ocr_repair import Point

_ENLARGED = 4
_LOWEST, _HIGHEST = 0.04, 0.35  # of the line's height that the hole of a ring has; those of 0 and 口 are higher
_ROUND = 5.0  # at most as much higher than wide: the rings of ‰ are narrow in Song type
_TALL = 0.4  # of the line's height that a slash has at least
_STRAIGHT = 0.8  # correlation of its points; that of 7 is lower
_NEAR = 0.7  # of the line's height between the slash and where the sign was recognised
_RING_OF_ITS_OWN = frozenset("。.oO0○〇°")
_FAINT = 0.4  # of the way from ink to paper
_EDGE = 0.3  # of the line's height from the middle of a character to its edge, at most


def permille_signs(grey: Any, text: str, middles: Sequence[Point], height: float) -> list[int]:
    """Indexes of the % in a line whose picture shows ‰; `height` is that of the line in pixels."""
    if len(middles) != len(text) or height < 1:
        return []
    return [k for k, char in enumerate(text) if char in "%％" and _rings(grey, text, middles, k, height) > 1]


def _rings(grey: Any, text: str, middles: Sequence[Point], k: int, height: float) -> int:
    x, y = middles[k]
    after = middles[k + 1][0] if k + 1 < len(text) else x + height * 2
    left, top = max(int(x - height), 0), max(int(y - height * 0.6), 0)
    cut = grey[top : int(y + height * 0.6), left : int(x + height * 1.5)]
    if min(cut.shape, default=0) < 6:
        return 0
    follower = text[k + 1] if k + 1 < len(text) else ""
    return max(_counted(ink, x - left, after - left, follower, height) for ink in _inks(cut))


def _counted(ink: Any, x: float, after: float, follower: str, height: float) -> int:
    slash = min(_slashes(ink, height), key=lambda one: abs(one[0] - x), default=None)
    if slash is None or abs(slash[0] - x) > height * _NEAR:
        return 0
    right = [one for one in _holes(ink, height) if one[0] > slash[0] and one[1] > slash[1]]
    own = bool(follower) and follower in _RING_OF_ITS_OWN
    end = after + height * (_EDGE if own else -_EDGE) if own or follower.isalnum() else slash[0] + height
    return sum(one[0] < end for one in right) - (1 if own else 0)


def _inks(cut: Any) -> Iterator[Any]:
    """The ink at two thresholds: hairlines of Song type break at the one, noise closes rings at the other."""
    import cv2
    import numpy as np

    large = cv2.resize(cut, None, fx=_ENLARGED, fy=_ENLARGED, interpolation=cv2.INTER_CUBIC)
    smooth = cv2.GaussianBlur(large, (5, 5), 0)
    middle, ink = cv2.threshold(smooth, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    yield ink
    paper = float(np.median(smooth))
    yield cv2.threshold(smooth, middle + max(paper - middle, 0) * _FAINT, 255, cv2.THRESH_BINARY_INV)[1]


def _slashes(ink: Any, height: float) -> Iterator[Point]:
    """Middles of tall strokes that rise to the right."""
    import cv2
    import numpy as np

    count, labels, boxes, middles = cv2.connectedComponentsWithStats(ink)
    for k in range(1, count):
        left, top, wide, high = (int(one) for one in boxes[k][:4])
        if high / _ENLARGED < height * _TALL or wide < 3:
            continue
        ys, xs = np.nonzero(labels[top : top + high, left : left + wide] == k)
        if np.corrcoef(xs, ys)[0, 1] < -_STRAIGHT:
            yield float(middles[k][0]) / _ENLARGED, float(middles[k][1]) / _ENLARGED


def _holes(ink: Any, height: float) -> Iterator[Point]:
    """Middles of small round holes in the ink."""
    import cv2

    contours, tree = cv2.findContours(ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    for contour, (_, _, _, parent) in zip(contours, [] if tree is None else tree[0], strict=True):
        x, y, wide, high = cv2.boundingRect(contour)
        share = max(wide, high) / _ENLARGED / height
        if parent >= 0 and _LOWEST <= share <= _HIGHEST and max(wide, high) <= _ROUND * min(wide, high):
            yield (x + wide / 2) / _ENLARGED, (y + high / 2) / _ENLARGED
