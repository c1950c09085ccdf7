"""What a reader hands on: the canonical text of a file with its blocks, tables and anchors.

All offsets count Unicode code points of `Source.text` and are half-open.
"""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from policy_commitments.schemas.frozen import frozen
from policy_commitments.schemas.problems import Problem

BBox = tuple[float, float, float, float]
BlockKind = Literal["text", "table", "furniture"]


@frozen
class Anchor:
    """Where a block stands in its file.

    `page` counts from 1; `bbox` is (x0, top, x1, bottom) in points from the page's upper left corner;
    `paragraph` counts the file's paragraphs from 0.
    """

    page: int | None = None
    bbox: BBox | None = None
    paragraph: int | None = None


@frozen
class Block:
    """One line (.txt, .pdf) or paragraph (.docx, .html), one table, or one piece of page furniture.

    `detail` names the kind of furniture (`page_number`, `running_head`, `bookmark`, `navigation`, `box`, …);
    `level` is the outline level that the file itself states (Word heading style, <h1>), from 1;
    `generated` is the number of leading characters that are no text of the file but an automatic number;
    `score` is the reader's own confidence in 0..1 (OCR), 1.0 for born-digital text;
    `straight` is its box on the page put straight, where that lay askew on the glass (`anchor` has it as it lies).
    """

    kind: BlockKind
    start: int
    end: int
    anchor: Anchor = Anchor()
    detail: str = ""
    level: int | None = None
    generated: int = 0
    score: float = 1.0
    align: str = ""
    straight: BBox | None = None


@frozen
class Cell:
    """One printed cell; a merged cell is one Cell with spans over 1, and its text stands once; `score` as in Block."""

    row: int
    col: int
    start: int
    end: int
    row_span: int = 1
    col_span: int = 1
    page: int | None = None
    bbox: BBox | None = None
    score: float = 1.0


@frozen
class Table:
    """A grid of `rows` x `cols` that stands at text[start:end]; positions without a Cell are covered or empty."""

    index: int
    start: int
    end: int
    rows: int
    cols: int
    cells: tuple[Cell, ...]
    anchor: Anchor = Anchor()


@frozen
class Source:
    """One document as read.

    `blocks` lie in text order and do not overlap; a block of kind table has the offsets of its Table.
    `wrapped` says that line ends in `text` are those of a printed page and not of paragraphs.
    `meta` holds what the file states about itself (the 索引号 / 发文字号 table of a web page), verbatim;
    `attachments` are (label, address) pairs.
    """

    name: str
    path: str
    format: str
    sha256: str
    text: str
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...] = ()
    pages: int | None = None
    wrapped: bool = False
    meta: dict[str, str] = field(default_factory=dict)
    attachments: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()
