"""Whether lines end where a printed page ended them, as in text copied out of a PDF, and not where paragraphs do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

_NARROWEST, _WIDEST = 20, 60  # characters of a line of 仿宋 3 or 4 on A4: 27-45
_SLACK = 3  # lines of one width differ by the half-width digits in them
_FEWEST = 12
_FULL_SHARE = 0.5
_CUT_SHARE = 0.6
_ENDS = frozenset("。！？；：.!?;:）)》”」】…")


def is_wrapped(lines: Iterable[str]) -> bool:
    """True where most lines have the page's width and most of these end in mid-sentence.

    A text in which only page breaks cut sentences has lines of all lengths and is not wrapped.
    """
    printed = [line for line in map(str.rstrip, lines) if line]
    if len(printed) < _FEWEST:
        return False
    lengths = Counter(map(len, printed))
    width = _page_width(lengths)
    full = [line for line in printed if abs(len(line) - width) <= _SLACK]
    if width < _NARROWEST or len(full) < max(len(printed) * _FULL_SHARE, _FEWEST):
        return False
    return sum(line[-1] not in _ENDS for line in full) >= len(full) * _CUT_SHARE


def _page_width(lengths: Counter[int]) -> int:
    """The width around which most lines lie, 0 where none lies in the range of pages."""
    best, most = 0, 0
    for width in range(_NARROWEST, _WIDEST + 1):
        near = sum(lengths.get(one, 0) for one in range(width - _SLACK, width + _SLACK + 1))
        if near > most:
            best, most = width, near
    return best
