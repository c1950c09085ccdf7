"""Many documents: formats, workers, cost per document as their number grows, memory, and the next day's run. Ratios in one run.

    python -m tests.bench.batches [--sizes 1000 10000 100000] [--keep FOLDER]

Documents are small notices of about 700 characters, each with other paragraphs of the specimens and other figures. Seconds
are given as wall time and as processor time of all processes of a run: where other programs share the machine, only the
second says what a run costs. Memory is that of all processes together (proportional set size, sampled). Nothing here
asserts: it prints.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path

from policy_commitments.pipeline.flow import process
from policy_commitments.pipeline.read import read_bytes

ROOT = Path(__file__).parents[2]
SPECIMENS = ROOT / "corpus" / "documents"
REAL = ROOT.parent / "shared" / "real"
_CHANGED = 10
_HEAD, _BODY = 6, 9  # paragraphs of a document
_EVERY = 0.2
_BURNS = 100
_TICK = os.sysconf("SC_CLK_TCK")
_NUMBER = re.compile(r"(?<![\d.〔（第号—年月])(\d)(?=\d*(?:个|公里|万元|亩|人|%))")


@dataclass(frozen=True, slots=True)
class Used:
    """One run: seconds on the clock, processor seconds of all its processes and of the first of them, MiB at most."""

    wall: float
    processor: float
    parent: float
    memory: float


def fill(folder: Path, number: int) -> Path:
    """`number` different small notices in folders of 1,000."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(SPECIMENS.glob("*.txt"))]
    pools = [[line for line in text.splitlines() if line.strip()] for text in texts]
    for k in range(number):
        below = folder / f"{k // 1000:04d}"
        below.mkdir(parents=True, exist_ok=True)
        (below / f"{k:07d}.txt").write_text(_notice(pools[k % len(pools)], k), encoding="utf-8")
    return folder


def _notice(lines: Sequence[str], k: int) -> str:
    rest = len(lines) - _HEAD
    chosen = sorted({_HEAD + (k * 7 + n * (5 + k % 11)) % rest for n in range(_BODY)})
    body = [_NUMBER.sub(lambda found: str(1 + (int(found[1]) + k) % 9), lines[n]) for n in chosen]
    return "\n\n".join([*lines[:_HEAD], *body, f"（第{k}号抄送件）"]) + "\n"


def run_apart(sources: Path, output: Path, jobs: int) -> Used:
    """What one `commitments run` uses, in a session of its own."""
    command = [sys.executable, "-m", "policy_commitments.pipeline.cli", "run", str(sources), "-o", str(output)]
    started = time.perf_counter()
    child = subprocess.Popen([*command, "--quiet", "--jobs", str(jobs)], start_new_session=True)
    seconds: dict[int, float] = {}
    memory = 0.0
    while child.poll() is None:
        memory = max(memory, _look(child.pid, seconds))
        time.sleep(_EVERY if time.perf_counter() - started > 2 else _EVERY / 4)
    wall = time.perf_counter() - started
    if child.returncode:
        raise SystemExit(f"the run ended with status {child.returncode}")
    return Used(wall, sum(seconds.values()), seconds.get(child.pid, 0.0), memory)


def _look(session: int, seconds: dict[int, float]) -> float:
    """Note the processor seconds of all processes of a session; their memory in MiB, none where the system does not say."""
    memory = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            if int(fields[3]) == session:
                seconds[int(folder.name)] = (int(fields[11]) + int(fields[12])) / _TICK
                memory += int((folder / "smaps_rollup").read_text(encoding="utf-8").partition("Pss:")[2].split()[0])
        except (OSError, ValueError, IndexError):
            continue  # it has just ended
    return memory / 1024


def formats() -> None:
    """Documents and characters per second of one process, by format, against .txt."""
    first = 0.0
    for suffix in (".txt", ".docx", ".html", ".pdf"):
        files = sorted(SPECIMENS.glob(f"*{suffix}")) or (sorted(REAL.glob(f"*{suffix}")) if REAL.exists() else [])
        data = [(path.name, path.read_bytes()) for path in files]
        if not data:
            print(f"{suffix:6s} no documents at hand")
            continue
        characters = sum(len(process(read_bytes(one, name)).text) for name, one in data)
        started, rounds = time.process_time(), 0
        while time.process_time() - started < 2 or not rounds:
            for name, one in data:
                process(read_bytes(one, name))
            rounds += 1
        spent = time.process_time() - started
        rate = rounds * len(data) / spent
        first = first or rate
        print(
            f"{suffix:6s} {rate:8.1f} documents/s, {rounds * characters / spent:12,.0f} characters/s on one core, "
            f"{rate / first:5.2f} x .txt in documents"
        )


def _burn(ready: Barrier, seconds: Connection) -> None:
    """Read the specimens again and again once all are ready; send how long it took by the clock."""
    files = [(path.name, path.read_bytes()) for path in sorted(SPECIMENS.glob("*.txt"))]
    for name, data in files:
        process(read_bytes(data, name))
    ready.wait()
    started = time.perf_counter()
    for _ in range(_BURNS):
        for name, data in files:
            process(read_bytes(data, name))
    seconds.send(time.perf_counter() - started)


def _apart(number: int) -> float:
    """Seconds that so many processes, which share nothing, take for the same work each."""
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(number)
    ends = [context.Pipe(duplex=False) for _ in range(number)]
    started = [context.Process(target=_burn, args=(ready, sender)) for _, sender in ends]
    for one, (_, sender) in zip(started, ends, strict=True):
        one.start()
        sender.close()  # where a process dies, the other end says so
    spent = max(receiver.recv() for receiver, _ in ends)
    for one in started:
        one.join()
    return spent


def workers(base: Path, number: int) -> None:
    """One worker against two on the same documents, and two processes that share nothing as the machine's own measure."""
    sources = fill(base / "workers", number)
    before = 2 * _apart(1) / _apart(2)
    one, two = (run_apart(sources, base / f"out_w{jobs}", jobs) for jobs in (1, 2))
    machine = (before + 2 * _apart(1) / _apart(2)) / 2
    ratio = one.wall / two.wall
    print(
        f"2 workers on {number:,} documents: {ratio:.2f} x one worker, {50 * ratio:.0f} % efficiency by the clock; two processes that "
        f"share nothing do {machine:.2f} x the work of one on this machine now, so {100 * ratio / machine:.0f} % of what it gives "
        f"(load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors)"
    )
    print(
        f"  processor time {one.processor / two.processor:.0%} of that of two; the process that coordinates takes "
        f"{1000 * two.parent / number:.2f} of {1000 * two.processor / number:.2f} ms per document: "
        f"two free cores would give {100 * one.processor / (two.processor + two.parent):.0f} % efficiency or more"
    )


def sizes(base: Path, numbers: list[int]) -> None:
    """Cost per document and peak memory as the number grows, then a re-run with ten changed."""
    first: Used | None = None
    for number in numbers:
        sources, output = fill(base / f"n{number}", number), base / f"out_n{number}"
        used = run_apart(sources, output, 2)
        first = first or used
        print(
            f"{number:9,} documents: {used.processor / number / (first.processor / numbers[0]):.2f} x the processor time per "
            f"document and {used.memory / first.memory:.2f} x the memory of {numbers[0]:,} ({1000 * used.processor / number:.2f} ms, "
            f"{1000 * used.wall / number:.2f} ms by the clock, {used.memory:.0f} MiB)",
            flush=True,
        )
        print(f"          {_rerun(sources, output)}", flush=True)


def _rerun(sources: Path, output: Path) -> str:
    listed = min(_listing(sources) for _ in range(3))
    nothing = run_apart(sources, output, 2)
    files = sorted(sources.rglob("*.txt"))
    alone = output.with_name(f"{output.name}_ten")
    alone.mkdir()
    for path in files[:: len(files) // _CHANGED][:_CHANGED]:
        path.write_text(path.read_text(encoding="utf-8") + "（改）\n", encoding="utf-8")
        shutil.copy(path, alone)
    changed = run_apart(sources, output, 2)
    ten = run_apart(alone, alone / "out", 2)
    return (
        f"listing and stat'ing {listed:.2f} s, {_CHANGED} documents by themselves {ten.wall:.2f} s; unchanged again {nothing.wall:.2f} s "
        f"= {nothing.wall / listed:.1f} x listing; with {_CHANGED} changed {changed.wall:.2f} s = {changed.wall / (listed + ten.wall):.1f} x "
        f"listing and the ten ({changed.processor:.2f} s of processor time)"
    )


def _listing(folder: Path) -> float:
    started = time.perf_counter()
    for parent, _, names in os.walk(folder):
        for name in names:
            os.stat(f"{parent}/{name}")  # noqa: PTH116 - the plainest way there is
    return time.perf_counter() - started


def main() -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000])
    parser.add_argument("--workers", type=int, default=3_000, help="documents for one worker against two; 0: leave it out")
    parser.add_argument("--keep", type=Path, help="folder for documents and datasets; a temporary one without")
    given = parser.parse_args()
    formats()
    with tempfile.TemporaryDirectory() as folder:
        base = given.keep or Path(folder)
        if given.workers:
            workers(base, given.workers)
        sizes(base, given.sizes)


if __name__ == "__main__":
    main()
