"""Characters with a box each, line by line, for pages that are no PDF: OFD and scans. Used wherever `PageChars` is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from policy_commitments.pipeline.read.pdf_chars import PageChars, visible
from policy_commitments.pipeline.read.pdf_frame import Frame
from policy_commitments.schemas.source import BBox

_NARROW = 0.55  # of a Han character's width that a Latin letter or digit has


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """One run of characters as its page holds it; `boxes` in points from the upper left corner."""

    text: str
    boxes: Sequence[BBox]
    score: float = 1.0
    slanted: bool = False


class PlacedChars(PageChars):
    """All characters of one page; a line end without a box stands between its lines."""

    __slots__ = ("_boxes", "_lines", "_owner")

    def __init__(self, lines: Sequence[PlacedLine]) -> None:
        PageChars.__init__(self, None, Frame(0.0, 0.0, 0.0, 0.0), "\n".join(line.text for line in lines))
        self._lines = lines
        self._boxes: list[BBox] = []
        self._owner: list[int] = []
        for k, line in enumerate(lines):
            self._boxes.extend([*line.boxes, (0.0, 0.0, 0.0, 0.0)])
            self._owner.extend([k] * (len(line.text) + 1))

    def box(self, k: int) -> BBox:
        """The box of one character."""
        return self._boxes[k]

    def lines(self) -> Iterator[tuple[int, int]]:
        """Half-open spans of the lines, without blanks at their ends."""
        at = 0
        for line in self._lines:
            bare = line.text.strip()
            if bare:
                start = at + line.text.index(bare[0])
                yield start, start + len(bare)
            at += len(line.text) + 1

    def is_slanted(self, k: int) -> bool:
        """Whether the line of the character runs askew."""
        return self._lines[self._owner[k]].slanted

    def lowest(self, spans: Iterable[tuple[int, int]]) -> float:
        """The lowest confidence of the lines that characters of these spans belong to."""
        owners = {self._owner[k] for start, end in spans for k in range(start, end)}
        return min((self._lines[k].score for k in owners), default=1.0)

    def printed(self, start: int, end: int) -> str:
        """What a span shows."""
        return visible(self.text[start:end])


def spread(text: str, box: BBox) -> list[BBox]:
    """Boxes for the characters of a line of which only the whole box is known: Latin ones are about half as wide."""
    widths = [_NARROW if char.isascii() else 1.0 for char in text]
    unit = (box[2] - box[0]) / max(sum(widths), _NARROW)
    boxes: list[BBox] = []
    x = box[0]
    for width in widths:
        boxes.append((x, box[1], x + width * unit, box[3]))
        x += width * unit
    return boxes
