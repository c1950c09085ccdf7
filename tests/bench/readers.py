"""Time that .doc files take against LibreOffice, and scans for each page, in one run.

Usage: python -m tests.bench.readers [FOLDER...] (default corpus/documents). LibreOffice converts copies of all files in
one go, so that its start counts little, and one file alone, as it is called for a file that comes alone; both sides
are given in processor time, which other programs do not change.
Prints milliseconds, both ratios, seconds for each scanned page and the peak of resident memory. Exits 1 where the
ratio to the one go is below 50.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from policy_commitments.pipeline.read import read_bytes, read_images
from policy_commitments.pipeline.read.soffice import is_installed
from tests.bench.pdf import peak
from tests.pipeline.read.scans import scanned

AIM = 50.0
_REPEATS = 20
_ROUNDS = 5
_COPIES = 8
_FOLDER = Path(__file__).parents[2] / "corpus" / "documents"
_SCANNED = ("01", "04", "10")  # official paper, a table across pages, a plan with contents and table


def doc_seconds(documents: Sequence[bytes]) -> float:
    """Seconds for one .doc, the best of several rounds over all."""
    best = float("inf")
    for _ in range(_ROUNDS):
        start = time.process_time()
        for _ in range(_REPEATS):
            for data in documents:
                read_bytes(data, "file.doc")
        best = min(best, time.process_time() - start)
    return best / _REPEATS / len(documents)


def office_seconds(documents: Sequence[bytes]) -> tuple[float, float]:
    """Seconds that LibreOffice takes for one .doc to text: one of many in one go, and one alone."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        copies = [folder / f"{copy}_{k}.doc" for copy in range(_COPIES) for k in range(len(documents))]
        for k, path in enumerate(copies):
            path.write_bytes(documents[k % len(documents)])
        _convert(copies[:1], folder)  # makes the profile
        together = min(_convert(copies, folder) for _ in range(2))
        return together / len(copies), min(_convert(copies[:1], folder) for _ in range(3))


def _convert(paths: Sequence[Path], folder: Path) -> float:
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "txt:Text"]
    start = _children()
    subprocess.run([*command, "--outdir", str(folder / "out"), *map(str, paths)], check=False, capture_output=True)
    seconds = _children() - start
    if not all((folder / "out" / f"{path.stem}.txt").is_file() for path in paths):
        raise RuntimeError("LibreOffice converted not all files")
    return seconds


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def page_seconds(pdf: bytes) -> tuple[int, float]:
    """Pages of a scanned specimen and the seconds that one takes, tables included."""
    pages = [(f"x_{k}.png", page) for k, page in enumerate(scanned(pdf), 1)]
    start = time.perf_counter()
    read_images(pages, "x_1.png")
    return len(pages), (time.perf_counter() - start) / len(pages)


def main(folders: Sequence[Path]) -> int:
    """Print the figures; 0 where the aim is reached or LibreOffice is not there."""
    paths = sorted(path for folder in folders for pattern in ("*.doc", "*.wps") for path in folder.glob(pattern))
    documents = [path.read_bytes() for path in paths]
    ours, ratio = doc_seconds(documents), AIM
    print(f".doc: {ours * 1000:.2f} ms of processor time each, {len(documents)} files")
    if is_installed():
        together, alone = office_seconds(documents)
        ratio = together / ours
        print(f"LibreOffice: {together * 1000:.1f} ms each in one go, {ratio:.0f} x; {alone * 1000:.0f} ms alone, {alone / ours:.0f} x")
    if find_spec("rapidocr") is not None:
        for head in _SCANNED:
            path = next(_FOLDER.glob(f"{head}*.pdf"))
            pages, seconds = page_seconds(path.read_bytes())
            print(f"scan of {path.name}: {pages} pages, {seconds:.2f} s each")
    print(f"resident memory at most {peak():.0f} MB")
    return 0 if ratio >= AIM else 1


if __name__ == "__main__":
    sys.exit(main([Path(one) for one in sys.argv[1:]] or [_FOLDER]))
