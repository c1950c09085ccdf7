"""Splits figures that were glued together, e.g. `158180` under 2020年 | 2025年 is 158 and 180.

A split counts only where it is the one that the columns allow: shares stay under 100, a figure has no leading zero,
and a target lies near its baseline. Two readings that are both possible are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policy_commitments.extractors.table_heads import measure_of
from policy_commitments.schemas.mentions import Span
from policy_commitments.schemas.table_mentions import ColumnRole

_SIGN = (
    r"(?:[≥≤><≧≦＞＜±]=?|不低于|不少于|不小于|不高于|不超过|不大于|高于|低于|大于|小于|超过|超|约|达到|达|控制在|累计)?"
)
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_VALUE = re.compile(
    rf"""
      (?P<empty>[-—–/]{{1,2}}|暂未\w{{2}}|暂无|待定)                                             # — : nothing
    | (?P<boxed>[\[［〔【][^\[\]［］〔〕【】]{{1,24}}[\]］〕】])                                 # [15000], [确保完成国家要求]
    | (?P<words>全覆盖|应[建保报享]尽[建保报享]|基本同步|同步增长|与[^0-9，。]{{2,12}}同步|同比例提高|稳步\w{{2}}|逐[步年]\w{{2}}
        |持续\w{{2}}|保持\w{{2}}|(?:确保)?完成(?:国家|省|市|上级)\w{{0,6}}?(?:任务|目标|要求)|达到?\w{{2,6}}水平|[优低高]于\w{{2,6}}(?:水平|值))
    | (?P<sign>{_SIGN})(?P<number>{_NUMBER})
      (?:[-—–~～至](?P<upper>{_NUMBER}))? (?:[:：∶](?P<ratio>{_NUMBER}))?
      (?P<measure>[万亿]?(?:[%‰]|[^\W0-9_]{{0,4}}?)?) (?:左右|以上|以下|以内|及以上|及以下)?[*]?
    """,
    re.X,
)
_FINE = re.compile(r"(?<![0-9])[1-9][0-9]*\.[0-9]{3}")
_LEADING_ZERO = re.compile(r"0[0-9]")
_NEAR = (0.8, 2.0)
_FAR = (0.25, 4.0)
_LONGEST = 60
_MOST = 64


def value_at(text: str, start: int, end: int) -> re.Match[str] | None:
    """One whole cell of a column of figures at text[start:end], None where it is none."""
    found = _VALUE.fullmatch(text, start, end)
    if found is None or found.group("number") is None:
        return found
    number, upper = found.group("number"), found.group("upper")
    if any(_LEADING_ZERO.match(one) for one in (number, upper or "", found.group("ratio") or "")):
        return None
    if upper is not None and _amount(upper) <= _amount(number):
        return None
    measure = found.group("measure") or ""
    known = not measure or measure in ("%", "‰", "万", "亿") or measure_of(measure) != ""
    return found if known else None


def split_values(
    text: str, span: Span, roles: Sequence[ColumnRole], measure: str, walls: frozenset[int]
) -> tuple[Span, ...] | None:
    """The cells of text[start:end] under columns of these roles, None where no reading or more than one is possible.

    `walls` are offsets at which a blank was printed: no figure goes through one.
    """
    start, end = span
    if end - start > _LONGEST:
        return None
    found = list(_splits(text, start, end, len(roles), walls))
    if len(found) < 2 or len(found) > _MOST:
        return found[0] if len(found) == 1 else None
    found = [one for one in found if _shares_fit(text, one, roles, measure)]
    found = _whole_words(text, _plain(text, _with_one(text, found)))
    return found[0] if len(found) == 1 else _near(text, found, roles)


def can_split(text: str, span: Span, count: int, walls: frozenset[int]) -> bool:
    """Whether text[start:end] may be `count` cells at all."""
    return span[1] - span[0] <= _LONGEST and next(_splits(text, *span, count, walls), None) is not None


def _splits(text: str, start: int, end: int, count: int, walls: frozenset[int]) -> Iterator[tuple[Span, ...]]:
    if count == 1:
        if value_at(text, start, end) is not None and not _walled(text, start, end, walls):
            yield ((start, end),)
        return
    for cut in range(start + 1, end):
        if value_at(text, start, cut) is None or _walled(text, start, cut, walls):
            continue
        for rest in _splits(text, cut, end, count - 1, walls):
            yield ((start, cut), *rest)


def _walled(text: str, start: int, end: int, walls: frozenset[int]) -> bool:
    """A blank stands inside a figure of this cell."""
    return any(k in walls and text[k - 1] in "0123456789." and text[k] in "0123456789." for k in range(start + 1, end))


def _figure(text: str, span: Span) -> float | None:
    found = value_at(text, *span)
    if found is None or found.group("number") is None:
        return None
    return _amount(found.group("upper") or found.group("number"))


def _amount(number: str) -> float:
    return float(number.replace(",", ""))


def _shares_fit(text: str, split: Sequence[Span], roles: Sequence[ColumnRole], measure: str) -> bool:
    """Shares have at most two decimals and lie under 100; a growth rate may lie above it."""
    if measure not in ("%", "‰"):
        return True
    limit = 100 if measure == "%" else 1000
    figures = [(_figure(text, span), role) for span, role in zip(split, roles, strict=True)]
    small = all(figure is None or role == "growth" or figure <= limit for figure, role in figures)
    return small and not any(re.search(r"\.[0-9]{3}", text[start:end]) for start, end in split)


def _plain(text: str, found: list[tuple[Span, ...]]) -> list[tuple[Span, ...]]:
    """Splits without a figure like 8.6105, where there are any: three decimals are for figures under 1."""
    return [one for one in found if not any(_FINE.search(text[start:end]) for start, end in one)] or found


def _with_one(text: str, found: list[tuple[Span, ...]]) -> list[tuple[Span, ...]]:
    """Splits in which each ratio has 1 on one side, where there are any: `1:1.261:1.33`."""
    return [one for one in found if all(_has_one(text[start:end]) for start, end in one)] or found


def _has_one(cell: str) -> bool:
    sides = re.split(r"[:：∶]", cell)
    return len(sides) == 1 or "1" in sides


def _whole_words(text: str, found: list[tuple[Span, ...]]) -> list[tuple[Span, ...]]:
    """Splits that cut no figure, where there is one: `80＞90`, `92%98%`."""
    return [one for one in found if all(not _cuts(text, start) for start, _ in one[1:])] or found


def _cuts(text: str, at: int) -> bool:
    return text[at].isdigit() and text[at - 1] in "0123456789."


def _near(text: str, found: Sequence[tuple[Span, ...]], roles: Sequence[ColumnRole]) -> tuple[Span, ...] | None:
    """The one split whose target lies near its baseline, where all others are far off."""
    if len(roles) != 2 or any(role == "growth" for role in roles):
        return None
    near = [one for one in found if _within(text, one, _NEAR)]
    close = [one for one in found if _within(text, one, _FAR)]
    return near[0] if len(near) == 1 and len(close) == 1 else None


def _within(text: str, split: Sequence[Span], bounds: tuple[float, float]) -> bool:
    first, last = (_figure(text, span) for span in split)
    return first is not None and last is not None and first > 0 and bounds[0] <= last / first <= bounds[1]
