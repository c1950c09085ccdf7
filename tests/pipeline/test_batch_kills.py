"""Runs that are killed at any moment: the next one gives the bytes of a run from nothing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from policy_commitments.pipeline.batch import Options, run
from tests.pipeline.batch_runs import CLI, SPECIMENS, contents, dying_after, notice, tables


@pytest.mark.parametrize("moment", [0.3, 0.9, 1.5, 2.2])
def test_killed_at_any_moment_the_next_run_gives_the_same_bytes(tmp_path: Path, moment: float) -> None:
    shutil.copytree(SPECIMENS, tmp_path / "in", ignore=lambda _, names: [n for n in names if not n.endswith(".txt")])
    output = tmp_path / "killed"
    command = [*CLI, "run", str(tmp_path / "in"), "-o", str(output), "--quiet"]
    child = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
    time.sleep(moment)
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    ended = (output / "changes.jsonl").exists()  # then the second run finds nothing to do, and no changes
    subprocess.run(command, check=True)
    run([str(tmp_path / "in")], tmp_path / "whole", Options(jobs=1))
    compared = tables if ended else contents
    assert compared(output) == compared(tmp_path / "whole")


SIDE_BY_SIDE = "from policy_commitments.pipeline import merge; merge._FEW = 0; from policy_commitments.pipeline.cli import main; main()"


@pytest.mark.parametrize("made", ["shards", "scratch", "commitments.parquet", "changes.jsonl", "next"])
def test_what_outlives_a_killed_run_mixes_nothing_in(tmp_path: Path, made: str) -> None:
    """Only the run itself is killed, as soon as `made` is there; its workers end later, beside the next run."""
    for k in range(30):
        notice(tmp_path / "in", f"方案{k}.txt", 10 + k)
    output = tmp_path / "killed"
    command = [sys.executable, "-c", SIDE_BY_SIDE, "run", str(tmp_path / "in"), "-o", str(output), "--quiet", "--jobs", "2"]
    child = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    while child.poll() is None and not (list((output / ".state").glob(f"making-*/{made}")) or (output / ".state" / made).exists()):
        time.sleep(0.005)
    child.kill()
    child.wait()
    ended = (output / "changes.jsonl").exists()
    subprocess.run(command, check=True)
    run([str(tmp_path / "in")], tmp_path / "whole", Options(jobs=1))
    time.sleep(1)
    compared = tables if ended else contents
    assert compared(output) == compared(tmp_path / "whole")
    assert not list((output / ".state").glob("making-*"))


@pytest.mark.parametrize("renames", range(0, 14, 3))
def test_killed_between_renames(folder: Path, tmp_path: Path, renames: int, monkeypatch: pytest.MonkeyPatch) -> None:
    run([str(folder)], tmp_path / "out", Options(jobs=1))
    notice(folder, "方案1.txt", 33)
    dying_after(monkeypatch, renames, lambda path: path.parent.name == "next" and path.suffix != ".part")
    with pytest.raises(KeyboardInterrupt):
        run([str(folder)], tmp_path / "out", Options(jobs=1))
    monkeypatch.undo()
    run([str(folder)], tmp_path / "out", Options(jobs=1))
    shutil.copytree(folder, tmp_path / "before")
    notice(tmp_path / "before", "方案1.txt", 71)
    run([str(tmp_path / "before")], tmp_path / "whole", Options(jobs=1))
    notice(tmp_path / "before", "方案1.txt", 33)
    run([str(tmp_path / "before")], tmp_path / "whole", Options(jobs=1))
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")
