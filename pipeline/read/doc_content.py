"""The visible content of a .doc as the paragraphs and grids that .docx gives, e.g. a row end `\\x07` closes a row.

Source: [MS-DOC] 2.4 (retrieving text, paragraphs, tables, fields), 2.3 (parts of the document).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from policy_commitments.pipeline.read.doc_numbering import Lists, read_lists
from policy_commitments.pipeline.read.doc_properties import Form, Forms, read_forms, read_marks
from policy_commitments.pipeline.read.doc_stream import DocStream, joined
from policy_commitments.pipeline.read.doc_tables import Row, grid_of
from policy_commitments.pipeline.read.docx_content import Item, Paragraph, sign_of
from policy_commitments.schemas.problems import Problem

_SECTIONS, _HEADS, _NOTES, _ENDNOTES, _ANCHORS, _BOXES = 6, 11, 3, 47, 40, 56
_ENDS = re.compile(r"[\r\x07\x0c]")
_FIELDS = re.compile(r"[\x13\x14\x15\r]")
_GONE = "\x00"
_KEPT = re.compile(r"[^\x07\x13-\x15]")  # what a hidden range may hide: no cell ends, no ends of fields
_SIGNS = {"\x0b": "\n", "\x0c": "\n", "\x0e": "\n", "\x1e": "-"}
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]+")
_SYMBOLS = re.compile(r"[\uf000-\uf0ff]")  # characters of Wingdings and its like
_SPECIAL = re.compile(r"[\x00-\x1f\ud800-\udfff\uf000-\uf0ff]")  # all that is not shown as it stands
_DEEPEST = 20
_SEPARATORS = 6  # stories before the first page head: lines above notes


class _Piece(NamedTuple):
    """One paragraph as it stands: text without its end mark, the mark, its properties, its end position."""

    text: str
    mark: str
    form: Form
    end: int


@dataclass(slots=True)
class DocContent:
    """Walks the parts of one document; numbers and paragraphs are counted from part to part."""

    stream: DocStream
    forms: Forms
    text: str
    deletions: int
    sections: frozenset[int]
    boxes: list[tuple[int, int, int]]  # (anchor in the body, first, end) of text boxes that are not yet given
    lists: Lists | None = None  # read with the first paragraph that has a number
    paragraphs: int = 0
    pictures: int = 0
    _waiting: list[_Piece] = field(default_factory=list)
    _at: int = 0

    def body(self) -> Iterator[Item]:
        """The main text with each text box behind the paragraph that it is anchored to, the rest of them at the end."""
        first, last = self.stream.parts["body"]
        yield from self._items(first, last)
        for _, start, end in self._taken(last):
            yield from self._box(start, end)

    def problems(self) -> Sequence[Problem]:
        """What the numbers of paragraphs gave rise to."""
        return () if self.lists is None else self.lists.numbering.problems

    def notes(self) -> Iterator[Item]:
        """Footnotes and endnotes."""
        for part, index in (("footnotes", _NOTES), ("endnotes", _ENDNOTES)):
            for start, end in self._stories(part, index, 0):
                yield from self._filled(self._items(start, end, "footnote"))

    def heads(self) -> Iterator[Iterator[Item]]:
        """Page heads and feet of all sections, one story after the other."""
        for start, end in self._stories("heads", _HEADS, _SEPARATORS):
            yield self._items(start, end)

    def _stories(self, part: str, index: int, skipped: int) -> Iterator[tuple[int, int]]:
        first, last = self.stream.parts[part]
        if first == last:
            return
        bounds, _ = self.stream.positions(index, 0)
        for start, end in list(pairwise(bounds))[skipped:]:
            if 0 <= start < end <= last - first:
                yield first + start, first + end

    def _items(self, first: int, last: int, detail: str = "") -> Iterator[Item]:
        pieces, at = self._waiting, self._at  # a text box is read in the middle of the body
        self._waiting, self._at = list(self._pieces(first, last)), 0
        yield from self._level(0, detail)
        self._waiting, self._at = pieces, at

    def _pieces(self, first: int, last: int) -> Iterator[_Piece]:
        text = self.text
        ends = [match.start() for match in _ENDS.finditer(text, first, last)]
        if "\x0c" in text:  # most are page breaks inside a paragraph
            ends = [at for at in ends if text[at] != "\x0c" or at + 1 in self.sections]
        rest = ends[-1] + 1 if ends else first
        forms = self.forms.along([*ends, last - 1] if rest < last else ends)
        start = first
        for at, form in zip(ends, forms, strict=False):
            yield _Piece(text[start:at], text[at], form, at + 1)
            start = at + 1
        if rest < last:
            yield _Piece(text[rest:last], "\r", forms[-1], last)

    def _level(self, depth: int, detail: str) -> Iterator[Item]:
        """Items inside `depth` tables, until a piece outside them."""
        while self._at < len(self._waiting):
            piece = self._waiting[self._at]
            if piece.form.depth > depth and depth < _DEEPEST:
                yield self._grid(depth + 1)
            else:
                self._at += 1
                yield self._paragraph(piece, detail)
                if self.boxes and self.boxes[0][0] < piece.end:
                    yield from self._anchored(piece.end)

    def _grid(self, depth: int) -> Item:
        rows: list[Row] = []
        cells: list[list[Item]] = []
        content: list[Item] = []
        while self._at < len(self._waiting) and self._waiting[self._at].form.depth >= depth:
            piece = self._waiting[self._at]
            if piece.form.depth > depth and depth < _DEEPEST:
                content.append(self._grid(depth + 1))
                continue
            self._at += 1
            if piece.form.ends_row:
                rows.append(Row([*cells, content] if content else cells, piece.form))
                cells, content = [], []
                continue
            content.append(self._paragraph(piece, ""))
            if self.boxes and self.boxes[0][0] < piece.end:
                content.extend(self._anchored(piece.end))
            if piece.mark == "\x07" if depth == 1 else piece.form.ends_inner_cell:
                cells.append(content)
                content = []
        if cells or content:
            rows.append(Row([*cells, content] if content else cells, Form()))
        return grid_of(rows, self.paragraphs)

    def _paragraph(self, piece: _Piece, detail: str) -> Paragraph:
        text, form = piece.text, piece.form
        if _SPECIAL.search(text) is not None:
            self.pictures += text.count("\x01") + text.count("\x08")
            text = joined(_SYMBOLS.sub(_sign, _UNSEEN.sub(_shown, text))).strip("\n")
        label = self._label(form) if form.numbering > 0 else ""
        index, self.paragraphs = self.paragraphs, self.paragraphs + 1
        detail = "contents" if form.contents else detail
        return Paragraph(tuple((label + text).split("\n")), len(label), form.level, form.align, detail, index)

    def _anchored(self, end: int) -> Iterator[Item]:
        """Text boxes anchored before `end`; the mark of each was counted as a picture."""
        for _, start, last in self._taken(end):
            self.pictures -= 1
            yield from self._box(start, last)

    def _label(self, form: Form) -> str:
        if self.lists is None:
            self.lists = read_lists(self.stream)
        return self.lists.label(form.numbering, form.list_level, form.style)

    def _taken(self, end: int) -> list[tuple[int, int, int]]:
        """Text boxes anchored before `end`, no longer waiting."""
        here = [box for box in self.boxes if box[0] < end]
        self.boxes = self.boxes[len(here) :]
        return here

    def _box(self, start: int, end: int) -> Iterator[Item]:
        yield from self._filled(self._items(start, end, "box"))

    def _filled(self, items: Iterable[Item]) -> Iterator[Item]:
        for item in items:
            if not isinstance(item, Paragraph) or any(line.strip() for line in item.lines):
                yield item


def read_content(stream: DocStream) -> DocContent:
    """Everything that the parts of a document share."""
    marks = read_marks(stream)
    text = stream.text
    for cp, sign in marks.symbols.items():
        text = f"{text[:cp]}{sign}{text[cp + 1 :]}"
    text = _without_codes(_hidden(text, [*marks.deleted, *marks.hidden]))
    ends, _ = stream.positions(_SECTIONS, 12)
    return DocContent(
        stream, read_forms(stream), text, len(marks.deleted), frozenset(ends), sorted(_text_boxes(stream))
    )


def _shown(match: re.Match[str]) -> str:
    return "".join(_SIGNS.get(sign, "") for sign in match.group())


def _sign(match: re.Match[str]) -> str:
    return sign_of(match.group())


def _hidden(text: str, ranges: list[tuple[int, int]]) -> str:
    if not ranges:
        return text
    parts: list[str] = []
    at = 0
    for start, end in sorted(ranges):
        if end > at:
            start = max(start, at)
            parts += [text[at:start], _KEPT.sub(_GONE, text[start:end])]
            at = end
    return "".join([*parts, text[at:]])


def _without_codes(text: str) -> str:
    """Field codes blanked out, their results kept; a code ends with its paragraph at the latest."""
    if "\x13" not in text:
        return text
    ranges: list[tuple[int, int]] = []
    open_codes: list[int] = []  # where the code of each open field begins, -1 once its result is reached
    for match in _FIELDS.finditer(text):
        sign = match.group()
        if sign == "\x13":
            open_codes.append(match.start())
        elif sign == "\r":
            ranges += [(start, match.start()) for start in open_codes if start >= 0]
            open_codes = [start for start in open_codes if start < 0]
        elif open_codes:
            start = open_codes.pop()
            if start >= 0:
                ranges.append((start, match.start()))
            if sign == "\x14":
                open_codes.append(-1)
    return _hidden(text, ranges)


def _text_boxes(stream: DocStream) -> Iterator[tuple[int, int, int]]:
    """(anchor, first, end) of each text box of the body; the shape's number binds text and anchor."""
    first, last = stream.parts["boxes"]
    if first == last:
        return
    anchors, shapes = stream.positions(_ANCHORS, 26)
    places = {struct.unpack_from("<i", shapes, 26 * k)[0]: anchors[k] for k in range(len(shapes) // 26)}
    bounds, records = stream.positions(_BOXES, 22)
    for k in range(len(records) // 22):
        start, end = bounds[k], bounds[k + 1]
        if 0 <= start < end <= last - first:
            shape = struct.unpack_from("<i", records, 22 * k + 14)[0]
            yield places.get(shape, stream.parts["body"][1]), first + start, first + end
