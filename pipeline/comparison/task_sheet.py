"""Sheets of agencies: tasks x jurisdictions by agency function, and who leads what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from policy_commitments.pipeline.comparison.agencies import UNASSIGNED
from policy_commitments.pipeline.comparison.cells import (
    BOLD,
    CENTRE,
    EMPTY,
    HEAD,
    LINE,
    MIDDLE,
    SUBHEAD,
    WHITE,
    fit_height,
    places_that_fit,
    put,
    rows_that_fit,
)
from policy_commitments.pipeline.comparison.labels import ROLES

Line = Mapping[str, Any]
_FUNCTION, _TASK, _CELL = 18, 34, 30


def write_tasks(sheet: Worksheet, tasks: Sequence[Line], places: Sequence[str]) -> None:
    """One line per function and group of tasks; a jurisdiction's cell says role, agencies and its own title."""
    cells: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for task in tasks:
        deadline = f"（{task['deadline'].isoformat()}）" if task["deadline"] else ""
        own = "" if task["title"] == task["task_group"] else f"\n{task['title']}"
        said = f"{ROLES[task['role']]}：{task['agency']}{deadline}{own}"
        cell = cells[task["agency_function"], task["task_group"]][task["jurisdiction"]]
        if said not in cell:
            cell.append(said)
    order = {function: n for n, function in enumerate(_by_spread(tasks))}
    ranked = sorted(cells.items(), key=lambda one: (order[one[0][0]], -len(one[1])))
    places = places_that_fit(_naming(tasks, places), 1)
    heads = ["部门职能\nAgency function", "任务\nTask", "地区数\nPlaces"]
    _head(sheet, heads, [_FUNCTION, _TASK, 8], places)
    for number, ((function, group), by_place) in enumerate(ranked[: rows_that_fit(len(heads) + len(places))], 2):
        for n, value in enumerate((function, group, len(by_place)), 1):
            told = put(sheet, number, n, value)
            told.border = LINE
            if n == 3:
                told.alignment = MIDDLE
        _places(sheet, number, 4, places, {place: "\n".join(said) for place, said in by_place.items()})
        fit_height(sheet, number, {2: _TASK, **dict.fromkeys(range(4, 4 + len(places)), float(_CELL))})
    _finish(sheet, 3, 3 + len(places))


def write_leads(sheet: Worksheet, leads: Sequence[Line], places: Sequence[str]) -> None:
    """One line per function: how many tasks its agencies lead, carry or support in each jurisdiction, and their names."""
    places = places_that_fit(_naming(leads, places), 1)
    cells: dict[str, dict[str, str]] = defaultdict(dict)
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for line in leads:
        counts = [f"{ROLES[role]} {line[role]}" for role in ROLES if line[role]]
        cells[line["agency_function"]][line["jurisdiction"]] = " · ".join(counts) + "\n" + "、".join(line["agencies"][:6])
        for n, role in enumerate(ROLES):
            totals[line["agency_function"]][n] += line[role]
    _head(sheet, ["部门职能\nAgency function", "牵头\nLead", "负责\nResponsible", "配合\nSupport"], [_FUNCTION, 8, 12, 9], places)
    for number, function in enumerate(_by_spread(leads), 2):
        by_place = cells[function]
        put(sheet, number, 1, function).border = LINE
        for n, total in enumerate(totals[function], 2):
            cell = put(sheet, number, n, total or None)
            cell.alignment, cell.border = MIDDLE, LINE
        _places(sheet, number, 5, places, by_place)
        fit_height(sheet, number, dict.fromkeys(range(5, 5 + len(places)), float(_CELL)))
    _finish(sheet, 2, 4 + len(places))


def _naming(lines: Sequence[Line], places: Sequence[str]) -> list[str]:
    """Jurisdictions that name any agency."""
    found = {line["jurisdiction"] for line in lines}
    return [place for place in places if place in found]


def _by_spread(lines: Sequence[Line]) -> list[str]:
    """Functions that most jurisdictions name first, those that were not recognised last."""
    spread: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        spread[line["agency_function"]].add(line["jurisdiction"])
    return sorted(spread, key=lambda function: (function == UNASSIGNED, -len(spread[function]), function))


def _head(sheet: Worksheet, heads: Sequence[str], widths: Sequence[int], places: Sequence[str]) -> None:
    for n, (name, width) in enumerate(zip([*heads, *places], [*widths, *[_CELL] * len(places)], strict=True), 1):
        cell = put(sheet, 1, n, name)
        own = n <= len(heads)
        cell.fill, cell.font, cell.alignment = (HEAD, WHITE, CENTRE) if own else (SUBHEAD, BOLD, CENTRE)
        sheet.column_dimensions[get_column_letter(n)].width = width
    sheet.row_dimensions[1].height = 34


def _places(sheet: Worksheet, number: int, first: int, places: Sequence[str], said: Mapping[str, str]) -> None:
    for n, place in enumerate(places, first):
        cell = put(sheet, number, n, said.get(place))
        cell.border = LINE
        if place not in said:
            cell.fill = EMPTY


def _finish(sheet: Worksheet, frozen: int, last: int) -> None:
    sheet.freeze_panes = f"{get_column_letter(frozen)}2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(last)}{max(sheet.max_row, 2)}"
