"""Documents and datasets in S3: a server of its protocol (moto) on loopback, read and written through s3fs.

Bytes are those of a run from folder to folder, by the command with the local engine and by workers of a Dask cluster.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from policy_commitments.pipeline.batch import Options, OutputError, run
from policy_commitments.pipeline.discover import UsageError, discover
from policy_commitments.pipeline.publish import MARKER, run_to_store
from tests.pipeline.batch_runs import CLI, ROOT, SPECIMENS, contents, lines, notice

s3fs = pytest.importorskip("s3fs")
server = pytest.importorskip("moto.server")


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """Address of a server that holds its buckets in memory."""
    one = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    one.start()
    host, port = one.get_host_and_port()
    yield f"http://{host}:{port}"
    one.stop()


def told(monkeypatch: pytest.MonkeyPatch, endpoint: str) -> None:
    """The settings that a user gives to every program of S3."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "tester")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.syspath_prepend(str(ROOT))
    s3fs.S3FileSystem.clear_instance_cache()


@pytest.fixture
def store(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The file system, with two empty buckets."""
    told(monkeypatch, endpoint)
    system = s3fs.S3FileSystem()
    for bucket in ("archive", "data"):
        if system.exists(bucket):
            system.rm(bucket, recursive=True)
        system.mkdir(bucket)
    return system


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Documents of several formats in folders, an archive, and a file without bytes."""
    for k in range(4):
        notice(tmp_path / "in" / "县", f"方案{k}.txt", 70 + k)
    shutil.copy(next(SPECIMENS.glob("03*.docx")), tmp_path / "in" / "三.docx")
    shutil.copy(next(SPECIMENS.glob("02*.pdf")), tmp_path / "in" / "二.pdf")
    (tmp_path / "in" / "empty.txt").write_bytes(b"")
    with zipfile.ZipFile(tmp_path / "in" / "附件.zip", "w") as archive:
        archive.write(notice(tmp_path, "内.txt", 33), "内.txt")
    return tmp_path / "in"


def bring(store: Any, folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            store.put_file(str(path), f"archive/{path.relative_to(folder).as_posix()}")


def same(store: Any, here: Path) -> None:
    """Every file of the dataset is in the bucket with its bytes; no claim is left."""
    assert all(store.cat_file(f"data/set/{name}") == data for name, data in contents(here).items())
    assert store.exists(f"data/set/{MARKER}") and not store.exists("data/set/_running.json")


def test_from_bucket_to_bucket_by_the_command(store: Any, folder: Path, tmp_path: Path) -> None:
    bring(store, folder)
    command = [*CLI, "run", "s3://archive", "-o", "s3://data/set", "--stage", str(tmp_path / "stage"), "--jobs", "2"]
    first = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert first.returncode == 3 and "7 documents in s3://data/set" in first.stdout, first.stderr
    run([str(folder)], tmp_path / "here", Options(jobs=1))
    same(store, tmp_path / "here")
    assert {one["code"] for one in lines(tmp_path / "here" / "errors.jsonl")} == {"empty_file"}
    notice(folder, "县/方案1.txt", 99)
    (folder / "县" / "方案0.txt").unlink()
    store.rm_file("archive/县/方案0.txt")
    bring(store, folder)
    shutil.rmtree(tmp_path / "stage")  # another machine
    again = subprocess.run([*command, "--prune"], capture_output=True, text=True, encoding="utf-8", check=False)
    assert again.returncode == 3 and "6 documents in s3://data/set" in again.stdout, again.stderr
    run([str(folder)], tmp_path / "anew", Options(jobs=1))
    store.invalidate_cache()
    for name, data in contents(tmp_path / "anew").items():
        if name.endswith((".parquet", ".txt")):
            assert store.cat_file(f"data/set/{name}") == data, name


def test_workers_of_a_cluster(store: Any, folder: Path, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    bring(store, folder)
    run([str(folder)], tmp_path / "here", Options(jobs=1))
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster:
        options = Options(engine="dask", scheduler=cluster.scheduler_address, memory=0)
        run_to_store(["s3://archive"], "s3://data/set", options, stage=tmp_path / "stage")
        same(store, tmp_path / "here")
        with zipfile.ZipFile(folder / "附件.zip", "w") as archive:
            archive.write(notice(tmp_path, "内.txt", 55), "内.txt")
        bring(store, folder)
        run_to_store(["s3://archive"], "s3://data/set", options, stage=tmp_path / "stage")
    run([str(folder)], tmp_path / "anew", Options(jobs=1))
    store.invalidate_cache()
    for name in ("documents.parquet", "targets.parquet", "commitments.parquet"):
        assert store.cat_file(f"data/set/{name}") == (tmp_path / "anew" / name).read_bytes(), name


def test_no_such_bucket(store: Any, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="s3://nowhere"):
        list(discover(["s3://nowhere"]))
    bring(store, folder)
    with pytest.raises(UsageError, match=r"s3://archive/县/方案9\.txt"):
        list(discover(["s3://archive/县/方案9.txt"]))


def test_no_server_there(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        told(monkeypatch, f"http://127.0.0.1:{free.getsockname()[1]}")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    with pytest.raises(UsageError, match="s3://archive: cannot be listed"):
        list(discover(["s3://archive"]))
    with pytest.raises(OutputError, match=r"s3://data/set: .*the dataset lies in"):
        run_to_store([str(folder)], "s3://data/set", Options(jobs=1), stage=tmp_path / "stage")
