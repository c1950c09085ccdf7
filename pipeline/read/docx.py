"""Reads .docx: paragraphs joined by line ends, numbers as Word shows them, tables row by row, e.g. `一、` of a list style."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from policy_commitments.pipeline.read.assembly import Assembly
from policy_commitments.pipeline.read.docx_content import Content, Item
from policy_commitments.pipeline.read.docx_numbering import read_numbering
from policy_commitments.pipeline.read.docx_package import Element, Package, W, open_package
from policy_commitments.pipeline.read.docx_styles import of_paragraphs, read_styles
from policy_commitments.pipeline.read.word_layout import add_heads, lay_out
from policy_commitments.schemas.problems import DocumentError, Problem
from policy_commitments.schemas.source import Source

_NO_TEXT = "it holds pictures only: save it as PDF and read it with the ocr extra (see `commitments doctor`)"


def read_docx(data: bytes, name: str, path: str) -> Source:
    """Body, then footnotes, then page heads and feet as furniture; raises DocumentError for a broken or empty file."""
    package = open_package(data, name)
    root = package.tree(package.document)
    body = None if root is None else root.find(W + "body")
    if body is None:
        raise DocumentError("no_document_part", f"{name} holds no Word text", "open it in Word or WPS and save it as .docx")
    styles = read_styles(next(package.related("styles", of_paragraphs), None))
    content = Content(styles, read_numbering(next(package.related("numbering"), None), styles))
    assembly = Assembly()
    lay_out(assembly, content.items(body))
    _add_notes(assembly, content, package)
    if not assembly.blocks:
        raise DocumentError("no_text", f"{name} holds no text", _NO_TEXT)
    add_heads(assembly, _heads(content, package))
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


def _add_notes(assembly: Assembly, content: Content, package: Package) -> None:
    """Footnotes and endnotes in the order of their references."""
    by_kind: dict[str, dict[str, Element]] = {}
    for kind in ("footnote", "endnote"):
        for root in package.related(f"{kind}s"):
            by_kind[kind] = {note.get(W + "id", ""): note for note in root.findall(W + kind)}
    for kind, number in list(dict.fromkeys(content.notes)):
        note = by_kind.get(kind, {}).get(number)
        if note is not None:
            lay_out(assembly, content.items(note, "footnote"))


def _heads(content: Content, package: Package) -> Iterator[Iterator[Item]]:
    for kind in ("header", "footer"):
        for root in package.related(kind):
            yield content.items(root)


def _problems(content: Content) -> Iterator[Problem]:
    yield from content.numbering.problems
    if content.deletions:
        yield Problem("tracked_deletions", "info", "read", f"{content.deletions} deletions", "accept or reject changes in Word")
    if content.pictures:
        yield Problem("pictures_unread", "info", "read", f"{content.pictures} pictures", "text in pictures is not read")
    if content.chunks:
        hint = "open the file in Word and save it: the embedded parts become text"
        yield Problem("embedded_document", "warning", "read", f"{content.chunks} embedded files", hint)
