"""What stands on one page of an OFD document: runs of text with a place for each character, ruled lines, pictures.

Source: GB/T 33190-2016, 11 (text objects), 9.3 (paths), 8.5 (matrices). Measures are millimetres there, points here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree

from policy_commitments.pipeline.read.pdf_rules import SHORTEST, THIN, Rule, along, straight
from policy_commitments.pipeline.read.placed_chars import PlacedLine
from policy_commitments.schemas.source import BBox

POINTS = 72 / 25.4
_ABOVE, _BELOW = 0.88, 0.12  # of the size, from the baseline
_LATIN = 0.5  # of the size, where no step says how wide a character is; as in Times and Helvetica
_WIDTHS = {
    **dict.fromkeys("!',./:;\\ijl|", 0.28), **dict.fromkeys("()[]{}`\"-frt", 0.34), **dict.fromkeys("%@MWmw", 0.85),
    **dict.fromkeys("ABCDEGHKNOQRUVXY&", 0.7),
}  # fmt: skip
_SLANTED = 0.05
_STEP = re.compile(r"([MSLQBAC])((?:\s+[-+.\deE]+)*)")
_POINTS_OF = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}

Element = etree._Element
Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class OfdContent:
    """The content of one page or template; `pictures` are ids of image resources."""

    lines: list[PlacedLine] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)


def read_content(root: Element, into: OfdContent) -> None:
    """Add all objects of a page, nested blocks included, in drawing order."""
    for element in root.iter("{*}TextObject", "{*}PathObject", "{*}ImageObject"):
        if element.get("Visible") == "false":
            continue
        if element.tag.endswith("}TextObject"):
            into.lines.extend(_text_lines(element))
        elif element.tag.endswith("}PathObject"):
            into.rules.extend(_path_rules(element))
        elif element.get("ResourceID"):
            into.pictures.append(element.get("ResourceID", ""))


def numbers(text: str | None) -> list[float]:
    """`10 20.5 100 4.2` as numbers; what is none counts as 0."""
    words = text.split() if text else []
    try:
        return list(map(float, words))
    except ValueError:
        return [_number(word) for word in words]


def _number(word: str) -> float:
    try:
        return float(word)
    except ValueError:
        return 0.0


def _place(element: Element) -> tuple[float, float, Matrix]:
    """The corner of an object in millimetres and its own matrix."""
    boundary = [*numbers(element.get("Boundary")), 0.0, 0.0, 0.0, 0.0]
    matrix = numbers(element.get("CTM"))
    return boundary[0], boundary[1], (_SAME if len(matrix) != 6 else tuple(matrix))  # type: ignore[return-value]


def _text_lines(element: Element) -> Iterator[PlacedLine]:
    left, top, matrix = _place(element)
    size = (numbers(element.get("Size")) or [4.0])[0]
    wide = size * (numbers(element.get("HScale")) or [1.0])[0]
    slanted = _is_slanted(matrix)
    x = y = 0.0
    for code in element.iter("{*}TextCode"):
        text = code.text or ""
        x = (numbers(code.get("X")) or [x])[0]
        y = (numbers(code.get("Y")) or [y])[0]
        if text.strip():
            boxes = _boxes(_places(text, x, y, wide, code), size, left, top, matrix)
            yield PlacedLine(text, boxes, slanted=slanted)


def _places(text: str, x: float, y: float, size: float, code: Element) -> list[tuple[float, float, float]]:
    """(x, y of the baseline, width) of each character, before the object's matrix."""
    across, down = _deltas(code.get("DeltaX"), len(text)), _deltas(code.get("DeltaY"), len(text))
    places: list[tuple[float, float, float]] = []
    for k, char in enumerate(text):
        width = size * (_WIDTHS.get(char, _LATIN) if char.isascii() else 1.0)
        step = across[k] if k < len(across) else (0.0 if down else width)
        places.append((x, y, min(width, step) if step > 0 else width))
        x += step
        y += down[k] if k < len(down) else 0.0
    return places


def _deltas(text: str | None, wanted: int) -> list[float]:
    """`g 3 4.2 5` is 4.2 4.2 4.2 5."""
    if not text:
        return []
    if "g" not in text and "G" not in text:
        return numbers(text)[:wanted]
    deltas: list[float] = []
    words = text.split()
    k = 0
    while k < len(words) and len(deltas) < wanted:
        if words[k].lower() == "g" and k + 2 < len(words):
            count, value = _number(words[k + 1]), _number(words[k + 2])
            deltas.extend([value] * int(min(max(count, 0), wanted)))
            k += 3
        else:
            deltas.append(_number(words[k]))
            k += 1
    return deltas


def _boxes(
    places: Sequence[tuple[float, float, float]], size: float, left: float, top: float, matrix: Matrix
) -> list[BBox]:
    """The box of each place in points: `_shown` of two corners, written out since there is one for each character."""
    a, b, c, d, e, f = matrix
    above, below = size * _ABOVE, size * _BELOW
    boxes: list[BBox] = []
    for x, y, width in places:
        right, up, down = x + width, y - above, y + below
        x0, y0 = (left + a * x + c * up + e) * POINTS, (top + b * x + d * up + f) * POINTS
        x1, y1 = (left + a * right + c * down + e) * POINTS, (top + b * right + d * down + f) * POINTS
        if x1 < x0:
            x0, x1 = x1, x0
        if y1 < y0:
            y0, y1 = y1, y0
        boxes.append((x0, y0, x1, y1))
    return boxes


def _shown(x: float, y: float, left: float, top: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return (left + a * x + c * y + e) * POINTS, (top + b * x + d * y + f) * POINTS


def _is_slanted(matrix: Matrix) -> bool:
    a, b, c, d, _, _ = matrix
    return min(abs(a), abs(b)) > _SLANTED * max(abs(a), abs(b), 1e-9) or min(abs(c), abs(d)) > _SLANTED * max(abs(c), abs(d), 1e-9)


def _path_rules(element: Element) -> Iterator[Rule]:
    data = element.findtext("{*}AbbreviatedData") or ""
    points = _points(data, *_place(element))
    if not points:
        return
    xs, ys = [point[0] for _, point in points], [point[1] for _, point in points]
    box = (min(xs), min(ys), max(xs), max(ys))
    wide, high = box[2] - box[0], box[3] - box[1]
    if min(wide, high) <= THIN:
        if max(wide, high) >= SHORTEST:
            yield along(box)
    elif element.get("Stroke", "true") != "false":
        for (_, one), (drawn, two) in pairwise(points):
            if drawn:
                yield from straight(one, two)


def _points(data: str, left: float, top: float, matrix: Matrix) -> list[tuple[bool, tuple[float, float]]]:
    """(whether a straight line leads there, point) of each step of a path; C goes back to where the figure began."""
    points: list[tuple[bool, tuple[float, float]]] = []
    begin: tuple[float, float] | None = None
    for match in _STEP.finditer(data):
        kind, values = match.group(1), numbers(match.group(2))
        if kind == "C":
            if begin is not None:
                points.append((True, begin))
        elif len(values) >= _POINTS_OF[kind]:
            point = _shown(values[_POINTS_OF[kind] - 2], values[_POINTS_OF[kind] - 1], left, top, matrix)
            begin = point if kind in "MS" else begin
            points.append((kind == "L", point))
    return points
