"""Whose value is drawn as a line: places above by the administrative order, and those whose documents are named as basis."""

from __future__ import annotations

from policy_commitments.pipeline.report.places import Places, governs
from policy_commitments.pipeline.report.tables import Tables, compared, lines

_UPPER = ("national", "province", "prefecture")


def superiors(tables: Tables, places: Places) -> list[list[int]]:
    """For every place the indexes of those above it."""
    upper = [(n, place) for n, place in enumerate(places.all) if place.level in _UPPER]
    linked = _linked(tables, places)
    return [
        [n for n, other in upper if governs(other, place) or (n, number) in linked]
        for number, place in enumerate(places.all)
    ]


def _linked(tables: Tables, places: Places) -> set[tuple[int, int]]:
    """(superior, subordinate) of the cascade: also where no register knows that 岚江市 governs 青禾县."""
    homes = {row["target_id"]: row["doc_id"] for one in tables.found.values() for row in one.targets}
    pairs = set()
    for row in lines(compared(tables.folder, "cascade")):
        ends = [homes.get(row.get(name) or "") for name in ("target_id", "other_target_id")]
        if all(ends):
            above, below = (places.of[doc_id] for doc_id in ends if doc_id)
            pairs.add((above, below))
    return pairs
