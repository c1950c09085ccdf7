"""Rows of .doc tables put on one grid: cells have edges in twips, and a merged cell has marks or a wider place.

Source: [MS-DOC] 2.9.321 (TDefTableOperand) and 2.9.327 (TCGRF).
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from policy_commitments.pipeline.read.doc_properties import Form
from policy_commitments.pipeline.read.docx_content import Item
from policy_commitments.pipeline.read.docx_grid import Grid, GridBuilder

_SAME_EDGE = 60  # twips: edges drawn by hand differ by a point or two, columns are at least a digit wide
_CELL = 20
_CONTINUED = 1  # vertical merge: 1 goes on, 2 and 3 begin
_VERTICAL, _HORIZONTAL = 0x60, 0x03

Merges = tuple[tuple[int, int], ...]  # (cell, vertical merge)


class Row(NamedTuple):
    """The cells of one row and the properties of its end mark."""

    cells: list[list[Item]]
    form: Form


class _Place(NamedTuple):
    """Where one cell of a row lies: from edge to edge, a vertical merge, part of the cell to its left."""

    left: int
    right: int
    vertical: int
    joins_left: bool


def grid_of(rows: Sequence[Row], index: int) -> Grid[Item]:
    """All rows of a table; those whose definition does not fit their cells get one column for each cell."""
    known: dict[tuple[bytes, Merges, int], list[_Place] | None] = {}  # most rows of a table are defined alike
    placed: list[list[_Place] | None] = []
    for row in rows:
        key = row.form.row, row.form.merges, len(row.cells)
        if key not in known:
            known[key] = _places(*key)
        placed.append(known[key])
    edges = _edges(list(known.values()))
    builder: GridBuilder[Item] = GridBuilder()
    for row, places in zip(rows, placed, strict=True):
        if places is None:
            builder.begin_row(0)
            for cell in row.cells:
                builder.add(cell, 1)
        else:
            _add_row(builder, row.cells, places, edges)
    return builder.grid(index)


def _add_row(builder: GridBuilder[Item], cells: Sequence[list[Item]], places: Sequence[_Place], edges: list[int]) -> None:
    builder.begin_row(_column(edges, places[0].left) if places else 0)
    k = 0
    while k < len(places):
        last = k
        while last + 1 < len(places) and places[last + 1].joins_left:
            last += 1
        width = max(_column(edges, places[last].right) - builder.col, 1)
        content = cells[k] if k == last else [item for cell in cells[k : last + 1] for item in cell]
        if places[k].vertical != _CONTINUED or not builder.continue_above(width):
            builder.add(content, width)
        k = last + 1


def _places(definition: bytes, merges: Merges, cells: int) -> list[_Place] | None:
    count = definition[2] if len(definition) > 2 else 0
    if count == 0 or count != cells or len(definition) < 3 + 2 * (count + 1):
        return None
    bounds = struct.unpack_from(f"<{count + 1}h", definition, 3)
    at = 3 + 2 * (count + 1)
    flags = [int.from_bytes(definition[at + _CELL * k : at + _CELL * k + 2], "little") for k in range(count)]
    vertical = [(flag & _VERTICAL) >> 5 for flag in flags]
    for k, merge in merges:
        if k < count:
            vertical[k] = merge
    joined = _joined([flag & _HORIZONTAL for flag in flags])
    return [_Place(bounds[k], bounds[k + 1], vertical[k], joined[k]) for k in range(count)]


def _joined(marks: list[int]) -> list[bool]:
    """Which cells belong to the one at their left: Word and its specification differ in which mark means `first`."""
    joined: list[bool] = []
    first = 0
    for mark in marks:
        joined.append(first != 0 and mark not in (0, first))
        if mark == 0 or first == 0:
            first = mark
    return joined


def _edges(placed: Sequence[Sequence[_Place] | None]) -> list[int]:
    """The left end of each group of edges that stand for one line of the grid."""
    found: list[int] = []
    for edge in sorted({edge for places in placed for place in places or () for edge in (place.left, place.right)}):
        if not found or edge - found[-1] > _SAME_EDGE:
            found.append(edge)
    return found


def _column(edges: list[int], at: int) -> int:
    return max(bisect_right(edges, at) - 1, 0)
