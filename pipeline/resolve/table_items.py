"""Rows of task and duty tables as items, where no body task has their title (codebook section 2)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from policy_commitments.pipeline.resolve.table_findings import TableFindings, TaskRowFinding
from policy_commitments.schemas.outline import Item, Outline

RowItems = Mapping[tuple[int, str], int]


def with_table_rows(outline: Outline, tables: Sequence[TableFindings]) -> tuple[Outline, RowItems]:
    """The outline with the rows appended to its items, and (table, title) -> item index for their findings."""
    items = list(outline.items)
    starts = [item.start for item in items]
    places: dict[tuple[int, str], int] = {}
    for table in tables:
        for row in table.task_rows:
            key = (table.table, row.title)
            if row.item is None and key not in places and row.title:
                places[key] = len(items)
                items.append(_row_item(row, len(items), _section(outline, starts, row.row_span[0])))
    return replace(outline, items=tuple(items)), places


def _section(outline: Outline, starts: Sequence[int], position: int) -> Item | None:
    """The heading in whose extent the table stands."""
    k = bisect_right(starts, position) - 1
    while k >= 0:
        item = outline.items[k]
        if item.start <= position < item.end:
            return item
        k = item.parent if item.parent is not None else -1
    return None


def _row_item(row: TaskRowFinding, index: int, section: Item | None) -> Item:
    path = () if section is None else (*section.path, f"{section.label or ''}{section.title}".replace("\n", ""))
    return Item(
        index=index,
        parent=None if section is None else section.index,
        level=len(path) + 1,
        label=None,
        number=None,
        title=row.title,
        start=row.row_span[0],
        title_start=row.title_span[0],
        title_end=row.title_span[1],
        body_start=row.title_span[1],
        end=row.row_span[1],
        role="task",
        is_task=True,
        path=path,
        origin="row",
    )
