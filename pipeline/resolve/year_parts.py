"""Printed parts of a year to days, e.g. year 2025, month 6, edge 底 -> 2025-06-30; 二〇二五 -> 2025, 三十一 -> 31."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date, timedelta

from policy_commitments.extractors.deadline_words import values

Parts = Mapping[str, str]
_HAN = {mark: n for n, marks in enumerate(("〇零Oo", "一", "二两", "三", "四", "五", "六", "七", "八", "九")) for mark in marks}
_PERIODS = ("quarter", "half", "season")


def year_number(text: str) -> int:
    """`2025`, `二〇二五` and the `25` of 25年底 -> 2025."""
    year = int("".join(mark if mark.isdecimal() else str(_HAN[mark]) for mark in text))
    return year if len(text) > 2 else 2000 + year


def number(text: str) -> int:
    """1 to 99 in digits or Chinese characters: `12`, `十二`, `三十一`."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (_HAN[tens] if tens else 1 if ten else 0) * 10 + (_HAN[ones] if ones else 0)


def year_of(parts: Parts, issued: date | None) -> int | None:
    """The printed year, the sentence's, or one seen from the issue date (明年); None without an issue date."""
    if "year" in parts:
        return year_number(parts["year"])
    offset = int(values("relative").get(parts.get("this", ""), "0"))
    if "context_year" in parts:
        return year_number(parts["context_year"]) + offset
    return None if issued is None else issued.year + offset


def last_day(parts: Parts, issued: date | None) -> date | None:
    """The last day that still counts; None where it cannot be known.

    `6月底前` without any year is next year's where the issue year's had passed.
    """
    year = year_of(parts, issued)
    if year is None:
        return None
    last = _end(parts, year)
    floats = not any(name in parts for name in ("year", "this", "context_year"))
    if floats and issued is not None and last is not None and last < issued:
        return _end(parts, year + 1)
    return last


def first_day(parts: Parts, year: int) -> date | None:
    """The first day of the printed part of a year: 一季度 -> 1 January."""
    if "school" in parts:
        return date(year, 9, 1)
    if "month" in parts:
        tenth = int(values("tenth").get(parts.get("tenth", ""), "10"))
        return _day(year, number(parts["month"]), number(parts.get("day", "1")) + tenth // 10 * 10 - 10)
    for kind in _PERIODS:
        if kind in parts:
            return _marked(year, values(kind)[parts[kind]].partition("/")[0])
    return date(year, 1, 1)


def edge_of(parts: Parts) -> str:
    """end | inside | start | middle, "" without an edge."""
    edge = parts.get("edge", "")
    return values("edge").get(edge) or values("edge_middle").get(edge, "")


def _end(parts: Parts, year: int) -> date | None:
    edge = edge_of(parts)
    before = "before" in parts and "edge" not in parts
    if edge in ("start", "middle"):
        return None
    if "festival" in parts:
        fixed = values("festival")[parts["festival"]]
        return _marked(year, fixed) - timedelta(days=1) if fixed else None
    if "day" in parts:
        return _day(year, number(parts["month"]), number(parts["day"]))
    if before:
        first = first_day(parts, year)
        return None if first is None else first - timedelta(days=1)
    return _whole(parts, year)


def _whole(parts: Parts, year: int) -> date | None:
    """Last day of the printed part of the year, else of the year; a school year ends in the next."""
    if "month" in parts:
        month = number(parts["month"])
        last = calendar.monthrange(year, month)[1]
        return date(year, month, min(last, int(values("tenth").get(parts.get("tenth", ""), "31"))))
    for kind in _PERIODS:
        if kind in parts:
            return _marked(year, values(kind)[parts[kind]].partition("/")[2])
    return date(year + 1, 8, 31) if "school" in parts else date(year, 12, 31)


def _marked(year: int, month_day: str) -> date:
    month, _, day = month_day.partition("-")
    return date(year, int(month), int(day))


def _day(year: int, month: int, day: int) -> date | None:
    """None for a printed day that does not exist (6月31日)."""
    return date(year, month, day) if day <= calendar.monthrange(year, month)[1] else None
