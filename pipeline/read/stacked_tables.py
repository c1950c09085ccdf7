"""Tables with one cell on a line and a category before the number, or measures and values behind the name:
类别 ⏎ 序号 ⏎ 指标 ⏎ 单位 ⏎ 属性 ⏎ 2025年 ⏎ 2030年, or 任务类型 ⏎ 序号 ⏎ 工作任务 ⏎ 责任单位.

Rows are told by their running number, cells by what their column may hold; lines behind the last cell of a row are the
category of the next one. Tables that begin with their number and name agencies are read in `numbered_tables`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from policy_commitments.extractors.agency_offices import is_office
from policy_commitments.extractors.folding import fold
from policy_commitments.extractors.table_heads import (
    PLAN,
    bare_head,
    head_role,
    head_words,
    is_value,
    measure_of,
)
from policy_commitments.pipeline.read.flat_tables import Region
from policy_commitments.pipeline.read.lines import Span

_NUMBER = re.compile(r"[0-9]{1,3}[.、]?")
_PERIOD = re.compile(rf"{PLAN.pattern}|(?:19|20)[0-9]{{2}}年(?:末|底)?")  # “十五五” over 目标值
_ATTRIBUTE = re.compile(r"(?:约束|预期|指导)性(?:指标)?")
_SPLIT = re.compile(r"[、，；\s]+")
_VALUES = frozenset(("baseline", "target", "growth", "cumulative", "year"))
_NAMES = frozenset(("indicator", "task", "content"))
_OWNED = frozenset(("lead", "responsible", "support", "owner"))
_MOST_HEADS, _LONGEST_HEAD, _SHORT_HEAD, _LONGEST_LINE = 9, 16, 6, 400
_FEWEST_ROWS = 3
_MOST_LINES = 14  # of one row, with the categories before the next
_MOST_CATEGORIES = 2
_LONGEST_NAME = 16


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its place among all lines, span and text; `apart` where a blank line stands before it."""

    place: int
    span: Span
    said: str
    apart: bool


@dataclass(frozen=True, slots=True)
class _Table:
    """Heads of a table: spans (one may reach over two lines) and roles; `index` is the column of numbers, 0 or 1."""

    spans: tuple[Span, ...]
    roles: tuple[str, ...]
    index: int

    @property
    def fields(self) -> tuple[str, ...]:
        """Roles of the columns behind the number."""
        return self.roles[self.index + 1 :]


@dataclass(frozen=True, slots=True)
class _Row:
    """Cells behind the number, the line behind the last of them, and the line of the next number (None at the end)."""

    cells: list[Span]
    end: int
    following: int | None


def stacked_regions(text: str, lines: list[Span]) -> Iterator[Region]:
    """Such tables, in text order."""
    if _index_line().search(text) is None:
        return
    filled = list(_filled(text, lines))
    last = -1
    for k, line in enumerate(filled):
        region = _region(filled, k) if line.place > last and _role(line.said) == "index" else None
        if region is not None:
            yield region
            last = region.last


@cache
def _index_line() -> re.Pattern[str]:
    """A line that is the head of running numbers: most texts hold none, and are not read any further."""
    words = "|".join(r"[ \u3000]?".join(map(re.escape, word)) for word, role in head_words().items() if role == "index")
    return re.compile(rf"^[ \t\u3000]*(?:{words})[ \t\u3000]*$", re.M)


def _filled(text: str, lines: list[Span]) -> Iterator[Line]:
    apart = True
    for place, (start, end) in enumerate(lines):
        said = fold(text[start:end]).strip() if end - start <= _LONGEST_LINE else text[start:end]
        if said:
            yield Line(place, (start, end), said, apart)
        apart = not said


def _role(said: str) -> str:
    """Role of a line that is worded like a head, perhaps with a word before it (任务类型); "" for any other."""
    if len(said) > _LONGEST_HEAD:
        return ""
    role = head_words().get(bare_head(said)) or (head_role(said) if len(said) <= _SHORT_HEAD else "")
    return "" if role in ("unknown", "year") else role


def _region(filled: Sequence[Line], k: int) -> Region | None:
    first = k - 1 if k and _role(filled[k - 1].said) == "category" else k
    table, at = _heads(filled, first, k)
    row = _number(filled, at, 1, _MOST_CATEGORIES)
    if row is None or not (_holds_values(table) or _holds_tasks(table)):
        return None
    region = Region(filled[first].place, filled[at - 1].place, [list(table.spans)])
    before, number = filled[at:row], 1
    while row is not None:
        read = (_value_row if _holds_values(table) else _task_row)(table.fields, filled, row, number)
        if read is None:
            break
        region.rows.append([*_category(table, before, filled[row]), filled[row].span, *read.cells])
        region.last = filled[read.end - 1].place
        before = filled[read.end : read.following]
        row, number = read.following, number + 1
    return region if len(region.rows) > _FEWEST_ROWS else None


def _heads(filled: Sequence[Line], first: int, index: int) -> tuple[_Table, int]:
    """The heads from `first` on, a period and the word below it as one, and the line behind them."""
    spans: list[Span] = []
    roles: list[str] = []
    k = first
    while k < len(filled) and len(spans) < _MOST_HEADS:
        line = filled[k]
        below = _role(filled[k + 1].said) if k + 1 < len(filled) else ""
        over = _PERIOD.fullmatch(line.said) is not None and below in _VALUES
        if not over and not _role(line.said) and _PERIOD.fullmatch(line.said) is None:
            break
        spans.append((line.span[0], filled[k + over].span[1]))
        roles.append(below if over else head_role(line.said))
        k += 1 + over
    return _Table(tuple(spans), tuple(roles), index - first), k


def _holds_values(table: _Table) -> bool:
    """Names, then a measure or an attribute, and values."""
    fields = table.fields
    return bool(fields) and fields[0] in _NAMES and bool(set(fields) & _VALUES) and bool({"measure", "attribute"} & set(fields))


def _holds_tasks(table: _Table) -> bool:
    """A category before the number, and tasks and their agencies behind it."""
    fields = table.fields
    return table.index == 1 and len(fields) == 2 and fields[0] in _NAMES and fields[1] in _OWNED


def _number(filled: Sequence[Line], at: int, number: int, most: int) -> int | None:
    """The line of the running number, at most `most` lines behind `at`."""
    return next(_numbers(filled, at, number, most), None)


def _numbers(filled: Sequence[Line], at: int, number: int, most: int) -> Iterator[int]:
    for k in range(at, min(at + most + 1, len(filled))):
        said = filled[k].said
        if _NUMBER.fullmatch(said) and int(said.rstrip(".、")) == number:
            yield k


def _category(table: _Table, before: Sequence[Line], number: Line) -> list[Span]:
    """The cell before the number; empty where the category of a row above holds on."""
    if table.index == 0:
        return []
    return [(before[0].span[0], before[-1].span[1])] if before else [(number.span[0], number.span[0])]


def _task_row(fields: Sequence[str], filled: Sequence[Line], row: int, number: int) -> _Row | None:
    """A line of words and, unless a cell above holds on, a line of agencies."""
    if row + 1 >= len(filled):
        return None
    task = filled[row + 1].span
    named = row + 2 < len(filled) and _names_agencies(filled[row + 2].said)
    end = row + 2 + named
    following = _number(filled, end, number + 1, _MOST_CATEGORIES)
    if following is None and _number(filled, end, number + 1, _MOST_LINES) is not None:
        return None
    return _Row([task, filled[row + 2].span if named else (task[1], task[1])], end, following)


def _names_agencies(said: str) -> bool:
    """An office, or a list of short names with an office among them: `区财政局、区旧改专班、各街镇`."""
    names = [name for name in _SPLIT.split(said) if name]
    return any(map(is_office, names)) and all(len(name) <= _LONGEST_NAME for name in names)


def _value_row(fields: Sequence[str], filled: Sequence[Line], row: int, number: int) -> _Row | None:
    """Names, then the fields up to the attribute (or measure), then the rest; the next number is where all of them fit."""
    anchor = _anchor(fields, filled, row)
    if anchor is None:
        return None
    at, column = anchor
    wanted = len(fields) - column - 1
    found = [k for k in _numbers(filled, at + 1, number + 1, _MOST_LINES) if _anchor(fields, filled, k) is not None]
    following = min(found, key=lambda k: abs(k - at - 1 - wanted), default=None)
    rest = _rest(filled[at + 1 : following], wanted, following is None, spaced=filled[at].apart)
    if rest is None:
        return None
    tail, used = rest
    names = [one for one in fields[:column] if one in _NAMES]
    between = column - len(names)
    named = [line.span for line in filled[row + 1 : at - between]]
    if not 0 < len(named) <= len(names):
        return None
    start = named[0][0]
    cells = [*[(start, start)] * (len(names) - len(named)), *named, *(line.span for line in filled[at - between : at + 1])]
    return _Row([*cells, *(span or (cells[-1][1], cells[-1][1]) for span in tail)], at + 1 + used, following)


def _anchor(fields: Sequence[str], filled: Sequence[Line], row: int) -> tuple[int, int] | None:
    """The line of the row's attribute (of its measure, where the table has none) and the column of it."""
    kind = "attribute" if "attribute" in fields else "measure"
    column = fields.index(kind)
    for k in range(row + 2, min(row + 2 + len(fields), len(filled))):
        said = filled[k].said
        if (_ATTRIBUTE.fullmatch(said) is not None) if kind == "attribute" else bool(measure_of(said)):
            return k, column
    return None


def _rest(lines: Sequence[Line], wanted: int, last: bool, spaced: bool) -> tuple[list[Span | None], int] | None:
    """The values (None for a blank one) and how many lines they take; what stands behind them are categories.

    A blank line is a blank value only where the row's other cells follow without one (`spaced` False).
    """
    if last:
        lines = lines[:wanted]
        return ([line.span for line in lines], wanted) if len(lines) == wanted and all(is_value(line.said) for line in lines) else None
    blank = len(lines) > 0 and lines[0].apart and not spaced and is_value(lines[0].said)
    worded = next((k for k in range(len(lines) - 1, -1, -1) if is_value(lines[k].said)), -1) + 1
    if blank and (len(lines) < wanted or worded < wanted) and wanted > 1:
        used = wanted - 1
        return ([None, *(line.span for line in lines[:used])], used) if used <= len(lines) <= used + _MOST_CATEGORIES else None
    if not wanted <= len(lines) <= wanted + _MOST_CATEGORIES:
        return None
    return [line.span for line in lines[:wanted]], wanted
