"""Values as people write them in a cell: `≥90%`, `3000万元`, `5.5–6张/千人口`."""

from __future__ import annotations

from policy_commitments.pipeline.report.tables import Row

SIGNS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "approx": "≈", "between": "", "eq": ""}
_LARGE = ((1e8, "亿"), (1e4, "万"))
_DIRECTIONS = {"increase": "↑", "decrease": "↓"}


def number(value: float, large: bool) -> str:
    """Up to six digits without trailing zeros; with `large`, 30000000 is 3000万."""
    for limit, suffix in _LARGE if large else ():
        if abs(value) >= limit and abs(value) % (limit / 100) == 0:
            return f"{_plain(value / limit)}{suffix}"
    return _plain(value)


def _plain(value: float) -> str:
    if value == int(value):
        return str(int(value))
    return f"{value:.6f}".rstrip("0").rstrip(".")


def shown(target: Row) -> str:
    """Sign, number, range end, measure, denominator; the printed form where there is no number."""
    if target["value"] is None:
        return str(target["value_text"])
    large = target["unit"] not in (None, "%", "‰")
    value = number(target["value"], large)
    if target["value_max"] is not None:
        value += f"–{number(target['value_max'], large)}"
    arrow = _DIRECTIONS.get(target["direction"] or "", "") if target["kind"] == "rate_of_change" else ""
    return f"{arrow}{SIGNS.get(target['comparator'], '')}{value}{measure(target)}"


def measure(target: Row) -> str:
    """Measure and denominator: `张/千人口`; empty where none is printed."""
    per = f"/{target['per']}" if target["per"] else ""
    return f"{target['unit'] or ''}{per}"
