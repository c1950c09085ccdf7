"""Sheets that list: values, conflicts, cascade, revisions, tasks, agencies, codebook; heads from schemas/tables/*.yml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from policy_commitments.pipeline.comparison.cells import (
    CENTRE,
    FAINT,
    HEAD,
    LINE,
    MIDDLE,
    TOP,
    UNREAD,
    WHITE,
    fit_height,
    link,
    put,
    rows_that_fit,
)
from policy_commitments.pipeline.comparison.labels import CODES, HEADS
from policy_commitments.schemas.columns import columns

Line = Mapping[str, Any]
_NONE = "本数据集无此类行 No rows in this dataset"
_UNWRAPPED = frozenset({"row_id", "doc_id", "target_id", "item_id"})
_WIDE = {"sentence": 60, "document": 34, "title": 40, "task_group": 40, "agency": 30, "agencies": 46, "difference": 40}
_WIDTHS = {
    "indicator": 36, "printed": 30, "note": 18, "related": 30, "jurisdiction": 14, "shown": 15, "verdict": 13, "agency_function": 18,
    "superior": 14, "subordinate": 14, "doc_number": 22,
}  # fmt: skip


def write_table_sheet(
    sheet: Worksheet,
    table: str,
    shown: Sequence[str],
    lines: Sequence[Line],
    targets: Mapping[str, int] | None = None,
    values: str = "",
) -> None:
    """One table with the columns `shown`; `targets` maps target_id to its line in the sheet `values`."""
    described = {column.name: column for column in columns(table)}
    widths: dict[int, float] = {}
    for n, name in enumerate(shown, 1):
        column = described[name]
        cell = put(sheet, 1, n, f"{HEADS.get(name, column.zh)}\n{column.name}")
        cell.fill, cell.font, cell.alignment = HEAD, WHITE, CENTRE
        sheet.column_dimensions[get_column_letter(n)].width = _width(name)
        if name not in _UNWRAPPED:
            widths[n] = float(_width(name))
    sheet.row_dimensions[1].height = 48
    lines = lines[: rows_that_fit(len(shown))]
    for number, line in enumerate(lines, 2):
        for n, name in enumerate(shown, 1):
            cell = put(sheet, number, n, _plain(name, line.get(name)))
            cell.border = LINE
            if name in _UNWRAPPED:
                cell.alignment = TOP
            elif described[name].type in ("date", "int", "float"):
                cell.alignment = MIDDLE
            if targets and name.endswith("_shown") and line.get(_id_of(name)) in targets:
                link(cell, values, targets[str(line[_id_of(name)])])
            if name == "status" and line[name] == "not_read":
                cell.fill = UNREAD
        fit_height(sheet, number, widths)
    if not lines:
        cell = put(sheet, 2, 1, _NONE)
        cell.font, cell.alignment = FAINT, TOP
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(shown))}{max(len(lines) + 1, 2)}"


def _id_of(name: str) -> str:
    """The column of the target behind a shown value: one_shown -> target_id, other_shown -> other_target_id."""
    return "target_id" if name.split("_")[0] in ("one", "superior", "before") else "other_target_id"


def _width(name: str) -> int:
    tail = name.rsplit("_", 1)[-1]
    width = _WIDTHS.get(name) or _WIDE.get(name) or _WIDE.get(tail) or _WIDTHS.get(tail) or 12
    return max(width, len(name) + 2)  # the variable's name stands whole in the head


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, list):
        return "、".join(map(str, value))
    if isinstance(value, bool):
        return "是" if value else ""
    if isinstance(value, str):
        return CODES.get(name, {}).get(value, value)
    return value
