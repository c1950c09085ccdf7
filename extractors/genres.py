"""Genre words at a title's end, e.g. 实施方案 in `某县档案事业发展实施方案（试行）`; the longest word wins."""

from __future__ import annotations

import re
from functools import cache

from policy_commitments.schemas.vocabulary import load_entries

_TAIL = r"[》”〉]{0,2}(?:[（〔][^（）〔〕]{1,24}[）〕]){0,2}[》”〉]{0,2}"


@cache
def genres_by_word() -> dict[str, str]:
    """Printed word -> genre id."""
    entries = load_entries("genres", ("id", "words", "examples"), ("plan",))
    return {str(word): str(entry["id"]) for entry in entries for word in entry["words"]}


@cache
def _alternatives() -> str:
    return "|".join(re.escape(word) for word in sorted(genres_by_word(), key=lambda one: (-len(one), one)))


@cache
def genre_at_end() -> re.Pattern[str]:
    """A genre word with closing quotes and brackets behind it, at the end of a title."""
    return re.compile(rf"(?P<word>{_alternatives()}){_TAIL}$")


@cache
def genre_in_formula() -> re.Pattern[str]:
    """`制定本规划`, `提出如下实施意见`, `制定以下措施`, `有关事项通知如下`: a document names its own genre."""
    return re.compile(
        rf"(?:制[定订]|编制|提出|形成)(?:了)?(?:本|如下|以下|该)(?P<word>{_alternatives()})|(?P<told>通知|报告|批复|通告|公告)如下[：。]"
    )


def genre_word(title: str) -> str | None:
    """The genre word with which a title ends, None without one."""
    match = genre_at_end().search(title[-60:])
    return None if match is None else match["word"]
