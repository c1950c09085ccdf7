"""Draws pairs for `pairs.yml` from a dataset: wordings that the registry lacks, nearest to the decision threshold.

    python -m tests.alignment.draw DATASET -n 110 > drawn.yml

Only the wordings are printed, no scores and no sentences: the pairs are labelled before anything is scored.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

import orjson

from policy_commitments.pipeline.alignment.phrase import read_phrase
from policy_commitments.pipeline.alignment.score import SAME, judge
from policy_commitments.pipeline.resolve.wording import read_wording

_PER_WORDING = 4


class Seen(NamedTuple):
    """One wording of one block."""

    wording: str
    bare: str
    unit: str | None
    per: str | None


def wordings(datasets: list[Path]) -> dict[tuple[str, str], dict[str, Seen]]:
    """(dimension, denominator) -> one wording per normalised key, of targets without registry id."""
    blocks: dict[tuple[str, str], dict[str, Seen]] = defaultdict(dict)
    for path in sorted(path / "targets.jsonl" for path in datasets):
        for line in path.read_bytes().splitlines():
            row = orjson.loads(line)
            if row["indicator_id"] is None and row["kind"] not in ("money", "quota"):
                bare = read_wording(row["indicator"], row["per"]).bare
                block = (row["dimension"] or "", row["per"] or "")
                if 4 <= len(bare) <= 40:
                    blocks[block].setdefault(bare, Seen(row["indicator"], bare, row["unit"], row["per"]))
    return blocks


def nearest(datasets: list[Path], count: int) -> list[tuple[Seen, Seen]]:
    """The `count` pairs whose score is nearest to the threshold, few of them per wording."""
    pairs = []
    for block in wordings(datasets).values():
        for one, other in itertools.combinations(sorted(block.values(), key=lambda seen: seen.bare), 2):
            score = judge(read_phrase(one.bare), read_phrase(other.bare)).score
            pairs.append((abs(score - SAME), one, other))
    used: Counter[str] = Counter()
    chosen = []
    for _, one, other in sorted(pairs, key=lambda pair: (pair[0], pair[1].bare, pair[2].bare)):
        if len(chosen) < count and max(used[one.bare], used[other.bare]) < _PER_WORDING:
            used.update([one.bare, other.bare])
            chosen.append((one, other))
    return sorted(chosen, key=lambda pair: (pair[0].bare, pair[1].bare))


def main() -> None:
    """Print unlabelled pairs as YAML."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("datasets", nargs="+", type=Path)
    parser.add_argument("-n", type=int, default=110)
    options = parser.parse_args()
    for one, other in nearest(options.datasets, options.n):
        per = f", per: {one.per}" if one.per else ""
        line = f"- {{a: {one.wording}, b: {other.wording}, unit: {one.unit or 'none'}{per}, label: ?, source: drawn}}"
        sys.stdout.write(line.replace("unit: %", 'unit: "%"') + "\n")


if __name__ == "__main__":
    main()
