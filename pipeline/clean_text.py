"""Clean text under construction: paragraphs and cells on lines of their own, blanks between Han left out.

`村医岗位补助每月 1000 元` becomes `村医岗位补助每月1000元`; blanks between Latin words stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policy_commitments.pipeline.printed_lines import PrintedLine
from policy_commitments.schemas.clean import CleanTable, Paragraph

_BLANK = r"[\s\u200b\ufeff]"
_GAPS = re.compile(  # the blank comes first, so that the search goes from blank to blank
    rf"""
    {_BLANK} (?: (?<=[^\x00-\x7f\s]{_BLANK}) {_BLANK}*      # 每月 1000
               | {_BLANK}* (?=[^\x00-\x7f\s\u200b\ufeff]) )   # 1000 元
    """,
    re.X,
)
_WIDE = 3  # blanks (a wide one counts two) that set words apart instead of stretching one
_NAMES = re.compile(r"[局委办部厅院府会站所社] [\u4e00-\u9fff]")


class CleanText:
    """Pieces of clean text with their runs; `length` is that of the text so far, joining line ends included."""

    def __init__(self, source_text: str) -> None:
        self.source_text = source_text
        self.pieces: list[str] = []
        self.length = 0
        self.runs: list[tuple[int, int, int]] = []
        self.paragraphs: list[Paragraph] = []
        self.tables: list[CleanTable] = []

    def text(self) -> str:
        """The clean text so far."""
        return "".join(self.pieces)

    def add_paragraph(self, lines: Sequence[PrintedLine]) -> None:
        """Append lines joined to one paragraph."""
        start, end = self.add_line([(line.start, line.end) for line in lines])
        if end > start:
            self.paragraphs.append(Paragraph(start, end, lines[0].level, lines[0].block, lines[0].align))

    def add_line(self, segments: Sequence[tuple[int, int]], *, names: bool = False, apart: bool = False) -> tuple[int, int]:
        """Append source spans as one line; returns its span in the clean text.

        `names`: every blank in it parts two names. `apart`: the line ends between the spans stay (lines of a cell).
        """
        if self.length:
            self._put("\n")
        start = self.length
        for begin, end in segments:
            if self.length > start and apart:
                self._put("\n")
            elif self.length > start and (names or self._sets_words_apart(begin)):
                self._put(" ")
            for one, two in _kept(self.source_text, begin, end, names):
                self.runs.append((self.length, one, two - one))
                self._put(self.source_text[one:two])
        return start, self.length

    def _put(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)

    def _sets_words_apart(self, begin: int) -> bool:
        """A line end between two Latin words or two figures is a blank, between Han it is nothing."""
        before, after = self.pieces[-1][-1], self.source_text[begin]
        return before.isascii() and after.isascii() and before.isalnum() and after.isalnum()


def _kept(text: str, start: int, end: int, names: bool) -> Iterator[tuple[int, int]]:
    """Spans of text[start:end] without the blanks that only stretch it."""
    at = start
    for match in _GAPS.finditer(text, start, end):
        first, last = match.span()
        if names or _is_separator(text, first, last):
            first += 1
        if first > at:
            yield at, first
        at = last
    if end > at:
        yield at, end


def _is_separator(text: str, first: int, last: int) -> bool:
    """A gap that sets two names apart keeps one blank: `组长：某某   副组长：`, `县教育局 县财政局`."""
    if not first or last >= len(text) or not ("\u4e00" <= text[last] <= "\u9fff" and "\u4e00" <= text[first - 1] <= "\u9fff"):
        return False
    width = last - first + text.count("\u3000", first, last)
    return (width >= _WIDE or _NAMES.match(f"{text[first - 1]} {text[last]}") is not None) and text[first] != "\n"
