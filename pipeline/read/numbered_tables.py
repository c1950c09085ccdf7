"""Tables whose cells stand one on a line, rows told by their running number: 序号 ⏎ 民生实事 ⏎ 责任单位 ⏎ 完成时限 ⏎ 1 ⏎ ….

The heads say what each column holds: agencies, a date, or words. Lines of one kind make one cell; a line of words behind
the last column begins another row under the same number.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from policy_commitments.extractors.agency_offices import is_office
from policy_commitments.extractors.folding import fold
from policy_commitments.extractors.table_heads import head_role
from policy_commitments.pipeline.read.flat_tables import Region
from policy_commitments.pipeline.read.lines import Span

_FIRST_HEAD = re.compile(r"序\s?号|编\s?号")
_NUMBER = re.compile(r"[0-9]{1,3}[.、]?")
_DATE = re.compile(r"(?:(?:20[0-9]{2}年|今年|当年)?(?:[0-9]{1,2}月|[一二三四1-4]季度|[上下]半年|年底|年内|全年|长期|持续)|20[0-9]{2}年)[^，。；]{0,10}")
_ONE_NAME = re.compile(r"[一-龥（）]{3,14}")
_SPLIT = re.compile(r"[、，；\s]+")
_OWNED = frozenset(("lead", "responsible", "support", "owner"))
_FEWEST_HEADS, _MOST_HEADS, _LONGEST_HEAD = 3, 6, 12
_FEWEST_ROWS = 3
_LONGEST_CELL = 400

Row = list[Span]


def numbered_regions(text: str, lines: list[Span]) -> Iterator[Region]:
    """Such tables, in text order; blank lines between the cells say nothing."""
    heads = [place for place, span in enumerate(lines) if _is_first_head(text, span)]
    places = [place for place, (start, end) in enumerate(lines) if heads and place >= heads[0] and not text[start:end].isspace() and end > start]
    filled = [lines[place] for place in places]
    last = -1
    for head in heads:
        region = _region(text, filled, bisect_left(places, head)) if head > last else None
        if region is not None:
            region.first, region.last = places[region.first], places[region.last]
            last = region.last
            yield region


def _is_first_head(text: str, span: Span) -> bool:
    return text.find("号", *span) >= 0 and _FIRST_HEAD.fullmatch(_said(text, span)) is not None


def _said(text: str, span: Span) -> str:
    start, end = span
    return fold(text[start:end]).strip() if end - start <= _LONGEST_CELL else text[start:end]


def _region(text: str, lines: list[Span], first: int) -> Region | None:
    heads = _heads(text, lines, first)
    kinds = [_kind(_said(text, span)) for span in heads]
    if len(heads) < _FEWEST_HEADS or kinds[1:].count("words") != 1 or not {"agency", "date"} & set(kinds):
        return None
    region = Region(first, first + len(heads) - 1, [list(heads)])
    at, number = region.last + 1, 1
    while at < len(lines) and _is_number(text, lines[at], number):
        rows, after = _rows(text, lines, at, kinds, number)
        if not rows:
            break
        region.rows += rows
        region.last, at, number = after - 1, after, number + 1
    return region if number > _FEWEST_ROWS else None


def _heads(text: str, lines: list[Span], first: int) -> Sequence[Span]:
    """The lines up to the first running number."""
    for k in range(first + 1, min(first + _MOST_HEADS + 1, len(lines))):
        if _is_number(text, lines[k], 1):
            return lines[first:k]
        if not 1 < len(_said(text, lines[k])) <= _LONGEST_HEAD:
            return ()
    return ()


def _kind(head: str) -> str:
    role = head_role(head)
    return "agency" if role in _OWNED else "date" if role == "deadline" else "words"


def _is_number(text: str, span: Span, number: int) -> bool:
    said = _said(text, span)
    return _NUMBER.fullmatch(said) is not None and int(said.rstrip(".、")) == number


def _rows(text: str, lines: list[Span], at: int, kinds: list[str], number: int) -> tuple[list[Row], int]:
    """The rows under one number and the line behind them; none where a line fits no column."""
    rows: list[Row] = [[lines[at]]]
    k = at + 1
    while k < len(lines) and not _is_number(text, lines[k], number + 1):
        said = _said(text, lines[k])
        last = len(rows[-1]) - 1
        column = last if _is_one_more(text, lines, k, kinds[last], number) else _column(said, last, kinds)
        if column is None and "words" in _fits(said):
            if len(rows[-1]) == len(kinds) and not _follows(text, lines, k, number):
                break  # what stands behind the table
            rows.append([(lines[k][0], lines[k][0])])
            column = kinds.index("words", 1)
        if column is None:
            return [], k
        _put(rows[-1], column, lines[k])
        k += 1
    return [[*row, *[(row[-1][1], row[-1][1])] * (len(kinds) - len(row))] for row in rows], k


def _is_one_more(text: str, lines: list[Span], k: int, kind: str, number: int) -> bool:
    """A short line below agencies and above a date or the next number: an office whose name tells nothing, 县代建中心."""
    if kind != "agency" or k + 1 >= len(lines) or _ONE_NAME.fullmatch(_said(text, lines[k])) is None:
        return False
    return _is_number(text, lines[k + 1], number + 1) or _DATE.fullmatch(_said(text, lines[k + 1])) is not None


def _follows(text: str, lines: list[Span], k: int, number: int) -> bool:
    """Whether the next number still comes, so that a further line of words belongs to this one."""
    return any(_is_number(text, lines[j], number + 1) for j in range(k + 1, min(k + 2 * _MOST_HEADS, len(lines))))


def _fits(said: str) -> tuple[str, ...]:
    if _DATE.fullmatch(said):
        return ("date", "words")
    names = [name for name in _SPLIT.split(said) if name]
    return ("agency", "words") if names and all(map(is_office, names)) else ("words",)


def _column(said: str, last: int, kinds: list[str]) -> int | None:
    """The column of a line: the one it continues, or the next that may hold it."""
    for kind in _fits(said)[:1]:
        if last >= 1 and kinds[last] == kind:
            return last
        for column in range(max(last, 0) + 1, len(kinds)):
            if kinds[column] == kind:
                return column
    return None


def _put(row: Row, column: int, span: Span) -> None:
    while len(row) < column:
        row.append((span[0], span[0]))
    if len(row) == column + 1:
        row[column] = (row[column][0], span[1])
    else:
        row.append(span)
