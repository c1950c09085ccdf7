"""The grid of an HTML table with rowspan and colspan, and whether it is a table of data (HTML5, 4.9.12)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from policy_commitments.pipeline.read.assembly import GridCell, one_line
from policy_commitments.pipeline.read.html_nodes import BLOCK_TAGS, element_children, events, is_unseen
from policy_commitments.pipeline.read.layout import is_layout

_BLANKS = re.compile(r"[ \t\n\r\f]+")
_SECTIONS = frozenset(("thead", "tbody", "tfoot"))
_MOST_COLUMNS = 1000  # HTML5 limits colspan to 1000
_MOST_ROWS = 65_534  # and rowspan to 65534


@dataclass(slots=True)
class HtmlGrid:
    """A table of data: cells with their text on one line, and its caption."""

    cells: list[GridCell]
    rows: int
    columns: int
    caption: str


def data_grid(table: LexborNode) -> HtmlGrid | None:
    """The table as a grid; None where it only lays out a page or holds another table."""
    if _holds_table(table):
        return None
    rows = list(_rows(table))
    placed = list(_placed(rows))
    columns = max((col + width for _, col, _, width, _ in placed), default=0)
    texts = [_cell_lines(node) for *_, node in placed]
    if is_layout(columns, texts, nested=False):
        return None
    cells = [
        GridCell(row, col, one_line(lines), min(height, len(rows) - row), width)
        for (row, col, height, width, _), lines in zip(placed, texts, strict=True)
    ]
    return HtmlGrid(cells, len(rows), columns, _caption(table))


def _holds_table(table: LexborNode) -> bool:
    inner = table.css_first("td table, th table")
    return inner is not None and inner.mem_id != table.mem_id


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    for child in element_children(table):
        if child.tag == "tr" and not is_unseen(child):
            yield child
        elif child.tag in _SECTIONS and not is_unseen(child):
            yield from (row for row in element_children(child) if row.tag == "tr" and not is_unseen(row))


def _placed(rows: list[LexborNode]) -> Iterator[tuple[int, int, int, int, LexborNode]]:
    """(row, col, row span, col span, cell) of each cell; a cell takes the next column that no span from above covers."""
    covered: dict[int, int] = {}  # column -> first row that is free again
    for r, row in enumerate(rows):
        col = 0
        for cell in element_children(row):
            if cell.tag not in ("td", "th") or is_unseen(cell):
                continue
            while covered.get(col, 0) > r:
                col += 1
            width = _free_width(covered, r, col, _span(cell, "colspan", _MOST_COLUMNS) or 1)
            height = min(_span(cell, "rowspan", _MOST_ROWS) or len(rows), len(rows) - r)
            for k in range(col, col + width):
                covered[k] = r + height
            yield r, col, height, width, cell
            col += width


def _free_width(covered: dict[int, int], row: int, col: int, width: int) -> int:
    for k in range(col, col + width):
        if covered.get(k, 0) > row:
            return k - col
    return width


def _span(cell: LexborNode, name: str, most: int) -> int:
    """A span attribute: 1 where it is missing or no number, 0 as written (rowspan=0 is: to the end)."""
    try:
        return min(max(int(cell.attributes.get(name) or 1), 0), most)
    except ValueError:
        return 1


def _cell_lines(cell: LexborNode) -> list[str]:
    """The non-blank lines of a cell."""
    lines: list[str] = []
    current: list[str] = []
    for kind, node in events(cell):
        if kind == "text":
            current.append(node.text_content or "")
        elif node.tag == "br" or node.tag in BLOCK_TAGS:
            lines.append("".join(current))
            current = []
    lines.append("".join(current))
    collapsed = (_BLANKS.sub(" ", line).strip(" ") for line in lines)
    return [line for line in collapsed if line and not line.isspace()]


def _caption(table: LexborNode) -> str:
    for child in element_children(table):
        if child.tag == "caption" and not is_unseen(child):
            return one_line(_cell_lines(child))
    return ""
