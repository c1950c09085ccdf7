"""The grid of a Word table: w:gridSpan and w:vMerge as spans, a merged cell once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class GridField(Generic[T]):
    """One printed cell with what stands in it."""

    row: int
    col: int
    content: list[T]
    row_span: int = 1
    col_span: int = 1


@dataclass(slots=True)
class Grid(Generic[T]):
    """A table; `index` counts paragraphs up to its end."""

    cells: list[GridField[T]]
    rows: int
    columns: int
    index: int


@dataclass(slots=True)
class GridBuilder(Generic[T]):
    """Takes rows and cells in file order."""

    cells: list[GridField[T]] = field(default_factory=list)
    row: int = -1
    col: int = 0
    columns: int = 0
    above: dict[int, GridField[T]] = field(default_factory=dict)  # by first column, cells of the row above
    here: dict[int, GridField[T]] = field(default_factory=dict)

    def begin_row(self, skipped: int) -> None:
        """A new row that leaves its first `skipped` columns out."""
        self.row += 1
        self.col = skipped
        self.above, self.here = self.here, {}

    def continue_above(self, width: int) -> bool:
        """A cell merged with the one above; False where no cell of this width stands there."""
        cell = self.above.get(self.col)
        if cell is None or cell.col_span != width:
            return False
        cell.row_span += 1
        self._advance(cell, width)
        return True

    def add(self, content: list[T], width: int) -> None:
        """A cell of its own, `width` columns wide."""
        cell = GridField(self.row, self.col, content, 1, width)
        self.cells.append(cell)
        self._advance(cell, width)

    def grid(self, index: int) -> Grid[T]:
        """The finished table."""
        return Grid(self.cells, self.row + 1, self.columns, index)

    def _advance(self, cell: GridField[T], width: int) -> None:
        self.here[self.col] = cell
        self.col += width
        self.columns = max(self.columns, self.col)
