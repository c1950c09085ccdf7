"""Functions and levels of agencies: every example of the vocabulary, and a table of merged, former and short names."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from policy_commitments.pipeline.resolve.agencies import resolve_agency
from policy_commitments.pipeline.resolve.agency_stems import functions
from policy_commitments.schemas.vocabulary import load_entries

ENTRIES = load_entries(
    "agencies", ("id", "zh", "en", "stems", "examples"), ("short", "names", "valid_from", "valid_to", "successor")
)


@pytest.mark.parametrize("example", [(e["id"], x) for e in ENTRIES for x in e["examples"]], ids=lambda pair: pair[1])
def test_examples_of_the_vocabulary(example: tuple[str, str]) -> None:
    assert example[0] in resolve_agency(example[1], home_level="county").ids


def test_vocabulary_is_wide_and_every_entry_has_examples() -> None:
    assert len(ENTRIES) >= 100
    assert all(entry["examples"] for entry in ENTRIES)


def test_successors_exist_and_end() -> None:
    entries = functions().entries
    for entry in ENTRIES:
        one, steps = entry, 0
        while "successor" in one:
            one, steps = entries[one["successor"]], steps + 1
            assert steps < 5, entry["id"]


def _years(entry: Any) -> range:
    return range(int(entry.get("valid_from", "1949")), int(entry.get("valid_to", "2999")) + 1)


@pytest.mark.parametrize("key", ["stems", "names", "short"])
def test_one_word_has_one_owner_at_a_time(key: str) -> None:
    for one, other in combinations(ENTRIES, 2):
        shared = set(one.get(key, ())) & set(other.get(key, ()))
        overlap = range(max(_years(one).start, _years(other).start), min(_years(one).stop, _years(other).stop))
        assert not shared or not overlap, (one["id"], other["id"], shared)


@pytest.mark.parametrize(
    ("name", "function", "level"),
    [
        ("县卫体局", "卫生健康、体育", "county"),
        ("县教科局", "教育、科学技术", "county"),
        ("县教体局", "教育、体育", "county"),
        ("区文体旅局", "文化旅游、体育", "county"),
        ("县文广旅体局", "文化旅游、广播电视、体育", "county"),
        ("县科工信局", "科学技术、工业和信息化", "county"),
        ("县农业农村和水利局", "农业农村、水利", "county"),
        ("县政务服务和大数据管理局", "政务服务、数据管理", "county"),
        ("县规划建设局", "自然资源、住房城乡建设", "county"),
        ("县发展改革和科学技术局", "发展改革、科学技术", "county"),
        ("区交建局", "交通运输、住房城乡建设", "county"),
        ("宣传部（融媒体中心）", "宣传", "county"),
        ("县委宣传部", "宣传", "county"),
        ("县纪委监委", "纪检监察", "county"),
        ("县卫计局", "卫生健康", "county"),
        ("县国土资源局", "自然资源", "county"),
        ("县扶贫办", "乡村振兴", "county"),
        ("市监局", "市场监管", "county"),
        ("省旅游和文化广电体育厅", "文化旅游、广播电视、体育", "province"),
        ("自治区发展改革委", "发展改革", "province"),
        ("某某省某某市财政局", "财政", "county"),
        ("国家税务总局某县税务局", "税务", "county"),
        ("国家卫生健康委", "卫生健康", "national"),
        ("教育部", "教育", "national"),
        ("市场监管总局", "市场监管", "national"),
        ("团县委", "共青团", "county"),
        ("省委党校", "党校", "province"),
        ("镇财政所", "财政", "township"),
        ("各镇人民政府", "乡镇人民政府（街道办事处）", "township"),
        ("街道办事处", "乡镇人民政府（街道办事处）", "township"),
        ("各县（市、区）人民政府", "人民政府", "county"),
        ("各设区市人民政府", "人民政府", "prefecture"),
        ("各市、县（区）人民政府", "人民政府", None),
        ("各区市县政府及园区管委会", "人民政府、开发区管理机构", "county"),
        ("开发区管委会", "开发区管理机构", None),
        ("滨海海关", "海关", None),
        ("县供电公司", "电力", "county"),
        ("中国电信某某分公司", "通信管理", None),
        ("某某职业技术学院", "高等院校", None),
        ("县人民医院", "医疗机构", "county"),
        ("中共某某镇委员会", "党委", "township"),
        ("财政局", "财政", "county"),
        ("项目建设服务中心", None, None),
    ],
)
def test_reading(name: str, function: str | None, level: str | None) -> None:
    reading = resolve_agency(name, home_level="county")
    assert (reading.function, reading.level, reading.generic) == (function, level, False)


@pytest.mark.parametrize("name", ["各有关部门", "区直有关部门", "有关部门和单位", "各责任单位", "县级各部门", "相关单位"])
def test_generic_names_have_no_function(name: str) -> None:
    reading = resolve_agency(name, home_level="county")
    assert (reading.function, reading.generic) == (None, True)


@pytest.mark.parametrize(
    ("home", "level"), [(None, "prefecture"), ("prefecture", "prefecture"), ("county", "county"), ("province", "province")]
)
def test_what_the_city_is_depends_on_who_issues(home: str | None, level: str) -> None:
    assert resolve_agency("市财政局", home_level=home).level == level


@pytest.mark.parametrize(
    "names",
    [
        ("县发改局", "县发展和改革局", "县发展改革委"),
        ("县人社局", "县人力资源和社会保障局", "县人力社保局"),
        ("县市场监管局", "县市场监督管理局"),
        ("县住建局", "县住房城乡建委", "县住房和城乡建设局"),
        ("县文旅局", "县文化旅游委", "县文化和旅游局"),
        ("县妇联", "县妇女联合会"),
    ],
)
def test_short_and_full_names_agree(names: tuple[str, ...]) -> None:
    assert len({resolve_agency(name, home_level="county").functions for name in names}) == 1


def test_former_name_keeps_its_own_id() -> None:
    reading = resolve_agency("县卫计局")
    assert reading.ids == ("health_family_planning",)
    assert reading.functions == ("卫生健康",)
