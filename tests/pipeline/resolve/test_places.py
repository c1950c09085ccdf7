"""Jurisdictions from issuers, titles, numbers and text; real names of places, made-up documents."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from policy_commitments.pipeline.flow import process
from policy_commitments.pipeline.read import read_bytes
from policy_commitments.pipeline.resolve.place_evidence import Evidence
from policy_commitments.pipeline.resolve.place_names import chain_in, count_names, province_of_number
from policy_commitments.pipeline.resolve.places import Jurisdiction, place_of_code, resolve_places
from policy_commitments.pipeline.resolve.zones import zone_alone, zone_in
from policy_commitments.schemas.vocabulary import load_entries

NEW = date(2024, 6, 1)
PRINTED: list[tuple[str, date | None, tuple[str | None, ...]]] = [
    # issuer, day, (level, province, prefecture, county, adcode)
    ("福鼎市人民政府办公室", NEW, ("county", "福建省", "宁德市", "福鼎市", "350982")),
    ("重庆市大渡口区人民政府", NEW, ("county", "重庆市", None, "大渡口区", "500104")),
    ("广东省深圳市坪山区人民政府", NEW, ("county", "广东省", "深圳市", "坪山区", "440310")),
    ("中共开江县委办公室", NEW, ("county", "四川省", "达州市", "开江县", "511723")),
    ("国家税务总局奉节县税务局", NEW, ("county", "重庆市", None, "奉节县", "500236")),
    ("阜蒙县档案局", NEW, ("county", "辽宁省", "阜新市", "阜新蒙古族自治县", "210921")),
    ("石柱县人民政府", NEW, ("county", "重庆市", None, "石柱土家族自治县", "500240")),
    ("科右前旗人民政府", NEW, ("county", "内蒙古自治区", "兴安盟", "科尔沁右翼前旗", "152221")),
    ("神农架林区人民政府", NEW, ("county", "湖北省", None, "神农架林区", "429021")),
    ("仙桃市人民政府", NEW, ("county", "湖北省", None, "仙桃市", "429004")),
    ("琼中黎族苗族自治县人民政府", NEW, ("county", "海南省", None, "琼中黎族苗族自治县", "469030")),
    ("石河子市人民政府", NEW, ("county", "新疆维吾尔自治区", None, "石河子市", "659001")),
    ("济源市人民政府", NEW, ("county", "河南省", None, "济源市", "419001")),
    ("东莞市人民政府", NEW, ("prefecture", "广东省", "东莞市", None, "441900")),
    ("恩施州人民政府办公室", NEW, ("prefecture", "湖北省", "恩施土家族苗族自治州", None, "422800")),
    ("恩施市人民政府", NEW, ("county", "湖北省", "恩施土家族苗族自治州", "恩施市", "422801")),
    ("喀什地区行政公署", NEW, ("prefecture", "新疆维吾尔自治区", "喀什地区", None, "653100")),
    ("锡林郭勒盟行政公署", NEW, ("prefecture", "内蒙古自治区", "锡林郭勒盟", None, "152500")),
    ("湖北省农业农村厅", NEW, ("province", "湖北省", None, None, "420000")),
    ("广西壮族自治区人民政府办公厅", NEW, ("province", "广西壮族自治区", None, None, "450000")),
    ("上海市浦东新区人民政府", NEW, ("county", "上海市", None, "浦东新区", "310115")),
    ("吉林市人民政府", NEW, ("prefecture", "吉林省", "吉林市", None, "220200")),
    ("国务院办公厅", NEW, ("national", None, None, None, None)),
    ("国家发展改革委", NEW, ("national", None, None, None, None)),
    ("教育部", NEW, ("national", None, None, None, None)),
    ("福鼎市太姥山镇人民政府", NEW, ("township", "福建省", "宁德市", "福鼎市", "350982")),
    ("奉节县夔州街道办事处", NEW, ("township", "重庆市", None, "奉节县", "500236")),
    # renamed, raised, moved
    ("密云县人民政府", date(2013, 5, 1), ("county", "北京市", None, "密云县", "110228")),
    ("北京市密云区人民政府", NEW, ("county", "北京市", None, "密云区", "110118")),
    ("襄樊市人民政府", date(2008, 5, 1), ("prefecture", "湖北省", "襄樊市", None, "420600")),
    ("襄阳市人民政府", NEW, ("prefecture", "湖北省", "襄阳市", None, "420600")),
    ("铜仁市人民政府", date(2009, 5, 1), ("county", "贵州省", "铜仁地区", "铜仁市", "522201")),
    ("铜仁市人民政府", NEW, ("prefecture", "贵州省", "铜仁市", None, "520600")),
    ("儋州市人民政府", date(2012, 5, 1), ("county", "海南省", None, "儋州市", "469003")),
    ("儋州市人民政府", NEW, ("prefecture", "海南省", "儋州市", None, "460400")),
    ("公主岭市人民政府", date(2018, 5, 1), ("county", "吉林省", "四平市", "公主岭市", "220381")),
    ("公主岭市人民政府", NEW, ("county", "吉林省", "长春市", "公主岭市", "220184")),
    ("简阳市人民政府", date(2014, 5, 1), ("county", "四川省", "资阳市", "简阳市", "512081")),
    ("简阳市人民政府", NEW, ("county", "四川省", "成都市", "简阳市", "510185")),
    ("寿县人民政府", date(2014, 5, 1), ("county", "安徽省", "六安市", "寿县", "341521")),
    ("寿县人民政府", NEW, ("county", "安徽省", "淮南市", "寿县", "340422")),
    ("江津市人民政府", date(2005, 5, 1), ("county", "重庆市", None, "江津市", "500381")),
    ("崇明县人民政府", date(2015, 5, 1), ("county", "上海市", None, "崇明县", "310230")),
]


def shown(found: Jurisdiction) -> tuple[str | None, ...]:
    return (found.level, found.province, found.prefecture, found.county, found.adcode)


@pytest.mark.parametrize(("issuer", "day", "expected"), PRINTED, ids=lambda value: str(value) if isinstance(value, str) else "")
def test_issuer(issuer: str, day: date | None, expected: tuple[str | None, ...]) -> None:
    assert shown(resolve_places(Evidence(issuers=[issuer]), day)) == expected


ELSEWHERE: list[tuple[str, dict[str, Any], tuple[str | None, ...]]] = [
    ("title", {"titles": ["大渡口区养护行道树实施方案"]}, ("county", "重庆市", None, "大渡口区", "500104")),
    ("title behind 关于", {"titles": ["关于加快福鼎市茶园改造的意见"]}, ("county", "福建省", "宁德市", "福鼎市", "350982")),
    ("short province in a title", {"titles": ["上海关于推广雨水花园的实施意见"]}, ("province", "上海市", None, None, "310000")),
    ("short county backed by the text", {"titles": ["福鼎推进茶园改造方案"], "text": "福鼎市茶园改造"}, ("county", "福建省", "宁德市", "福鼎市", "350982")),
    ("county that the text names", {"text": "我县要做好养护。全县养护行道树。根据《开江县城市总体规划》，我县由达州市指导。开江县园林局负责。"}, ("county", "四川省", "达州市", "开江县", "511723")),
    ("province by its number", {"number": "渝府发〔2021〕1号", "greeting": "各区县（自治县）人民政府："}, ("province", "重庆市", None, None, "500000")),
    ("generic issuer, text decides", {"issuers": ["县园林局"], "text": "奉节县城区行道树由奉节县园林局养护，重庆市指导。"}, ("county", "重庆市", None, "奉节县", "500236")),
    ("national by its number", {"number": "国办发〔2019〕4号"}, ("national", None, None, None, None)),
    ("national by its greeting", {"greeting": "各省、自治区、直辖市人民政府：", "text": "山东省、山东省先行。"}, ("national", None, None, None, None)),
    ("district behind its city", {"titles": ["晋城市城区养护行道树方案"]}, ("county", "山西省", "晋城市", "城区", "140502")),
    ("common noun is no place", {"titles": ["新城区道路照明提升方案"]}, (None, None, None, None, None)),
    ("common noun at a title's head, its city in the text", {"titles": ["城西区公园养护方案"], "text": "根据《西宁市公园规划》"}, ("county", "青海省", "西宁市", "城西区", "630104")),
    ("market is no city", {"titles": ["广州市场监管所建设方案"]}, (None, None, None, None, None)),
    ("nothing", {}, (None, None, None, None, None)),
    ("place that no list knows", {"issuers": ["青禾县人民政府办公室"]}, ("county", None, None, None, None)),
    ("short name inside a longer one", {"issuers": ["禾丰县人民政府"], "text": "禾丰县养护。禾丰县园林局。全县养护，我县养护。"}, ("county", None, None, None, None)),
    ("short name behind its city", {"issuers": ["徐州市丰县人民政府"]}, ("county", "江苏省", "徐州市", "丰县", "320321")),
    ("office of a place that no list knows", {"issuers": ["云岭省农业农村厅"]}, ("province", None, None, None, None)),
    ("city of either level", {"issuers": ["市园林局"], "text": "我市行道树由义乌市园林局养护。我市义乌市属金华市。"}, ("county", "浙江省", "金华市", "义乌市", "330782")),
    ("greeting of a county-level city", {"greeting": "各镇人民政府、街道办事处：", "text": "我市茶园。福鼎市茶园。宁德市指导。福鼎市办理。"}, ("county", "福建省", "宁德市", "福鼎市", "350982")),
    ("township whose county the text names", {"issuers": ["太姥山镇人民政府"], "text": "福鼎市太姥山镇。福鼎市指导。"}, ("township", "福建省", "宁德市", "福鼎市", "350982")),
    ("title about another place", {"issuers": ["省卫生健康委"], "titles": ["关于推广三明市做法的通知"], "text": "福建省三明市。福建省推广。"}, ("province", "福建省", None, None, "350000")),
    ("short names above a district", {"issuers": ["江苏南京鼓楼区人民政府"]}, ("county", "江苏省", "南京市", "鼓楼区", "320106")),
    ("work plan of offices of a county", {"titles": ["县直部门考核办法"], "text": "开江县考核。"}, ("county", "四川省", "达州市", "开江县", "511723")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "evidence", "expected"), ELSEWHERE, ids=[one[0] for one in ELSEWHERE])
def test_other_evidence(name: str, evidence: dict[str, Any], expected: tuple[str | None, ...]) -> None:
    assert shown(resolve_places(Evidence(**evidence), NEW)) == expected


def test_same_name_stays_open_with_its_candidates() -> None:
    found = resolve_places(Evidence(issuers=["鼓楼区人民政府"]), NEW)
    assert (found.level, found.county, found.adcode) == ("county", None, None)
    assert found.candidates == ("江苏省南京市鼓楼区（320106）", "江苏省徐州市鼓楼区（320302）", "河南省开封市鼓楼区（410204）", "福建省福州市鼓楼区（350102）")


@pytest.mark.parametrize(
    ("evidence", "code"),
    [
        ({"text": "按照福州市人民政府部署，福州市统一采购。"}, "350102"),
        ({"titles": ["南京市鼓楼区绿道方案"]}, "320106"),
        ({"text": "根据《河南省绿道规划》（豫政〔2020〕5号）"}, "410204"),
        ({"text": "经徐州市同意，参照南京市做法。徐州市指导。"}, "320302"),
    ],
)
def test_evidence_decides_a_same_name(evidence: dict[str, Any], code: str) -> None:
    assert resolve_places(Evidence(issuers=["鼓楼区人民政府"], **evidence), NEW).adcode == code


def test_candidates_of_one_province_leave_the_province() -> None:
    found = resolve_places(Evidence(issuers=["鼓楼区人民政府"], text="江苏省绿道规划。江苏省指导。"), NEW)
    assert (found.province, found.county) == (None, None) or found.province == "江苏省"
    assert set(found.candidates) >= {"江苏省南京市鼓楼区（320106）", "江苏省徐州市鼓楼区（320302）"}


ZONES: list[tuple[str, tuple[str | None, ...]]] = [
    # issuer, (level, zone, province, prefecture, county, adcode)
    ("平潭综合实验区管委会办公室", ("county", "平潭综合实验区", "福建省", "福州市", "平潭县", "350128")),
    ("青岛西海岸新区管委会", ("county", "青岛西海岸新区", "山东省", "青岛市", "黄岛区", "370211")),
    ("广安经济技术开发区管理委员会", ("county", "广安经济技术开发区", "四川省", "广安市", None, "511600")),
    ("兰州新区管委会", ("county", "兰州新区", "甘肃省", "兰州市", None, "620100")),
    ("河北雄安新区管理委员会", (None, "河北雄安新区", "河北省", None, None, "130000")),
    ("武汉市东湖新技术开发区管委会", ("county", "武汉市东湖新技术开发区", "湖北省", "武汉市", None, "420100")),
]


@pytest.mark.parametrize(("issuer", "expected"), ZONES, ids=[one[0] for one in ZONES])
def test_zones(issuer: str, expected: tuple[str | None, ...]) -> None:
    found = resolve_places(Evidence(issuers=[issuer]), NEW)
    assert (found.level, found.zone, found.province, found.prefecture, found.county, found.adcode) == expected


@pytest.mark.parametrize(
    ("title", "text", "zone", "code"),
    [
        ("平潭综合实验区公园管理办法", "", "平潭综合实验区", "350128"),
        ("兰州新区公园绿化意见", "", "兰州新区", "620100"),
        ("广安经济技术开发区绿化实施方案", "我区要做好绿化。广安市指导。", "广安经济技术开发区", "511600"),
        ("广安市经济开发区绿化实施方案", "广安市指导。", None, "511600"),  # a city's plan about its zone
    ],
)
def test_zones_in_titles(title: str, text: str, zone: str | None, code: str) -> None:
    found = resolve_places(Evidence(titles=[title], text=text), NEW)
    assert (found.zone, found.adcode) == (zone, code)


def test_what_is_not_printed_is_marked() -> None:
    assert resolve_places(Evidence(issuers=["开江县人民政府"]), NEW).inferred == {"province", "prefecture"}
    assert resolve_places(Evidence(issuers=["重庆市大渡口区人民政府"]), NEW).inferred == frozenset()
    assert "county" in resolve_places(Evidence(issuers=["平潭综合实验区管委会"]), NEW).inferred


def test_a_given_code() -> None:
    found = place_of_code("511723", NEW, Jurisdiction(level="township", zone="某园区"))
    assert (found.level, found.county, found.prefecture, found.province, found.zone) == ("township", "开江县", "达州市", "四川省", "某园区")


def test_letters_of_provinces() -> None:
    for entry in load_entries("province_letters", ("id", "words", "examples")):
        assert {province_of_number(str(example)) for example in entry["examples"]} == {str(entry["id"])}


def test_zones_and_contracted_names_in_offices() -> None:
    for entry in load_entries("zones", ("id", "kind", "words", "examples"), ("unit",)):
        for example in entry["examples"]:
            zone = zone_in(str(example), 0)
            assert zone is not None and any(zone.name.endswith(str(word)) for word in entry["words"]), entry
    for entry in load_entries("place_aliases", ("id", "words", "examples")):
        for example in entry["examples"]:
            chain = chain_in(str(example), anywhere=False)
            assert str(entry["id"]) in {place.name for place in chain[-1].places}, entry


def test_common_nouns_are_no_places_in_running_text() -> None:
    for entry in load_entries("place_words", ("id", "examples")):
        for example in entry["examples"]:
            assert str(entry["id"]) not in {named.name for named in chain_in(str(example), anywhere=True)}
            assert count_names(str(example))[str(entry["id"])] == 0


@pytest.mark.parametrize(
    ("title", "zone"),
    [
        ("澄川新区道路临时停车管理办法", "澄川新区"),
        ("云岭高新区招商引资奖励办法", "云岭高新区"),
        ("推进新区建设三年行动方案", None),
        ("加快开发区转型升级实施意见", None),
        ("全省经开区考核办法", None),
        ("道路停车管理办法", None),
    ],
)
def test_a_zone_that_no_register_knows(title: str, zone: str | None) -> None:
    found = zone_alone(title)
    assert (None if found is None else found.name) == zone


@pytest.mark.parametrize(
    ("title", "text", "code"),
    [
        ("关于帮助市场主体的实施细则", "结合淮安实际，制定本细则。出台淮安市行动计划。", "320800"),
        ("关于加快萧山经济高质量发展的意见", "开创萧山发展新局面。（责任单位：区经信局）", "330109"),
        ("关于加快萧山经济高质量发展的意见", "开创萧山发展新局面。（责任单位：省经信厅）", None),  # no office of a district
        ("关于促进和平发展的意见", "和平与发展。（责任单位：区经信局）", None),  # a word
        ("关于做好绿化工作的意见", "结合工作实际，制定本意见。", None),
    ],
)
def test_places_that_a_text_calls_itself_without_an_ending(title: str, text: str, code: str | None) -> None:
    found = resolve_places(Evidence(titles=[title], text=title + text), NEW)
    assert found.adcode == code


def test_a_known_zone_inside_a_title_and_no_verbs_in_a_zones_name() -> None:
    found = resolve_places(Evidence(titles=["关于扎实稳定贵安新区经济运行的措施"]), NEW)
    assert (found.zone, found.province, found.county) == ("贵安新区", "贵州省", None)
    assert zone_alone("扎实稳定澄川新区经济运行") is None
    assert resolve_places(Evidence(issuers=["贵州省人民政府"], titles=["关于支持贵安新区建设的意见"]), NEW).zone is None


def test_a_report_on_the_work_names_its_place_below_the_title() -> None:
    text = "政府工作报告\n——2025年1月8日在大足区第三届人民代表大会第五次会议上\n区长 某某\n各位代表：\n一、2025年工作安排\n地区生产总值增长6%。\n"
    document = process(read_bytes(text.encode(), "a.txt")).document
    assert (document.province, document.county, document.adcode) == ("重庆市", "大足区", "500111")
