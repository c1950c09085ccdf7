"""Emit: the next dataset with everything that stands beside its tables, made aside and then moved into place."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from policy_commitments.pipeline import layout
from policy_commitments.pipeline.identity import extractor_version
from policy_commitments.pipeline.index import Index
from policy_commitments.pipeline.layout import BUCKETS, RAW, place
from policy_commitments.pipeline.merge import finish, merge, new_folder, ready
from policy_commitments.schemas.columns import TABLES

if TYPE_CHECKING:
    from policy_commitments.pipeline.making import Making

_SORTED_AT_ONCE = 8_000  # documents


def emit(output: Path, index: Index, formats: tuple[str, ...], seconds: float, jobs: int = 1) -> int:
    """Write the dataset that the index stands for, if it is not there already; returns the number of documents.

    Nothing changed, no changes; but those of a run that was killed at its very end are those of the next.
    """
    state, documents = output / ".state", index.count()
    wanted = f"{index.meta('changes')} {extractor_version()} {','.join(formats)} {_arrow()}"
    if index.meta("written") == wanted and all(place(output, table).exists() for table in (RAW, *TABLES)):
        if index.meta("ended") == "yes":
            (output / "changes.jsonl").write_bytes(b"")
        return documents
    from policy_commitments.pipeline.datapackage import write_datapackage

    making = _plan(output, index, documents, "jsonl" in formats)
    merge(making, index, jobs)
    _write_lines(making.aside / "errors.jsonl", map(orjson.dumps, index.failures()))
    write_datapackage(making)
    _write_run_report(making, index, seconds)
    ready(making, state, wanted)
    finish(output, state, index)
    if not making.lines:
        for table in (*TABLES, "problems"):
            (output / f"{table}.jsonl").unlink(missing_ok=True)
    return documents


@cache
def _arrow() -> str:
    """Version of pyarrow, without importing it: a run that finds nothing to do needs it for nothing else."""
    return version("pyarrow")


def _plan(output: Path, index: Index, documents: int, lines: bool) -> Making:
    """A large dataset lies in buckets, of which those without news stay as they are, and has no JSON Lines."""
    from policy_commitments.pipeline.making import SIXTEEN, WHOLE, Making

    previous = index.meta("other_columns") != "yes"
    buckets: tuple[str, ...] | None = None
    if documents > layout.BUCKETED_ABOVE:
        same_writer = (index.meta("written") or "").endswith(f" {_arrow()}")
        stays = previous and same_writer and all(place(output, table).is_dir() for table in (RAW, *TABLES, layout.TEXTS))
        buckets = tuple(sorted(index.touched())) if stays else BUCKETS
    aside = new_folder(output / ".state")
    sorted_anew = documents if buckets is None else documents * len(buckets) // len(BUCKETS)
    slices = SIXTEEN if sorted_anew > _SORTED_AT_ONCE else WHOLE
    return Making(output, aside, tuple(index.pending()), previous, buckets, lines and buckets is None, slices)


def _write_lines(path: Path, lines: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        file.writelines(line + b"\n" for line in lines)


def _write_run_report(making: Making, index: Index, seconds: float) -> None:
    import pyarrow.parquet as pq

    totals = index.totals()
    report: dict[str, Any] = {
        "extractor_version": extractor_version(),
        "pyarrow_version": _arrow(),
        "rows": {table: sum(pq.read_metadata(path).num_rows for path in making.files(table)) for table in TABLES},
        "quarantined": sum(1 for _ in index.failures()),
        "chars": totals.chars,
        "characters": dict(sorted(totals.counts["characters"].items())),
        "unplaced_share": round(totals.counts["characters"].get("unplaced", 0) / totals.chars, 6) if totals.chars else 0.0,
        "numbers": dict(sorted(totals.counts["numbers"].items())),
        "problems": dict(sorted(totals.counts["problems"].items())),
        "seconds": round(seconds, 3),
    }
    _write_lines(making.aside / "run.json", [orjson.dumps(report, option=orjson.OPT_INDENT_2)])
