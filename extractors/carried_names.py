"""Names that need something said before, e.g. 总数 of `培育合作社，总数突破300家`, 小微企业 of `担保贷款个人最高30万元、小微企业最高400万元`.

What a sentence hands on (`Carry`) completes the names of a group: subject, case, thing built, crop, head of a price list.
"""

from __future__ import annotations

import re

from policy_commitments.extractors.carry import Carry
from policy_commitments.extractors.clause_context import Clause
from policy_commitments.extractors.each_phrase import Each
from policy_commitments.extractors.figure_groups import Group
from policy_commitments.extractors.grades import GRADE
from policy_commitments.extractors.indicator_choice import Phrase
from policy_commitments.extractors.indicator_phrase import HEAD, compose, split_members, trim
from policy_commitments.extractors.payment_caps import leaning
from policy_commitments.extractors.payment_indicator import last_members, without_opener
from policy_commitments.extractors.sight import Frame
from policy_commitments.schemas.mentions import Span

_ONLY_KIND = re.compile(r"(?:一次性|再|另行?|最高|给予|财政|资金|单个|累计)*(?:奖励|补助|补贴|奖补|资助|支持)(?:资金)?")
_SCOPE_ONLY = re.compile(
    r"(?:其中[：，]?)?(农村|农牧区|牧区|城镇|城市|城区|县城|乡镇|乡村|山区|平原|沿海|市区|主城区|民族地区|中心城区|省级|市级|县级|地级|乡级|村级|公办|民办|普惠性|男性|女性|县域)(?:地区)?"
)
_OWN_SCOPE = re.compile(r"^(?:全[省市县区州旗]|城镇|城市|城区|县城|省级|市级|县级|地级|国家级)")
_OF_WHAT = re.compile(r"(?:完成|计划|总|年度)?(?:投资|投入)(?:额|规模)?|总数|数量|总规模|规模|总面积|总里程")
_YIELD = re.compile(r"(?:[总年]|年总)?产(?:量|值)?|单产")
_CROP = re.compile(r"(?:全[市县区省州旗])?(.{2,8}?)(?:(?:总|在地|复种|年|种植|播种|栽培)*(?:面积|播面)|(?:综合)?生产能力)")
_WORKS_NEXT = re.compile(r"，(?:主要)?(?:用于)?(?:建设|新建|改造|实施|修建|硬化|打造|建成|扩建|改建|整治|完善|铺设|推进)([^，。；：0-9]{2,20})")
_RATE_OF_DEED = re.compile(r"([一-鿿]{2})(?:完成|覆盖)?率")
_RATE = re.compile(r"[一-鿿]{2}(?:率|比例)$")
_WHOLE_PLACE = re.compile(r"全[省市县区州旗镇乡盟]|总共|共")
_EACH_THAN = re.compile(r"[ 　]*(?:分别|依次)(?:比|较|同比|达|增|下降|提高|降)")
_NO_NAMES = frozenset(("计划", "预计", "基本", "重点", "全部"))
_TOTAL = re.compile(r"总数量?|总量|总面积|总规模|总里程")
_PRICE_HEAD = re.compile(r"(.{2,24}?(?:标准|补贴|补助|津贴|贷款|奖励|资助|待遇|额度|低保|低保金|费))([^，。；、]{2,10})")
_PRICED = re.compile(r"标准|补贴|补助|津贴|贷款|奖|资助|待遇|额度|低保(?!户|对象|家庭|人员|边缘)|费|金$")
_GRADE_ONLY = re.compile(rf"(?:其中[：，]?)?({GRADE})(?:以上)?")
_OWN_GRADE = re.compile(rf"^{GRADE}(?:（含）)?(?:及?以上|以下)?(?:的)?")
_GRADES_AHEAD = re.compile(rf"{GRADE}(?:(?:、|，|和|与|及|以及)[0-9]+[一-鿿]{{1,2}}?{GRADE})+([^，。；、：0-9（）]{{2,16}})")  # 3个省级、5个市级示范村
_NO_NAME_BUT_DATE = re.compile(r"(?:到|至)?(?:20[0-9]{2}年(?:底|末)?)?(?:之?前)?|(?:以上|上述|前述|这)?[两二三四五六]项?(?:指标|目标|任务)(?:任务)?")
_EACH_PAID = re.compile(r"(?:每[^每，。；]{1,4}){1,2}(补助|补贴|奖励|资助)([一-鿿]{2,12}?)(?:补助|补贴|奖励|资助)?")
_GIVEN_EACH = re.compile(r"(?<=..)(?:每[人户名村年月]){1,2}(?:发放|给予|领取|享受)(?=..)")  # 老年人每人每月发放高龄津贴
_PLACED = re.compile(r"(?!全|各|每|城[市镇乡]|农村)([一-鿿]{1,5}?(?:街道|(?<!城)[镇乡县市旗]|(?<![城社园景灌库牧农林山湖郊地校矿片新辖小厂])区))(?![场道域级区直属外内]|[、和及]|[一-鿿]?(?:政府|局|委))(?=[一-鿿]{2})")
_OTHER_PLACE = re.compile(r"；[一-鿿]{1,5}?(?:街道|[镇乡县区市旗])(?![域级区直属外内])[一-鿿]{2,}")
_FAR = 120
_PRICED_END = re.compile(r"(?:标准|补贴|补助|津贴|奖励|资助|待遇|额度)$")


def completed(
    text: str, phrases: list[Phrase], clause: Clause, group: Group, frame: Frame, each: Each | None, carry: Carry
) -> list[Phrase]:
    """The names of a group's figures with what the sentence said before; text is the folded clean text."""
    if not phrases and carry.subject is not None and len(group.figures) > 1:
        phrases = _subjects(text, carry.subject, len(group.figures))
    if frame.form == "money" and carry.opening is not None and not carry.condition:
        phrases = _with_cases(text, phrases, carry.opening, len(group.figures)) or [_with_case(text, phrase, carry.opening) for phrase in phrases]
    phrases = [] if len(phrases) == 1 and phrases[0][0] in _NO_NAMES else phrases
    phrases = _told_apart(phrases, group, carry)
    if len(phrases) > 1:
        crop = _CROP.match(phrases[0][0])
        phrases = [(crop.group(1) + words, (*phrases[0][1], *spans)) if crop is not None and _YIELD.fullmatch(words) else (words, spans) for words, spans in phrases]
    phrases = [_by_form(text, phrase, clause, group, frame, carry) for phrase in phrases]
    if _EACH_THAN.match(text, clause.start, clause.end) and len(carry.earlier) == len(group.figures) > 1:
        phrases = list(carry.earlier)  # 茶园50万亩、果园40万亩，分别比上年增长6%和8%
    phrases = [_of_thing(text, _of_place(text, phrase, clause, carry), carry) for phrase in phrases]
    phrases = [_of_works(text, phrase, clause) for phrase in phrases] if frame.rule == "invest" else phrases
    if frame.form == "money" and carry.prices is not None:
        return [phrase if _PRICED.search(phrase[0]) else (text[slice(*carry.prices)] + phrase[0], (carry.prices, *phrase[1])) for phrase in phrases]
    if carry.subject is None:
        return [_with_each(text, phrase, group, each) for phrase in phrases] if frame.form == "level" else phrases
    if frame.form in ("level", "change"):
        phrases = [_of_whole_place(text, phrase, group, carry) for phrase in phrases]
        phrases = [_of_subject(_of_counted(phrase, carry.subject), carry.subject) for phrase in phrases]
    if frame.form == "money" and carry.parallel is not None and carry.parallel.group.left_start >= clause.start:
        phrases = [carry.subject if _ONLY_KIND.fullmatch(phrase[0]) and carry.subject[0].endswith(phrase[0]) else phrase for phrase in phrases]  # 给予15%、最高500万元补贴
    left = text[min(clause.start, group.left_start) : group.tail.start]
    if frame.form == "money" and (text.startswith(("、", "，"), group.left_start) or "其中" in left):
        phrases = [_of_price_list(phrase, carry.subject, left) for phrase in phrases]
    return [_with_each(text, phrase, group, each) for phrase in phrases] if frame.form == "level" else phrases


def _by_form(text: str, phrase: Phrase, clause: Clause, group: Group, frame: Frame, carry: Carry) -> Phrase:
    if frame.form == "count":
        return _of_grade(text, phrase, clause, group, carry)
    if frame.form == "money":
        return leaning(_each_paid(phrase), group, carry)
    return phrase if frame.rule != "parallel" or carry.subject is None else _of_rate(text, phrase, group, carry.subject)


def _told_apart(phrases: list[Phrase], group: Group, carry: Carry) -> list[Phrase]:
    """`A达到55%，B达到90%；到2027年分别达到60%和93%`: the names of the sentence so far, one for each figure in order."""
    several = len(group.figures) > 1 and "分别" in group.tail.adverbs and len(carry.so_far) == len(group.figures)
    if not several or any(_NO_NAME_BUT_DATE.fullmatch(words) is None and phrase is not carry.subject for phrase in phrases for words in phrase[:1]):
        return phrases
    change = group.tail.verb is not None and group.tail.verb.entry["form"] == "change"
    same = all(dimension == figure.dimension for (_, dimension), figure in zip(carry.so_far, group.figures, strict=True))
    return [phrase for phrase, _ in carry.so_far] if same or change else phrases


def _of_grade(text: str, phrase: Phrase, clause: Clause, group: Group, carry: Carry) -> Phrase:
    """省级 alone of `龙头企业5家，其中省级1家` and of `3个省级、5个市级示范村` with what is counted."""
    grade = _GRADE_ONLY.fullmatch(phrase[0])
    if grade is None:
        return phrase
    ahead = _GRADES_AHEAD.match(text, group.end, clause.end)
    if ahead is not None:
        return grade.group(1) + ahead.group(1), (*phrase[1], ahead.span(1))
    last = carry.parallel
    if carry.subject is None or last is None or last.group.figures[0].measure != group.figures[0].measure:
        return phrase
    return grade.group(1) + _OWN_GRADE.sub("", carry.subject[0]), (*phrase[1], *carry.subject[1])


def _each_paid(phrase: Phrase) -> Phrase:
    """`每村每年补助运行经费3万元`: the denominator is no part of the name."""
    paid = _EACH_PAID.fullmatch(phrase[0])
    if paid is not None:
        return paid.group(2) + paid.group(1), phrase[1]
    return _GIVEN_EACH.sub("", phrase[0], 1), phrase[1]


def _of_counted(phrase: Phrase, subject: Phrase) -> Phrase:
    """`绿色食品认证产品新增10个，总数达到60个`: the total of what was counted before."""
    if _TOTAL.fullmatch(phrase[0]) is None or HEAD.search(subject[0]) is not None:
        return phrase
    return subject[0] + phrase[0], (*subject[1], *phrase[1])


def _of_whole_place(text: str, phrase: Phrase, group: Group, carry: Carry) -> Phrase:
    """`各县建成1个产业园，全市达到10个`: 全市 alone counts what was counted before, in the same measure."""
    last = carry.parallel
    same = last is not None and last.group.figures[0].measure == group.figures[0].measure != ""
    if carry.subject is None or not same or _WHOLE_PLACE.fullmatch(phrase[0]) is None:
        return phrase
    return phrase[0] + carry.subject[0], (*phrase[1], *carry.subject[1])


def _of_price_list(phrase: Phrase, subject: Phrase, left: str) -> Phrase:
    """`担保贷款个人最高30万元、小微企业最高400万元`: what is paid stands once, before the first payee."""
    if "其中" in left and _PRICED.search(phrase[0]) is None and _PRICED_END.search(subject[0]) is not None:
        return f"{subject[0]}其中{phrase[0]}", (*subject[1], *phrase[1])
    head = _PRICE_HEAD.fullmatch(subject[0])
    if head is None or _PRICED.search(phrase[0]) is not None or _PRICED.search(head.group(2)) is not None or not subject[1]:
        return phrase
    start = subject[1][0][0]
    return head.group(1) + phrase[0], ((start, start + len(head.group(1))), *phrase[1])


def _with_each(text: str, phrase: Phrase, group: Group, each: Each | None) -> Phrase:
    """`每10万人口…达到8人、康复治疗师达到12人`: the second member is named with the 每 phrase of the first."""
    if each is None or not each.stays or each.start >= group.left_start or "每" in phrase[0]:
        return phrase
    return text[each.start : each.end] + phrase[0], ((each.start, each.end), *phrase[1])


def _of_subject(phrase: Phrase, subject: Phrase) -> Phrase:
    """`入学率达到85%以上，农村达到75%以上`: a place or group alone is measured as the last subject was."""
    scope = _SCOPE_ONLY.fullmatch(phrase[0])
    if scope is None or HEAD.search(subject[0]) is None or subject[0].startswith(scope.group(1)):
        return phrase
    return scope.group(1) + _OWN_SCOPE.sub("", subject[0]), (*phrase[1], *subject[1])


def _of_place(text: str, phrase: Phrase, clause: Clause, carry: Carry) -> Phrase:
    """补充耕地 of `城关镇耕地保有量6.2万亩，补充耕地300亩；河西镇耕地保有量8.1万亩，…`: each place has its own list."""
    own = _PLACED.match(carry.subject[0]) if carry.subject is not None and text[clause.start - 1 : clause.start] == "，" and clause.mark in "，；。" else None
    if own is None or carry.subject is None or not carry.subject[1] or _PLACED.match(phrase[0]) or phrase[0].startswith(("全", "其中")):
        return phrase
    start = carry.subject[1][0][0]
    if not text.startswith(own.group(1), start) or _OTHER_PLACE.search(text, clause.end, clause.end + _FAR) is None:
        before = text.rfind("；", max(0, start - _FAR), start)
        if before < 0 or _PLACED.match(text, before + 1) is None or text[before + 1 : start]:
            return phrase
    return own.group(1) + phrase[0], ((start, start + len(own.group(1))), *phrase[1])


def _of_thing(text: str, phrase: Phrase, carry: Carry) -> Phrase:
    """投资 of `推进铁路建设，投资50亿元`, 总数 of `发展合作社，总数突破300家`, 产量 after 粮食种植面积: with what it is of."""
    if carry.thing is not None and _WHOLE_PLACE.fullmatch(phrase[0]) and carry.subject is None:
        return phrase[0] + text[carry.thing[0] : carry.thing[1]], (*phrase[1], carry.thing)
    if carry.thing is not None and _OF_WHAT.fullmatch(phrase[0]) and text[phrase[1][0][0] - 2 : phrase[1][0][0]] != "计划":
        return text[carry.thing[0] : carry.thing[1]] + phrase[0], (carry.thing, *phrase[1])
    rate = _RATE_OF_DEED.fullmatch(phrase[0])
    if carry.thing is not None and rate is not None and text.startswith(rate.group(1), carry.thing[1] - 2):
        return text[carry.thing[0] : carry.thing[1] - 2] + phrase[0], ((carry.thing[0], carry.thing[1] - 2), *phrase[1])  # 推进污水治理，治理率达到45%
    crop = _CROP.match(carry.subject[0]) if carry.subject is not None and _YIELD.fullmatch(phrase[0]) else None
    if crop is None or carry.subject is None:
        return phrase
    return crop.group(1) + phrase[0], (*carry.subject[1], *phrase[1])


def _of_rate(text: str, phrase: Phrase, group: Group, subject: Phrase) -> Phrase:
    """蔬菜 of `农产品合格率达到98%，其中蔬菜99%`: of the same rate."""
    rate = _RATE.search(subject[0]) if group.figures[0].dimension == "ratio" and HEAD.search(phrase[0]) is None else None
    if rate is None or not subject[1]:
        return phrase
    span = (subject[1][-1][1] - len(rate.group()), subject[1][-1][1])
    return (phrase[0] + rate.group(), (*phrase[1], span)) if text[slice(*span)] == rate.group() else phrase


def _of_works(text: str, phrase: Phrase, clause: Clause) -> Phrase:
    """`投资500万元，建设新城大桥`: what the money is for stands in the next clause."""
    works = _WORKS_NEXT.match(text, clause.end) if clause.mark == "，" and _OF_WHAT.fullmatch(phrase[0]) else None
    if works is None or text[phrase[1][0][0] - 2 : phrase[1][0][0]] == "计划":
        return phrase
    thing = trim(text, *works.span(1), keep_verb=False)
    return text[thing[0] : thing[1]] + phrase[0], (*phrase[1], thing)


def _with_cases(text: str, phrases: list[Phrase], opening: Span, wanted: int) -> list[Phrase]:
    """`新认定的国家级、省级技术中心，分别给予100万元、30万元奖励`: one member of the case for each sum; empty where they do not fit."""
    phrases = phrases * wanted if len(phrases) == 1 else phrases
    if wanted < 2 or len(phrases) != wanted or any(_ONLY_KIND.fullmatch(words) is None or opening[1] > min((a for a, _ in spans), default=0) for words, spans in phrases):
        return []
    parts = last_members(split_members(text, *without_opener(text, opening)), wanted)
    if len(parts) != wanted:
        return []
    return [(own + words, (*spans, *kind)) for (own, spans), (words, kind) in zip(compose(text, parts), phrases, strict=True)]


def _with_case(text: str, phrase: Phrase, opening: Span) -> Phrase:
    """奖励 alone names nothing: with the case that opens the sentence."""
    if _ONLY_KIND.fullmatch(phrase[0]) is None or opening[1] > min((a for a, _ in phrase[1]), default=0):
        return phrase
    own = without_opener(text, opening)
    return text[own[0] : own[1]] + phrase[0], (own, *phrase[1])


def _subjects(text: str, subject: Phrase, wanted: int) -> list[Phrase]:
    """`A和B高于上年，分别达到…、…`: the members of the last subject, one for each figure."""
    parts = split_members(text, *subject[1][0]) if len(subject[1]) == 1 else []
    return compose(text, parts) if len(parts) == wanted else []
