"""Blocks: what may be compared at all. 增长6% and 达到300亿元 of one indicator, 5张 and 每千人口5张 are never one row."""

from __future__ import annotations

from typing import NamedTuple

from policy_commitments.pipeline.resolve.wording import canonical_per


class Block(NamedTuple):
    """Dimension, denominator and form (state, new, cumulative, growth); only within a block are wordings compared."""

    dimension: str
    per: str
    form: str


class Key(NamedTuple):
    """One normalised wording in its block: the unit of alignment."""

    indicator_key: str
    block: Block


def form_of(kind: str, basis: str | None) -> str:
    """Growth, additions and sums over years are not the state that a level, a quota or a share describes."""
    if kind == "rate_of_change":
        return "growth"
    return basis if basis in ("new", "cumulative") else "state"


def block_of(indicator_key: str, dimension: str | None, per: str | None, kind: str, basis: str | None) -> Block:
    """Block of a target by its columns; a 年 that its key does not hold (年均浓度, yearly growth) is no denominator."""
    denominator = canonical_per(per) or ""
    return Block(dimension or "", denominator if indicator_key.startswith("每") else "", form_of(kind, basis))
