"""What a table says: column roles and, row by row, the cells that hold indicator, target, task, agency and date.

Everything is a span of the clean text; nothing is converted. Rows and columns count from 0.
"""

from __future__ import annotations

from typing import Literal

from policy_commitments.schemas.frozen import frozen
from policy_commitments.schemas.mentions import AgencyRole, Span

TableKind = Literal["indicator", "count", "task", "duty", "list", "layout", "unknown"]
ColumnRole = Literal[
    "index",
    "category",
    "indicator",
    "measure",
    "baseline",
    "target",
    "growth",
    "cumulative",
    "attribute",
    "task",
    "content",
    "lead",
    "responsible",
    "support",
    "person",
    "deadline",
    "owner",
    "place",
    "duty",
    "score",
    "money",
    "amount",
    "remark",
    "year",
    "label",
    "unknown",
]


@frozen
class CellPiece:
    """Printed text at folded[start:end], within the cell that begins at (row, col)."""

    row: int
    col: int
    start: int
    end: int


@frozen
class Column:
    """One column by its head.

    head     head cells from top to bottom (a merged head cell stands in each column that it covers)
    words    their text without blanks and brackets, top to bottom, joined by a blank
    year     four digits of the year that the head names, "" if none
    measure  measure in the head's bracket (`补助标准（万元）`), "" if none
    """

    index: int
    role: ColumnRole
    head: tuple[CellPiece, ...]
    words: str
    year: str = ""
    measure: str = ""


@frozen
class AgencyCell:
    """A cell of agencies and the role that its column's head gives them."""

    piece: CellPiece
    role: AgencyRole


@frozen
class TargetRow:
    """One row under one target column.

    indicator       pieces that make up its name, the parent first; `name` is their text, measure bracket left out
    measure         printed measure, scale and denominator included (`万元/人`), "" if none is printed anywhere
    target          the cell that is promised; `date` the span of the words that date it, None if none
    baseline        the cell with the present value, None if none; `baseline_year` four digits, "" if none
    attribute       the cell that says 约束性 / 预期性, None if none
    form            level | change (年均增长) | money | count (rows × columns of numbers)
    cumulative      the head or a note says that the figure adds up over the plan
    group           text of the group row or category above
    """

    row: int
    name: str
    indicator: tuple[CellPiece, ...]
    measure: str
    target: CellPiece
    date: Span | None
    baseline: CellPiece | None
    baseline_year: str
    attribute: CellPiece | None
    form: Literal["level", "change", "money", "count"]
    cumulative: bool
    group: str
    agencies: tuple[AgencyCell, ...] = ()


@frozen
class TaskLine:
    """One printed row of a task: its contents are prose, the deadline cell dates them.

    stages    (start of a content, head that dates it): a cell under `7月工作计划` is dated by that head alone
    programme the group row above that gives figures its year: `一、2025年主要预期目标`
    """

    row: int
    contents: tuple[CellPiece, ...]
    deadline: CellPiece | None
    agencies: tuple[AgencyCell, ...]
    stages: tuple[tuple[int, CellPiece], ...] = ()
    programme: CellPiece | None = None


@frozen
class TaskRow:
    """One task of a task or duty table (of a duty table `title` is the owner's cell); `lines` are its rows.

    `is_task` is False for a group row or a rule of scoring that names agencies; `upper` is the task above it whose
    cell is merged over the numbered rows of its measures.
    """

    title: CellPiece
    group: str
    lines: tuple[TaskLine, ...]
    is_task: bool = True
    upper: str = ""


@frozen
class UnreadCell:
    """What could not be read, in clean offsets, for the run report."""

    code: str
    start: int
    end: int
    hint: str


@frozen
class TableReading:
    """What one table says; `head_rows` are the rows (from the top) that hold title and heads."""

    index: int
    kind: TableKind
    columns: tuple[Column, ...]
    head_rows: int
    targets: tuple[TargetRow, ...] = ()
    tasks: tuple[TaskRow, ...] = ()
    unread: tuple[UnreadCell, ...] = ()
