"""The cluster engine gives the local engine's bytes, and loses one document where one goes wrong."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from policy_commitments.pipeline.batch import Options, run
from policy_commitments.pipeline.discover import UsageError
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


SBATCH = """#!{python}
import subprocess, sys
script = open(sys.argv[-1], encoding="utf-8").read()
log = open("{folder}/job.log", "ab")
child = subprocess.Popen(["sh", "-c", script], start_new_session=True, stdout=log, stderr=log)
open("{folder}/asked.sh", "a", encoding="utf-8").write(script)
print("Submitted batch job", child.pid)
"""
SCANCEL = """#!{python}
import os, signal, sys
for job in sys.argv[1:]:
    try:
        os.killpg(int(job), signal.SIGTERM)
    except ProcessLookupError:
        pass
"""


@pytest.mark.skipif(sys.platform == "win32", reason="scripts stand in for SLURM")
def test_jobs_of_slurm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands of SLURM are scripts that start the job's script on this machine."""
    dask = pytest.importorskip("dask")
    pytest.importorskip("dask_jobqueue")
    for name, script in (("sbatch", SBATCH), ("scancel", SCANCEL)):
        (tmp_path / "bin").mkdir(exist_ok=True)
        (tmp_path / "bin" / name).write_text(script.format(python=sys.executable, folder=tmp_path), encoding="utf-8")
        (tmp_path / "bin" / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    monkeypatch.chdir(tmp_path)
    for k in range(4):
        notice(tmp_path / "in", f"方案{k}.txt", 70 + k)
    run([str(tmp_path / "in")], tmp_path / "local", Options(jobs=1))
    with dask.config.set({"jobqueue.slurm.queue": "long", "jobqueue.slurm.walltime": "02:00:00"}):
        run([str(tmp_path / "in")], tmp_path / "out", Options(engine="dask", slurm=1, memory=1024))
    asked = (tmp_path / "asked.sh").read_text(encoding="utf-8")
    assert "#SBATCH -p long" in asked and "#SBATCH -t 02:00:00" in asked and "#SBATCH --mem=1" in asked
    assert contents(tmp_path / "out") == contents(tmp_path / "local")


def test_no_slurm_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("dask_jobqueue")
    notice(tmp_path / "in", "方案.txt", 80)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="--slurm 2"):
        run([str(tmp_path / "in")], tmp_path / "out", Options(engine="dask", slurm=2))
