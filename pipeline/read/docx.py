"""Reads .docx: paragraphs joined by line ends, numbers as Word shows them, tables row by row, e.g. `一、` of a list style."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator

from policy_commitments.pipeline.read.assembly import Assembly, GridCell, Line, one_line
from policy_commitments.pipeline.read.docx_content import Content, Item, Paragraph
from policy_commitments.pipeline.read.docx_grid import Grid, GridField
from policy_commitments.pipeline.read.docx_numbering import read_numbering
from policy_commitments.pipeline.read.docx_package import Element, Package, W, open_package
from policy_commitments.pipeline.read.docx_styles import read_styles
from policy_commitments.pipeline.read.layout import is_layout
from policy_commitments.schemas.problems import DocumentError, Problem
from policy_commitments.schemas.source import Source

_FURNITURE = frozenset(("contents",))
_PAGE_NUMBER = re.compile(r"[-—–\s]*(?:第\s*)?\d{0,4}(?:\s*页)?(?:[/\s共]*\d+\s*页?)?[-—–\s]*")
_NO_TEXT = "it holds pictures only: save it as PDF and read it with the ocr extra (see `commitments doctor`)"


def read_docx(data: bytes, name: str, path: str) -> Source:
    """Body, then footnotes, then page heads and feet as furniture; raises DocumentError for a broken or empty file."""
    package = open_package(data, name)
    root = package.tree(package.document)
    body = None if root is None else root.find(W + "body")
    if body is None:
        raise DocumentError("no_document_part", f"{name} holds no Word text", "open it in Word or WPS and save it as .docx")
    styles = read_styles(next(package.related("styles"), None))
    content = Content(styles, read_numbering(next(package.related("numbering"), None), styles))
    assembly = Assembly()
    _lay_out(assembly, content.items(body))
    _add_notes(assembly, content, package)
    if not assembly.blocks:
        raise DocumentError("no_text", f"{name} holds no text", _NO_TEXT)
    _add_heads(assembly, content, package)
    return Source(
        name=name,
        path=path,
        format="docx",
        sha256=hashlib.sha256(data).hexdigest(),
        text=assembly.text,
        blocks=tuple(assembly.blocks),
        tables=tuple(assembly.tables),
        problems=tuple(_problems(content)),
    )


def _lay_out(assembly: Assembly, items: Iterable[Item], detail: str = "") -> None:
    for item in items:
        if isinstance(item, Paragraph):
            _add_paragraph(assembly, item, detail)
        elif _lays_out(item):
            for cell in item.cells:
                _lay_out(assembly, cell.content, "box")
        else:
            cells = [GridCell(c.row, c.col, _cell_text(c), c.row_span, c.col_span) for c in item.cells]
            assembly.add_table(cells, item.rows, item.columns, item.index)


def _add_paragraph(assembly: Assembly, item: Paragraph, detail: str) -> None:
    detail = item.detail or detail
    kind = "furniture" if detail in _FURNITURE else "text"
    for k, line in enumerate(item.lines):
        generated = item.generated if k == 0 else 0
        assembly.add(Line(line, kind, detail, item.level, generated, item.align), item.index)  # type: ignore[arg-type]


def _lays_out(grid: Grid[Item]) -> bool:
    nested = any(isinstance(item, Grid) for cell in grid.cells for item in cell.content)
    texts = [[line for line in _lines(cell.content) if line.strip()] for cell in grid.cells]
    return is_layout(grid.columns, texts, nested=nested)


def _cell_text(cell: GridField[Item]) -> str:
    return one_line(list(_lines(cell.content)))


def _lines(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        if isinstance(item, Paragraph):
            yield from item.lines
        else:
            for cell in item.cells:
                yield from _lines(cell.content)


def _add_notes(assembly: Assembly, content: Content, package: Package) -> None:
    """Footnotes and endnotes in the order of their references."""
    by_kind: dict[str, dict[str, Element]] = {}
    for kind in ("footnote", "endnote"):
        for root in package.related(f"{kind}s"):
            by_kind[kind] = {note.get(W + "id", ""): note for note in root.findall(W + kind)}
    for kind, number in list(dict.fromkeys(content.notes)):
        note = by_kind.get(kind, {}).get(number)
        if note is not None:
            _lay_out(assembly, content.items(note, "footnote"))


def _add_heads(assembly: Assembly, content: Content, package: Package) -> None:
    """Page heads and feet, each wording once."""
    seen: set[str] = set()
    for kind in ("header", "footer"):
        for root in package.related(kind):
            for line in _lines(content.items(root)):
                if line.strip() and line not in seen:
                    seen.add(line)
                    detail = "page_number" if _PAGE_NUMBER.fullmatch(line) else "running_head"
                    assembly.add(Line(line, "furniture", detail))


def _problems(content: Content) -> Iterator[Problem]:
    yield from content.numbering.problems
    if content.deletions:
        yield Problem("tracked_deletions", "info", "read", f"{content.deletions} deletions", "accept or reject changes in Word")
    if content.pictures:
        yield Problem("pictures_unread", "info", "read", f"{content.pictures} pictures", "text in pictures is not read")
    if content.chunks:
        hint = "open the file in Word and save it: the embedded parts become text"
        yield Problem("embedded_document", "warning", "read", f"{content.chunks} embedded files", hint)
