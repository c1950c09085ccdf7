"""One scanned page put straight: its lines with a place for each character, and the ruled lines of its tables.

Characters keep the order that they have on the paper turned upright; `Sheet.on_page` gives their place on the picture.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from policy_commitments.pipeline.read.ocr_engine import OcrLine, read_lines
from policy_commitments.pipeline.read.ocr_repair import Point
from policy_commitments.pipeline.read.ocr_unread import ink_of
from policy_commitments.pipeline.read.pdf_rules import Rule
from policy_commitments.pipeline.read.placed_chars import PlacedLine, spread
from policy_commitments.schemas.source import BBox

_LONG, _SHORT = 6.0, 1.5  # width to height of a line whose slope counts, and of one that counts if no other does
_ENOUGH = 600.0  # points of long lines: three or four of a page
_RULED = 120.0  # points of a ruled line whose slope counts
_LOST = 2.0  # points of it that a scan may have lost
_STRAIGHT = 0.05  # degrees; less is no slope
_STEEPEST = 8.0  # degrees; more is no badly laid sheet but a slanted stamp
_WIDEST = 0.75  # of a line's height from the middle of a character to its edge
_RULE = 24.0  # points: longer than any stroke of a character
_THICK = 6.0  # points


@dataclass(frozen=True, slots=True)
class Sheet:
    """How the picture was turned to be read: quarter `turns` anticlockwise, then `slope` degrees; sizes in points."""

    width: float
    height: float
    turns: int
    slope: float

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the upright page."""
        return (self.height, self.width) if self.turns % 2 else (self.width, self.height)

    def straight(self, point: Point) -> Point:
        """A point of the turned picture on the straight page."""
        return self._sloped(point, -self.slope)

    def on_page(self, box: BBox) -> BBox:
        """The box on the picture around a box on the straight page."""
        corners = [(box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3])]
        points = [self._unturned(self._sloped(corner, self.slope)) for corner in corners] if self.slope or self.turns else corners
        xs, ys = zip(*points, strict=True)
        return round(min(xs), 2), round(min(ys), 2), round(max(xs), 2), round(max(ys), 2)

    def _sloped(self, point: Point, degrees: float) -> Point:
        middle_x, middle_y = self.size[0] / 2, self.size[1] / 2
        sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
        x, y = point[0] - middle_x, point[1] - middle_y
        return middle_x + x * cosine - y * sine, middle_y + x * sine + y * cosine

    def _unturned(self, point: Point) -> Point:
        x, y = point
        return {
            0: (x, y),
            1: (self.width - y, x),
            2: (self.width - x, self.height - y),
            3: (y, self.height - x),
        }[self.turns % 4]


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """What was recognised on one page, in points of the straight page."""

    sheet: Sheet
    lines: list[PlacedLine]
    rules: list[Rule]


def read_page(image: Any, scale: float) -> ScannedPage:
    """Recognise a page (height x width x BGR); `scale` is points per pixel."""
    import cv2
    import numpy as np

    height, width = image.shape[:2]
    found, turns = read_lines(image)
    grey = cv2.cvtColor(np.ascontiguousarray(np.rot90(image, turns)), cv2.COLOR_BGR2GRAY)
    sheet = Sheet(width * scale, height * scale, turns, _slope(found, ink_of(grey), scale))
    lines = [_placed(line, sheet, scale) for line in found]
    return ScannedPage(sheet, lines, list(_rules(grey, sheet, scale)))


def _slope(lines: Sequence[OcrLine], ink: Any, scale: float) -> float:
    """The slope of the page in degrees clockwise: of its long lines of text, else of its ruled lines, else of all text."""
    text = [_slope_of(line) for line in lines]
    long = [(degrees, length) for degrees, length, share in text if share > _LONG]
    found = long if sum(length for _, length in long) * scale > _ENOUGH else list(_ruled_slopes(ink, scale))
    found = found or [(degrees, length) for degrees, length, share in text if share > _SHORT]
    found = sorted(one for one in found if abs(one[0]) < _STEEPEST)
    half = sum(weight for _, weight in found) / 2
    for degrees, weight in found:
        half -= weight
        if half <= 0:
            return round(degrees, 2) if abs(degrees) > _STRAIGHT else 0.0
    return 0.0


def _slope_of(line: OcrLine) -> tuple[float, float, float]:
    """(degrees, length in pixels, length to height) of one line of text."""
    (left, top), (right, right_top), _, (_, bottom) = line.corners
    degrees = math.degrees(math.atan2(right_top - top, right - left)) if right > left else 90.0
    return degrees, right - left, (right - left) / max(abs(bottom - top), 1.0)


def _ruled_slopes(ink: Any, scale: float) -> Iterator[tuple[float, float]]:
    """(degrees, length) of long straight lines across the page."""
    import cv2

    length = int(_RULED / scale)
    found = cv2.HoughLinesP(ink, 1, math.radians(0.1), int(length * 0.6), minLineLength=length, maxLineGap=int(_LOST / scale))
    for left, top, right, bottom in [] if found is None else found.reshape(-1, 4).tolist():
        degrees = math.degrees(math.atan2(bottom - top, right - left))
        if abs(degrees) < _STEEPEST:
            yield degrees, math.hypot(right - left, bottom - top)


def _placed(line: OcrLine, sheet: Sheet, scale: float) -> PlacedLine:
    corners = [sheet.straight((x * scale, y * scale)) for x, y in line.corners]
    left, right = (corners[0][0] + corners[3][0]) / 2, (corners[1][0] + corners[2][0]) / 2
    top, bottom = (corners[0][1] + corners[1][1]) / 2, (corners[2][1] + corners[3][1]) / 2
    box = (min(left, right), min(top, bottom), max(left, right), max(top, bottom))
    if len(line.middles) != len(line.text):
        return PlacedLine(line.text, spread(line.text, box), line.score)
    middles = [sheet.straight((x * scale, y * scale))[0] for x, y in line.middles]
    return PlacedLine(line.text, list(_between(middles, box)), line.score)


def _between(middles: Sequence[float], box: BBox) -> Iterator[BBox]:
    """Boxes that touch half-way between neighbours, unless these stand far apart: the engine's own are cut to a raster."""
    most = _WIDEST * (box[3] - box[1])
    x = box[0]
    for k, middle in enumerate(middles):
        last = k + 1 == len(middles)
        step = 0.0 if last else max(middles[k + 1] - middle, 0.0)
        end = box[2] if last else max(middle + min(step / 2, most), x)
        yield x, box[1], end, box[3]
        x = end if last or step / 2 <= most else middles[k + 1] - most


def _rules(grey: Any, sheet: Sheet, scale: float) -> Iterator[Rule]:
    """Ruled lines of the straight page; none unless lines run both ways."""
    import cv2

    if sheet.slope:
        height, width = grey.shape
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), sheet.slope, 1.0)
        grey = cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=255)
    ink = ink_of(grey)
    both = [list(_runs(cv2, ink, flat, scale)) for flat in (True, False)]
    if all(len(runs) > 1 for runs in both):
        yield from (rule for runs in both for rule in runs)


def _runs(cv2: Any, ink: Any, flat: bool, scale: float) -> Iterator[Rule]:
    """Runs of ink longer than any stroke; a line may shift by a pixel on its way, and miss a few."""
    long = max(int(_RULE / scale), 3)
    thick = cv2.dilate(ink, cv2.getStructuringElement(cv2.MORPH_RECT, (1, 3) if flat else (3, 1)))
    closed = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, (3, 1) if flat else (1, 3)))
    opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, (long, 1) if flat else (1, long)))
    count, _, boxes, _ = cv2.connectedComponentsWithStats(opened)
    for left, top, width, height in (tuple(int(one) for one in boxes[k][:4]) for k in range(1, count)):
        if (height if flat else width) * scale > _THICK:
            continue
        if flat:
            yield Rule(True, (top + height / 2) * scale, left * scale, (left + width) * scale)
        else:
            yield Rule(False, (left + width / 2) * scale, top * scale, (top + height) * scale)
