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
    lines = [match.span() for match in _LINE.finditer(text) if not match.group().isspace()]
    said = [text[start:end].split() for start, end in lines]
    k = 0
    while k < len(lines):
        last = _last_row(said, k) if _is_head(text, lines[k], said[k]) else k
        if last - k >= _FEWEST_ROWS:
            yield _table([[word.span() for word in _WORD.finditer(text, *line)] for line in lines[k : last + 1]])
        k = last + 1


def _is_head(text: str, line: Span, said: Sequence[str]) -> bool:
    """Three words or more, most of them heads, one of a name and one of a figure, agency or date among them, and no figure."""
    if not _FEWEST_COLUMNS <= len(said) <= _MOST_COLUMNS or len(text[slice(*line)].strip()) > _LONGEST_LINE:
        return False
    if any(len(word) > _LONGEST_HEAD or (_FIGURE.fullmatch(word) and not _YEAR.fullmatch(word)) for word in said):
        return False
    roles = [head_role(word) for word in said]
    known = {role for role in roles if role != "unknown"}
    named = known & {"indicator", "place", "task", "content", "category", "owner", "index"}
    return (len(roles) - roles.count("unknown")) * 2 > len(said) and bool(named) and len(known) > 1


def _last_row(said: Sequence[Sequence[str]], head: int) -> int:
    """The last line of as many words as the heads; each row states a figure or a level in one of them."""
    k = head
    while k + 1 < len(said) and len(said[k + 1]) == len(said[head]) and _is_row(said[k + 1]):
        k += 1
    return k


def _is_row(said: Sequence[str]) -> bool:
    return any(is_value(word) for word in said[1:]) and not any("。" in word[:-1] for word in said)


def _table(lines: Sequence[Sequence[Span]]) -> GluedTable:
    table = GluedTable(lines[0][0][0], lines[-1][-1][1], len(lines[0]), rows=len(lines), fitting=len(lines) - 1)
    table.cells.extend(GluedCell(row, col, *span) for row, words in enumerate(lines) for col, span in enumerate(words))
    return table
