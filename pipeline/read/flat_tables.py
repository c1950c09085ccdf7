"""Tables that a converter flattened to one cell per line: `\\t序号`, `\\t主要指标`, `\\t2025年`, blank, `\\t1`, …

A row follows a blank line; a cell follows a tab; a lone tab is an empty cell; a line without tab continues its cell.
One column is no table but a box (`专栏1`). Tables that stand otherwise are found in `joined_tables`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from policy_commitments.pipeline.read.lines import BOOKMARK, Span
from policy_commitments.pipeline.read.spans import Slot, place
from policy_commitments.schemas.source import Cell

_DIVISION = re.compile(r"\s*第[一二三四五六七八九十百零〇\d]{1,5}[章节编篇]\s")  # 第九章  加强组织实施
_ALONE = re.compile(r"[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十]{1,2}[)）]|单位：|[^，。；]{0,30}表$")
_EDGE = re.compile(rf"(?:\s|{BOOKMARK.pattern})+")


@dataclass(slots=True)
class Region:
    """Lines first..last of one table or box; `rows` hold the spans of cells as printed, `boxed` says one column."""

    first: int
    last: int
    rows: list[list[Span]] = field(default_factory=list)

    @property
    def columns(self) -> int:
        """The widest row."""
        return max(map(len, self.rows), default=0)


def clear_of(found: Iterable[Region], regions: Sequence[Region]) -> list[Region]:
    """Those of the regions found that share no line with `regions`."""
    taken = {k for region in regions for k in range(region.first, region.last + 1)}
    return [one for one in found if taken.isdisjoint(range(one.first, one.last + 1))]


def flat_regions(text: str, lines: list[Span]) -> Iterator[Region]:
    """Stretches of lines that begin with tabs, in text order; boxes too (`columns` is 1)."""
    k = 0
    while k < len(lines):
        start, _ = lines[k]
        if not text.startswith("\t", start):
            k += 1
            continue
        region = _region(text, lines, k)
        if any(not text[s:e].isspace() and e > s for row in region.rows for s, e in row):
            yield region
        k = region.last + 1


def region_cells(text: str, region: Region) -> tuple[int, int, tuple[Cell, ...]]:
    """Rows, columns and cells of a region: rows broken by a blank line joined, merged cells given their spans."""
    rows = joined_rows(text, region.rows, region.columns)
    slots = [[Slot(*trimmed(text, span)) for span in row] for row in rows]
    return len(slots), region.columns, place(slots, region.columns, text)


def trimmed(text: str, span: Span) -> Span:
    """The span without blanks and bookmarks at its ends; start == end where nothing is left."""
    start, end = span
    lead = _EDGE.match(text, start, end)
    start = lead.end() if lead is not None else start
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def joined_rows(text: str, rows: list[list[Span]], columns: int) -> list[list[Span]]:
    """Rows with those put together that a blank paragraph at the end of a cell had cut in two.

    A row of one cell that is a title or a group (`一、资源配置`) stands alone.
    """
    whole: list[list[Span]] = []
    for row in rows:
        alone = any(len(one) == 1 and _ALONE.match(text, *trimmed(text, one[0])) for one in (row, *whole[-1:]))
        if whole and not alone and len(whole[-1]) < columns and len(whole[-1]) + len(row) == columns:
            whole[-1] = whole[-1] + row
        else:
            whole.append(list(row))
    return whole


def _region(text: str, lines: list[Span], first: int) -> Region:
    region = Region(first, first)
    k = first
    while k < len(lines) and text.startswith("\t", lines[k][0]):
        row, last = _row(text, lines, k, region.columns)
        region.rows.append(row)
        region.last = last
        k = last + 2 if last + 1 < len(lines) and _is_blank(text, lines[last + 1]) else len(lines)
    return region


def _row(text: str, lines: list[Span], k: int, columns: int) -> tuple[list[Span], int]:
    """The cells of the row that begins at line k, and its last line."""
    cells: list[Span] = []
    last = k
    while k < len(lines):
        span = lines[k]
        if _is_blank(text, span):
            if not _cell_goes_on(text, lines, k, len(cells), columns):
                break
        elif text.startswith("\t", span[0]):
            cells.extend(_fields(text, span))
            last = k
        elif _DIVISION.match(text, span[0], span[1]):
            break
        else:
            cells[-1] = (cells[-1][0], span[1])
            last = k
        k += 1
    return cells, last


def _cell_goes_on(text: str, lines: list[Span], blank: int, cells: int, columns: int) -> bool:
    """Whether the blank line stands inside a cell: its row is short, and lines without tab lead to the next cell."""
    if cells >= columns:
        return False
    for k in range(blank + 1, min(blank + 8, len(lines))):
        if _is_blank(text, lines[k]):
            return False
        if text.startswith("\t", lines[k][0]):
            return k > blank + 1
    return False


def _fields(text: str, span: Span) -> Iterator[Span]:
    start = span[0] + 1
    while (tab := text.find("\t", start, span[1])) >= 0 and not text[tab : span[1]].isspace():
        yield start, tab
        start = tab + 1
    yield start, span[1]


def _is_blank(text: str, span: Span) -> bool:
    line = text[span[0] : span[1]]
    return not line.strip() and "\t" not in line
