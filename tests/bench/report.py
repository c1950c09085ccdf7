"""First paint of a large report against a small one: `python tests/bench/report.py [documents] [targets]`.

Writes invented datasets of 50 documents and of 2,000 documents with 60,000 targets, makes their reports, opens both in
headless Chromium and prints the time until the first rows of the matrix are drawn, and until all data are in.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from policy_commitments.pipeline.report.build import write_report

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.report.datasets import many, write_dataset

ROUNDS = 5
LIMIT = 2.0
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"


def main() -> int:
    """Exit code 1 where the large report takes more than twice as long as the small one."""
    documents, targets = (int(one) for one in (sys.argv[1:3] or ("2000", "60000")))
    with tempfile.TemporaryDirectory() as folder:
        small = _report(Path(folder) / "small", 50, 1500)
        large = _report(Path(folder) / "large", documents, targets)
        first, second = _opened(small), _opened(large)
    for name, (rows, paint, everything) in (("50 documents", first), (f"{documents} documents", second)):
        print(f"{name:>16}: rows {rows:5.0f} ms · paint {paint:5.0f} ms · all data {everything:6.0f} ms")
    ratio = second[0] / first[0]
    print(f"ratio {ratio:.2f} (limit {LIMIT})")
    return int(ratio > LIMIT)


def _report(folder: Path, documents: int, targets: int) -> Path:
    write_dataset(folder, list(many(documents, targets)))
    started = time.perf_counter()
    written = write_report(folder)
    print(f"{documents} documents, {targets} targets: report in {time.perf_counter() - started:.1f} s")
    return written.index


def _opened(index: Path) -> tuple[float, float, float]:
    """Medians in ms: first rows drawn, first contentful paint, all parts loaded."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        rounds = [_round(browser, index) for _ in range(ROUNDS)]
        browser.close()
    rows, paint, everything = (statistics.median(column) for column in zip(*rounds, strict=True))
    return rows, paint, everything


def _round(browser: Any, index: Path) -> tuple[float, float, float]:
    page = browser.new_page()
    page.add_init_script(
        "new MutationObserver(() => { const ready = document.documentElement?.dataset.ready;"
        "if (ready && !window.marks?.[ready]) (window.marks ??= {})[ready] = performance.now(); })"
        ".observe(document, {subtree: true, attributes: true, attributeFilter: ['data-ready']})"
    )
    page.goto(f"file://{index}")
    page.wait_for_selector("html[data-ready=all]", timeout=60_000)
    marks = page.evaluate("window.marks")
    paint = page.evaluate(_PAINT)
    page.close()
    return marks["first"], paint, marks["all"]


if __name__ == "__main__":
    raise SystemExit(main())
