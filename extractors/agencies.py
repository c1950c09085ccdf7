"""Responsible agencies, e.g. `（牵头单位：县卫生健康局；责任单位：县财政局）`: names with roles, verbatim.

Functions and levels of government are resolved later; agencies that are only the subject of a sentence
(`由县卫生健康局牵头建立…`) are no mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from policy_commitments.extractors.agency_brackets import Statement, speaking_brackets, statements, unread
from policy_commitments.extractors.agency_lists import split_names
from policy_commitments.extractors.agency_members import Member
from policy_commitments.extractors.agency_offices import is_office
from policy_commitments.extractors.agency_order import OrderRule, find_order_rule
from policy_commitments.extractors.agency_statements import apply_order, read_statement, read_value
from policy_commitments.extractors.headings import SIGN
from policy_commitments.schemas.mentions import AgencyMention, AgencyRole, Span

__all__ = [
    "OrderRule",
    "extract_agencies",
    "find_order_rule",
    "owner_of",
    "owners_of",
    "read_agencies",
    "split_agencies",
]

_OWNER_LABEL = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|第[一二三四五六七八九十]{1,3}[条章节]|" + SIGN + r"|——?)?\s*")
_OWNER_END = re.compile(r"[：。\n]")
_OWNER_DUTY = re.compile(r"的?(?:主要|工作|具体)?(?:职责|责任)(?:分工)?\s*$")
_LONGEST_OWNER = 60


def extract_agencies(
    folded: str, start: int, end: int, order_rule: OrderRule | None = None
) -> Iterator[AgencyMention]:
    """Agencies named in brackets, lines and labelled sentences of folded[start:end].

    `order_rule` is the document's (`find_order_rule`). `group` counts the brackets and lines from 0.
    """
    yield from read_agencies(folded, start, end, order_rule)[0]


def read_agencies(
    folded: str, start: int, end: int, order_rule: OrderRule | None = None
) -> tuple[list[AgencyMention], list[Span]]:
    """What `extract_agencies` gives, and the brackets that look like responsibilities and were not understood."""
    speaking = speaking_brackets(folded, start, end)
    found = statements(folded, start, end, speaking)
    mentions = [one for group, statement in enumerate(found) for one in _mentions(folded, statement, order_rule, group)]
    return mentions, list(unread(folded, speaking, found))


def _mentions(folded: str, statement: Statement, rule: OrderRule | None, group: int) -> Iterator[AgencyMention]:
    seen: set[tuple[str, AgencyRole]] = set()
    for member in apply_order(statement.members, rule):
        mention = _mention(folded, member, statement.form, group)
        if (mention.agency, mention.role) not in seen:
            seen.add((mention.agency, mention.role))
            yield mention


def _mention(folded: str, member: Member, rule: str, group: int = 0) -> AgencyMention:
    name = member.name or "".join(folded[member.start : member.end].split())
    return AgencyMention(name, member.role, member.start, member.end, rule, group)


def split_agencies(folded: str, start: int, end: int, role: AgencyRole) -> Iterator[AgencyMention]:
    """Agencies of a table cell or a label's value; a verb inside (`甲局牵头，乙局配合`) overrules `role`."""
    members = read_value(folded, start, end, role) or read_statement(folded, start, end, bracket=True)
    for member in members:
        yield _mention(folded, member, "cell")


def owners_of(folded: str, start: int, end: int) -> Iterator[AgencyMention]:
    """The owners that open a duty item: `1.县交通运输局：…`, `（五）卫计局职责。`, `3.县财政局、县审计局：…`."""
    label = _OWNER_LABEL.match(folded, start, end)
    begin = label.end() if label else start
    mark = _OWNER_END.search(folded, begin, min(end, begin + _LONGEST_OWNER))
    close = mark.start() if mark else min(end, begin + _LONGEST_OWNER)
    duty = _OWNER_DUTY.search(folded, begin, close)
    close = duty.start() if duty else close
    spans = list(split_names(folded, begin, close))
    if not spans or not all(is_office(folded[a:b]) for a, b in spans):
        return
    if mark is None and close < end and duty is None:
        return
    for a, b in spans:
        yield _mention(folded, Member(a, b, "responsible", 0, fixed=True), "owner")


def owner_of(folded: str, start: int, end: int) -> AgencyMention | None:
    """The first of `owners_of`, or None."""
    return next(owners_of(folded, start, end), None)
