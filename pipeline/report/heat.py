"""Agency functions by jurisdictions: how many tasks each function leads, answers for or supports, and which.

A task counts once for a role, however often body and annex name the agency.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from policy_commitments.pipeline.report.details import anchor
from policy_commitments.pipeline.report.fields import english
from policy_commitments.pipeline.report.places import Places
from policy_commitments.pipeline.report.tables import Tables

ROLES = ("lead", "responsible", "support")
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Heat:
    """`functions`: [zh, en, places, rows]; `cells`: [function, place, lead, responsible, support]; `rows` by function."""

    functions: list[list[Any]]
    cells: list[list[int]]
    rows: list[list[list[Any]]]


def heat_map(tables: Tables, places: Places) -> Heat:
    """Functions in order of how many jurisdictions charge them; merged offices count for each of their functions."""
    found: dict[str, list[list[Any]]] = defaultdict(list)
    for number, document in enumerate(tables.documents):
        if document["duplicate_of"] is not None:
            continue
        items = {item["item_id"]: item for item in tables.of(document["doc_id"]).items}
        place, seen = places.of[document["doc_id"]], set[tuple[str, ...]]()
        for row in tables.of(document["doc_id"]).responsibilities:
            item = items.get(row["item_id"] or "")
            title = f"{item['label'] or ''}{item['title']}"[:_LONGEST] if item is not None else ""
            entry = [place, ROLES.index(row["role"]), number, row["agency"], title, anchor(row["responsibility_id"])]
            for function in (row["agency_function"] or "").split("、"):
                task = (function, row["role"], row["item_id"] or row["responsibility_id"])
                if task not in seen:
                    seen.add(task)
                    found[function].append(entry)
    order = sorted(found, key=lambda one: (one == "", -len({row[0] for row in found[one]}), -len(found[one]), one))
    functions = [[one, english(one), len({row[0] for row in found[one]}), len(found[one])] for one in order]
    cells = []
    for n, function in enumerate(order):
        counts: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
        for charge in found[function]:
            counts[charge[0]][charge[1]] += 1
        cells += [[n, place, *counts[place]] for place in sorted(counts)]
    return Heat(functions, cells, [sorted(found[one], key=lambda row: (row[0], row[1], row[2])) for one in order])
