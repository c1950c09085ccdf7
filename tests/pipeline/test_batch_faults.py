"""Documents that crash, hang, hunger or cannot be read cost nothing but themselves."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from policy_commitments.pipeline.batch import Options, run
from policy_commitments.pipeline.discover import UsageError
from policy_commitments.pipeline.limits import limit_memory
from tests.pipeline.batch_runs import CLI, SPECIMENS, lines, notice
from tests.pipeline.faults import faulty


def test_crash_hang_and_hunger_cost_one_document_each(folder: Path, tmp_path: Path) -> None:
    for name in ("crash.txt", "hang.txt", "hungry.txt"):
        notice(folder, name, 50)
    progress = run([str(folder)], tmp_path / "out", Options(jobs=2, timeout=10, memory=2048), function=faulty)
    errors = {one["source"]: one for one in lines(tmp_path / "out" / "errors.jsonl")}
    assert {name: one["code"] for name, one in errors.items()} == {
        "crash.txt": "worker_died", "hang.txt": "timeout", "hungry.txt": "memory",
    }  # fmt: skip
    assert "10 s" in errors["hang.txt"]["message"] and "2048 MiB" in errors["hungry.txt"]["message"]
    assert (progress.done, progress.documents, progress.quarantined) == (6, 6, 3)
    again = run([str(folder)], tmp_path / "out", Options(jobs=2))  # what was lost to a limit is tried again
    assert (again.done, again.skipped, again.quarantined) == (3, 6, 0)


def test_one_worker_is_guarded_too(folder: Path, tmp_path: Path) -> None:
    notice(folder, "crash.txt", 50)
    assert run([str(folder)], tmp_path / "out", Options(jobs=1), function=faulty).documents == 6


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_broken_pool_costs_no_other_document(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    """A worker may die before its pool has heard what it works on."""
    from pebble.pool.process import PoolManager

    notice(folder, "crash.txt", 50)
    find, breaks = PoolManager.find_expired_task, [2]

    def finding(self: Any, worker: int) -> Any:
        breaks[0] -= 1
        if breaks[0] >= 0:
            raise BrokenProcessPool("All workers expired")
        return find(self, worker)

    monkeypatch.setattr(PoolManager, "find_expired_task", finding)
    progress = run([str(folder)], tmp_path / "out", Options(jobs=jobs), function=faulty)
    assert (progress.documents, progress.quarantined) == (6, 1) and breaks[0] < 0
    (error,) = lines(tmp_path / "out" / "errors.jsonl")
    assert (error["source"], error["code"]) == ("crash.txt", "worker_died")


@pytest.mark.skipif(sys.platform != "linux", reason="RLIMIT_DATA")
def test_the_limit_of_memory_holds() -> None:
    code = "from policy_commitments.pipeline.limits import limit_memory\nassert limit_memory(256)\nbytearray(512 << 20)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "MemoryError" in done.stderr and not limit_memory(0)


def test_what_cannot_be_read_is_named(folder: Path, tmp_path: Path) -> None:
    (folder / "a_empty.txt").write_bytes(b"")
    (folder / "b_rubbish.txt").write_bytes(os.urandom(2_000) + bytes(range(256)) * 9)
    (folder / "c_broken.docx").write_bytes(next(SPECIMENS.glob("01*.docx")).read_bytes()[:900])
    with zipfile.ZipFile(folder / "d_none.docx", "w") as archive:
        archive.writestr("readme.xml", "<a/>")
    (folder / "e_gone.txt").symlink_to(tmp_path / "nowhere.txt")
    with zipfile.ZipFile(folder / "f_none.zip", "w") as archive:
        archive.writestr("photo.xyz", "no document")
    done = subprocess.run([*CLI, "run", str(folder), "-o", str(tmp_path / "out")], capture_output=True, check=False)
    errors = {one["source"]: one for one in lines(tmp_path / "out" / "errors.jsonl")}
    assert done.returncode == 3
    assert sorted(errors) == ["a_empty.txt", "b_rubbish.txt", "c_broken.docx", "d_none.docx", "e_gone.txt", "f_none.zip"]
    assert all(one["stage"] and one["code"] and one["message"] and one["remedy"] for one in errors.values())
    assert str(tmp_path) not in (tmp_path / "out" / "errors.jsonl").read_text(encoding="utf-8")
    assert pq.read_metadata(tmp_path / "out" / "documents.parquet").num_rows == 6


def test_unknown_source_and_nothing_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        run([str(tmp_path / "nowhere")], tmp_path / "out", Options(jobs=1))
    (tmp_path / "empty").mkdir()
    done = subprocess.run([*CLI, "run", str(tmp_path / "empty"), "-o", str(tmp_path / "out")], capture_output=True, check=False)
    assert done.returncode == 1
