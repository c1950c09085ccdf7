"""Scans of all specimens give the same tasks, agencies, targets, milestones and deadlines as the printed files.

200 dpi, turned by a degree, with the grain of paper. 03 is a web page whose menu is printed over its second page: what
stands under it cannot be read, and its lines say so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

import pytest

from policy_commitments.pipeline.flow import process
from policy_commitments.pipeline.read import read_bytes, read_images
from policy_commitments.pipeline.result import DocumentResult
from policy_commitments.schemas.records import MilestoneRecord, TargetRecord
from tests.pipeline.read.scans import scanned

SPECIMENS = Path(__file__).parents[2] / "corpus" / "documents"
OVERPRINTED = "03"
PLAIN = ("01", "02", "04", "05", "06", "07", "08", "09", "10")
DOUBTFUL = 0.8
FEW = 0.03  # of the right rows of a scan that are not doubtful in print
OFFSETS = frozenset(("target_id", "milestone_id", "doc_id", "item_id", "commitment_key", "restates", "start", "end", "bbox", "confidence"))
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        any(find_spec(one) is None for one in ("rapidocr", "onnxruntime")), reason="the extra `ocr` is not installed"
    ),
]
Row = tuple[str, ...]


@cache
def _both(head: str) -> tuple[DocumentResult, DocumentResult]:
    """The scan and the printed file."""
    (path,) = SPECIMENS.glob(f"{head}_*.pdf")
    pages = [(f"x_{k}.png", page) for k, page in enumerate(scanned(path.read_bytes()), 1)]
    return process(read_images(pages, "x_1.png")), process(read_bytes(path.read_bytes(), path.name))


def _plain(text: str | None) -> str:
    return "".join((text or "").split())


def _facts(result: DocumentResult) -> dict[str, list[Row]]:
    places = {item.item_id: _plain(f"{item.label or ''}{item.title or ''}") for item in result.items}

    def place(item: str | None) -> str:
        return places.get(item or "", "")

    return {
        "tasks": sorted((place(one.item_id), str(one.deadline)) for one in result.items if one.is_task),
        "agencies": sorted((place(one.item_id), _plain(one.agency), one.role) for one in result.responsibilities),
        "targets": sorted(
            (place(one.item_id), _plain(one.indicator), str(one.comparator), str(one.value), str(one.unit), str(one.deadline))
            for one in result.targets
        ),
        "milestones": sorted((place(one.item_id), _plain(one.what), str(one.deadline)) for one in result.milestones),
    }


def _rows(result: DocumentResult) -> Iterator[tuple[Row, float]]:
    """Each row with all of its columns but offsets, the quoted sentence and the place in the outline, and its confidence."""
    places = {item.item_id: _plain(f"{item.label or ''}{item.title or ''}") for item in result.items}
    every: list[TargetRecord | MilestoneRecord] = [*result.targets, *result.milestones]
    for row in every:
        columns = (getattr(row, field.name) for field in fields(row) if field.name not in OFFSETS)
        yield (places.get(row.item_id or "", ""), *(_plain(str(value)) for value in columns)), row.confidence


def _compared(head: str) -> tuple[list[float], list[tuple[float, float]]]:
    """Confidences of rows of the scan that differ from print, and of those that do not, these with that of the printed row."""
    scan, printed = _both(head)
    wanted: dict[Row, list[float]] = {}
    for row, confidence in _rows(printed):
        wanted.setdefault(row, []).append(confidence)
    rows = list(_rows(scan))
    assert len(rows) == sum(map(len, wanted.values())), "rows missed or invented"
    wrong, right = [], []
    for row, confidence in rows:
        if wanted.get(row):
            right.append((confidence, wanted[row].pop()))
        else:
            wrong.append(confidence)
    return wrong, right


@pytest.mark.parametrize("head", PLAIN)
def test_scan_and_printed_file_say_the_same(head: str) -> None:
    scan, printed = _both(head)
    assert _facts(scan) == _facts(printed)
    assert scan.document.doc_number == printed.document.doc_number
    assert printed.items
    assert all(target.confidence <= 1.0 and target.page for target in scan.targets)


@pytest.mark.parametrize("head", [*PLAIN, OVERPRINTED])
def test_every_row_that_differs_is_doubtful(head: str) -> None:
    wrong, _ = _compared(head)
    assert all(confidence < DOUBTFUL for confidence in wrong)
    assert not wrong or head == OVERPRINTED


def test_right_rows_are_hardly_ever_doubtful() -> None:
    right = list(chain.from_iterable(_compared(head)[1] for head in (*PLAIN, OVERPRINTED)))
    sure = [scan for scan, printed in right if printed >= DOUBTFUL]
    assert len(sure) > 100
    assert sum(scan < DOUBTFUL for scan in sure) <= FEW * len(sure)


def test_what_cannot_be_read_is_doubtful() -> None:
    scan, printed = _both(OVERPRINTED)
    wanted, given = _facts(printed), _facts(scan)
    for table in ("targets", "milestones"):
        assert Counter(row[1:] for row in given[table]) == Counter(row[1:] for row in wanted[table])
    agencies = [Counter(chain.from_iterable(row[1] for row in facts["agencies"])) for facts in (given, wanted)]
    assert (agencies[1] - agencies[0]).total() <= agencies[1].total() * 0.01
    assert any(problem.code == "doubtful_lines" for problem in scan.problems)
