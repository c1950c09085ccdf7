"""What a table says, e.g. `指标 | 2020年现状 | 2025年目标 | 属性` or `重点任务 | 工作措施 | 牵头单位 | 完成时限`.

Decides the kind of table from its heads and values; rows are read in `table_indicators` and `table_tasks`.
Converts nothing; numbers, dates and agencies inside the cells are read by whoever asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from policy_commitments.extractors.agency_offices import is_office
from policy_commitments.extractors.table_grid import Grid, lay_grid
from policy_commitments.extractors.table_heads import (
    column_texts,
    measure_of,
    read_heads,
    settle_columns,
)
from policy_commitments.extractors.table_indicators import lay_out, target_rows
from policy_commitments.extractors.table_rows import notes_say_cumulative
from policy_commitments.extractors.table_tasks import duty_rows, task_rows
from policy_commitments.schemas.clean import CleanTable
from policy_commitments.schemas.mentions import Span
from policy_commitments.schemas.table_mentions import (
    Column,
    ColumnRole,
    TableKind,
    TableReading,
    TargetRow,
    UnreadCell,
)

_UNIT_LINE = re.compile(r"单位：\s*([^，。；\s）)、]{1,12})")
_YEAR = re.compile(r"(?:到|至)?((?:19|20)[0-9]{2})年(?:末|底)?(?![0-9]{1,2}月)")
_PLAN_WORDS = re.compile(r"目标|任务|计划|规划|指标")
_CONTINUED = re.compile(r"\s*[（(]?续表?[0-9一二三四五六七八九十]{0,2}[)）]?\s*")
_SHORT = 25
_BEHIND = 400


def read_table(
    table: CleanTable,
    folded: str,
    caption: str = "",
    issue_year: int | None = None,
    inherited: tuple[Column, ...] = (),
) -> TableReading:
    """Kind, columns and rows of one table.

    `caption` are the printed words just above it; `issue_year` tells a past year's column from a promised one;
    `inherited` are the columns of the table that this one continues, used where it has no head of its own.
    """
    grid = lay_grid(table, folded)
    if grid.cols < 2 or not grid.places:
        return TableReading(table.index, "layout", (), 0)
    head_rows, columns = read_heads(grid)
    if head_rows == 0 and len(inherited) == grid.cols:
        columns = inherited
    else:
        columns = settle_columns(grid, head_rows, columns, caption, issue_year)
    kind, columns = _kind(grid, head_rows, columns, caption)
    reading = TableReading(table.index, kind, columns, head_rows)
    return _filled(grid, table, reading, caption)


def read_tables(
    tables: Sequence[CleanTable], folded: str, captions: Sequence[str], issue_year: int | None = None
) -> list[TableReading]:
    """Readings of all tables of a document; the parts of a table that was split share its columns."""
    caption_of = dict(zip((table.index for table in tables), captions, strict=True))
    readings: list[TableReading] = []
    for group in merge_continuations(tables, folded):
        columns: tuple[Column, ...] = ()
        for table in group:
            reading = read_table(table, folded, caption_of[group[0].index], issue_year, columns)
            columns = reading.columns
            readings.append(reading)
    return readings


def merge_continuations(tables: Sequence[CleanTable], folded: str) -> list[list[CleanTable]]:
    """Tables grouped with their continuations: as many columns, and nothing but 续表 between them."""
    groups: list[list[CleanTable]] = []
    for table in tables:
        last = groups[-1][-1] if groups else None
        between = "" if last is None else folded[last.end : table.start]
        if last is not None and last.cols == table.cols and (not between.strip() or _CONTINUED.fullmatch(between)):
            groups[-1].append(table)
        else:
            groups.append([table])
    return groups


def caption_span(folded: str, table: CleanTable, paragraphs: Sequence[Span]) -> Span:
    """The one to three short paragraphs just above the table (title, 单位：万元)."""
    start = table.start
    for begin, stop in reversed(paragraphs):
        if stop > start or table.start - begin > _BEHIND:
            continue
        if stop - begin > 60 or folded[stop - 1 : stop] in "。；":
            break
        start = begin
        if table.start - start > 120:
            break
    return start, table.start


def _kind(
    grid: Grid, head_rows: int, columns: tuple[Column, ...], caption: str
) -> tuple[TableKind, tuple[Column, ...]]:
    roles = {column.role for column in columns}
    agencies = roles & {"lead", "responsible", "support"}
    if roles <= {"unknown", "label", "index"}:
        return _without_heads(grid, head_rows, columns, caption)
    if "score" in roles:
        return "list", columns
    named = roles & {"indicator", "label", "place", "task", "content", "owner"}
    if roles & {"target", "growth", "cumulative"} and named and _states_values(grid, head_rows, columns):
        return "indicator", columns
    if roles & {"task", "content"} and (agencies or "deadline" in roles):
        return "task", columns
    if roles & {"owner", "place"} and roles & {"duty", "content", "task"}:
        return ("task" if "task" in roles and "content" in roles else "duty"), columns
    if "indicator" in roles and (agencies or "deadline" in roles):
        return "task", columns
    if agencies and "duty" in roles:
        return "duty", columns
    return ("list" if roles - {"unknown", "label", "year"} else "unknown"), columns


def _states_values(grid: Grid, head_rows: int, columns: tuple[Column, ...]) -> bool:
    """Target cells are short: figures or a few words, no prose of tasks."""
    texts = [
        text
        for column in columns
        if column.role in ("target", "growth", "cumulative")
        for text in column_texts(grid, head_rows, column.index)
    ]
    return bool(texts) and sum(len(text) <= _SHORT for text in texts) * 2 >= len(texts)


def _without_heads(
    grid: Grid, head_rows: int, columns: tuple[Column, ...], caption: str
) -> tuple[TableKind, tuple[Column, ...]]:
    """Columns told by their values alone: names beside figures under a caption that plans, offices beside prose."""
    if head_rows > 0 and _PLAN_WORDS.search(caption):
        matrix = _matrix(grid, head_rows, columns)
        if matrix is not None:
            return "indicator", matrix
    guessed = tuple(replace(column, role=_guessed(grid, head_rows, column)) for column in columns)
    roles = [column.role for column in guessed]
    if "owner" in roles and "content" in roles:
        return ("duty" if roles.index("owner") < roles.index("content") else "task"), guessed
    pairs = [grid.text(grid.at(row, 0)) for row in range(grid.rows)]
    if grid.cols in (2, 4) and sum(text.endswith(("：", ":")) for text in pairs) * 2 > len(pairs):
        return "layout", columns
    return "unknown", columns


def _matrix(grid: Grid, head_rows: int, columns: tuple[Column, ...]) -> tuple[Column, ...] | None:
    """`医疗机构 | 国家级 | 省级 | 市级` with figures below: each of these columns is planned."""
    settled: list[Column] = []
    for column in columns:
        texts = list(column_texts(grid, head_rows, column.index))
        figures = bool(texts) and all(re.fullmatch(r"[≥≤<>]?[0-9.]+[^0-9]{0,4}", text) for text in texts)
        role: ColumnRole = "target" if figures and column.role != "index" else column.role
        settled.append(replace(column, role="label" if role == "unknown" else role))
    planned = sum(column.role == "target" for column in settled)
    return tuple(settled) if planned and any(column.role == "label" for column in settled) else None


def _guessed(grid: Grid, head_rows: int, column: Column) -> ColumnRole:
    texts = list(column_texts(grid, head_rows, column.index))
    if not texts:
        return "unknown"
    offices = sum(is_office(re.split(r"[、，；]", text)[0]) for text in texts)
    if offices > 0.6 * len(texts):
        return "owner"
    return "content" if sum(len(text) for text in texts) > 15 * len(texts) else column.role


def _filled(grid: Grid, table: CleanTable, reading: TableReading, caption: str) -> TableReading:
    """The reading with its rows."""
    if reading.kind == "indicator":
        return replace(reading, targets=tuple(_targets(grid, table, reading, caption)))
    if reading.kind == "task":
        return replace(reading, tasks=tuple(task_rows(grid, reading.head_rows, reading.columns)))
    if reading.kind == "duty":
        return replace(reading, tasks=tuple(duty_rows(grid, reading.head_rows, reading.columns)))
    if reading.kind == "list":
        return replace(reading, tasks=tuple(_listed(grid, reading)), targets=tuple(_priced(grid, reading, caption)))
    if reading.kind == "unknown":
        hint = "the table's heads say neither indicators nor tasks; add their wording to table_heads.yml"
        return replace(reading, unread=(UnreadCell("table_unread", table.start, table.end, hint),))
    return reading


def _targets(grid: Grid, table: CleanTable, reading: TableReading, caption: str) -> Iterator[TargetRow]:
    layout = lay_out(reading.columns)
    if not layout.names:
        return
    folded = grid.folded
    at = folded.rfind(caption, max(table.start - _BEHIND, 0), table.start) if caption else -1
    unit = _UNIT_LINE.search(caption)
    layout.caption_measure = measure_of(unit.group(1)) if unit is not None else ""
    year = _YEAR.search(caption) if _PLAN_WORDS.search(caption) else None
    if year is not None and at >= 0:
        layout.caption_date = (at + year.start(), at + year.end())
    noted = notes_say_cumulative(folded, table.start, min(table.end + 200, len(folded)))
    for row in target_rows(grid, reading.head_rows, reading.columns, layout):
        marked = re.search(r"[*▲△※]", grid.text(row.indicator[-1]) + grid.text(row.target)) is not None
        yield replace(row, cumulative=True) if noted and marked else row


def _listed(grid: Grid, reading: TableReading) -> Iterator:  # type: ignore[type-arg]
    """Rows of an assessment table that name who is responsible."""
    roles = {column.role for column in reading.columns}
    if roles & {"lead", "responsible", "support"} and roles & {"task", "content", "indicator", "duty"}:
        yield from task_rows(grid, reading.head_rows, reading.columns)


def _priced(grid: Grid, reading: TableReading, caption: str) -> Iterator[TargetRow]:
    """Rows under 补助标准, 奖励标准, 收费标准."""
    if not any(column.role == "money" for column in reading.columns) or any(column.role == "score" for column in reading.columns):
        return
    columns = tuple(replace(column, role="target") if column.role == "money" else column for column in reading.columns)
    layout = lay_out(columns)
    if not layout.names:
        return
    unit = _UNIT_LINE.search(caption)
    layout.caption_measure = measure_of(unit.group(1)) if unit is not None else ""
    for row in target_rows(grid, reading.head_rows, columns, layout):
        yield replace(row, form="money")
