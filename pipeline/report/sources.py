"""Where a dataset's documents came from, so that its report can draw their pages: kept in `.state`, never in a table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import orjson

from policy_commitments.pipeline.discover import Job, UsageError, discover
from policy_commitments.pipeline.files import aside

_FILE = "sources.json"
_MOST = 50


def remember_sources(dataset: Path, sources: Sequence[str]) -> None:
    """Note the SOURCE arguments of a run, the latest run last; nothing is noted where the run left no state."""
    state = dataset / ".state"
    if state.is_dir():
        ours = [str(Path(source).absolute()) for source in sources]
        runs = [*(run for run in _runs(dataset) if run != ours), ours][-_MOST:]
        with aside(state / _FILE) as part:
            part.write_bytes(orjson.dumps(runs))


def find_originals(dataset: Path, sources: Sequence[str]) -> dict[str, Job]:
    """source_path -> job; without `sources` those of the dataset's own runs that are still there, the latest run's first.

    Raises UsageError where one of `sources` is not there.
    """
    if sources:
        return {job.stamp.source_path: job for job in discover(sources)}
    found: dict[str, Job] = {}
    for run in _runs(dataset):
        try:
            found.update({job.stamp.source_path: job for job in discover(run)})
        except (UsageError, OSError):
            continue
    return found


def _runs(dataset: Path) -> list[list[str]]:
    path = dataset / ".state" / _FILE
    return list(orjson.loads(path.read_bytes())) if path.exists() else []
