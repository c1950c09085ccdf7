"""Printed deadlines to dates, e.g. `2025年6月底前` -> 2025-06-30, `三年内` -> 31 December of the issue year + 2.

The table of codebook section 5. Never more precise than the source: what has no known last day stays None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from policy_commitments.extractors.deadline_words import values
from policy_commitments.pipeline.resolve.year_parts import (
    Parts,
    edge_of,
    first_day,
    last_day,
    number,
    year_of,
)
from policy_commitments.schemas.mentions import DeadlineMention
from policy_commitments.schemas.records import Deadline

Period = tuple[date | None, date | None]
_FINER = ("edge", "month", "festival", "school")


def resolve_deadline(mention: DeadlineMention, issue_date: date | None, period: Period = (None, None)) -> Deadline:
    """The deadline that a mention states; several dates (`到2022年和2030年`) give the last of them.

    `period` is the document's own, for `规划期末`.
    """
    return list(resolve_deadlines(mention, issue_date, period))[-1]


def resolve_deadlines(
    mention: DeadlineMention, issue_date: date | None, period: Period = (None, None)
) -> Iterator[Deadline]:
    """One deadline per date: `到2022年和2030年分别…` gives two, every other mention one.

    A mention that does not govern has text only, but for `截至2027年底` after the issue date.
    """
    if mention.form == "period":
        whole = values("plan_part")[mention.parts["edge"]] == "whole"
        yield Deadline(text=mention.text, start=period[0] if whole else None, deadline=period[1])
    elif mention.form == "dates" and mention.governs:
        yield from (_point(one, issue_date) for one in _members(mention))
    elif mention.governs or lies_ahead(mention, issue_date):
        yield _READERS[mention.form](mention, issue_date)
    else:
        yield Deadline(text=mention.text)


def lies_ahead(mention: DeadlineMention, issue_date: date | None) -> bool:
    """`截至2027年底` in a document of 2024 is a promise, although `截至` mostly tells the state of affairs."""
    if mention.form != "as_of" or issue_date is None:
        return False
    last = last_day(mention.parts, issue_date)
    return last is not None and last > issue_date


def deadline_problems(mention: DeadlineMention) -> list[str]:
    """Codes of doubts: `ambiguous_deadline` for `2020年前`, `一季度前`, read literally; `vague_deadline` for 年初, 左右, 3—5年."""
    parts = mention.parts
    if mention.governs and mention.form == "within" and "count_to" in parts:
        return ["vague_deadline"]
    if not mention.governs or mention.form != "date":
        return []
    moving = values("festival").get(parts.get("festival", ""), "-") == ""
    if moving or "about" in parts or edge_of(parts) in ("start", "middle"):
        return ["vague_deadline"]
    return ["ambiguous_deadline"] if "before" in parts and not any(name in parts for name in _FINER) else []


def _members(mention: DeadlineMention) -> Iterator[DeadlineMention]:
    """The dates of a list, each with its own text; an edge after the last holds for each."""
    n = 1
    while f"text_{n}" in mention.parts:
        parts = {name.rpartition("_")[0]: value for name, value in mention.parts.items() if name.endswith(f"_{n}")}
        yield DeadlineMention("date", parts.pop("text"), mention.start, mention.end, parts)
        n += 1


def _point(mention: DeadlineMention, issued: date | None) -> Deadline:
    parts = mention.parts
    recurrence = repeated(parts["then_unit"], parts.get("then_count", "")) if "then_unit" in parts else None
    return Deadline(text=mention.text, deadline=last_day(parts, issued), recurrence=recurrence)


def _span(mention: DeadlineMention, issued: date | None) -> Deadline:
    """2023—2025年, 2024年10月至2025年3月, 3—6月: the end's parts and the start's parts, each with a year."""
    parts = mention.parts
    first = {name.removesuffix("_from"): value for name, value in parts.items() if name.endswith("_from")}
    last = {name.removesuffix("_last"): value for name, value in parts.items() if name.endswith("_last")}
    shared: dict[str, str] = {name: parts[name] for name in ("this", "context_year") if name in parts}
    if "month_bare" in parts:
        first["month"] = parts["month_bare"]
    if "year" in parts:
        last = {name: value for name, value in parts.items() if not name.endswith(("_from", "_last", "_bare"))}
        last["year"] = first.get("year", "")[: 4 - len(parts["year"])] + parts["year"]
    elif "year" in first:
        last["year"] = first["year"]
    if "to_day" in parts:
        last |= {"month": first.get("month", "1"), "day": parts["to_day"]}
    if "school" in parts:
        first["school"] = parts["school"]
        last = {"year": last["year"], "month": "8"}
    return _between({**shared, **first}, {**shared, **last}, mention.text, issued)


def _between(first: Parts, last: Parts, text: str, issued: date | None) -> Deadline:
    ended = {name: value for name, value in last.items() if name != "edge"}
    end = last_day(ended, issued)
    year = year_of(first, end if "this" not in first else issued)
    start = first_day(first, year) if year is not None and end is not None else None
    return Deadline(text=text, start=start if start is None or end is None or start <= end else None, deadline=end)


def _plan(mention: DeadlineMention, issued: date | None) -> Deadline:
    """“十四五”期间: first and last day of the plan; of “十四五”中期 the day is not known."""
    plans, parts = values("plan"), mention.parts
    first, _, last = plans[parts["plan"]].partition("/")
    last = plans[parts["plan_to"]].partition("/")[2] if "plan_to" in parts else last
    meant = values("plan_part")[parts["edge"]]
    if meant == "inner":
        return Deadline(text=mention.text)
    start = date(int(first), 1, 1) if meant == "whole" else None
    return Deadline(text=mention.text, start=start, deadline=date(int(last), 12, 31))


def _within(mention: DeadlineMention, issued: date | None) -> Deadline:
    """三年内 ends on 31 December of the issue year + 2; 3—5年 and 半年 have no known last day."""
    count = mention.parts["count"]
    if "context_year" in mention.parts and count != "半" and "count_to" not in mention.parts:
        first = number(mention.parts["context_year"])
        return Deadline(text=mention.text, start=date(first, 1, 1), deadline=date(first + number(count) - 1, 12, 31))
    if issued is None or count == "半" or "count_to" in mention.parts:
        return Deadline(text=mention.text, start=issued)
    return Deadline(text=mention.text, start=issued, deadline=date(issued.year + number(count) - 1, 12, 31))


def _every(mention: DeadlineMention, issued: date | None) -> Deadline:
    return Deadline(text=mention.text, recurrence=repeated(mention.parts["unit"], mention.parts.get("count", "")))


def repeated(unit: str, count: str = "") -> str | None:
    """ISO 8601 duration: 年 -> P1Y, 季度 -> P3M, 两 + 年 -> P2Y, 半 + 年 -> P6M; None for half of anything else."""
    one = values("unit")[unit]
    if count == "半":
        return "P6M" if one == "P1Y" else None
    return f"P{int(one[1:-1]) * (number(count) if count else 1)}{one[-1]}"


_READERS: dict[str, Callable[[DeadlineMention, date | None], Deadline]] = {
    "date": _point,
    "as_of": _point,
    "span": _span,
    "plan": _plan,
    "within": _within,
    "every": _every,
}
__all__ = ["deadline_problems", "lies_ahead", "resolve_deadline", "resolve_deadlines"]
