"""Builds canonical text line by line, with blocks and tables, for formats that are no plain text (.docx, .html, .pdf)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

from policy_commitments.schemas.source import Anchor, BBox, Block, BlockKind, Cell, Table

PAGE_END = "\f"
_COLUMN = attrgetter("col")


class Line(NamedTuple):  # this and the next are made by the hundred: a frozen dataclass takes three times as long
    """One line of a paragraph; fields as in `Block`, `page` and `bbox` as in `Anchor`."""

    text: str
    kind: BlockKind = "text"
    detail: str = ""
    level: int | None = None
    generated: int = 0
    align: str = ""
    page: int | None = None
    bbox: BBox | None = None
    score: float = 1.0


class GridCell(NamedTuple):
    """One cell of a table with its text on one line, at its grid position."""

    row: int
    col: int
    text: str
    row_span: int = 1
    col_span: int = 1
    page: int | None = None
    bbox: BBox | None = None


@dataclass(slots=True)
class Assembly:
    """Text under construction: `add` and `add_table` append whole lines, joined by one line end each."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The canonical text so far."""
        return "\n".join(self.pieces)

    def add(self, line: Line, paragraph: int | None = None) -> None:
        """Append one line; a blank one stands in the text without a block."""
        text, kind, detail, level, generated, align, page, bbox, score = line
        start = self._append(text)
        if text and not text.isspace():
            anchor = Anchor(page, bbox, paragraph)
            self.blocks.append(Block(kind, start, self.length, anchor, detail, level, generated, score, align))

    def end_page(self) -> None:
        """Close a page: `\\n\\f\\n` once the next line follows."""
        self._append(PAGE_END)

    def add_table(
        self,
        cells: Sequence[GridCell],
        rows: int,
        columns: int,
        paragraph: int | None = None,
        *,
        page: int | None = None,
        bbox: BBox | None = None,
        breaks: Sequence[int] = (),
    ) -> None:
        """Append a table: a line for each row, fields between tabs; a position that a merge covers is an empty field.

        A page ends before each row in `breaks`.
        """
        start = self.length + (1 if self.pieces else 0)
        by_row: list[list[GridCell]] = [[] for _ in range(rows)]
        for cell in cells:
            by_row[cell.row].append(cell)
        placed: list[Cell] = []
        open_until = [0] * columns
        for k, row in enumerate(by_row):
            for _ in range(breaks.count(k)):
                self.end_page()
            placed.extend(self._add_row(row, open_until))
        end = self.length
        anchor = Anchor(page, bbox, paragraph)
        self.tables.append(Table(len(self.tables), start, end, rows, columns, tuple(placed), anchor))
        self.blocks.append(Block("table", start, end, anchor))

    def _add_row(self, row: list[GridCell], open_until: list[int]) -> list[Cell]:
        """`open_until[c]` is the row at which the merged cell over column c ends."""
        at = self.length + (1 if self.pieces else 0)
        fields: list[str] = []
        placed: list[Cell] = []
        before = 0
        for r, col, text, row_span, col_span, page, bbox in sorted(row, key=_COLUMN):
            if before < col:  # columns under merged cells are empty fields, others have none
                covered = sum(until > r for until in open_until[before:col])
                fields.extend([""] * covered)
                at += covered
            before = col + col_span
            open_until[col:before] = [r + row_span] * col_span
            fields.append(text)
            end = at + len(text)
            if text:
                placed.append(Cell(r, col, at, end, row_span, col_span, page, bbox))
            at = end + 1
        self._append("\t".join(fields))
        return placed

    def _append(self, text: str) -> int:
        start = self.length + (1 if self.pieces else 0)
        self.pieces.append(text)
        self.length = start + len(text)
        return start


def one_line(texts: Sequence[str]) -> str:
    """The lines of a cell on one line, a blank between them; tabs become blanks too, other characters stay."""
    return " ".join(line for line in (text.replace("\t", " ").strip(" ") for text in texts) if line)
