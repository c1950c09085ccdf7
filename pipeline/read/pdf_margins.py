"""Where the text of a PDF stands between its margins: which lines are centred, which stand at the right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain
from statistics import median

from policy_commitments.pipeline.read.pdf_lines import PageLine

_LEFT_SHARE = 0.3  # of the text that begins at the most frequent place
_WIDTH_SHARE = 0.9  # nine of ten lines are no wider than the text
_STOP_SHARE = 0.05  # of the lines that begin at one place: an indent, not the middle
_FEWEST_AT_STOP = 3
_EVEN = 0.7  # of a line's height by which the two margins of a centred line may differ
_FAR_RIGHT = 0.4  # of the width
_NEAR_RIGHT = 0.25
_FEWEST_LINES = 4
_LARGE = 1.15  # times the characters of most lines: a line of a title, which may fill the whole width


def alignments(pages: Sequence[Sequence[PageLine]]) -> list[list[str]]:
    """`center`, `right` or an empty string for each line of each page."""
    lefts = [_left(lines) for lines in pages]
    spans = sorted(line.bbox[2] - left for lines, left in zip(pages, lefts, strict=True) for line in lines)
    if len(spans) < _FEWEST_LINES:
        return [[""] * len(lines) for lines in pages]
    width = spans[min(int(len(spans) * _WIDTH_SHARE), len(spans) - 1)]
    stops = _stops(pages, lefts)
    sizes = [[_character(line) for line in lines] for lines in pages]
    large = median(chain.from_iterable(sizes)) * _LARGE
    return [
        [_align(line, left, width, stops, size >= large) for line, size in zip(lines, characters, strict=True)]
        for lines, left, characters in zip(pages, lefts, sizes, strict=True)
    ]


def _character(line: PageLine) -> float:
    """Width of a character, from the width of the line; heights differ by the fonts of its figures."""
    return (line.bbox[2] - line.bbox[0]) / len(line.text)


def _left(lines: Sequence[PageLine]) -> float:
    starts: Counter[int] = Counter()
    for line in lines:
        starts[round(line.bbox[0])] += len(line.text)
    most = max(starts.values(), default=0)
    return min((x for x, count in starts.items() if count >= most * _LEFT_SHARE), default=0)


def _stops(pages: Sequence[Sequence[PageLine]], lefts: Sequence[float]) -> set[int]:
    """Distances from the left margin at which many lines begin."""
    counts = Counter(round(line.bbox[0] - left) for lines, left in zip(pages, lefts, strict=True) for line in lines)
    fewest = max(counts.total() * _STOP_SHARE, _FEWEST_AT_STOP)
    return {x for x in counts if sum(counts[x + k] for k in (-1, 0, 1)) >= fewest}


def _align(line: PageLine, left: float, width: float, stops: set[int], large: bool) -> str:
    before, after = line.bbox[0] - left, left + width - line.bbox[2]
    if not large and (before < line.height or round(before) in stops):
        return ""
    if abs(before - after) <= line.height * _EVEN:
        return "center"
    return "right" if before >= width * _FAR_RIGHT and after <= before * _NEAR_RIGHT else ""
