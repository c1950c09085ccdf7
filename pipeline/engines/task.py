"""The per-document function as it travels to a worker, the same for every engine."""

from __future__ import annotations

import gc
import os
import pickle
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from policy_commitments.pipeline.corrections import Corrections, read_corrections
from policy_commitments.pipeline.discover import Job
from policy_commitments.pipeline.limits import limit_memory
from policy_commitments.pipeline.result import DocumentResult, Failure
from policy_commitments.schemas.vocabulary import use_folder

Outcome = DocumentResult | Failure
_prepared: list[tuple[str | None, int]] = []
_COLLECT = (50_000, 20, 100)  # objects made between collections


@dataclass(frozen=True, slots=True)
class Packed:
    """The rows of one document as they travel and wait: pickled, so that whoever coordinates need not unfold them."""

    digest: str
    stats: dict[str, object]
    rows: bytes


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a job, and the processor seconds behind it."""

    outcome: Packed | Failure
    seconds: float


@dataclass(frozen=True, slots=True)
class Task:
    """Call with a job; `vocab` is the folder of own entries, `memory` the limit of a worker in MiB (0: none).

    `function` stands in for `work`. What reads and extracts is imported where it is used: not where runs are coordinated.
    """

    vocab: str | None = None
    memory: int = 0
    corrections: str | None = None
    function: Callable[[Job], Outcome] | None = None

    def __call__(self, job: Job) -> Done:
        """One document's rows or failure; the first call sets the worker up."""
        from policy_commitments.pipeline.corrected_rows import apply_corrections
        from policy_commitments.pipeline.work import work

        self._prepare()
        started = _spent()
        outcome = (self.function or work)(job)
        settle()
        if isinstance(outcome, Failure):
            if outcome.code == "memory" and self.memory:
                outcome = lost(job, "memory", f"needs more than the {self.memory} MiB that a worker may hold")
            return Done(outcome, _spent() - started)
        result, fitted = apply_corrections(outcome, _corrections(self.corrections))
        packed = pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
        seconds = _spent() - started
        more = {"corrections": fitted, "seconds": round(seconds, 6), "bytes": job.stamp.size}
        return Done(Packed(result.document.source_sha256, _stats(result) | more, packed), seconds)

    def _prepare(self) -> None:
        wanted = (self.vocab, self.memory)
        if _prepared[-1:] != [wanted]:
            use_folder(Path(self.vocab) if self.vocab is not None else None)
            limit_memory(self.memory)
            _prepared[:] = [wanted]


def _spent() -> float:
    """Processor seconds of this process and of the programs that it called: other programs on the machine do not count."""
    return sum(os.times()[:4])


@cache
def settle() -> None:
    """Let the garbage collector pass over vocabularies and patterns, which stay, and run less often.

    Otherwise a text of 20 MB, whose findings are many objects, takes a third longer per character than one of 1 MB.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECT)


@lru_cache(maxsize=1)
def _corrections(path: str | None) -> Corrections:
    return read_corrections(Path(path)) if path is not None else Corrections()


def _stats(result: DocumentResult) -> dict[str, object]:
    return {
        "characters": result.characters,
        "numbers": result.numbers,
        "problems": dict(Counter(problem.code for problem in result.problems)),
        "chars": len(result.text),
        "format": result.document.format,
    }


_REMEDIES = {
    "memory": "raise --memory, or split the file",
    "timeout": "raise --timeout, or look at it with `commitments inspect`",
    "worker_died": "look at it with `commitments inspect`; raise --memory if it is large, and report it if it is not",
}


def lost(job: Job, code: str, message: str) -> Failure:
    """The failure of a document that took its worker with it."""
    return Failure(job.stamp.source_path, "read", code, message, _REMEDIES[code])
