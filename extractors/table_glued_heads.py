"""Heads of a table whose cells were glued together, e.g. `序号主要指标2025年属性` before `1基本养老保险参保率≥95%约束性2…`.

Runs over text without blanks (`指　标　名　称` is 指标名称); words and roles are those of `table_heads.yml`.
Reads no rows: that is `table_glued_rows`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from policy_commitments.extractors.table_heads import head_words
from policy_commitments.schemas.table_mentions import ColumnRole

VALUES = frozenset(("baseline", "target", "growth", "cumulative", "year"))
NAMES = frozenset(("indicator", "task", "content", "place", "owner", "duty"))
_OPENERS = ("index", "category", "indicator", "place", "task", "content")
_FEWEST, _MOST = 3, 12  # columns
_PERIOD = re.compile(
    r"""
      (?:到|至)?(?:19|20)[0-9]{2}年?(?:(?:[-—–~至]|年—)(?:19|20)[0-9]{2}年?)?(?:末|底|度)?   # 2025年, 到2025年底, 2019年—2021年
    | [“"]?十[一二三四五六]五[”"]?(?:时期|期间|期末|末|规划)?                                     # “十四五”末
    """,
    re.X,
)
_BRACKET = re.compile(r"[（(\[〔【][^（）()\[\]〔〕【】]{1,16}[）)\]〕】]")  # （%）, [累计], （单位：万元）
_FIRST_ROW = re.compile(
    r"""
      (?:[一二三四五六七八九十]{1,2}[、.])?[^0-9，。；：、]{0,20}?1[.、．]?(?![0-9]{0,3}[年月日%.，。、])[^\W_]   # 一、农业高质高效1粮食综合生产能力
    """,
    re.X,
)


@dataclass(frozen=True, slots=True)
class GluedColumn:
    """One head at text[start:end]."""

    start: int
    end: int
    role: ColumnRole


@dataclass(frozen=True, slots=True)
class GluedHead:
    """Heads that follow each other at text[start:end]."""

    start: int
    end: int
    columns: tuple[GluedColumn, ...]

    def roles(self) -> tuple[ColumnRole, ...]:
        """Roles from left to right."""
        return tuple(column.role for column in self.columns)


def find_glued_heads(text: str) -> Iterator[GluedHead]:
    """Rows of heads in a text without blanks, none overlapping; what follows them looks like a first row."""
    at = 0
    for match in _opening().finditer(text):
        if match.start() < at:
            continue
        columns = _columns(text, match.start(), ())
        if columns is None:
            continue
        at = columns[-1].end
        columns = _without_upper(columns)
        if columns is not None:
            yield GluedHead(columns[0].start, columns[-1].end, columns)


@cache
def _opening() -> re.Pattern[str]:
    """Any word with which a row of heads begins, the longest first."""
    words = [word for word, role in head_words().items() if role in _OPENERS and len(word) > 1]
    rest: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words, key=len, reverse=True):
        rest[word[0]].append(re.escape(word[1:]))
    return re.compile("|".join(f"{re.escape(first)}(?:{'|'.join(ends)})" for first, ends in rest.items()))


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """Lengths of the heads with one first character, longest first."""
    found: dict[str, set[int]] = defaultdict(set)
    for word in head_words():
        found[word[0]].add(len(word))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}


def _columns(text: str, at: int, before: tuple[GluedColumn, ...]) -> tuple[GluedColumn, ...] | None:
    """The heads from `at` on after which a first row follows; more heads and longer words are tried first."""
    heads = _heads_at(text, at) if len(before) < _MOST else ()
    for end, role in heads:
        if not _may_follow(role, before):
            continue
        found = _columns(text, end, (*before, GluedColumn(at, end, role)))
        if found is not None:
            return found
    return before if len(before) >= _FEWEST and _makes_sense(before) and _row_follows(text, at, before) else None


def _without_upper(columns: tuple[GluedColumn, ...]) -> tuple[GluedColumn, ...] | None:
    """规划目标 before 2023年 and 2025年 stands over them; before one year it may be a column of its own: None."""
    kept: list[GluedColumn] = []
    for k, column in enumerate(columns):
        years = 0
        while k + 1 + years < len(columns) and columns[k + 1 + years].role == "year":
            years += 1
        if column.role not in ("target", "baseline") or years == 0:
            kept.append(column)
        elif years == 1:
            return None
    return tuple(kept)


def _may_follow(role: ColumnRole, before: tuple[GluedColumn, ...]) -> bool:
    """Each role but those of figures stands once, and the running number first: 主要指标 before 序号 is a caption."""
    if role == "index":
        return all(column.role == "category" for column in before)
    return role in VALUES or role not in [column.role for column in before]


def _heads_at(text: str, at: int) -> Iterator[tuple[int, ColumnRole]]:
    """Ends and roles of the heads that can begin at `at`."""
    period = _PERIOD.match(text, at)
    if period is not None:
        for end, role in _words_at(text, period.end()):
            if role in VALUES:
                yield end, role
        yield _with_bracket(text, period.end()), "year"
    yield from _words_at(text, at)


def _words_at(text: str, at: int) -> Iterator[tuple[int, ColumnRole]]:
    known = head_words()
    for length in _lengths().get(text[at : at + 1], ()):
        role = known.get(text[at : at + length])
        if role is not None and at + length <= len(text):
            yield _with_bracket(text, at + length), role


def _with_bracket(text: str, at: int) -> int:
    bracket = _BRACKET.match(text, at)
    return bracket.end() if bracket is not None else at


def _row_follows(text: str, at: int, columns: tuple[GluedColumn, ...]) -> bool:
    """The first row: its number 1, or, in a table that ends its rows with 约束性 / 预期性, any words."""
    roles = {column.role for column in columns}
    if "index" in roles:
        return _FIRST_ROW.match(text, at) is not None
    return columns[-1].role == "attribute" and not any(True for _ in _heads_at(text, at))


def _makes_sense(columns: tuple[GluedColumn, ...]) -> bool:
    """Names of something, and values, agencies or dates beside them."""
    roles = {column.role for column in columns}
    return bool(roles & NAMES) and bool(roles & (VALUES | {"responsible", "lead", "deadline", "attribute"}))
