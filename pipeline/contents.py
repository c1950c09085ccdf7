"""A contents list inside a line, as web mirrors glue it: `目　录第一章　总则第二章　附则第一章　总则为了…`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from policy_commitments.extractors.folding import fold
from policy_commitments.extractors.headings import HeadingLabel, extract_headings
from policy_commitments.pipeline.printed_lines import PrintedLine
from policy_commitments.schemas.clean import Furniture

_HEAD = re.compile(r"目[ \u3000\u00a0]*录")
_NEAR = 6  # characters between 目录 and its first entry
_FEWEST = 3  # entries
_LONGEST_ENTRY = 80
_LONGEST_CONTENTS = 20_000


def inline_contents(lines: Sequence[PrintedLine]) -> Iterator[tuple[int, Furniture]]:
    """(index of the line, its contents list)"""
    for k, line in enumerate(lines):
        if len(line.text) > _LONGEST_ENTRY and (match := _HEAD.search(line.text)) is not None:
            end = _end_of_contents(line.text, match.end())
            if end is not None:
                yield k, Furniture(line.start + match.start(), line.start + end, "contents")


def _end_of_contents(text: str, start: int) -> int | None:
    """Where the last entry ends: entries run from the first label to the place where that label and title come again."""
    folded = fold(text[start : start + _LONGEST_CONTENTS])
    labels = [one for one in extract_headings(folded) if one.kind in ("part", "chapter", "section", "cn", "cn_round")]
    if len(labels) < _FEWEST or labels[0].start > _NEAR:
        return None
    opening = text[start + labels[0].start : start + labels[1].start].strip()
    again = text.find(opening, start + labels[1].start)
    if again < 0 or len(opening) > _LONGEST_ENTRY:
        return None
    entries = [one for one in labels if start + one.start < again]
    last = start + entries[-1].start
    if len(entries) < _FEWEST or any("。" in text[start + a.start : start + b.start] for a, b in pairwise(entries)):
        return None
    return last + _common_length(text, last, entries[-1], again)


def _common_length(text: str, last: int, label: HeadingLabel, again: int) -> int:
    """How far the last entry's text comes again below."""
    printed = text[last : last + label.end - label.start]
    longest, at = len(printed), text.find(printed, again)
    while at >= 0:
        length = 0
        while length < _LONGEST_ENTRY and text[last + length] == text[at + length : at + length + 1]:
            length += 1
        longest, at = max(longest, length), text.find(printed, at + 1)
    return longest
