"""What a run says while it works: a bar on a terminal, plain lines elsewhere, JSON lines for a log, or nothing."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TextIO

import orjson

from policy_commitments.pipeline.batch import Progress

_EVERY = 5.0  # seconds between lines
Report = Callable[[Progress], None]


@contextmanager
def reporting(quiet: bool, json_log: bool, stream: TextIO | None = None) -> Iterator[Report | None]:
    """A function to call with the counts after each document; None where nothing is wanted."""
    file = stream or sys.stderr
    if json_log:
        yield _spaced(file, _json_line)
    elif quiet:
        yield None
    elif file.isatty():
        with _bar() as report:
            yield report
    else:
        yield _spaced(file, _plain_line)


def _spaced(file: TextIO, line: Callable[[Progress], str]) -> Report:
    """At most one line in five seconds, and one for the last document."""
    last = time.monotonic()

    def report(progress: Progress) -> None:
        nonlocal last
        if time.monotonic() - last >= _EVERY or progress.left == 0:
            last = time.monotonic()
            print(line(progress), file=file, flush=True)

    return report


def _plain_line(progress: Progress) -> str:
    counts = f"{progress.done} documents done, {progress.rate:.1f}/s, {progress.quarantined} quarantined"
    return f"{counts}, {_time(progress.seconds_left)} left" if progress.left else counts


def _json_line(progress: Progress) -> str:
    row = {
        "event": "progress",
        "done": progress.done,
        "skipped": progress.skipped,
        "quarantined": progress.quarantined,
        "left": progress.left,
        "documents_per_second": round(progress.rate, 3),
        "seconds": round(progress.seconds, 3),
    }
    return orjson.dumps(row).decode()


def _time(seconds: float) -> str:
    return str(timedelta(seconds=round(seconds)))


@contextmanager
def _bar() -> Iterator[Report]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def report(progress: Progress) -> None:
            told = f"{progress.rate:.1f}/s, {progress.quarantined} quarantined"
            handled = progress.done + progress.quarantined + progress.skipped
            bar.update(task, completed=handled, total=handled + progress.left, description=told)

        yield report
