"""Rows of an indicator table, e.g. `每千人口注册护士数（人） | 2.03 | 3.8 | 预期性` under `2020年现状 | 2025年目标`.

One row for each target column. Names are composed of the printed pieces: parent of an 其中 row first, the name
of a person, place or school beside a column of figures with that column's head.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from policy_commitments.extractors.table_grid import Grid
from policy_commitments.extractors.table_heads import (
    are_figures,
    bare_head,
    bracket_measure,
    column_texts,
    head_text,
    measure_of,
)
from policy_commitments.extractors.table_line_pairs import by_lines
from policy_commitments.extractors.table_names import (
    NO_BOUND,
    OF_WHICH,
    PLACE_HEAD,
    counted_name,
    joined_name,
)
from policy_commitments.extractors.table_rows import DataRow, data_rows, dates_programme, is_total
from policy_commitments.schemas.mentions import AgencyRole, Span
from policy_commitments.schemas.table_mentions import AgencyCell, CellPiece, Column, TargetRow, UnreadCell

_ROLES: dict[str, AgencyRole] = {"lead": "lead", "responsible": "responsible", "support": "support"}
_OWN_NOUN = re.compile(r"\s*" + NO_BOUND + r"[一-鿿]{2,10}?(?:达到?|突破|超过?|[0-9])")
_PRICE = re.compile(r"标准|补助|补贴|奖|费$|价格")
_RATE = re.compile(r"率|比例|比重|占比|均|水平|指数|密度|浓度|强度|播种面积|种植面积|保有量|产量|产值|收入|零售额")
_SUM = re.compile(r"资金|投资|经费|补助|补贴|奖补|债券|贷款")
_LEVEL_RATE = re.compile(r"(?<!增长)(?<!下降)(?<!降低)(?<!提高)(?:率|比例|比重)$")  # 城镇调查失业率 under 年均
_GLUED = "several cells stand in one, and their columns do not decide where one ends; read it in the document"
_BOX = ("[", "［", "〔", "【")  # [15000]: a sum over the plan
_CUMULATIVE_HEAD = re.compile(r"累计|\[.*\]")
_TREES = re.compile(r"植树|株|苗木|树木")


@dataclass(slots=True)
class Layout:
    """Columns of an indicator table by what they hold; `caption` is the span of the words above the table."""

    names: list[Column]
    targets: list[Column]
    baseline: Column | None
    measure: Column | None
    attribute: Column | None
    categories: list[Column]
    agencies: list[Column]
    deadline: Column | None
    index: Column | None
    by_place: bool = False
    counts: bool = False
    priced: bool = False
    caption: str = ""
    caption_measures: tuple[str, ...] = ()
    caption_date: Span | None = None
    noun: Column | None = None
    parent: list[CellPiece] = field(default_factory=list)


def lay_out(grid: Grid, head_rows: int, columns: tuple[Column, ...]) -> Layout:
    """Sort the columns; several indicator columns under heads of their own are groups, but for the last."""
    named = _of(columns, "indicator")
    worded = [column for column in _of(columns, "label", "task", "content") if not are_figures(column_texts(grid, head_rows, column.index))]
    placed = _of(columns, "place", "owner")
    names = named or worded[:1] or placed[:1] or _of(columns, "category")[:1]
    last = [column for column in names if column.head == names[-1].head] if names else []
    by_place = not named and not _of(columns, "task")
    return Layout(
        names=last,
        targets=_of(columns, "target", "growth", "cumulative"),
        baseline=_latest(_of(columns, "baseline")),
        measure=_first(_of(columns, "measure")),
        attribute=_first(_of(columns, "attribute")),
        categories=[column for column in [*_of(columns, "category"), *names] if column not in last],
        agencies=_of(columns, "lead", "responsible", "support") + ([] if placed == last else _of(columns, "owner")),
        deadline=_first(_of(columns, "deadline")),
        index=_first(_of(columns, "index")),
        by_place=by_place,
    )


def target_rows(
    grid: Grid, head_rows: int, columns: tuple[Column, ...], layout: Layout
) -> Iterator[TargetRow | UnreadCell]:
    """Every filled target cell with its row's words; cells that hold more than their column are unread."""
    for data in data_rows(grid, head_rows, columns):
        pieces = _name_pieces(grid, data.row, layout)
        if not pieces or data.heads:
            continue
        seen: set[int] = set()
        for column in layout.targets:
            layout.noun = _noun_of(grid, column, layout)
            cell = grid.piece(data.row, column.index)
            if cell is None or cell.row != data.row or cell.start in seen:
                continue
            if _is_glued(grid, data.row, column, layout):
                seen.add(cell.start)
                yield UnreadCell("table_cells_glued", cell.start, cell.end, _GLUED)
            else:
                yield from by_lines(grid, _target(grid, data, column, cell, pieces, layout))


def _noun_of(grid: Grid, column: Column, layout: Layout) -> Column | None:
    """The column itself, or the one that `其中：工业项目（个）` is part of: the last before it in the same measure, else the last."""
    if not OF_WHICH.match(head_text(grid, column.head)):
        return column
    before = [one for one in layout.targets if one.index < column.index and not OF_WHICH.match(head_text(grid, one.head))]
    return next((one for one in reversed(before) if one.measure == column.measure), before[-1] if before else layout.noun)


def _is_glued(grid: Grid, row: int, column: Column, layout: Layout) -> bool:
    """The cell under the target reaches over the name or the baseline and holds figures: `7780` for 77 | 80."""
    cell = grid.at(row, column.index)
    if cell is None or cell.col_span == 1 or not any(character.isdigit() for character in grid.text(cell)):
        return False
    others = [*layout.names, *([layout.baseline] if layout.baseline is not None else [])]
    return any(cell.col <= other.index < cell.col + cell.col_span for other in others) or (
        len({one.role for one in layout.targets if cell.col <= one.index < cell.col + cell.col_span}) > 1
    )


def _target(
    grid: Grid, data: DataRow, column: Column, cell: CellPiece, pieces: tuple[CellPiece, ...], layout: Layout
) -> TargetRow:
    baseline = _baseline(grid, data.row, column, layout)
    date = _date(grid, data, column, layout)
    measure = _measure(grid, data.row, column, pieces, layout)
    year = layout.baseline.year if layout.baseline is not None and baseline is not None else ""
    return TargetRow(
        row=data.row,
        name=_name(grid, pieces, column, layout, grid.text(cell)),
        indicator=pieces,
        measure=measure,
        target=cell,
        date=date,
        baseline=baseline,
        baseline_year=year,
        attribute=None if layout.attribute is None else grid.piece(data.row, layout.attribute.index),
        form=_form(column, measure, layout, joined_name([grid.text(piece) for piece in pieces]), grid.text(cell)),
        cumulative=_is_cumulative(column, grid.text(cell)),
        group=_group(grid, data, layout),
        agencies=tuple(_agencies(grid, data.row, layout.agencies)),
    )


def _baseline(grid: Grid, row: int, column: Column, layout: Layout) -> CellPiece | None:
    """The present value; where rows name places and columns count several things, it belongs to none of them."""
    if layout.baseline is None or column.role != "target":
        return None
    if layout.by_place and len({one.words for one in layout.targets}) > 1:
        return None
    return grid.piece(row, layout.baseline.index)


def _is_cumulative(column: Column, cell: str) -> bool:
    if column.role == "cumulative" or _CUMULATIVE_HEAD.search(column.words) is not None:
        return True
    return column.role == "growth" and cell.startswith(_BOX)


def _form(column: Column, measure: str, layout: Layout, name: str, said: str) -> Literal["level", "change", "count", "money"]:
    if column.role == "growth":
        return "level" if column.words.endswith("年均") and _LEVEL_RATE.search(name) else "change"
    counted = (layout.counts or layout.by_place) and measure not in ("%", "‰")
    if counted and _OWN_NOUN.match(said) and _RATE.search(said):
        return "level"  # 产值达到50亿元
    if counted and measure.endswith("元"):
        return "money" if _SUM.search(column.words + name) else "level"
    return "count" if counted and not _RATE.search(column.words) else "level"


def _date(grid: Grid, data: DataRow, column: Column, layout: Layout) -> Span | None:
    """The row's own date, else the head's, else that of the group row above, else the caption's."""
    own = None if layout.deadline is None else grid.piece(data.row, layout.deadline.index)
    if own is not None:
        return own.start, own.end
    dated = [piece for piece in column.head if re.search(r"(?:19|20)[0-9]{2}|十[一二三四五六]五|年末|远景", grid.text(piece))]
    if not dated and data.group is not None and dates_programme(grid.text(data.group)):
        return data.group.start, data.group.end
    return (dated[-1].start, dated[-1].end) if dated else layout.caption_date


def _name_pieces(grid: Grid, row: int, layout: Layout) -> tuple[CellPiece, ...]:
    """Pieces of the row's name; an 其中 row has its parent's first."""
    found = (grid.piece(row, column.index) for column in layout.names)
    pieces = list({piece.start: piece for piece in found if piece is not None}.values())
    if not pieces:
        return ()
    first = grid.text(pieces[0])
    numbered = layout.index is None or grid.own(row, layout.index.index) is not None or is_total(first)
    if OF_WHICH.match(first) or (layout.parent and not numbered and grid.own(row, pieces[-1].col) is not None):
        return (*layout.parent, *pieces) if layout.parent else tuple(pieces)
    layout.parent = pieces[:1] if layout.index is not None or not OF_WHICH.match(first) else layout.parent
    return tuple(pieces)


def _name(grid: Grid, pieces: tuple[CellPiece, ...], column: Column, layout: Layout, said: str) -> str:
    """The row's name with what its head and caption say; a cell that `said` what it measures (`产值达到50亿元`) needs no caption."""
    whole = joined_name([grid.text(piece) for piece in pieces])
    heads = [grid.text(piece) for piece in column.head]
    if layout.priced and not layout.by_place:  # 老年人体检 under 补助标准
        return whole if _PRICE.search(whole) else f"{whole}{bare_head(heads[-1]) if heads else ''}"
    if not layout.by_place:
        return f"{column.words}{whole}" if PLACE_HEAD.fullmatch(column.words) and not whole.startswith(column.words) else whole
    if layout.noun is not None and layout.noun is not column:  # 其中：新建 beside 筹集房源
        parent = counted_name(whole, [grid.text(piece) for piece in layout.noun.head], layout.caption)
        return f"{parent}（{OF_WHICH.sub('', bare_head(heads[-1]), count=1)}）"
    return counted_name(whole, heads, "" if _OWN_NOUN.match(said) else layout.caption)


def _measure(grid: Grid, row: int, column: Column, pieces: tuple[CellPiece, ...], layout: Layout) -> str:
    """From the unit column, the name's bracket, the target's head, the name column's head, the caption: in this order."""
    unit = "" if layout.measure is None else measure_of(grid.said(row, layout.measure.index))
    if column.role == "growth":
        summed = grid.said(row, column.index).startswith(_BOX)
        return unit if unit and summed else column.measure or "%"
    named = next((found for piece in reversed(pieces) if (found := bracket_measure(grid.text(piece)))), "")
    slashed = next((found for piece in pieces if (found := _slashed(grid.text(piece)))), "")
    return unit or named or slashed or column.measure or layout.names[-1].measure or _of_caption(grid, column, pieces, layout)


def _of_caption(grid: Grid, column: Column, pieces: tuple[CellPiece, ...], layout: Layout) -> str:
    """The caption's measure; of two (`单位：万亩、万株`) the one that the words over or beside the figure call for."""
    words = "".join(map(grid.text, (*column.head, *pieces)))
    trees = _TREES.search(words) is not None
    fitting = [one for one in layout.caption_measures if ("株" in one) == trees]
    return (fitting or [*layout.caption_measures, ""])[0]


def _slashed(text: str) -> str:
    """`人均预期寿命/岁`."""
    return measure_of(text.rpartition("/")[2]) if "/" in text else ""


def _group(grid: Grid, data: DataRow, layout: Layout) -> str:
    own = [grid.said(data.row, column.index) for column in layout.categories]
    above = grid.text(data.group) if data.group is not None else ""
    return " ".join(part for part in [above, *own] if part)


def _agencies(grid: Grid, row: int, columns: list[Column]) -> Iterator[AgencyCell]:
    for column in columns:
        piece = grid.piece(row, column.index)
        if piece is not None:
            yield AgencyCell(piece, _ROLES.get(column.role, "responsible"))


def _of(columns: tuple[Column, ...], *roles: str) -> list[Column]:
    return [column for column in columns if column.role in roles]


def _first(columns: list[Column]) -> Column | None:
    return columns[0] if columns else None


def _latest(columns: list[Column]) -> Column | None:
    return max(columns, key=lambda column: column.year) if columns else None
