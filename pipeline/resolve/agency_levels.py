"""The level of government that a name states: `县` in 县财政局, `各设区市` in 各设区市人民政府."""

from __future__ import annotations

import re

_NATIONAL = re.compile(r"^(?:国家|中央|国务院|全国|中国|最高|共青团中央|团中央|中共中央)")
_NATIONAL_HEAD = re.compile(r"(?:部|总局|总署|总社)$|^(?:审计署|证监会|银保监会|国管局)$")
_BRANCH_OF_NATIONAL = re.compile(r"^(?:国家(?:税务总局|统计局|金融监督管理总局|移民管理局)|中国[^省市县区]{2,8}?(?=.{0,6}[省市县区镇]|分公司|支行|分行)|中共(?!中央))(?=.)")
_SEAT = re.compile(r"^[省市县区州旗镇乡](?=委)|^省(?=管)")           # 县委办, 省管局: the matched words hold the level
_LOCAL_PARTY = re.compile(r"(?:组织|宣传|统战|武装|人武|社会工作|统一战线工作|指挥)部$")
_ZONE = re.compile(r"(?:新|开发|经开|高新|园|片|景|保税|港|示范|试验|实验|合作|度假|集聚|功能|商务|工业|产业|农高|自贸)区$|园$|中心$")
_LEAGUE = re.compile(r"团([省市区州县旗镇])委")
_LEVELS = {
    "省": "province", "州": "prefecture", "盟": "prefecture", "县": "county", "区": "county",
    "旗": "county", "镇": "township", "乡": "township", "街": "township", "村": "village",
}  # fmt: skip
_MARK = re.compile(r"自治区|自治县|自治州|自治旗|设区市|设区的市|直辖市|地区|街道|社区|兵团|[省市县区旗州盟镇乡村]")
_SEVERAL = (
    (re.compile(r"省（|省、自治区|省级"), "province"),
    (re.compile(r"新区$"), ""),
    (re.compile(r"市、县(?!、区)|(?<!区)市县(?!区)|省市|省、|县乡|县、乡"), ""),
    (re.compile(r"县（市|县（区|（市、区|市、县、区|县、市、区|区、市|市（县|旗县|县市区|区市县|市区县|县区|区县|市县区|县（自治县"), "county"),
    (re.compile(r"市（州|市州|市、州|州市|州（市|盟市|设区市|地市|盟行政公署"), "prefecture"),
    (re.compile(r"乡镇|镇街|街镇|镇（|乡（|乡、镇|镇、"), "township"),
)
_BY_FUNCTION = {"township_government": "township", "village_committee": "village"}


def level_of(prefix: str, ids: tuple[str, ...], home_level: str | None, name: str = "") -> str | None:
    """Level by the text before the function; `name` is the whole name. None where the name does not say."""
    branch = _BRANCH_OF_NATIONAL.match(name)
    if branch is not None:
        return _last(name[branch.end() :], home_level)        # 国家税务总局某县税务局
    if _NATIONAL.match(name or prefix):
        return "national"
    league = _LEAGUE.search(name)
    if league is not None:
        return _single(league.group(1), home_level)
    fixed = next((level for one, level in _BY_FUNCTION.items() if one in ids), None)
    if fixed is not None:
        return fixed
    if ids and (ids[0] == "zones" or (_ZONE.search(prefix) and ids[0] != "government")):
        return None
    if ids and ids[0] in ("government", "localities"):
        return _of_governments(name, home_level)
    seat = _SEAT.match(name[len(prefix) :]) if name.startswith(prefix) else None
    if seat is not None:
        return _single(seat.group(), home_level)
    if not prefix:
        return "national" if _NATIONAL_HEAD.search(name) and not _LOCAL_PARTY.search(name) else home_level
    return _last(prefix, home_level)


def _of_governments(name: str, home_level: str | None) -> str | None:
    for pattern, level in _SEVERAL:
        if pattern.search(name):
            return level or None
    return _last(name, home_level) if _MARK.search(name) else home_level


def _last(prefix: str, home_level: str | None) -> str | None:
    marks = _MARK.findall(re.sub(r"（[^（）]*）", "", prefix))
    return _single(marks[-1], home_level) if marks else None


def _single(mark: str, home_level: str | None) -> str | None:
    if mark in ("自治区", "直辖市", "兵团"):
        return "province"
    if mark in ("设区市", "设区的市", "地区", "自治州"):
        return "prefecture"
    if mark in ("自治县", "自治旗"):
        return "county"
    if mark in ("街道", "社区"):
        return "township" if mark == "街道" else "village"
    if mark == "市":
        return home_level if home_level in ("province", "county") else "prefecture"
    return _LEVELS[mark]
