"""What a table says, e.g. `指标 | 2020年现状 | 2025年目标 | 属性` or `重点任务 | 工作措施 | 牵头单位 | 完成时限`.

The kind of table is decided in `table_kinds`; rows are read in `table_indicators` and `table_tasks`.
Converts nothing; numbers, dates and agencies inside the cells are read by whoever asks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from policy_commitments.extractors.table_columns import settle_columns
from policy_commitments.extractors.table_grid import Grid, lay_grid
from policy_commitments.extractors.table_heads import head_text, measure_of, read_heads
from policy_commitments.extractors.table_indicators import Layout, lay_out, target_rows
from policy_commitments.extractors.table_kinds import decide_kind, names_owners
from policy_commitments.extractors.table_panels import panels
from policy_commitments.extractors.table_rows import notes_say_cumulative
from policy_commitments.extractors.table_tasks import duty_rows, task_rows
from policy_commitments.schemas.clean import CleanTable
from policy_commitments.schemas.mentions import Span
from policy_commitments.schemas.table_mentions import (
    Column,
    TableReading,
    TargetRow,
    TaskRow,
    UnreadCell,
)

_UNIT_LINE = re.compile(r"(?:单位|面积|数量|金额|长度)：\s*([^，。；\s）)、]{1,12})(?:、\s*([^，。；\s）)、]{1,12}))?")
_YEAR = re.compile(r"(?:到|至)?((?:19|20)[0-9]{2})年(?:末|底)?(?![0-9]{1,2}月)")
_PLAN_WORDS = re.compile(r"目标|任务|计划|规划|指标")
_CONTINUED = re.compile(r"\s*[（(]?续表?[0-9一二三四五六七八九十]{0,2}[)）]?\s*")
_YEARLY_SUM = re.compile(r"(?:(?:20[0-9]{2}年|年|本年|今年|当年)度?)(?:拟|计划|预计|目标)*(?:完成|安排)?(?:计划)?投资(?:额|计划|目标|任务)?(?:[（(].*)?")
_BUILT = re.compile(r"重点项目|重点工程|重大项目|重大工程|建设内容|建设任务|主要内容|工程内容|主要任务|重点任务|建设重点")  # 类别 | 重点项目: promises, and no tasks
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
    kind, columns = decide_kind(grid, head_rows, columns, caption)
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


def caption_spans(folded: str, tables: Sequence[CleanTable], paragraphs: Sequence[Span]) -> list[Span]:
    """Captions of all tables, in text order; none reaches over the table before."""
    ends = [0, *(table.end for table in tables)]
    return [caption_span(folded, table, paragraphs, after) for table, after in zip(tables, ends, strict=False)]


def caption_span(folded: str, table: CleanTable, paragraphs: Sequence[Span], after: int = 0) -> Span:
    """The one to three short paragraphs just above the table (title, 单位：万元), none of them before `after`."""
    start = table.start
    last = bisect_right(paragraphs, (table.start, table.start))
    for begin, stop in reversed(paragraphs[:last]):
        if begin < after or table.start - begin > _BEHIND:
            break
        if stop > start:
            continue
        if stop - begin > 60 or folded[stop - 1 : stop] in "。；":
            break
        start = begin
        if table.start - start > 120:
            break
    return start, table.start


def _filled(grid: Grid, table: CleanTable, reading: TableReading, caption: str) -> TableReading:
    """The reading with its rows."""
    if reading.kind in ("indicator", "count"):
        return _with_targets(grid, table, reading, caption)
    if reading.kind == "task":
        found = _with_sums(grid, table, reading, caption)
        kept = tuple(column for column in reading.columns if column.index not in _year_goals(reading))
        return _with_tasks(found, task_rows(grid, reading.head_rows, kept))
    if reading.kind == "duty":
        return _with_tasks(reading, duty_rows(grid, reading.head_rows, reading.columns))
    if reading.kind == "list":
        priced = _with_targets(grid, table, _as_prices(reading), caption) if _is_priced(reading) else reading
        if names_owners(reading.columns):
            return replace(reading, unread=(_untasked(grid, table, reading),))
        return _with_tasks(replace(priced, columns=reading.columns), _listed(grid, reading))
    if reading.kind == "unknown":
        hint = "the table's heads say neither indicators nor tasks; add their wording to table_heads.yml"
        return replace(reading, unread=(UnreadCell("table_unread", table.start, table.end, hint),))
    return reading


def _untasked(grid: Grid, table: CleanTable, reading: TableReading) -> UnreadCell:
    heads = " | ".join(head_text(grid, column.head) for column in reading.columns)
    hint = f"agencies or dates stand beside nothing that is to be done under {heads}; add the wording to table_heads.yml"
    return UnreadCell("table_unread", table.start, table.end, hint)


def _with_tasks(reading: TableReading, rows: Iterable[TaskRow | UnreadCell]) -> TableReading:
    found = list(rows)
    tasks = tuple(one for one in found if isinstance(one, TaskRow))
    return replace(reading, tasks=tasks, unread=(*reading.unread, *(one for one in found if isinstance(one, UnreadCell))))


def _with_sums(grid: Grid, table: CleanTable, reading: TableReading, caption: str) -> TableReading:
    """`项目名称 | … | 总投资 | 2024年计划投资（万元）`: what is to be spent on each project in the year; a total describes the project."""
    sums = {column.index for column in reading.columns if column.role == "amount" and _YEARLY_SUM.fullmatch(head_text(grid, column.head))}
    years = _year_goals(reading)
    if years:  # 重点任务 | 2024年 | 2025年 | 责任单位
        dated = tuple(column for column in reading.columns if column.index in years or column.role in ("index", "task", "category"))
        goals = _with_targets(grid, table, replace(reading, kind="indicator", columns=dated), caption)
        reading = replace(reading, targets=goals.targets, unread=goals.unread)
    if not sums:
        return reading
    kept = (column for column in reading.columns if column.index in sums or column.role in ("index", "task", "category"))
    columns = tuple(replace(column, role="target") if column.index in sums else column for column in kept)
    found = _with_targets(grid, table, replace(reading, kind="list", columns=columns), caption)
    return replace(reading, targets=(*reading.targets, *found.targets), unread=(*reading.unread, *found.unread))


def _year_goals(reading: TableReading) -> set[int]:
    """Columns of goals for one year each, two or more, beside tasks."""
    years = {column.index: column.year for column in reading.columns if column.role == "target" and column.year}
    return set(years) if reading.kind == "task" and len(set(years.values())) > 1 else set()


def _with_targets(grid: Grid, table: CleanTable, reading: TableReading, caption: str) -> TableReading:
    found = [row for columns in panels(reading.columns) for row in _target_rows(grid, table, replace(reading, columns=columns), caption)]
    noted = notes_say_cumulative(grid.folded, table.start, min(table.end + 200, len(grid.folded)))
    targets = [replace(one, cumulative=True) if noted and _is_marked(grid, one) else one for one in found if isinstance(one, TargetRow)]
    if reading.kind == "list":
        targets = [replace(one, form="money") for one in targets]
    targets.sort(key=lambda one: one.row)
    return replace(reading, targets=tuple(targets), unread=tuple(one for one in found if isinstance(one, UnreadCell)))


def _target_rows(
    grid: Grid, table: CleanTable, reading: TableReading, caption: str
) -> Iterator[TargetRow | UnreadCell]:
    titles = "\n".join(grid.text(cell) for row in range(reading.head_rows) for cell in grid.begun(row) if cell.col_span == grid.cols)
    layout = _captioned(lay_out(grid, reading.head_rows, reading.columns), grid.folded, table, caption)
    unit = _UNIT_LINE.search(titles)  # 单位：亿元 in a row over the heads
    layout.caption_measures = layout.caption_measures or _line_measures(unit)
    layout.counts, layout.priced = reading.kind == "count", reading.kind == "list"
    if layout.names:
        yield from target_rows(grid, reading.head_rows, reading.columns, layout)


def _captioned(layout: Layout, folded: str, table: CleanTable, caption: str) -> Layout:
    """The layout with measure and date of the caption (`单位：万元`, `2025年主要目标`)."""
    at = folded.rfind(caption, max(table.start - _BEHIND, 0), table.start) if caption else -1
    unit = _UNIT_LINE.search(caption)
    layout.caption = caption
    layout.caption_measures = _line_measures(unit)
    year = _YEAR.search(caption) if _PLAN_WORDS.search(caption) else None
    if year is not None and at >= 0:
        layout.caption_date = (at + year.start(), at + year.end())
    return layout


def _line_measures(unit: re.Match[str] | None) -> tuple[str, ...]:
    """The measures of `单位：万亩、万株`."""
    return () if unit is None else tuple(found for text in unit.groups() if text and (found := measure_of(text)))


def _is_marked(grid: Grid, row: TargetRow) -> bool:
    return re.search(r"[*▲△※]", grid.text(row.indicator[-1]) + grid.text(row.target)) is not None


def _listed(grid: Grid, reading: TableReading) -> Iterator[TaskRow | UnreadCell]:
    """Rows of an assessment table that name who is responsible."""
    roles = {column.role for column in reading.columns}
    if roles & {"lead", "responsible", "support"} and roles & {"task", "content", "indicator", "duty"}:
        yield from task_rows(grid, reading.head_rows, reading.columns)
    elif roles <= {"index", "category", "label", "task", "content"} and roles & {"task", "content"} and roles & {"category", "label"} and _BUILT.search(_heads(grid, reading)):
        named = [replace(one, role="task") if one.role in ("category", "label") else replace(one, role="content") if one.role == "task" else one for one in reading.columns]
        yield from (replace(row, is_task=False) if isinstance(row, TaskRow) else row for row in task_rows(grid, reading.head_rows, tuple(named)))


def _heads(grid: Grid, reading: TableReading) -> str:
    return "".join(head_text(grid, column.head) for column in reading.columns)


def _is_priced(reading: TableReading) -> bool:
    """`补助标准`, `奖励标准`, `收费标准`, and no points."""
    roles = {column.role for column in reading.columns}
    return "money" in roles and "score" not in roles


def _as_prices(reading: TableReading) -> TableReading:
    columns = tuple(replace(column, role="target") if column.role == "money" else column for column in reading.columns)
    return replace(reading, columns=columns)
