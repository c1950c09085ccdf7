"""Order rules such as `列第一位者为牵头单位，下同`: said once, somewhere, for all lists of a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from policy_commitments.schemas.mentions import AgencyRole


@dataclass(frozen=True, slots=True)
class OrderRule:
    """Which agencies of a list lead.

    kind    `first`: the first name; `comma` / `semicolon`: the names before the first such mark;
            `mark`: the names that carry `sign` (`标★的为牵头单位`)
    rest    role of the others
    """

    kind: Literal["first", "comma", "semicolon", "mark"]
    rest: AgencyRole
    start: int
    end: int
    sign: str = ""


_LEADS = r"(?:主要|总|第一)?(?:牵头|主办|主责|第一责任)"
_LEAD_WORDS = ("牵头", "主办", "主责", "第一责任")
_IS = rf"[为是系](?:该项|本项|此项|各项)?(?:工作|任务|事项)?的?{_LEADS}"
_FIRST = r"(?:单位|部门)(?:均|都)?(?:排|列|位|置)(?:名|位|列)?(?:于|在)?(?:第[一1]|首位|最前)"
_IS_LEAD, _IS_FIRST = re.compile(_IS), re.compile(_FIRST)
_RULE = re.compile(
    rf"""
    (?:
      (?P<first>
        (?:第[一1](?:位|个|名|家)?|首位|首个|之首|最前面?|靠前|最先)   # 列第一位者  排位靠前的  排在首位的
        (?:的|者)?(?:(?:责任|落实|主要|有关|相关|各|该)?(?:单位|部门|责任部门|机构|地区))?(?:（[^（）]{{1,8}}）)?
      )
      | (?P<comma>逗号(?:之|以)?前(?:面)?(?:的|者)?(?:责任)?(?:单位|部门)?)      # 逗号前为牵头单位
      | (?P<semicolon>分号(?:之|以)?前(?:面)?(?:的|者)?(?:责任)?(?:单位|部门)?)
      | [标加带注打](?:有|注|记)?[“"]?(?P<sign>[*★▲△#※☆●◆])[”"]?号?(?:的|者)?(?:责任)?(?:单位|部门)?   # 标★的为牵头单位
    )
    (?:均|即|都)?(?:作(?=为))?{_IS}
    """,
    re.VERBOSE,
)
_REVERSED = re.compile(rf"{_LEADS}(?:责任)?{_FIRST}")  # 牵头单位排第一
_REST = re.compile(r"(?:其余|其他|其它|后面|逗号后|分号后|之后|以后)[^。；）]{0,12}?(配合|参与|参加|协办|协助)")
_JOINT_BID = re.compile(r"申报|申请|联合体|投标|竞赛|合作单位")   # 联合申报的，排第一位的单位为牵头单位
_WINDOW = 40
_BEFORE = 25


def find_order_rule(folded: str) -> OrderRule | None:
    """The document's order rule, wherever it stands; None where it states none."""
    found = next(_rules(folded), None)
    if found is None:
        return None
    rest: AgencyRole = "support" if _REST.search(folded, found.end(), found.end() + _WINDOW) else "responsible"
    groups = found.groupdict()
    if groups.get("sign"):
        return OrderRule("mark", rest, found.start(), found.end(), groups["sign"])
    if groups.get("comma"):
        return OrderRule("comma", rest, found.start(), found.end())
    if groups.get("semicolon"):
        return OrderRule("semicolon", rest, found.start(), found.end())
    return OrderRule("first", rest, found.start(), found.end())


def _rules(folded: str) -> Iterator[re.Match[str]]:
    if not _may_state(folded):
        return
    for pattern in (_RULE, _REVERSED):
        for found in pattern.finditer(folded):
            if not _JOINT_BID.search(folded, max(0, found.start() - _BEFORE), found.start()):
                yield found


def states_order(text: str) -> bool:
    """This passage is (or holds) an order rule and no list."""
    return _may_state(text) and (_RULE.search(text) is not None or _REVERSED.search(text) is not None)


def _may_state(text: str) -> bool:
    """Whether anything is said to be the lead, or the first in a list, without which no rule is stated."""
    return any(word in text for word in _LEAD_WORDS) and (_IS_LEAD.search(text) is not None or _IS_FIRST.search(text) is not None)
