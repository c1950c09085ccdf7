"""Cells of the workbook: fonts, fills, number formats that carry sign and unit, links to the evidence row."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from policy_commitments.pipeline.comparison.wording import SIGNS, Record, affixes

HEAD = PatternFill("solid", fgColor="1F3864")
SUBHEAD = PatternFill("solid", fgColor="D9E2F3")
EMPTY = PatternFill("solid", fgColor="EDEDED")
UNREAD = PatternFill("solid", fgColor="FCE4D6")
SAME = PatternFill("solid", fgColor="E2EFDA")
DIFFERENT = PatternFill("solid", fgColor="FFF2CC")
_NAME = "Calibri"  # the font of a cell without style: a Font without name is drawn in another one
WHITE = Font(name=_NAME, bold=True, color="FFFFFF")
BOLD = Font(name=_NAME, bold=True)
FAINT = Font(name=_NAME, italic=True, color="7F7F7F")
LINK = Font(name=_NAME, color="1F4E9E", underline="single")
WRAP = Alignment(wrap_text=True, vertical="top")
TOP = Alignment(vertical="top")
MIDDLE = Alignment(horizontal="center", vertical="top")
RIGHT = Alignment(horizontal="right", vertical="top")
HEADING = Font(name=_NAME, bold=True, size=13)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_RULE = Side(style="hair", color="BFBFBF")
LINE = Border(bottom=_RULE)
EDGE = Border(left=Side(style="thin", color="8EA9DB"), bottom=_RULE)
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LONGEST = 32_000
_MOST_CELLS = 300_000  # of one sheet: what a spreadsheet opens in seconds
_MOST_COLUMNS = 8_000
_FEWEST_ROWS = 40
_LINE = 15.0


def put(sheet: Worksheet, row: int, column: int, value: Any) -> Cell:
    """Write a value; text that begins like a formula stays text, characters that XML cannot hold fall out."""
    cell = sheet.cell(row=row, column=column)
    assert isinstance(cell, Cell)
    if isinstance(value, str):
        cell.value = _ILLEGAL.sub("", value)[:_LONGEST]
        cell.data_type = "s"
        cell.alignment = WRAP
    else:
        cell.value = value
        cell.alignment = TOP
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
        elif isinstance(value, float):
            cell.number_format = digits(value)
    return cell


def rows_that_fit(columns: int) -> int:
    """How many rows of so many columns a sheet holds and still opens quickly."""
    return max(_FEWEST_ROWS, _MOST_CELLS // max(columns, 1))


def places_that_fit(places: Sequence[str], columns: int) -> list[str]:
    """The first places whose groups of so many columns fit into a sheet."""
    return list(places[: _MOST_COLUMNS // columns])


def digits(value: float) -> str:
    """Number format with as many decimals as the value has, at most four, and thousands kept apart."""
    decimals = len(f"{abs(value) % 1:.4f}".rstrip("0").rstrip(".").partition(".")[2])
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def value_format(target: Record, more: bool) -> str:
    """`"≥"0.0"%"`: the cell stays a number, sign and unit stand in its format; ⁺ says that there are further values."""
    change = {"increase": "增", "decrease": "降"}.get(target["direction"], "") if target["kind"] == "rate_of_change" else ""
    before, after = affixes(target)
    prefix, suffix = change + SIGNS[target["comparator"]] + before, after + (" ⁺" if more else "")
    return f"{_quoted(prefix)}{digits(target['value'])}{_quoted(suffix)}"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "'") + '"' if text else ""


def link(cell: Cell, sheet: str, row: int) -> None:
    """Make a cell lead to a row of another sheet."""
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{sheet}'!A{row}", display=None)
    cell.font = LINK


def fit_height(sheet: Worksheet, row: int, widths: dict[int, float], most: int = 6) -> None:
    """Height of a row by its longest wrapped text (a Han letter is two wide), at most `most` lines."""
    lines = 1.0
    for column, width in widths.items():
        value = sheet.cell(row=row, column=column).value
        if isinstance(value, str):
            lines = max(lines, sum(-(-_width(part) // max(width - 1, 1)) or 1 for part in value.split("\n")))
    sheet.row_dimensions[row].height = _LINE * min(lines, most) + 2


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)
