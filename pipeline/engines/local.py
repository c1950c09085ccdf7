"""Local engine: documents in worker processes (pebble), so that a crash, a hang or a memory hog costs one document."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future, TimeoutError
from itertools import chain, islice
from multiprocessing import get_context
from multiprocessing.context import BaseContext
from types import TracebackType
from typing import TYPE_CHECKING

from policy_commitments.pipeline.discover import Job
from policy_commitments.pipeline.engines.task import Done, Task, lost
from policy_commitments.pipeline.limits import start_method

if TYPE_CHECKING:
    from pebble import ProcessPool

_WINDOW = 64  # jobs under way per worker: enough to keep all busy behind one slow document, few enough for flat memory
_RECYCLE = 5_000  # documents after which a worker is replaced, so that no library's leak grows


def default_jobs() -> int:
    """Number of workers where the user names none: the processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class LocalEngine:
    """`workers` processes, started with the first document; `timeout` is seconds per document. Open with `with`."""

    def __init__(self, task: Task, workers: int, timeout: float) -> None:
        self.task, self.workers, self.timeout = task, workers, timeout
        self._pool: ProcessPool | None = None

    def __enter__(self) -> LocalEngine:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._pool is None:
            return
        if kind is None:
            self._pool.close()
        else:
            self._pool.stop()
        self._pool.join()

    def outcomes(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Done]]:
        """Outcomes in the order of `jobs`. Every document runs in a worker process."""
        stream = iter(jobs)
        first = list(islice(stream, self.workers))
        if not first:
            return
        from pebble import ProcessPool

        self._pool = pool = ProcessPool(max_workers=len(first), max_tasks=_RECYCLE, context=_context())
        under_way: deque[tuple[Job, Future[Done]]] = deque()
        for job in chain(first, stream):
            under_way.append((job, pool.schedule(self.task, args=(job,), timeout=self.timeout or None)))
            if len(under_way) >= _WINDOW * self.workers:
                yield _outcome(*under_way.popleft(), self.timeout, self.task.memory)
        while under_way:
            yield _outcome(*under_way.popleft(), self.timeout, self.task.memory)

    def start(self, write: Callable[[], None]) -> Callable[[], None]:
        """Let a worker `write`; the call that is returned waits for it. Where the worker dies, this process writes."""
        if self._pool is None:
            return write
        future: Future[None] = self._pool.schedule(write)

        def wait() -> None:
            try:
                future.result()
            except (CancelledError, RuntimeError, MemoryError):
                write()

        return wait


def _context() -> BaseContext:
    context = get_context(start_method())
    if start_method() == "forkserver":
        context.set_forkserver_preload(["policy_commitments.pipeline.work", "policy_commitments.pipeline.making"])
    return context


def _outcome(job: Job, future: Future[Done], timeout: float, memory: int) -> tuple[Job, Done]:
    try:
        return job, future.result()
    except TimeoutError:
        return job, Done(lost(job, "timeout", f"took more than the {timeout:g} s that a document may take"), timeout)
    except (CancelledError, OSError, RuntimeError) as error:
        limit = f" (limit of memory: {memory} MiB)" if memory else ""
        return job, Done(lost(job, "worker_died", f"the worker died: {error}{limit}"), 0.0)
    except MemoryError:
        return job, Done(lost(job, "memory", f"needs more than the {memory} MiB that a worker may hold"), 0.0)
