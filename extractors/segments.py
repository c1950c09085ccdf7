"""Sentences and clauses by punctuation, e.g. `到2025年，建成3个（含改建1个；下同）。` is one sentence of two clauses.

Ends inside brackets and quotation marks do not count. Works on folded text; never looks at meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_SENTENCE = re.compile(r"[（(〔【“《]|[）)〕】”》]|[。！？\n]|；")
_CLAUSE = re.compile(r"[（(〔【“《）)〕】”》。！？；，\n,](?:(?<!,)|(?!\d{3}))")
_OPEN = frozenset("（(〔【“《")
_CLOSE = frozenset("）)〕】”》")
_LONGEST_BRACKET = 400


def sentences(text: str, start: int = 0, end: int | None = None, *, semicolons: bool = False) -> Iterator[tuple[int, int]]:
    """Spans of sentences in text[start:end], closing mark included; `semicolons` makes ； an end too."""
    return _split(_SENTENCE, text, start, len(text) if end is None else end, "" if semicolons else "；")


def clauses(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Spans of clauses (up to ， ； 。 or a line end) in text[start:end], closing mark included."""
    return _split(_CLAUSE, text, start, len(text) if end is None else end, "")


def behind_last(text: str, marks: str, start: int, end: int) -> int:
    """Behind the last of the marks in text[start:end]; `start` where none stands there."""
    for mark in marks:
        start = max(start, text.rfind(mark, start, end) + 1)
    return start


def _split(pattern: re.Pattern[str], text: str, start: int, end: int, passed: str) -> Iterator[tuple[int, int]]:
    depth, opened, begin = 0, start, start
    quoted = False
    for match in pattern.finditer(text, start, end):
        mark = match.group()
        if mark == "“" and quoted:
            mark = "”"  # “双代“工程: the second mark closes
        quoted = mark == "“" or (quoted and mark != "”")
        if mark in _OPEN:
            depth += 1
            opened = match.start() if depth == 1 else opened
        elif mark in _CLOSE:
            depth = max(depth - 1, 0)
        elif mark != passed or not passed:
            if depth and mark != "\n" and match.start() - opened < _LONGEST_BRACKET:
                continue
            depth = 0
            yield begin, match.end()
            begin = match.end()
    if begin < end:
        yield begin, end
