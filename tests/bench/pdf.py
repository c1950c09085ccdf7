"""Pages per second of our PDF reader against pdfplumber's extract_text() + extract_tables(), in one run.

Usage: python -m tests.bench.pdf [FOLDER...] (default corpus/documents). Every .pdf with text in the folders counts, and a
specimen of 500 pages (pages of corpus/, every tenth with a ruled table). Prints ratios, cells wrong of the
specimen for both, how much memory the last 400 of 500 pages cost, and its peak. Seconds are those of the processor, the
least of five runs; garbage is collected as seldom as in a worker of the batch, for both. Exits 1 where more cells are wrong.
"""

from __future__ import annotations

import io
import logging
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2

from policy_commitments.pipeline.engines.task import settle
from policy_commitments.pipeline.flow import process
from policy_commitments.pipeline.read import read_bytes
from policy_commitments.pipeline.read.pdf_pages import read_pages
from policy_commitments.pipeline.result import DocumentResult
from policy_commitments.schemas.problems import DocumentError
from policy_commitments.schemas.source import Source
from tests.pipeline.read.invariants import grid

AIM = 10.0
_PAGES = 500
_EVERY = 10
_REPEATS = 5
_FOLDER = Path(__file__).parents[2] / "corpus" / "documents"
_PROSE = ("01*.pdf", "05*.pdf")
_RULED = "02*.pdf"  # its third page holds a table


def _pages_of(pattern: str) -> Any:
    return pypdfium2.PdfDocument(next(_FOLDER.glob(pattern)))


def _has_table(document: Any, index: int) -> bool:
    return bool(read_pages(document)[index].parts)


def specimen(pages: int = _PAGES) -> bytes:
    """Pages of the specimens over and over: prose, and one with a table on each tenth page; fonts are shared."""
    leaves = pypdfium2.PdfDocument.new()
    for document in map(_pages_of, _PROSE):
        leaves.import_pages(document)
    prose = len(leaves)
    ruled = _pages_of(_RULED)
    leaves.import_pages(ruled, [next(k for k in range(len(ruled)) if _has_table(ruled, k))])
    made = pypdfium2.PdfDocument.new()
    made.import_pages(leaves, [prose if number % _EVERY == 0 else number % prose for number in range(1, pages + 1)])
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def _ours(data: bytes) -> Source:
    return read_bytes(data, "specimen.pdf")


def _rows(data: bytes) -> DocumentResult:
    return process(_ours(data))


def _theirs(data: bytes) -> list[list[list[str | None]]]:
    tables: list[list[list[str | None]]] = []
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_text()
            tables.extend(page.extract_tables())
            page.close()
    return tables


def _seconds(work: Callable[[bytes], object], data: bytes) -> float:
    times = []
    for _ in range(_REPEATS if len(data) < 3_000_000 else 1):
        start = time.process_time()
        work(data)
        times.append(time.process_time() - start)
    return min(times)


def _documents(folders: list[Path]) -> Iterator[tuple[str, bytes, int]]:
    for path in sorted(path for folder in folders for path in folder.glob("*.pdf")):
        data = path.read_bytes()
        with pdfplumber.open(io.BytesIO(data)) as document:
            text = any(page.chars for page in document.pages)
            pages = len(document.pages)
        if text:
            yield path.name, data, pages
    yield f"specimen of {_PAGES} pages", specimen(), _PAGES


def _wrong(tables: list[list[list[str]]]) -> int:
    """Cells of the specimen's tables that are not as in the .txt."""
    text = next(_FOLDER.glob(_RULED.replace(".pdf", ".txt")))
    source = read_bytes(text.read_bytes(), text.name)
    wanted = [grid(source)] * (_PAGES // _EVERY)
    size = sum(map(len, wanted[0]))
    wrong = abs(len(wanted) - len(tables)) * size
    for table, other in zip(wanted, tables, strict=False):
        for row, got in zip(table, other, strict=False):
            wrong += sum("".join(a.split()) != "".join(b.split()) for a, b in zip(row, got, strict=False))
        wrong += abs(len(table) - len(other)) * len(table[0])
    return wrong


def peak() -> float:
    """Megabytes of resident memory at most so far; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def memory() -> float:
    """Megabytes that 500 pages need beyond what 100 pages need."""
    long, short = specimen(), specimen(100)
    _ours(short)
    before = peak()
    _ours(long)
    return peak() - before


def main(folders: list[Path]) -> int:
    """Print the figures; 1 where more cells are wrong than pdfplumber has."""
    logging.disable(logging.WARNING)
    more, reading = memory(), peak()
    _rows(specimen(_EVERY))
    settle()
    total_ours = total_theirs = total_dataset = 0.0
    for name, data, pages in _documents(folders):
        try:
            ours, theirs, dataset = _seconds(_ours, data), _seconds(_theirs, data), _seconds(_rows, data)
        except DocumentError as error:
            print(f"{name}: {error.code}")
            continue
        total_ours, total_theirs, total_dataset = total_ours + ours, total_theirs + theirs, total_dataset + dataset
        seconds = f"{ours:.3f} s, to rows {dataset:.3f} s, pdfplumber {theirs:.3f} s"
        print(f"{name}: {pages / ours:.0f} pages/s, {theirs / ours:.1f} x pdfplumber, to rows {theirs / dataset:.1f} x ({seconds})")
    data = specimen()
    source = _ours(data)
    ours_wrong = _wrong([grid(source, k) for k in range(len(source.tables))])
    theirs_wrong = _wrong([[[cell or "" for cell in row] for row in table] for table in _theirs(data)])
    ratio = total_theirs / total_dataset
    print(f"all: {total_theirs / total_ours:.1f} x pdfplumber, to rows {ratio:.1f} x; cells wrong {ours_wrong} against {theirs_wrong}")
    print(f"500 pages after 100: {more:.0f} MB more, at most {reading:.0f} MB")
    return 0 if ours_wrong <= theirs_wrong else 1


if __name__ == "__main__":
    sys.exit(main([Path(one) for one in sys.argv[1:]] or [_FOLDER]))
