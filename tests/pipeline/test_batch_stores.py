"""Documents from and datasets to fsspec stores: the same bytes as from and to this disk."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from policy_commitments.pipeline import stores
from policy_commitments.pipeline.batch import Options, OutputError, run
from policy_commitments.pipeline.discover import UsageError, discover
from policy_commitments.pipeline.publish import MARKER, run_to_store
from tests.pipeline.batch_runs import CLI, ROOT, SPECIMENS, contents, lines, notice, tables

fsspec = pytest.importorskip("fsspec")


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Documents in folders, a broken one, an archive in an archive, and names that are passed over."""
    for k in range(5):
        notice(tmp_path / "in" / "县", f"方案{k}.txt", 70 + k)
    notice(tmp_path / "in", "总则.txt", 60)
    notice(tmp_path / "in", "~$总则.txt", 60)
    (tmp_path / "in" / "empty.txt").write_bytes(b"")
    with zipfile.ZipFile(tmp_path / "in" / "附件.zip", "w") as archive:
        archive.write(notice(tmp_path, "内.txt", 33), "内.txt")
        archive.write(next(SPECIMENS.glob("03*.docx")), "三.docx")
    return tmp_path / "in"


@pytest.fixture
def memory() -> Iterator[Any]:
    system = fsspec.filesystem("memory")
    system.store.clear()
    yield system
    system.store.clear()


def test_a_folder_of_a_store_gives_the_bytes_of_a_folder(folder: Path, tmp_path: Path) -> None:
    run([str(folder)], tmp_path / "here", Options(jobs=1))
    progress = run([folder.as_uri()], tmp_path / "there", Options(jobs=2))
    assert (progress.done, progress.quarantined) == (8, 1)
    assert contents(tmp_path / "there") == contents(tmp_path / "here")
    assert run([folder.as_uri()], tmp_path / "there", Options(jobs=1)).skipped == 9
    assert run([folder.as_uri()], tmp_path / "there", Options(jobs=1, verify=True)).skipped == 8  # failures are tried again


def test_jobs_are_the_same_here_and_there(folder: Path) -> None:
    told = [(job.stamp.source_path, job.stamp.size, job.member) for job in discover([str(folder)])]
    assert [(job.stamp.source_path, job.stamp.size, job.member) for job in discover([folder.as_uri()])] == told
    (one,) = discover([f"{folder.as_uri()}/总则.txt"])
    assert one.stamp.source_path == "总则.txt"
    assert len(list(discover([f"{folder.as_uri()}/县/方案[0-2].txt"]))) == 3


def test_a_manifest_in_a_store(folder: Path, tmp_path: Path) -> None:
    manifest = folder / "manifest.csv"
    manifest.write_text("path,adcode,note\n县/方案1.txt,110105,甲\nnowhere.txt,,\n附件.zip,110106,\n", encoding="gb18030")
    run([str(manifest)], tmp_path / "here", Options(jobs=1))
    run([manifest.as_uri()], tmp_path / "there", Options(jobs=1))
    assert contents(tmp_path / "there") == contents(tmp_path / "here")
    assert {one["code"] for one in lines(tmp_path / "there" / "errors.jsonl")} == {"file_vanished"}


def test_workers_of_a_cluster_read_from_and_write_to_a_store(folder: Path, tmp_path: Path, memory: Any) -> None:
    distributed = pytest.importorskip("distributed")
    memory.put(str(folder), "/archive", recursive=True)
    run([str(folder)], tmp_path / "here", Options(jobs=1))
    with distributed.LocalCluster(processes=False, n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        options = Options(engine="dask", scheduler=cluster.scheduler_address, memory=0)
        progress = run_to_store(["memory://archive"], "memory://data/set", options, stage=tmp_path / "stage")
    assert progress.documents == 8
    marker = orjson.loads(memory.cat_file(f"/data/set/{MARKER}"))
    assert {name for name in marker["files"] if not name.startswith(".state")} == {
        path.relative_to(tmp_path / "here").as_posix()
        for path in (tmp_path / "here").rglob("*")
        if path.is_file() and ".state" not in path.parts
    }
    assert all(memory.cat_file(f"/data/set/{name}") == data for name, data in contents(tmp_path / "here").items())
    assert not memory.exists("/data/set/_running.json")


def test_another_machine_goes_on_and_only_what_changed_travels(folder: Path, tmp_path: Path, memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    url = "memory://data/set"
    run_to_store([str(folder)], url, Options(jobs=1), stage=tmp_path / "one")
    notice(folder, "总则.txt", 99)
    (folder / "县" / "方案0.txt").unlink()
    sent: list[str] = []
    put = type(memory).put_file
    monkeypatch.setattr(type(memory), "put_file", lambda self, here, there, **more: (sent.append(there), put(self, here, there, **more))[1])
    progress = run_to_store([str(folder)], url, Options(jobs=1, prune=True), stage=tmp_path / "two")
    assert (progress.done, progress.skipped) == (1, 7)
    run([str(folder)], tmp_path / "here", Options(jobs=1))
    for name, data in tables(tmp_path / "here").items():
        assert memory.cat_file(f"/data/set/{name}") == data, name
    texts = [name for name in sent if "/texts/" in name]
    assert len(texts) == 1 and len(memory.ls("/data/set/texts")) == 7


def test_an_upload_that_breaks_is_completed_by_the_next_run(
    folder: Path, tmp_path: Path, memory: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, stage, left = "memory://data/set", tmp_path / "stage", [9]
    run_to_store([str(folder)], url, Options(jobs=1), stage=stage)
    notice(folder, "总则.txt", 99)
    put = type(memory).put_file

    def failing(self: Any, here: str, there: str, **more: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise ConnectionError("the store does not answer")
        return put(self, here, there, **more)

    monkeypatch.setattr(type(memory), "put_file", failing)
    with pytest.raises(OutputError, match="the store does not answer"):
        run_to_store([str(folder)], url, Options(jobs=1), stage=stage)
    assert not memory.exists(f"/data/set/{MARKER}")
    monkeypatch.undo()
    with pytest.raises(OutputError, match="is at work there"):
        run_to_store([str(folder)], url, Options(jobs=1), stage=tmp_path / "other")
    run_to_store([str(folder)], url, Options(jobs=1), stage=stage)
    run([str(folder)], tmp_path / "here", Options(jobs=1))
    assert memory.exists(f"/data/set/{MARKER}")
    assert all(memory.cat_file(f"/data/set/{name}") == data for name, data in tables(tmp_path / "here").items())


def test_the_command_from_store_to_store(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "store" / "set"
    command = [*CLI, "run", folder.as_uri(), "-o", target.as_uri(), "--stage", str(tmp_path / "stage"), "--jobs", "1"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 3 and f"8 documents in {target.as_uri()}" in done.stdout
    run([str(folder)], tmp_path / "here", Options(jobs=1))
    assert contents(target) == contents(tmp_path / "here")
    shutil.rmtree(tmp_path / "stage")
    again = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert "(0 done now, 9 unchanged)" in again.stdout


def test_what_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="no such file or folder in the store"):
        list(discover(["memory://nowhere"]))
    with pytest.raises(UsageError, match="nostore"):
        list(discover(["nostore://bucket"]))
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(UsageError, match=r"pip install 'policy-commitments\[cluster\]'"):
        list(discover(["s3://bucket/folder"]))


@pytest.mark.parametrize("text", ["s3://bucket/a", "file:///a", "memory://a"])
def test_what_is_a_place_in_a_store(text: str) -> None:
    assert stores.is_url(text) and not stores.is_url("C://a") and not stores.is_url(text.partition("//")[2])
