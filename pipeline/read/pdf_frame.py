"""From PDF user space to points from the upper left corner of the page as shown, turned pages (/Rotate 90) included."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from policy_commitments.schemas.source import BBox

_A4 = (0.0, 0.0, 595.0, 842.0)


@dataclass(frozen=True, slots=True)
class Frame:
    """The visible box (left, bottom, right, top) of a page in user space and its turn in degrees, clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int = 0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown."""
        wide, high = self.right - self.left, self.top - self.bottom
        return (high, wide) if self.turn % 180 else (wide, high)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """One point as shown."""
        if self.turn == 0:
            return x - self.left, self.top - y
        if self.turn == 90:
            return y - self.bottom, x - self.left
        if self.turn == 180:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, left: float, bottom: float, right: float, top: float) -> BBox:
        """A box as shown: (x0, top, x1, bottom)."""
        if self.turn == 0 and left <= right and bottom <= top:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        ax, ay = self.point(left, top)
        bx, by = self.point(right, bottom)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def frame_of(page: Any) -> Frame:
    """The frame of a pypdfium2 page; its crop box counts only inside its media box."""
    media = _ordered(page.get_mediabox() or _A4)
    crop = _ordered(page.get_cropbox() or media)
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    if right <= left or top <= bottom:
        left, bottom, right, top = media
    return Frame(left, bottom, right, top, int(page.get_rotation()) % 360)


def _ordered(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    return min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])
