"""Rows of a glued assessment table without numbers, e.g. `花街各县每年新建花街2条。5花道各县每年新建花道3条。5…`.

Each row is prose that ends with 。 and its points. Nothing else tells where a row ends, so the points have to add up to 100.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from policy_commitments.extractors.table_glued_rows import GluedCell, GluedTable
from policy_commitments.schemas.mentions import Span

_HEADS = re.compile(
    r"((?:考核|评价|评估|工作)(?:内容|项目|事项|指标|任务))((?:考核|工作|目标|具体)(?:标准|要求|目标))((?:考核|标准)?(?:分值|分数|权重|总分))(?:（[^（）]{1,6}）)?"
)
_POINTS = re.compile(r"(?<=[。；])([1-9][0-9]?)(?=[^\W0-9_]|$)(?!月|日|年|个|项|家|处|%|[.、．])")
_SUBJECT = re.compile(r"各|每|全[省市县区州镇乡]")  # 花街|各区市县每年新建…
_WHOLE = 100
_FEWEST_ROWS = 4
_LONGEST_ROW = 800
_LONGEST_NAME = 12


def find_glued_scores(text: str) -> Iterator[GluedTable]:
    """Tables in a text without blanks."""
    for heads in _HEADS.finditer(text):
        rows = _rows(text, heads.end())
        if len(rows) >= _FEWEST_ROWS:
            yield _table(heads, text, rows)


def _rows(text: str, start: int) -> list[tuple[Span, Span]]:
    """Prose and points of each row, up to the one that makes the sum 100; none where no row does."""
    rows: list[tuple[Span, Span]] = []
    at, total = start, 0
    for points in _POINTS.finditer(text, start):
        if points.start() - at > _LONGEST_ROW:
            return []
        rows.append(((at, points.start()), points.span(1)))
        at, total = points.end(), total + int(points.group(1))
        if total >= _WHOLE:
            return rows if total == _WHOLE else []
    return []


def _table(heads: re.Match[str], text: str, rows: list[tuple[Span, Span]]) -> GluedTable:
    table = GluedTable(heads.start(), rows[-1][1][1], 3, fitting=len(rows))
    table.cells.extend(GluedCell(0, k, *heads.span(k + 1)) for k in range(3))
    for (start, end), points in rows:
        subject = _SUBJECT.search(text, start + 1, min(end, start + _LONGEST_NAME))
        if subject is None:
            table.cells.append(GluedCell(table.rows, 0, start, end, col_span=2))
        else:
            table.cells.append(GluedCell(table.rows, 0, start, subject.start()))
            table.cells.append(GluedCell(table.rows, 1, subject.start(), end))
        table.cells.append(GluedCell(table.rows, 2, *points))
        table.rows += 1
    return table
