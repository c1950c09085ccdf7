"""Cells that hold several indicators line by line, e.g. `专科以上比例⏎其中：本科以上 | 97.7%⏎49.9% | 100%⏎50%`.

Name and value cells must have as many lines as one another (or one more name, which `其中：` divides into the rest).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from policy_commitments.extractors.table_grid import Grid
from policy_commitments.extractors.table_heads import bracket_measure, is_value
from policy_commitments.extractors.table_names import OF_WHICH, joined_name
from policy_commitments.schemas.table_mentions import CellPiece, TargetRow

_INNER = re.compile(r"[^：:]{2}其中[：:]")
_MEASURES = re.compile(r"（(?:%|‰|个|所|家|人|张|亩|公里|吨|万元|亿元|元|户|座|处|名)）")
_OPEN, _CLOSE = "（([", "）)]"


def by_lines(grid: Grid, row: TargetRow) -> Iterator[TargetRow]:
    """The row, or one row for each line of its cells; none where two names have lost the lines between them."""
    if "\n" not in grid.folded[row.target.start : row.target.end].strip():
        if not _fused(grid.text(row.indicator[-1])):
            yield row
        return
    named = _lines(grid, row.indicator[-1])
    values = _lines(grid, row.target)
    if len(values) < 2 or not all(_is_figure(grid.text(line)) for line in values) or not _pair(grid, row, named, values):
        yield row
        return
    parent = grid.text(named[0])
    above = [grid.text(piece) for piece in row.indicator[:-1]]
    below = _lines(grid, row.baseline) if row.baseline is not None else []
    inner = False
    for k, (name, value) in enumerate(zip(named[len(named) - len(values) :], values, strict=True)):
        text = grid.text(name)
        inner = inner or OF_WHICH.match(text) is not None
        printed = [*above, parent, text if OF_WHICH.match(text) else f"其中：{text}"] if inner else [*above, text]
        yield replace(
            row,
            name=joined_name(printed),
            indicator=(*row.indicator[:-1], name),
            measure=bracket_measure(text) or row.measure,
            target=value,
            baseline=below[k] if len(below) == len(values) else None,
            agencies=row.agencies if k == 0 else (),
        )


def _fused(name: str) -> bool:
    """`专科以上比例（%）其中：本科以上比例`, `公办园数（所）民办园数（所）` in one line: whose figure is it?"""
    return "\n" not in name.strip() and (_INNER.search(name) is not None or len(_MEASURES.findall(name)) > 1)


def _pair(grid: Grid, row: TargetRow, named: list[CellPiece], values: list[CellPiece]) -> bool:
    """Names that are whole, one for each value; `（%）⏎其中：小学⏎初中` has its own line over the two."""
    texts = [grid.text(line) for line in named]
    whole = [grid.text(piece) for piece in row.indicator]
    if row.name != joined_name(whole) or any(sum(t.count(c) for c in _OPEN) != sum(t.count(c) for c in _CLOSE) for t in texts):
        return False
    return len(named) == len(values) or (len(named) == len(values) + 1 and OF_WHICH.match(texts[1]) is not None)


def _is_figure(text: str) -> bool:
    return is_value(text) and any(character.isdigit() for character in text)


def _lines(grid: Grid, piece: CellPiece) -> list[CellPiece]:
    """The lines of a cell that print something."""
    found = []
    at = piece.start
    for line in grid.folded[piece.start : piece.end].split("\n"):
        start = at + len(line) - len(line.lstrip())
        if line.strip():
            found.append(replace(piece, start=start, end=start + len(line.strip())))
        at += len(line) + 1
    return found
