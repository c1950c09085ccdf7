"""Where printed cells stand in their grid: a flattened table has lost its merged cells, e.g. a lone `类别` over six rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policy_commitments.schemas.source import Cell


@dataclass(frozen=True, slots=True)
class Slot:
    """One printed field at text[start:end]; start == end where it is empty."""

    start: int
    end: int

    @property
    def empty(self) -> bool:
        """Nothing printed."""
        return self.start == self.end


@dataclass(slots=True)
class _Placed:
    row: int
    col: int
    slot: Slot
    row_span: int = 1
    col_span: int = 1


def place(rows: Sequence[Sequence[Slot]], columns: int) -> tuple[Cell, ...]:
    """Cells in their grid. Empty fields at a row's start continue the cell above; a row of one field spans all."""
    above: list[_Placed | None] = [None] * columns
    cells: list[_Placed] = []
    for r, row in enumerate(rows):
        widths = _widths(row, rows[r + 1] if r + 1 < len(rows) else (), columns)
        above = _one_row(r, row, widths, above, cells)
    return tuple(Cell(one.row, one.col, one.slot.start, one.slot.end, one.row_span, one.col_span) for one in cells)


def _one_row(
    r: int, row: Sequence[Slot], widths: list[int], above: list[_Placed | None], cells: list[_Placed]
) -> list[_Placed | None]:
    here: list[_Placed | None] = [None] * len(above)
    col, leading = 0, any(not slot.empty for slot in row)
    for slot, width in zip(row, widths, strict=True):
        over = above[col]
        leading = leading and slot.empty
        if leading and over is not None and over.col_span == width < len(above):
            over.row_span = r - over.row + 1
            here[col] = over
        elif not slot.empty:
            here[col] = _Placed(r, col, slot, col_span=width)
            cells.append(here[col])  # type: ignore[arg-type]
        col += width
    return here


def _widths(row: Sequence[Slot], below: Sequence[Slot], columns: int) -> list[int]:
    """Columns that each field of a row covers.

    A head of few fields over a full row (`序号 | 医疗机构 | 重点专科` over `- | - | 国家级 | 省级 | 市级`): as many
    fields as the row below leaves empty are one wide, the others share the rest.
    """
    missing = columns - len(row)
    if missing <= 0:
        return [1] * len(row)
    kept = 0
    if len(below) == columns:
        while kept < len(row) - 1 and below[kept].empty:
            kept += 1
    if kept == 0 and len(row) > 1:
        kept = len(row) - 1
    wide = len(row) - kept
    share, rest = divmod(columns - kept, wide)
    return [1] * kept + [share + (1 if k >= wide - rest else 0) for k in range(wide)]
