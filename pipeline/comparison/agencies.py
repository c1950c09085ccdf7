"""Tasks by agency function, and who leads what: 县卫生健康委, 区卫健委 and 县卫体局 in one column of functions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from policy_commitments.pipeline.comparison.material import Material, Record

UNASSIGNED = "（未识别职能）"
_ROLES = ("lead", "responsible", "support")
_MARKS = re.compile(r"[\s，。、：；“”《》（）〔〕—·]+")
_ALIKE = 0.6


def find_tasks(material: Material) -> list[dict[str, Any]]:
    """Rows of `agency_tasks`: tasks of one function that say the same stand under one `task_group`."""
    items = {row["item_id"]: row for row in material.table("items") if row["is_task"]}
    named: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in material.table("responsibilities"):
        if row["item_id"] in items:
            for function in _functions(row):
                agencies = named[function, row["item_id"], row["role"]]
                if row["agency"] not in agencies:
                    agencies.append(row["agency"])
    groups = _Groups()
    lines = []
    for (function, item_id, role), agencies in sorted(named.items(), key=lambda one: _task_order(one[0], items)):
        item = items[item_id]
        title = str(item["title"]).replace("\n", "")
        document = material.documents[item["doc_id"]]
        lines.append(
            {
                "agency_function": function,
                "task_group": groups.group(function, title),
                "jurisdiction": document.place,
                "role": role,
                "agency": "、".join(agencies),
                "title": title,
                "deadline": item["deadline"],
                "document": document.title,
                "item_id": item_id,
            }
        )
    return lines


def _task_order(key: tuple[str, str, str], items: Mapping[str, Record]) -> tuple[Any, ...]:
    function, item_id, role = key
    item = items[item_id]
    return function == UNASSIGNED, function, item["doc_id"], item["start"], _ROLES.index(role)


def _functions(row: Record) -> Iterator[str]:
    yield from str(row["agency_function"] or UNASSIGNED).split("、")


def find_leads(tasks: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows of `agency_leads`: counts of distinct tasks by role."""
    found: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    names: dict[tuple[str, str], list[str]] = defaultdict(list)
    for task in tasks:
        key = task["agency_function"], task["jurisdiction"]
        found[key][task["role"]].add(task["item_id"])
        names[key] += [name for name in task["agency"].split("、") if name not in names[key]]
    lines = [
        {
            "agency_function": function,
            "jurisdiction": place,
            **{role: len(roles.get(role, ())) for role in _ROLES},
            "agencies": names[function, place],
        }
        for (function, place), roles in found.items()
    ]
    return sorted(lines, key=lambda one: (one["agency_function"] == UNASSIGNED, one["agency_function"], one["jurisdiction"]))


class _Groups:
    """Titles of one function that share most pairs of letters; the first title names the group."""

    def __init__(self) -> None:
        self._titles: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
        self._by_pair: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._known: dict[tuple[str, str], str] = {}

    def group(self, function: str, title: str) -> str:
        if (function, title) not in self._known:
            self._known[function, title] = self._nearest(function, title)
        return self._known[function, title]

    def _nearest(self, function: str, title: str) -> str:
        pairs = _pairs(title)
        shared: dict[int, int] = defaultdict(int)
        for pair in pairs:
            for number in self._by_pair[function, pair][:200]:
                shared[number] += 1
        titles = self._titles[function]
        best = max(shared, key=lambda n: (2 * shared[n] / (len(pairs) + len(titles[n][1])), -n), default=None)
        if best is not None and 2 * shared[best] / (len(pairs) + len(titles[best][1])) >= _ALIKE:
            return titles[best][0]
        for pair in pairs:
            self._by_pair[function, pair].append(len(titles))
        titles.append((title, pairs))
        return title


def _pairs(title: str) -> frozenset[str]:
    plain = _MARKS.sub("", title)
    return frozenset(a + b for a, b in pairwise(plain)) or frozenset({plain})
