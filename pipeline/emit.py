"""Emit: the next dataset with everything that stands beside its tables, made aside and then moved into place."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from policy_commitments.pipeline.changes import write_changes
from policy_commitments.pipeline.datapackage import write_datapackage
from policy_commitments.pipeline.identity import extractor_version
from policy_commitments.pipeline.index import Index
from policy_commitments.pipeline.merge import finish, merge, ready, write_jsonl
from policy_commitments.schemas.columns import TABLES

JSONL_LIMIT = 100_000


def emit(output: Path, index: Index, formats: tuple[str, ...], seconds: float) -> int:
    """Write the dataset that the index stands for, if it is not there already; returns the number of documents.

    Nothing changed, no changes; but those of a run that was killed at its very end are those of the next.
    """
    state = output / ".state"
    paths: dict[str, list[str]] = {}
    for path, digest in index.paths():
        paths.setdefault(digest, []).append(path)
    wanted = f"{index.meta('changes')} {extractor_version()} {','.join(formats)} {pa.__version__}"
    if index.meta("written") == wanted and all((output / f"{table}.parquet").exists() for table in TABLES):
        if index.meta("ended") == "yes":
            (output / "changes.jsonl").write_bytes(b"")
        return len(paths)
    aside = merge(output, state, paths, index.pending(), previous=index.meta("other_columns") != "yes")
    lines = "jsonl" in formats and len(paths) <= JSONL_LIMIT
    if lines:
        for table in TABLES:
            write_jsonl(aside / f"{table}.jsonl", aside / f"{table}.parquet")
        write_jsonl(aside / "problems.jsonl", aside / "problems.parquet")
    write_changes(aside / "changes.jsonl", output / "commitments.parquet", aside / "commitments.parquet")
    _write_lines(aside / "errors.jsonl", [orjson.dumps(failure) for failure in index.failures()])
    write_datapackage(aside)
    _write_run_report(aside, index, seconds)
    ready(aside, wanted)
    finish(output, state, index)
    if not lines:
        for table in (*TABLES, "problems"):
            (output / f"{table}.jsonl").unlink(missing_ok=True)
    return len(paths)


def _write_lines(path: Path, lines: list[bytes]) -> None:
    path.write_bytes(b"".join(line + b"\n" for line in lines))


def _write_run_report(folder: Path, index: Index, seconds: float) -> None:
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
        "rows": {table: pq.read_metadata(folder / f"{table}.parquet").num_rows for table in TABLES},
        "quarantined": sum(1 for _ in index.failures()),
        "chars": chars,
        "characters": dict(sorted(totals["characters"].items())),
        "unplaced_share": round(totals["characters"]["unplaced"] / chars, 6) if chars else 0.0,
        "numbers": dict(sorted(totals["numbers"].items())),
        "problems": dict(sorted(totals["problems"].items())),
        "seconds": round(seconds, 3),
    }
    _write_lines(folder / "run.json", [orjson.dumps(report, option=orjson.OPT_INDENT_2)])
