"""Are two wordings one indicator? Scopes decide first, then how much of the remaining words they share.

社区助餐点比例 and 社区助浴点比例 differ by one letter on each side: a substitution is heavier than an addition.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from policy_commitments.pipeline.alignment.phrase import Phrase, combines_by_union, soft

Relation = Literal["same", "broader", "narrower", "different"]

# Chosen on the pairs of tests/alignment/pairs.yml: the lowest threshold with precision of at least 0.97 there.
SAME = 0.86
ADDED = 0.90
SAME_ADDED = 0.76
CONTAINED = 0.62
_SUBSTITUTION = 0.07


@dataclass(frozen=True, slots=True)
class Judgement:
    """`broader`: the first wording is broader than the second; `score` in 0..1 compares the words without scopes."""

    relation: Relation
    score: float
    reason: str


def judge(one: Phrase, other: Phrase) -> Judgement:
    """Relation of two wordings whose dimension, denominator and form are equal."""
    if one.whole == other.whole:
        return Judgement("same", 1.0, "same wording")
    scope, why = _scope_relation(one, other)
    score = _words(one, other)
    if scope == "different":
        return Judgement("different", score, why)
    if score >= _threshold(one, other):
        return Judgement(scope, score, why if scope != "same" else _reason(one, other))
    part = _contained(one, other, scope)
    if part is not None and score >= CONTAINED:
        return Judgement(part, score, _reason(one, other))
    return Judgement("different", score, _reason(one, other))


# --- scopes


def _scope_relation(one: Phrase, other: Phrase) -> tuple[Relation, str]:
    found: set[Relation] = set()
    reasons = []
    for group in sorted(one.scopes.keys() | other.scopes.keys()):
        mine, theirs = one.scopes.get(group, frozenset()), other.scopes.get(group, frozenset())
        if mine != theirs:
            found.add(_group_relation(group, mine, theirs))
            reasons.append(f"{group}: {_names(mine)} / {_names(theirs)}")
    if not found:
        return "same", "same scope"
    relation: Relation = found.pop() if len(found) == 1 else "different"
    return relation, "scope " + ", ".join(reasons)


def _group_relation(group: str, mine: frozenset[str], theirs: frozenset[str]) -> Relation:
    if not mine:
        return "broader"
    if not theirs:
        return "narrower"
    if combines_by_union(group) and mine > theirs:
        return "broader"
    if combines_by_union(group) and mine < theirs:
        return "narrower"
    return "different"


def _names(scopes: frozenset[str]) -> str:
    return "+".join(sorted(name.split(".")[-1] for name in scopes)) or "none"


# --- words


def _words(one: Phrase, other: Phrase) -> float:
    """Overlap of letters and tokens; what stands on one side only counts once, what was exchanged counts more."""
    if not _same_order(one, other):
        return 0.0
    shared = _shared(one.letters, other.letters)
    mine, theirs = len(one.rest) - shared, len(other.rest) - shared
    if mine == theirs == 0:
        return 1.0
    scopes = 2 * sum(len(names) for group, names in one.scopes.items() if other.scopes.get(group) == names)
    letters = 2 * (shared + scopes) / (len(one.rest) + len(other.rest) + 2 * scopes)
    tokens = 2 * _shared(one.tokens, other.tokens) / (sum(one.tokens.values()) + sum(other.tokens.values()))
    return round(max(0.0, 0.7 * letters + 0.3 * tokens - _SUBSTITUTION * min(mine, theirs, 3)), 4)


def _threshold(one: Phrase, other: Phrase) -> float:
    """Lower where one side only adds a letter or a soft word (公共图书馆 and 图书馆); none where words were exchanged.

    金奖 and 银奖, 助餐 and 助浴 stay apart however long the rest is.
    """
    mine, theirs = _left(one, other), _left(other, one)
    if mine and theirs:
        return SAME if soft(mine) and soft(theirs) and min(len(mine), len(theirs)) > 1 else 2.0
    return SAME_ADDED if soft(mine or theirs) else SAME if not mine and not theirs else ADDED


def _shared(one: Mapping[str, int], other: Mapping[str, int]) -> int:
    return sum(min(count, other.get(part, 0)) for part, count in one.items())


def _same_order(one: Phrase, other: Phrase) -> bool:
    """A占B and B占A are two shares: the parts before 占 must have more in common than not."""
    mine, theirs = one.whole.partition("占"), other.whole.partition("占")
    if not mine[1] or not theirs[1] or not mine[0] or not theirs[0]:
        return True
    before = set(mine[0]) & set(theirs[0])
    return 2 * len(before) >= min(len(set(mine[0])), len(set(theirs[0])))


def _contained(one: Phrase, other: Phrase, scope: Relation) -> Relation | None:
    """Broader where all words of the one stand in the other as well and the scopes say nothing else."""
    shared = _shared(one.letters, other.letters)
    if shared < 3:
        return None
    if shared == len(one.rest) and scope in ("same", "broader"):
        return "broader"
    if shared == len(other.rest) and scope in ("same", "narrower"):
        return "narrower"
    return None


def _reason(one: Phrase, other: Phrase) -> str:
    mine = _left(one, other)
    theirs = _left(other, one)
    if not mine and not theirs:
        return "same words in another order or with light words"
    return f"only in one: {mine or 'nothing'}; only in the other: {theirs or 'nothing'}"


def _left(one: Phrase, other: Phrase) -> str:
    open_letters = dict(other.letters)
    left = []
    for letter in one.rest:
        if open_letters.get(letter, 0):
            open_letters[letter] -= 1
        else:
            left.append(letter)
    return "".join(left)
