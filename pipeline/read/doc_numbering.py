"""Lists of a .doc as the numbering that `docx_numbering` counts, e.g. format 39 with the text `%1、` gives 一、 二、.

Source: [MS-DOC] 2.9.147 (LSTF), 2.9.150 (LVLF), 2.9.131 (LFO), 2.9.132 (LFOLVL); [MS-OSHARED] 2.2.1.3 (formats).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
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


def read_lists(stream: DocStream) -> tuple[Numbering, dict[tuple[str, int], int]]:
    """The numbering, and (list, style) -> level for levels that a style is bound to.

    A list that is cut off ends the reading: what was read until there stays.
    """
    numbering = Numbering(Styles())
    bound: dict[tuple[str, int], int] = {}
    at, size = stream.place(_LISTS)
    try:
        if size >= 2:
            _read_definitions(stream.table, at, numbering, bound)
        at, size = stream.place(_OVERRIDES)
        if size >= 4:
            _read_overrides(_Cursor(stream.table, at), numbering)
    except (EOFError, struct.error):
        pass  # levels behind the cut are missing and their paragraphs stay without number
    return numbering, bound


def _read_definitions(table: bytes, at: int, numbering: Numbering, bound: dict[tuple[str, int], int]) -> None:
    (count,) = struct.unpack_from("<H", table, at)
    cursor = _Cursor(table, at + 2 + count * _FIXED)  # the levels of all lists follow behind the lists
    for k in range(count):
        fixed = table[at + 2 + k * _FIXED : at + 2 + (k + 1) * _FIXED]
        name = str(struct.unpack_from("<i", fixed)[0])
        levels = 1 if fixed[26] & 1 else _LEVELS
        for depth, style in enumerate(struct.unpack_from("<9H", fixed, 8)):
            if style != 0xFFF:
                bound[name, style] = depth
        numbering.abstract[name] = {}
        for depth in range(levels):
            numbering.abstract[name][depth] = _level(cursor)


def _level(cursor: _Cursor) -> Level:
    data, at = cursor.data, cursor.at
    behind = at + _FIXED
    if behind > len(data):
        raise EOFError
    behind += data[at + 24] + data[at + 25]  # properties of its characters and of its paragraph
    text = data[behind + 2 : behind + 2 + 2 * int.from_bytes(data[behind : behind + 2], "little")]
    cursor.at = behind + 2 + len(text)
    if cursor.at > len(data):
        raise EOFError
    return _level_of(data[at : at + _FIXED], text)


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
