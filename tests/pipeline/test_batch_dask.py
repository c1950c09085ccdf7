"""The cluster engine gives the local engine's bytes, and loses one document where one goes wrong."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from policy_commitments.pipeline.batch import Options, run
from policy_commitments.pipeline.discover import UsageError
from tests.pipeline import slurm
from tests.pipeline.batch_runs import ROOT, SPECIMENS, contents, lines, notice
from tests.pipeline.faults import faulty

pytest.importorskip("distributed")


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


def test_the_same_bytes_as_local(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for path in sorted(SPECIMENS.glob("0[1-6]*.txt")):
        shutil.copy(path, tmp_path / "in")
    (tmp_path / "in" / "empty.txt").write_bytes(b"")
    run([str(tmp_path / "in")], tmp_path / "local", Options(jobs=1))
    run([str(tmp_path / "in")], tmp_path / "dask", Options(jobs=2, engine="dask"))
    assert contents(tmp_path / "dask") == contents(tmp_path / "local")


def test_a_scheduler_by_its_address(tmp_path: Path) -> None:
    from distributed import LocalCluster

    notice(tmp_path / "in", "方案.txt", 80)
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster:
        options = Options(engine="dask", scheduler=cluster.scheduler_address, memory=0)
        assert run([str(tmp_path / "in")], tmp_path / "out", options).done == 1


def test_no_scheduler_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notice(tmp_path / "in", "方案.txt", 80)
    with pytest.raises(UsageError, match="no scheduler answers"):
        run([str(tmp_path / "in")], tmp_path / "out", Options(engine="dask", scheduler="tcp://127.0.0.1:9"))


def test_crash_and_hang_cost_one_document_each(tmp_path: Path) -> None:
    for name in ("a.txt", "crash.txt", "hang.txt", "z.txt"):
        notice(tmp_path / "in", name, 50)
    options = Options(jobs=2, engine="dask", timeout=12)
    progress = run([str(tmp_path / "in")], tmp_path / "out", options, function=faulty)
    codes = {one["source"]: one["code"] for one in lines(tmp_path / "out" / "errors.jsonl")}
    assert codes == {"crash.txt": "worker_died", "hang.txt": "timeout"} and progress.documents == 2


@pytest.mark.skipif(bool(slurm.missing()), reason=f"SLURM is not installed ({slurm.PACKAGES}): NOT CHECKED")
def test_jobs_of_slurm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two jobs in the queue that jobqueue.yaml names, with its time and our memory; none is left when the run has ended."""
    dask = pytest.importorskip("dask")
    pytest.importorskip("dask_jobqueue")
    monkeypatch.chdir(tmp_path)
    for k in range(6):
        notice(tmp_path / "in", f"方案{k}.txt", 70 + k)
    (tmp_path / "in" / "empty.txt").write_bytes(b"")
    run([str(tmp_path / "in")], tmp_path / "local", Options(jobs=1))
    with slurm.running() as conf:
        monkeypatch.setenv("SLURM_CONF", str(conf))
        with dask.config.set({"jobqueue.slurm.queue": "long", "jobqueue.slurm.walltime": "02:00:00"}):
            run([str(tmp_path / "in")], tmp_path / "out", Options(engine="dask", slurm=2, memory=512))
        told = subprocess.run(["scontrol", "show", "jobs", "-o"], capture_output=True, text=True, check=True).stdout
    jobs = [dict(pair.partition("=")[::2] for pair in line.split()) for line in told.splitlines()]
    assert len(jobs) == 2 and {job["JobState"] for job in jobs} <= {"CANCELLED", "COMPLETED", "COMPLETING"}
    assert {(job["Partition"], job["TimeLimit"], job["MinMemoryNode"]) for job in jobs} == {("long", "02:00:00", "512M")}
    assert "RUNNING" not in told and any(job["StartTime"] != "Unknown" for job in jobs)
    assert contents(tmp_path / "out") == contents(tmp_path / "local")


def test_no_slurm_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("dask_jobqueue")
    notice(tmp_path / "in", "方案.txt", 80)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="--slurm 2"):
        run([str(tmp_path / "in")], tmp_path / "out", Options(engine="dask", slurm=2))
