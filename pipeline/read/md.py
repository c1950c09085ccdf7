"""Reads .md: the canonical text is the file as decoded; `## `, `**` and link targets are furniture around the words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from policy_commitments.pipeline.read.decode import decode_lines
from policy_commitments.pipeline.read.flat_tables import Region, clear_of
from policy_commitments.pipeline.read.joined_tables import piped_regions
from policy_commitments.pipeline.read.lines import BOOKMARK, Span, cut_blocks, line_spans
from policy_commitments.pipeline.read.md_front import FrontMatter, front_matter
from policy_commitments.pipeline.read.numbered_tables import numbered_regions
from policy_commitments.pipeline.read.stacked_tables import stacked_regions
from policy_commitments.pipeline.read.txt import region_table
from policy_commitments.pipeline.read.wrapping import is_wrapped
from policy_commitments.schemas.source import Anchor, Block, Source, Table

_HEADING = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+")
_MARKS = re.compile(
    rf"""
      ^[ ]{{0,3}}\#{{1,6}}[ \t]+             # '## ' before 一、总体要求
    | [ \t]+\#+[ \t]*$                       # ' ##' behind it
    | ^[ ]{{0,3}}(?:[-*_][ \t]*){{3,}}$      # '---' between parts
    | ^[ ]{{0,3}}(?:>[ \t]?)+                # '> ' before a quotation
    | ^[ ]{{0,3}}(?:```|~~~)[^\n]*$          # '```' around a block
    | \*\*\*? | ___?                         # '**' around a title
    | !\[[^\[\]\n]{{0,200}}\]\([^()\n]{{0,2000}}\)   # '![图](a.png)'
    | \[(?=[^\[\]\n]{{1,500}}\]\()           # '[' of '[附件](a.docx)'
    | \]\([^()\n]{{0,2000}}(?:\([^()\n]{{0,200}}\)[^()\n]{{0,2000}})?\)    # '](a.docx)'
    | </?(?:br|p|div|span|center|strong|b|u|font|sup|sub)(?:[ ][^<>\n]{{0,300}})?/?>    # '<br>'
    | &nbsp;
    | {BOOKMARK.pattern}
    """,
    re.X,
)
_LINK = re.compile(r"(?<!!)\[([^\[\]\n]{1,500})\]\(([^()\s]{1,2000})\)")
_FILE = re.compile(r"\.(?:docx?|wps|pdf|ofd|xlsx?|zip|rar)$", re.I)


def read_md(data: bytes, name: str, path: str) -> Source:
    """Blocks per line with the marks of Markdown as furniture `markup`; raises DocumentError for what is no text."""
    decoded = decode_lines(data, name)
    text = decoded.text
    lines = line_spans(text)
    front = front_matter(text, lines)
    blocks, tables = _lay_out(text, lines, front)
    return Source(
        name=name,
        path=path,
        format="md",
        sha256=hashlib.sha256(data).hexdigest(),
        text=text,
        blocks=tuple(blocks),
        tables=tuple(tables),
        wrapped=is_wrapped(text[block.start : block.end] for block in blocks if block.kind == "text"),
        meta=front.meta,
        attachments=tuple(_attachments(text)),
        problems=decoded.problems,
    )


def _lay_out(text: str, lines: list[Span], front: FrontMatter) -> tuple[list[Block], list[Table]]:
    blocks: list[Block] = []
    tables: list[Table] = []
    k = 0
    for region in _regions(text, lines):
        blocks.extend(_blocks(text, lines, range(k, region.first), front))
        table = region_table(text, lines, region, len(tables))
        tables.append(table)
        blocks.append(Block("table", table.start, table.end, table.anchor))
        k = region.last + 1
    blocks.extend(_blocks(text, lines, range(k, len(lines)), front))
    return blocks, tables


def _regions(text: str, lines: list[Span]) -> list[Region]:
    """Tables with pipes, and those whose cells stand one on a line."""
    regions = list(piped_regions(text, lines))
    for reader in (numbered_regions, stacked_regions):
        regions += clear_of(reader(text, lines), regions)
    return sorted(regions, key=lambda region: region.first)


def _blocks(text: str, lines: list[Span], numbers: range, front: FrontMatter) -> Iterator[Block]:
    for k in numbers:
        start, end = lines[k]
        if not text[start:end].strip():
            continue
        if k in front.lines:
            yield Block("furniture", start, end, Anchor(paragraph=k), "markup")
        else:
            yield from _line_blocks(text, (start, end), k)


def _line_blocks(text: str, span: Span, k: int) -> Iterator[Block]:
    heading = _HEADING.match(text, *span)
    level = None if heading is None else len(heading.group(1))
    line = text[span[0] : span[1]]
    for block in cut_blocks(line, (0, len(line)), _MARKS, Anchor(paragraph=k), ("markup", "")):
        kind_level = level if block.kind == "text" else None
        yield Block(block.kind, span[0] + block.start, span[0] + block.end, block.anchor, block.detail, kind_level)


def _attachments(text: str) -> Iterator[tuple[str, str]]:
    for match in _LINK.finditer(text):
        label, address = match.groups()
        if _FILE.search(address.partition("?")[0]) is not None or _FILE.search(label) is not None:
            yield label, address
