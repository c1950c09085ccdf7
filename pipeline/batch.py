"""Many documents: discover, skip what is unchanged, run in waves, quarantine, merge. Memory holds one wave."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from policy_commitments.pipeline.corrected_rows import apply_corrections
from policy_commitments.pipeline.corrections import Corrections, read_corrections, unfit_lines, write_unfit
from policy_commitments.pipeline.discover import Job, discover
from policy_commitments.pipeline.emit import emit
from policy_commitments.pipeline.engines.local import Outcome, default_jobs, run_wave
from policy_commitments.pipeline.identity import extractor_version
from policy_commitments.pipeline.index import Index
from policy_commitments.pipeline.merge import finish
from policy_commitments.pipeline.result import DocumentResult
from policy_commitments.pipeline.shards import write_shard
from policy_commitments.pipeline.work import work

WAVE = 256


@dataclass(slots=True)
class Progress:
    """Counts of one run; `seconds` is the wall time of reading and extraction."""

    done: int = 0
    skipped: int = 0
    quarantined: int = 0
    documents: int = 0
    seconds: float = 0.0
    failures: list[str] = field(default_factory=list)
    unfit: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Options:
    """How to run: `jobs` workers (0: as many as processors), `timeout` seconds per document."""

    jobs: int = 0
    timeout: float = 600.0
    fresh: bool = False
    prune: bool = False
    formats: tuple[str, ...] = ("jsonl",)
    corrections: Path | None = None


def run(
    sources: Sequence[str], output: Path, options: Options, report: Callable[[Progress], None] | None = None
) -> Progress:
    """Turn `sources` into the dataset at `output`; raises UsageError for sources that are not there, CorrectionsError."""
    corrections = read_corrections(options.corrections) if options.corrections is not None else Corrections()
    state = output / ".state"
    (state / "shards").mkdir(parents=True, exist_ok=True)
    finish(output, state)
    progress, started = Progress(), time.monotonic()
    with Index(state / "index.sqlite") as index:
        if options.fresh:
            index.forget(list(index.known_paths()))
        seen: set[str] = set()
        for wave in _waves(_wanted(discover(sources), index, progress, seen, corrections), WAVE):
            _run_wave(wave, index, state / "shards", options, progress, corrections)
            progress.seconds = time.monotonic() - started
            if report is not None:
                report(progress)
        if options.prune or options.fresh:
            index.forget([path for path in index.known_paths() if path not in seen])
        progress.seconds = time.monotonic() - started
        progress.documents = emit(output, index, options.formats, progress.seconds)
        progress.failures = [f"{f.source}: {f.message} ({f.code}); {f.remedy}" for f in index.failures()]
        progress.quarantined = len(progress.failures)
        unfit = unfit_lines(corrections, (_outcome(stats) for stats in index.stats()))
        write_unfit(output / "corrections_unfit.jsonl", unfit)
        progress.unfit = [f"{one['document']}: {one['action']} {one['field']} “{one['quote']}”: {one['reason']}" for one in unfit]
    return progress


def _version(corrections: Corrections) -> str:
    """A changed file of corrections does documents again, as a changed rule does."""
    return f"{extractor_version()}+{corrections.digest}" if corrections.digest else extractor_version()


def _outcome(stats: dict[str, object]) -> dict[str, str]:
    found = stats.get("corrections")
    return found if isinstance(found, dict) else {}


def _wanted(
    jobs: Iterable[Job], index: Index, progress: Progress, seen: set[str], corrections: Corrections
) -> Iterator[Job]:
    version = _version(corrections)
    for job in jobs:
        seen.add(job.stamp.source_path)
        if index.is_done(job.stamp, version):
            progress.skipped += 1
        else:
            yield job


def _waves(jobs: Iterator[Job], size: int) -> Iterator[list[Job]]:
    while wave := list(islice(jobs, size)):
        yield wave


def _run_wave(
    wave: list[Job], index: Index, folder: Path, options: Options, progress: Progress, corrections: Corrections
) -> None:
    version, results, done, failed = _version(corrections), dict[str, DocumentResult](), [], []
    for job, outcome in run_wave(work, wave, options.jobs or default_jobs(), options.timeout):
        if isinstance(outcome, DocumentResult):
            digest = outcome.document.source_sha256
            result, fitted = apply_corrections(outcome, corrections)
            results.setdefault(digest, result)
            done.append((job.stamp, digest, _stats(result) | {"corrections": fitted}))
        else:
            failed.append((job.stamp, outcome))
    shard = index.next_shard()
    write_shard(folder, shard, list(results.values()))
    index.add(shard, version, done, failed)
    progress.done += len(done)
    progress.quarantined += len(failed)


def _stats(result: DocumentResult) -> dict[str, object]:
    problems: dict[str, int] = {}
    for problem in result.problems:
        problems[problem.code] = problems.get(problem.code, 0) + 1
    return {"characters": result.characters, "numbers": result.numbers, "problems": problems, "chars": len(result.text)}


__all__ = ["Options", "Outcome", "Progress", "run"]
