"""A real SLURM of one node on loopback, from Debian's packages: munged, slurmctld and slurmd in a folder of their own."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

PACKAGES = "slurmctld slurmd slurm-client munge"
_PROGRAMS = ("munged", "slurmctld", "slurmd", "sbatch", "sinfo", "scontrol")
_SBIN = "/usr/sbin:/sbin"
_SECONDS = 30.0
_CONF = """\
ClusterName=test
SlurmctldHost={host}(127.0.0.1)
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
CredType=cred/munge
SlurmctldPort={control}
SlurmdPort={node}
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
MpiDefault=none
ReturnToService=2
NodeName={host} NodeAddr=127.0.0.1 CPUs={cores} RealMemory=2048 State=UNKNOWN
PartitionName=short Nodes={host} Default=YES MaxTime=00:01:00 State=UP
PartitionName=long Nodes={host} MaxTime=INFINITE State=UP
"""


def _program(name: str) -> str | None:
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:{_SBIN}")


def missing() -> list[str]:
    """Programs that are not installed."""
    return [name for name in _PROGRAMS if _program(name) is None]


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def _daemon(*command: str | None) -> Iterator[None]:
    words = [word for word in command if word is not None]
    with (Path(words[-1]).with_suffix(".out")).open("ab") as log:
        child = subprocess.Popen(words[:-1], stdout=log, stderr=log)
    try:
        yield
    finally:
        child.terminate()
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _wait(folder: Path, environment: dict[str, str]) -> None:
    """Until the node takes jobs; raises RuntimeError with what the daemons wrote."""
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until:
        told = subprocess.run(["sinfo", "-h", "-o", "%t"], env=environment, capture_output=True, text=True, check=False)
        if told.stdout.split() == ["idle"]:
            return
        time.sleep(0.3)
    logs = "\n".join(path.read_text(errors="replace")[-2_000:] for path in sorted(folder.glob("*.[lo][ou][gt]")))
    raise RuntimeError(f"SLURM took no jobs within {_SECONDS:.0f} s:\n{logs}")


@contextmanager
def running() -> Iterator[Path]:
    """Path of slurm.conf of a cluster that takes jobs into its partitions short and long; all ends with the block."""
    folder = Path(tempfile.mkdtemp(prefix="slurm-"))  # short: the path of a socket is
    folder.chmod(0o755)
    for name in ("state", "spool"):
        (folder / name).mkdir()
    (folder / "munge.key").write_bytes(os.urandom(1024))
    (folder / "munge.key").chmod(0o600)
    conf = folder / "slurm.conf"
    conf.write_text(
        _CONF.format(
            host=socket.gethostname().partition(".")[0], user=pwd.getpwuid(os.geteuid()).pw_name, folder=folder,
            control=_free_port(), node=_free_port(), cores=os.cpu_count(),
        ),
        encoding="utf-8",
    )
    own = [f"--{name}={folder}/munge.{name.split('-')[0]}" for name in ("key-file", "socket", "pid-file", "log-file", "seed-file")]
    try:
        with ExitStack() as stack:
            stack.enter_context(_daemon(_program("munged"), "--foreground", "--force", *own, str(folder / "munged")))
            until = time.monotonic() + _SECONDS
            while not (folder / "munge.socket").exists() and time.monotonic() < until:
                time.sleep(0.05)
            stack.enter_context(_daemon(_program("slurmctld"), "-D", "-i", "-f", str(conf), str(folder / "slurmctld")))
            stack.enter_context(_daemon(_program("slurmd"), "-D", "-f", str(conf), str(folder / "slurmd")))
            _wait(folder, os.environ | {"SLURM_CONF": str(conf)})
            yield conf
    finally:
        shutil.rmtree(folder, ignore_errors=True)
