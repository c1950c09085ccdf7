"""A table as a grid: which cell stands at (row, col), merged cells included, e.g. `类别` over three rows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policy_commitments.schemas.clean import CleanCell, CleanTable
from policy_commitments.schemas.table_mentions import CellPiece

_NOTHING = re.compile(r"[-—–/\\\s.…]*")  # —, /, … : printed, but empty


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells by position; blank cells count as absent."""

    folded: str
    rows: int
    cols: int
    places: dict[tuple[int, int], CleanCell]

    def at(self, row: int, col: int) -> CleanCell | None:
        """The cell that covers the position."""
        return self.places.get((row, col))

    def own(self, row: int, col: int) -> CleanCell | None:
        """The cell that covers the position and begins in this row."""
        cell = self.places.get((row, col))
        return cell if cell is not None and cell.row == row else None

    def begun(self, row: int) -> list[CleanCell]:
        """Cells that begin in the row, left to right."""
        found = (self.places.get((row, col)) for col in range(self.cols))
        return list({cell.start: cell for cell in found if cell is not None and cell.row == row}.values())

    def text(self, cell: CleanCell | CellPiece | None) -> str:
        """Printed text without blanks, "" for no cell."""
        return "" if cell is None else "".join(self.folded[cell.start : cell.end].split())

    def said(self, row: int, col: int) -> str:
        """Text that covers the position; a lone dash counts as nothing."""
        text = self.text(self.at(row, col))
        return "" if _NOTHING.fullmatch(text) else text

    def piece(self, row: int, col: int) -> CellPiece | None:
        """The cell that covers the position, unless it is blank or a lone dash."""
        cell = self.at(row, col)
        return as_piece(cell) if cell is not None and self.said(row, col) else None


def as_piece(cell: CleanCell) -> CellPiece:
    """The whole cell."""
    return CellPiece(cell.row, cell.col, cell.start, cell.end)


def lay_grid(table: CleanTable, folded: str) -> Grid:
    """The grid of a table; spans that run out of it are cut."""
    places: dict[tuple[int, int], CleanCell] = {}
    for cell in table.cells:
        if not folded[cell.start : cell.end].strip():
            continue
        for row in range(cell.row, min(cell.row + cell.row_span, table.rows)):
            for col in range(cell.col, min(cell.col + cell.col_span, table.cols)):
                places.setdefault((row, col), cell)
    return Grid(folded, table.rows, table.cols, places)
