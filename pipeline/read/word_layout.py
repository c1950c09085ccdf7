"""Word content to canonical text, for .docx and .doc alike: paragraphs line by line, tables row by row, frames undone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from policy_commitments.pipeline.read.assembly import Assembly, GridCell, Line, one_line
from policy_commitments.pipeline.read.docx_content import Item, Paragraph
from policy_commitments.pipeline.read.docx_grid import Grid, GridField
from policy_commitments.pipeline.read.layout import is_layout
from policy_commitments.schemas.source import BlockKind

_FURNITURE = frozenset(("contents",))
_PAGE_NUMBER = re.compile(r"[-—–\s]*(?:第\s*)?\d{0,4}(?:\s*页)?(?:[/\s共]*\d+\s*页?)?[-—–\s]*")


def lay_out(assembly: Assembly, items: Iterable[Item], detail: str = "") -> None:
    """Append all items; a table that only lays out the page becomes the paragraphs of its cells."""
    for item in items:
        if isinstance(item, Paragraph):
            _add_paragraph(assembly, item, detail)
        elif _lays_out(item):
            for cell in item.cells:
                lay_out(assembly, cell.content, "box")
        else:
            cells = [GridCell(c.row, c.col, _cell_text(c), c.row_span, c.col_span) for c in item.cells]
            assembly.add_table(cells, item.rows, item.columns, item.index)


def add_heads(assembly: Assembly, heads: Iterable[Iterable[Item]]) -> None:
    """Page heads and feet as furniture, each wording once."""
    seen: set[str] = set()
    for items in heads:
        for line in _lines(items):
            if line.strip() and line not in seen:
                seen.add(line)
                detail = "page_number" if _PAGE_NUMBER.fullmatch(line) else "running_head"
                assembly.add(Line(line, "furniture", detail))


def _add_paragraph(assembly: Assembly, item: Paragraph, detail: str) -> None:
    detail = item.detail or detail
    kind: BlockKind = "furniture" if detail in _FURNITURE else "text"
    generated = item.generated
    for line in item.lines:
        assembly.add_flowing(line, item.index, kind, detail, item.level, generated, item.align)
        generated = 0


def _lays_out(grid: Grid[Item]) -> bool:
    nested = any(isinstance(item, Grid) for cell in grid.cells for item in cell.content)
    texts = [[line for line in _lines(cell.content) if line.strip()] for cell in grid.cells]
    return is_layout(grid.columns, texts, nested=nested)


def _cell_text(cell: GridField[Item]) -> str:
    return one_line(list(_lines(cell.content)))


def _lines(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        if isinstance(item, Paragraph):
            yield from item.lines
        else:
            for cell in item.cells:
                yield from _lines(cell.content)
