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


def block_of(dimension: str | None, per: str | None, kind: str, basis: str | None) -> Block:
    """Block of a target by its columns; the 年 of a yearly growth rate is no denominator."""
    form = form_of(kind, basis)
    denominator = canonical_per(per) or ""
    return Block(dimension or "", "" if form == "growth" and denominator == "年" else denominator, form)
