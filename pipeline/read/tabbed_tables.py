"""Tables whose rows stand one on a line with tabs between the cells, as they are copied out of Word or Excel.

An empty field is a cell that is merged with the one above, or blank. A row of one field is a group or a title; a row of
heads with fewer fields stands over wide cells.
"""

from __future__ import annotations

from collections.abc import Iterator

from policy_commitments.pipeline.read.flat_tables import Region
from policy_commitments.pipeline.read.lines import Span

_LONGEST_ROW = 4000
_LONGEST_GROUP = 40
_FEWEST_ROWS = {2: 3}  # rows that two columns need; three and more need _ROWS
_ROWS = 2
_HEADS = 2  # rows of heads with fewer fields


def tabbed_regions(text: str, lines: list[Span]) -> Iterator[Region]:
    """Stretches of lines with equally many fields, the heads and groups among them included."""
    if "\t" not in text:
        return
    k = 0
    while k < len(lines):
        region = _region(text, lines, k)
        if region is not None:
            yield region
        k = k + 1 if region is None else region.last + 1


def _region(text: str, lines: list[Span], first: int) -> Region | None:
    if text.startswith("\t", lines[first][0]) or len(_fields(text, lines[first])) < 2:
        return None
    counts = [len(_fields(text, lines[k])) for k in range(first, min(first + _HEADS + 1, len(lines)))]
    columns = max(counts)
    region = Region(first, first)
    at = first
    while at < len(lines):
        fields = _fields(text, lines[at])
        if len(fields) != columns and not _is_head(region, fields) and not _is_group(text, lines, at, columns):
            break
        region.rows.append(fields or [lines[at]])
        region.last = at
        at += 1
    full = sum(len(row) == columns for row in region.rows)
    return region if full >= _FEWEST_ROWS.get(columns, _ROWS) and region.columns == columns else None


def _is_head(region: Region, fields: list[Span]) -> bool:
    """Fewer fields among the first rows."""
    return len(region.rows) < _HEADS and len(fields) > 1


def _is_group(text: str, lines: list[Span], at: int, columns: int) -> bool:
    """A short line without tabs between rows of the table."""
    start, end = lines[at]
    alone = 0 < end - start <= _LONGEST_GROUP and "\t" not in text[start:end].rstrip("\t") and "。" not in text[start:end]
    return alone and at + 1 < len(lines) and len(_fields(text, lines[at + 1])) == columns


def _fields(text: str, span: Span) -> list[Span]:
    """Fields between tabs, the empty ones too."""
    start, end = span
    if end - start > _LONGEST_ROW or text.find("\t", start, end) < 0:
        return []
    found: list[Span] = []
    while (tab := text.find("\t", start, end)) >= 0:
        found.append((start, tab))
        start = tab + 1
    return [*found, (start, end)]
