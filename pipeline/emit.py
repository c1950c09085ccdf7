"""Emit: what a run leaves in its folder besides the Parquet tables."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from policy_commitments.pipeline.datapackage import write_datapackage
from policy_commitments.pipeline.identity import extractor_version
from policy_commitments.pipeline.index import Index
from policy_commitments.pipeline.merge import merge, write_jsonl
from policy_commitments.schemas.columns import TABLES

JSONL_LIMIT = 100_000


def emit(output: Path, index: Index, formats: tuple[str, ...], seconds: float) -> int:
    """Merge pending shards and write JSONL, errors, run report and data package; returns the number of documents."""
    paths: dict[str, list[str]] = {}
    for path, digest in index.paths():
        paths.setdefault(digest, []).append(path)
    merge(output, output / ".state", paths)
    index.merged()
    if "jsonl" in formats and len(paths) <= JSONL_LIMIT:
        for table in TABLES:
            write_jsonl(output / f"{table}.jsonl", output / f"{table}.parquet")
        write_jsonl(output / "problems.jsonl", output / ".state" / "problems.parquet")
    _write_lines(output / "errors.jsonl", [orjson.dumps(failure) for failure in index.failures()])
    write_datapackage(output)
    _write_run_report(output, index, seconds)
    return len(paths)


def _write_lines(path: Path, lines: list[bytes]) -> None:
    aside = path.with_suffix(".part")
    aside.write_bytes(b"".join(line + b"\n" for line in lines))
    aside.replace(path)


def _write_run_report(output: Path, index: Index, seconds: float) -> None:
    totals: dict[str, Counter[str]] = {"characters": Counter(), "numbers": Counter(), "problems": Counter()}
    chars = 0
    for stats in index.stats():
        chars += int(str(stats["chars"]))
        for name, counter in totals.items():
            found = stats[name]
            counter.update(found if isinstance(found, dict) else {})
    report: dict[str, Any] = {
        "extractor_version": extractor_version(),
        "pyarrow_version": pa.__version__,
        "rows": {table: pq.read_metadata(output / f"{table}.parquet").num_rows for table in TABLES},
        "quarantined": sum(1 for _ in index.failures()),
        "chars": chars,
        "characters": dict(sorted(totals["characters"].items())),
        "unplaced_share": round(totals["characters"]["unplaced"] / chars, 6) if chars else 0.0,
        "numbers": dict(sorted(totals["numbers"].items())),
        "problems": dict(sorted(totals["problems"].items())),
        "seconds": round(seconds, 3),
    }
    _write_lines(output / "run.json", [orjson.dumps(report, option=orjson.OPT_INDENT_2)])
