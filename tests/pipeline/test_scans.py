"""Scans of specimens give the same tasks, agencies, targets, milestones and deadlines as the files that were printed."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from policy_commitments.pipeline.flow import process
from policy_commitments.pipeline.read import read_bytes, read_images
from policy_commitments.pipeline.result import DocumentResult
from tests.pipeline.read.scans import scanned

SPECIMENS = Path(__file__).parents[2] / "corpus" / "documents"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        any(find_spec(one) is None for one in ("rapidocr", "onnxruntime")), reason="the extra `ocr` is not installed"
    ),
]


def _plain(text: str | None) -> str:
    return "".join((text or "").split()).replace("．", ".")


def _facts(result: DocumentResult) -> dict[str, list[tuple[str, ...]]]:
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


@pytest.mark.parametrize("head", ["01", "04", "07"])
def test_scan_and_printed_file_say_the_same(head: str) -> None:
    (path,) = SPECIMENS.glob(f"{head}_*.pdf")
    printed = process(read_bytes(path.read_bytes(), path.name))
    pages = [(f"x_{k}.png", page) for k, page in enumerate(scanned(path.read_bytes()), 1)]
    scan = process(read_images(pages, "x_1.png"))
    assert _facts(scan) == _facts(printed)
    assert printed.items
    assert all(target.confidence <= 1.0 and target.page for target in scan.targets)
