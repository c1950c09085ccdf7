"""Clean text: page furniture and broken lines undone, with a map back to the canonical text."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import field
from typing import Literal

from policy_commitments.schemas.frozen import frozen
from policy_commitments.schemas.problems import Problem
from policy_commitments.schemas.source import Source


@frozen
class Paragraph:
    """One paragraph clean[start:end] without its line end; `level` as in `Block.level`, `block` its first block."""

    start: int
    end: int
    level: int | None = None
    block: int = 0
    align: str = ""


@frozen
class CleanCell:
    """A table cell at clean[start:end]; geometry as in `source.Cell`."""

    row: int
    col: int
    start: int
    end: int
    row_span: int = 1
    col_span: int = 1


@frozen
class CleanTable:
    """A table whose cells stand, each on its own line, in clean[start:end]; `index` is that of the source table."""

    index: int
    start: int
    end: int
    rows: int
    cols: int
    cells: tuple[CleanCell, ...]


@frozen
class Furniture:
    """Canonical text[start:end] that was left out of the clean text, and why."""

    start: int
    end: int
    kind: Literal[
        "page_number", "running_head", "bookmark", "navigation", "contents", "print_header", "layout", "repeated_head"
    ]


@frozen
class Clean:
    """The text that extractors see.

    `text` joins paragraphs and cells with `\\n`. `folded` has the same length and differs only in width forms and
    lookalikes (％ -> %, ７ -> 7, ⻓ -> 长, （ stays （): patterns run over `folded`, printed values are cut from `text`.
    `runs` are (clean_start, source_start, length), ascending in both; characters between runs (inserted `\\n`)
    belong to no source character.
    """

    source: Source
    text: str
    folded: str
    runs: tuple[tuple[int, int, int], ...]
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[CleanTable, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    problems: tuple[Problem, ...] = ()
    _starts: tuple[int, ...] = field(default=(), repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(run[0] for run in self.runs))

    def source_offset(self, position: int) -> int:
        """Canonical offset of the clean character at `position` (of the next mapped one where it was inserted)."""
        k = bisect_right(self._starts, position) - 1
        if k < 0:
            return self.runs[0][1]
        clean_start, source_start, length = self.runs[k]
        if position < clean_start + length:
            return source_start + position - clean_start
        if k + 1 < len(self.runs):
            return self.runs[k + 1][1]
        return source_start + length

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Canonical half-open span of clean[start:end]; raises ValueError for an empty span."""
        if end <= start:
            raise ValueError(f"empty span {start}:{end}")
        k = max(bisect_right(self._starts, start) - 1, 0)
        clean_start, source_start, length = self.runs[k]
        if clean_start <= start and end <= clean_start + length:  # within one run, as most spans are
            return source_start + start - clean_start, source_start + end - clean_start
        return self.source_offset(start), self.source_offset(end - 1) + 1
