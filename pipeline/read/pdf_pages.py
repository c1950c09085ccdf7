"""The pages of a PDF one by one, each closed before the next is opened: lines, parts of tables, frames, links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2

from policy_commitments.pipeline.read.page_labels import is_label_row
from policy_commitments.pipeline.read.pdf_cells import TablePart, table_parts
from policy_commitments.pipeline.read.pdf_chars import PageChars, chars_of
from policy_commitments.pipeline.read.pdf_frame import frame_of
from policy_commitments.pipeline.read.pdf_grids import Ruling, rulings
from policy_commitments.pipeline.read.pdf_lines import PageLine
from policy_commitments.pipeline.read.pdf_links import attached
from policy_commitments.pipeline.read.pdf_order import page_lines
from policy_commitments.pipeline.read.pdf_rules import has_pictures, rules_of
from policy_commitments.schemas.source import BBox

_MOST_OF_A_PAGE = 0.5  # of the height; a frame as high as this goes around the document
_BAD = re.compile(r"[\x00-\x08\x0e-\x1f\ue000-\uf8ff\ufffd]")
_BELOW = 100.0  # points
_UNREADABLE_SHARE = 0.3  # of the characters: fonts without a table of their characters


@dataclass(slots=True)
class PageContent:
    """What one page shows.

    `frames` are the boxes around text that is no table, `labels` the rows of tables like 索引号 | 发文字号 (cells between
    tabs), `pictured` says that a page without readable text has images.
    """

    size: tuple[float, float]
    lines: list[PageLine] = field(default_factory=list)
    parts: list[TablePart] = field(default_factory=list)
    frames: list[BBox] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    pictured: bool = False
    garbled: bool = False
    failed: bool = False

    @property
    def has_text(self) -> bool:
        """Whether anything can be read on it."""
        return bool(self.lines or self.parts) and not self.garbled


def read_pages(document: Any) -> list[PageContent]:
    """All pages; one that pdfium cannot open is `failed`."""
    return [_read_page(document, index) for index in range(len(document))]


def _read_page(document: Any, index: int) -> PageContent:
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return PageContent((0.0, 0.0), failed=True)
    try:
        textpage = page.get_textpage()
        try:
            return _content(page, textpage, index + 1)
        finally:
            textpage.close()
    except pypdfium2.PdfiumError:
        return PageContent((0.0, 0.0), failed=True)
    finally:
        page.close()


def _content(page: Any, textpage: Any, number: int) -> PageContent:
    frame = frame_of(page)
    chars = chars_of(textpage, frame)
    content = PageContent(frame.size, garbled=_is_garbled(chars.text))
    if not chars.text.strip():
        content.pictured = has_pictures(page)
        return content
    add_tables(content, chars, rulings(rules_of(page, frame)), number)
    content.lines = page_lines(chars, [part.bbox for part in content.parts])
    _take_back(content)
    content.links = list(dict.fromkeys(attached(page, textpage)))
    if content.garbled:
        content.pictured = True
    return content


def add_tables(content: PageContent, chars: PageChars, grids: Sequence[Ruling], number: int) -> None:
    """Sort the grids of a page into parts of tables, rows of metadata and frames around text."""
    for grid in grids:
        whole = not any(region.open_top or region.open_bottom for region in grid.regions)
        if len(grid.xs) == 2 and whole and grid.ys[-1] - grid.ys[0] < content.size[1] * _MOST_OF_A_PAGE:
            content.frames.append(grid.bbox)
    tables = [grid for grid in grids if len(grid.xs) > 2]
    for part in table_parts(chars, tables, number) if tables else ():
        texts = [cell.text for cell in part.cells if cell.lines]
        if is_label_row(texts):
            content.frames.append(part.bbox)
            content.labels.extend("\t".join(cell.text for cell in part.cells if cell.row == row) for row in range(part.rows))
        elif texts:
            content.parts.append(part)


def _take_back(content: PageContent) -> None:
    """Lines that a browser prints below the last border of a page, because the cell goes on, belong to their cell."""
    if not content.parts:
        return
    last = max(content.parts, key=lambda part: part.bbox[3])
    broken = [cell for cell in last.cells if cell.open_bottom]
    kept = []
    for line in content.lines:
        near = 0 <= line.middle - last.bbox[3] <= _BELOW
        cell = next((one for one in broken if near and one.bbox[0] <= line.bbox[0] and line.bbox[2] <= one.bbox[2]), None)
        if cell is None:
            kept.append(line)
        else:
            cell.lines.append(line)
    content.lines = kept


def _is_garbled(text: str) -> bool:
    """Whether a third of the characters are controls or private ones: what they show is known to the font only."""
    return len(_BAD.findall(text)) > sum(map(len, text.split())) * _UNREADABLE_SHARE


def in_frame(frames: Sequence[BBox], line: PageLine) -> bool:
    """Whether a line stands in a box of its own."""
    x = (line.bbox[0] + line.bbox[2]) / 2
    return any(box[0] <= x <= box[2] and box[1] <= line.middle <= box[3] for box in frames)
