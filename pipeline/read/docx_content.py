"""The visible content of WordprocessingML as paragraphs and grids, e.g. a tracked `<w:del>` is gone, a `<w:ins>` stays.

Which elements carry text, and which only wrap it: ECMA-376-1, 17.3 and 17.13.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from policy_commitments.pipeline.read.docx_grid import Grid, GridBuilder
from policy_commitments.pipeline.read.docx_numbering import Numbering
from policy_commitments.pipeline.read.docx_package import (
    MATH,
    MC,
    Element,
    W,
    child_value,
    switched_on,
    value_of,
    whole,
)
from policy_commitments.pipeline.read.docx_styles import Styles

_WRAPPERS = frozenset(
    W + name for name in ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple", "bdo", "dir", "sdtContent")
) | {MATH + "oMath", MATH + "oMathPara", MATH + "r"}
_SIGNS = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_SHAPES = frozenset(W + name for name in ("drawing", "pict", "object"))
_GONE = frozenset(W + name for name in ("del", "moveFrom"))
_SILENT = frozenset(W + name for name in ("pPr", "proofErr", "bookmarkStart", "bookmarkEnd"))
_P, _TBL, _SDT, _R, _T, _PPR, _RPR = (W + name for name in ("p", "tbl", "sdt", "r", "t", "pPr", "rPr"))
_VANISH, _FIELD, _SYM, _RUBY, _BOX = (W + name for name in ("vanish", "fldChar", "sym", "ruby", "txbxContent"))
_STYLE, _LEVEL, _ALIGNMENT, _NUMBERS = (W + name for name in ("pStyle", "outlineLvl", "jc", "numPr"))
_NOTES = (W + "footnoteReference", W + "endnoteReference")
_ALTERNATIVES, _MATH_TEXT = MC + "AlternateContent", MATH + "t"
_PICTURES = ("{http://schemas.openxmlformats.org/drawingml/2006/picture}pic", "{urn:schemas-microsoft-com:vml}imagedata")
_BOXES = {"\uf0a3": "□", "\uf06f": "□", "\uf0fe": "☑", "\uf052": "☑", "\uf0fc": "√", "\uf0a8": "□"}
_ORDINARY = re.compile(r"[^\ue000-\uf8ff]")


class Paragraph(NamedTuple):  # there are many, and a frozen dataclass takes three times as long to make
    """One paragraph: its lines between hard breaks; `generated` leading characters of the first are its number."""

    lines: tuple[str, ...]
    generated: int
    level: int | None
    align: str
    detail: str
    number: int


Item = Paragraph | Grid["Item"]


@dataclass(slots=True)
class Content:
    """Walks the containers of one document in text order; what it counts goes on from container to container."""

    styles: Styles
    numbering: Numbering
    paragraphs: int = 0
    deletions: int = 0
    pictures: int = 0
    chunks: int = 0
    notes: list[tuple[str, str]] = field(default_factory=list)  # (footnote or endnote, id) in order of reference
    _codes: list[bool] = field(default_factory=list)  # open fields: True once the result is reached
    _boxes: list[Element] = field(default_factory=list)

    def items(self, container: Element, detail: str = "") -> Iterator[Item]:
        """Paragraphs and grids of a body, cell, text box, note or header."""
        carried = ""
        for child in container:
            if child.tag == _P:
                carried += self._text(child)
                properties = child.find(_PPR)
                said = {} if properties is None else {one.tag: one for one in properties.iterchildren(reversed=True)}
                if not _mark_deleted(said.get(_RPR)):
                    yield self._paragraph(said, carried, detail)
                    carried = ""
                if self._boxes:
                    yield from self._text_boxes()
            elif child.tag == _TBL:
                yield self._grid(child)
            else:
                yield from self._wrapped(child, detail)
        if carried:
            yield self._paragraph({}, carried, detail)

    def _wrapped(self, child: Element, detail: str) -> Iterator[Item]:
        if child.tag == _SDT:
            content = child.find(W + "sdtContent")
            if content is not None:
                yield from self.items(content, "contents" if _is_contents_control(child) else detail)
        elif child.tag in _WRAPPERS:
            yield from self.items(child, detail)
        elif child.tag == _ALTERNATIVES:
            for chosen in _alternative(child):
                yield from self.items(chosen, detail)
        elif child.tag == W + "altChunk":
            self.chunks += 1
        elif child.tag in _GONE:
            self.deletions += 1

    def _paragraph(self, said: Mapping[str, Element], text: str, detail: str) -> Paragraph:
        """A paragraph whose own properties, by tag, are `said`."""
        style, level, alignment = (value_of(said.get(tag)) for tag in (_STYLE, _LEVEL, _ALIGNMENT))
        label = self.numbering.label(said.get(_NUMBERS), style)
        lines = tuple((label + text.strip("\n")).split("\n"))
        index, self.paragraphs = self.paragraphs, self.paragraphs + 1
        detail = "contents" if self.styles.is_contents(style) else detail
        return Paragraph(
            lines, len(label), self.styles.level(level, style), self.styles.alignment(alignment, style), detail, index
        )

    def _text_boxes(self) -> Iterator[Item]:
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            yield from self.items(box, "box")

    def _grid(self, table: Element) -> Grid[Item]:
        builder: GridBuilder[Item] = GridBuilder()
        for row in _through(table, "tr"):
            properties = row.find(W + "trPr")
            if properties is not None and properties.find(W + "del") is not None:
                self.deletions += 1
                continue
            builder.begin_row(whole(child_value(properties, "gridBefore")) or 0)
            for cell in _through(row, "tc"):
                self._cell(cell, builder)
        return builder.grid(self.paragraphs)

    def _cell(self, cell: Element, builder: GridBuilder[Item]) -> None:
        properties = cell.find(W + "tcPr")
        width = max(whole(child_value(properties, "gridSpan")) or 1, 1)
        merge = None if properties is None else properties.find(W + "vMerge")
        if merge is not None and merge.get(W + "val", "continue") == "continue" and builder.continue_above(width):
            return
        builder.add(list(self.items(cell)), width)

    def _text(self, paragraph: Element) -> str:
        if self._codes:
            self._codes = [reached for reached in self._codes if reached]  # a field code never crosses a paragraph
        pieces: list[str] = []
        self._pieces(paragraph, pieces)
        return "".join(pieces)

    def _pieces(self, element: Element, into: list[str]) -> None:
        for child in element:
            tag = child.tag
            if tag == _R:
                self._run(child, into)
            elif tag in _SILENT:
                continue
            elif tag in _WRAPPERS:
                self._pieces(child, into)
            elif tag == _MATH_TEXT:
                into.append(child.text or "")
            elif tag == _SDT:
                if not switched_on(child.find(f"{W}sdtPr/{W}showingPlcHdr")):
                    self._pieces(child, into)
            elif tag == _ALTERNATIVES:
                for chosen in _alternative(child):
                    self._pieces(chosen, into)
            elif tag in _GONE:
                self.deletions += 1
            elif isinstance(tag, str) and tag.startswith(MATH):
                self._pieces(child, into)

    def _run(self, run: Element, into: list[str]) -> None:
        for child in run:
            tag = child.tag
            if tag == _T:
                if not self._codes or all(self._codes):
                    into.append(child.text or "")
            elif tag == _RPR:  # always the first
                if switched_on(child.find(_VANISH)):
                    return
            elif tag in _SIGNS:
                into.append(_SIGNS[tag])
            elif tag == _FIELD:
                self._field(child.get(W + "fldCharType"))
            elif tag == _SYM:
                into.append(sign_of(_character(child.get(W + "char"))))
            else:
                self._rare(child, into)

    def _rare(self, child: Element, into: list[str]) -> None:
        if child.tag in _SHAPES:
            self._shape(child)
        elif child.tag == _ALTERNATIVES:
            for chosen in _alternative(child):
                self._run(chosen, into)
        elif child.tag == _RUBY:
            base = child.find(W + "rubyBase")
            if base is not None:
                self._pieces(base, into)
        elif child.tag in _NOTES:
            self.notes.append((child.tag[len(W) : -len("Reference")], child.get(W + "id", "")))

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._codes.append(False)
        elif self._codes and kind == "separate":
            self._codes[-1] = True
        elif self._codes and kind == "end":
            self._codes.pop()

    def _shape(self, shape: Element) -> None:
        found = list(_boxes_in(shape))
        self._boxes.extend(found)
        if not found:
            self.pictures += sum(1 for name in _PICTURES for _ in shape.iter(name))


def _through(parent: Element, name: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, also those in content controls and tracked insertions."""
    for child in parent:
        if child.tag == W + name:
            yield child
        elif child.tag == _SDT or child.tag in _WRAPPERS:
            yield from _through(child, name)


def _boxes_in(shape: Element) -> Iterator[Element]:
    for child in shape:
        if child.tag == _BOX:
            yield child
        elif child.tag == _ALTERNATIVES:
            for chosen in _alternative(child):
                yield from _boxes_in(chosen)
        else:
            yield from _boxes_in(child)


def _alternative(element: Element) -> list[Element]:
    """The one branch of mc:AlternateContent to read: the first choice, the fallback where no choice holds text."""
    choices = element.findall(MC + "Choice")
    fallback = element.find(MC + "Fallback")
    for choice in choices:
        if next(choice.iter(W + "t"), None) is not None:
            return [choice]
    if fallback is not None and next(fallback.iter(W + "t"), None) is not None:
        return [fallback]
    return choices[:1]


def _mark_deleted(mark: Element | None) -> bool:
    """Whether a paragraph's end, by its properties, is a tracked deletion: its text runs on into the next paragraph."""
    return mark is not None and next(mark.iterchildren(*_GONE), None) is not None


def _is_contents_control(control: Element) -> bool:
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(W + "val") == "Table of Contents"


def _character(code: str | None) -> str:
    try:
        return chr(int(code or "", 16))
    except (ValueError, OverflowError):
        return ""


def sign_of(sign: str) -> str:
    """A character of a symbol font: ticks and boxes of Wingdings by name, ordinary characters as they are, others as ▪."""
    if not sign or sign in _BOXES or _ORDINARY.fullmatch(sign):
        return _BOXES.get(sign, sign)
    return "▪"
