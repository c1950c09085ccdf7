"""What the place of a line on its page says: its indent, and how much room it leaves, e.g. two characters before `一、`.

Lines of .pdf and scans carry boxes. A column of text ends where the next line stands higher on the same page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from policy_commitments.pipeline.printed_lines import PrintedLine, columns_of
from policy_commitments.schemas.source import BBox, Source

_MARGIN_SHARE = 0.3  # of the text that begins at the most frequent place; less is a stray line
_FULL_SHARE = 0.85  # of the long lines of a column that end before its right edge, or at it: nine in ten hang over by a comma
_LONG = 0.6  # of the widest line's columns
_SHORTER = 0.3  # of the usual width by which the lines of a page may fall short of the usual edge
_FEWEST = 6  # lines of a column that tell its edges
_FIRST_WORD = re.compile(
    r"""
    [（《“〔【『「(]* (?: [\x21-\x7e]{1,30} (?: 、 [\x21-\x7e]{1,30} )? | . )    # '93%以上' needs room for '93%', '5.5%、6.5%' is not parted
    [，。、；：！？）》”〕】』」％‰…,.;:!?)%]*             # and no line begins with '，'
    """,
    re.X,
)
_TOLERANCE = 2.0  # columns: blanks stretch and shrink where both edges are even


@dataclass(frozen=True, slots=True)
class _Edges:
    left: float
    right: float


def placed(source: Source, lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Lines with the indent and room that their boxes show; others as they are."""
    blocks = [source.blocks[line.block] for line in lines]
    boxes = [block.straight or block.anchor.bbox for block in blocks]
    done: list[PrintedLine] = []
    edges: _Edges | None = None
    width, right = _usual(lines, boxes)
    for first, end in _columns(lines, boxes):
        edges = _edges(lines[first:end], boxes[first:end], edges, width)
        if edges is not None and 0 < right - edges.right < width * _SHORTER:
            edges = replace(edges, right=right)  # a page of short lines does not show the edge
        done.extend(_place(line, box, edges) for line, box in zip(lines[first:end], boxes[first:end], strict=True))
    return done


def fits(before: PrintedLine, after: PrintedLine) -> bool:
    """Whether the first word of `after` had room behind `before`, so that the line end between them is meant."""
    room = before.room
    if room is None or room <= _TOLERANCE + 1:  # a word has one column at least
        return False
    return room > first_word(after.text) + _TOLERANCE


def first_word(text: str) -> int:
    """Columns that the first piece of a text needs which no line end may cut."""
    word = _FIRST_WORD.match(text)
    return columns_of(word.group()) if word is not None else 1


def _columns(lines: Sequence[PrintedLine], boxes: Sequence[BBox | None]) -> Iterator[tuple[int, int]]:
    """Half-open ranges of lines that stand below each other on one page."""
    first = 0
    for k in range(1, len(lines)):
        one, two = boxes[k - 1], boxes[k]
        higher = one is not None and two is not None and two[3] < one[1]
        if lines[k].page != lines[k - 1].page or higher:
            yield first, k
            first = k
    if lines:
        yield first, len(lines)


def _edges(lines: Sequence[PrintedLine], boxes: Sequence[BBox | None], before: _Edges | None, width: float) -> _Edges | None:
    found = [(line.columns, box) for line, box in zip(lines, boxes, strict=True) if box is not None]
    if not found:
        return before
    left = _left(found)
    longest = max(columns for columns, _ in found)
    ends = sorted(box[2] for columns, box in found if columns >= longest * _LONG)
    if len(found) >= _FEWEST and len(ends) > 1:
        return _Edges(left, ends[min(int(len(ends) * _FULL_SHARE), len(ends) - 1)])
    if before is not None and all(box[0] >= before.left - 1 and box[2] <= before.right + _slack(box) for _, box in found):
        return before
    return _Edges(left, max(left + width, *(box[2] for _, box in found)) if width else max(box[2] for _, box in found))


def _slack(box: BBox) -> float:
    return box[3] - box[1]


def _left(found: Sequence[tuple[int, BBox]]) -> float:
    starts: Counter[int] = Counter()
    for columns, box in found:
        starts[round(box[0])] += columns
    most = max(starts.values())
    return min(x for x, columns in starts.items() if columns >= most * _MARGIN_SHARE)


def _usual(lines: Sequence[PrintedLine], boxes: Sequence[BBox | None]) -> tuple[float, float]:
    """Width and right edge of the text on most pages, for pages with few or short lines; 0 where no page has enough."""
    found: list[_Edges] = []
    for first, end in _columns(lines, boxes):
        if end - first >= _FEWEST:
            edges = _edges(lines[first:end], boxes[first:end], None, 0.0)
            if edges is not None:
                found.append(edges)
    if not found:
        return 0.0, 0.0
    return median(one.right - one.left for one in found), median(one.right for one in found)


def _place(line: PrintedLine, box: BBox | None, edges: _Edges | None) -> PrintedLine:
    if box is None or edges is None or box[2] <= box[0] or not line.columns:
        return line
    column = (box[2] - box[0]) / line.columns
    room = (edges.right - box[2]) / column
    return line._replace(indent=max(round((box[0] - edges.left) / column), 0), room=room)
