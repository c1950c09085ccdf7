"""Rows below the heads: which are data, which are groups (`一、经济发展`), notes, totals or heads said again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from policy_commitments.extractors.table_grid import Grid, as_piece
from policy_commitments.schemas.table_mentions import CellPiece, Column

_NOTE = re.compile(r"(?:注|备注|说明|注释)[：:1-9①]|[*▲△※][^，。]{0,6}(?:为|表示|指)|[\[［〔【]\s*[\]］〕】]")
_TOTAL = re.compile(r"(?:合计|总计|小计|总分|总数|共计|总量|全[市县区省]合计)(?:（[^（）]*）)?")
_PROGRAMME = re.compile(r"20[0-9]{2}年(?!以来|底前).{0,20}(?:目标|任务|工作|重点|安排|计划|实事|指标)")
_ATTRIBUTE = re.compile(r"约束性|预期性")  # a whole row in one cell is no group
_GROUP_INDEX = re.compile(r"[一二三四五六七八九十]{1,3}[、.]?|（[一二三四五六七八九十]{1,3}）")
_CUMULATIVE_NOTE = re.compile(
    r"(?:[\[［〔【][^。；]{0,8}[\]］〕】]|[*▲△※]|带[^。；]{1,6}(?:号|的))[^。；]{0,12}累计"
)


_BARE_GROUP = 3  # number, name and points


@dataclass(frozen=True, slots=True)
class DataRow:
    """A row of data under the group row that stands above it (None without one); `heads` for a group row that holds more cells."""

    row: int
    group: CellPiece | None
    heads: bool = False


def data_rows(grid: Grid, head_rows: int, columns: tuple[Column, ...]) -> Iterator[DataRow]:
    """Rows that hold data, top to bottom."""
    group: CellPiece | None = None
    heads = _head_wordings(grid, head_rows)
    for row in range(head_rows, grid.rows):
        begun = grid.begun(row)
        wording = tuple(grid.text(cell) for cell in begun)
        if not begun or wording in heads or _NOTE.match(wording[0]):
            continue
        found = _group_of(grid, row, columns)
        if found is None:
            yield DataRow(row, group)
            continue
        group = found
        if len(begun) > _BARE_GROUP:
            yield DataRow(row, group, heads=True)


def _head_wordings(grid: Grid, head_rows: int) -> set[tuple[str, ...]]:
    said = (tuple(grid.text(cell) for cell in grid.begun(row)) for row in range(head_rows))
    return {wording for wording in said if wording}


def _group_of(grid: Grid, row: int, columns: tuple[Column, ...]) -> CellPiece | None:
    """The one cell of a group row, or the name beside 一、 in a row that holds nothing else but a figure."""
    cells = [cell for cell in grid.begun(row) if grid.said(row, cell.col)]
    covered = sum(grid.at(row, col) is not None and grid.own(row, col) is None for col in range(grid.cols))
    to_the_end = len(cells) == 1 and covered == cells[0].col and cells[0].col + cells[0].col_span == grid.cols and cells[0].col_span > 1
    if len(cells) == 1 and (covered == 0 or to_the_end) and _ATTRIBUTE.search(grid.text(cells[0])) is None:
        only = cells[0]
        wide = only.col_span * 2 > grid.cols
        return as_piece(only) if wide or only.col <= 1 else None
    first = grid.text(cells[0]) if cells else ""
    if len(cells) > 1 and columns[cells[0].col].role == "index" and _heads_group(grid, row, cells[0].col, first):
        return as_piece(cells[1])
    if 2 <= len(cells) <= 3 and columns[cells[0].col].role == "index" and _GROUP_INDEX.fullmatch(first):
        rest = [columns[cell.col].role for cell in cells[2:]]
        return as_piece(cells[1]) if all(role in ("score", "amount") for role in rest) else None
    return None


def _heads_group(grid: Grid, row: int, col: int, number: str) -> bool:
    """`三、` in the column of numbers over a row that is numbered 8 there."""
    return _GROUP_INDEX.fullmatch(number) is not None and re.fullmatch(r"[0-9]{1,3}[.、]?", grid.said(row + 1, col)) is not None


def dates_programme(group: str) -> bool:
    """`一、2025年经济社会发展的主要预期目标`: the year in which the rows below are due."""
    return _PROGRAMME.search(group) is not None


def is_total(text: str) -> bool:
    """合计, 总计（万元） …"""
    return _TOTAL.fullmatch(text) is not None


def notes_say_cumulative(folded: str, start: int, end: int) -> bool:
    """A note such as `注：[ ]内为五年累计数` or `带*的为累计数` in folded[start:end]."""
    return _CUMULATIVE_NOTE.search(folded, start, end) is not None
