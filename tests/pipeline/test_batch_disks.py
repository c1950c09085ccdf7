"""The output folder: another run on it, full disks, and folders that may not be written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from policy_commitments.pipeline.batch import Options, OutputError, run
from policy_commitments.pipeline.lock import locked
from tests.pipeline.batch_runs import CLI, SPECIMENS, contents, notice, tables


def test_two_runs_on_one_folder(folder: Path, tmp_path: Path) -> None:
    state = tmp_path / "out" / ".state"
    state.mkdir(parents=True)
    with locked(state):
        with pytest.raises(OutputError, match=f"process {os.getpid()}"):
            run([str(folder)], tmp_path / "out", Options(jobs=1))
        command = [*CLI, "run", str(folder), "-o", str(tmp_path / "out"), "--quiet", "--wait", "60"]
        waiting = subprocess.Popen(command)
        time.sleep(1.5)
        assert waiting.poll() is None
    assert waiting.wait(timeout=60) == 0
    (state / "lock").write_text("process 1 on nowhere\n", encoding="utf-8")  # of a run that was killed
    done = subprocess.run(command[:-3], capture_output=True, text=True, encoding="utf-8", check=True)
    assert "6 documents in" in done.stdout and not (state / "lock").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="RLIMIT_FSIZE stands for a full disk")
def test_a_full_disk_leaves_the_old_dataset(folder: Path, tmp_path: Path) -> None:
    run([str(folder)], tmp_path / "out", Options(jobs=1))
    before = contents(tmp_path / "out")
    shutil.copy(next(SPECIMENS.glob("02*.txt")), folder / "plan.txt")
    limit = "import resource, signal, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (30000, 30000)); "
    start = "from policy_commitments.pipeline.cli import main; main()"
    command = [sys.executable, "-c", limit + start, "run", str(folder), "-o", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 1 and "cannot be written" in done.stderr and "Traceback" not in done.stderr
    assert contents(tmp_path / "out") == before
    run([str(folder)], tmp_path / "out", Options(jobs=1))
    run([str(folder)], tmp_path / "whole", Options(jobs=1))
    assert tables(tmp_path / "out") == tables(tmp_path / "whole")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 600 KB, where this machine lets us mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    options = ["-t", "tmpfs", "-o", "size=600k", "tmpfs", str(folder)]
    if mount is None or sys.platform != "linux" or subprocess.run([mount, *options], capture_output=True, check=False).returncode:
        pytest.skip("no right to mount a file system")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_disk_that_is_full(tmp_path: Path, small_disk: Path) -> None:
    notice(tmp_path / "in", "方案.txt", 80)
    output = small_disk / "out"
    run([str(tmp_path / "in")], output, Options(jobs=1))
    before = contents(output)
    for k in range(200):
        notice(tmp_path / "in", f"方案{k}.txt", k)
    done = subprocess.run([*CLI, "run", str(tmp_path / "in"), "-o", str(output)], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 1 and "cannot be written" in done.stderr and "Traceback" not in done.stderr
    assert contents(output) == before
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    run([str(tmp_path / "in")], output, Options(jobs=1))
    run([str(tmp_path / "in")], tmp_path / "whole", Options(jobs=1))
    assert tables(output) == tables(tmp_path / "whole")


def test_a_disk_that_may_only_be_read(tmp_path: Path, small_disk: Path) -> None:
    notice(tmp_path / "in", "方案.txt", 80)
    run([str(tmp_path / "in")], small_disk / "out", Options(jobs=1))
    before = contents(small_disk / "out")
    notice(tmp_path / "in", "方案.txt", 10)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(OutputError, match="cannot be written"):
        run([str(tmp_path / "in")], small_disk / "out", Options(jobs=1))
    assert contents(small_disk / "out") == before


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="POSIX rights")
def test_a_folder_that_may_not_be_written(folder: Path, tmp_path: Path) -> None:
    run([str(folder)], tmp_path / "out", Options(jobs=1))
    before = contents(tmp_path / "out")
    notice(folder, "方案1.txt", 10)
    target = tmp_path / "file"
    target.write_text("no folder", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        run([str(folder)], target / "out", Options(jobs=1))
    if os.geteuid() != 0:
        (tmp_path / "out" / ".state").chmod(0o500)
        with pytest.raises(OutputError, match="cannot be written"):
            run([str(folder)], tmp_path / "out", Options(jobs=1))
        (tmp_path / "out" / ".state").chmod(0o700)
    assert contents(tmp_path / "out") == before
