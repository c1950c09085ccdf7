"""Canonical text of a PDF: lines and tables in reading order, pages ended by a form feed, broken tables in one piece."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from policy_commitments.pipeline.read.assembly import Assembly, GridCell, Line
from policy_commitments.pipeline.read.pdf_cells import TableCell, TablePart
from policy_commitments.pipeline.read.pdf_furniture import page_furniture
from policy_commitments.pipeline.read.pdf_labels import above_article
from policy_commitments.pipeline.read.pdf_lines import PageLine
from policy_commitments.pipeline.read.pdf_margins import alignments
from policy_commitments.pipeline.read.pdf_pages import PageContent, in_frame
from policy_commitments.pipeline.read.pdf_stitch import WholeTable, append, goes_on, whole
from policy_commitments.schemas.problems import Problem
from policy_commitments.schemas.source import BBox, Source

_GOES_ON = re.compile(r"[（(]?\s*(?:续\s*表|接\s*上\s*[表页]|续\s*上\s*[表页])\s*\d*\s*[）)]?")  # '续表', '（续表1）'
_BOX = "box"


@dataclass(slots=True)
class _Open:
    """A table that may go on, and what was printed since: furniture and page ends (None)."""

    table: WholeTable
    between: list[Line] = field(default_factory=list)  # printed between its parts
    after: list[Line | None] = field(default_factory=list)


def source_of_pages(pages: Sequence[PageContent], data: bytes, name: str, path: str, kind: str) -> Source:
    """The whole document of a format with fixed pages; `kind` is its format."""
    assembly = TextOfPages().add_all(pages)
    return Source(
        name=name,
        path=path,
        format=kind,
        sha256=hashlib.sha256(data).hexdigest(),
        text=assembly.text,
        blocks=tuple(assembly.blocks),
        tables=tuple(assembly.tables),
        pages=len(pages),
        wrapped=True,
        problems=tuple(_problems(pages)),
    )


def _problems(pages: Sequence[PageContent]) -> Iterator[Problem]:
    failed = [str(k) for k, page in enumerate(pages, 1) if page.failed]
    if failed:
        yield Problem("page_unreadable", "warning", "read", f"pages {', '.join(failed)}", "the file is damaged there: fetch it again")
    pictures = [str(k) for k, page in enumerate(pages, 1) if page.pictured and not page.has_text]
    if pictures:
        hint = "these pages hold pictures without text, which were not read: save them as a PDF of their own"
        yield Problem("page_without_text", "warning", "read", f"pages {', '.join(pictures)}", hint)


class TextOfPages:
    """Takes the pages in order; `assembly` holds text, blocks and tables."""

    def __init__(self) -> None:
        self.assembly = Assembly()
        self._open: _Open | None = None

    def add_all(self, pages: Sequence[PageContent]) -> Assembly:
        """The whole document."""
        lines = [page.lines for page in pages]
        kinds = page_furniture(lines, [page.size[1] for page in pages])
        for k in range(above_article(lines[0]) if lines else 0):
            kinds.setdefault((0, k), "navigation")
        aligns = alignments([[line for k, line in enumerate(page) if (p, k) not in kinds] for p, page in enumerate(lines)])
        for p, page in enumerate(pages):
            ready = iter(aligns[p])
            shown = [self._line(page, line, p, kinds.get((p, k), ""), ready) for k, line in enumerate(page.lines)]
            self._add_page(page, shown)
        self._close_table()
        self.assembly.add(Line(""))
        return self.assembly

    def _line(self, page: PageContent, line: PageLine, p: int, kind: str, aligns: Iterator[str]) -> Line:
        if kind:
            return Line(line.text, "furniture", kind, None, 0, "", p + 1, rounded(line.bbox))
        detail = _BOX if page.frames and in_frame(page.frames, line) else ""
        return Line(line.text, "text", detail, None, 0, next(aligns), p + 1, rounded(line.bbox))

    def _add_page(self, page: PageContent, lines: Sequence[Line]) -> None:
        waiting = sorted(page.parts, key=lambda part: (part.bbox[1], part.bbox[0]))
        for shown, line in zip(page.lines, lines, strict=True):
            while waiting and waiting[0].bbox[1] < shown.middle:
                self._add_part(waiting.pop(0))
            self._add_line(line)
        for part in waiting:
            self._add_part(part)
        self._end_page()

    def _add_line(self, line: Line) -> None:
        if self._open is not None:
            if line.kind == "furniture" or _GOES_ON.fullmatch(line.text):
                self._open.after.append(line)
                return
            self._close_table()
        self.assembly.add(line)

    def _end_page(self) -> None:
        if self._open is None:
            self.assembly.end_page()
        else:
            self._open.after.append(None)

    def _add_part(self, part: TablePart) -> None:
        one = self._open
        if one is not None and one.table.last_page == part.page - 1 and goes_on(one.table, part):
            append(one.table, part)
            one.between.extend(line for line in one.after if line is not None)
            one.after.clear()
            return
        self._close_table()
        self._open = _Open(whole(part))

    def _close_table(self) -> None:
        one, self._open = self._open, None
        if one is None:
            return
        _add_table(self.assembly, one.table)
        for line in one.between:
            self.assembly.add(line if line.kind == "furniture" else Line(line.text, "furniture", "repeated_head", page=line.page, bbox=line.bbox))
        for head in one.table.heads:
            self.assembly.add(Line(head, "furniture", "repeated_head"))
        for after in one.after:
            if after is None:
                self.assembly.end_page()
            else:
                self.assembly.add(after)


def _add_table(assembly: Assembly, table: WholeTable) -> None:
    filled = [cell for cell in table.cells if cell.lines]
    if len(filled) == 1 and not table.breaks:  # a frame with lines in it
        for line in filled[0].lines:
            assembly.add(Line(line.text, detail=_BOX, page=table.page, bbox=rounded(line.bbox)))
        return
    cells = [_grid_cell(cell) for cell in sorted(table.cells, key=lambda one: (one.row, one.col))]
    boxes = [cell.bbox for cell in table.cells if cell.page == table.page]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    box = (min(lefts), min(tops), max(rights), max(bottoms))
    assembly.add_table(
        cells, table.rows, len(table.xs) - 1, page=table.page, bbox=rounded(box), breaks=table.breaks
    )  # fmt: skip


def _grid_cell(cell: TableCell) -> GridCell:
    return GridCell(cell.row, cell.col, cell.text, cell.row_span, cell.col_span, cell.page, rounded(cell.bbox))


def rounded(box: BBox) -> BBox:
    """Hundredths of a point."""
    return round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2)
