"""Local engine: documents in worker processes (pebble), so that a crash, a hang or a memory hog costs one document."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future, TimeoutError
from concurrent.futures.process import BrokenProcessPool
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
_TRIES = 3
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
        self.workers = len(first)
        self._renew()
        under_way: deque[tuple[Job, Future[Done]]] = deque()
        for job in chain(first, stream):
            under_way.append((job, self._submit(job)))
            if len(under_way) >= _WINDOW * self.workers:
                yield self._next(under_way)
        while under_way:
            yield self._next(under_way)

    def start(self, write: Callable[[], None]) -> Callable[[], None]:
        """Let a worker `write`; the call that is returned waits for it. Where the worker dies, this process writes."""
        if self._pool is None:
            return write
        try:
            future: Future[None] = self._pool.schedule(write)
        except RuntimeError:
            return write

        def wait() -> None:
            try:
                future.result()
            except (CancelledError, RuntimeError, MemoryError):
                write()

        return wait

    def _next(self, under_way: deque[tuple[Job, Future[Done]]]) -> tuple[Job, Done]:
        """The outcome of the oldest job.

        A worker that dies before its pool has heard what it works on breaks the pool: what was under way is done again
        in a new one. A job that does so again and again is the one that kills.
        """
        for _ in range(_TRIES):
            if not _is_broken(under_way[0][1]):
                return _outcome(*under_way.popleft(), self.timeout, self.task.memory)
            self._renew()
            again = [(job, self._submit(job) if not future.done() or _is_broken(future) else future) for job, future in under_way]
            under_way.clear()
            under_way.extend(again)
        job, _ = under_way.popleft()
        return job, Done(lost(job, "worker_died", f"{_TRIES} times all workers died over it"), 0.0)

    def _renew(self) -> None:
        from pebble import ProcessPool

        if self._pool is not None:
            self._pool.stop()
            self._pool.join()
        self._pool = ProcessPool(max_workers=self.workers, max_tasks=_RECYCLE, context=_context())

    def _submit(self, job: Job) -> Future[Done]:
        assert self._pool is not None
        try:
            future: Future[Done] = self._pool.schedule(self.task, args=(job,), timeout=self.timeout or None)
        except RuntimeError as error:  # the pool is broken
            future = Future()
            future.set_exception(BrokenProcessPool(str(error)))
        return future


def _is_broken(future: Future[Done]) -> bool:
    try:
        return isinstance(future.exception(), BrokenProcessPool)
    except CancelledError:
        return False


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
