"""The words just before a number, e.g. `分别按照每人每月不低于` before 1000元: comparator, denominator, adverbs, verb.

Read backwards from the number, one vocabulary word at a time, so that any order of them is understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from policy_commitments.extractors.lexicon import Word, comparators, denominators, measures, verbs
from policy_commitments.schemas.frozen import frozen

_ADVERBS = {
    w: w
    for w in ["分别", "依次", "各自", "均", "都", "各", "再", "累计", "总共", "平均每年", "平均", "年均", "逐年", "年平均", "全年", "同比", "环比", "比", "一次性", "定额", "总体", "应", "可", "须", "要", "将", "另行", "另", "直接", "最终", "实际", "动态", "持续", "长期", "稳步", "的", "也", "还", "则", "高标准", "高质量", "每批", "每个", "按", "年增", "年", "当年", "今年", "年内"]
}
_ADVERB_MAX = 4
_ENDS_IN_RESPONSE = frozenset("对相适响供反效回因呼感顺")  # 相对应, 供应: 应 is no adverb there
_WORD_BEFORE = {  # 教育, 基建, 统计 … hold 育, 建, 计 as no verb
    "育": "教体培保养抚生发哺德智美", "建": "基封党土", "计": "统设预审累会合共总", "设": "建假开摆陈", "办": "主承协创督交政三兴举",
    "种": "品物树良播各多一两三病险税工语剧菌军币鱼兵火", "派": "选委", "引": "牵招", "创": "首文双", "送": "报运输配", "配": "分支装", "增": "新", "提": "前手",
    "签": "标书", "补": "奖候弥", "以": "所可难予加", "有": "所国公私拥", "含": "包", "减": "加", "降": "升下", "聘": "招解", "达": "下送到抵传直转", "奖": "获评步明学等金银铜花技术成质量银步",
    "是": "但还就都不若", "为": "行作认成因分", "共": "公", "按": "逐", "占": "侵抢", "破": "突",
}
_APIECE = frozenset("人户村亩师生班")  # 人均不低于1元: a noun
_KEEP_ADVERB = frozenset(["的", "年", "按", "每个"])
_EACH_STOP = re.compile(r"[，。；：！？\n“”《》]")
_EACH_BODY = re.compile(r"(?:[^，。；：！？\n“”《》、（）]|（[^（）]{1,12}）)*(?:、(?:[^，。；：！？\n“”《》、（）]|（[^（）]{1,12}）)*)?")
_EACH_TRAIL = re.compile(r"(?<=.)(?:在[^，。年]{1,6}|各|原则上|均|都|至少|应当?|要|须|可|[在到于至]?20[0-9]{2}年(?:[0-9]{1,2}月)?(?:年?底|末|内)?(?:之?前)?|全年|年内|当年|动态|精心|认真|切实|重点|积极|集中|科学|统筹)+$")
_PAID_EACH = re.compile(r"每[^，。；、每]{0,12}?1?(名|人|位|个|户|家|辆|台|亩|头|项|件|所|次|例|套|株)(?=一次性|给予|奖励|补助|补贴|资助|按)")
DONE_EACH = re.compile(r"每((?:年)?(?:新)?[一-鿿]{1,4})[1一](名|人|个|户|家|辆|台|亩|头|项|件|所|次|例|套|株|座|处|场|条|公里|平方米|立方米|吨)(?!一次性|给予?|予以|奖|补|资助|按|不|最高)(?=[一-鿿（]{2})")  # 每新建1个公墓补助
_ONE_DONE = re.compile(r"每(?:年)?(?:新)?[一-鿿]{1,6}?[1一](名|人|个|户|家|辆|台|亩|头|项|件|所|次|例|套|株|座|处|场|条)")  # 每招用1人给予1500元
_STEP = re.compile(r"每((?:新增|再增|增加|增长|提高|提升|上升|超过?|达到?|减少|降低|下降)[0-9][0-9.]*[万亿]?(?:个?百分点|元|吨|亩|人次?|户|家|个|%|名|公里|平方米|千瓦时?))")  # 每新增1000万元奖励2万元
_SIZED_EACH = re.compile(r"每[一-鿿]{1,3}?(?:不少于|不低于|不小于|至少|超过)?[0-9][^，。；、每]{0,8}的(?!标准|要求|比例|原则|规模|目标)[^，。；、]{2,}$")  # 每支不少于20人的队伍10支
_OF_SIZE = re.compile(r"每个?(?![^，。；、每]{0,3}[0-9])[^，。；、每]{2,12}[0-9][^，。；、每]{0,8}的([一-鿿]{2,8}?)(?=至少|不少于|不低于|建|设|配|有|应|要|都|均|$)")  # 每个人口超过3000人的行政村至少建成1所
_SCALED_NOUN = re.compile(r"[百千万十0-9]+[名个位户张家所](?:[一-鿿]{0,4}(?:人|人口|儿童|幼儿|学生|居民|群众|职工|妇女|人员|农民|师生|教师|患者))")  # 每百名老人配备1名护士
_SHORT_BODY = 3
_EACH_SPAN = 16
_WITHIN = re.compile(r"(?:[百千万]|[1-9]0{2,5}|10万)[^，。；：、中0-9]{1,10}(?=中(?!心|[小学期医药等长央青]|高(?!新|级|校))[一-鿿]{3})")  # 每万家企业法人中高新技术企业数
_SCALED = frozenset("千万百十0123456789")  # 每千名儿童 names a rate like 每千人口
_PAYS_NEXT = re.compile(r"分别|给予?|予以|一次性|最高|奖励|补助|补贴|资助|不超过|可|均|各(?!类|级|种)")  # 每项分别给予
_STANDS = {"form": "level", "direction": "none", "basis": "none"}
_STANDS_AT = re.compile(r"[率例重度积量数值口产额收]在$")
_AROUND = re.compile(r"[^，。；、]{1,12}?(?:以上|以下|以内|左右|上下)")
_UNIT = re.compile(r"(?:个|所|家|座)?(?:建制)?(?:乡镇（街道）|镇（街道）|乡（镇）|乡镇|街道|村（社区）|行政村|社区|区县|县（市、区）|县城|学校|医院|园区)(?=[^，。；、]{2,16})")
_SHORTEST_NOUN = 2  # 每个设区市建立: 设 is no verb right after the classifier
_NOUNS = {  # 社会组织, 事业编制: nouns spelt like a verb, by what stands before them
    "组织": re.compile(r"(?:社会|服务|党|基层|经济|合作|群团|行业|专业|自治|公益|志愿|国际|党团|群众)$"),
    "编制": re.compile(r"(?:人员|事业|行政|机构|员额|教师|职工|公安|政法|周转|专项|核定)$"),
}
_LONGEST_BEFORE = 2
_AVERAGE = re.compile(r"(?<!年)(人|户|亩)均$")  # 保持在人均10元以上, 户均补助2.5万元
_PERIODS = frozenset(("年", "月", "周", "天", "季度", "半年", "学期"))
_BASE_SPAN = 48
_BASE_VERBS = {"完成", "按照", "按", "达到", "占", "提高到", "依照", "返还", "退还", "承担", "分担", "预拨", "拨付", "减免", "免征"}
_SHARE_VERBS = {"预拨", "拨付", "负担", "承担", "分担", "提取", "计提", "预留", "贴息", "让利", "拿出"}
_PERCENT = re.compile(r"[0-9.]+ ?[%‰]")
_CLASSIFIED = re.compile(r"(?:个|名|位|所|家|座|处|支|条|辆|台|套|户|张|项|件|只|头|间|栋|场|次|班)(?=.)")


@frozen
class Each:
    """A 每 phrase: text[start:end] with its denominator as printed, 每 left out."""

    start: int
    end: int
    text: str
    stays: bool


@dataclass(slots=True)
class Tail:
    """What was read before a number; `start` is where the noun phrase before it ends."""

    start: int
    number: int = -1
    comparator: Word | None = None
    verb: Word | None = None
    each: Each | None = None
    base: tuple[int, int] | None = None
    adverbs: list[str] = field(default_factory=list)

    @property
    def comparator_text(self) -> str:
        """The printed comparator, "" without one."""
        return "" if self.comparator is None else self.comparator.text


def read_tail(text: str, number: int, floor: int) -> Tail:
    """Words before `number`, back to `floor` at most."""
    tail = Tail(number, number)
    _read_words(text, tail, floor)
    if tail.verb is None and tail.comparator is None:
        if text[tail.start - 1 : tail.start] == "的":
            _read_over_base(text, tail, floor, _base_pattern())
        elif _PERCENT.match(text, number) is not None:
            _read_over_base(text, tail, floor, _bare_base_pattern())
    return tail


def _read_words(text: str, tail: Tail, floor: int) -> None:
    for _ in range(10):
        if not _step(text, tail, floor):
            return


def _read_over_base(text: str, tail: Tail, floor: int, pattern: re.Pattern[str]) -> None:
    """`不低于岗位总数的` before 90%: the comparator or verb stands before the base of the share."""
    begin = max(floor, tail.start - _BASE_SPAN)
    found = pattern.match(text, begin, tail.start)
    if found is None:
        return
    tail.base = found.span(2)
    tail.start = found.end(1)
    _read_words(text, tail, floor)


@cache
def _base_pattern() -> re.Pattern[str]:
    words = _long_comparators() | _BASE_VERBS | _SHARE_VERBS
    ordered = "|".join(sorted(words, key=len, reverse=True))
    return re.compile(rf".*(?<!已)(?<!实际)({ordered})(?!价|标准|工资|生活|限价|档|时|质|期[^限间])([^，。；：、]{{1,40}}?)的")


@cache
def _bare_base_pattern() -> re.Pattern[str]:
    """`不高于总规模` before 10%, `负担剩余资金` before 30%: no 的 stands between base and share."""
    words = {word for word in _long_comparators() if word[0] in "不最至"} | {"负担", "承担", "分担", "按照", "按"}
    ordered = "|".join(sorted(words, key=len, reverse=True))
    return re.compile(rf".*({ordered})(?!时|质|期[^限间])([^，。；：、（）0-9的]{{2,16}})$")  # 按时办结率100%


def _long_comparators() -> set[str]:
    return {word for word in comparators("before") if len(word) > 1 and word[0] > "z"}


def _step(text: str, tail: Tail, floor: int) -> bool:
    at = tail.start
    if at <= floor:
        return False
    if text[at - 1] == " ":
        tail.start = at - 1
        return True
    if _word_step(text, tail, floor):
        return True
    average = _AVERAGE.search(text, max(floor, at - 3), at) if tail.each is None else None
    if average is not None and (tail.verb is not None or at == tail.number):
        tail.each, tail.start = Each(average.start(), at, average.group(1), False), average.start()
        return True
    each = each_before(text, at, floor) if tail.each is None else None
    if each is not None:
        tail.each, tail.start = each, each.start
    return each is not None


def _word_step(text: str, tail: Tail, floor: int) -> bool:
    at = tail.start
    if tail.verb is None and (_PERCENT.match(text, at) or _AROUND.match(text, at)) and _STANDS_AT.search(text[max(floor, at - 2) : at]):
        tail.verb = Word(at - 1, at, "在", _STANDS)  # 健康管理率在80%以上
        tail.start = at - 1
        return True
    comparator = comparators("before").before(text, at, floor)
    verb = verbs().before(text, at, floor) if tail.verb is None else None
    if verb is not None and verb.text[0] == "年" and (text[verb.start - 1 : verb.start].isdigit() or text[verb.start - 1 : verb.start] in "上去前"):
        verb = verbs().before(text, at, verb.start + 1)  # 较2020年增长5%: the year of a comparison
    verb = None if verb is not None and _ends_a_word(text, verb) else verb
    if comparator is not None and (verb is None or len(verb.text) <= len(comparator.text)) and _free(text, comparator):
        if tail.comparator is None:
            tail.comparator = comparator
        tail.start = comparator.start
        return True
    adverb = _adverb_before(text, at, floor)
    if verb is not None and len(verb.text) >= len(adverb):
        tail.verb, tail.start = verb, verb.start
        return True
    if adverb:
        tail.adverbs.append(adverb)
        tail.start = at - len(adverb)
        return True
    return False


def _free(text: str, word: Word) -> bool:
    """One-character comparators (近, 超, 破, 约, 逾) count only where they are no end of a longer word (节约, 附近)."""
    return len(word.text) > 1 or text[word.start - 1 : word.start] not in "节集契条合签预违特守公制邻附最接临突冲赶反打高"


def _ends_a_word(text: str, verb: Word) -> bool:
    """One-letter verbs count only where they end no longer word: 教育, 基建, 统计, 主办; 社会组织 is a noun too."""
    noun = _NOUNS.get(verb.text)
    if noun is not None and noun.search(text, max(0, verb.start - _LONGEST_BEFORE), verb.start) is not None:
        return True
    return len(verb.text) == 1 and text[verb.start - 1 : verb.start] in _WORD_BEFORE.get(verb.text, "")


def _adverb_before(text: str, at: int, floor: int) -> str:
    if text[at - 1 : at] == "均" and text[at - 2 : at - 1] in _APIECE:
        return ""
    if text[at - 1 : at] == "应" and text[at - 2 : at - 1] in _ENDS_IN_RESPONSE:
        return ""
    for length in range(_ADVERB_MAX, 0, -1):
        if at - length >= floor and text[at - length : at] in _ADVERBS:
            word = text[at - length : at]
            if word[0] == "年" and text[at - length - 1 : at - length].isdigit():
                continue  # 较2020年均减少
            if word == "比" and (text[at : at + 1] != "增" or text[at - 2 : at - 1] in "占之"):
                return ""  # 比增3% is 同比增长3%; 占比增3个百分点 is a share that grows
            return "" if word in _KEEP_ADVERB else word
    return ""


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
    for cut in range(shortest, limit):
        if verbs().after(text, cut, end) is not None or comparators("before").after(text, cut, end) is not None:
            body = _EACH_TRAIL.sub("", text[begin + 1 : cut])
            return Each(begin, begin + 1 + len(body), body.replace("或每", "或"), text[begin + 1] in _SCALED)
    unit = _UNIT.match(text, begin + 1, end)
    if unit is not None:
        return Each(begin, unit.end(), unit.group(), False)
    return Each(begin, limit, text[begin + 1 : limit].replace("或每", "或"), False) if limit > begin + 1 and limit == end else None
