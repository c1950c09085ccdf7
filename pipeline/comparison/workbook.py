"""`compare.xlsx`: overview, indicators, values, tasks, agencies, conflicts, cascade, revisions, codebook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from policy_commitments.pipeline.comparison.cells import (
    CENTRE,
    HEAD,
    HEADING,
    MIDDLE,
    TOP,
    WHITE,
    fit_height,
    link,
    put,
    rows_that_fit,
)
from policy_commitments.pipeline.comparison.labels import CODES, NOT_READ, VERDICTS
from policy_commitments.pipeline.comparison.matrix_sheet import rows_of_matrix, stating, write_matrix
from policy_commitments.pipeline.comparison.table_sheet import write_table_sheet
from policy_commitments.pipeline.comparison.tables import SIDE_TABLES, Tables
from policy_commitments.pipeline.comparison.task_sheet import write_leads, write_tasks
from policy_commitments.pipeline.files import save_workbook
from policy_commitments.schemas.columns import columns

OVERVIEW, MATRIX, VALUES, TASKS, AGENCIES = "说明 Overview", "指标 Indicators", "数值 Values", "任务 Tasks", "部门 Agencies"
CONFLICTS, CASCADE, REVISIONS, CODEBOOK = "矛盾 Conflicts", "上下级 Cascade", "修订 Revisions", "变量 Codebook"
_VALUE_COLUMNS = (
    "indicator", "jurisdiction", "status", "shown", "deadline", "baseline", "strength", "sentence", "document", "source",
    "page", "doc_number", "issue_date", "printed", "value", "value_max", "unit", "per", "comparator", "canonical_value",
    "canonical_unit", "kind", "basis", "form", "field", "verdict", "note", "related", "level", "adcode", "used", "row_id", "doc_id",
    "target_id",
)  # fmt: skip
_EXPLAINED = {
    MATRIX: "每行一个指标，每地一组：数值与截止日；更宽、更窄的指标分行并互相注明；点列上方的 + 展开比较符、基期值、约束力、原文与文件。点数值到依据。",
    VALUES: "每个数值一行，含原文与文件；见而未读者亦列出。",
    TASKS: "按部门职能归并的任务；各地部门的角色与名称。",
    AGENCIES: "各职能牵头、负责、配合的任务数与部门名称。",
    CONFLICTS: "正文与附表、同文两处、同地两份文件之间的不一致，各附原文。",
    CASCADE: "下级文件对所依据上级文件指标的承接：与上级之比、时限、措辞。",
    REVISIONS: "同一地区前后两版文件之间的变化。",
    CODEBOOK: "各表变量的含义与取值。",
}


def write_workbook(path: Path, tables: Tables) -> Path:
    """Write the workbook with fixed timestamps: the same tables give the same bytes."""
    book = Workbook()
    overview = book.active
    assert isinstance(overview, Worksheet)
    overview.title = OVERVIEW
    sheets = {name: book.create_sheet(name) for name in _EXPLAINED}
    lines = [line for line in tables.lines["compare"] if line["status"] != "not_stated"]
    listed = lines[: rows_that_fit(len(_VALUE_COLUMNS))]
    targets = {str(line["target_id"]): n for n, line in enumerate(listed, 2) if line.get("target_id")}
    evidence: dict[tuple[str, str], int] = {}
    for n, line in enumerate(listed, 2):
        evidence.setdefault((line["row_id"], line["jurisdiction"]), n)
    write_matrix(sheets[MATRIX], tables, evidence, VALUES)
    write_table_sheet(sheets[VALUES], "compare", _VALUE_COLUMNS, listed)
    write_tasks(sheets[TASKS], tables.lines["agency_tasks"], tables.places)
    write_leads(sheets[AGENCIES], tables.lines["agency_leads"], tables.places)
    for name, table in ((CONFLICTS, "conflicts"), (CASCADE, "cascade"), (REVISIONS, "revisions")):
        shown = [column.name for column in columns(table) if not column.name.endswith("target_id") and column.name != "row_id"]
        write_table_sheet(sheets[name], table, shown, tables.lines[table], targets, VALUES)
    _codebook(sheets[CODEBOOK])
    _overview(overview, tables)
    for sheet in book.worksheets:
        _printing(sheet)
    save_workbook(book, path)
    return path


def _printing(sheet: Worksheet) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if sheet.title == VALUES:
        sheet.print_area = f"A1:M{max(sheet.max_row, 2)}"
    if sheet.title != OVERVIEW:
        sheet.print_title_rows = "1:2" if sheet.title == MATRIX else "1:1"


# --- overview and codebook


def _overview(sheet: Worksheet, tables: Tables) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width, sheet.column_dimensions["C"].width = 26, 12, 92
    sheet.sheet_view.showGridLines = False
    number = 1
    for heading, rows in _overview_blocks(tables):
        cell = put(sheet, number, 1, heading)
        cell.font, cell.alignment = HEADING, TOP
        number += 1
        for name, count, said in rows:
            first = put(sheet, number, 1, name)
            if name in _EXPLAINED:
                link(first, name, 1)
            put(sheet, number, 2, count).alignment = MIDDLE
            put(sheet, number, 3, said)
            number += 1
        number += 1


def _overview_blocks(tables: Tables) -> Iterator[tuple[str, list[tuple[str, Any, str]]]]:
    shown, most = rows_of_matrix(tables), rows_that_fit(len(_VALUE_COLUMNS))
    counts: Mapping[str, int] = {
        MATRIX: len(tables.rows),
        VALUES: sum(line["status"] != "not_stated" for line in tables.lines["compare"]),
        TASKS: len({(line["agency_function"], line["task_group"]) for line in tables.lines["agency_tasks"]}),
        AGENCIES: len({line["agency_function"] for line in tables.lines["agency_leads"]}),
        **{name: len(tables.lines[table]) for name, table in zip((CONFLICTS, CASCADE, REVISIONS), SIDE_TABLES, strict=False)},
        CODEBOOK: len(SIDE_TABLES) + 2,
    }
    cut = {
        MATRIX: f"此处列出前 {shown} 个，其余见“数值”表。" if shown < len(tables.rows) else "",
        VALUES: f"此处列出前 {most} 行，全部见 compare.csv。" if most < counts[VALUES] else "",
    }
    silent = [place for place in tables.places if place not in stating(tables)]
    yield "承诺对照表 Comparison of commitments", [
        ("地区 Jurisdictions", len(tables.places), "、".join(tables.places)),
        ("其中无指标 Without targets", len(silent), "、".join(silent)),
    ]
    yield "工作表 Sheets", [(name, counts[name], said + cut.get(name, "")) for name, said in _EXPLAINED.items()]
    yield "可比性 Verdicts", [
        (f"{zh} {en}", sum(row.verdict.code == code for row in tables.rows), "")
        for code, (zh, en) in VERDICTS.items()
    ]
    unread = sum(line["status"] == "not_read" for line in tables.lines["compare"])
    yield "标记 Marks", [
        ("灰底空白 Grey, empty", None, "该地文件未写明 not stated"),
        (f"{NOT_READ} 见而未读", unread, "文中出现而程序未能读出的数 seen, but not read"),
        ("⁺", None, "该地还有其他数值，见“其他数值”列或“数值”表 further values"),
        ("≥ ＞ ≤ ＜ ≈", None, "不低于、高于、不超过、低于、左右；单元格本身是数，符号与单位在数字格式中"),
    ]  # fmt: skip


def _codebook(sheet: Worksheet) -> None:
    heads = (("表\ntable", 16), ("变量\nvariable", 22), ("类型\ntype", 10), ("含义", 30), ("meaning", 46), ("取值\nvalues", 70))
    for n, (name, width) in enumerate(heads, 1):
        cell = put(sheet, 1, n, name)
        cell.fill, cell.font, cell.alignment = HEAD, WHITE, CENTRE
        sheet.column_dimensions["ABCDEF"[n - 1]].width = width
    sheet.row_dimensions[1].height = 34
    number = 2
    for table in ("compare", *SIDE_TABLES, "indicator_links"):
        for column in columns(table):
            coded = CODES.get(column.name, {})
            values = "；".join(f"{code} {coded.get(code, '')}".strip() for code in column.enum)
            for n, text in enumerate((table, column.name, column.type, column.zh, column.en, values), 1):
                put(sheet, number, n, text)
            fit_height(sheet, number, {4: 30, 5: 46, 6: 70})
            number += 1
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:F{number - 1}"

