"""What stands in the cells of a ruled table on one page: characters by place, lines of a cell joined where they wrap."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from policy_commitments.pipeline.line_places import first_word
from policy_commitments.pipeline.printed_lines import columns_of
from policy_commitments.pipeline.read.pdf_chars import PageChars
from policy_commitments.pipeline.read.pdf_grids import Region, Ruling
from policy_commitments.pipeline.read.pdf_lines import PageLine, lines_by_place
from policy_commitments.schemas.source import BBox

_PADDING = 6.0  # points between border and text: 5.4 in Word, 2-8 in browsers
_TOLERANCE = 0.7  # columns
_NAME_ENDS, _NAME_STARTS = frozenset("局委办厅"), frozenset("县市区省州旗")  # '县教育局' over '县财政局'
_NO_START = frozenset("，。、；：！？）》”〕】』」％‰%,;:!?)")


@dataclass(slots=True)
class TableCell:
    """One printed cell with its lines; positions as in `Region`; `page` (from 1) and `bbox` are those of its first part."""

    row: int
    col: int
    row_span: int
    col_span: int
    page: int
    bbox: BBox
    open_top: bool = False
    open_bottom: bool = False
    lines: list[PageLine] = field(default_factory=list)
    tail: BBox | None = None  # box of the last part, where a page broke the cell

    @property
    def text(self) -> str:
        """The text on one line."""
        return joined(self.lines, self.bbox)


@dataclass(slots=True)
class TablePart:
    """The rows of a table that stand on one page; `xs` are its column borders."""

    page: int
    bbox: BBox
    xs: list[float]
    rows: int
    cells: list[TableCell]


def table_parts(chars: PageChars, grids: Sequence[Ruling], page: int) -> list[TablePart]:
    """All grids of a page with their text."""
    owners = [_owners(grid) for grid in grids]
    edges = [grid.bbox for grid in grids]
    held: dict[tuple[int, int], list[tuple[int, BBox]]] = {}
    for k, box in _shown(chars):
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        for g, (left, top, right, bottom) in enumerate(edges):
            if top <= y < bottom and left <= x < right:
                region = owners[g][bisect_right(grids[g].ys, y) - 1][bisect_right(grids[g].xs, x) - 1]
                held.setdefault((g, region), []).append((k, box))
                break
    return [_part(chars, grid, page, {r: held[g, r] for r in range(len(grid.regions)) if (g, r) in held}) for g, grid in enumerate(grids)]


def _shown(chars: PageChars) -> list[tuple[int, BBox]]:
    box = chars.box
    return [(k, box(k)) for k, char in enumerate(chars.text) if char > " " and not char.isspace()]


def _owners(grid: Ruling) -> list[list[int]]:
    """Index of the region that covers each field."""
    owners = [[0] * (len(grid.xs) - 1) for _ in range(len(grid.ys) - 1)]
    for index, region in enumerate(grid.regions):
        for row in range(region.row, region.row + region.row_span):
            for col in range(region.col, region.col + region.col_span):
                owners[row][col] = index
    return owners


def _part(chars: PageChars, grid: Ruling, page: int, held: dict[int, list[tuple[int, BBox]]]) -> TablePart:
    """The grid with its text, without an empty stretch between it and a lone line above or below."""
    cells = [_cell(region, page, lines_by_place(chars, held.get(index, []))) for index, region in enumerate(grid.regions)]
    part = TablePart(page, grid.bbox, list(grid.xs), len(grid.ys) - 1, cells)
    for edge in (0, part.rows - 1):
        lone = [cell for cell in part.cells if cell.row == edge]
        if part.rows > 1 and len(lone) == 1 and not lone[0].lines and (lone[0].row_span, lone[0].col_span) == (1, len(grid.xs) - 1):
            _cut_row(part, lone[0])
    return part


def _cut_row(part: TablePart, empty: TableCell) -> None:
    left, top, right, bottom = part.bbox
    part.cells.remove(empty)
    part.rows -= 1
    if empty.row == 0:
        top = empty.bbox[3]
        for cell in part.cells:
            cell.row -= 1
    else:
        bottom = empty.bbox[1]
    part.bbox = (left, top, right, bottom)


def _cell(region: Region, page: int, lines: list[PageLine]) -> TableCell:
    return TableCell(
        region.row, region.col, region.row_span, region.col_span, page, region.bbox, region.open_top, region.open_bottom, lines
    )


def joined(lines: Sequence[PageLine], cell: BBox) -> str:
    """Lines of a cell on one line: nothing between a full line and the next, a blank where a line ended early."""
    pieces: list[str] = []
    for k, line in enumerate(lines):
        if k:
            before, after = lines[k - 1].text[-1:], line.text[:1]
            latin = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
            meant = after not in _NO_START and not is_full(lines[k - 1], line, cell)
            meant = meant or (before in _NAME_ENDS and after in _NAME_STARTS)
            pieces.append(" " if latin or meant else "")
        pieces.append(line.text)
    return "".join(pieces)


def is_full(line: PageLine, after: PageLine, cell: BBox) -> bool:
    """Whether the first word of the next line had no room in this line of the cell."""
    padding = min(max(line.bbox[0] - cell[0], 0.0), _PADDING)
    column = (line.bbox[2] - line.bbox[0]) / max(columns_of(line.text), 1)
    room = cell[2] - cell[0] - (line.bbox[2] - line.bbox[0]) - 2 * padding
    return room < (first_word(after.text) + _TOLERANCE) * column
