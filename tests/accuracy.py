"""Accuracy over all gold at hand: the gate's figures, their floors, and the README's table.

    python -m tests.accuracy                      print the figures
    python -m tests.accuracy --write README.md    write the table between the README's markers
    python -m tests.accuracy --lower-floors       set the floors to today's figures, also where that lowers them
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from policy_commitments.pipeline.batch import Options, run
from policy_commitments.pipeline.evaluation.compare import MEASURES, Scores
from policy_commitments.pipeline.evaluation.run import evaluate
from tests.gold_facts import unpacked

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
FLOORS = Path(__file__).parent / "accuracy_floors.json"
SLACK = 0.005
_SCRATCH = tempfile.TemporaryDirectory()
_START, _END = "<!-- accuracy: start -->", "<!-- accuracy: end -->"


def sets() -> dict[str, tuple[list[Path], list[Path]]]:
    """Name of a set -> (documents, gold files); sets whose documents are not at hand are left out."""
    found = {"specimens": (sorted((ROOT / "corpus" / "documents").glob("*.txt")), sorted((ROOT / "corpus" / "gold").glob("*.json")))}
    gold = sorted((SHARED / "gold").glob("*.json"))
    if gold:
        found["real documents"] = (_documents(gold), gold)
    more = unpacked(Path(_SCRATCH.name))
    if more:
        found["further real documents"] = (_documents(more), more)
    return found


def _documents(gold: list[Path]) -> list[Path]:
    names = {json.loads(path.read_text(encoding="utf-8"))["source_name"] for path in gold}
    folders = (SHARED / "seeds", SHARED / "real")
    return [path for folder in folders for path in sorted(folder.iterdir()) if path.name in names]


def measure(documents: list[Path], gold: list[Path]) -> Scores:
    """Run the documents into a throw-away dataset and score it."""
    with tempfile.TemporaryDirectory() as folder:
        run([str(path) for path in documents], Path(folder), Options(jobs=1))
        return evaluate(Path(folder), gold)


def figures(scores: Scores) -> dict[str, float]:
    """F1 per measure, and shares of right metadata and grounded quotes."""
    known = scores.metadata.tp + scores.metadata.fn
    return {
        **{name: round(scores.counts[name].f1, 4) for name in MEASURES},
        "metadata": round(scores.metadata.tp / known, 4) if known else 0.0,
        "grounded": round(scores.grounded[0] / max(scores.grounded[1], 1), 4),
    }


def digest(gold: list[Path]) -> str:
    """Twelve hex digits over the gold files' bytes."""
    whole = hashlib.sha256(b"".join(path.read_bytes() for path in gold))
    return whole.hexdigest()[:12]


def table(results: dict[str, tuple[dict[str, float], list[Path], Scores]]) -> Iterator[str]:
    """Lines of the README's table."""
    yield "| measure | " + " | ".join(results) + " |"
    yield "| --- |" + " --- |" * len(results)
    for name in (*MEASURES, "metadata", "grounded"):
        cells = []
        for shown, _, scores in results.values():
            count = scores.counts.get(name)
            of = f" ({count.tp + count.fn} rows)" if count is not None else ""
            cells.append(f"{shown[name]:.3f}{of}")
        yield f"| {name} | " + " | ".join(cells) + " |"
    yield ""
    golds = "; ".join(f"{name}: {len(gold)} documents, digest `{digest(gold)}`" for name, (_, gold, _) in results.items())
    yield f"F1 (metadata, grounded: share right). Gold: {golds}. Written by `make accuracy` on {date.today().isoformat()}."


def main() -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--lower-floors", action="store_true")
    options = parser.parse_args()
    results: dict[str, tuple[dict[str, float], list[Path], Scores]] = {}
    for name, (documents, gold) in sets().items():
        scores = measure(documents, gold)
        results[name] = (figures(scores), gold, scores)
    lines = list(table(results))
    print("\n".join(lines))
    if options.write is not None:
        _write_between(options.write, lines)
    if options.lower_floors:
        floors: dict[str, Any] = {n: {"digest": digest(gold), "floors": f} for n, (f, gold, _) in results.items()}
        FLOORS.write_text(json.dumps(floors, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _write_between(path: Path, lines: list[str]) -> None:
    text = path.read_text(encoding="utf-8")
    head, _, rest = text.partition(_START)
    _, _, tail = rest.partition(_END)
    path.write_text("\n".join([head + _START, *lines, _END + tail]), encoding="utf-8")


if __name__ == "__main__":
    main()
