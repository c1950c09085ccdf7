"""The one module that asks the operating system: memory limits and peak memory where it has them (POSIX), else nothing."""

from __future__ import annotations

import sys
from multiprocessing import get_all_start_methods

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

MIB = 1 << 20


def limit_memory(mebibytes: int) -> bool:
    """Let this process hold at most so much data; more raises MemoryError. False where the system has no such limit.

    RLIMIT_DATA counts heap and private mappings (Linux 4.7+), not the shared libraries that RLIMIT_AS would count.
    """
    if resource is None or mebibytes <= 0 or sys.platform == "darwin":
        return False
    wanted = mebibytes * MIB
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
    return True


def start_method() -> str:
    """How workers start: `forkserver` on Linux, where a lost worker is replaced in milliseconds, else `spawn`."""
    return "forkserver" if sys.platform == "linux" and "forkserver" in get_all_start_methods() else "spawn"
