"""Kinds of headings with their levels, e.g. `2 重点任务` right above `2.1` is a chapter."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from policy_commitments.extractors.headings import HeadingLabel

RANK = {
    "part": 0, "chapter": 10, "section": 20, "article": 30, "cn": 40, "numbered": 42, "named": 44, "decimal": 45, "cn_round": 50, "digit": 60,
    "bare": 60, "styled": 100, "digit_round": 70, "circled": 80, "ordinal": 85, "dash": 90,
}  # fmt: skip
MEMBERS = frozenset({"digit_round", "circled", "dash", "ordinal"})


def kinds_of(labels: Sequence[HeadingLabel]) -> list[str]:
    """Kinds with their levels; `2` or `2.` right above `2.1` is a chapter, whatever its mark."""
    kinds = [_kind(label) for label in labels]
    for k, (label, below) in enumerate(pairwise(labels)):
        if label.kind in ("bare", "digit") and label.place == "line" and below.kind == "decimal" and below.number == f"{label.number}.1":
            kinds[k] = "numbered"
    return kinds


def _kind(label: HeadingLabel) -> str:
    return f"decimal{label.number.count('.')}" if label.kind == "decimal" else label.kind


def rank_of(kind: str) -> int:
    """Lower for kinds that stand above others."""
    return RANK["decimal"] + int(kind[7:]) if kind.startswith("decimal") else RANK[kind]


def next_same(kinds: Sequence[str]) -> list[int]:
    """Index of the next label of the same kind, -1 at the end."""
    latest: dict[str, int] = {}
    found = [-1] * len(kinds)
    for k in range(len(kinds) - 1, -1, -1):
        found[k] = latest.get(kinds[k], -1)
        latest[kinds[k]] = k
    return found
