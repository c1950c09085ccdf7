"""The sheet of indicators x jurisdictions: value and deadline of each, and folded beside them how it is worded and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import Outline
from openpyxl.worksheet.worksheet import Worksheet

from policy_commitments.pipeline.comparison.cells import (
    BOLD,
    CENTRE,
    DIFFERENT,
    EDGE,
    EMPTY,
    HEAD,
    LINE,
    MIDDLE,
    RIGHT,
    SAME,
    SUBHEAD,
    UNREAD,
    WHITE,
    fit_height,
    link,
    places_that_fit,
    put,
    rows_that_fit,
    value_format,
)
from policy_commitments.pipeline.comparison.grid import Row
from policy_commitments.pipeline.comparison.labels import (
    COMPARATORS,
    FIELDS,
    FORMS,
    NOT_READ,
    RELATIONS,
    STRENGTHS,
    VERDICTS,
)
from policy_commitments.pipeline.comparison.material import Value
from policy_commitments.pipeline.comparison.tables import Tables

_FIXED = (
    ("指标\nIndicator", 38), ("可比性\nVerdict", 13), ("说明\nNote", 22), ("口径\nForm", 7), ("领域\nField", 16),
    ("地区数\nPlaces", 8),
)  # fmt: skip
_SHOWN = (("数值\nValue", 15), ("截止日\nDeadline", 11))
_FOLDED = (
    ("比较符\nComparator", 9), ("基期值\nBaseline", 10), ("约束力\nStrength", 9), ("其他数值\nFurther values", 18),
    ("依据原文\nSentence", 46), ("文件\nDocument", 30),
)  # fmt: skip
_FOLDED_PLACES = 60  # more jurisdictions than this: value and deadline only, the rest stands in the sheet of values
HEADS = 2


def write_matrix(sheet: Worksheet, tables: Tables, evidence: Mapping[tuple[str, str], int], values: str) -> None:
    """Fill the sheet; `evidence` is the line of `values` (the sheet of values) by row and jurisdiction."""
    places, group = _columns(tables)
    _heads(sheet, places, group)
    widths: dict[int, float] = {n + 1: float(width) for n, (_, width) in enumerate(_FIXED)}
    for number, row in enumerate(tables.rows[: rows_of_matrix(tables)], HEADS + 1):
        _fixed(sheet, number, row)
        for k, place in enumerate(places):
            first = len(_FIXED) + 1 + k * len(group)
            _cell(sheet, number, first, row, place, len(group), evidence.get((row.row_id, place)), values)
        fit_height(sheet, number, widths, most=3)
    sheet.freeze_panes = f"B{HEADS + 1}"
    last = get_column_letter(len(_FIXED) + len(places) * len(group))
    sheet.auto_filter.ref = f"A{HEADS}:{last}{max(sheet.max_row, HEADS + 1)}"


def _columns(tables: Tables) -> tuple[list[str], tuple[tuple[str, int], ...]]:
    """Jurisdictions, and the columns that each has."""
    places = stating(tables)
    group = _SHOWN + (_FOLDED if len(places) <= _FOLDED_PLACES else ())
    return places_that_fit(places, len(group)), group


def rows_of_matrix(tables: Tables) -> int:
    """How many indicators the sheet shows, those that most jurisdictions state; the rest stands in the sheet of values."""
    places, group = _columns(tables)
    return min(len(tables.rows), rows_that_fit(len(_FIXED) + len(places) * len(group)))


def stating(tables: Tables) -> list[str]:
    """Jurisdictions that state a quantity at all; the others would be empty columns."""
    found = {place for row in tables.rows for place in (*row.values, *row.unread)}
    return [place for place in tables.places if place in found]


def _heads(sheet: Worksheet, places: Sequence[str], group: Sequence[tuple[str, int]]) -> None:
    for n, (name, width) in enumerate(_FIXED, 1):
        for row, text in ((1, "" if n > 1 else "指标对照 Indicators by jurisdiction"), (2, name)):
            cell = put(sheet, row, n, text)
            cell.fill, cell.font, cell.alignment = HEAD, WHITE, CENTRE
        sheet.column_dimensions[get_column_letter(n)].width = width
    for k, place in enumerate(places):
        first = len(_FIXED) + 1 + k * len(group)
        for n, (name, width) in enumerate(group):
            head, below = put(sheet, 1, first + n, place if n == 0 else ""), put(sheet, 2, first + n, name)
            head.fill, head.font, head.alignment = HEAD, WHITE, CENTRE
            below.fill, below.font, below.alignment = SUBHEAD, BOLD, CENTRE
            column = sheet.column_dimensions[get_column_letter(first + n)]
            column.width = width
            if n >= len(_SHOWN):
                column.outlineLevel, column.hidden = 1, True
        sheet.cell(row=1, column=first).border = EDGE
        sheet.merge_cells(start_row=1, start_column=first, end_row=1, end_column=first + len(_SHOWN) - 1)
    sheet.sheet_properties.outlinePr = Outline(summaryRight=False)
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 30, 32


def _fixed(sheet: Worksheet, number: int, row: Row) -> None:
    unit = next((v.target["unit"] for values in row.values.values() for v in values if v.target["unit"]), None)
    label = row.label if not unit or ":" in unit or unit in row.label else f"{row.label}（{unit}）"
    per = f"每{row.per}" if row.per and row.form != "growth" and row.per not in row.label else ""
    texts: list[Any] = [
        f"{per}{label}",
        VERDICTS[row.verdict.code][0],
        "；".join([*filter(None, [row.verdict.note]), *(f"{RELATIONS[how]}：{label}" for how, _, label in row.related)]),
        FORMS[row.form],
        FIELDS.get(row.field or "", ""),
        len(row.values),
    ]
    for n, text in enumerate(texts, 1):
        cell = put(sheet, number, n, text)
        cell.border = LINE
        if n == len(texts):
            cell.alignment = MIDDLE
    if row.verdict.code in ("same_definition", "different_deadline", "different_denominator", "different_basis"):
        sheet.cell(row=number, column=2).fill = SAME if row.verdict.code == "same_definition" else DIFFERENT


def _cell(
    sheet: Worksheet, number: int, first: int, row: Row, place: str, size: int, line: int | None, values: str
) -> None:
    status = row.status(place)
    if status == "not_stated":
        for n in range(len(_SHOWN)):
            cell = put(sheet, number, first + n, None)
            cell.fill, cell.border = EMPTY, LINE
    elif place not in row.values:
        cell = put(sheet, number, first, f"{NOT_READ} 见而未读")
        cell.fill = UNREAD
        if line is not None:
            link(cell, values, line)
    else:
        _value(sheet, number, first, row.values[place], size, line, values)
    sheet.cell(row=number, column=first).border = EDGE


def _value(
    sheet: Worksheet, number: int, first: int, found: Sequence[Value], size: int, line: int | None, values: str
) -> None:
    value, target = found[0], found[0].target
    further = list(dict.fromkeys(_dated(one) for one in found if _dated(one) != _dated(value)))
    if target["value"] is None or target["value_max"] is not None:
        cell = put(sheet, number, first, value.shown + (" ⁺" if further else ""))
        cell.alignment = RIGHT
    else:
        cell = put(sheet, number, first, float(target["value"]))
        cell.number_format = value_format(target, bool(further))
    if target["value"] is None:
        cell.fill = UNREAD
    if line is not None:
        link(cell, values, line)
    deadline = put(sheet, number, first + 1, target["deadline"])
    deadline.alignment, deadline.border = MIDDLE, LINE
    if size > len(_SHOWN):
        beside = (
            COMPARATORS[target["comparator"]],
            target["baseline"],
            STRENGTHS.get(target["strength"] or "", ""),
            "；".join(further),
            value.sentence,
            value.document.title,
        )
        for n, one in enumerate(beside, len(_SHOWN)):
            put(sheet, number, first + n, one)


def _dated(value: Value) -> str:
    return value.shown + (f"（{value.year}）" if value.year else "")
