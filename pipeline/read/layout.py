"""Whether a table is one at all: web pages and Word files also use them for frames (`专栏1`) and columns of a page."""

from __future__ import annotations

from collections.abc import Sequence

_LONG = 600  # characters; the longest cells of real task tables have about 400
_PARAGRAPHS = 4
_SHARE = 0.7
_FEW_CELLS = 4


def is_layout(columns: int, cells: Sequence[Sequence[str]], *, nested: bool) -> bool:
    """True for a frame: one column, one filled cell, a few cells around another table, or one cell with the prose.

    `cells` holds the non-blank lines of each cell.
    """
    filled = [lines for lines in cells if lines]
    if columns <= 1 or len(filled) <= 1:
        return True
    if nested and len(filled) <= _FEW_CELLS:
        return True
    sizes = [sum(map(len, lines)) for lines in filled]
    longest = max(range(len(sizes)), key=sizes.__getitem__)
    prose = len(filled[longest]) >= _PARAGRAPHS and sizes[longest] >= _LONG
    return prose and sizes[longest] >= _SHARE * sum(sizes)
