"""Tables in clean text: each cell on a line of its own, head rows that a page break repeats left out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from policy_commitments.extractors.agency_lists import is_name_list
from policy_commitments.pipeline.clean_text import CleanText
from policy_commitments.schemas.clean import CleanCell, CleanTable, Furniture
from policy_commitments.schemas.source import Cell, Source, Table

_FIGURE = re.compile(r"[≥≤<>＞＜约]{0,2}\s?[0-9][0-9,.]*\s?(?:%|％|‰)?[^，。；\s0-9]{0,4}")  # 97.7%, ≥80, 85%以上
_FEWEST_HEADS = 2  # cells of a row that make it a head


def add_table(source: Source, table: Table, clean: CleanText) -> list[Furniture]:
    """Append the cells of a table; returns the head rows left out."""
    repeated = _repeated_heads(source.text, table)
    apart = _lined_cells(source.text, table)
    cells: list[CleanCell] = []
    dropped: list[Furniture] = []
    first = None
    for cell in sorted(table.cells, key=lambda one: (one.start, one.row, one.col)):
        lined = (cell.row, cell.col) in apart
        segments = list((_parts if lined else _lines)(source.text, cell))
        if not segments:
            continue
        if cell.row in repeated:
            dropped.append(Furniture(segments[0][0], segments[-1][1], "repeated_head"))
            continue
        names = not lined and is_name_list(source.text[cell.start : cell.end])
        start, end = clean.add_line(segments, names=names, apart=lined)
        first = start if first is None else first
        cells.append(CleanCell(cell.row, cell.col, start, end, cell.row_span, cell.col_span))
    at = clean.length if first is None else first
    clean.tables.append(CleanTable(table.index, at, clean.length, table.rows, table.cols, tuple(cells)))
    return dropped


def _lined_cells(text: str, table: Table) -> set[tuple[int, int]]:
    """Cells that print several indicators line by line (or apart): figures in two of a row, and as many names or one over them."""
    rows: dict[int, list[tuple[Cell, list[str]]]] = defaultdict(list)
    for cell in table.cells:
        parts = text[cell.start : cell.end].split()
        if cell.row_span == 1 and len(parts) > 1:
            rows[cell.row].append((cell, parts))
    found: set[tuple[int, int]] = set()
    for cells in rows.values():
        figures = [(cell, len(parts)) for cell, parts in cells if all(map(_FIGURE.fullmatch, parts))]
        counts = {count for _, count in figures}
        named = [cell for cell, parts in cells if not any(map(_FIGURE.fullmatch, parts)) and _name(parts, counts)]
        if len(counts) == 1 and len(named) == 1:
            found.update((cell.row, cell.col) for cell in (*named, *(cell for cell, _ in figures)))
    return found


def _name(parts: Sequence[str], counts: set[int]) -> bool:
    """As many names as figures, or one more where 其中 divides it into the others."""
    return len(parts) in counts or (len(parts) - 1 in counts and parts[1].startswith("其中"))


def _parts(text: str, cell: Cell) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"\S+", text[cell.start : cell.end]):
        yield cell.start + match.start(), cell.start + match.end()


def _lines(text: str, cell: Cell) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^\n\f\r]+", text[cell.start : cell.end]):
        piece = match.group()
        bare = piece.strip()
        if bare:
            start = cell.start + match.start() + piece.index(bare[0])
            yield start, start + len(bare)


def _repeated_heads(text: str, table: Table) -> set[int]:
    """Rows that say what the first row, or the first two, say."""
    rows: dict[int, list[Cell]] = defaultdict(list)
    for cell in table.cells:
        rows[cell.row].append(cell)
    heads = {_said(text, rows[row]) for row in sorted(rows)[:2]}
    head = _said(text, rows[min(rows)]) if rows else ()
    if len(head) < _FEWEST_HEADS or any(any(char.isdigit() for char in said) and len(said) < 4 for said in head):
        return set()
    found = {row for row in sorted(rows)[1:] if _said(text, rows[row]) == head}
    second = heads - {head}
    return found | {row + 1 for row in found if row + 1 in rows and _said(text, rows[row + 1]) in second and len(_said(text, rows[row + 1])) > 1}


def _said(text: str, cells: Sequence[Cell]) -> tuple[str, ...]:
    said = ("".join(text[cell.start : cell.end].split()) for cell in sorted(cells, key=lambda one: one.col))
    return tuple(one for one in said if one)
