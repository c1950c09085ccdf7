"""Deadlines of all targets and milestones: counts for the timeline, and one list of promises for each year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from policy_commitments.pipeline.report.details import anchor
from policy_commitments.pipeline.report.places import Places
from policy_commitments.pipeline.report.tables import Row, Tables
from policy_commitments.pipeline.report.values import shown

_LONGEST = 90


def deadlines(tables: Tables, places: Places) -> dict[str, list[list[Any]]]:
    """Year to its promises by date: [date, 0 target or 1 milestone, place, document, wording, value, anchor]."""
    years: dict[str, list[list[Any]]] = defaultdict(list)
    for number, document in enumerate(tables.documents):
        if document["duplicate_of"] is not None:
            continue
        found, place = tables.of(document["doc_id"]), places.of[document["doc_id"]]
        for kind, rows in enumerate((found.targets, found.milestones)):
            for row in rows:
                if row["deadline"]:
                    years[row["deadline"][:4]].append([row["deadline"], kind, place, number, *_wording(kind, row)])
    return {year: sorted(years[year], key=lambda one: (one[0], one[2], one[3])) for year in sorted(years)}


def _wording(kind: int, row: Row) -> tuple[str, str, str]:
    if kind == 0:
        return row["indicator"][:_LONGEST], shown(row), anchor(row["target_id"])
    return row["what"][:_LONGEST], "", anchor(row["milestone_id"])


def timeline(years: Mapping[str, list[list[Any]]]) -> list[list[Any]]:
    """[place, quarter (2025Q4), kind, count] for the chart, in this order."""
    counts: dict[tuple[int, str, int], int] = defaultdict(int)
    for rows in years.values():
        for row in rows:
            counts[row[2], f"{row[0][:4]}Q{(int(row[0][5:7]) + 2) // 3}", row[1]] += 1
    return [[*key, count] for key, count in sorted(counts.items())]
