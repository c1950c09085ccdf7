"""Cutting: a stretch of text into segments at every place where a highlight begins or ends.

The browser computes no offset: JavaScript counts UTF-16 units, the dataset code points, and one 𠮷 tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mark:
    """A highlight at canonical text[start:end]; `layer` is its colour, `record` the row that it shows.

    `opens` says that the record's anchor stands at the start of this mark.
    """

    start: int
    end: int
    layer: str
    record: int
    opens: bool = True


@dataclass(frozen=True, slots=True)
class Segment:
    """Text between two boundaries: its layers, the records that it shows and those that begin here."""

    text: str
    layers: tuple[str, ...]
    records: tuple[int, ...]
    opening: tuple[int, ...]


class Cutter:
    """Cuts stretches of one text in ascending order; each mark opens once, in the first stretch that shows it."""

    def __init__(self, text: str, marks: Iterable[Mark]) -> None:
        self._text = text
        self._marks = sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.record))
        self._next = 0
        self._active: list[Mark] = []
        self._opened: set[int] = set()

    def cut(self, start: int, end: int) -> Iterator[Segment]:
        """Segments of text[start:end]; stretches must not go back."""
        while self._next < len(self._marks) and self._marks[self._next].start < end:
            self._active.append(self._marks[self._next])
            self._next += 1
        self._active = [mark for mark in self._active if mark.end > start]
        edges = {start, end}
        for mark in self._active:
            edges |= {edge for edge in (mark.start, mark.end) if start < edge < end}
        bounds = sorted(edges)
        for left, right in pairwise(bounds):
            yield self._segment(left, right, [m for m in self._active if m.start < right and m.end > left])

    def _segment(self, left: int, right: int, marks: Sequence[Mark]) -> Segment:
        opening = [mark.record for mark in marks if mark.opens and mark.record not in self._opened]
        self._opened.update(opening)
        return Segment(
            text=self._text[left:right],
            layers=tuple(dict.fromkeys(mark.layer for mark in marks)),
            records=tuple(dict.fromkeys(mark.record for mark in marks)),
            opening=tuple(dict.fromkeys(opening)),
        )
