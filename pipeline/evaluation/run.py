"""`commitments evaluate`: a dataset folder against gold files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson

from policy_commitments.pipeline.dataset import Dataset
from policy_commitments.pipeline.evaluation.compare import MEASURES, Scores, compare_document, count_missing

_TENTHS = 10
_TABLES = ("documents", "items", "targets", "milestones", "responsibilities")


def evaluate(dataset: Path, gold_files: Iterable[Path]) -> Scores:
    """Scores of the tables in `dataset`; a gold document is found by its `source_name`. Raises NoDatasetError."""
    opened = Dataset.open(dataset)
    by_document: dict[str, dict[str, list[dict[str, Any]]]] = {}
    names: dict[str, str] = {}
    for table in _TABLES:
        for row in opened.rows(table):
            by_document.setdefault(row["doc_id"], {name: [] for name in _TABLES})[table].append(row)
            if table == "documents":
                names.setdefault(row["source_name"], row["doc_id"])
    scores = Scores()
    for path in sorted(gold_files):
        gold = orjson.loads(path.read_bytes())
        doc_id = names.get(gold["source_name"])
        if doc_id is None:
            count_missing(gold, scores)
            continue
        text = opened.text(doc_id)
        compare_document(gold, text, by_document[doc_id], scores)
    return scores


def score_lines(scores: Scores) -> list[str]:
    """The figures as printed: one line per measure, metadata, fields, grounding."""
    lines = []
    for name in MEASURES:
        count = scores.counts[name]
        figures = f"P {count.precision:.3f} R {count.recall:.3f} F1 {count.f1:.3f}"
        lines.append(f"{name:15s} {figures}  (tp {count.tp} fp {count.fp} fn {count.fn})")
    known = scores.metadata.tp + scores.metadata.fn
    lines.append(f"{'metadata':15s} {scores.metadata.tp}/{known}")
    lines.append(f"{'fields':15s} " + "  ".join(f"{name} {a}/{b}" for name, (a, b) in scores.fields.items()))
    lines.append(f"{'grounded':15s} {scores.grounded[0]}/{scores.grounded[1]}")
    return lines + reliability_lines(scores)


def reliability_lines(scores: Scores) -> list[str]:
    """Tenths of the judged targets by confidence, least confident first: what they claim, and the share that is right."""
    rows = sorted((confidence, right) for _, confidence, right in scores.judged)
    errors = sum(not right for _, right in rows)
    if len(rows) < _TENTHS:
        return []
    lines = [f"{'confidence':15s} targets claimed right errors"]
    for k in range(_TENTHS):
        part = rows[k * len(rows) // _TENTHS : (k + 1) * len(rows) // _TENTHS]
        right = sum(one for _, one in part)
        claimed = sum(confidence for confidence, _ in part) / len(part)
        share = (len(part) - right) / errors if errors else 0.0
        lines.append(f"{'':4s}tenth {k + 1:<5d} {len(part):7d} {claimed:7.2f} {right / len(part):5.2f} {share:5.0%}")
    return lines
