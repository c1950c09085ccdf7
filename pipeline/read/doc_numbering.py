"""Lists of a .doc as the numbering that `docx_numbering` counts, e.g. format 39 with the text `%1、` gives 一、 二、.

Source: [MS-DOC] 2.9.147 (LSTF), 2.9.150 (LVLF), 2.9.131 (LFO), 2.9.132 (LFOLVL); [MS-OSHARED] 2.2.1.3 (formats).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from functools import lru_cache

from policy_commitments.pipeline.read.doc_stream import DocStream
from policy_commitments.pipeline.read.docx_numbering import Level, Numbering
from policy_commitments.pipeline.read.docx_styles import Styles

_LISTS, _OVERRIDES = 73, 74
_KINDS = (
    "decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "ordinal", "cardinalText", "ordinalText",
    "hex", "chicago", "ideographDigital", "japaneseCounting", "aiueo", "iroha", "decimalFullWidth", "decimalHalfWidth",
    "japaneseLegal", "japaneseDigitalTenThousand", "decimalEnclosedCircle", "decimalFullWidth2", "aiueoFullWidth",
    "irohaFullWidth", "decimalZero", "bullet", "ganada", "chosung", "decimalEnclosedFullstop", "decimalEnclosedParen",
    "decimalEnclosedCircleChinese", "ideographEnclosedCircle", "ideographTraditional", "ideographZodiac",
    "ideographZodiacTraditional", "taiwaneseCounting", "ideographLegalTraditional", "taiwaneseCountingThousand",
    "taiwaneseDigital", "chineseCounting", "chineseLegalSimplified", "chineseCountingThousand",
)  # fmt: skip
_SUFFIXES = {0: "tab", 1: "space"}
_FIXED = 28  # size of LSTF and LVLF
_LEVELS = 9
_NO_STYLE = 0xFFF
_UNBOUND = _NO_STYLE.to_bytes(2, "little") * _LEVELS


@dataclass(slots=True)
class _Cursor:
    data: bytes
    at: int

    def take(self, size: int) -> bytes:
        piece = self.data[self.at : self.at + size]
        if len(piece) < size:
            raise EOFError
        self.at += size
        return piece

    def number(self) -> int:
        return int(struct.unpack("<I", self.take(4))[0])


@dataclass(slots=True)
class Lists:
    """The lists of a document: levels are worked out where a paragraph needs them, since most lists are never used."""

    table: bytes
    numbering: Numbering = field(default_factory=lambda: Numbering(Styles()))
    bound: dict[tuple[str, int], int] = field(default_factory=dict)  # (list, style) -> level that it is bound to
    places: dict[str, list[int]] = field(default_factory=dict)  # list -> where its levels stand in the table

    def label(self, index: int, depth: int | None, style: int) -> str:
        """The next number of the numbering `index` (from 1) at a level, or at the one bound to the style; counts it."""
        num = str(index)
        name = self.numbering.nums.get(num)
        if name is None:
            return ""
        if name in self.places:
            levels = [_level_at(self.table, at) for at in self.places.pop(name)]
            self.numbering.abstract[name] = dict(enumerate(levels))
        return self.numbering.next_label(num, self.bound.get((name, style), 0) if depth is None else depth)


def read_lists(stream: DocStream) -> Lists:
    """The lists of a document. One that is cut off ends the reading: what was read until there stays."""
    lists = Lists(stream.table)
    at, size = stream.place(_LISTS)
    try:
        if size >= 2:
            _read_definitions(lists, at)
        at, size = stream.place(_OVERRIDES)
        if size >= 4:
            _read_overrides(_Cursor(stream.table, at), lists.numbering)
    except (EOFError, IndexError, struct.error):
        pass  # levels behind the cut are missing and their paragraphs stay without number
    return lists


def _read_definitions(lists: Lists, at: int) -> None:
    table = lists.table
    (count,) = struct.unpack_from("<H", table, at)
    behind = at + 2 + count * _FIXED  # the levels of all lists follow behind the lists
    for start in range(at + 2, behind, _FIXED):
        fixed = table[start : start + _FIXED]
        name = str(struct.unpack_from("<i", fixed)[0])
        if fixed[8:26] != _UNBOUND:
            for depth, style in enumerate(struct.unpack_from("<9H", fixed, 8)):
                if style != _NO_STYLE:
                    lists.bound[name, style] = depth
        places = lists.places[name] = []
        for _ in range(1 if fixed[26] & 1 else _LEVELS):
            places.append(behind)
            text = behind + _FIXED + table[behind + 24] + table[behind + 25] + 2  # as in `_text_of_level`
            behind = text + 2 * (table[text - 2] | table[text - 1] << 8)


def _text_of_level(table: bytes, at: int) -> tuple[int, int]:
    """Where the text of the level at `at` begins and ends; raises EOFError."""
    first = at + _FIXED
    if first > len(table):
        raise EOFError
    first += table[at + 24] + table[at + 25] + 2  # properties of its characters and of its paragraph
    if first > len(table):
        raise EOFError
    return first, min(first + 2 * (table[first - 2] | table[first - 1] << 8), len(table))


def _level_at(table: bytes, at: int) -> Level:
    first, last = _text_of_level(table, at)
    return _level_of(table[at : at + _FIXED], table[first:last])


def _level(cursor: _Cursor) -> Level:
    at = cursor.at
    cursor.at = _text_of_level(cursor.data, at)[1]
    return _level_at(cursor.data, at)


@lru_cache(maxsize=1024)
def _level_of(fixed: bytes, pattern: bytes) -> Level:
    """The level of an LVLF and its text; programs write the same ones into each file."""
    start, kind, flags = struct.unpack_from("<iBB", fixed)
    text = pattern.decode("utf-16-le", "replace")
    return Level(
        start=start,
        kind=_KINDS[kind] if kind < len(_KINDS) else ("none" if kind == 0xFF else f"format {kind}"),
        pattern="".join(f"%{ord(one) + 1}" if ord(one) < _LEVELS else one for one in text),
        suffix=_SUFFIXES.get(fixed[15], "nothing"),
        legal=bool(flags & 0x04),
        restart=fixed[26] if flags & 0x08 else None,
        style=None,
        symbol=False,
    )


def _read_overrides(cursor: _Cursor, numbering: Numbering) -> None:
    count = cursor.number()
    fixed = [cursor.take(16) for _ in range(count)]
    for k, one in enumerate(fixed, start=1):
        numbering.nums[str(k)] = str(struct.unpack_from("<i", one)[0])
    for k, one in enumerate(fixed, start=1):
        cursor.take(4)
        for _ in range(one[12]):
            _read_override(cursor, numbering, str(k))


def _read_override(cursor: _Cursor, numbering: Numbering, num: str) -> None:
    start, flags = struct.unpack("<iI", cursor.take(8))
    depth = min(flags & 0xF, _LEVELS - 1)
    if flags & 0x20:
        level = _level(cursor)
        numbering.overrides.setdefault(num, {})[depth] = level
        start = level.start
    if flags & 0x10:
        numbering.starts.setdefault(num, {})[depth] = start
