"""Tables written for tests as text grids, their HTML, and what the pipeline makes of them as short lines.

In a grid `^` is merged with the cell above, `<` with the one to the left; `⏎` ends a line inside a cell.
"""

from __future__ import annotations

from html import escape
from typing import Any

from policy_commitments.pipeline.flow import process
from policy_commitments.pipeline.read import read_bytes
from policy_commitments.pipeline.result import DocumentResult
from policy_commitments.schemas.records import TargetRecord


def rows_of(grid: str) -> list[list[str]]:
    """Cells of a text grid."""
    return [[cell.strip() for cell in line.split("|")] for line in grid.strip().split("\n")]


def html_table(rows: list[list[str]]) -> str:
    """<table> with rowspan and colspan for `^` and `<`."""
    lines = []
    for r, row in enumerate(rows):
        cells = []
        for c, text in enumerate(row):
            if text in ("^", "<"):
                continue
            down, right = _span(rows, r, c)
            body = "".join(f"<p>{escape(line)}</p>" for line in text.split("⏎"))
            cells.append(f'<td rowspan="{down}" colspan="{right}">{body}</td>')
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table>{''.join(lines)}</table>"


def _span(rows: list[list[str]], row: int, col: int) -> tuple[int, int]:
    down = right = 1
    while col + right < len(rows[row]) and rows[row][col + right] == "<":
        right += 1
    while row + down < len(rows) and rows[row + down][col] == "^":
        down += 1
    return down, right


def result_of(case: dict[str, Any]) -> DocumentResult:
    """The document of a case: paragraphs above, the table or tables, paragraphs below."""
    if "text" in case:
        data, name = str(case["text"]).encode("utf-8"), "a.txt"
    else:
        data, name = _page(case).encode("utf-8"), "a.html"
    return process(read_bytes(data, name), given={"issue_date": f"{case.get('issued', 2021)}-03-01"})


def _page(case: dict[str, Any]) -> str:
    tables = case["table"] if isinstance(case["table"], list) else [case["table"]]
    above = "".join(f"<p>{escape(line)}</p>" for line in case.get("above", ["附件", "主要指标"]))
    below = "".join(f"<p>{escape(line)}</p>" for line in case.get("below", []))
    between = f"<p>{escape(case['between'])}</p>" if "between" in case else ""
    body = between.join(html_table(rows_of(table)) for table in tables)
    return f"<html><body><div>{above}{body}{below}</div></body></html>"


def shown_target(one: TargetRecord) -> str:
    """`森林覆盖率 ge 45 % base 43.2@2020 by 2025-12-31 binding level`; what is empty is left out."""
    parts = [one.indicator, one.comparator, f"{one.value:g}" if one.value is not None else "?"]
    if one.value_max is not None:
        parts[-1] += f"~{one.value_max:g}"
    parts.append(one.unit or "-")
    parts.extend([f"per {one.per}"] if one.per else [])
    if one.baseline is not None:
        parts.append(f"base {one.baseline:g}@{one.baseline_year or '?'}")
    parts.extend([f"by {one.deadline}"] if one.deadline else [])
    parts.extend(str(word) for word in (one.strength, one.basis, one.direction) if word)
    return " ".join([*parts, one.kind])


def shown(result: DocumentResult) -> dict[str, list[str]]:
    """What stands in tables, in text order, as the cases list it."""
    rows = [item for item in result.items if item.origin == "row"]
    problems = [one.code for one in result.problems if one.code.startswith(("table", "unread"))]
    return {
        "targets": [shown_target(one) for one in result.targets if one.source == "table"],
        "milestones": [f"{one.what} by {one.deadline}" for one in result.milestones if one.source == "table"],
        "agencies": [f"{one.agency} {one.role}" for one in result.responsibilities if one.source == "table"],
        "tasks": [item.title for item in rows],
        "problems": problems,
    }
