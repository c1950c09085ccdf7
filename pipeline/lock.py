"""One run at a time on an output folder: a lock that the operating system drops when its owner dies (also by kill -9).

The lock is SQLite's own on `.state/lock.sqlite`, so it works alike on Linux, macOS and Windows and is never stale;
`.state/lock` says in words who holds it.
"""

from __future__ import annotations

import os
import platform
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class LockedError(Exception):
    """Another run works on the folder; the message names it."""


@contextmanager
def locked(state: Path, wait: float = 0.0) -> Iterator[None]:
    """Hold the folder; raises LockedError if another run still holds it after `wait` seconds."""
    connection = sqlite3.connect(state / "lock.sqlite", timeout=0, isolation_level=None)
    try:
        _take(connection, state, time.monotonic() + wait)
        owner = state / "lock"
        owner.write_text(f"process {os.getpid()} on {platform.node()}\n", encoding="utf-8")
        try:
            yield
        finally:
            owner.unlink(missing_ok=True)
    finally:
        connection.close()


def _take(connection: sqlite3.Connection, state: Path, until: float) -> None:
    while True:
        try:
            connection.execute("begin exclusive")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            if time.monotonic() >= until:
                raise LockedError(
                    f"{state.parent}: another run ({_owner(state)}) is at work there; "
                    "wait for it, use --wait SECONDS, or give another folder with -o"
                ) from error
        time.sleep(0.2)


def _owner(state: Path) -> str:
    try:
        return (state / "lock").read_text(encoding="utf-8").strip() or "just starting"
    except OSError:
        return "just starting"
