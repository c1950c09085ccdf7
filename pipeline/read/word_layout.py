"""Word content to canonical text, for .docx and .doc alike: paragraphs line by line, tables row by row, frames undone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from policy_commitments.pipeline.read.assembly import Assembly, GridCell, Line, one_line
from policy_commitments.pipeline.read.docx_content import Item, Paragraph
from policy_commitments.pipeline.read.docx_grid import Grid
from policy_commitments.pipeline.read.layout import is_layout
from policy_commitments.schemas.source import BlockKind

_FURNITURE = frozenset(("contents",))
_PAGE_NUMBER = re.compile(r"[-—–\s]*(?:第\s*)?\d{0,4}(?:\s*页)?(?:[/\s共]*\d+\s*页?)?[-—–\s]*")


def lay_out(assembly: Assembly, items: Iterable[Item], detail: str = "") -> None:
    """Append all items; a table that only lays out the page becomes the paragraphs of its cells."""
    for item in items:
        if isinstance(item, Paragraph):
            _add_paragraph(assembly, item, detail)
        else:
            _add_grid(assembly, item)


def _add_grid(assembly: Assembly, grid: Grid[Item]) -> None:
    texts = [list(_lines(cell.content)) for cell in grid.cells]
    if _lays_out(grid, texts):
        for cell in grid.cells:
            lay_out(assembly, cell.content, "box")
    else:
        cells = [
            GridCell(cell.row, cell.col, one_line(lines), cell.row_span, cell.col_span)
            for cell, lines in zip(grid.cells, texts, strict=True)
        ]
        assembly.add_table(cells, grid.rows, grid.columns, grid.index)


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
        assembly.add(Line(line, kind, detail, item.level, generated, item.align), item.number)
        generated = 0


def _lays_out(grid: Grid[Item], texts: Sequence[Sequence[str]]) -> bool:
    nested = any(isinstance(item, Grid) for cell in grid.cells for item in cell.content)
    filled = [[line for line in lines if line and not line.isspace()] for lines in texts]
    return is_layout(grid.columns, filled, nested=nested)


def _lines(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        if isinstance(item, Paragraph):
            yield from item.lines
        else:
            for cell in item.cells:
                yield from _lines(cell.content)
