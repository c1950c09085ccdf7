"""All formats of one specimen, and of one real document, give the same commitments."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from policy_commitments.pipeline.flow import process
from policy_commitments.pipeline.read import read_bytes
from policy_commitments.pipeline.result import DocumentResult

ROOT = Path(__file__).parents[2]
DOCUMENTS = ROOT / "corpus" / "documents"
REAL = ROOT.parent / "shared" / "real"
PAIRS = (("d_hainan.docx", "d_hainan_pdf.pdf"), ("008_*.docx", "009_*.pdf"), ("d_park.txt", "d_park_html.html"))
BOXED = {"02"}  # a text box belongs to its section where the file keeps the frame, to its own heading in .txt
TABLES = ("items", "tasks", "targets", "milestones", "responsibilities")


def result(path: Path) -> DocumentResult:
    return process(read_bytes(path.read_bytes(), path.name))


def bare(text: str | None) -> str:
    return re.sub(r"\s+", "", text or "")


def facts(found: DocumentResult) -> dict[str, list[tuple[object, ...]]]:
    """What a researcher compares, without offsets and blanks."""
    titles: dict[str | None, str] = {item.item_id: bare(item.title) for item in found.items}
    deadline = ("deadline_start", "deadline", "deadline_source")
    value = ("kind", "comparator", "value", "value_max", "unit", "per", "baseline", "strength", *deadline)
    return {
        "items": [(item.label, bare(item.title), item.role) for item in found.items],
        "tasks": [(item.label, bare(item.title), item.deadline) for item in found.items if item.is_task],
        "targets": [
            (titles.get(row.item_id), bare(row.indicator), *(getattr(row, name) for name in value)) for row in found.targets
        ],
        "milestones": [
            (titles.get(row.item_id), bare(row.what), *(getattr(row, name) for name in deadline)) for row in found.milestones
        ],
        "responsibilities": [(titles.get(row.item_id), bare(row.agency), row.role) for row in found.responsibilities],
    }


def specimens() -> dict[str, list[Path]]:
    groups: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(DOCUMENTS.iterdir()):
        groups[path.stem].append(path)
    return {stem: paths for stem, paths in groups.items() if len(paths) > 1}


@pytest.mark.parametrize("stem", sorted(specimens()))
def test_formats_of_a_specimen(stem: str) -> None:
    plain = DOCUMENTS / f"{stem}.txt"
    wanted = facts(result(plain))
    assert wanted["items"] and sum(map(len, wanted.values())) > len(wanted["items"])
    for path in specimens()[stem]:
        if path != plain:
            given = facts(result(path))
            for table in TABLES:
                first = 1 if stem[:2] in BOXED and table in ("targets", "milestones") else 0
                rows = [[str(row[first:]) for row in one[table]] for one in (given, wanted)]
                assert sorted(rows[0]) == sorted(rows[1]), f"{path.suffix}: {table}"


@pytest.mark.real
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_formats_of_a_real_document(one: str, other: str) -> None:
    first, second = next(REAL.glob(one), None), next(REAL.glob(other), None)
    if first is None or second is None:
        pytest.skip("real documents: NOT CHECKED")
    given, wanted = facts(result(second)), facts(result(first))
    for table in TABLES:
        assert sorted(map(str, given[table])) == sorted(map(str, wanted[table])), table
