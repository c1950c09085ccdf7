"""Where printed cells stand in their grid: a flattened table has lost its merged cells, e.g. a lone `类别` over six rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from policy_commitments.schemas.frozen import frozen
from policy_commitments.schemas.source import Cell

_TOTAL = re.compile(r"(?:合|总|小)\s*计|总\s*数")
_FIGURE_HEAD = re.compile(r"(?:19|20)\d{2}\s*年|目标值|基期|现状")
_FIGURE_CELL = re.compile(r"^\W*\d[\d.,]*\D{0,6}$|^\W*\d[\d.,]*[-—:：]\d|全覆盖|^\s*[-—/]+\s*$")
_CLASS_HEAD = re.compile(r"属\s*性|性\s*质")
_CLASS_CELL = re.compile(r"约束|预期|定[性量]")


@frozen
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


def place(rows: Sequence[Sequence[Slot]], columns: int, text: str = "") -> tuple[Cell, ...]:
    """Cells in their grid. Empty fields at a row's start continue the cell above; a row of one field spans all.

    `text` helps to see which head is the wide one where a row of heads has fewer fields than the rows below.
    """
    above: list[_Placed | None] = [None] * columns
    heads: list[int] = []
    cells: list[_Placed] = []
    for r, row in enumerate(rows):
        below = rows[r + 1] if r + 1 < len(rows) else ()
        widths = _widths(row, below, columns)
        if r == 0 and text and 1 < len(row) < columns:
            widths = heads = _under_heads(text, rows, columns, widths)
        elif len(row) == len(heads) < columns:
            widths = heads
        elif 1 < len(row) < columns and _TOTAL.match(text, row[0].start, row[0].end) is not None:
            widths = [1 + columns - len(row)] + [1] * (len(row) - 1)
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


def _under_heads(text: str, rows: Sequence[Sequence[Slot]], columns: int, usual: list[int]) -> list[int]:
    """Widths of the first row by the first full row; a second row of heads (it begins with empty fields) decides itself."""
    for k, row in enumerate(rows[1:5], 1):
        if len(row) == columns:
            return usual if k == 1 and row[0].empty else _fitting(text, rows[0], row, usual)
    return usual


def _fitting(text: str, row: Sequence[Slot], below: Sequence[Slot], usual: list[int]) -> list[int]:
    """The widths under which most heads stand over what they announce: 2025年 over a figure, 属性 over 约束性."""
    spare = len(below) - len(row)
    tried = [usual, *([1 + spare * (k == wide) for k in range(len(row))] for wide in range(len(row)))]
    return max(tried, key=lambda widths: _fit(text, row, below, widths))


def _fit(text: str, row: Sequence[Slot], below: Sequence[Slot], widths: list[int]) -> int:
    fitting, col = 0, 0
    for slot, width in zip(row, widths, strict=True):
        head, cell = text[slot.start : slot.end], text[below[col].start : below[col].end]
        if width == 1:
            fitting += _announces(head, cell)
        col += width
    return fitting


def _announces(head: str, cell: str) -> int:
    if _FIGURE_HEAD.search(head) is not None:
        return 1 if _FIGURE_CELL.search(cell) is not None else -1
    if _CLASS_HEAD.search(head) is not None:
        return 1 if _CLASS_CELL.search(cell) is not None else -1
    return 0


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
