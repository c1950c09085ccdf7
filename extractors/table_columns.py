"""Roles of columns that the values below their heads decide: 单位 (measures or agencies), bare years, heads without a word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from policy_commitments.extractors.agency_offices import is_office
from policy_commitments.extractors.table_grid import Grid
from policy_commitments.extractors.table_heads import (
    LONGEST_HEAD,
    PLAN,
    are_figures,
    column_texts,
    measure_of,
)
from policy_commitments.schemas.table_mentions import Column, ColumnRole

_SCORING = re.compile(r"[扣加得计记][^，。；]{0,4}[0-9.]+分|扣完为止|不得分|扣减")
_MEASURED = re.compile(r"[每%率比数（(/]|(?<!质)量")  # what a name of a group does not hold
_PLACE = re.compile(r"[一-鿿]{1,8}(?:街道|社区|[镇乡村县区市旗州盟]|合计|总计)(?:（[^）]*）)?")
_DATED = re.compile(r"(?:20[0-9]{2}年|今年|[0-9]{1,2}月|[一二三四]季度|年)[^，。；]{0,10}(?:前|底|末|完成)")


def settle_columns(grid: Grid, head_rows: int, columns: tuple[Column, ...], caption: str, issue_year: int | None) -> tuple[Column, ...]:
    """Roles that the values below decide: 单位 (measures or agencies), columns of bare years, heads without a word."""
    columns = tuple(_numbered(grid, head_rows, column, columns) for column in columns)
    scores = sum(column.role == "score" for column in columns)
    columns = tuple(_standard(grid, head_rows, column) if scores > 1 else column for column in columns)
    settled = [_past(grid, head_rows, _by_values(grid, head_rows, column), issue_year) for column in columns]
    return tuple(_dated(settled, caption, issue_year))


def _by_values(grid: Grid, head_rows: int, column: Column) -> Column:
    if column.role not in ("measure", "unknown", "label", "attribute", "duty", "task", "content"):
        return column
    texts = list(column_texts(grid, head_rows, column.index))
    if column.role == "measure" and texts:
        offices = sum(is_office(re.split(r"[、，\n]", text)[0]) for text in texts)
        if offices * 2 > len(texts):
            return replace(column, role="owner")
        places = sum(_PLACE.fullmatch(text) is not None and not measure_of(text) for text in texts)
        return replace(column, role="place") if places * 2 > len(texts) else column  # 单位 over 城关镇, 开发区
    if column.role in ("task", "content", "duty") and texts and are_figures(texts):
        return replace(column, role="target")  # 新种任务（亩） over 2150
    if column.role == "unknown" and texts:
        return replace(column, role=_typed(texts))
    return column


def _numbered(grid: Grid, head_rows: int, column: Column, columns: tuple[Column, ...]) -> Column:
    """Running numbers, or groups over several rows, under a head that they share with the names: `指标` over `1 | 森林覆盖率`."""
    shared = [other for other in columns if other.head and other.head == column.head]
    if len(shared) < 2 or column is shared[-1] or column.role not in ("indicator", "task", "label"):
        return column
    texts = list(column_texts(grid, head_rows, column.index))
    if texts and _typed(texts) == "index":
        return replace(column, role="index")
    cells = [cell for row in range(head_rows, grid.rows) if (cell := grid.own(row, column.index)) is not None and cell.col_span == 1]
    groups = [cell for cell in cells if cell.row_span > 1 and not _MEASURED.search(grid.text(cell))]
    return replace(column, role="category") if groups and len(groups) == len(cells) else column


def _standard(grid: Grid, head_rows: int, column: Column) -> Column:
    """考核标准 beside 分值 says what is to be done, unless it says how points are taken off."""
    texts = list(column_texts(grid, head_rows, column.index))
    if column.role != "score" or not texts or sum(map(len, texts)) < LONGEST_HEAD * len(texts) / 2:
        return column
    scoring = sum(_SCORING.search(text) is not None for text in texts)
    return column if scoring * 3 > len(texts) else replace(column, role="content")


def _past(grid: Grid, head_rows: int, column: Column, issue_year: int | None) -> Column:
    """`1995年招生人数` in a document of 1996."""
    if column.role not in ("label", "unknown") or not column.year or issue_year is None or int(column.year) >= issue_year:
        return column
    return replace(column, role="baseline") if are_figures(column_texts(grid, head_rows, column.index)) else column


def _typed(texts: list[str]) -> ColumnRole:
    """Role of a column whose head says nothing, by its values."""
    def share(pattern: str) -> float:
        return sum(re.fullmatch(pattern, text) is not None for text in texts) / len(texts)

    if share(r"[0-9]{1,3}[.、]?|[一二三四五六七八九十]{1,3}、?") > 0.8 and texts[0].strip(".、") in ("1", "一"):
        return "index"
    if share(r"约束性|预期性|约束|预期") > 0.6:
        return "attribute"
    if share(_DATED.pattern) > 0.6:
        return "deadline"
    if sum(is_office(re.split(r"[、，；]", text)[0]) for text in texts) > 0.6 * len(texts):
        return "owner"
    return "label"


_PERIOD = 3  # years between the first and the last column of a plan with a column of yearly growth


def _dated(columns: list[Column], caption: str, issue_year: int | None) -> Iterable[Column]:
    """Columns headed by a year alone: past years are baselines, the others targets."""
    years = [column for column in columns if column.role == "year" and column.year]
    stated = any(column.role == "baseline" for column in columns)
    spread = int(max(one.year for one in years)) - int(min(one.year for one in years)) if years else 0
    grows = any(column.role == "growth" for column in columns) and spread >= _PERIOD  # 2020年 | 2025年 | 年均增长
    planned = stated or len(years) == 1 or re.search(r"年度(?:目标|任务|计划)|计划|任务", caption) is not None
    aims = [column.year for column in columns if column.role == "target" and column.year]
    for column in columns:
        if column.role != "year":
            yield column
        elif column.year and aims and column.year < min(aims):
            yield replace(column, role="baseline")  # 2020年 beside 规划目标 over 2023年 | 2025年
        elif not column.year:
            yield replace(column, role="target" if PLAN.search(caption + column.words) or len(columns) > 2 else "unknown")
        elif issue_year is not None:
            yield replace(column, role="baseline" if int(column.year) < issue_year else "target")
        else:
            past = (grows or not planned) and column.year == min(one.year for one in years)
            yield replace(column, role="baseline" if past else "target")
