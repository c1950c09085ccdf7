"""Titles broken over lines: `某区支持基层医疗卫生体系` + `建设实施方案`; only before the first heading."""

from __future__ import annotations

import re
from functools import cache

from policy_commitments.pipeline.printed_lines import PrintedLine, has_open_bracket
from policy_commitments.schemas.vocabulary import load_entries

_WIDEST = 90  # columns of one line of a title
_PROSE = re.compile(r"[。；：:，]")
_ISSUER = re.compile(r"(?:政府|办公室|办公厅|委员会|党委|县委|市委|区委|[局厅部委办处院会）)])$")
_NOTICE_END = re.compile(r"的(?:通知|批复|函|请示|报告)")
_OPENS = re.compile(r"(?:关于|印发|转发|批转)")


@cache
def genre_words() -> tuple[str, ...]:
    """Genre words, longest first: 实施方案 before 方案."""
    words = {str(word) for entry in load_entries("genres", ("id", "words", "examples"), ("plan",)) for word in entry["words"]}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


@cache
def _genre_end() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, genre_words()))})[》”]?(?:的通知)?(?:（[^（）]{{1,12}}）)?$")


def ends_in_genre(text: str) -> bool:
    """`…实施方案`, `…若干措施（试行）`, `…的通知`."""
    return _genre_end().search(text[-40:]) is not None


def goes_on_as_title(before: PrintedLine, line: PrintedLine) -> bool:
    """Whether two short lines without punctuation are one title, the second ending in a genre word or opening 关于…"""
    if before.columns > _WIDEST or line.columns > _WIDEST or before.align != line.align:
        return False
    first, second = before.text, line.text
    if _NOTICE_END.fullmatch(second) or (has_open_bracket(first) and ends_in_genre(second)):
        return True
    if _PROSE.search(first) or _PROSE.search(second) or ends_in_genre(first) or first.endswith(("文件", "号", "日")):
        return False
    if _ISSUER.search(first):
        return _OPENS.match(second) is not None and not first.startswith("（")
    return len(first) > 5 and ends_in_genre(second)
