"""Values as people write them: ≥35%, 3—5个, 0.8张/千人口; and what their wording promises, from 左右 to 不低于."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Record = Mapping[str, Any]
SIGNS = {"ge": "≥", "gt": "＞", "le": "≤", "lt": "＜", "approx": "≈", "between": "", "eq": ""}
_CHANGES = {"increase": "增", "decrease": "降", "keep": "", None: ""}
_FIRMNESS = {"approx": 0, "between": 1, "eq": 1, "ge": 1, "gt": 1, "le": 1, "lt": 1}  # only 左右 leaves room below
_STRENGTH_WORDS = {"binding": "约束性", "expected": "预期性", "aspirational": "力争"}
_STRENGTHS = {"aspirational": 0, "expected": 1, None: 1, "binding": 2}


def number(value: float) -> str:
    """12.5, 3000 or 65亿, never 6.5e+09."""
    for size, word in ((1e8, "亿"), (1e4, "万")):
        if abs(value) >= 10 * size or (abs(value) >= size and value % (size / 100) == 0):
            return f"{value / size:.10g}{word}"
    return f"{value:.10g}"


def shown(target: Record) -> str:
    """Sign, number, range end, unit and denominator of a target; its printed number where it has no value."""
    if target["value"] is None:
        return str(target["value_text"])
    value = number(target["value"])
    if target["value_max"] is not None:
        value += f"—{number(target['value_max'])}"
    change = _CHANGES[target["direction"]] if target.get("kind") == "rate_of_change" else ""
    before, after = affixes(target)
    return f"{change}{SIGNS[target['comparator']]}{before}{value}{after}"


def affixes(target: Record) -> tuple[str, str]:
    """What stands before and after a number: 1:1.33 and 2:1 are written as ratios, all others with unit and denominator."""
    per = f"/{target['per']}" if target["per"] else ""
    ratios = {"1:x": ("1:", ""), "x:1": ("", ":1")}
    return ratios.get(target["unit"] or "", ("", f"{target['unit'] or ''}{per}"))


def wording_change(before: Record, after: Record) -> str:
    """same, hardened (左右 → 以上, 力争 dropped), softened, or mixed where the two signs disagree."""
    steps = {
        _FIRMNESS[after["comparator"]] - _FIRMNESS[before["comparator"]],
        _STRENGTHS[after["strength"]] - _STRENGTHS[before["strength"]],
    }
    up, down = any(step > 0 for step in steps), any(step < 0 for step in steps)
    return "mixed" if up and down else "hardened" if up else "softened" if down else "same"


@dataclass(frozen=True, slots=True)
class Difference:
    """How two targets of one indicator differ: `severity` as in tables/conflicts.yml, `said` as 数值 35% / 30%."""

    severity: str
    said: str


def difference(one: Record, other: Record) -> Difference | None:
    """What contradicts, is worded otherwise or is stated by one only; None where nothing differs."""
    against, worded, one_sided = [], [], []
    if not same_value(one, other):
        against.append(f"数值 {shown(one)} / {shown(other)}")
    elif one["comparator"] != other["comparator"]:
        worded.append(f"比较符 {shown(one)} / {shown(other)}")
    for column, name, serious in (("deadline", "时限", against), ("baseline", "基期值", against), ("strength", "约束力", worded)):
        mine, theirs = one[column], other[column]
        if mine != theirs and mine is not None and theirs is not None:
            serious.append(f"{name} {_plain(mine)} / {_plain(theirs)}")
        elif mine != theirs and column != "baseline":
            one_sided.append(f"{name} {_plain(mine)} / {_plain(theirs)}")
    severity = "contradiction" if against else "wording" if worded else "one_sided"
    said = "；".join([*against, *worded, *one_sided])
    return Difference(severity, said) if said else None


def same_value(one: Record, other: Record) -> bool:
    """Equal in the canonical unit, where both are known; 3000人 and 0.3万人 are."""
    columns = ("canonical_value", "canonical_unit") if one["canonical_unit"] and other["canonical_unit"] else ("value", "unit")
    if one[columns[1]] != other[columns[1]] and one["unit"] is not None and other["unit"] is not None:
        return False
    return _close(one[columns[0]], other[columns[0]]) and _close(one["value_max"], other["value_max"])


def _close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= 1e-6 * max(abs(one), abs(other), 1e-12)


def _plain(value: object) -> str:
    if value is None:
        return "未写明"
    return f"{value:.10g}" if isinstance(value, float) else _STRENGTH_WORDS.get(str(value), str(value))
