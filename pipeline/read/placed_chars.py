"""Characters with a box each, line by line, for pages that are no PDF: OFD and scans. Used wherever `PageChars` is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from policy_commitments.pipeline.read.pdf_chars import PageChars
from policy_commitments.pipeline.read.pdf_frame import Frame
from policy_commitments.schemas.source import BBox

_NARROW = 0.55  # of a Han character's width that a Latin letter or digit has
_NOWHERE: BBox = (0.0, 0.0, 0.0, 0.0)  # the place of a line end


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """One run of characters as its page holds it; `boxes` in points from the upper left corner."""

    text: str
    boxes: Sequence[BBox]
    score: float = 1.0
    slanted: bool = False


@dataclass(slots=True)
class PlacedChars(PageChars):
    """All characters of one page, a line end between its lines; `owners[k]` is the line of character k."""

    placed: Sequence[PlacedLine] = ()
    boxes: Sequence[BBox] = ()
    owners: Sequence[int] = ()

    def box(self, k: int) -> BBox:
        """The box of one character."""
        return self.boxes[k]

    def is_inserted(self, k: int) -> bool:
        """Blanks stand in the file or are the engine's reading."""
        return False

    def is_slanted(self, k: int) -> bool:
        """Whether the line of the character runs askew."""
        return self.placed[self.owners[k]].slanted

    def lowest(self, spans: Iterable[tuple[int, int]]) -> float:
        """The lowest confidence of the lines that characters of these spans belong to."""
        owners = {self.owners[k] for start, end in spans for k in range(start, end)}
        return min((self.placed[k].score for k in owners), default=1.0)


def placed_chars(lines: Sequence[PlacedLine]) -> PlacedChars:
    """The characters of a page by its lines."""
    boxes = [box for line in lines for box in (*line.boxes, _NOWHERE)]
    owners = [k for k, line in enumerate(lines) for _ in range(len(line.text) + 1)]
    return PlacedChars(0, Frame(0.0, 0.0, 0.0, 0.0), "\n".join(line.text for line in lines), lines, boxes, owners)


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
