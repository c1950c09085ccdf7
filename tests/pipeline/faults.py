"""Per-document functions that go wrong, named by the file they get: they run in the workers of a test's engine."""

from __future__ import annotations

import os
import time

from policy_commitments.pipeline.discover import Job
from policy_commitments.pipeline.engines.task import Outcome
from policy_commitments.pipeline.work import work


def faulty(job: Job) -> Outcome:
    """Crash, hang or eat memory where the file's name says so; work otherwise."""
    name = job.stamp.source_path
    if "crash" in name:
        os._exit(9)
    if "hang" in name:
        time.sleep(600)
    if "hungry" in name:
        held = bytearray(16 << 30)
        raise AssertionError(f"{len(held)} bytes fitted")
    return work(job)


def slow(job: Job) -> Outcome:
    """Work that leaves time to kill the run."""
    time.sleep(0.15)
    return work(job)
