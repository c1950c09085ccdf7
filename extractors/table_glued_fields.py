"""Cells of one glued row, e.g. `肉类总产量万吨158180预期性` under 指标名称 | 单位 | 2020年 | 2025年 | 属性.

Only the name is free text; unit, figures and 约束性 / 预期性 have to be what their columns hold, to the last character.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from policy_commitments.extractors.table_glued_heads import VALUES
from policy_commitments.extractors.table_glued_values import can_split, split_values
from policy_commitments.extractors.table_heads import bracket_measure, measure_of
from policy_commitments.schemas.mentions import Span
from policy_commitments.schemas.table_mentions import ColumnRole

ATTRIBUTE = re.compile(r"(?:约束性|预期性|导向性|引领性|指导性)(?:指标)?")
_AGENCIES = re.compile(r"[^0-9，。；%]{3,80}")
_NAME_TAIL = re.compile(r"[0-9.,≥≤><≧≦:：∶\[［〔【]")
_INNER_VALUE = re.compile(r"[≥≤><≧≦]|(?<![（(])%(?![)）])")
_DIGITS = re.compile(r"(?<!/)[0-9]|/(?!10万)[0-9]")  # no unit but 1/10万
_LONGEST_MEASURE = 12
_LONGEST_NAME = 70
_EMPTY = ("-", "—", "–", "/", "--", "——")


@dataclass(frozen=True, slots=True)
class GluedField:
    """Text under the columns first..last (of those after the row's number); `split` is False where the cells in it are not told apart."""

    first: int
    last: int
    start: int
    end: int
    split: bool = True


@dataclass(frozen=True, slots=True)
class _Row:
    text: str
    end: int
    roles: tuple[ColumnRole, ...]
    walls: frozenset[int]


def read_fields(
    text: str, span: Span, roles: Sequence[ColumnRole], walls: frozenset[int]
) -> tuple[GluedField, ...] | None:
    """Fields of text[start:end]; the first role is the name's. None where the row does not fit its columns."""
    start, end = span
    row = _Row(text, end, tuple(roles), walls)
    for at in range(start + 1, min(end, start + _LONGEST_NAME) + 1):
        if not _is_name(text, start, at):
            continue
        rest = _rest(row, at, 1, bracket_measure(text[start:at]))
        if rest is not None:
            return (GluedField(0, 0, start, at), *rest)
    return None


def _is_name(text: str, start: int, end: int) -> bool:
    """Words, and not the beginning of a figure."""
    name = text[start:end]
    if _NAME_TAIL.match(text, end - 1) or _INNER_VALUE.search(name):
        return False
    return sum("\u4e00" <= character <= "\u9fff" for character in name) >= 2


def _rest(row: _Row, at: int, k: int, measure: str) -> tuple[GluedField, ...] | None:
    """Fields of the columns from k on, which begin at `at`."""
    if k == len(row.roles):
        return () if at == row.end else None
    role = row.roles[k]
    if role == "measure":
        return _measured(row, at, k)
    if role in VALUES:
        return _values(row, at, k, measure)
    if role == "attribute":
        found = ATTRIBUTE.match(row.text, at, row.end)
        return None if found is None else _joined(row, k, at, found.end(), measure)
    if k == len(row.roles) - 1 and _AGENCIES.fullmatch(row.text, at, row.end):
        return (GluedField(k, k, at, row.end),)
    return None


def _joined(row: _Row, k: int, start: int, end: int, measure: str) -> tuple[GluedField, ...] | None:
    rest = _rest(row, end, k + 1, measure)
    return None if rest is None else (GluedField(k, k, start, end), *rest)


def _measured(row: _Row, at: int, k: int) -> tuple[GluedField, ...] | None:
    for end in range(min(at + _LONGEST_MEASURE, row.end), at, -1):
        printed = row.text[at:end]
        measure = "" if _DIGITS.search(printed) else measure_of(printed)
        if measure or printed in _EMPTY:
            found = _joined(row, k, at, end, measure)
            if found is not None:
                return found
    return None


def _values(row: _Row, at: int, k: int, measure: str) -> tuple[GluedField, ...] | None:
    """All columns of figures that stand side by side."""
    last = k
    while last + 1 < len(row.roles) and row.roles[last + 1] in VALUES:
        last += 1
    for end in _value_ends(row, at, last):
        if not can_split(row.text, (at, end), last - k + 1, row.walls):
            continue
        rest = _rest(row, end, last + 1, measure)
        if rest is None:
            continue
        spans = split_values(row.text, (at, end), row.roles[k : last + 1], measure, row.walls)
        if spans is None:
            return (GluedField(k, last, at, end, split=False), *rest)
        return (*(GluedField(k + n, k + n, *span) for n, span in enumerate(spans)), *rest)
    return None


def _value_ends(row: _Row, at: int, last: int) -> Sequence[int]:
    """Where the figures may end: at the row's end, before 约束性, or anywhere before agencies."""
    if last + 1 == len(row.roles):
        return (row.end,)
    if row.roles[last + 1] == "attribute":
        return tuple(match.start() for match in ATTRIBUTE.finditer(row.text, at, row.end))
    return range(row.end - 1, at, -1)
