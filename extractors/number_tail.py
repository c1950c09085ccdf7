"""The words just before a number, e.g. `分别按照每人每月不低于` before 1000元: comparator, denominator, adverbs, verb.

Read backwards from the number, one vocabulary word at a time, so that any order of them is understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from policy_commitments.extractors.each_phrase import Each, each_before
from policy_commitments.extractors.lexicon import Word, comparators, verbs

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
_STANDS = {"form": "level", "direction": "none", "basis": "none"}
_STANDS_AT = re.compile(r"[率例重度积量数值口产额收]在$")
_AROUND = re.compile(r"[^，。；、]{1,12}?(?:以上|以下|以内|左右|上下)")
_NOUNS = {  # 社会组织, 事业编制: nouns spelt like a verb, by what stands before them
    "组织": re.compile(r"(?:社会|服务|党|基层|经济|合作|群团|行业|专业|自治|公益|志愿|国际|党团|群众)$"),
    "编制": re.compile(r"(?:人员|事业|行政|机构|员额|教师|职工|公安|政法|周转|专项|核定)$"),
}
_LONGEST_BEFORE = 2
_AVERAGE = re.compile(r"(?<!年)(人|户|亩)均$")  # 保持在人均10元以上, 户均补助2.5万元
_BASE_SPAN = 48
_BASE_VERBS = {"完成", "按照", "按", "达到", "占", "提高到", "依照", "返还", "退还", "承担", "分担", "预拨", "拨付", "减免", "免征"}
_SHARE_VERBS = {"预拨", "拨付", "负担", "承担", "分担", "提取", "计提", "预留", "贴息", "让利", "拿出"}
_PERCENT = re.compile(r"[0-9.]+ ?[%‰]")


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


