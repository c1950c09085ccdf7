"""Runs that meet trouble: kills at any moment, crashing and hanging documents, locks, full disks, other versions."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import orjson
import pyarrow.parquet as pq
import pytest

from policy_commitments.pipeline import selection
from policy_commitments.pipeline.batch import Options, OutputError, run
from policy_commitments.pipeline.discover import UsageError
from policy_commitments.pipeline.index import Index
from policy_commitments.pipeline.limits import limit_memory
from policy_commitments.pipeline.lock import locked
from policy_commitments.schemas.columns import TABLES
from tests.pipeline.faults import faulty

ROOT = Path(__file__).parents[2]
SPECIMENS = ROOT / "corpus" / "documents"
DETERMINED = (
    *(f"{table}.{kind}" for table in TABLES for kind in ("parquet", "jsonl")),
    "datapackage.json", "problems.jsonl", "errors.jsonl", "changes.jsonl",
)  # fmt: skip
CLI = [sys.executable, "-m", "policy_commitments.pipeline.cli"]


def contents(output: Path) -> dict[str, bytes]:
    found = {name: (output / name).read_bytes() for name in DETERMINED}
    return found | {f"texts/{path.name}": path.read_bytes() for path in (output / "texts").iterdir()}


def lines(path: Path) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in path.read_bytes().splitlines()]


def notice(folder: Path, name: str, share: int) -> Path:
    """A small notice of a county that does not exist."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(
        f"云溪县{name}工作方案\n\n一、工作目标\n\n到2025年底，农村自来水普及率达到{share}%以上。\n\n"
        f"二、重点任务\n\n（一）建设供水管网。新建供水管网{share}公里。（责任单位：县水利局、县财政局）\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers import tests.pipeline.faults by name."""
    monkeypatch.syspath_prepend(str(ROOT))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for k in range(6):
        notice(tmp_path / "in", f"方案{k}.txt", 70 + k)
    return tmp_path / "in"


# --- killed runs


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
    replace, left = Path.replace, [renames]

    def dying(self: Path, target: Path) -> Path:
        if self.parent.name == "next" and self.suffix != ".part":
            left[0] -= 1
            if left[0] < 0:
                raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", dying)
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


# --- copies


def test_rows_of_copies_do_not_depend_on_the_order_of_runs(tmp_path: Path) -> None:
    first = notice(tmp_path / "a", "z.txt", 80)
    run([str(first)], tmp_path / "steps", Options(jobs=1))
    shutil.copy(first, tmp_path / "a" / "b.txt")
    run([str(tmp_path / "a")], tmp_path / "steps", Options(jobs=1))
    run([str(tmp_path / "a")], tmp_path / "whole", Options(jobs=1))
    assert tables(tmp_path / "steps") == tables(tmp_path / "whole")
    (tmp_path / "a" / "b.txt").unlink()
    run([str(tmp_path / "a")], tmp_path / "steps", Options(jobs=1, prune=True))
    run([str(tmp_path / "a")], tmp_path / "one", Options(jobs=1))
    assert tables(tmp_path / "steps") == tables(tmp_path / "one")


def tables(output: Path) -> dict[str, bytes]:
    return {name: data for name, data in contents(output).items() if name != "changes.jsonl"}


def test_an_annex_loses_its_notice_when_that_leaves(tmp_path: Path) -> None:
    host = tmp_path / "in" / "通知.txt"
    notice(tmp_path / "in", "附件1.txt", 80)
    host.write_text(
        "云溪县人民政府关于印发供水工作方案的通知\n云政发〔2023〕5号\n\n各乡镇人民政府：\n\n"
        "现将《供水工作方案》印发给你们，请认真贯彻执行。\n\n云溪县人民政府\n2023年5月6日\n", encoding="utf-8",
    )  # fmt: skip
    run([str(tmp_path / "in")], tmp_path / "out", Options(jobs=1))
    host.unlink()
    run([str(tmp_path / "in")], tmp_path / "out", Options(jobs=1, prune=True))
    run([str(tmp_path / "in")], tmp_path / "whole", Options(jobs=1))
    assert tables(tmp_path / "out") == tables(tmp_path / "whole")


# --- documents that go wrong


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


# --- what is done again


def test_verify_looks_at_the_bytes(folder: Path, tmp_path: Path) -> None:
    run([str(folder)], tmp_path / "out", Options(jobs=1))
    path = folder / "方案1.txt"
    stat = path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace("71", "17"), encoding="utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    os.utime(folder / "方案2.txt")
    blind = run([str(folder / "方案1.txt")], tmp_path / "out", Options(jobs=1))
    seeing = run([str(folder)], tmp_path / "out", Options(jobs=1, verify=True))
    assert (blind.done, seeing.done, seeing.skipped) == (0, 1, 5)


def test_other_manifest_values_are_another_document(folder: Path, tmp_path: Path) -> None:
    manifest = folder / "manifest.csv"
    for adcode in ("110105", "110106"):
        manifest.write_text(f"path,adcode\n方案1.txt,{adcode}\n", encoding="utf-8")
        progress = run([str(manifest)], tmp_path / "out", Options(jobs=1))
        assert progress.done == 1 and lines(tmp_path / "out" / "documents.jsonl")[0]["adcode"] == adcode


def test_another_version_does_its_documents_again_and_names_the_others(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run([str(folder)], tmp_path / "out", Options(jobs=1))
    monkeypatch.setattr(selection, "extractor_version", lambda: "9.9.9+00000000")
    progress = run([str(folder / "方案1.txt")], tmp_path / "out", Options(jobs=1))
    assert (progress.done, progress.documents) == (1, 6)
    assert any("5 documents are still from another version" in note for note in progress.notes)


def test_other_columns_are_redone_or_refused(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run([str(folder)], tmp_path / "out", Options(jobs=1))
    before = contents(tmp_path / "out")
    monkeypatch.setattr(selection, "schema_version", lambda: "2-00000000")
    with pytest.raises(UsageError, match="other columns"):
        run([str(folder / "方案1.txt")], tmp_path / "out", Options(jobs=1))
    assert contents(tmp_path / "out") == before
    progress = run([str(folder)], tmp_path / "out", Options(jobs=1))
    assert progress.done == 6 and "other columns" in progress.notes[0]


# --- the output folder


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


# --- change log, progress


def test_the_change_log_names_what_changed(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    run([str(folder)], output, Options(jobs=1))
    assert {one["change"] for one in lines(output / "changes.jsonl")} == {"added"}
    path = folder / "方案1.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("71%", "92%"), encoding="utf-8")
    (folder / "方案2.txt").unlink()
    run([str(folder)], output, Options(jobs=1, prune=True))
    log = lines(output / "changes.jsonl")
    changed = [one for one in log if one["change"] == "changed"]
    assert [(one["fields"], one["old"]["value"], one["new"]["value"]) for one in changed] == [(["value"], 71.0, 92.0)]
    removed = [one for one in log if one["change"] == "removed"]
    assert removed and not any(one["change"] == "added" for one in log)
    run([str(folder)], output, Options(jobs=1))
    assert (output / "changes.jsonl").read_bytes() == b""


def test_progress_in_lines_in_json_and_not_at_all(folder: Path, tmp_path: Path) -> None:
    def printed(*more: str) -> tuple[str, str]:
        command = [*CLI, "run", str(folder), "-o", str(tmp_path / "out"), "--fresh", "--jobs", "1", *more]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
        return done.stdout, done.stderr

    assert "6 documents done" in printed()[1]
    assert printed("--quiet") == ("", "")
    row = orjson.loads(printed("--json-log")[1].splitlines()[-1])
    assert row["event"] == "progress" and row["done"] == 6 and row["left"] == 0


def test_the_index_forgets_nothing_by_itself(folder: Path, tmp_path: Path) -> None:
    run([str(folder)], tmp_path / "out", Options(jobs=1))
    run([str(folder / "方案1.txt")], tmp_path / "out", Options(jobs=1))
    with Index(tmp_path / "out" / ".state" / "index.sqlite") as index:
        assert index.count() == 6 and not index.pending()
