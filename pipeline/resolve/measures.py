"""Printed measure words to the spelling of the dataset and their dimension, e.g. `个百分点` -> 百分点."""

from __future__ import annotations

from functools import cache

from policy_commitments.extractors.folding import fold
from policy_commitments.schemas.vocabulary import Entry, load_entries


@cache
def measure_entries() -> dict[str, Entry]:
    """Printed measure word (folded) -> its vocabulary entry."""
    required = ("id", "words", "dimension", "si", "factor", "examples")
    return {fold(str(word)): entry for entry in load_entries("measures", required) for word in entry["words"]}


def unit_of(measure: str) -> tuple[str | None, str | None]:
    """(unit as the dataset prints it, dimension) of a printed measure; (None, None) for none."""
    entry = measure_entries().get(measure)
    if entry is None:
        return (measure or None), None
    return str(entry["id"]), str(entry["dimension"])


@cache
def _by_unit() -> dict[str, Entry]:
    """Unit as the dataset prints it -> its vocabulary entry."""
    return {str(entry["id"]): entry for entry in measure_entries().values()}


def dimension_of(unit: str | None) -> str | None:
    """Dimension of a dataset unit: 张 -> count, % -> ratio, 1:x -> proportion; None for none or an unknown word."""
    if unit is None:
        return None
    if unit in ("1:x", "x:1"):
        return "proportion"
    entry = _by_unit().get(unit)
    return None if entry is None else str(entry["dimension"])


# People are counted per 千人口 everywhere, so that 每万人口12人 and 每千人口1.2人 compare.
_PEOPLE = {"百人": 10.0, "千人口": 1.0, "万人口": 0.1, "10万人口": 0.01, "百万人口": 0.001}


def canonical_measure(value: float | None, unit: str | None, per: str | None) -> tuple[float | None, str | None]:
    """(value, unit/denominator) in which values of one dimension compare: 1500亩 -> (1.0, 平方公里), 4% -> (4.0, %)."""
    entry = None if unit is None else _by_unit().get(unit)
    name, factor = (unit, 1.0) if entry is None else (str(entry["si"]), float(entry["factor"]))
    if per in _PEOPLE:
        factor, per = factor * _PEOPLE[per], "千人口"
    shown = name if per is None else f"{name or ''}/{per}"
    return (None if value is None else float(f"{value * factor:.10g}")), shown
