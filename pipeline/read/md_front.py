"""The head that a Markdown file puts before its text: YAML between `---`, or `**发布日期**: 2025-10-31` up to a `---`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from policy_commitments.pipeline.read.lines import Span

_RULE = re.compile(r"\s*(?:-{3,}|\*{3,}|_{3,})\s*")
_YAML = re.compile(r"([^\s:：#][^:：\n]{0,40})\s*[:：]\s*(.*)")
_BOLD = re.compile(r"\s*\*\*([^*\n]{1,40}?)[:：]?\*\*\s*[:：]?\s*(.*)")
_TITLE = re.compile(r"\s*#{1,2}\s")
_LINK = re.compile(r"\[[^\[\]]*\]\((\S+)\)")
_MOST_LINES = 40


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """`lines` are the numbers of the lines that belong to it, `meta` what they state, verbatim."""

    lines: frozenset[int] = frozenset()
    meta: dict[str, str] = field(default_factory=dict)


def front_matter(text: str, lines: list[Span]) -> FrontMatter:
    """The head of the file; empty where its first lines are not of that shape up to a closing rule."""
    head = [text[start:end] for start, end in lines[:_MOST_LINES]]
    first = next((k for k, line in enumerate(head) if line.strip()), None)
    if first is None:
        return FrontMatter()
    if _RULE.fullmatch(head[first]):
        return _read(head, first, first + 1, _YAML)
    begin = first + 1 if _TITLE.match(head[first]) else first
    return _read(head, None, begin, _BOLD)


def _read(head: list[str], opening: int | None, begin: int, pattern: re.Pattern[str]) -> FrontMatter:
    taken = set() if opening is None else {opening}
    meta: dict[str, str] = {}
    for k in range(begin, len(head)):
        line = head[k]
        if _RULE.fullmatch(line):
            return FrontMatter(frozenset(taken | {k}), meta) if meta else FrontMatter()
        found = pattern.fullmatch(line)
        if found is None and line.strip() and not (opening is not None and line.startswith((" ", "-"))):
            return FrontMatter()
        taken.add(k)
        if found is not None and found.group(2).strip():
            meta.setdefault(found.group(1).strip(), _value(found.group(2)))
    return FrontMatter()


def _value(text: str) -> str:
    link = _LINK.fullmatch(text.strip())
    return link.group(1) if link is not None else text.strip().strip("\"'")
