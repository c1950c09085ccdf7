"""The coding sheet (XLSX): one row per finding with its sentence, what was read from it, and empty columns to code in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from policy_commitments.pipeline.coding.sample import Drawn
from policy_commitments.pipeline.files import cell, save_workbook

CODES = ("correct", "value_correct", "deadline_correct", "agency_correct")
_SHOWN = ("row_id", "stratum", "stratum_size", "document", "type", "sentence", "read_as", "value", "deadline", "agencies")
_HEADS = {
    "row_id": "编号", "stratum": "层", "stratum_size": "层内总数", "document": "文件", "type": "类型", "sentence": "原文（【】内为摘录）",
    "read_as": "读作", "value": "数值", "deadline": "截止日", "agencies": "部门", "correct": "是否正确 1/0",
    "value_correct": "数值正确 1/0", "deadline_correct": "时限正确 1/0", "agency_correct": "部门正确 1/0", "note": "备注",
}  # fmt: skip
_WIDTHS = {"document": 30, "sentence": 70, "read_as": 30, "value": 18, "agencies": 30, "note": 30}
_TYPES = {"task": "任务 task", "target": "指标 target", "milestone": "节点 milestone", "responsibility": "责任 responsibility"}
_SIGNS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "approx": "≈", "eq": "", "between": "", None: ""}
_LONGEST = 1_200
_GUIDE = (
    "每行一条由程序读出的承诺。读【】内原文及上下文，在黄色列填 1（正确）或 0（错误），不适用的灰色格不填。",
    "correct：原文确为该类型的承诺，且“读作”一栏正确。其余各列只判断该字段；没有读出而原文有，也是 0。",
    "两名编码员各填一份，互不查看；commitments evaluate DIR --coded A.xlsx B.xlsx 给出精确率、κ 与 α。",
    "One row per finding. Read the passage in 【】 with its context; put 1 (right) or 0 (wrong) in the yellow columns.",
    "correct: the passage is a commitment of this type and is read rightly. The other columns judge one field each; what the",
    "passage states and the row lacks is 0 as well. Two coders fill one copy each without seeing the other's.",
)
_YELLOW, _GREY = PatternFill("solid", fgColor="FFF8D6"), PatternFill("solid", fgColor="DDDDDD")


def write_sheet(path: Path, drawn: Sequence[Drawn]) -> Path:
    """Write the sheet; the same sample gives the same bytes."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "coding"
    columns = (*_SHOWN, *CODES, "note")
    sheet.append(list(columns))
    sheet.append([_HEADS[name] for name in columns])
    for one in drawn:
        _append(sheet, columns, one)
    _dress(sheet, columns)
    guide = book.create_sheet("guide")
    for line in _GUIDE:
        guide.append([line])
    path.parent.mkdir(parents=True, exist_ok=True)
    save_workbook(book, path)
    return path


def _append(sheet: Worksheet, columns: Sequence[str], one: Drawn) -> None:
    values, open_codes = _values(one), set(_open(one.row))
    number = sheet.max_row + 1
    for k, name in enumerate(columns, start=1):
        where = sheet.cell(number, k)
        where.alignment = Alignment(wrap_text=True, vertical="top")
        if name in CODES or name == "note":
            where.fill = _YELLOW if name in open_codes or name == "note" else _GREY
        elif isinstance(values[name], str):
            where.value = values[name]
            where.data_type = "s"
        else:
            where.value = values[name]


def _values(one: Drawn) -> dict[str, Any]:
    row = one.row
    quote = str(row["quote"])
    passage = quote if len(quote) <= _LONGEST else quote[:_LONGEST] + "……"
    return {
        "row_id": row["row_id"],
        "stratum": one.stratum,
        "stratum_size": one.size,
        "document": cell(row["document"]),
        "type": _TYPES[row["type"]],
        "sentence": cell(f"{one.before}【{passage}】{one.after}"),
        "read_as": cell(row["what"]) + (f"（{row['role']}）" if row["role"] else ""),
        "value": _value(row),
        "deadline": " ".join(str(part) for part in (row["deadline"], row["recurrence"]) if part),
        "agencies": "；".join(_agencies(row)),
    }


def _value(row: Mapping[str, Any]) -> str:
    if row["value"] is None:
        return ""
    upper = "" if row["value_max"] is None else f"–{row['value_max']:g}"
    per = f" /{row['per']}" if row["per"] else ""
    return f"{_SIGNS[row['comparator']]}{row['value']:g}{upper}{row['unit'] or ''}{per}"


def _agencies(row: Mapping[str, Any]) -> Iterator[str]:
    for name, label in (("lead", "牵头"), ("responsible", "责任"), ("support", "配合")):
        if row[name]:
            yield f"{label}：{cell(row[name])}"


def _open(row: Mapping[str, Any]) -> Iterator[str]:
    """The columns to code for a type."""
    yield "correct"
    if row["type"] == "target":
        yield "value_correct"
    if row["type"] != "responsibility":
        yield "deadline_correct"
    if row["type"] == "task":
        yield "agency_correct"


def _dress(sheet: Worksheet, columns: Sequence[str]) -> None:
    sheet.freeze_panes = "G3"
    choice = DataValidation(type="list", formula1='"1,0"', allow_blank=True)
    sheet.add_data_validation(choice)
    for k, name in enumerate(columns, start=1):
        letter = get_column_letter(k)
        sheet.column_dimensions[letter].width = _WIDTHS.get(name, 12)
        sheet.column_dimensions[letter].hidden = name in ("row_id", "stratum", "stratum_size")
        sheet.cell(1, k).font = sheet.cell(2, k).font = Font(bold=True)
        if name in CODES and sheet.max_row > 2:
            choice.add(f"{letter}3:{letter}{sheet.max_row}")
