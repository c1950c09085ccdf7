"""Tasks by agency function, and who leads what: 县卫生健康委, 区卫健委 and 县卫体局 in one column of functions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from policy_commitments.pipeline.comparison.agency_names import full_names, place_of
from policy_commitments.pipeline.comparison.material import Material, Record
from policy_commitments.pipeline.comparison.task_groups import TaskGroups

UNASSIGNED = "（未识别职能）"
_ROLES = ("lead", "responsible", "support")
_Key = tuple[str, str, str, str | None]  # function, item, role, level


def find_tasks(material: Material) -> list[dict[str, Any]]:
    """Rows of `agency_tasks`: tasks of one function that say the same stand under one `task_group`."""
    items = {row["item_id"]: row for row in material.table("items") if row["is_task"]}
    rows = [row for row in material.table("responsibilities") if row["item_id"] in items]
    full = full_names(rows)
    named: dict[_Key, list[Record]] = defaultdict(list)
    for row in rows:
        for function in _functions(row):
            agencies = named[function, row["item_id"], row["role"], row["agency_level"]]
            if row["agency"] not in [one["agency"] for one in agencies]:
                agencies.append(row)
    groups = TaskGroups()
    lines = []
    for key, agencies in sorted(named.items(), key=lambda one: _task_order(one[0], items)):
        function, item_id, role, level = key
        item = items[item_id]
        title = str(item["title"]).replace("\n", "")
        document = material.documents[item["doc_id"]]
        lines.append(
            {
                "agency_function": function,
                "task_group": groups.group(function, title),
                "jurisdiction": document.place,
                "role": role,
                "agency": "、".join(one["agency"] for one in agencies),
                "agency_full": "、".join(dict.fromkeys(full[one["responsibility_id"]] for one in agencies)),
                "agency_level": level,
                "agency_place": place_of(level, document.record),
                "title": title,
                "deadline": item["deadline"],
                "document": document.title,
                "item_id": item_id,
            }
        )
    return lines


def _task_order(key: _Key, items: Mapping[str, Record]) -> tuple[Any, ...]:
    function, item_id, role, level = key
    item = items[item_id]
    return function == UNASSIGNED, function, item["doc_id"], item["start"], _ROLES.index(role), level or "~"


def _functions(row: Record) -> Iterator[str]:
    yield from str(row["agency_function"] or UNASSIGNED).split("、")


def find_leads(tasks: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows of `agency_leads`: counts of distinct tasks by role."""
    found: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    names: dict[tuple[str, str], list[str]] = defaultdict(list)
    for task in tasks:
        key = task["agency_function"], task["jurisdiction"]
        found[key][task["role"]].add(task["item_id"])
        names[key] += [name for name in task["agency_full"].split("、") if name not in names[key]]
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
