"""Many documents: formats, workers, cost per document as their number grows, memory, and the next day's run. Ratios in one run.

    python -m tests.bench.batches [--sizes 1000 10000]

Documents are specimens with one line that makes each unlike the others. Nothing here asserts: it prints.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from policy_commitments.pipeline.flow import process
from policy_commitments.pipeline.read import read_bytes

ROOT = Path(__file__).parents[2]
SPECIMENS = ROOT / "corpus" / "documents"
REAL = ROOT.parent / "shared" / "real"
_CHANGED = 10
_FEW = 300


def fill(folder: Path, number: int) -> Path:
    """`number` different notices in folders of 1,000, from the shortest specimens."""
    short = sorted(SPECIMENS.glob("*.txt"), key=lambda path: path.stat().st_size)[:4]
    texts = [path.read_bytes() for path in short]
    for k in range(number):
        below = folder / f"{k // 1000:04d}"
        below.mkdir(parents=True, exist_ok=True)
        (below / f"{k:07d}.txt").write_bytes(texts[k % len(texts)] + f"\n\n（第{k}号抄送件）\n".encode())
    return folder


def run_apart(sources: Path, output: Path, jobs: int) -> tuple[float, float]:
    """Seconds and peak memory (MiB, of the parent) of one `commitments run` in a process of its own."""
    command = [sys.executable, "-m", "policy_commitments.pipeline.cli", "run", str(sources), "-o", str(output)]
    started = time.perf_counter()
    child = subprocess.Popen([*command, "--quiet", "--jobs", str(jobs)])
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"the run ended with status {status}")
    return time.perf_counter() - started, usage.ru_maxrss / 1024


def formats() -> None:
    """Documents per second of one process, by format, against .txt."""
    first = 0.0
    for suffix in (".txt", ".docx", ".html", ".pdf"):
        files = sorted(SPECIMENS.glob(f"*{suffix}")) or (sorted(REAL.glob(f"*{suffix}")) if REAL.exists() else [])
        data = [(path.name, path.read_bytes()) for path in files]
        if not data:
            print(f"{suffix:6s} no documents at hand")
            continue
        for name, one in data[:2]:
            process(read_bytes(one, name))
        started, rounds = time.perf_counter(), 0
        while time.perf_counter() - started < 2 or not rounds:
            for name, one in data:
                process(read_bytes(one, name))
            rounds += 1
        rate = rounds * len(data) / (time.perf_counter() - started)
        first = first or rate
        print(f"{suffix:6s} {rate:8.1f} documents/s in one process, {rate / first:5.2f} x .txt")


def workers(base: Path) -> None:
    """One worker against two, without the time that an empty run takes."""
    sources = fill(base / "workers", 1_500)
    few = fill(base / "few", _FEW)
    times = {}
    for jobs in (1, 2):
        whole, _ = run_apart(sources, base / f"out_w{jobs}", jobs)
        start, _ = run_apart(few, base / f"out_f{jobs}", jobs)
        times[jobs] = whole - start
    print(f"2 workers: {times[1] / times[2]:.2f} x one worker, {50 * times[1] / times[2]:.0f} % efficiency")


def sizes(base: Path, numbers: list[int]) -> None:
    """Cost per document and peak memory as the number grows, then a re-run with ten changed."""
    first: tuple[float, float] | None = None
    for number in numbers:
        sources, output = fill(base / f"n{number}", number), base / f"out_n{number}"
        seconds, peak = run_apart(sources, output, 2)
        each = seconds / number
        first = first or (each, peak)
        again = _rerun(sources, output)
        print(
            f"{number:7,} documents: {each / first[0]:.2f} x the cost per document and {peak / first[1]:.2f} x the memory "
            f"of {numbers[0]:,} ({1000 * each:.1f} ms, {peak:.0f} MiB); {again}"
        )


def _rerun(sources: Path, output: Path) -> str:
    listed = time.perf_counter()
    paths = [path for path in sources.rglob("*") if path.stat().st_size and path.is_file()]
    listed = time.perf_counter() - listed
    nothing, _ = run_apart(sources, output, 2)
    for path in paths[:_CHANGED]:
        path.write_bytes(path.read_bytes() + "（改）\n".encode())
    ten, _ = run_apart(sources, output, 2)
    return f"unchanged again {nothing / listed:.1f} x, with {_CHANGED} changed {ten / listed:.1f} x the time of listing ({listed:.2f} s)"


def main() -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    wanted = parser.parse_args().sizes
    formats()
    with tempfile.TemporaryDirectory() as folder:
        workers(Path(folder))
        sizes(Path(folder), wanted)


if __name__ == "__main__":
    main()
