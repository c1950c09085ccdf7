"""Streams of OLE compound files, the container of .doc and .wps, e.g. `WordDocument` and `1Table`.

Source: [MS-CFB], Microsoft. Only entries of the root storage are listed: those deeper belong to embedded objects, so
an Excel sheet inside a Word file leaves the file a Word file.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = 512
_ENTRY = 128
_NO_SECTOR = 0xFFFFFFFA  # this and above are marks of the allocation table, no sectors
_NO_ENTRY = 0xFFFFFFFF
_ROOT = 5
_STREAM = 2


class BrokenOleError(Exception):
    """A compound file that is cut off or whose tables contradict each other."""


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    left: int
    right: int
    child: int
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
            pieces = (stream[k * self.mini_sector : (k + 1) * self.mini_sector] for k in _chain(table, entry.start))
            return b"".join(pieces)[: entry.size]
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
    listed = _directory(_stream(data, sector, fat, directory))
    root = next((one for one in listed if one.kind == _ROOT), None)
    if root is None:
        raise BrokenOleError("it has no root entry")
    return Ole(
        data=data,
        sector=sector,
        fat=fat,
        mini_places=(first_mini, root.start),
        mini_sector=1 << mini_shift,
        cutoff=cutoff,
        entries=_children(listed, root.child),
    )


def _allocation(data: bytes, sector: int) -> tuple[int, ...]:
    places = list(struct.unpack_from("<109I", data, 76))
    more = struct.unpack_from("<I", data, 68)[0]
    seen: set[int] = set()
    while more < _NO_SECTOR and more not in seen:
        seen.add(more)
        listed = _words(_sector(data, sector, more))
        places.extend(listed[:-1])
        more = listed[-1] if listed else _NO_SECTOR
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
    k = start
    while k < _NO_SECTOR:
        if k >= len(table) or len(sectors) > len(table):
            raise BrokenOleError("a chain of sectors does not end")
        sectors.append(k)
        k = table[k]
    return sectors


def _stream(data: bytes, sector: int, fat: tuple[int, ...], start: int) -> bytes:
    return b"".join(_sector(data, sector, k) for k in _chain(fat, start))


def _directory(data: bytes) -> list[_Entry]:
    entries: list[_Entry] = []
    for at in range(0, len(data) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", data, at + 64)
        name = data[at : at + min(max(length - 2, 0), 62)].decode("utf-16-le", "replace")
        left, right, child = struct.unpack_from("<III", data, at + 68)
        start, size = struct.unpack_from("<II", data, at + 116)
        entries.append(_Entry(name, kind, left, right, child, start, size))
    return entries


def _children(listed: list[_Entry], first: int) -> dict[str, _Entry]:
    found: dict[str, _Entry] = {}
    waiting, seen = [first], set[int]()
    while waiting:
        k = waiting.pop()
        if k != _NO_ENTRY and k < len(listed) and k not in seen:
            seen.add(k)
            found[listed[k].name] = listed[k]
            waiting += [listed[k].left, listed[k].right]
    return found
