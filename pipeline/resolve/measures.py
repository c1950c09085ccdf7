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
