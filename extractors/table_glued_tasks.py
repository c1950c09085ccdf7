"""Rows of a glued task table, e.g. `1建立养老服务业统计制度市民政局（牵头）、市统计局2014年4季度出台具体措施2加强…`.

A row ends with its date, or with its agencies where no column of dates stands there, right before the next number. Where
the task ends and its first agency begins, the agencies that other rows name behind a 、 decide, or the one name that can
begin there; a row in which neither does is kept as one wide cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from policy_commitments.extractors.agency_lists import split_names
from policy_commitments.extractors.agency_names import ends_name, is_generic, is_name
from policy_commitments.extractors.agency_offices import is_office
from policy_commitments.extractors.table_glued_heads import GluedHead
from policy_commitments.extractors.table_glued_rows import GluedCell, GluedTable
from policy_commitments.schemas.mentions import Span

_AGENCIES = frozenset({"lead", "responsible", "support"})
_PROSE = frozenset({"task", "content", "duty", "indicator"})
_GROUP = re.compile(r"(?:[一二三四五六七八九十]{1,2}[、.]|[（(][一二三四五六七八九十]{1,2}[)）])[^0-9，。；]{2,24}$")
_DATE = re.compile(
    r"""
    (?: (?:19|20)[0-9]{2}年 (?:[^，。；、0-9]|[0-9]{1,2}(?=[月日季]|个月)){0,20}       # 2014年4季度出台具体措施, 2025年6月底前
      | (?:持续|长期|常年|逐年|每年|全年|年内|立即|近期)[^，。；、0-9]{0,8}              # 持续实施, 逐年落实
      | [0-9]{1,2}月(?:底|末|中旬|上旬|下旬)?前?
    )$
    """,
    re.X,
)
_TAILS = re.compile(r"(?:19|20)[0-9]{2}年[0-9]{0,2}(?:季度|月)?(?:底|末)?前?|(?:持续|长期|常年|逐年|全年)(?:实施|推进|落实|坚持|开展)?")
_FOLLOWING = r"[.、．]?(?![0-9.]|季度|月|日|年|个|项|%|号)(?=[^\W_]|[“《（(])|{number}[.、．]?(?=[1-9][0-9]?周?岁|[1-9]{{1,3}}[家个所])"
_BRACKET = re.compile(r"（[^（）]{1,8}）$")
_BRANCH = re.compile(  # 人行某市中心支行, 国家税务总局某市税务局
    r"(?:(?:中国)?人民银行|人行|农发行|(?:中国)?银保?监会?|国家税务总局|国家统计局|国家金融监督管理总局|国网)[一-龥]{2,14}$"
)
_STRONG = re.compile(r"(?:局|委|办|厅|部|协会|联合会|公司)$")
_USUAL = 0.6
_LEVEL = "省市县区州旗镇乡各"
_LONGEST_ROW, _LONGEST_NAME = 700, 24
_FEWEST_ROWS = 3


@dataclass(frozen=True, slots=True)
class _Row:
    """A row at text[start:end] behind its number; its agencies end and its date begins at `dated`."""

    number: Span
    start: int
    dated: int
    end: int
    group: Span | None


@dataclass(frozen=True, slots=True)
class _Layout:
    index: int
    task: int
    agencies: int
    deadline: int | None


def read_glued_tasks(text: str, head: GluedHead) -> GluedTable | None:
    """The table under these heads; None where its columns are others or fewer than three rows are told apart."""
    layout = _layout(head)
    if layout is None:
        return None
    rows = list(_rows(text, head.end, layout))
    known = _known_names(text, rows)
    firsts = [_first_agency(text, row, known) for row in rows]
    if sum(start is not None for start in firsts) < _FEWEST_ROWS:
        return None
    return _table(head, layout, rows, firsts)


def _layout(head: GluedHead) -> _Layout | None:
    """`序号 | 工作任务 | 责任单位 | 完成时限`, in this order; 备注 may stand behind and is blank."""
    roles = [role for role in head.roles() if role != "remark"]
    if len(roles) not in (3, 4) or roles[0] != "index" or roles[1] not in _PROSE or roles[2] not in _AGENCIES:
        return None
    if len(roles) == 4 and roles[3] != "deadline":
        return None
    return _Layout(0, 1, 2, 3 if len(roles) == 4 else None)


def _rows(text: str, at: int, layout: _Layout) -> Iterator[_Row]:
    number = 1
    while True:
        begun = _number_at(text, at, number)
        if begun is None:
            return
        group, (start, after) = begun
        row = next(_ends(text, (start, after), number, layout, group), None) or _last(text, (start, after), layout, group)
        if row is None:
            return
        yield row
        at, number = row.end, number + 1


def _number_at(text: str, at: int, number: int) -> tuple[Span | None, Span] | None:
    """The row's number at `at`, or behind a group's heading."""
    found = _following(number).search(text, at, at + 30)
    if found is None:
        return None
    if found.start() == at:
        return None, found.span()
    return ((at, found.start()), found.span()) if _GROUP.match(text[at : found.start()]) else None


def _following(number: int) -> re.Pattern[str]:
    return re.compile(f"{number}{_FOLLOWING.format(number=number)}")


def _ends(text: str, number: Span, n: int, layout: _Layout, group: Span | None) -> Iterator[_Row]:
    """The row up to the next number, or up to the heading of the next group."""
    start = number[1]
    for match in _following(n + 1).finditer(text, start + 2, start + _LONGEST_ROW):
        heading = _GROUP.search(text[max(start, match.start() - 30) : match.start()])
        ends = [match.start()] if heading is None else [match.start() - len(heading.group()), match.start()]
        for end in ends:
            dated = _date_start(text, start, end, layout)
            if dated is not None:
                yield _Row(number, start, dated, end, group)


def _date_start(text: str, start: int, end: int, layout: _Layout) -> int | None:
    """Where the date begins that ends the row; an agency's name stands before it."""
    if layout.deadline is None:
        return end if _ends_name(text[start:end]) else None
    for match in re.finditer(r"(?:19|20)[0-9]{2}年|持续|长期|常年|逐年|每年|全年|年内|立即|近期|[0-9]{1,2}月", text[max(start, end - 40) : end]):
        at = max(start, end - 40) + match.start()
        if _DATE.match(text[at:end]) and _ends_name(text[start:at]):
            return at
    return None


def _last(text: str, number: Span, layout: _Layout, group: Span | None) -> _Row | None:
    """The last row ends with a plain date."""
    if layout.deadline is None:
        return None
    start = number[1]
    for match in _TAILS.finditer(text, start, start + _LONGEST_ROW):
        if _ends_name(text[start : match.start()]):
            return _Row(number, start, match.start(), match.end(), group)
    return None


def _ends_name(text: str) -> bool:
    tail = _BRACKET.sub("", text[-40:])
    return ends_name(tail) or is_generic(re.split(r"[、，和]", tail)[-1])


def _known_names(text: str, rows: Sequence[_Row]) -> set[str]:
    """Names between a 、 and the next one, or the date, in some row."""
    found: set[str] = set()
    for row in rows:
        pieces = list(split_names(text, row.start, row.dated))
        for before, piece in pairwise(pieces):
            name = _bare(text[slice(*piece)])
            if 3 <= len(name) <= _LONGEST_NAME and is_name(name) and not set(text[before[1] : piece[0]]) & set("，。；"):
                found.add(name)
    return {name for name in found if not any(name[k:] in found for k in range(2, len(name) - 2))}  # 上门服务|市民政局


def _first_agency(text: str, row: _Row, known: set[str]) -> int | None:
    """Where the agencies begin: everything from there on is their list. None where that is not sure."""
    for start, end in reversed(list(split_names(text, row.start, row.dated))):
        name = _bare(text[start:end])
        if name in known or is_generic(name):
            continue
        return _within(text, start, start + len(name), known)
    return None


def _within(text: str, start: int, end: int, known: set[str]) -> int | None:
    """Where the agency begins that ends the text: a known name, else the one that can stand there."""
    first = max(start, end - _LONGEST_NAME)
    named = next((at for at in range(first, end - 2) if text[at:end] in known), None)
    if named is not None:
        return named
    branch = _BRANCH.search(text, first, end)
    if branch is not None:
        return branch.start()
    offices = [at for at in range(first, end - 2) if text[at] in _LEVEL and is_office(text[at:end])]
    if len(offices) == 1:
        return offices[0]
    level = _usual_level(known)
    at = text.rfind(level, first, end - 3) if level else -1
    return at if at > start and text[at - 1] != level and _STRONG.search(text, at, end) and is_name(text[at:end]) else None


def _usual_level(known: set[str]) -> str:
    """市 where nearly all names begin with it."""
    for level in _LEVEL:
        if sum(name.startswith(level) for name in known) > _USUAL * len(known):
            return level
    return ""


def _bare(name: str) -> str:
    return _BRACKET.sub("", name)


def _table(head: GluedHead, layout: _Layout, rows: Sequence[_Row], firsts: Sequence[int | None]) -> GluedTable:
    table = GluedTable(head.start, rows[-1].end, len(head.columns))
    table.cells.extend(GluedCell(0, k, column.start, column.end) for k, column in enumerate(head.columns))
    for row, first in zip(rows, firsts, strict=True):
        if row.group is not None:
            table.cells.append(GluedCell(table.rows, 0, *row.group, col_span=table.cols))
            table.rows += 1
        table.cells.append(GluedCell(table.rows, layout.index, *row.number))
        if first is None:
            table.cells.append(GluedCell(table.rows, layout.task, row.start, row.end, col_span=table.cols - layout.task))
        else:
            table.fitting += 1
            table.cells.append(GluedCell(table.rows, layout.task, row.start, first))
            table.cells.append(GluedCell(table.rows, layout.agencies, first, row.dated))
            if layout.deadline is not None:
                table.cells.append(GluedCell(table.rows, layout.deadline, row.dated, row.end))
        table.rows += 1
    return table
