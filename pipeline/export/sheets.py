"""XLSX: one workbook, one sheet per table (more where a table has more rows than a sheet), heads in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from policy_commitments.pipeline.dataset import Dataset
from policy_commitments.pipeline.export.rows import rows
from policy_commitments.pipeline.files import cell, save_workbook
from policy_commitments.schemas.columns import TABLES, columns

_ROWS = 1_048_000  # a sheet holds 1,048,576
_LONGEST = 32_767  # characters of a cell


def write_sheets(dataset: Dataset, output: Path | None) -> Path:
    """Write `export/dataset.xlsx`; texts longer than a cell are cut and end in ……"""
    path = output or dataset.folder / "export" / "dataset.xlsx"
    book = Workbook(write_only=True)
    for table in TABLES:
        stream = rows(dataset, table)
        part = 1
        while part == 1 or (chunk := list(islice(stream, 1))):
            first = iter(()) if part == 1 else iter(chunk)
            _write_sheet(book, table if part == 1 else f"{table}_{part}", table, first, stream)
            part += 1
    path.parent.mkdir(parents=True, exist_ok=True)
    save_workbook(book, path)
    return path


def _write_sheet(
    book: Workbook, title: str, table: str, first: Iterator[dict[str, Any]], stream: Iterator[dict[str, Any]]
) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "B3"
    names = [column.name for column in columns(table)]
    for heads in (names, [column.zh for column in columns(table)]):
        bold = [WriteOnlyCell(sheet, head) for head in heads]
        for one in bold:
            one.font = Font(bold=True)
        sheet.append(bold)
    for row in first:
        sheet.append([text_cell(sheet, row[name]) for name in names])
    for row in islice(stream, _ROWS):
        sheet.append([text_cell(sheet, row[name]) for name in names])


def text_cell(sheet: Any, value: Any) -> Any:
    """A value for a cell: text stays text, also where it looks like a formula."""
    shown = cell(value)
    if not isinstance(shown, str):
        return shown
    if len(shown) > _LONGEST:
        shown = shown[: _LONGEST - 2] + "……"
    if not shown.startswith("="):
        return shown
    one = WriteOnlyCell(sheet, shown)
    one.data_type = "s"
    return one
