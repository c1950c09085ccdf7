"""What kind of table it is, by heads and values: indicators, counts, tasks, duties, an assessment, a list.

`重点任务 | 工作措施 | 牵头单位` is a table of tasks; `医疗机构 | 国家级 | 省级` with bare numbers under `重点专科创建计划` counts.
"""

from __future__ import annotations

import re
from dataclasses import replace

from policy_commitments.extractors.agency_offices import is_office
from policy_commitments.extractors.table_grid import Grid
from policy_commitments.extractors.table_heads import are_figures, column_texts, is_value
from policy_commitments.extractors.table_names import NO_BOUND, PLACE_HEAD
from policy_commitments.extractors.table_rows import is_total
from policy_commitments.schemas.table_mentions import Column, ColumnRole, TableKind

Decision = tuple[TableKind, tuple[Column, ...]]

_PLANNED = re.compile(r"目标|任务|计划|规划|新建|新增|创建|分解|(?:到|至)20[0-9]{2}年")
_PRESENT = re.compile(r"现状|现有|基本情况|统计表|完成情况|基期|名单|花名册|截至")
_STATED = frozenset({"target", "growth", "cumulative", "score", "lead", "responsible", "support", "deadline", "money", "attribute", "indicator", "task", "duty"})
_NAMING = frozenset({"owner", "place", "label", "category", "unknown"})
_COUNTING: frozenset[ColumnRole] = frozenset({"unknown", "label", "year", "category"})
_SUMS: frozenset[ColumnRole] = frozenset({"amount"})  # 招商引资到位资金（亿元） beside places
_OWNED = frozenset({"lead", "responsible", "support", "deadline"})
_WORDED = frozenset({"task", "content", "indicator", "duty", "target", "growth", "cumulative", "money", "score"})
_OWN_NOUN = re.compile(NO_BOUND + "[一-鿿]{2}")
_BUILT_IN = re.compile(r"年代|年份|建成时间|建成年|编号|电话|邮编")
_SHORT = 25
_PROSE = 10


def decide_kind(grid: Grid, head_rows: int, columns: tuple[Column, ...], caption: str) -> Decision:
    """The kind and the columns, some with a role that only the whole table shows."""
    counted = _counted(grid, head_rows, columns, caption)
    if counted is not None:
        return "count", counted
    columns = _with_place_heads(grid, head_rows, _with_placed(grid, head_rows, _with_groups(columns), caption))
    roles = {column.role for column in columns}
    if roles <= {"unknown", "label", "index"}:
        return _without_heads(grid, head_rows, columns)
    columns = _with_task(grid, head_rows, _with_owners(grid, head_rows, columns), roles)
    columns = _with_assessed(grid, head_rows, _with_measured(grid, head_rows, columns), roles)
    columns = _with_unheaded(grid, head_rows, columns)
    roles = {column.role for column in columns}
    if "score" in roles:
        return ("task" if _assesses_tasks(grid, head_rows, columns) else "list"), columns
    return _by_roles(grid, head_rows, columns, roles), columns


def _with_task(grid: Grid, head_rows: int, columns: tuple[Column, ...], roles: set[ColumnRole]) -> tuple[Column, ...]:
    """`序号 | 今年要办 | 责任单位`: beside agencies or dates the widest column of prose says what is to be done."""
    if head_rows == 0 or not roles & _OWNED or roles & _WORDED:
        return columns
    wordy = [(column, list(column_texts(grid, head_rows, column.index))) for column in columns if column.role in ("unknown", "label")]
    named = [column for column, texts in wordy if texts and not are_figures(texts)]
    wordy = [(column, texts) for column, texts in wordy if _is_prose(texts) and not are_figures(texts)]
    if not wordy and len(named) == 1 and "deadline" in roles and roles & {"lead", "responsible"}:
        return tuple(replace(column, role="task") if column is named[0] else column for column in columns)  # 整治行业 | 时间安排 | 责任单位
    if not wordy:
        return columns
    widest = max(wordy, key=lambda one: sum(map(len, one[1])) / len(one[1]))[0]
    return tuple(replace(column, role="task") if column is widest else column for column in columns)


def _with_groups(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """`工作目标 | 重点任务 | 具体举措`: a goal before the task groups the tasks, what is due stands behind them."""
    tasks = [column.index for column in columns if column.role == "task"]
    contents = [column.index for column in columns if column.role == "content"]
    if not tasks or not contents or max(contents) < max(tasks):
        return columns
    return tuple(replace(one, role="category") if one.role == "target" and one.index < min(tasks) else one for one in columns)


def _with_placed(grid: Grid, head_rows: int, columns: tuple[Column, ...], caption: str) -> tuple[Column, ...]:
    """`乡镇 | 收入增速（%） | 播种面积（万亩） | 到位资金（亿元）`: beside places every column of figures is planned, where one is."""
    roles = {column.role for column in columns}
    if head_rows == 0 or not roles & {"place"} or roles & (_OWNED | _WORDED - {"growth", "target"}) or _PRESENT.search(caption.rsplit("\n", 1)[-1]):
        return columns
    if "growth" not in roles or not _PLANNED.search(caption):
        return columns
    return tuple(replace(one, role="target") if _is_planned_figure(grid, head_rows, one) else one for one in columns)


def _with_place_heads(grid: Grid, head_rows: int, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """`指标 | 单位 | 全县 | 城关镇 | 河西镇 | 责任单位`: figures under places are goals, each of its place."""
    if head_rows == 0 or not {"indicator", "task"} & {column.role for column in columns}:
        return columns
    places = {one.index for one in columns if PLACE_HEAD.fullmatch(one.words) and one.role != "measure" and are_figures(column_texts(grid, head_rows, one.index))}
    if len(places) < 2:
        return columns
    named = tuple(replace(one, role="indicator") if one.role == "task" else one for one in columns)
    return tuple(replace(one, role="target") if one.index in places else one for one in named)


def _is_planned_figure(grid: Grid, head_rows: int, column: Column) -> bool:
    if column.role not in ("label", "unknown", "amount") or not column.head or _PRESENT.search(column.words) or is_total(column.words):
        return False
    return are_figures(column_texts(grid, head_rows, column.index))


def _with_owners(grid: Grid, head_rows: int, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """`考核项目 | 考核内容 | 分值` with offices under 考核项目: they own what stands beside them; a column under the same head groups them."""
    tasks = [column for column in columns if column.role == "task"]
    contents = [column for column in columns if column.role == "content"]
    if not tasks or not contents or any(column.role in _OWNED - {"deadline"} for column in columns):
        return columns
    texts = list(column_texts(grid, head_rows, tasks[-1].index))
    if sum(map(is_office, texts)) * 2 <= len(texts) or not _is_prose(list(column_texts(grid, head_rows, contents[0].index))):
        return columns
    roles: dict[int, ColumnRole] = {column.index: "category" for column in tasks}
    roles |= {tasks[-1].index: "owner", contents[0].index: "task"}
    return tuple(replace(column, role=roles.get(column.index, column.role)) for column in columns)


def _with_assessed(grid: Grid, head_rows: int, columns: tuple[Column, ...], roles: set[ColumnRole]) -> tuple[Column, ...]:
    """`考核指标 | 指标内容 | 分值`: what is assessed, and in prose what is to be done for it."""
    measures = [column for column in columns if column.role == "indicator"]
    if "score" not in roles or roles & {"task", "content", "target"} or len(measures) < 2:
        return columns
    *named, last = measures
    if not _is_prose(list(column_texts(grid, head_rows, last.index))):
        return columns
    changed: dict[int, ColumnRole] = {named[-1].index: "task", last.index: "content"}
    return tuple(replace(column, role=changed.get(column.index, column.role)) for column in columns)


def _with_measured(grid: Grid, head_rows: int, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """`考核指标 | 考核内容 | 单位 | 年度目标` with few 考核指标 over many rows: what is measured stands beside its unit."""
    roles = [column.role for column in columns]
    if not {"indicator", "content", "measure", "target"} <= set(roles) or roles.count("indicator") + roles.count("content") != 2:
        return columns
    group, name = (next(column for column in columns if column.role == role) for role in ("indicator", "content"))
    groups, names = (list(column_texts(grid, head_rows, column.index)) for column in (group, name))
    if not names or len(set(groups)) * 2 > len(names) or len(set(names)) * 2 <= len(names) or _is_prose(names):
        return columns
    changed: dict[int, ColumnRole] = {group.index: "category", name.index: "indicator"}
    return tuple(replace(column, role=changed.get(column.index, column.role)) for column in columns)


def _with_unheaded(grid: Grid, head_rows: int, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """A first column without a head beside `具体要求 | 责任科室 | 时限`: the short names of what is required in prose."""
    roles = {column.role for column in columns}
    first = columns[0]
    if "content" not in roles or roles & {"task", "indicator", "duty", "owner"} or not roles & _OWNED or head_rows == 0 or first.words.strip():
        return columns
    texts = list(column_texts(grid, head_rows, first.index))
    prose = next(list(column_texts(grid, head_rows, column.index)) for column in columns if column.role == "content")
    if not texts or are_figures(texts) or any(len(text) > _SHORT for text in texts) or not _is_prose(prose):
        return columns
    return (replace(first, role="task"), *columns[1:])


def names_owners(columns: tuple[Column, ...]) -> bool:
    """Heads such as 责任单位 or 完成时限 over a table in which nothing says what is to be done."""
    roles = {column.role for column in columns}
    return bool(roles & _OWNED) and not roles & _WORDED


def _by_roles(grid: Grid, head_rows: int, columns: tuple[Column, ...], roles: set[ColumnRole]) -> TableKind:
    agencies = roles & {"lead", "responsible", "support"}
    if "money" in roles and not agencies | roles & {"deadline", "content", "duty"}:
        return "list"
    named = roles & {"indicator", "label", "place", "task", "content", "owner"}
    years = {column.year for column in columns if column.role == "target" and column.year}
    if "task" in roles and agencies and len(years) > 1 and "indicator" not in roles:
        return "task"
    if roles & {"target", "growth", "cumulative"} and named and _states_values(grid, head_rows, columns):
        return "indicator"
    if roles & {"task", "content"} and (agencies or "deadline" in roles):
        return "task"
    if roles & {"owner", "place"} and roles & {"duty", "content", "task"}:
        return "task" if "task" in roles and "content" in roles else "duty"
    if "task" in roles and "content" in roles:
        return "task"
    if "indicator" in roles and (agencies or "deadline" in roles):
        return "task"
    if agencies and "duty" in roles:
        return "duty"
    return "list" if roles - {"unknown", "label", "year"} else "unknown"


def _states_values(grid: Grid, head_rows: int, columns: tuple[Column, ...]) -> bool:
    """Target cells are short: figures or a few words, no prose of tasks."""
    texts = [
        text
        for column in columns
        if column.role in ("target", "growth", "cumulative")
        for text in column_texts(grid, head_rows, column.index)
    ]
    if any(column.role == "task" for column in columns) and sum(map(_is_plain_value, texts)) * 2 < len(texts):
        return False  # 改革举措 | 工作目标: 完成电子证照库建设; 重点任务 | 2025年目标: 产值突破800亿元
    return bool(texts) and sum(len(text) <= _SHORT for text in texts) * 2 >= len(texts)


def _is_plain_value(text: str) -> bool:
    """`≥22`, `达到50个`, `全覆盖`: a value and no word of what it measures."""
    return is_value(text) and _OWN_NOUN.match(text) is None


def _assesses_tasks(grid: Grid, head_rows: int, columns: tuple[Column, ...]) -> bool:
    """`考核项目 | 分值 | 考核指标`: what is to be done stands beside its points, in prose."""
    titles = [column for column in columns if column.role in ("task", "content")]
    if not titles:
        return False
    prose = [column for column in columns if column.role in ("content", "indicator", "duty") and column is not titles[0]]
    if not prose and titles[0].role == "task":
        return _is_prose(list(column_texts(grid, head_rows, titles[0].index)))  # 类别 | 目标任务 | 分值
    return any(_is_prose(list(column_texts(grid, head_rows, column.index))) for column in prose)


def _is_prose(texts: list[str]) -> bool:
    return bool(texts) and sum(map(len, texts)) > _PROSE * len(texts)


def _counted(grid: Grid, head_rows: int, columns: tuple[Column, ...], caption: str) -> tuple[Column, ...] | None:
    """Columns of bare numbers beside names, where caption or heads say that they are planned."""
    roles = {column.role for column in columns}
    own = caption.rsplit("\n", 1)[-1] if not caption.rsplit("\n", 1)[-1].startswith(("单位", "（单位")) else caption
    if head_rows == 0 or roles & _STATED or _PRESENT.search(own):
        return None
    counting = _COUNTING | _SUMS if "place" in roles else _COUNTING
    figures = [column for column in columns if _is_count(grid, head_rows, column, counting)]
    names = [column for column in columns if column.role in _NAMING and column not in figures]
    names = [column for column in names if list(column_texts(grid, head_rows, column.index))]
    heads = "".join(grid.text(piece) for column in figures for piece in column.head)
    if not figures or not names or not (_PLANNED.search(own) or _PLANNED.search(heads)):
        return None
    taken = {column.index for column in figures if not _PRESENT.search(column.words)}
    settled = (replace(one, role="target") if one.index in taken else one for one in columns)
    return tuple(replace(one, role="label") if one.role == "unknown" else one for one in settled)


def _is_count(grid: Grid, head_rows: int, column: Column, counting: frozenset[ColumnRole]) -> bool:
    return column.role in counting and _BUILT_IN.search(column.words) is None and bool(column.head) and are_figures(column_texts(grid, head_rows, column.index))


def _without_heads(grid: Grid, head_rows: int, columns: tuple[Column, ...]) -> Decision:
    """Columns told by their values alone: offices beside prose, labels before what they name."""
    guessed = tuple(replace(column, role=_guessed(grid, head_rows, column)) for column in columns)
    roles = [column.role for column in guessed]
    if "owner" in roles and "content" in roles:
        return ("duty" if roles.index("owner") < roles.index("content") else "task"), guessed
    pairs = [grid.text(grid.at(row, 0)) for row in range(grid.rows)]
    if grid.cols in (2, 4) and sum(text.endswith(("：", ":")) for text in pairs) * 2 > len(pairs):
        return "layout", columns
    return "unknown", columns


def _guessed(grid: Grid, head_rows: int, column: Column) -> ColumnRole:
    texts = list(column_texts(grid, head_rows, column.index))
    if not texts:
        return "unknown"
    offices = sum(is_office(re.split(r"[、，；]", text)[0]) for text in texts)
    if offices > 0.6 * len(texts):
        return "owner"
    return "content" if sum(len(text) for text in texts) > 15 * len(texts) else column.role
