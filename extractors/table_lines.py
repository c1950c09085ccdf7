"""Tables of lines whose cells are parted by single blanks, e.g. `指标 2020年 2025年` over `森林覆盖率（%） 43.2 45`.

The first line has to be worded like heads, and each line below has as many words; a line with more or fewer ends the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policy_commitments.extractors.table_glued_rows import GluedCell, GluedTable
from policy_commitments.extractors.table_heads import head_role, is_value
from policy_commitments.schemas.mentions import Span

_LINE = re.compile(r"[^\n\f]+")
_WORD = re.compile(r"\S+")
_FIGURE = re.compile(r"[≥≤<>]?[0-9][0-9.,]*%?")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}年?")
_FEWEST_COLUMNS, _MOST_COLUMNS, _FEWEST_ROWS = 3, 12, 2
_LONGEST_HEAD, _LONGEST_LINE = 16, 300


def find_line_tables(text: str) -> Iterator[GluedTable]:
    """Such tables, in text order."""
    lines = [words for match in _LINE.finditer(text) if (words := _words(text, *match.span()))]
    k = 0
    while k < len(lines):
        last = _last_row(text, lines, k) if _is_head(text, lines[k]) else k
        if last - k >= _FEWEST_ROWS:
            yield _table(lines[k : last + 1])
        k = last + 1


def _words(text: str, start: int, end: int) -> Sequence[Span]:
    """Spans of a line's words; the whole line where it has fewer than a row."""
    count = len(text[start:end].split(None, _FEWEST_COLUMNS - 1))
    if count < _FEWEST_COLUMNS:
        return [(start, end)] * count
    return [word.span() for word in _WORD.finditer(text, start, end)]


def _is_head(text: str, words: Sequence[Span]) -> bool:
    """Three words or more, most of them heads, one of a name and one of a figure, agency or date among them, and no figure."""
    if not _FEWEST_COLUMNS <= len(words) <= _MOST_COLUMNS or words[-1][1] - words[0][0] > _LONGEST_LINE:
        return False
    said = [text[start:end] for start, end in words]
    if any(len(word) > _LONGEST_HEAD or (_FIGURE.fullmatch(word) and not _YEAR.fullmatch(word)) for word in said):
        return False
    roles = {head_role(word) for word in said}
    known = sum(head_role(word) != "unknown" for word in said)
    named = roles & {"indicator", "place", "task", "content", "category", "owner", "index"}
    return known * 2 > len(said) and bool(named) and len(roles - {"unknown"}) > 1


def _last_row(text: str, lines: Sequence[Sequence[Span]], head: int) -> int:
    """The last line of as many words as the heads; each row states a figure or a level in one of them."""
    k = head
    while k + 1 < len(lines) and len(lines[k + 1]) == len(lines[head]) and _is_row(text, lines[k + 1]):
        k += 1
    return k


def _is_row(text: str, words: Sequence[Span]) -> bool:
    said = [text[start:end] for start, end in words]
    return any(is_value(word) for word in said[1:]) and not any("。" in word[:-1] for word in said)


def _table(lines: Sequence[Sequence[Span]]) -> GluedTable:
    table = GluedTable(lines[0][0][0], lines[-1][-1][1], len(lines[0]), rows=len(lines), fitting=len(lines) - 1)
    table.cells.extend(GluedCell(row, col, *span) for row, words in enumerate(lines) for col, span in enumerate(words))
    return table
