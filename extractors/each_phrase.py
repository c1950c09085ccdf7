"""Denominators in words, e.g. 村 of `每个村配备2名`, 千人口 of `每千人口护士数达到4人`.

Does not decide whether a period (每年) is one; `number_tail` and the frames do.
"""

from __future__ import annotations

import re

from policy_commitments.extractors.lexicon import Word, comparators, denominators, measures, verbs
from policy_commitments.schemas.frozen import frozen

_EACH_STOP = re.compile(r"[，。；：！？\n“”《》]")
_EACH_BODY = re.compile(r"(?:[^，。；：！？\n“”《》、（）]|（[^（）]{1,12}）)*(?:、(?:[^，。；：！？\n“”《》、（）]|（[^（）]{1,12}）)*)?")
_EACH_TRAIL = re.compile(r"(?<=.)(?:在[^，。年]{1,6}|各|原则上|均|都|至少|应当?|要|须|可|[在到于至]?20[0-9]{2}年(?:[0-9]{1,2}月)?(?:年?底|末|内)?(?:之?前)?|全年|年内|当年|动态|精心|认真|切实|重点|积极|集中|科学|统筹)+$")
_PAID_EACH = re.compile(r"每[^，。；、每]{0,12}?1?(名|人|位|个|户|家|辆|台|亩|头|项|件|所|次|例|套|株)(?=一次性|给予|奖励|补助|补贴|资助|按)")
DONE_EACH = re.compile(r"每((?:年)?(?:新)?[一-鿿]{1,4})[1一](名|人|个|户|家|辆|台|亩|头|项|件|所|次|例|套|株|座|处|场|条|公里|平方米|立方米|吨)(?!一次性|给予?|予以|奖|补|资助|按|不|最高)(?=[一-鿿（]{2})")  # 每新建1个公墓补助
_ONE_DONE = re.compile(r"每(?:年)?(?:新)?[一-鿿]{1,6}?[1一](名|人|个|户|家|辆|台|亩|头|项|件|所|次|例|套|株|座|处|场|条)")  # 每招用1人给予1500元
_STEP = re.compile(r"每((?:新增|再增|增加|增长|提高|提升|上升|超过?|达到?|减少|降低|下降)[0-9][0-9.]*[万亿]?(?:个?百分点|元|吨|亩|人次?|户|家|个|%|名|公里|平方米|千瓦时?))")  # 每新增1000万元奖励2万元
_SIZED_EACH = re.compile(r"每[一-鿿]{1,2}?(?:不少于|不低于|不小于|至少|超过)?[0-9][^，。；、每]{0,8}的(?!标准|要求|比例|原则|规模|目标)[^，。；、]{2,}$")  # 每支不少于20人的队伍10支
_OF_SIZE = re.compile(r"每个?(?![^，。；、每]{0,3}[0-9])[^，。；、每]{2,12}[0-9][^，。；、每]{0,8}的([一-鿿]{2,8}?)(?=至少|不少于|不低于|建|设|配|有|应|要|都|均|$)")  # 每个人口超过3000人的行政村至少建成1所
_SCALED_NOUN = re.compile(r"[百千万十0-9]+[名个位户张家所](?:[一-鿿]{0,4}(?:人|人口|儿童|幼儿|学生|居民|群众|职工|妇女|人员|农民|师生|教师|患者))")  # 每百名老人配备1名护士
_SHORT_BODY = 3
_EACH_SPAN = 16
_WITHIN = re.compile(r"(?:[百千万]|[1-9]0{2,5}|10万)[^，。；：、中0-9]{1,10}(?=中(?!心|[小学期医药等长央青]|高(?!新|级|校))[一-鿿]{3})")  # 每万家企业法人中高新技术企业数
_SCALED = frozenset("千万百十0123456789")  # 每千名儿童 names a rate like 每千人口
_PAYS_NEXT = re.compile(r"分别|给予?|予以|一次性|最高|奖励|补助|补贴|资助|不超过|可|均|各(?!类|级|种)")  # 每项分别给予
_UNIT = re.compile(r"(?:个|所|家|座)?(?:建制)?(?:乡镇（街道）|镇（街道）|乡（镇）|乡镇|街道|村（社区）|行政村|社区|区县|县（市、区）|县城|学校|医院|园区)(?=[^，。；、]{2,16})")
_PLACES_OF_ONE_SIGN = frozenset("省市县区州旗镇乡村校园班")
_SHORTEST_NOUN = 2  # 每个设区市建立: 设 is no verb right after the classifier
_PERIODS = frozenset(("年", "月", "周", "天", "季度", "半年", "学期"))
_CLASSIFIED = re.compile(r"(?:个|名|位|所|家|座|处|支|条|辆|台|套|户|张|项|件|只|头|间|栋|场|次|班)(?=.)")


@frozen
class Each:
    """A 每 phrase: text[start:end] with its denominator as printed, 每 left out."""

    start: int
    end: int
    text: str
    stays: bool


def each_before(text: str, at: int, floor: int) -> Each | None:
    """The 每 phrase that ends at `at`: 每人每月, 每个行政村, 每千人口."""
    begin = text.rfind("每", max(floor, at - _EACH_SPAN), at)
    if begin < 0 or begin + 1 >= at or _EACH_STOP.search(text, begin, at) is not None:
        return None
    done = DONE_EACH.match(text, begin, at)
    if done is not None:
        return Each(begin, at, done.group(2), False)  # 每招用1名脱贫人口
    one = _ONE_DONE.fullmatch(text, begin, at)
    if one is not None:
        return Each(begin, at, one.group(1), False)
    if _SIZED_EACH.match(text, begin, at) is not None:
        return None
    known = denominators().after(text, begin + 1, at)
    if known is not None and known.end == at:
        return _joined(text, begin, at, floor, known)
    body = text[begin + 1 : at]
    if _WITHIN.match(body) is not None:
        return None
    if known is not None and not _CLASSIFIED.match(body) and not _SCALED_NOUN.fullmatch(body):
        return None
    if any(verbs().before(text, cut, begin + 2) for cut in range(begin + 3, at + 1)):
        return None
    outer = each_before(text, begin, floor) if len(body) < _SHORT_BODY and text[begin - 2 : begin - 1] == "每" else None
    if outer is not None and not outer.stays:
        return Each(outer.start, at, f"{outer.text}·{body}", False)  # 每人每类
    return Each(begin, at, _EACH_TRAIL.sub("", body), body[0] in _SCALED)


def _joined(text: str, begin: int, at: int, floor: int, known: Word) -> Each:
    """每人 and 每月 together are 人·月."""
    outer = each_before(text, begin, floor)
    if outer is not None and not outer.stays:
        return Each(outer.start, at, f"{outer.text}·{known.text}", False)
    return Each(begin, at, known.text, str(known.entry["stays"]) == "yes")


def find_each(text: str, start: int, end: int, *, periods: bool) -> Each | None:
    """A 每 phrase further left in the clause: 每个街道 of `每个街道规划设置1个…`, 每千人口 of `每千人口护士数达到4人`."""
    begin = text.rfind("每", start, end)
    if begin < 0 or _SIZED_EACH.match(text, begin, end) is not None:
        return None
    worded = _worded_each(text, begin, end)
    if worded is not None:
        return worded
    known = denominators().after(text, begin + 1, end)
    if known is not None:
        follows = text[known.end : known.end + 1]
        if known.entry["id"] in _PERIODS:
            return _joined(text, begin, known.end, start, known) if periods else None
        if len(known.text) > 1 and known.text in measures():
            return Each(begin, known.end, known.text, False)
        if str(known.entry["stays"]) == "yes":
            return Each(begin, known.end, known.text, str(known.entry["stays"]) == "yes")
        if follows in "，。":
            return Each(begin, known.end, known.text, False)
    if text[begin - 1 : begin] == "或":
        first = text.rfind("每", start, begin)
        begin = first if first >= 0 and _EACH_STOP.search(text, first, begin) is None else begin
    paid = _PAID_EACH.match(text, begin, end)
    if paid is not None:
        return Each(begin, paid.end(), paid.group(1), False)
    return _each_body(text, begin, end)


def _worded_each(text: str, begin: int, end: int) -> Each | None:
    """每新建1个…, 每个人口超过3000人的行政村, 每新增1000万元, 每万家企业法人中: their form tells the denominator."""
    done = DONE_EACH.match(text, begin, end)
    if done is not None:
        return Each(begin, done.end(), done.group(2), False)
    sized = _OF_SIZE.match(text, begin, end) or _STEP.match(text, begin, end)
    if sized is not None:
        return Each(begin, sized.end(), sized.group(1), False)
    within = _WITHIN.match(text, begin + 1, end)
    return None if within is None else Each(begin, within.end(), within.group(), True)


def _each_body(text: str, begin: int, end: int) -> Each | None:
    """The noun of a 每 phrase: up to a verb or comparator, a known unit, or the end."""
    body_of_each = _EACH_BODY.match(text, begin + 1, end)
    limit = min(body_of_each.end() if body_of_each is not None else end, begin + _EACH_SPAN)
    classifier = _CLASSIFIED.match(text, begin + 1, limit)
    if classifier is not None and _PAYS_NEXT.match(text, classifier.end(), end):
        return Each(begin, classifier.end(), classifier.group(), False)
    shortest = begin + 2 if classifier is None else classifier.end() + _SHORTEST_NOUN
    whole = verbs().after(text, shortest - 1, end) if classifier is not None and text[shortest - 2] in _PLACES_OF_ONE_SIGN else None
    shortest -= whole is not None and len(whole.text) > 1  # 每个县组建应急队伍1支
    for cut in range(shortest, limit):
        if verbs().after(text, cut, end) is not None or comparators("before").after(text, cut, end) is not None:
            body = _EACH_TRAIL.sub("", text[begin + 1 : cut])
            return Each(begin, begin + 1 + len(body), body.replace("或每", "或"), text[begin + 1] in _SCALED)
    unit = _UNIT.match(text, begin + 1, end)
    if unit is not None:
        return Each(begin, unit.end(), unit.group(), False)
    return Each(begin, limit, text[begin + 1 : limit].replace("或每", "或"), False) if limit > begin + 1 and limit == end else None
