"""Wording, registry and canonical measures: what is one indicator, and what never is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from policy_commitments.extractors.folding import fold
from policy_commitments.extractors.quantities import extract_quantities
from policy_commitments.pipeline.resolve.indicators import indicator_id, indicator_key
from policy_commitments.pipeline.resolve.measures import canonical_measure, dimension_of, measure_entries
from policy_commitments.pipeline.resolve.quantities import resolve_quantity
from policy_commitments.pipeline.resolve.registry import registry
from policy_commitments.schemas.vocabulary import VocabularyError, load_entries, use_folder

ENTRIES = load_entries(
    "indicators",
    ("id", "label_zh", "label_en", "aliases", "measure", "per", "direction", "field", "seen", "examples"),
    ("basis", "growth"),
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("全县建成甲级乡镇卫生院的比例", "甲级乡镇卫生院占比"),
        ("家庭医生签约服务（重点人群）覆盖率", "全区家庭医生签约服务重点人群覆盖率"),
        ("二级及以上医院", "二级以上医院"),
        ("每千人口拥有注册护士数", "每千人口注册护士数（人）"),
        ("65周岁以上老年人健康管理率", "65岁及以上老年人健康管理率"),
        ("我市森林覆盖率", "森林覆盖率"),
        ("新建社区公园", "社区公园数量"),
        ("省级示范幼儿园（名单见附件）", "省级示范幼儿园（名单见附件）数量"),
        ("规模以上工业增加值增速", "规模以上工业增加值"),
    ],
)
def test_one_key(one: str, other: str) -> None:
    assert indicator_key(one) == indicator_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("家庭医生签约服务全人群覆盖率", "家庭医生签约服务重点人群覆盖率"),
        ("乙级及以上乡镇卫生院比例", "甲级乡镇卫生院比例"),
        ("二级及以上医院", "三级医院"),
        ("甲级乡镇卫生院比例", "甲级乡镇卫生院（社区卫生服务中心）比例"),
        ("每千人口床位数", "每万人口床位数"),
        ("新建小区公园配建率", "小区公园配建率"),
        ("建成区绿化覆盖率", "区绿化覆盖率"),
        ("农田灌溉水有效利用系数", "农田灌溉水有效利用"),
        ("人口自然增长率", "人口"),
        ("完成率", "率"),
    ],
)
def test_two_keys(one: str, other: str) -> None:
    assert indicator_key(one) != indicator_key(other)


def test_a_denominator_printed_apart_makes_the_same_key() -> None:
    assert indicator_key("注册护士数", "千人口") == indicator_key("每千常住人口注册护士数", "千常住人口")
    assert indicator_key("注册护士数", "千人口") != indicator_key("注册护士数")


def test_the_issuers_own_place_is_no_part_of_an_indicator() -> None:
    assert indicator_key("青禾县森林覆盖率", places=("青禾县", "青禾")) == "森林覆盖率"


def test_a_yearly_growth_rate_has_the_key_of_its_indicator() -> None:
    assert indicator_key("规模工业产值", "年", "rate_of_change") == indicator_key("规模工业产值")
    assert indicator_key("应急演练", "年", "quota") == "每年应急演练"
    assert indicator_key("臭氧年均浓度", "年", "level") == indicator_key("臭氧年均浓度")


@pytest.mark.parametrize(
    ("indicator", "unit", "per", "kind", "basis", "expected"),
    [
        ("地区生产总值", "元", None, "level", "stock", "economy.gdp"),
        ("全市地区生产总值", "%", None, "rate_of_change", None, "economy.gdp_growth"),
        ("地区生产总值增速", "%", None, "level", None, "economy.gdp_growth"),
        ("地区生产总值", "%", None, "level", None, None),
        ("注册护士数", "人", "千人口", "level", None, "health.nurses_per_1000"),
        ("注册护士数", "人", "万人口", "level", None, None),
        ("注册护士数", "人", None, "level", None, None),
        ("森林覆盖率", "百分点", None, "rate_of_change", None, None),
        ("森林覆盖率", "%", None, "rate_of_change", None, None),
        ("城镇新增就业", "人", None, "count", None, "employment.new_jobs"),
        ("就业", "人", None, "count", "new", "employment.new_jobs"),
        ("就业", "人", None, "level", None, None),
        ("规模以上工业企业", "家", None, "count", "new", "industry.above_scale_new"),
        ("规模以上工业企业", "家", None, "level", "stock", "industry.above_scale_firms"),
    ],
)
def test_measure_denominator_and_kind_are_conditions(
    indicator: str, unit: str | None, per: str | None, kind: str, basis: str | None, expected: str | None
) -> None:
    assert indicator_id(indicator, unit, per, kind, basis) == expected


# --- the registry


def test_the_registry_is_large_and_broad() -> None:
    assert len(ENTRIES) >= 250
    assert len({entry["field"] for entry in ENTRIES}) >= 10
    assert sum(entry["seen"] == "true" for entry in ENTRIES) >= 150


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry["id"]))
def test_examples_are_recognised(entry: dict[str, object]) -> None:
    examples = entry["examples"]
    assert isinstance(examples, list) and examples
    for example in examples:
        text = fold(example)
        found = [resolve_quantity(mention) for mention in extract_quantities(text, 0, len(text))]
        ids = [indicator_id(one.indicator, one.unit, one.per, one.kind, one.basis) for one in found]
        assert {entry["id"], entry.get("growth")} & set(filter(None, ids)), (example, found)


def test_fields_dimensions_and_flags_are_known() -> None:
    dimensions = {str(entry["dimension"]) for entry in measure_entries().values()} | {"proportion", "index"}
    for entry in ENTRIES:
        assert str(entry["id"]).startswith(f"{entry['field']}."), entry["id"]
        assert entry["measure"] in dimensions, entry["id"]
        assert entry["direction"] in ("increase", "decrease", "keep", "none"), entry["id"]
        assert entry["seen"] in ("true", "false"), entry["id"]


def test_labels_name_growth_as_growth() -> None:
    assert registry().label("economy.gdp") == ("地区生产总值", "Gross regional product")
    assert registry().label("economy.gdp_growth") == ("地区生产总值增速", "Gross regional product, growth")


@pytest.fixture
def own_folder(tmp_path: Path) -> Iterator[Path]:
    use_folder(tmp_path)
    yield tmp_path
    use_folder(None)


_OWN = (
    "- {{id: own.one, label_zh: {label}, label_en: One, aliases: [], measure: ratio, per: none, direction: increase, "
    "field: own, seen: false, examples: []}}\n"
)


def test_own_entries_match_too(own_folder: Path) -> None:
    (own_folder / "indicators.yml").write_text(_OWN.format(label="茶馆星级评定率"), encoding="utf-8")
    assert indicator_id("全县茶馆星级评定率", "%", None, "level") == "own.one"


def test_an_alias_with_two_owners_stops_loading(own_folder: Path) -> None:
    (own_folder / "indicators.yml").write_text(_OWN.format(label="林木覆盖率"), encoding="utf-8")
    with pytest.raises(VocabularyError) as caught:
        registry()
    for said in ("own.yml", "'own.one'", "林木覆盖率", "'environment.forest_coverage'", "environment.yml"):
        assert said in str(caught.value)


# --- canonical measures


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((3000.0, "人", None), (3000.0, "名", None)),
        ((15.0, "亩", None), (1.0, "公顷", None)),
        ((1.0, "平方公里", None), (1500.0, "亩", None)),
        ((4.0, "‰", None), (0.4, "%", None)),
        ((1.2, "人", "千人口"), (12.0, "人", "万人口")),
        ((1.2, "人", "千人口"), (120.0, "名", "10万人口")),
        ((2000.0, "斤", None), (1.0, "吨", None)),
        ((5.0, "张", "千人口"), (5.0, "床", "千人口")),
    ],
)
def test_one_canonical_value(
    one: tuple[float, str, str | None], other: tuple[float, str, str | None]
) -> None:
    assert canonical_measure(*one)[1] == canonical_measure(*other)[1]
    assert canonical_measure(*one)[0] == pytest.approx(canonical_measure(*other)[0], rel=1e-9)


def test_percentage_and_percentage_point_stay_apart() -> None:
    assert dimension_of("%") != dimension_of("百分点")
    assert canonical_measure(3.0, "%", None)[1] != canonical_measure(3.0, "百分点", None)[1]


def test_unknown_and_missing_units_pass_through() -> None:
    assert canonical_measure(7.0, None, None) == (7.0, None)
    assert canonical_measure(7.0, "朵", "户") == (7.0, "朵/户")
    assert canonical_measure(None, "亩", None) == (None, "平方公里")
    assert dimension_of("朵") is None and dimension_of("1:x") == "proportion"


@pytest.mark.parametrize(
    ("text", "per"),
    [("每辆每月补贴500元。", "辆·月"), ("每家每年补助3万元。", "家·年"), ("每班每周安排不少于1节心理课。", "班·周"), ("每所学校配备不少于1名保安。", "学校")],
)
def test_a_classifier_before_a_period_is_the_denominator(text: str, per: str) -> None:
    folded = fold(text)
    (mention,) = extract_quantities(folded, 0, len(folded))
    assert resolve_quantity(mention).per == per
