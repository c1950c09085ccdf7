"""Reads .txt: the canonical text is the file as decoded with LF line ends, e.g. `一、总体要求\\n（一）指导思想。`"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from policy_commitments.pipeline.read.decode import decode_lines
from policy_commitments.pipeline.read.flat_tables import Region, clear_of, flat_regions, region_cells
from policy_commitments.pipeline.read.joined_tables import joined_regions
from policy_commitments.pipeline.read.lines import Span, line_spans, text_blocks
from policy_commitments.pipeline.read.numbered_tables import numbered_regions
from policy_commitments.pipeline.read.stacked_tables import stacked_regions
from policy_commitments.pipeline.read.tabbed_tables import tabbed_regions
from policy_commitments.pipeline.read.wrapping import is_wrapped
from policy_commitments.schemas.source import Anchor, Block, Source, Table

_BOX = "box"


def read_txt(data: bytes, name: str, path: str) -> Source:
    """One block per line, tables where flattened ones are recognised; raises DocumentError for what is no text."""
    decoded = decode_lines(data, name)
    text = decoded.text
    lines = line_spans(text)
    regions = table_regions(text, lines)
    blocks, tables = lay_out(text, lines, regions)
    prose = (text[block.start : block.end] for block in blocks if block.kind == "text")
    return Source(
        name=name,
        path=path,
        format="txt",
        sha256=hashlib.sha256(data).hexdigest(),
        text=text,
        blocks=tuple(blocks),
        tables=tuple(tables),
        wrapped=is_wrapped(prose),
        problems=decoded.problems,
    )


def table_regions(text: str, lines: list[Span]) -> list[Region]:
    """All tables and boxes of a plain text, in text order, none overlapping."""
    regions = list(tabbed_regions(text, lines))
    if "\t" in text:
        regions += clear_of(flat_regions(text, lines), regions)
    for reader in (numbered_regions, stacked_regions, joined_regions):
        regions += clear_of(reader(text, lines), regions)
    return sorted(regions, key=lambda region: region.first)


def lay_out(text: str, lines: list[Span], regions: list[Region]) -> tuple[list[Block], list[Table]]:
    """Blocks of all lines, with a table block for each region of several columns."""
    blocks: list[Block] = []
    tables: list[Table] = []
    k = 0
    for region in regions:
        blocks.extend(_line_blocks(text, lines, k, region.first))
        if region.columns > 1:
            table = region_table(text, lines, region, len(tables))
            tables.append(table)
            blocks.append(Block("table", table.start, table.end, table.anchor))
        else:
            blocks.extend(_line_blocks(text, lines, region.first, region.last + 1, _BOX))
        k = region.last + 1
    blocks.extend(_line_blocks(text, lines, k, len(lines)))
    return blocks, tables


def _line_blocks(text: str, lines: list[Span], first: int, end: int, detail: str = "") -> Iterator[Block]:
    for k in range(first, end):
        yield from text_blocks(text, lines[k], k, detail)


def region_table(text: str, lines: list[Span], region: Region, index: int) -> Table:
    """The table that stands in the lines of a region."""
    rows, columns, cells = region_cells(text, region)
    start, end = lines[region.first][0], lines[region.last][1]
    return Table(index, start, end, rows, columns, cells, Anchor(paragraph=region.first))
