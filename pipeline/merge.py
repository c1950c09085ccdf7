"""Merge: finished shards and the previous tables become the next dataset, made aside, then moved into place.

Everything of the next dataset is made in a folder of its own, `.state/making-…`, renamed to `.state/next` when it is
complete; what lies there is moved into place by this run or, if that one dies, by the next. A run that dies before leaves
the previous dataset whole, and a process that outlives its run writes where nobody looks.
"""

from __future__ import annotations

import os
import time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from policy_commitments.pipeline.index import Index
from policy_commitments.pipeline.layout import RAW, TEXTS, place, remove
from policy_commitments.pipeline.limits import start_method

if TYPE_CHECKING:
    from policy_commitments.pipeline.making import Making

_READY = "READY"
_FEW = 1_000  # documents to merge in this process: starting others takes longer


def new_folder(state: Path) -> Path:
    """An empty folder to make the next dataset in; those of runs that died are dropped."""
    _drop_unfinished(state)
    aside = state / f"making-{os.getpid()}-{time.time_ns()}"
    aside.mkdir()
    return aside


def merge(making: Making, index: Index, jobs: int) -> None:
    """Make all tables, texts, JSON Lines and the change log in `making.aside`, in up to `jobs` processes.

    What takes memory is not done in this process, where many documents are merged.
    """
    from policy_commitments.pipeline.making import PIECES, choose, make

    if jobs > 1 and index.count_pending() > _FEW:
        with suppress(BrokenProcessPool):  # a process that was ended from outside; what it made is made again
            _side_by_side(making, jobs)
            return
        for path in making.aside.iterdir():
            remove(path)
    choose(making)
    for piece in PIECES:
        make(making, piece)


def _side_by_side(making: Making, jobs: int) -> None:
    from policy_commitments.pipeline.making import PIECES, choose, make

    context = get_context(start_method())
    with ProcessPoolExecutor(min(jobs, len(PIECES)), mp_context=context, max_tasks_per_child=1) as pool:
        pool.submit(choose, making).result()
        for done in [pool.submit(make, making, piece) for piece in PIECES]:
            done.result()


def ready(making: Making, state: Path, written: str) -> None:
    """Say that all is made; `written` names the state of the index that it stands for."""
    for path in making.aside.iterdir():
        if path.name.startswith(("scratch", "spill")):
            remove(path)
    (making.aside / _READY).write_text(written, encoding="utf-8")
    making.aside.rename(state / "next")


def finish(output: Path, state: Path, index: Index) -> None:
    """Move a complete next dataset into place, and drop incomplete ones."""
    _drop_unfinished(state)
    aside = state / "next"
    if not (aside / _READY).exists():
        return
    written = (aside / _READY).read_text(encoding="utf-8")
    for path in sorted(aside.iterdir()):
        if path.name.endswith(".parquet"):
            _move_table(path, place(output, path.name.removesuffix(".parquet")))
        elif path.is_file() and path.name != _READY:
            path.replace(output / path.name)
    _move_texts(output, aside / TEXTS)
    index.set_meta("other_columns", "no")
    index.set_meta("ended", "no")
    index.merged(written)
    for path in sorted((state / "shards").iterdir()):
        remove(path)
    remove(aside)


def _drop_unfinished(state: Path) -> None:
    aside = state / "next"
    for path in [*state.glob("making-*"), *([] if (aside / _READY).exists() else [aside])]:
        with suppress(FileNotFoundError):
            remove(path)


def _move_table(path: Path, target: Path) -> None:
    if path.is_file():
        _replace(path, target)
        return
    if target.is_file():
        target.unlink()
    target.mkdir(exist_ok=True)
    for bucket in sorted(path.iterdir()):
        bucket.replace(target / bucket.name)


def _replace(path: Path, target: Path) -> None:
    if target.is_dir():
        remove(target)
    path.replace(target)


def _move_texts(output: Path, aside: Path) -> None:
    """Texts of a small dataset are files; `aside` is None of it where they went to a table."""
    folder, table = output / TEXTS, place(output, TEXTS)
    if place(output, RAW).is_dir():
        remove(folder)
        return
    remove(table)
    folder.mkdir(exist_ok=True)
    for path in sorted(aside.iterdir()) if aside.exists() else ():
        path.replace(folder / path.name)
    import pyarrow.parquet as pq

    kept = set(pq.read_table(place(output, "documents"), columns=["doc_id"])["doc_id"].to_pylist())
    for path in folder.iterdir():
        if path.stem not in kept:
            path.unlink()
