"""What the views are made from: superiors, agency functions, findings, documents that are there in several formats."""

from __future__ import annotations

from pathlib import Path

import orjson

from policy_commitments.pipeline.report.findings import write_findings
from policy_commitments.pipeline.report.heat import heat_map
from policy_commitments.pipeline.report.matrix import build_matrix
from policy_commitments.pipeline.report.overview import counts
from policy_commitments.pipeline.report.places import find_places
from policy_commitments.pipeline.report.superiors import superiors
from policy_commitments.pipeline.report.tables import read_tables
from tests.report.datasets import Notice, notices, write_dataset
from tests.report.test_build import part


def _cascade(folder: Path, above: Notice, below: Notice) -> None:
    row = {
        "change": "kept", "indicator": "护理型床位占比", "superior": "云川省", "superior_shown": "≥55%", "superior_sentence": "甲",
        "subordinate": "丙区", "subordinate_shown": "≥58%", "subordinate_sentence": "乙", "ratio": 1.0545,
        "deadline_change": "same", "wording": "softened", "target_id": above.targets[0].target_id,
        "other_target_id": below.targets[0].target_id,
    }  # fmt: skip
    (folder / "cascade.jsonl").write_bytes(orjson.dumps(row) + b"\n")


def test_a_document_that_is_named_as_basis_makes_its_place_a_superior(tmp_path: Path) -> None:
    made = notices()
    folder = write_dataset(tmp_path, made)
    _cascade(folder, made[0], made[3])
    tables = read_tables(folder)
    places = find_places(tables.documents)
    above = {place.name: [places.all[n].name for n in found] for place, found in zip(places.all, superiors(tables, places), strict=True)}
    assert above == {"云川省": [], "甲县": ["云川省"], "乙县": ["云川省"], "丙区": ["云川省"]}


def test_the_cascade_says_how_the_wording_changed(tmp_path: Path) -> None:
    made = notices()
    folder = write_dataset(tmp_path / "dataset", made)
    _cascade(folder, made[0], made[3])
    write_findings(tmp_path / "data", read_tables(folder))
    found = part(tmp_path, "cascade")
    assert found["heads"][-4:] == ["ratio", "deadline_change", "wording", "related"]
    assert found["rows"][0][-4:] == ["1.05", ["same"], ["softened"], ""]


def test_a_task_counts_once_however_often_its_agency_is_named(tmp_path: Path) -> None:
    made = notices()
    made[1].agency(made[1].items[0], "县民政局", "lead", "民政")
    made[1].agency(made[1].items[0], "县民政局", "support", "民政")
    tables = read_tables(write_dataset(tmp_path, made))
    places = find_places(tables.documents)
    heat = heat_map(tables, places)
    civil = [function[0] for function in heat.functions].index("民政")
    place = [place.name for place in places.all].index("甲县")
    assert [cell[2:] for cell in heat.cells if cell[:2] == [civil, place]] == [[1, 0, 1]]


def test_one_document_in_two_formats_counts_once(tmp_path: Path) -> None:
    made = notices()
    again = notices()[1]
    again.name = "甲县（另一格式）.txt"
    for table in (again.items, again.targets, again.milestones, again.responsibilities):
        table.clear()
    again.text = ""
    again.line(again.title)
    tables = read_tables(write_dataset(tmp_path, [*made, again]))
    reprints = [row["source_name"] for row in tables.documents if row["duplicate_of"]]
    assert len(reprints) == 1 and reprints[0].startswith("甲县")
    places = find_places(tables.documents)
    figures = counts(tables, places, build_matrix(tables, places))
    assert (figures["documents"], figures["duplicates"]) == (5, 1)
