"""Streams of OLE compound files, the container of .doc and .wps, e.g. `WordDocument` and `1Table`.

Source: [MS-CFB], Microsoft. Only entries of the root storage are listed: those deeper belong to embedded objects, so
an Excel sheet inside a Word file leaves the file a Word file.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = 512
_ENTRY = struct.Struct("<64sHBx3I36xII4x")  # 128 bytes: name and its size, kind, left, right, child; first sector, size
_NO_SECTOR = 0xFFFFFFFA  # this and above are marks of the allocation table, no sectors
_ROOT = 5
_STREAM = 2


class BrokenOleError(Exception):
    """A compound file that is cut off or whose tables contradict each other."""


class _Entry(NamedTuple):
    name: str
    kind: int
    start: int
    size: int


@dataclass(slots=True)
class Ole:
    """An opened compound file; `entries` are the streams and storages of its root by name.

    Small streams lie together in one, `mini`, with a table of their own, which are read with the first of them.
    """

    data: bytes
    sector: int
    fat: tuple[int, ...]
    mini_places: tuple[int, int]
    mini_sector: int
    cutoff: int
    entries: dict[str, _Entry]
    _mini: tuple[tuple[int, ...], bytes] | None = None

    def read(self, name: str) -> bytes | None:
        """The bytes of a stream, None where the root has none of this name. Raises BrokenOleError."""
        entry = self.entries.get(name)
        if entry is None or entry.kind != _STREAM:
            return None
        if entry.size < self.cutoff:
            table, stream = self._small_streams()
            return _joined(stream, 0, self.mini_sector, _chain(table, entry.start))[: entry.size]
        return _stream(self.data, self.sector, self.fat, entry.start)[: entry.size]

    def _small_streams(self) -> tuple[tuple[int, ...], bytes]:
        if self._mini is None:
            table, stream = (
                _stream(self.data, self.sector, self.fat, place) if place < _NO_SECTOR else b"" for place in self.mini_places
            )
            self._mini = _words(table), stream
        return self._mini


def open_ole(data: bytes) -> Ole:
    """A compound file by its bytes; raises BrokenOleError."""
    if not data.startswith(MAGIC) or len(data) < _HEADER:
        raise BrokenOleError("it is cut off within its first 512 bytes")
    shift, mini_shift = struct.unpack_from("<HH", data, 30)
    directory, _, cutoff, first_mini = struct.unpack_from("<IIII", data, 48)
    if not 7 <= shift <= 16 or not 4 <= mini_shift <= shift:
        raise BrokenOleError(f"its sectors have an impossible size (2^{shift})")
    sector = 1 << shift
    fat = _allocation(data, sector)
    listed = _stream(data, sector, fat, directory)
    listed = listed[: len(listed) // _ENTRY.size * _ENTRY.size]
    root = next((one for one in _ENTRY.iter_unpack(listed) if one[2] == _ROOT), None)
    if root is None:
        raise BrokenOleError("it has no root entry")
    return Ole(
        data=data,
        sector=sector,
        fat=fat,
        mini_places=(first_mini, root[6]),
        mini_sector=1 << mini_shift,
        cutoff=cutoff,
        entries=_children(listed, root[5]),
    )


def _allocation(data: bytes, sector: int) -> tuple[int, ...]:
    listed = data[76:_HEADER].rstrip(b"\xff")  # most of its 109 places are free
    places = list(_words(data[76 : 76 + len(listed) + 3]))
    more = struct.unpack_from("<I", data, 68)[0]
    seen: set[int] = set()
    while more < _NO_SECTOR and more not in seen:
        seen.add(more)
        words = _words(_sector(data, sector, more))
        places.extend(words[:-1])
        more = words[-1] if words else _NO_SECTOR
    return _words(b"".join(_sector(data, sector, place) for place in places if place < _NO_SECTOR))


def _sector(data: bytes, sector: int, k: int) -> bytes:
    at = (k + 1) * sector
    return data[at : at + sector]


def _words(data: bytes) -> tuple[int, ...]:
    count = len(data) // 4
    return struct.unpack_from(f"<{count}I", data)


def _chain(table: tuple[int, ...], start: int) -> list[int]:
    """Sectors of a stream in order; raises BrokenOleError for a chain that runs in a circle or out of the table."""
    sectors: list[int] = []
    count = len(table)
    k = start
    while k < count:
        sectors.append(k)
        if len(sectors) > count:
            break
        k = table[k]
    if k < _NO_SECTOR:
        raise BrokenOleError("a chain of sectors does not end")
    return sectors


def _stream(data: bytes, sector: int, fat: tuple[int, ...], start: int) -> bytes:
    return _joined(data, sector, sector, _chain(fat, start))


def _joined(data: bytes, offset: int, size: int, chain: Sequence[int]) -> bytes:
    """Pieces of `size` bytes, number 0 at `offset`; neighbours, as most of a stream are, are copied in one go."""
    pieces: list[bytes] = []
    k, count = 0, len(chain)
    while k < count:
        first = k
        k += 1
        while k < count and chain[k] == chain[k - 1] + 1:
            k += 1
        pieces.append(data[offset + chain[first] * size : offset + (chain[k - 1] + 1) * size])
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def _children(listed: bytes, first: int) -> dict[str, _Entry]:
    found: dict[str, _Entry] = {}
    count = len(listed) // _ENTRY.size
    waiting, seen = [first], set[int]()
    while waiting:
        k = waiting.pop()
        if k < count and k not in seen:
            seen.add(k)
            raw, length, kind, left, right, _, start, size = _ENTRY.unpack_from(listed, k * _ENTRY.size)
            name = raw[: min(max(length - 2, 0), 62)].decode("utf-16-le", "replace")
            found[name] = _Entry(name, kind, start, size)
            waiting += (left, right)
    return found
