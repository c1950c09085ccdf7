"""Rows of a task table (`重点任务 | 工作措施 | 牵头单位 | 完成时限`) and of a duty table (`部门 | 职责与任务`).

A title cell that is merged over rows, or left blank under another, makes one task of several lines; where each of these
lines has a running number and a measure of its own, the numbered lines are the tasks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from policy_commitments.extractors.quantities import extract_quantities
from policy_commitments.extractors.table_grid import Grid
from policy_commitments.extractors.table_rows import data_rows, dates_programme, is_total
from policy_commitments.schemas.mentions import AgencyRole
from policy_commitments.schemas.table_mentions import (
    AgencyCell,
    CellPiece,
    Column,
    TaskLine,
    TaskRow,
    UnreadCell,
)

_GLUED = "task and agencies stand in one cell, and nothing decides where the agencies begin; read it in the document"
_SCORING = re.compile(r".{0,6}(?:奖扣分|加减分|加分|扣分|附加分|奖励分|一票否决)(?:项目?|事项|内容)?")
_STAGE = re.compile(r"(?:[0-9]{1,2}月|季度|[上下]半年).*(?:计划|目标|安排|任务|节点|打算|措施|内容)")
_GOAL = re.compile(r"(?:到|至)?20[0-9]{2}年(?:底|末|度)?(?:主要|工作|预期|发展|建设|任务)?(?:目标|指标|目标任务|任务目标|计划)(?:（[^）]*）)?")
_ROLES: dict[str, AgencyRole] = {
    "lead": "lead",
    "responsible": "responsible",
    "support": "support",
    "owner": "responsible",
    "place": "responsible",
}


def task_rows(grid: Grid, head_rows: int, columns: tuple[Column, ...]) -> Iterator[TaskRow | UnreadCell]:
    """Tasks of a task table, each with its printed rows."""
    title, contents = _title_and_contents(columns)
    deadline = next((column for column in columns if column.role == "deadline"), None)
    agencies = [column for column in columns if column.role in ("lead", "responsible", "support", "owner")]
    measure = _numbered_measure(grid, head_rows, columns, title, contents)
    if measure is None:
        yield from _gathered(grid, head_rows, columns, title, contents, deadline, agencies)
        return
    for found in _gathered(grid, head_rows, columns, measure, [], deadline, agencies):
        upper = None if isinstance(found, UnreadCell) else grid.piece(found.title.row, title.index)
        yield found if isinstance(found, UnreadCell) or upper is None else replace(found, group=grid.text(upper), upper=grid.text(upper))


def _numbered_measure(
    grid: Grid, head_rows: int, columns: tuple[Column, ...], title: Column, contents: list[Column]
) -> Column | None:
    """`序号 | 工作任务 | 具体举措` with tasks merged over rows: the column of measures, one in each numbered row."""
    index = next((column for column in columns if column.role == "index"), None)
    if index is None or title.role != "task":
        return None
    rows = [data.row for data in data_rows(grid, head_rows, columns) if not data.heads]
    if all(grid.own(row, title.index) is not None for row in rows):
        return None
    own = [column for column in contents if column.role == "content" and column.index > title.index and _in_each(grid, rows, column)]
    return own[0] if len(own) == 1 and _in_each(grid, rows, index) else None


def _in_each(grid: Grid, rows: list[int], column: Column) -> bool:
    """Every row has a cell of its own in this column."""
    return all(grid.own(row, column.index) is not None and grid.piece(row, column.index) is not None for row in rows)


def duty_rows(grid: Grid, head_rows: int, columns: tuple[Column, ...]) -> Iterator[TaskRow | UnreadCell]:
    """Owners of a duty table with their duties."""
    owner = next(column for column in columns if column.role in ("owner", "responsible", "place"))
    duties = [column for column in columns if column.role in ("duty", "content", "task")]
    yield from _gathered(grid, head_rows, columns, owner, duties, None, [owner])


def _is_glued(grid: Grid, row: int, title: Column, agencies: list[Column]) -> bool:
    """One cell holds the task and its agencies: where the first of them begins was not to be told."""
    cell = grid.at(row, title.index)
    return cell is not None and any(
        column is not title and cell.col <= column.index < cell.col + cell.col_span for column in agencies
    )


def _title_and_contents(columns: tuple[Column, ...]) -> tuple[Column, list[Column]]:
    """The title is the last column of tasks; without one the first of indicators or contents; prose columns follow it."""
    tasks = [column for column in columns if column.role == "task"]
    prose = [column for column in columns if column.role in ("content", "indicator", "target", "duty", "label")]
    if tasks:
        return tasks[-1], prose
    first = next(column for role in ("indicator", "content", "duty", "label") for column in prose if column.role == role)
    return first, [column for column in prose if column is not first]


def _gathered(
    grid: Grid,
    head_rows: int,
    columns: tuple[Column, ...],
    title: Column,
    contents: list[Column],
    deadline: Column | None,
    agencies: list[Column],
) -> Iterator[TaskRow | UnreadCell]:
    current: CellPiece | None = None
    group: CellPiece | None = None
    lines: list[TaskLine] = []
    for data in data_rows(grid, head_rows, columns):
        named = grid.piece(data.row, title.index)
        if named is not None and is_total(grid.text(named)):
            continue
        if named is not None and _is_glued(grid, data.row, title, agencies):
            yield UnreadCell("table_cells_glued", named.start, named.end, _GLUED)
            continue
        if named is not None and (data.heads or _SCORING.fullmatch(grid.text(named))):
            line = _line(grid, data.row, title, contents, None, agencies, [])
            yield TaskRow(named, grid.text(group), (replace(line, contents=()),), is_task=False)
            continue
        if named is not None and named != current:
            if current is not None:
                yield TaskRow(current, grid.text(group), tuple(lines))
            current, group, lines = named, data.group, []
        if current is not None:
            line = _line(grid, data.row, title, contents, deadline, agencies, lines)
            lines.append(replace(line, programme=data.group if dates_programme(grid.text(data.group)) else None))
    if current is not None:
        yield TaskRow(current, grid.text(group), tuple(lines))


def _line(
    grid: Grid,
    row: int,
    title: Column,
    contents: list[Column],
    deadline: Column | None,
    agencies: list[Column],
    earlier: list[TaskLine],
) -> TaskLine:
    columns = [column for column in contents or (title,) if grid.own(row, column.index) is not None]
    cells = [(piece, column) for column in columns if (piece := grid.piece(row, column.index)) is not None]
    prose = {piece.start: piece for piece, _ in cells}
    named = {cell.piece.start for line in earlier for cell in line.agencies}
    own = _counting_title(grid, row, title, tuple(prose.values())) if contents else None
    return TaskLine(
        row=row,
        contents=(*(() if own is None else (own,)), *prose.values()),
        deadline=None if deadline is None else grid.piece(row, deadline.index),
        agencies=tuple(cell for cell in _agency_cells(grid, row, agencies) if cell.piece.start not in named),
        stages=tuple((piece.start, column.head[-1]) for piece, column in cells if _is_stage(grid, column) or (deadline is None and _is_goal(grid, column))),
    )


def _counting_title(grid: Grid, row: int, title: Column, contents: tuple[CellPiece, ...]) -> CellPiece | None:
    """A task's own cell that promises a number (`新建公办幼儿园7所`) which its contents do not print again."""
    piece = grid.piece(row, title.index)
    if piece is None or piece in contents or grid.own(row, title.index) is None:
        return None
    said = "".join(map(grid.text, contents))
    numbers = [f"{one.value_text}{one.scale}{one.measure}" for one in extract_quantities(grid.folded, piece.start, piece.end)]
    return piece if any(number not in said for number in numbers) else None


def _is_stage(grid: Grid, column: Column) -> bool:
    """`7月工作计划`, `一季度目标`: what stands below is due by then, whatever the row's own date."""
    return bool(column.head) and _STAGE.search(grid.text(column.head[-1])) is not None


def _is_goal(grid: Grid, column: Column) -> bool:
    """`2025年目标` beside the tasks, where no column says when."""
    return bool(column.head) and column.role == "target" and _GOAL.fullmatch(grid.text(column.head[-1])) is not None


def _agency_cells(grid: Grid, row: int, columns: list[Column]) -> Iterator[AgencyCell]:
    """Cells that cover the row; the caller drops one that an earlier row of the same task has named."""
    for column in columns:
        piece = grid.piece(row, column.index)
        if piece is not None:
            yield AgencyCell(piece, _ROLES[column.role])
