"""How likely a target is right: its rule's record on judged rows, lowered by what is doubtful about the one mention.

`一级至五级每人每月补助分别不低于50元、100元…` gives five sums one name: the rule `money.pay` is mostly right, this is not.
The records are data (`rule_reliability.yml`), counted by `tests.reliability` over the gold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from policy_commitments.schemas.mentions import QuantityMention
from policy_commitments.schemas.vocabulary import load_entries

_ALL = "all"
_MANY_PIECES, _STRONGEST = 3, 2
_WEIGHT = 6.0  # judged rows that a rule's prior counts for
_EXPECTED = 0.9  # share of right rows before any were judged
_FLOOR, _CEILING = 0.05, 0.99
_NAMES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("doubt.pronoun", re.compile(r"^其(?![他余])")),  # 其宗地面积
    ("doubt.generic", re.compile(r"^(?:面积|规模|金额|数量|总数|比例|标准|补贴标准|补助标准|长度|连续长度|规定|产值|人均用地|单户|补助|奖励|支持)$")),
    ("doubt.clause", re.compile(r"给予|按照|利用|(?<!交)通过|要|并(?!网|购|联)|若|限期|除.+外")),  # 每个项目给予创新团队资助
    ("doubt.list", re.compile(r"、")),
    ("doubt.long", re.compile(r"^.{25,}$", re.DOTALL)),
)


_SHAPES: tuple[tuple[str, Callable[[QuantityMention], bool]], ...] = (
    ("doubt.pieces", lambda mention: len(mention.indicator_spans) >= _MANY_PIECES),
)


def family_of(rule: str) -> str:
    """`family:money` of money.pay, `family:table` of every rule of tables."""
    return f"family:{rule.partition('.')[0].partition(':')[0]}"


def confidence_of(mention: QuantityMention) -> float:
    """Between 0.05 and 0.99, two decimals."""
    return _confidence(mention.rule, doubts_of(mention), mention.ambiguity)


def doubts_of(mention: QuantityMention) -> tuple[str, ...]:
    """Ids of what is doubtful about one mention."""
    names = (name for name, pattern in _NAMES if pattern.search(mention.indicator))
    return (*mention.doubts, *names, *(name for name, holds in _SHAPES if holds(mention)))


@cache
def _confidence(rule: str, doubts: tuple[str, ...], ambiguity: int) -> float:
    return combined(rule, doubts, ambiguity, _records())


def combined(rule: str, doubts: tuple[str, ...], ambiguity: int, records: Mapping[str, tuple[int, int]]) -> float:
    """The rule's odds times the odds of each doubt against those of all rows; `records` are (right, judged)."""
    whole = _share(records, _ALL, _EXPECTED)
    family = _share(records, family_of(rule), whole)
    odds = _odds(_share(records, rule, max(family - 0.05 * ambiguity, 0.5)))
    lowered = sorted(min(_odds(_share(records, doubt, whole)) / _odds(whole), 1.0) for doubt in doubts)
    for factor in lowered[:_STRONGEST]:  # doubts go together: more than two would count one thing twice
        odds *= factor
    return round(min(max(odds / (1 + odds), _FLOOR), _CEILING), 2)


def _share(records: Mapping[str, tuple[int, int]], name: str, prior: float) -> float:
    """Share of right rows among the judged, drawn towards `prior` where few were judged."""
    right, judged = records.get(name, (0, 0))
    return (right + _WEIGHT * prior) / (judged + _WEIGHT)


def _odds(share: float) -> float:
    return share / (1 - share)


@cache
def _records() -> dict[str, tuple[int, int]]:
    entries = load_entries("rule_reliability", ("id", "right", "judged"))
    return {str(entry["id"]): (int(entry["right"]), int(entry["judged"])) for entry in entries}
