"""Indicator tables as a PDF gives them line by line, cells parted by blanks and names wrapped around their row's middle line:

    全社会研发经费支出相当于
    6 % 预期性 4.5左右 -
    全市生产总值比例

A row whose middle line lacks its name (or its unit) takes one line above and one below. Where the lines between two rows
do not come out even, or a line holds parts of several columns, the row is kept as one wide cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policy_commitments.extractors.table_glued_rows import GluedCell, GluedTable
from policy_commitments.extractors.table_glued_values import value_at
from policy_commitments.extractors.table_heads import head_role, measure_of
from policy_commitments.schemas.mentions import Span

_MIDDLE = re.compile(r"\s*([0-9]{1,2})\s+(?:\S+\s+){0,6}?(?:约束性|预期性)(?=\s|$)")
_ATTRIBUTES = ("约束性", "预期性")
_HEAD_WORDS = re.compile(r"指\s{0,4}标(?:\s{0,4}名\s{0,4}称|\s{0,4}内\s{0,4}容)?(?=\s|$)|计量单位|单\s{0,4}位|(?:指标)?属\s{0,4}性|(?:指标)?性质")
_VALUE_HEAD = re.compile(r"\S{0,6}(?:19|20)[0-9]{2}年\S{0,8}|年均\S{0,10}|累计\S{0,6}")
_PLAN = re.compile(r"[“\"]?十[一二三四五六]五[”\"]?(?:时期|期间|末)?(?:目标|规划)?")
_NOTE = re.compile(r"\s*([1-9])\s+[^0-9\s]")
_NOTE_LINES = 8
_FIGURES = ("year", "target", "baseline", "growth", "cumulative")
_WORD = re.compile(r"\S+")
_HAN = re.compile(r"[\u4e00-\u9fff]{2}")
_LINE = re.compile(r"[^\n\f]+")
_EMPTY = ("-", "—", "–", "/", "--", "——")
_FEWEST_ROWS = 3
_MOST_BETWEEN = 6  # lines between two middle lines
_HEAD_LINES = 6


@dataclass(slots=True)
class _Row:
    """A middle line's parts; None where it does not print them. `above` and `below` are the lines that complete it."""

    number: Span
    name: Span | None
    unit: Span | None
    attribute: Span
    values: list[Span]
    line: int
    above: Span | None = None
    below: Span | None = None
    whole: bool = True


def find_centred_tables(text: str) -> Iterator[GluedTable]:
    """Tables whose rows are numbered 1, 2, 3 … on their middle lines."""
    if not any(word in text for word in _ATTRIBUTES):
        return
    lines = [match.span() for match in _LINE.finditer(text) if match.group().strip()]
    middles = [k for k, span in enumerate(lines) if _MIDDLE.match(text, *span)]
    for run in _runs(text, lines, middles):
        rows = [_row(text, lines[k], k) for k in run]
        if any(row.name is None or row.unit is None for row in rows):  # else the lines are rows already
            yield _table(text, lines, rows)


def _runs(text: str, lines: Sequence[Span], middles: Sequence[int]) -> Iterator[list[int]]:
    """Middle lines with running numbers, not far from each other."""
    run: list[int] = []
    for k in middles:
        number = int(text[slice(*lines[k])].split()[0])
        follows = bool(run) and number == len(run) + 1 and k - run[-1] <= _MOST_BETWEEN + 1
        if not follows and len(run) >= _FEWEST_ROWS:
            yield run
        run = [*run, k] if follows else [k] if number == 1 else []
    if len(run) >= _FEWEST_ROWS:
        yield run


def _words(text: str, span: Span) -> list[Span]:
    return [match.span() for match in _WORD.finditer(text, *span)]


def _row(text: str, span: Span, line: int) -> _Row:
    words = _words(text, span)
    said = [text[slice(*word)] for word in words]
    k = next(k for k, word in enumerate(said) if word in _ATTRIBUTES)
    front, back = words[1:k], words[k + 1 :]
    values = back
    if not back:  # 2020年 2025年 属性: the figures stand before it
        cut = len(front)
        while cut > 1 and value_at(text, *front[cut - 1]) is not None:
            cut -= 1
        front, values = front[:cut], front[cut:]
    unit = front[-1] if front and _is_unit(text[slice(*front[-1])]) else None
    name = front[:-1] if unit is not None else front
    return _Row(words[0], (name[0][0], name[-1][1]) if name else None, unit, words[k], list(values), line)


def _is_unit(word: str) -> bool:
    return word in _EMPTY or measure_of(word) != ""


def _table(text: str, lines: Sequence[Span], rows: list[_Row]) -> GluedTable:
    heads, first = _heads(text, lines, rows[0].line)
    count = max((len(row.values) for row in rows), key=[len(row.values) for row in rows].count)
    with_unit = sum(row.unit is not None for row in rows) * 2 > len(rows)
    _complete(text, lines, rows, with_unit)
    _without_notes(text, lines, rows)
    for row in rows:
        row.whole = row.whole and len(row.values) == count and all(value_at(text, *span) is not None for span in row.values)
    cols = 3 + with_unit + 1 + count
    table = GluedTable(lines[first][0], lines[rows[-1].line][1], cols)
    table.cells.extend(_head_cells(text, heads, rows, count, with_unit))
    table.rows = max(cell.row + cell.row_span for cell in table.cells) if table.cells else 1
    for k in range(len(rows)):
        _add(table, text, lines, rows, k, count, with_unit)
    table.fitting = sum(row.whole for row in rows)
    return table


def _heads(text: str, lines: Sequence[Span], middle: int) -> tuple[list[Span], int]:
    """Head words above the first row, and the line with which they begin."""
    found: list[Span] = []
    first = middle
    for k in range(middle - 1, max(middle - 1 - _HEAD_LINES, -1), -1):
        here = [match.span() for pattern in (_HEAD_WORDS, _VALUE_HEAD, _PLAN) for match in pattern.finditer(text, *lines[k])]
        if here:
            first = k
            found = [*here, *found]
    return sorted(set(found)), first


def _complete(text: str, lines: Sequence[Span], rows: list[_Row], with_unit: bool) -> None:
    """Give each row the lines around its middle line that belong to it."""
    for k, row in enumerate(rows):
        lacks = row.name is None or (with_unit and row.unit is None)
        if not lacks:
            continue
        before = rows[k - 1] if k else None
        after = rows[k + 1] if k + 1 < len(rows) else None
        row.whole = _even(before, row, with_unit) and _even(row, after, with_unit)
        if row.whole and row.line > 0 and row.line + 1 < len(lines):
            row.above, row.below = lines[row.line - 1], lines[row.line + 1]
            row.whole = _joins(text, row, with_unit)
        if not row.whole:
            row.above = row.below = None


def _even(upper: _Row | None, lower: _Row | None, with_unit: bool) -> bool:
    """The lines between two rows are as many as they lack."""
    if upper is None or lower is None:
        return True
    lacking = sum(one.name is None or (with_unit and one.unit is None) for one in (upper, lower))
    return lower.line - upper.line - 1 == lacking


def _joins(text: str, row: _Row, with_unit: bool) -> bool:
    """The two lines are halves of the name; a unit in two halves (`万元/`, `人`) is no cell."""
    assert row.above is not None and row.below is not None  # set by the caller
    halves = [text[slice(*row.above)].split(), text[slice(*row.below)].split()]
    lacks_one = row.name is None and not (with_unit and row.unit is None)
    return lacks_one and all(len(half) == 1 and _HAN.search(half[0]) and not _is_unit(half[0]) for half in halves)


def _without_notes(text: str, lines: Sequence[Span], rows: Sequence[_Row]) -> None:
    """`…拥有量1` over the footnote `1 指每万人口…`: the digit is no part of the name."""
    after = lines[rows[-1].line + 1 : rows[-1].line + 1 + _NOTE_LINES]
    notes = {match.group(1) for span in after if (match := _NOTE.match(text, *span)) is not None}
    for row in rows:
        if row.name is not None and text[row.name[1] - 1] in notes and not text[row.name[1] - 2].isascii():
            row.name = (row.name[0], row.name[1] - 1)
        if row.below is not None and text[row.below[1] - 1] in notes and not text[row.below[1] - 2].isascii():
            row.below = (row.below[0], row.below[1] - 1)


def _head_cells(text: str, heads: Sequence[Span], rows: Sequence[_Row], count: int, with_unit: bool) -> Iterator[GluedCell]:
    """指标 over both halves of the name, unit, attribute and the last heads of figures over theirs, “十四五” over these."""
    roles = [(head_role(text[slice(*span)]), span) for span in heads]
    plans = [span for span in heads if _PLAN.fullmatch(text, *span)]
    ahead = bool(rows[0].values) and rows[0].values[0][0] < rows[0].attribute[0]
    at, deep = 3 + with_unit, 2 if plans else 1
    for role, col, width in (("indicator", 1, 2), ("measure", 3, 1), ("attribute", at + count if ahead else at, 1)):
        span = next((span for known, span in roles if known == role and (role != "measure" or with_unit)), None)
        if span is not None:
            yield GluedCell(0, col, *span, deep, width)
    first = at if ahead else at + 1
    if plans:
        yield GluedCell(0, first, *plans[-1], 1, count)
    figures = [span for role, span in roles if role in _FIGURES and span not in plans][-count:]
    for k, span in enumerate(figures if len(figures) == count else ()):
        yield GluedCell(deep - 1, first + k, *span)


def _add(
    table: GluedTable, text: str, lines: Sequence[Span], rows: Sequence[_Row], k: int, count: int, with_unit: bool
) -> None:
    row, at = rows[k], table.rows
    table.rows += 1
    if not row.whole:
        first, last = _unsettled(rows, k)
        table.cells.append(GluedCell(at, 1, lines[first][0], lines[last][1], col_span=table.cols - 1))
        table.end = lines[last][1]
        return
    table.cells.append(GluedCell(at, 0, *row.number))
    table.cells.extend(_names(row, at))
    if row.unit is not None:
        table.cells.append(GluedCell(at, 3, *row.unit))
    ahead = row.values[:1] and row.values[0][0] < row.attribute[0]
    col = 3 + with_unit
    table.cells.append(GluedCell(at, col + count if ahead else col, *row.attribute))
    table.cells.extend(GluedCell(at, (col if ahead else col + 1) + n, *span) for n, span in enumerate(row.values))
    table.end = lines[row.line + (row.below is not None)][1]


def _unsettled(rows: Sequence[_Row], k: int) -> tuple[int, int]:
    """First and last line of a row that is kept whole: all lines that its neighbours leave."""
    row = rows[k]
    first = last = row.line
    if k > 0:
        first = rows[k - 1].line + 1 + (rows[k - 1].below is not None)
    if k + 1 < len(rows) and rows[k + 1].whole:
        last = rows[k + 1].line - 1 - (rows[k + 1].above is not None)
    return min(first, row.line), max(last, row.line)


def _names(row: _Row, at: int) -> Iterator[GluedCell]:
    if row.name is not None:
        yield GluedCell(at, 1, *row.name, col_span=2)
    elif row.above is not None and row.below is not None:
        yield GluedCell(at, 1, *row.above)
        yield GluedCell(at, 2, *row.below)
