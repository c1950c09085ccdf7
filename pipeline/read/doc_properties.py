"""Properties of paragraphs and characters of a .doc, through their styles: level, alignment, list, place in a table.

Source: [MS-DOC] 2.6.1-2.6.3 (sprms) and 2.9.271 (styles).
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import lt
from typing import Any

from policy_commitments.pipeline.read.doc_stream import (
    DocStream,
    character_properties,
    formatted_pages,
    paragraph_properties,
    sprms,
)

_STYLES, _CHARACTER_RUNS, _PARAGRAPH_RUNS = 1, 12, 13
_BODY_LEVEL = 9
_ALIGN = {1: "center", 2: "right"}
_PARAGRAPH_STYLE = 1
_HEADINGS = range(1, 10)  # built-in style numbers: heading 1-9, toc 1-9
_CONTENTS = range(19, 28)
_IN_TABLE, _ROW_END, _INNER_CELL, _INNER_ROW_END, _DEPTH = 0x2416, 0x2417, 0x244B, 0x244C, 0x6649
_DEF_TABLE, _VERT_MERGE = 0xD608, 0xD62B
_HUGE = frozenset((0x6645, 0x6646))
_OUTLINE, _LIST_LEVEL, _LIST = 0x2640, 0x260A, 0x460B
_PLAIN = frozenset((0x2403, 0x2461, _OUTLINE, _LIST_LEVEL, _LIST))
_OF_TABLES = frozenset((_IN_TABLE, _ROW_END, _INNER_CELL, _INNER_ROW_END, _DEPTH, _DEF_TABLE, _VERT_MERGE))
_READ = _PLAIN | _OF_TABLES | _HUGE
_DELETED, _VANISH, _SYMBOL = 0x0800, 0x083C, 0x6A09
_MARKS = frozenset((_DELETED, _VANISH, _SYMBOL))
_MARKED = re.compile(b"|".join(re.escape(code.to_bytes(2, "little")) for code in sorted(_MARKS)), re.S)
_SHOWN = (False, False, "")


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


Fields = dict[str, Any]  # what is said of a Form, by field


@dataclass(slots=True)
class Styles:
    """Paragraph styles by index; `places` say where the record of each begins, behind its size of two bytes.

    A style is worked out, with its base, where it is used.
    """

    sheet: bytes
    places: list[int]
    base_size: int
    known: dict[int, Fields] = field(default_factory=dict)

    def fields(self, index: int) -> Fields:
        """What a style says, its base included; a circle of bases ends where it closes."""
        said = self.known.get(index)
        if said is None:
            said = self.known[index] = _inherited(index, self)
        return said

    def style(self, index: int) -> tuple[int, int, bytes] | None:
        """(built-in number, base, properties); None where there is no such style of paragraphs."""
        if index >= len(self.places):
            return None
        at = self.places[index]
        return _style(self.sheet[at : at + int.from_bytes(self.sheet[at - 2 : at], "little")], self.base_size)


@dataclass(slots=True)
class Forms:
    """Properties by position; equal ones are worked out once."""

    stream: DocStream
    styles: Styles
    starts: list[int]
    places: list[int]
    known: dict[bytes, Form] = field(default_factory=dict)

    def along(self, cps: Sequence[int]) -> list[Form]:
        """The properties of the paragraphs that end with the characters at these positions."""
        main, starts, places, known = self.stream.main, self.starts, self.places, self.known
        forms: list[Form] = []
        for at in self.stream.file_positions(cps):
            k = bisect_right(starts, at) - 1
            raw = paragraph_properties(main, places[k]) if k >= 0 else b""
            form = known.get(raw)
            if form is None:
                form = known[raw] = self._form(raw)
            forms.append(form)
        return forms

    def _form(self, raw: bytes) -> Form:
        said = self.styles.fields(int.from_bytes(raw[:2], "little")).copy()
        _apply(said, raw[2:], self.stream.data)
        return Form(**said)


def read_forms(stream: DocStream) -> Forms:
    """The paragraph properties of a document."""
    starts: list[int] = []
    places: list[int] = []
    for bounds, here in formatted_pages(stream, _PARAGRAPH_RUNS, 13):
        starts += bounds[:-1]
        places += here
    if not all(map(lt, starts, starts[1:])):  # a damaged table; of runs that begin together the greatest properties count
        runs = sorted(zip(starts, places, strict=True), key=lambda run: (run[0], paragraph_properties(stream.main, run[1])))
        starts, places = [first for first, _ in runs], [place for _, place in runs]
    return Forms(stream, read_styles(stream.structure(_STYLES)), starts, places)


def _apply(said: Fields, properties: bytes, data: bytes) -> None:
    """Put a list of properties on top; those too long for a page stand in the stream `Data`."""
    for code, operand in sprms(properties, _READ):
        if code in _PLAIN:
            _change(said, code, operand)
        elif code in _OF_TABLES:
            _change_table(said, code, operand)
        elif len(operand) == 4:
            at = int.from_bytes(operand, "little")
            size = int.from_bytes(data[at : at + 2], "little")
            _apply(said, data[at + 2 : at + 2 + size], b"")


def _change(said: Fields, code: int, operand: bytes) -> None:
    value = operand[0] if operand else 0
    if code == _OUTLINE:
        said["level"] = value + 1 if value < _BODY_LEVEL else None
    elif code == _LIST_LEVEL:
        said["list_level"] = min(value, 8)
    elif code == _LIST:
        said["numbering"] = _list_index(int.from_bytes(operand[:2], "little"))
    else:
        said["align"] = _ALIGN.get(value, "")


def _change_table(said: Fields, code: int, operand: bytes) -> None:
    on = bool(operand and operand[0])
    if code == _IN_TABLE:
        said["depth"] = max(said.get("depth", 0), 1) if on else 0
    elif code == _DEPTH and len(operand) == 4:
        said["depth"] = max(int.from_bytes(operand, "little", signed=True), 0)
    elif code in (_ROW_END, _INNER_ROW_END):
        said["ends_row"] = on
    elif code == _INNER_CELL:
        said["ends_inner_cell"] = on
    elif code == _DEF_TABLE:
        said["row"] = operand
    elif code == _VERT_MERGE and len(operand) >= 3:
        said["merges"] = (*said.get("merges", ()), (operand[1], operand[2]))


def _list_index(value: int) -> int:
    """1-based; 0xF802 and above are negated (the indent was kept), 0xF801 and 0x07FF (Word 6 numbers) are no list."""
    if value > 0xF801:
        return 0x10000 - value
    return 0 if value in (0xF801, 0x07FF) else value


def read_styles(sheet: bytes) -> Styles:
    """The styles of a style sheet."""
    if len(sheet) < 6:
        return Styles(b"", [], 0)
    size, count, base_size = struct.unpack_from("<HHH", sheet)
    places: list[int] = []
    at, last = 4 + size, len(sheet)
    while at <= last and len(places) < count:
        places.append(at)
        at += 2 + (sheet[at - 2] | sheet[at - 1] << 8)
    return Styles(sheet, places, base_size)


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


def _inherited(index: int, styles: Styles) -> Fields:
    chain: dict[int, tuple[int, int, bytes]] = {}
    while index not in chain and (style := styles.style(index)) is not None:
        chain[index] = style
        index = style[1]
    said: Fields = {"style": index}
    for one, (number, _, properties) in reversed(chain.items()):
        said["style"] = one
        if number in _HEADINGS:
            said["level"] = number
        elif number in _CONTENTS:
            said["contents"] = True
        _apply(said, properties, b"")
    return said


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
    for bounds, places in formatted_pages(stream, _CHARACTER_RUNS, 1, _MARKED):
        marked = {place: mark for place in set(places) if (mark := _character(character_properties(stream.main, place))) != _SHOWN}
        for k, place in enumerate(places if marked else ()):
            gone, unseen, symbol = marked.get(place, _SHOWN)
            if gone or unseen:
                (deleted if gone else hidden).extend(stream.characters(bounds[k], bounds[k + 1]))
            elif symbol:
                symbols.update((cp, symbol) for span in stream.characters(bounds[k], bounds[k + 1]) for cp in range(*span))
    return Marks(tuple(deleted), tuple(hidden), symbols)


@lru_cache(maxsize=4096)
def _character(properties: bytes) -> tuple[bool, bool, str]:
    gone = unseen = False
    symbol = ""
    for code, operand in sprms(properties, _MARKS):
        if code == _DELETED:
            gone = operand[:1] == b"\x01"
        elif code == _VANISH:
            unseen = operand[:1] in (b"\x01", b"\x81")
        elif code == _SYMBOL and len(operand) == 4:
            symbol = chr(int.from_bytes(operand[2:], "little"))
    return gone, unseen, symbol
