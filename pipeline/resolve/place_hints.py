"""Which level of government speaks: by the issuer's name, by whom a notice greets, by how the text names itself (我县)."""

from __future__ import annotations

import re
from collections import Counter

from policy_commitments.schemas.places import PlaceLevel

_NATIONAL_ISSUER = re.compile(r"(?:国务院|中共中央|中央|国家|全国|中华人民共和国|最高人民)")
_MINISTRY = re.compile(r"[^省市县区州旗盟镇乡]{2,12}(?:部|总局|总署|银行|证监会|银保监会|委员会|国资委|审计署)(?:办公厅)?$")
_NATIONAL_NUMBER = re.compile(r"(?:国(?!土)|中(?:发|办|委|组|宣|纪)|厅字|财(?:税|政部)|发改|教(?:育部)|工信部|民发|人社部)")
_STATED = re.compile(
    r"""
    (?:^|[㐀-鿿]{2,9}?) (?P<end>自治区|自治州|自治县|自治旗|[省州盟县区旗])      # 青禾县人民政府, 县卫生健康局
    (?=人民政府|委员会|委|党|[^省市县区州旗镇乡]{1,20}(?:[局办厅委处会院]|办公[室厅]|领导小组|中心)(?:（[^（）]{1,20}）)?$)
    """,
    re.X,
)
_LEVELS: dict[str, PlaceLevel] = {
    "自治区": "province", "省": "province", "自治州": "prefecture", "州": "prefecture", "盟": "prefecture",
    "自治县": "county", "自治旗": "county", "县": "county", "区": "county", "旗": "county",
}  # fmt: skip
_GREETED: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"各省、自治区|各省（|各省市|省、自治区、直辖市"), "national"),
    (re.compile(r"各(?:设区市|地级以上市|市（州）|市州|市、州|州市|州、市|州（市|盟市|地、州|市、地|地市|行署|市、县|市（地|地区|设区的市|市人民政府|市委)|各区县（自治县"), "province"),
    (re.compile(r"各(?:县（市|县市区|县、市|县区|区、县|区县|区市县|县、区|县（区|区（市|区、市|旗县|旗、县|县（自治|市、区|市（区|市区|县级)|各县人民政府"), "prefecture"),
    (re.compile(r"各(?:乡镇|镇乡|镇|乡|街道|办事处|苏木|乡（镇|镇（|园区、镇|镇街|街镇|处镇)"), "county"),
    (re.compile(r"各(?:村|社区|行政村|居委)"), "township"),
)
_ITSELF = re.compile("[我全]([县区旗市州盟省])")
_TOWNSHIP = re.compile(r"[^，。；省市县区]{1,8}(?:镇|乡|街道|苏木)(?=人民政府|委员会|党委|党政|办事处|政府|综合|党工委|应急|农业|财政|经济|平安|社会|$)")


def is_national(issuer: str) -> bool:
    """国务院办公厅, 教育部: an issuer without a place."""
    return _NATIONAL_ISSUER.match(issuer) is not None or _MINISTRY.match(issuer) is not None


def is_national_number(number: str) -> bool:
    """国办发〔2019〕4号."""
    return _NATIONAL_NUMBER.match(number) is not None


def township_in(name: str) -> str | None:
    """The township that an issuer names: 茂林镇 in 茂林镇党政办公室."""
    match = _TOWNSHIP.search(name)
    return match[0] if match is not None else None


def stated_level(issuer: str) -> PlaceLevel | None:
    """Level that an issuer's name states, whatever its place: county for 县卫生健康局; 市 may be either."""
    match = _STATED.match(issuer.removeprefix("中共"))
    return None if match is None else _LEVELS[match["end"]]


def titled_level(title: str) -> PlaceLevel | None:
    """Level that a title opens with: province for `省级相关部门职责清单`, county for `县直部门考核办法`."""
    match = re.match(r"(?:关于)?(?P<end>[省州县区旗])(?:级|直|属|政府|委)", title)
    return None if match is None else _LEVELS[match["end"]]


def greeted_level(greeting: str) -> str | None:
    """Level of the sender by whom it greets: county for 各乡镇人民政府."""
    return next((level for pattern, level in _GREETED if pattern.search(greeting)), None)


def level_of_ending(ending: str | None) -> PlaceLevel | None:
    """County for 我县; None for 我市, which may be a city of either level."""
    return _LEVELS.get(ending or "")


def self_ending(text: str) -> str | None:
    """The ending of the place that a text means by 我县 or 全区; None where none prevails."""
    counts = Counter(_ITSELF.findall(text))
    best = max("县区旗市州盟省", key=lambda end: counts[end])
    return best if counts[best] >= 2 else None
