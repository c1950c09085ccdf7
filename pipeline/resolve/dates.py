"""Printed deadlines to dates, e.g. `2025年6月底前` -> 2025-06-30, `三年内` -> 31 December of the issue year + 2.

The table of codebook section 5. Never more precise than the source: what has no last day stays None.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache

from policy_commitments.extractors.deadline_grammar import KEYS
from policy_commitments.extractors.folding import fold
from policy_commitments.extractors.lexicon import words_of
from policy_commitments.schemas.mentions import DeadlineMention
from policy_commitments.schemas.records import Deadline

_HAN = {mark: value for value, marks in enumerate(("〇零Oo", "一", "二两", "三", "四", "五", "六", "七", "八", "九")) for mark in marks}
_VAGUE_EDGES = frozenset({"初", "中"})
_UNITS = {"年": "Y", "年度": "Y", "学年": "Y", "月": "M", "周": "W", "星期": "W", "日": "D", "天": "D"}
_MONTHS = {"季度": 3, "季": 3, "学期": 6}
Parts = Mapping[str, str]


def resolve_deadline(mention: DeadlineMention, issue_date: date | None) -> Deadline:
    """The deadline that a mention states; several dates (`到2022年和2030年`) give the last of them."""
    return list(resolve_deadlines(mention, issue_date))[-1]


def resolve_deadlines(mention: DeadlineMention, issue_date: date | None) -> Iterator[Deadline]:
    """One deadline per date: `到2022年和2030年分别…` gives two, every other mention one."""
    if mention.form == "dates" and mention.governs:
        yield from _members(mention)
        return
    reader = _READERS.get(mention.form) if mention.governs else None
    yield Deadline(text=mention.text) if reader is None else reader(mention, issue_date)


def deadline_problems(mention: DeadlineMention) -> list[str]:
    """Codes of doubts about a resolved deadline: `ambiguous_deadline` for a bare `2020年前`, `vague_deadline` for 年初."""
    parts = mention.parts
    if not mention.governs:
        return []
    if parts.get("edge") in _VAGUE_EDGES and "before" not in parts:
        return ["vague_deadline"]
    finer = any(name in parts for name in ("edge", "month", "half", "quarter", "season"))
    bare = mention.form == "date" and "year" in parts and "before" in parts and not finer
    return ["ambiguous_deadline"] if bare else []


def _members(mention: DeadlineMention) -> Iterator[Deadline]:
    n = 1
    while f"year_{n}" in mention.parts:
        year = mention.parts[f"year_{n}"]
        edge = mention.parts.get(f"edge_{n}", "")
        lead = mention.parts.get("lead", "")
        yield Deadline(text=f"{lead}{year}年{edge}", deadline=date(_year(year), 12, 31))
        n += 1


def _point(mention: DeadlineMention, issued: date | None) -> Deadline:
    day = _last_day(mention.parts, issued)
    then = mention.parts.get("then")
    return Deadline(text=mention.text, deadline=day, recurrence=None if then is None else _repeated(then))


def _last_day(parts: Parts, issued: date | None) -> date | None:
    """The last day that still counts, None where it cannot be known."""
    if parts.get("edge") in _VAGUE_EDGES and "before" not in parts:
        return None
    year = _year_of(parts, issued)
    if year is None:
        return None
    last = _end(parts, year)
    if last is not None and _floats(parts) and issued is not None and last < issued:
        last = _end(parts, year + 1)
    return last


def _floats(parts: Parts) -> bool:
    """6月底前, without any year: the next one counts where this one had passed."""
    return not any(name in parts for name in ("year", "this", "context_year"))


def _year_of(parts: Parts, issued: date | None) -> int | None:
    if "year" in parts:
        return _year(parts["year"])
    offset = _relative().get(parts.get("this", "今年"), 0)
    if "context_year" in parts:
        return _year(parts["context_year"]) + offset
    return None if issued is None else issued.year + offset


def _end(parts: Parts, year: int) -> date | None:
    """Last day of the printed period of a year; the day before its first where 前 stands without an edge."""
    before = "before" in parts and "edge" not in parts
    if "month" in parts:
        return _end_of_month(parts, year, before)
    for kind in ("quarter", "half", "season"):
        if kind in parts:
            return _end_of_part(kind, parts[kind], year, before)
    if parts.get("edge") in _VAGUE_EDGES:
        return None
    return date(year - 1, 12, 31) if before else date(year, 12, 31)


def _end_of_month(parts: Parts, year: int, before: bool) -> date | None:
    month, last = _number(parts["month"]), calendar.monthrange(year, _number(parts["month"]))[1]
    if "day" in parts:
        return date(year, month, _number(parts["day"])) if _number(parts["day"]) <= last else None
    if "tenth" in parts:
        return date(year, month, min(last, int(_values("tenth")[parts["tenth"]])))
    if before:
        return date(year, month, 1) - timedelta(days=1)
    return date(year, month, last)


def _end_of_part(kind: str, word: str, year: int, before: bool) -> date:
    month, day = _values(kind)[word].split("-")
    last = date(year, int(month), int(day))
    if not before:
        return last
    length = {"quarter": 3, "half": 6, "season": 4}[kind]
    first = last.month - length + 1
    return date(year, max(first, 1), 1) - timedelta(days=1)


def _span(mention: DeadlineMention, issued: date | None) -> Deadline:
    """2023—2025年, 2024年10月至2025年3月, 3—6月."""
    parts = dict(mention.parts)
    first_year = parts.get("from_year")
    if "year" in parts and len(parts["year"]) == 2 and first_year is not None:
        parts["year"] = first_year[:2] + parts["year"]
    end_parts = {**parts, **_suffixed(parts, "_last")}
    start_parts = {**_suffixed(parts, "_from"), **_suffixed(parts, "_only"), **_suffixed(parts, "_bare")}
    if first_year is not None:
        start_parts["year"] = first_year
        end_parts.setdefault("year", first_year)
    elif "context_year" in parts:
        start_parts["context_year"] = parts["context_year"]
    end_parts.pop("edge", None)
    last = _last_day(end_parts, issued)
    return Deadline(text=mention.text, start=_first_day(start_parts, last), deadline=last)


def _suffixed(parts: Parts, suffix: str) -> dict[str, str]:
    return {name[: -len(suffix)]: value for name, value in parts.items() if name.endswith(suffix) and name != f"year{suffix}"}


def _first_day(parts: Parts, last: date | None) -> date | None:
    if last is None:
        return None
    year = _year_of(parts, last)
    if year is None:
        return None
    if "month" in parts:
        return date(year, _number(parts["month"]), _number(parts.get("day", "1")))
    for kind, length in (("quarter", 3), ("half", 6)):
        if kind in parts:
            return date(year, int(_values(kind)[parts[kind]][:2]) - length + 1, 1)
    return date(year, 1, 1)


def _plan(mention: DeadlineMention, issued: date | None) -> Deadline:
    plans = _values("plan")
    first, _, last = plans[mention.parts["plan"]].partition("/")
    if "plan_to" in mention.parts:
        last = plans[mention.parts["plan_to"]].partition("/")[2]
    edge = mention.parts["edge"]
    if edge in ("初期", "中期", "前期"):
        return Deadline(text=mention.text)
    whole = edge.startswith(("期间", "时期", "规划期", "期内")) and not edge.endswith("末")
    return Deadline(text=mention.text, start=date(int(first), 1, 1) if whole else None, deadline=date(int(last), 12, 31))


def _within(mention: DeadlineMention, issued: date | None) -> Deadline:
    """三年内 ends on 31 December of the issue year + 2; of 3—5年 the longer counts."""
    count = mention.parts.get("count_to") or mention.parts["count"]
    if issued is None or count == "半":
        return Deadline(text=mention.text, start=issued)
    return Deadline(text=mention.text, start=issued, deadline=date(issued.year + _number(count) - 1, 12, 31))


def _every(mention: DeadlineMention, issued: date | None) -> Deadline:
    return Deadline(text=mention.text, recurrence=_repeated(mention.text, mention.parts))


def _repeated(text: str, parts: Parts | None = None) -> str | None:
    """ISO 8601 duration: `每两年` -> P2Y, `每半年` -> P6M, `每季度` -> P3M."""
    parts = parts or {}
    unit = parts.get("unit") or text.lstrip("每两二三四五0123456789半个")
    count = parts.get("count", "")
    if count == "半" or text.startswith("每半"):
        return "P6M" if unit.startswith("年") else None
    number = _number(count) if count else 1
    if unit in _MONTHS:
        return f"P{_MONTHS[unit] * number}M"
    return f"P{number}{_UNITS[unit]}" if unit in _UNITS else None


def _unknown(mention: DeadlineMention, issued: date | None) -> Deadline:
    return Deadline(text=mention.text)


def _year(text: str) -> int:
    return int("".join(mark if mark.isdecimal() else str(_HAN[mark]) for mark in text))


def _number(text: str) -> int:
    """1 to 99 in digits or Chinese characters: 12, 十二, 三十一."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (_HAN[tens] if tens else 1 if ten else 0) * 10 + (_HAN[ones] if ones else 0)


@cache
def _values(kind: str) -> dict[str, str]:
    return {fold(word): str(entry["value"]) for word, entry in words_of("deadlines", KEYS, kind=kind)}


@cache
def _relative() -> dict[str, int]:
    return {word: int(value) for word, value in _values("relative").items()}


_READERS: dict[str, Callable[[DeadlineMention, date | None], Deadline]] = {
    "date": _point,
    "span": _span,
    "plan": _plan,
    "period": _unknown,
    "within": _within,
    "every": _every,
}
