"""Records of the rules on judged rows: `schemas/vocab/rule_reliability.yml`, and how well confidence sorts out errors.

    python -m tests.reliability            the reliability table, and how it holds on documents that were not counted
    python -m tests.reliability --write    count again over all gold at hand
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import orjson

from policy_commitments.pipeline.evaluation.compare import Scores, compare_document
from policy_commitments.pipeline.evaluation.run import reliability_lines
from policy_commitments.pipeline.flow import process
from policy_commitments.pipeline.read import read_bytes
from policy_commitments.pipeline.resolve import confidence
from policy_commitments.schemas.mentions import QuantityMention
from tests.accuracy import sets

FILE = Path(__file__).parent.parent / "schemas" / "vocab" / "rule_reliability.yml"
HEADER = """# How often the rules were right on rows that were judged: what `confidence` is computed from.
#
# id      a rule of extraction, `doubt.…` for what is doubtful about a row, `all` for every row
# right   judged rows in which every field of the strict measure was right
# judged  judged rows; rules that were seen less than three times are left out
#
# Written by `python -m tests.reliability --write` over the gold at hand.

"""
LEAST = 3
_LOWEST = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """One target that was compared with gold: document, rule, doubts, and whether it is right."""

    document: str
    rule: str
    doubts: tuple[str, ...]
    ambiguity: int
    right: bool


def judged() -> Iterator[Judged]:
    """Every target found in the documents with gold; its mention is known by the code that stands in for its confidence."""
    mentions: list[QuantityMention] = []

    def coded(mention: QuantityMention) -> float:
        mentions.append(mention)
        return float(len(mentions))

    with mock.patch("policy_commitments.pipeline.resolve.quantities.confidence_of", coded):
        for documents, gold in sets().values():
            for path in gold:
                del mentions[:]
                scores = _compared(json.loads(path.read_text(encoding="utf-8")), documents)
                for _, code, right in scores.judged:
                    mention = mentions[round(code) - 1]
                    yield Judged(path.name, mention.rule, confidence.doubts_of(mention), mention.ambiguity, right)


def _compared(gold: dict[str, Any], documents: Sequence[Path]) -> Scores:
    """The gold's document, run in this process."""
    (path,) = (one for one in documents if one.name == gold["source_name"])
    result = process(read_bytes(path.read_bytes(), path.name))
    tables: dict[str, list[dict[str, Any]]] = {"documents": _plain([result.document])}
    for name in ("items", "targets", "milestones", "responsibilities"):
        tables[name] = _plain(getattr(result, name))
    scores = Scores()
    compare_document(gold, result.text, tables, scores)
    return scores


def _plain(rows: Sequence[Any]) -> list[dict[str, Any]]:
    plain: list[dict[str, Any]] = orjson.loads(orjson.dumps([asdict(row) for row in rows]))
    return plain


def counted(rows: Sequence[Judged]) -> dict[str, tuple[int, int]]:
    """id -> (right, judged)."""
    right: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for row in rows:
        for name in ("all", confidence.family_of(row.rule), row.rule, *row.doubts):
            every[name] += 1
            right[name] += row.right
    return {name: (right[name], every[name]) for name in sorted(every) if every[name] >= LEAST}


def table(rows: Sequence[Judged], records: dict[str, tuple[int, int]]) -> Scores:
    """The rows with the confidence that these records give them."""
    scores = Scores()
    for row in rows:
        value = confidence.combined(row.rule, row.doubts, row.ambiguity, records)
        scores.judged.append((row.rule, value, row.right))
    return scores


def lowest(scores: Scores) -> float:
    """Share of all errors in the tenth with the lowest confidence."""
    rows = sorted((value, right) for _, value, right in scores.judged)
    errors = sum(not right for _, right in rows)
    return sum(not right for _, right in rows[: len(rows) // _LOWEST]) / errors if errors else 0.0


def held_out(rows: Sequence[Judged], folds: int = 5) -> Scores:
    """Each document's rows with records counted over the other documents."""
    names = sorted({row.document for row in rows})
    scores = Scores()
    for fold in range(folds):
        out = set(names[fold::folds])
        records = counted([row for row in rows if row.document not in out])
        scores.judged += table([row for row in rows if row.document in out], records).judged
    return scores


def main() -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rows = list(judged())
    records = counted(rows)
    if options.write:
        lines = [f"- {{id: {name}, right: {right}, judged: {every}}}" for name, (right, every) in records.items()]
        FILE.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    for title, scores in (("counted on these rows", table(rows, records)), ("counted on other documents", held_out(rows))):
        print(f"{title}: the lowest tenth holds {lowest(scores):.0%} of the errors")
        print("\n".join(reliability_lines(scores)))


if __name__ == "__main__":
    main()
