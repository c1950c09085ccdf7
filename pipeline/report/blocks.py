"""Blocks: a canonical text as a person reads it: paragraphs whose broken lines are joined, table rows, page furniture.

The clean text of each item says which line ends are real: a line of the canonical text that the clean text continues
without a line end is joined to the one before; a line that the clean text lacks is furniture (`— 12 —`) and shown faint.
A line with tabs is a table row and stays whole, also where an item begins in its second cell.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from policy_commitments.pipeline.report.cutting import Span
from policy_commitments.pipeline.report.tables import Row

_OVERLAP = 2
BlockKind = Literal["text", "row", "furniture"]
_LINE = re.compile(r"[^\n\f]+")
_ROW = re.compile(r"[^\n\f\t]*\t[^\n\f]*")
_FUSED = re.compile(
    r"^[-—–\s]*\d{1,4}[-—–\s]*(?=\D)"  # 26康委负责        a page number fused to the line's start
    r"|(?<=\D)[-—–\s]*\d{1,4}[-—–\s]*$"  # 卫生健26         or to its end
)


@dataclass(slots=True)
class Block:
    """One paragraph, table row or piece of furniture; `stretches` are canonical spans to be shown without a break."""

    kind: BlockKind
    stretches: list[Span] = field(default_factory=list)

    @property
    def start(self) -> int:
        """First character."""
        return self.stretches[0][0]


def find_blocks(text: str, items: Sequence[Row]) -> list[Block]:
    """Blocks in text order; every character that is no line end stands in exactly one of them."""
    starts = sorted({item["start"] for item in items})
    rows = [row.span() for row in _ROW.finditer(text) if row.group().strip()]
    blocks = [Block("row", [row]) for row in rows]
    position = 0
    for number, start, end in _outermost(items):
        blocks += _plain(text, position, start, rows)
        breaks = starts[bisect_right(starts, start) : bisect_left(starts, end)]
        blocks += _joined(text, (start, end), items[number]["text"], breaks, rows)
        position = end
    return sorted([*blocks, *_plain(text, position, len(text), rows)], key=lambda block: block.start)


def _in_row(rows: Sequence[Span], start: int) -> bool:
    """Whether a line, or the part of one that an item cuts off, stands in a table row."""
    before = bisect_right(rows, start, key=lambda row: row[0])
    return before > 0 and start < rows[before - 1][1]


def _outermost(items: Sequence[Row]) -> Iterator[tuple[int, int, int]]:
    """(number, start, end) of items that do not stand in the extent of an earlier one (a task holds its measures).

    An item whose clean text ends in an inserted line end reaches one character into the next: it is cut there.
    """
    held: tuple[int, int, int] | None = None
    for number, item in enumerate(items):
        if held is not None and item["start"] < held[2] - _OVERLAP:
            continue
        if held is not None:
            yield held[0], held[1], min(held[2], item["start"])
        held = (number, item["start"], item["end"]) if item["end"] > item["start"] else None
    if held is not None:
        yield held


def _lines(text: str, start: int, end: int, breaks: Sequence[int] = ()) -> Iterator[Span]:
    """Spans of the lines of text[start:end], cut also at `breaks` (headings glued to the text before them)."""
    for match in _LINE.finditer(text, start, end):
        left = match.start()
        for cut in breaks:
            if left < cut < match.end():
                yield left, cut
                left = cut
        yield left, match.end()


def _plain(text: str, start: int, end: int, rows: Sequence[Span]) -> Iterator[Block]:
    for span in _lines(text, start, end):
        if text[slice(*span)].strip() and not _in_row(rows, span[0]):
            yield Block("text", [span])


def _joined(text: str, extent: Span, clean: str, breaks: Sequence[int], rows: Sequence[Span]) -> list[Block]:
    """Blocks of one item, its lines followed along the item's clean text; as they are where that does not succeed.

    Table rows are passed over: they are blocks already, and no paragraph goes on behind one.
    """
    walk, blocks, strays = _Walk(clean), list[Block](), 0
    spans = [span for span in _lines(text, *extent, breaks) if text[slice(*span)].strip()]
    after_row = False
    for span in spans:
        line = text[slice(*span)]
        if _in_row(rows, span[0]):
            walk.skip(line)
            after_row = True
            continue
        step = walk.take(line)
        last = None if after_row or span[0] in breaks else _last_text(blocks)
        if step is None:
            strays += 1
            blocks.append(Block("furniture", [span]))
        elif step == "goes on" and last is not None:
            last.stretches.append(span)
        else:
            blocks.append(Block("text", [span]))
            after_row = False
    return blocks if strays * 3 <= len(spans) else list(_plain(text, *extent, rows))


def _last_text(blocks: Sequence[Block]) -> Block | None:
    """The paragraph that goes on: the last block but for furniture."""
    for block in reversed(blocks):
        if block.kind != "furniture":
            return block if block.kind == "text" else None
    return None


class _Walk:
    """Follows lines along a clean text, blanks aside; knows where the clean text has line ends."""

    def __init__(self, clean: str) -> None:
        self._bare = "".join(clean.split())
        self._at = 0
        self._ends: set[int] = {0}
        count = 0
        for line in clean.split("\n"):
            count += len("".join(line.split()))
            self._ends.add(count)

    def take(self, line: str) -> Literal["begins", "goes on"] | None:
        """Whether the line stands next in the clean text, and as what; None where it does not."""
        for form in (line, _FUSED.sub("", line)):
            bare = "".join(form.split())
            if bare and self._bare.startswith(bare, self._at):
                begins = self._at in self._ends
                self._at += len(bare)
                return "begins" if begins else "goes on"
        return None

    def skip(self, line: str) -> None:
        """Pass a table row, whose cells stand in the clean text one by one or not at all."""
        bare = "".join(line.split())
        if self._bare.startswith(bare, self._at):
            self._at += len(bare)
