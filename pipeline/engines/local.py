"""Local engine: documents in worker processes (pebble), so that a crash, a hang or a memory hog costs one document."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, TimeoutError
from multiprocessing import get_context
from typing import TypeVar

from policy_commitments.pipeline.discover import Job
from policy_commitments.pipeline.result import DocumentResult, Failure

Outcome = DocumentResult | Failure
_T = TypeVar("_T")


def default_jobs() -> int:
    """Number of workers where the user names none: the processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_wave(
    work: Callable[[Job], Outcome], jobs: Sequence[Job], workers: int, timeout: float
) -> Iterator[tuple[Job, Outcome]]:
    """Outcomes in the order of `jobs`; `timeout` is seconds per document. One worker runs in this process."""
    if workers <= 1 or len(jobs) == 1:
        for job in jobs:
            yield job, work(job)
        return
    from pebble import ProcessPool

    with ProcessPool(max_workers=min(workers, len(jobs)), context=get_context("spawn")) as pool:
        outcomes = pool.map(work, jobs, timeout=timeout, chunksize=1).result()
        for job in jobs:
            yield job, _next(outcomes, job, timeout)


def _next(outcomes: Iterator[Outcome], job: Job, timeout: float) -> Outcome:
    try:
        return next(outcomes)
    except TimeoutError:
        message, code = f"took more than {timeout:.0f} s", "timeout"
    except (CancelledError, OSError, RuntimeError) as error:
        message, code = f"the worker died: {error}", "worker_died"
    except MemoryError:
        message, code = "ran out of memory", "memory"
    remedy = "run it alone with --jobs 1 to see more, or raise --timeout"
    return Failure(job.stamp.source_path, "read", code, message, remedy)
