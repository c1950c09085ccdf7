"""Rows, verdicts, marks, conflicts, cascade, revisions and agencies of a small dataset."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from policy_commitments.pipeline.comparison.agency_names import full_names, is_short_for, place_of
from policy_commitments.pipeline.comparison.grid import Row
from policy_commitments.pipeline.comparison.material import read_material
from policy_commitments.pipeline.comparison.tables import Tables, build_tables
from policy_commitments.pipeline.comparison.wording import number, shown, wording_change
from policy_commitments.pipeline.dataset import NoDatasetError
from policy_commitments.pipeline.place_label import document_label
from tests.pipeline.comparison.made import FIRST, PROVINCE, SECOND, Made, made


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return build_tables(read_material(made().write(tmp_path_factory.mktemp("made") / "output")))


def _row(tables: Tables, row_id: str) -> Row:
    return next(row for row in tables.rows if row.row_id == row_id)


def test_one_indicator_stands_in_one_row(tables: Tables) -> None:
    forest = _row(tables, "environment.forest_coverage")
    assert {place: values[0].shown for place, values in forest.values.items()} == {"青山省": "≈60%", "白水县": "≥54%", "红岩区": "63%"}
    assert forest.label_en == "Forest coverage"
    assert tables.places == ["青山省", "白水县", "红岩区"]


def test_wordings_that_the_registry_lacks_are_aligned(tables: Tables) -> None:
    (station,) = [row for row in tables.rows if "护林站" in row.label]
    assert set(station.values) == {"白水县", "红岩区"} and station.verdict.code == "same_definition"


def test_verdicts(tables: Tables) -> None:
    assert _row(tables, "environment.forest_coverage").verdict.code == "different_deadline"
    per_thousand = _row(tables, "health.nurses_per_1000")
    assert per_thousand.verdict.code == "different_denominator" and "万人口" in str(per_thousand.verdict.note)
    assert _row(tables, "environment.wetland_protection").verdict.code == "one_jurisdiction"


def test_not_stated_and_not_read_are_told_apart(tables: Tables) -> None:
    nurses = _row(tables, "health.nurses_per_1000")
    assert [nurses.status(place) for place in tables.places] == ["stated", "not_stated", "not_read"]
    forest = [line for line in tables.lines["compare"] if line["row_id"] == nurses.row_id and line["status"] == "not_read"]
    assert [line["jurisdiction"] for line in forest] == ["红岩区"] and "4.4" in forest[0]["sentence"]


def test_per_ten_thousand_and_per_thousand_compare_in_the_canonical_unit(tables: Tables) -> None:
    lines = [line for line in tables.lines["compare"] if "注册护士" in line["indicator"] and line["status"] == "stated"]
    assert {(line["canonical_value"], line["canonical_unit"]) for line in lines} == {(4.0, "人/千人口"), (4.2, "人/千人口")}
    assert len({line["row_id"] for line in lines}) == 2


def test_conflicts_hold_both_sentences(tables: Tables) -> None:
    (conflict,) = [one for one in tables.lines["conflicts"] if one["severity"] == "contradiction"]
    assert (conflict["between"], conflict["difference"]) == ("body_annex", "数值 ≥54% / ≥52%")
    assert conflict["one_sentence"] == "全县森林覆盖率不低于54%" and conflict["other_sentence"] == "森林覆盖率：52"


def test_cascade(tables: Tables) -> None:
    lines = {(line["indicator"], line["subordinate_document"][:3], line["change"]): line for line in tables.lines["cascade"]}
    kept = next(line for line in tables.lines["cascade"] if line["subordinate"] == "红岩区" and line["change"] == "kept")
    assert (kept["ratio"], kept["deadline_change"], kept["wording"], kept["linked_by"]) == (1.05, "same", "hardened", "title")
    later = next(
        line for line in tables.lines["cascade"] if line["subordinate_shown"] == "≥54%" and line["change"] == "kept"
    )
    assert (later["ratio"], later["deadline_change"], later["wording"], later["linked_by"]) == (0.9, "later", "hardened", "number")
    assert ("湿地保护率", "红岩区", "dropped") in lines
    assert any(change == "added" and "护林站" in indicator for indicator, _, change in lines)


def test_revisions_from_draft_to_final(tables: Tables) -> None:
    changes = {(line["indicator"], line["change"]): line for line in tables.lines["revisions"]}
    changed = changes["森林覆盖率", "changed"]
    assert (changed["before_shown"], changed["after_shown"], changed["jurisdiction"]) == ("48%", "≥54%", "白水县")
    assert "时限 2025-12-31 / 2027-12-31" in changed["difference"]
    assert ("每万人口注册护士数", "added") in changes


def test_tasks_by_agency_function(tables: Tables) -> None:
    forestry = [line for line in tables.lines["agency_tasks"] if line["agency_function"] == "林业"]
    assert {(line["jurisdiction"], line["role"], line["agency"]) for line in forestry} == {
        ("白水县", "lead", "县林业局"),
        ("红岩区", "responsible", "区自然资源和林业局"),
    }
    assert len({line["task_group"] for line in forestry}) == 1
    leads = {(line["agency_function"], line["jurisdiction"]): line for line in tables.lines["agency_leads"]}
    assert leads["林业", "白水县"]["lead"] == 1 and leads["财政", "白水县"]["support"] == 1
    assert ("自然资源", "红岩区") in leads


def test_documents_in_two_formats_count_once(tmp_path: Path) -> None:
    one = made()
    original = one.documents[-1]
    copy = {name: getattr(original, name) for name in original.__slots__}
    one.documents.append(type(original)(**{**copy, "doc_id": "e" * 16, "source_path": "z.pdf", "format": "pdf"}))
    material = read_material(one.write(tmp_path / "output"))
    assert len(material.documents) == len(one.documents) - 1 and "e" * 16 not in material.documents


def test_districts_of_one_name_are_told_apart(tmp_path: Path) -> None:
    one = made()
    one.document("f" * 16, "红岩区方案", None, county="红岩区", prefecture="南川市", adcode="980001")
    places = {document.place for document in read_material(one.write(tmp_path / "output")).documents.values()}
    assert {"红岩区（南川市）", "红岩区（青山省）"} <= places


def test_a_folder_without_dataset_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoDatasetError, match=tmp_path.name):
        read_material(tmp_path)


# --- wording


@pytest.mark.parametrize(
    ("value", "said"),
    [(35.0, "35"), (0.515, "0.515"), (3000.0, "3000"), (26000.0, "2.6万"), (3e7, "3000万"), (6.5e9, "65亿"), (12345.0, "12345")],
)
def test_numbers_are_written_as_people_do(value: float, said: str) -> None:
    assert number(value) == said


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"comparator": "ge", "value": 35.0, "unit": "%"}, "≥35%"),
        ({"comparator": "between", "value": 3.0, "value_max": 5.0, "unit": "个"}, "3—5个"),
        ({"value": 1.33, "unit": "1:x"}, "1:1.33"),
        ({"value": 2.35, "unit": "x:1"}, "2.35:1"),
        ({"value": 6.0, "unit": "%", "kind": "rate_of_change", "direction": "decrease", "per": "年"}, "降6%/年"),
        ({"value": None, "value_text": "百余"}, "百余"),
    ],
)
def test_shown(row: dict[str, object], said: str) -> None:
    plain = {"comparator": "eq", "value_max": None, "unit": None, "per": None, "kind": "level", "direction": None}
    assert shown({**plain, **row}) == said


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (("approx", None), ("ge", None), "hardened"),
        (("ge", None), ("approx", None), "softened"),
        (("eq", "expected"), ("eq", "binding"), "hardened"),
        (("ge", "binding"), ("ge", "aspirational"), "softened"),
        (("approx", "binding"), ("ge", "aspirational"), "mixed"),
        (("eq", None), ("eq", None), "same"),
    ],
)
def test_wording_hardens_and_softens(before: tuple[str, str], after: tuple[str, str], change: str) -> None:
    one, other = ({"comparator": sign, "strength": strength} for sign, strength in (before, after))
    assert wording_change(one, other) == change


# --- names of agencies and documents


@pytest.mark.parametrize(
    ("name", "full", "expected"),
    [
        ("县市场监管局", "县市场监督管理局", True),
        ("县人社局", "县人力资源和社会保障局", True),
        ("县公安局", "县公安局交警支队", False),
        ("县教育局", "县教育局", False),
        ("市卫健委", "县卫生健康委", False),
    ],
)
def test_short_and_full_names(name: str, full: str, expected: bool) -> None:
    assert is_short_for(name, full) is expected


def test_a_short_name_is_joined_only_where_one_full_name_will_do() -> None:
    def rows(*agencies: str) -> list[dict[str, str]]:
        return [
            {"responsibility_id": str(n), "doc_id": "d", "agency": agency, "agency_function": "市场监管", "agency_level": "county"}
            for n, agency in enumerate(agencies)
        ]

    assert full_names(rows("县市监局", "县市场监管局", "县市场监督管理局"))["0"] == "县市场监督管理局"
    assert full_names(rows("镇政府", "东山镇政府", "西河镇政府"))["0"] == "镇政府"


@pytest.mark.parametrize(
    ("level", "expected"), [("county", "青禾县"), ("prefecture", "岚江市"), ("province", "青山省"), ("national", "国家"), ("township", None), (None, None)]
)
def test_the_place_whose_agency_it_is(level: str | None, expected: str | None) -> None:
    assert place_of(level, {"province": "青山省", "prefecture": "岚江市", "county": "青禾县", "zone": None}) == expected


def test_a_document_without_title_is_called_by_place_and_genre() -> None:
    row = {"title": None, "notice_title": None, "source_name": "a.txt", "zone": None, "county": "青禾县", "prefecture": None, "province": None, "genre": "规划"}
    assert document_label(row) == "青禾县规划（无标题，a.txt）"
    assert document_label({**row, "county": None, "genre": None}) == "a.txt"
    assert document_label({**row, "title": "青禾县\n规划"}) == "青禾县规划"


def test_what_a_jurisdiction_does_not_state_is_listed_for_every_row(tables: Tables) -> None:
    listed = {(line["row_id"], line["jurisdiction"]) for line in tables.lines["compare"]}
    assert listed == {(row.row_id, place) for row in tables.rows for place in tables.places}


def test_two_places_of_a_document_and_two_documents_of_a_jurisdiction(tmp_path: Path) -> None:
    one = Made()
    for doc_id, title in ((FIRST, "白水县医疗卫生提升实施方案"), (SECOND, "白水县人口发展规划")):
        one.document(doc_id, title, date(2023, 9, 1), county="白水县", province="青山省", adcode="990001")
    one.target(FIRST, "社区医院", 2.0, "个", "建成社区医院2个", kind="count", year=2025)
    one.target(FIRST, "社区医院", 3.0, "个", "建成社区医院3个", kind="count", year=2025)
    one.target(FIRST, "社区医院", 5.0, "个", "社区医院5个", kind="count", year=2030)
    one.target(FIRST, "乡镇戏台", 2.0, "个", "建成乡镇戏台2个", kind="count", year=2025)
    one.target(FIRST, "乡镇戏台", 3.0, "个", "建成乡镇戏台3个", kind="count", year=2025)
    one.target(FIRST, "森林覆盖率", 50.0, "%", "森林覆盖率达到50%", year=2025)
    one.target(SECOND, "森林覆盖率", 52.0, "%", "森林覆盖率达到52%", year=2025)
    found = build_tables(read_material(one.write(tmp_path / "output"))).lines["conflicts"]
    assert {(line["between"], line["one_sentence"], line["other_sentence"]) for line in found} == {
        ("two_places", "建成社区医院2个", "建成社区医院3个"),
        ("two_documents", "森林覆盖率达到52%", "森林覆盖率达到50%"),
    }


def test_broader_and_narrower_indicators_are_two_rows_that_name_each_other(tmp_path: Path) -> None:
    one = made()
    one.target(FIRST, "甲级乡镇卫生院比例", 35.0, "%", "甲级乡镇卫生院比例达到35%", year=2025)
    one.target(SECOND, "甲级乡镇卫生院和社区卫生服务中心比例", 40.0, "%", "甲级乡镇卫生院和社区卫生服务中心比例达到40%", year=2025)
    tables = build_tables(read_material(one.write(tmp_path / "output")))
    narrow, wide = "health.grade_a_township_share", "health.grade_a_township_community_share"
    related = {line["row_id"]: line["related"] for line in tables.lines["compare"] if line["row_id"] in (narrow, wide)}
    assert related == {narrow: f"broader {wide}", wide: f"narrower {narrow}"}


def test_a_dropped_indicator_names_the_narrower_one_that_is_stated_instead(tmp_path: Path) -> None:
    one = made()
    one.target(PROVINCE, "甲级乡镇卫生院和社区卫生服务中心比例", 40.0, "%", "甲级乡镇卫生院和社区卫生服务中心比例达到40%", year=2025)
    one.target(SECOND, "甲级乡镇卫生院比例", 35.0, "%", "甲级乡镇卫生院比例达到35%", year=2025)
    lines = build_tables(read_material(one.write(tmp_path / "output"))).lines["cascade"]
    related = {line["change"]: line["related"] for line in lines if line["subordinate"] == "红岩区" and "甲级" in line["indicator"]}
    assert related == {"dropped": "更窄：甲级乡镇卫生院比例 35%", "added": "更宽：甲级乡镇卫生院（社区卫生服务中心）比例 40%"}
