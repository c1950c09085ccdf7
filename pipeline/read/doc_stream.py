"""The text of a Word 97-2003 file by character position, and where its tables of properties stand.

Source: [MS-DOC], Microsoft: FIB (2.5), piece table (2.8.35 and 2.9.38), FKP pages (2.9.22, 2.9.33), sprms (2.6).
A character position (cp) counts UTF-16 units through all parts in a row: body, footnotes, page heads, comments,
endnotes, text boxes; a file position (fc) counts bytes of the stream `WordDocument`.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

_WORD_97 = 0xC1
_PARTS = ("body", "footnotes", "heads", "macros", "comments", "endnotes", "boxes", "head_boxes")
_PAGE = 512
_COMPRESSED = 0x40000000
# operand sizes by the three highest bits of a sprm; 6 is variable
_SIZES = (1, 1, 2, 4, 2, 2, -1, 3)
_T_DEF_TABLE = 0xD608
_P_CHG_TABS = 0xC615


class BrokenDocError(Exception):
    """A Word stream whose tables point outside it or contradict each other."""


class OldDocError(Exception):
    """A Word stream older than Word 97, which is another format."""


class LockedDocError(Exception):
    """A Word stream that is encrypted."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters [start, end) stand at byte `at`, `width` bytes each."""

    start: int
    end: int
    at: int
    width: int


@dataclass(frozen=True, slots=True)
class DocStream:
    """The main stream with its table stream; `parts` maps the name of a part to its first and last position."""

    main: bytes
    table: bytes
    data: bytes
    text: str
    pieces: tuple[Piece, ...]
    parts: dict[str, tuple[int, int]]

    def structure(self, index: int) -> bytes:
        """The structure that entry `index` of FibRgFcLcb97 points at, empty where there is none."""
        at, size = self.place(index)
        return self.table[at : at + size]

    def place(self, index: int) -> tuple[int, int]:
        """(offset, size) in the table stream of that entry."""
        at, size = struct.unpack_from("<II", self.main, 154 + 8 * index)
        return int(at), int(size)

    def positions(self, index: int, width: int) -> tuple[tuple[int, ...], bytes]:
        """A PLC: its n + 1 character positions and its n records of `width` bytes in one piece."""
        plc = self.structure(index)
        count = max((len(plc) - 4) // (4 + width), 0)
        if not plc or not count:
            return (), b""
        return struct.unpack_from(f"<{count + 1}I", plc), plc[4 * (count + 1) :]

    def file_position(self, cp: int) -> int:
        """The byte of WordDocument at which the character stands."""
        k = bisect_right(self.pieces, cp, key=lambda piece: piece.start) - 1
        piece = self.pieces[max(k, 0)]
        return piece.at + (cp - piece.start) * piece.width

    def characters(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Character positions of the bytes [first, last)."""
        for piece in self.pieces:
            end = piece.at + (piece.end - piece.start) * piece.width
            if first < end and last > piece.at:
                start = piece.start + max(first - piece.at, 0) // piece.width
                yield start, piece.start + min(last - piece.at, end - piece.at) // piece.width


def open_stream(main: bytes, tables: dict[str, bytes], data: bytes) -> DocStream:
    """Read the FIB and all text. Raises BrokenDocError, OldDocError or LockedDocError; `tables` are `0Table` and `1Table`."""
    if len(main) < 154 + 8 * 75:
        raise BrokenDocError("the stream WordDocument is cut off")
    _, version = struct.unpack_from("<HH", main)
    (flags,) = struct.unpack_from("<H", main, 10)
    if version < _WORD_97:
        raise OldDocError(f"file version {version}")
    if flags & 0x100:
        raise LockedDocError
    table = tables.get("1Table" if flags & 0x200 else "0Table")
    if table is None:
        raise BrokenDocError("the table stream is missing")
    at, size = struct.unpack_from("<II", main, 154 + 8 * 33)
    pieces = tuple(_pieces(table[at : at + size], main))
    return DocStream(main, table, data, "".join(_texts(main, pieces)), pieces, _parts(main))


def _parts(main: bytes) -> dict[str, tuple[int, int]]:
    parts: dict[str, tuple[int, int]] = {}
    at = 0
    for name, length in zip(_PARTS, struct.unpack_from("<8i", main, 76), strict=True):
        parts[name] = (at, at + max(length, 0))
        at += max(length, 0)
    return parts


def _pieces(clx: bytes, main: bytes) -> Iterator[Piece]:
    at = 0
    while at + 3 <= len(clx) and clx[at] == 1:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if at + 5 > len(clx) or clx[at] != 2:
        raise BrokenDocError("the piece table is missing")
    count = (struct.unpack_from("<I", clx, at + 1)[0] - 4) // 12
    at += 5
    if count < 1 or at + 4 * (count + 1) + 8 * count > len(clx):
        raise BrokenDocError("the piece table is cut off")
    bounds = struct.unpack_from(f"<{count + 1}I", clx, at)
    for k in range(count):
        (place,) = struct.unpack_from("<I", clx, at + 4 * (count + 1) + 8 * k + 2)
        width = 1 if place & _COMPRESSED else 2
        start = (place & 0x3FFFFFFF) // 2 if width == 1 else place
        if bounds[k + 1] < bounds[k] or start + (bounds[k + 1] - bounds[k]) * width > len(main):
            raise BrokenDocError("a piece of the text lies outside the stream")
        yield Piece(bounds[k], bounds[k + 1], start, width)


def _texts(main: bytes, pieces: tuple[Piece, ...]) -> Iterator[str]:
    for piece in pieces:
        length = piece.end - piece.start
        raw = main[piece.at : piece.at + length * piece.width]
        if piece.width == 1:
            yield raw.decode("cp1252") if not raw.translate(None, _IN_CP1252) else raw.decode("latin-1")
        else:
            text = raw.decode("utf-16-le", "surrogatepass")
            # a character beyond U+FFFF is two positions: it stays two until the paragraph is put together
            yield text if len(text) == length else "".join(map(chr, struct.unpack(f"<{length}H", raw)))


_IN_CP1252 = bytes(k for k in range(256) if k not in (0x81, 0x8D, 0x8F, 0x90, 0x9D))


_HALVES = re.compile(r"[\ud800-\udfff]")


def joined(text: str) -> str:
    """Halves of characters beyond U+FFFF put together again (`𬭎` in 鼎𬭎)."""
    if _HALVES.search(text) is None:
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def sprms(properties: bytes) -> Iterator[tuple[int, bytes]]:
    """(code, operand) of a list of properties; stops where it is cut off."""
    at = 0
    while at + 2 <= len(properties):
        code = properties[at] | properties[at + 1] << 8
        at += 2
        size = _SIZES[code >> 13]
        if size < 0:
            if code == _T_DEF_TABLE:
                size = int.from_bytes(properties[at : at + 2], "little") + 1
            elif code == _P_CHG_TABS and properties[at : at + 1] == b"\xff":
                return
            else:
                size = (properties[at] if at < len(properties) else 0) + 1
        yield code, properties[at : at + size]
        at += size


def formatted_runs(stream: DocStream, index: int, width: int) -> Iterator[tuple[int, int, bytes]]:
    """(first byte, end byte, properties) of all runs of a bin table: 12 for characters, 13 for paragraphs.

    `width` is the size of one entry of its pages (1 or 13). Paragraph properties begin with the style's index.
    """
    _, pages = stream.positions(index, 4)
    for k in range(len(pages) // 4):
        number = struct.unpack_from("<I", pages, 4 * k)[0] & 0x3FFFFF
        page = stream.main[number * _PAGE : (number + 1) * _PAGE]
        if len(page) < _PAGE:
            continue
        count = page[-1]
        if 4 * (count + 1) + width * count >= _PAGE:
            continue
        bounds = struct.unpack_from(f"<{count + 1}I", page)
        for run in range(count):
            at = page[4 * (count + 1) + width * run] * 2
            yield bounds[run], bounds[run + 1], _properties(page, at, paragraph=width > 1)


def _properties(page: bytes, at: int, *, paragraph: bool) -> bytes:
    if at == 0:
        return b""
    size = page[at]
    if not paragraph:
        return page[at + 1 : at + 1 + size]
    if size == 0:
        return page[at + 2 : at + 2 + 2 * page[at + 1]]
    return page[at + 1 : at + 2 * size]
