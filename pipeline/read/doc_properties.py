"""Properties of paragraphs and characters of a .doc, through their styles: level, alignment, list, place in a table.

Source: [MS-DOC] 2.6.1-2.6.3 (sprms) and 2.9.271 (styles).
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from policy_commitments.pipeline.read.doc_stream import DocStream, formatted_runs, sprms

_STYLES, _CHARACTER_RUNS, _PARAGRAPH_RUNS = 1, 12, 13
_BODY_LEVEL = 9
_ALIGN = {1: "center", 2: "right"}
_PARAGRAPH_STYLE = 1
_HEADINGS = range(1, 10)  # built-in style numbers: heading 1-9, toc 1-9
_CONTENTS = range(19, 28)
_IN_TABLE, _ROW_END, _INNER_CELL, _INNER_ROW_END, _DEPTH = 0x2416, 0x2417, 0x244B, 0x244C, 0x6649
_DEF_TABLE, _VERT_MERGE = 0xD608, 0xD62B
_HUGE = (0x6645, 0x6646)
_OUTLINE, _LIST_LEVEL, _LIST = 0x2640, 0x260A, 0x460B
_PLAIN = frozenset((0x2403, 0x2461, _OUTLINE, _LIST_LEVEL, _LIST))
_OF_TABLES = frozenset((_IN_TABLE, _ROW_END, _INNER_CELL, _INNER_ROW_END, _DEPTH, _DEF_TABLE, _VERT_MERGE))
_DELETED, _VANISH, _SYMBOL = 0x0800, 0x083C, 0x6A09


@dataclass(frozen=True, slots=True)
class Form:
    """What one paragraph's properties say; `depth` counts the tables around it, `row` is the definition of its row.

    `numbering` is an index into the lists (0: none, -1: never said), `merges` the vertical merges set afterwards.
    """

    style: int = 0
    level: int | None = None
    align: str = ""
    numbering: int = -1
    list_level: int | None = None
    contents: bool = False
    depth: int = 0
    ends_row: bool = False
    ends_inner_cell: bool = False
    row: bytes = b""
    merges: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class Styles:
    """Paragraph styles by index; their records are read, and worked out with their base, where one is used."""

    records: list[bytes]
    base_size: int
    known: dict[int, Form] = field(default_factory=dict)

    def form(self, index: int) -> Form:
        """What a style says, its base included; a circle of bases ends where it closes."""
        form = self.known.get(index)
        if form is None:
            form = self.known[index] = _inherited(index, self)
        return form

    def style(self, index: int) -> tuple[int, int, bytes] | None:
        """(built-in number, base, properties); None where there is no such style of paragraphs."""
        return _style(self.records[index], self.base_size) if index < len(self.records) else None


@dataclass(slots=True)
class Forms:
    """Properties by position, read once; equal properties are worked out once."""

    stream: DocStream
    styles: Styles
    starts: list[int]
    raw: list[bytes]
    known: dict[bytes, Form]

    def at(self, cp: int) -> Form:
        """The properties of the paragraph that ends with the character at `cp`."""
        k = bisect_right(self.starts, self.stream.file_position(cp)) - 1
        if k < 0:
            return self.styles.form(0)
        raw = self.raw[k]
        form = self.known.get(raw)
        if form is None:
            style = int.from_bytes(raw[:2], "little")
            form = self.known[raw] = _applied(self.styles.form(style), raw[2:], self.stream.data)
        return form


def read_forms(stream: DocStream) -> Forms:
    """The paragraph properties of a document."""
    runs = sorted((first, raw) for first, _, raw in formatted_runs(stream, _PARAGRAPH_RUNS, 13))
    starts = [first for first, _ in runs]
    return Forms(stream, read_styles(stream.structure(_STYLES)), starts, [raw for _, raw in runs], {})


def _applied(form: Form, properties: bytes, data: bytes) -> Form:
    """`form` with a list of properties on top; those too long for a page stand in the stream `Data`."""
    changes: dict[str, Any] = {}
    for code, operand in sprms(properties):
        if code in _HUGE and len(operand) == 4:
            at = int.from_bytes(operand, "little")
            size = int.from_bytes(data[at : at + 2], "little")
            form = _applied(replace(form, **changes), data[at + 2 : at + 2 + size], b"")
            changes = {}
        elif code in _PLAIN:
            _change(changes, code, operand)
        elif code in _OF_TABLES:
            _change_table(changes, form, code, operand)
    return replace(form, **changes) if changes else form


def _change(changes: dict[str, Any], code: int, operand: bytes) -> None:
    value = operand[0] if operand else 0
    if code == _OUTLINE:
        changes["level"] = value + 1 if value < _BODY_LEVEL else None
    elif code == _LIST_LEVEL:
        changes["list_level"] = min(value, 8)
    elif code == _LIST:
        changes["numbering"] = _list_index(int.from_bytes(operand[:2], "little"))
    else:
        changes["align"] = _ALIGN.get(value, "")


def _change_table(changes: dict[str, Any], form: Form, code: int, operand: bytes) -> None:
    on = bool(operand and operand[0])
    if code == _IN_TABLE:
        changes["depth"] = max(changes.get("depth", form.depth), 1) if on else 0
    elif code == _DEPTH and len(operand) == 4:
        changes["depth"] = max(int.from_bytes(operand, "little", signed=True), 0)
    elif code in (_ROW_END, _INNER_ROW_END):
        changes["ends_row"] = on
    elif code == _INNER_CELL:
        changes["ends_inner_cell"] = on
    elif code == _DEF_TABLE:
        changes["row"] = operand
    elif code == _VERT_MERGE and len(operand) >= 3:
        changes["merges"] = (*changes.get("merges", form.merges), (operand[1], operand[2]))


def _list_index(value: int) -> int:
    """1-based; 0xF802 and above are negated (the indent was kept), 0xF801 and 0x07FF (Word 6 numbers) are no list."""
    if value > 0xF801:
        return 0x10000 - value
    return 0 if value in (0xF801, 0x07FF) else value


def read_styles(sheet: bytes) -> Styles:
    """The styles of a style sheet."""
    if len(sheet) < 6:
        return Styles([], 0)
    size, count, base_size = struct.unpack_from("<HHH", sheet)
    records: list[bytes] = []
    at = 2 + size
    while len(records) < count and at + 2 <= len(sheet):
        length = sheet[at] | sheet[at + 1] << 8
        records.append(sheet[at + 2 : at + 2 + length])
        at += 2 + length
    return Styles(records, base_size)


def _style(record: bytes, base_size: int) -> tuple[int, int, bytes] | None:
    if len(record) < base_size + 4:
        return None
    number, kind_base = struct.unpack_from("<HH", record)
    if kind_base & 0xF != _PARAGRAPH_STYLE:
        return None
    name = struct.unpack_from("<H", record, base_size)[0]
    at = base_size + 2 + 2 * name + 2
    at += at % 2
    if at + 2 > len(record):
        return number & 0xFFF, kind_base >> 4, b""
    size = struct.unpack_from("<H", record, at)[0]
    return number & 0xFFF, kind_base >> 4, record[at + 4 : at + 2 + size]  # after the index of the style itself


def _inherited(index: int, styles: Styles) -> Form:
    chain: dict[int, tuple[int, int, bytes]] = {}
    while index not in chain and (style := styles.style(index)) is not None:
        chain[index] = style
        index = style[1]
    form = Form(style=index)
    for one, (number, _, properties) in reversed(chain.items()):
        level = number if number in _HEADINGS else form.level
        form = replace(form, style=one, level=level, contents=form.contents or number in _CONTENTS)
        form = _applied(form, properties, b"")
    return form


@dataclass(frozen=True, slots=True)
class Marks:
    """Characters that Word does not show as they stand: [start, end) deleted or hidden, and signs of symbol fonts."""

    deleted: tuple[tuple[int, int], ...]
    hidden: tuple[tuple[int, int], ...]
    symbols: dict[int, str]


def read_marks(stream: DocStream) -> Marks:
    """Tracked deletions, hidden text and symbols of a document, by character position."""
    deleted: list[tuple[int, int]] = []
    hidden: list[tuple[int, int]] = []
    symbols: dict[int, str] = {}
    for first, last, properties in formatted_runs(stream, _CHARACTER_RUNS, 1):
        gone, unseen, symbol = _character(properties)
        if gone or unseen:
            (deleted if gone else hidden).extend(stream.characters(first, last))
        elif symbol:
            symbols.update((cp, symbol) for start, end in stream.characters(first, last) for cp in range(start, end))
    return Marks(tuple(deleted), tuple(hidden), symbols)


@lru_cache(maxsize=4096)
def _character(properties: bytes) -> tuple[bool, bool, str]:
    gone = unseen = False
    symbol = ""
    for code, operand in sprms(properties):
        if code == _DELETED:
            gone = operand[:1] == b"\x01"
        elif code == _VANISH:
            unseen = operand[:1] in (b"\x01", b"\x81")
        elif code == _SYMBOL and len(operand) == 4:
            symbol = chr(int.from_bytes(operand[2:], "little"))
    return gone, unseen, symbol
