"""Many documents: discover, skip what is unchanged, run in waves, quarantine, merge. Memory holds one wave."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import orjson

from policy_commitments.pipeline.corrections import Corrections, read_corrections, unfit_lines, write_unfit
from policy_commitments.pipeline.discover import Job
from policy_commitments.pipeline.emit import emit
from policy_commitments.pipeline.engines.local import LocalEngine, default_jobs
from policy_commitments.pipeline.engines.task import Done, Outcome, Task
from policy_commitments.pipeline.index import Entry, Index, Stamp
from policy_commitments.pipeline.lock import LockedError, locked
from policy_commitments.pipeline.merge import finish
from policy_commitments.pipeline.result import Failure
from policy_commitments.pipeline.selection import Selection, job_version, select, stale_copies

WAVE = 512
LONGEST_WAVE = 60.0
_MUCH = 10


@dataclass(slots=True)
class Progress:
    """Counts of one run; `seconds` is the wall time of reading and extraction, `notes` are messages for the user.

    `total` is the number of documents in the sources, counted only where somebody listens.
    """

    done: int = 0
    skipped: int = 0
    quarantined: int = 0
    documents: int = 0
    total: int = 0
    seconds: float = 0.0
    failures: list[str] = field(default_factory=list)
    unfit: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def left(self) -> int:
        """Documents still to do."""
        return max(0, self.total - self.done - self.skipped - self.quarantined)

    @property
    def rate(self) -> float:
        """Documents per second."""
        return (self.done + self.quarantined) / self.seconds if self.seconds else 0.0

    @property
    def seconds_left(self) -> float:
        """Expected time for what is left, at the pace so far."""
        return self.left / self.rate if self.rate else 0.0


@dataclass(frozen=True, slots=True)
class Options:
    """How to run: `jobs` workers (0: as many as processors), `timeout` seconds per document (0: none).

    `memory` is what a worker may hold in MiB (0: no limit), `shard` (i, n) takes the i-th of n parts of the documents,
    `wait` is for how many seconds to wait for another run on the same folder, `scheduler` an address of Dask, `slurm` the
    number of jobs to ask of SLURM.
    """

    jobs: int = 0
    timeout: float = 600.0
    fresh: bool = False
    prune: bool = False
    formats: tuple[str, ...] = ("jsonl",)
    corrections: Path | None = None
    vocab: Path | None = None
    memory: int = 4096
    verify: bool = False
    shard: tuple[int, int] = (1, 1)
    wait: float = 0.0
    engine: str = "local"
    scheduler: str | None = None
    slurm: int = 0


class OutputError(Exception):
    """The output folder cannot be written, is in use, or holds another kind of dataset; the message says what helps."""


Report = Callable[[Progress], None]


def run(
    sources: Sequence[str],
    output: Path,
    options: Options,
    report: Report | None = None,
    function: Callable[[Job], Outcome] | None = None,
) -> Progress:
    """Turn `sources` into the dataset at `output`; raises UsageError (sources), CorrectionsError, OutputError.

    `report` is called after each document; `function` stands in for the per-document function (tests of the engines).
    """
    state = output / ".state"
    try:
        (state / "shards").mkdir(parents=True, exist_ok=True)
        with locked(state, options.wait), Index(state / "index.sqlite") as index:
            return _Run(sources, output, options, index, report, function).carry_out()
    except LockedError as error:
        raise OutputError(str(error)) from error
    except (OSError, sqlite3.OperationalError) as error:
        raise OutputError(
            f"{output}: cannot be written ({error}); free space there or give another folder with -o. "
            "The dataset that stood there is as it was, and what is done is kept for the next run"
        ) from error


class Engine(Protocol):
    """Where documents are done: opened with `with`."""

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...

    def outcomes(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Done]]:
        """What came of each job, in their order."""

    def start(self, write: Callable[[], None]) -> Callable[[], None]:
        """Begin to write; the call that is returned waits for it."""


class _Run:
    """One run: what it was asked for and what it has done so far."""

    def __init__(
        self,
        sources: Sequence[str],
        output: Path,
        options: Options,
        index: Index,
        report: Report | None,
        function: Callable[[Job], Outcome] | None,
    ) -> None:
        self.output, self.options, self.index, self.report = output, options, index, report
        self.shards = output / ".state" / "shards"
        where = options.corrections
        self.corrections = read_corrections(where) if where is not None else Corrections()
        self.selection = Selection(sources, options.shard, options.verify, self.corrections.digest, options.vocab)
        self.task = Task(_text(options.vocab), options.memory, _text(where), function)
        self.jobs = options.jobs or default_jobs()
        self.shard = index.next_shard()
        self.progress, self.started, self.work = Progress(), time.monotonic(), 0.0

    def carry_out(self) -> Progress:
        """The whole run, from discovery to the dataset."""
        progress, index = self.progress, self.index
        finish(self.output, self.output / ".state", index)
        progress.notes += self.selection.prepare(index, self.options.fresh)
        if self.report is not None:
            progress.total = sum(1 for _ in self.selection.jobs())
        self._process(select(self.selection, index, progress))
        if self.options.prune or self.options.fresh:
            index.forget_unseen()
        self._process(stale_copies(self.selection, index, self.output))
        progress.seconds = time.monotonic() - self.started
        progress.documents = emit(self.output, index, self.options.formats, progress.seconds, self.jobs)
        progress.failures = [f"{f.source}: {f.message} ({f.code}); {f.remedy}" for f in index.failures()]
        progress.quarantined = len(progress.failures)
        progress.notes += self.selection.mixture(index)
        self._report_unfit()
        self._note_figures()
        index.set_meta("ended", "yes")
        return progress

    def _note_figures(self) -> None:
        """For `commitments bench`: the figures of this run, unless a much larger one has left its own."""
        known = orjson.loads(self.index.meta("last_run") or "{}")
        if self.progress.done and self.progress.done * _MUCH >= known.get("documents", 0):
            wall = time.monotonic() - self.started
            figures = {"documents": self.progress.done, "work": self.work, "wall": wall, "jobs": self.jobs}
            self.index.set_meta("last_run", orjson.dumps(figures).decode())

    def _process(self, jobs: Iterable[Job]) -> None:
        """Do `jobs` wave by wave: while one is done, a worker writes the one before, which is then noted as done."""
        with self._engine() as engine:
            note: Callable[[], None] | None = None
            for wave in waves(self._counted(engine.outcomes(jobs))):
                started = self._record(wave, engine)
                if note is not None:
                    note()
                note = started
            if note is not None:
                note()

    def _counted(self, outcomes: Iterator[tuple[Job, Done]]) -> Iterator[tuple[Job, Done]]:
        for job, one in outcomes:
            if isinstance(one.outcome, Failure):
                self.progress.quarantined += 1
            else:
                self.progress.done += 1
            self.work += one.seconds
            self.progress.seconds = time.monotonic() - self.started
            if self.report is not None:
                self.report(self.progress)
            yield job, one

    def _engine(self) -> Engine:
        options = self.options
        if options.engine == "dask":
            from policy_commitments.pipeline.engines.dask import DaskEngine

            return DaskEngine(self.task, self.jobs, options.timeout, options.scheduler, options.slurm)
        return LocalEngine(self.task, self.jobs, options.timeout)

    def _record(self, wave: Sequence[tuple[Job, Done]], engine: Engine) -> Callable[[], None]:
        """Begin to write the wave's rows; the call that is returned notes them as done when they lie on disk.

        Copies of one document go to further shards of their own.
        """
        from policy_commitments.pipeline.shards import write_packed

        layers: list[dict[str, bytes]] = []
        done: list[tuple[int, Entry]] = []
        failed: list[tuple[Stamp, str, Failure]] = []
        for job, one in wave:
            version, outcome = job_version(job, self.selection.version), one.outcome
            if isinstance(outcome, Failure):
                failed.append((job.stamp, version, outcome))
                continue
            layer = sum(outcome.digest in known for known in layers)
            if layer == len(layers):
                layers.append({})
            layers[layer][outcome.digest] = outcome.rows
            done.append((self.shard + layer, Entry(job.stamp, outcome.digest, version, outcome.stats)))
        waits = [
            engine.start(partial(write_packed, self.shards, self.shard + layer, rows))
            for layer, rows in enumerate(layers)
        ]
        self.shard += len(layers)
        return partial(self._note, waits, done, failed)

    def _note(
        self,
        waits: Sequence[Callable[[], None]],
        done: Sequence[tuple[int, Entry]],
        failed: Sequence[tuple[Stamp, str, Failure]],
    ) -> None:
        for wait in waits:
            wait()
        self.index.add(done, failed)

    def _report_unfit(self) -> None:
        unfit = unfit_lines(self.corrections, (_outcome(stats) for stats in self.index.stats())) if self.corrections.all else []
        write_unfit(self.output / "corrections_unfit.jsonl", unfit)
        self.progress.unfit = [
            f"{one['document']}: {one['action']} {one['field']} “{one['quote']}”: {one['reason']}" for one in unfit
        ]


def _outcome(stats: dict[str, object]) -> dict[str, str]:
    found = stats.get("corrections")
    return found if isinstance(found, dict) else {}


def _text(path: Path | None) -> str | None:
    return None if path is None else str(path)


def waves(outcomes: Iterator[tuple[Job, Done]]) -> Iterator[list[tuple[Job, Done]]]:
    """WAVE documents, or those of LONGEST_WAVE seconds: what a kill costs, and what memory holds."""
    wave: list[tuple[Job, Done]] = []
    began = time.monotonic()
    for one in outcomes:
        wave.append(one)
        if len(wave) >= WAVE or time.monotonic() - began > LONGEST_WAVE:
            yield wave
            wave, began = [], time.monotonic()
    if wave:
        yield wave


__all__ = ["Options", "OutputError", "Progress", "run"]
