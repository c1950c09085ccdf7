"""The text of a Word 97-2003 file by character position, and where its tables of properties stand.

Source: [MS-DOC], Microsoft: FIB (2.5), piece table (2.8.35 and 2.9.38), FKP pages (2.9.22, 2.9.33), sprms (2.6).
A character position (cp) counts UTF-16 units through all parts in a row: body, footnotes, page heads, comments,
endnotes, text boxes; a file position (fc) counts bytes of the stream `WordDocument`.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

_WORD_97 = 0xC1
_PARTS = ("body", "footnotes", "heads", "macros", "comments", "endnotes", "boxes", "head_boxes")
_PAGE = 512
_LAST = _PAGE - 1  # byte of a page
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
    starts: tuple[int, ...]  # of the pieces
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

    def file_positions(self, cps: Sequence[int]) -> list[int]:
        """The bytes of WordDocument at which these characters stand."""
        if len(self.pieces) == 1:
            only = self.pieces[0]
            return [only.at + (cp - only.start) * only.width for cp in cps]
        pieces = [self.pieces[max(bisect_right(self.starts, cp) - 1, 0)] for cp in cps]
        return [piece.at + (cp - piece.start) * piece.width for piece, cp in zip(pieces, cps, strict=True)]

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
    return DocStream(main, table, data, "".join(_texts(main, pieces)), pieces, tuple(piece.start for piece in pieces), _parts(main))


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


def sprms(properties: bytes, wanted: Container[int]) -> Iterator[tuple[int, bytes]]:
    """(code, operand) of those in a list of properties whose code is wanted; stops where the list is cut off."""
    at, last = 0, len(properties) - 2
    while at <= last:
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
        if code in wanted:
            yield code, properties[at : at + size]
        at += size


def formatted_pages(
    stream: DocStream, index: int, width: int, holding: re.Pattern[bytes] | None = None
) -> Iterator[tuple[tuple[int, ...], list[int]]]:
    """Runs by page of a bin table (12: characters, 13: paragraphs): n + 1 bounds in bytes, n places of their properties.

    `width` is the size of one entry of a page (1 or 13). A place counts bytes of the stream, 0 for no properties; runs
    of equal properties may share it. Pages without a match of `holding` are left out.
    """
    _, pages = stream.positions(index, 4)
    for (number,) in struct.iter_unpack("<I", pages[: len(pages) // 4 * 4]):
        first = (number & 0x3FFFFF) * _PAGE
        page = stream.main[first : first + _PAGE]
        if len(page) < _PAGE or (holding is not None and holding.search(page) is None):
            continue
        count = page[-1]
        entries = 4 * (count + 1)
        if entries + width * count < _PAGE:
            places = [first + 2 * at if at else 0 for at in page[entries : entries + width * count : width]]
            yield struct.unpack_from(f"<{count + 1}I", page), places


def character_properties(main: bytes, at: int) -> bytes:
    """The properties at a place of `formatted_pages`, which end with their page."""
    return main[at + 1 : min(at + 1 + main[at], (at | _LAST) + 1)] if at else b""


def paragraph_properties(main: bytes, at: int) -> bytes:
    """As `character_properties`; they begin with the index of the paragraph's style."""
    if not at:
        return b""
    size, end = main[at], (at | _LAST) + 1
    if size:
        return main[at + 1 : min(at + 2 * size, end)]
    return main[at + 2 : min(at + 2 + 2 * main[at + 1], end)]
