"""Cluster engine (extra `cluster`): the same per-document function on dask.distributed.

The scheduler is an address, a cluster of SLURM jobs (dask-jobqueue, as its jobqueue.yaml says), or a local cluster of
`workers` processes. Documents must be where the workers can open them: on a shared file system, or in a store. A worker
that dies takes its document with it after two tries; the others go on.
"""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from itertools import chain
from types import TracebackType
from typing import Any

from policy_commitments.pipeline.discover import Job, UsageError
from policy_commitments.pipeline.engines.task import Done, Task, lost

_WINDOW = 32  # jobs under way per worker
_TRIES = 2
_MEMORY = "4GiB"  # of a SLURM job, where nothing says otherwise


class DaskEngine:
    """A cluster, connected with the first document; raises UsageError where Dask is not installed or does not answer."""

    def __init__(self, task: Task, workers: int, timeout: float, scheduler: str | None = None, slurm: int = 0) -> None:
        self.task, self.workers, self.timeout, self.scheduler, self.slurm = task, workers, timeout, scheduler, slurm
        self._open = ExitStack()

    def __enter__(self) -> DaskEngine:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._open.close()

    def outcomes(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Done]]:
        """Outcomes in the order of `jobs`."""
        stream = iter(jobs)
        first = next(stream, None)
        if first is not None:
            yield from _outcomes(self._client(), self.task, chain((first,), stream), self.timeout)

    def start(self, write: Callable[[], None]) -> Callable[[], None]:
        """The dataset's folder is here, so the rows are written here."""
        return write

    def _client(self) -> Any:
        try:
            import dask
            from distributed import Client, LocalCluster
        except ImportError as error:
            raise UsageError("the engine dask is not installed: pip install 'policy-commitments[cluster]'") from error
        settings = {"distributed.scheduler.allowed-failures": _TRIES, "distributed.admin.tick.limit": "1h"}
        self._open.enter_context(dask.config.set(settings))
        if self.scheduler is not None:
            return self._open.enter_context(_connected(Client, self.scheduler))
        memory = f"{self.task.memory}MiB" if self.task.memory else None
        cluster = _slurm_cluster(self.slurm, memory) if self.slurm else LocalCluster(
            n_workers=self.workers, threads_per_worker=1, memory_limit=memory, dashboard_address=None, silence_logs=50
        )
        return self._open.enter_context(Client(self._open.enter_context(cluster)))


def _slurm_cluster(jobs: int, memory: str | None) -> Any:
    """A cluster of `jobs` SLURM jobs: queue, account, time and so on stand in jobqueue.yaml; one core each without."""
    import dask

    if shutil.which("sbatch") is None:
        raise UsageError(f"--slurm {jobs}: sbatch is not here; run this where SLURM takes jobs, or name a --scheduler")
    try:
        from dask_jobqueue.slurm import SLURMCluster
    except ImportError as error:
        raise UsageError("--slurm needs dask-jobqueue: pip install 'policy-commitments[cluster]'") from error
    known = dask.config.get("jobqueue.slurm", {})
    cores = known.get("cores") or 1
    try:
        cluster = SLURMCluster(
            cores=cores, processes=known.get("processes") or cores, memory=known.get("memory") or memory or _MEMORY
        )
        cluster.scale(jobs=jobs)
    except (OSError, RuntimeError, ValueError, TypeError) as error:
        raise UsageError(f"--slurm {jobs}: no jobs can be asked for ({error}); look at jobqueue.yaml") from error
    return cluster


def _connected(client: Any, scheduler: str) -> Any:
    try:
        return client(scheduler, timeout=10)
    except (OSError, ValueError) as error:
        raise UsageError(f"--scheduler {scheduler}: no scheduler answers there ({error})") from error


def _outcomes(client: Any, task: Task, jobs: Iterable[Job], timeout: float) -> Iterator[tuple[Job, Done]]:
    under_way: deque[tuple[Job, Any]] = deque()
    window = 0
    for number, job in enumerate(jobs):
        if number % _WINDOW == 0:  # workers come and go
            window = _WINDOW * max(1, len(client.scheduler_info(n_workers=-1)["workers"]))
        under_way.append((job, client.submit(task, job, pure=False, retries=0)))
        while len(under_way) >= window:
            yield _outcome(client, *under_way.popleft(), timeout)
    while under_way:
        yield _outcome(client, *under_way.popleft(), timeout)


def _outcome(client: Any, job: Job, future: Any, timeout: float) -> tuple[Job, Done]:
    """A document that is waited for longer than `timeout`, with all its forerunners done, is given up with its worker."""
    from distributed import CancelledError, KilledWorker

    try:
        done: Done = future.result(timeout=timeout or None)
        return job, done
    except TimeoutError:
        _replace_worker(client, future)
        return job, Done(lost(job, "timeout", f"took more than the {timeout:g} s that a document may take"), timeout)
    except KilledWorker:
        return job, Done(lost(job, "worker_died", f"{_TRIES} workers died over it"), 0.0)
    except CancelledError as error:
        return job, Done(lost(job, "worker_died", f"the cluster gave it up: {error}"), 0.0)
    except MemoryError:
        return job, Done(lost(job, "memory", "needs more memory than a worker has"), 0.0)


def _replace_worker(client: Any, future: Any) -> None:
    """A thread cannot be stopped, so the worker that hangs is started anew; what else it held is done elsewhere."""
    hanging = [address for address, keys in client.processing().items() if future.key in keys]
    future.cancel(force=True)
    if hanging:
        client.restart_workers(hanging, timeout=60, raise_for_error=False)
