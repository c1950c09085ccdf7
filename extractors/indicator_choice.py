"""Which printed pieces name what a figure measures, e.g. `首次升规的企业` + `奖励`, or the noun after a count.

Chooses between the words before the number, the noun after it, the condition of a reward and the sentence's subject.
"""

from __future__ import annotations

import re

from policy_commitments.extractors.amount_frames import EACH_DEED, SERVICE
from policy_commitments.extractors.clause_context import Clause
from policy_commitments.extractors.counted_noun import another_share, noun_after, sharing
from policy_commitments.extractors.deeds import EVENTS
from policy_commitments.extractors.each_phrase import Each
from policy_commitments.extractors.figure_groups import Group
from policy_commitments.extractors.indicator_phrase import (
    HEAD,
    compose,
    split_members,
    town_and_country,
    trim,
)
from policy_commitments.extractors.led_clauses import object_of, who_and_what
from policy_commitments.extractors.norm_names import (
    GIVEN,
    NORM_NAME,
    norm_names,
    one_name,
    rate_of_payment,
    share_of_base,
    whom,
)
from policy_commitments.extractors.noun_before import left_end, noun_before
from policy_commitments.extractors.payment_indicator import (
    kind_of_payment,
    last_members,
    payment_phrases,
    purpose_of,
    without_opener,
)
from policy_commitments.extractors.sight import DURATIONS, PAID_BEHIND, Frame
from policy_commitments.schemas.mentions import Span

_PLANNED = re.compile(r"的?(?:标准|要求|比例)?(?:规划|逐步|配建|补建|建设(?!用地|资金|项目|工程|任务|周期|成本|规模)|配备|设置|配置|配套|执行|安排|落实)+")
_NORMED = re.compile(r"(?:[、和与及]每[^，。；、每]{1,8}?(?:不少于|不低于|至少)?[0-9]{1,4}[名人个间台张])*的?(?:标准|要求|比例)(?:规划)?(?:设置|配建|建设|配备|配置|配套|布置|布设|安排|落实)([^，。；：]{2,40})")
_SHORTEST_NAME = 4
_DESCRIBED = re.compile(r"、[^，。；、]{0,40}的([^，。；、的]{2,30})")  # 不少于2个、面积不小于500平方米的公园
_AVERAGE_OF = re.compile(r"[人户亩]均")
_FUND_SIZE = re.compile(r"(?:首期|总|资金|基金|募集|认缴)*(?:规模|总额)$")
_NEXT_COUNTED = re.compile(r"(?:、|和|与|及|以及)(?=[0-9])")  # 对5条主管、28个小区管网进行改造
_MOST_MEMBERS = 6
_NO_PURPOSE = re.compile(r"(?:[省市县区]?(?:本级|级财政|财政|政府)|年度)*(?:预算|财政|出资|统筹|安排|拿出|注资|筹集)*(?:资金|经费)?(?:用于(?:支持)?|支持|设立|组建)?")  # 预算安排5000万元，设立人才专项资金
_INSTITUTION = re.compile(r"院|中心|机构|学校|园|站|所(?!有)|企业|单位|部门")
Phrase = tuple[str, tuple[Span, ...]]


def choose_indicators(
    text: str,
    clause: Clause,
    group: Group,
    frame: Frame,
    subject: Phrase | None,
    condition: tuple[Span, ...],
    following: Group | None,
    each: Each | None,
    topic: Span | None = None,
) -> list[Phrase]:
    """The indicator of each figure in the group, in order; empty where nothing printed names it."""
    if frame.rule == "norm_after":
        return norm_names(text, group, clause, following, condition)
    deed = EACH_DEED.search(text, group.left_start, left_end(text, group)) if frame.rule == "times_each" else None
    if deed is not None:
        thing = noun_after(text, group, clause, following) if frame.noun_after else (group.end, group.end)
        return one_name(text, deed.span(1), *((thing,) if thing[1] > thing[0] else ()))
    may_stand_behind = frame.form != "money" or (frame.rule == "invest" and frame.noun_after)
    behind = _named_behind(text, clause, group, frame, following) if may_stand_behind else None
    if behind is not None:
        return behind
    if frame.rule == "fund":
        fund = trim(text, *noun_after(text, group, clause, following))
        named = _FUND_SIZE.search(text, group.left_start, group.tail.start)
        return one_name(text, fund, (group.tail.start, group.tail.start) if named is None else named.span())
    if frame.form == "money":
        paid = payment_phrases(text, clause, group, left_end(text, group), condition, each, topic)
        paid = paid or (one_name(text, noun_after(text, group, clause, following)) if frame.rule in ("capped", "set_aside") else [])
        return paid if paid and _NO_PURPOSE.fullmatch(paid[0][0]) is None else purpose_of(text, clause, group) or paid
    return _named_before(text, clause, group, frame, subject, condition, following, each)


def _named_behind(text: str, clause: Clause, group: Group, frame: Frame, following: Group | None) -> list[Phrase] | None:
    """The noun behind the number, None where the words before it name what is measured."""
    if frame.rule == "served":
        service = SERVICE.match(text, group.end, clause.end)
        if service is None:
            return []
        listed = _NEXT_COUNTED.search(text, group.end, service.start("deed"))
        noun_end = service.start("deed") if listed is None else listed.start()
        return one_name(text, (group.end, noun_end), (service.end("light") if service.group("light") else service.start("deed"), service.end()))
    if frame.rule in ("speed", "share_given"):
        return one_name(text, noun_after(text, group, clause, following))
    if frame.rule == "invest" and frame.noun_after:
        noun = trim(text, *noun_after(text, group, clause, following), keep_verb=False)
        word = (group.tail.start - 2, group.tail.start)
        return one_name(text, noun, word) if noun[1] - noun[0] >= _SHORTEST_NAME else None
    if frame.rule == "duration_at_least" and frame.noun_after:
        return one_name(text, trim(text, group.end, clause.end))
    if frame.rule == "share_of":
        shared = sharing(text, group, clause, following)
        if shared is not None:
            return [shared]
    if not frame.noun_after:
        return None
    near = following if frame.rule != "share_of" or another_share(following) else None
    noun = noun_after(text, group, clause, near)
    return _counted(text, group, frame, noun) if noun[1] > noun[0] else None


def _named_before(
    text: str,
    clause: Clause,
    group: Group,
    frame: Frame,
    subject: Phrase | None,
    condition: tuple[Span, ...],
    following: Group | None,
    each: Each | None,
) -> list[Phrase]:
    """The noun phrase before the number, with the base of a share or what a norm plans."""
    start, end = noun_before(text, group, frame, each)
    rate = _rate_given(text, clause, group, frame, (start, end), condition)
    if rate:
        return rate
    normed = _NORMED.match(text, group.end, clause.end) if end <= start and frame.form == "quota" else None
    if normed is not None:
        return one_name(text, trim(text, *normed.span(1)))
    paid = PAID_BEHIND.match(text, group.end) if frame.rule == "norm_paid" and group.tail.base is not None else None
    if paid is not None and group.tail.base is not None:
        return [rate_of_payment(text, group, group.tail.base, paid.span(1), condition)]
    if group.tail.base is not None and (end - start < 4 or text[start:end].startswith("在")):
        verb = group.tail.verb
        if verb is not None and verb.text.startswith("占") and subject is not None and subject[0]:
            return [(f"{subject[0]}占{text[group.tail.base[0] : group.tail.base[1]]}", (*subject[1], group.tail.base))]
        pays = verb is not None and verb.entry["form"] == "money"
        return one_name(text, *(whom(text, condition) if pays else ()), group.tail.base)
    part = group.tail.verb is not None and group.tail.verb.text.startswith("占") and end > start
    if group.tail.base is not None and (frame.rule == "bounded_share" or part):
        return [share_of_base(text, (start, end), group.tail.base)]
    described = _DESCRIBED.fullmatch(text, group.end, clause.end) if end <= start and frame.form == "count" else None
    if described is not None:
        return one_name(text, trim(text, *described.span(1)))
    if end <= start and frame.rule == "norm" and text[group.end : group.end + 1] == "的":
        noun = noun_after(text, group, clause, following)
        named = NORM_NAME.match(text, *noun)
        noun = trim(text, noun[0] if named is None else named.end(), noun[1], keep_verb=False)
        return one_name(text, *whom(text, condition), noun) if noun[1] > noun[0] else []
    grown = _average_growth(text, group)
    if grown is not None:
        return one_name(text, *((start, end),) * (end > start), grown)
    if end <= start:
        verb = group.tail.verb
        deed = verb is not None and verb.entry["form"] == "count" and (verb.text.endswith("项目") or (subject is None and len(verb.text) > 1 and (group.figures[0].measure in EVENTS or group.figures[0].dimension in DURATIONS)))
        return one_name(text, (verb.start, verb.end)) if deed and verb is not None else []
    if frame.form == "coverage":
        return _covered(text, who_and_what(text, start, end), group, frame)
    return _with_subject(_members(text, object_of(text, start, end), end, group, frame), subject)


def _covered(text: str, spans: tuple[Span, ...], group: Group, frame: Frame) -> list[Phrase]:
    """What reaches everybody, after those who have it: `所有行政村` `快递服务`."""
    *who, what = spans
    members = _members(text, *(trim(text, *what, keep_verb=False) if not who else what), group, frame)
    return [("".join(text[a:b] for a, b in who) + words, (*who, *own)) for words, own in members]


def _average_growth(text: str, group: Group) -> Span | None:
    """户均增收 of `脱贫户户均增收3000元`: the average and its verb name what grows."""
    each, verb = group.tail.each, group.tail.verb
    if each is None or verb is None or verb.start < each.end or verb.entry["form"] != "change" or _AVERAGE_OF.match(text, each.start) is None:
        return None
    return each.start, verb.end


def _rate_given(text: str, clause: Clause, group: Group, frame: Frame, span: Span, condition: tuple[Span, ...]) -> list[Phrase]:
    """`给予贷款金额2%的贴息`, `对参展的展位费给予70%补助`: the base of a rate that is paid; empty where none is."""
    start, end = span
    if group.figures[0].dimension != "ratio":
        return []
    given = GIVEN.match(text, start, end)
    reward = kind_of_payment(text, group, clause) if frame.rule == "norm" else ()
    if given is not None and (condition or reward):
        return one_name(text, *whom(text, condition), (given.end(), end), *(reward or kind_of_payment(text, group, clause)))
    gives = group.tail.verb is not None and group.tail.verb.text in ("给予", "予以")
    paid = PAID_BEHIND.match(text, group.end) if gives and not reward else None
    reward = reward if paid is None else (paid.span(1),)  # 给予15%、最高500万元补贴
    bare = gives and reward and end > start and group.tail.base is None
    return one_name(text, without_opener(text, (start, end)), *reward) if bare else []


def _members(text: str, start: int, end: int, group: Group, frame: Frame) -> list[Phrase]:
    """One phrase per figure of a 分别 list; two for `A和B全覆盖`; else the span as it stands."""
    wanted = len(group.figures)
    parts = [trim(text, a, b) for a, b in split_members(text, start, end)]
    if wanted > 1:
        parts = last_members(parts, wanted)
        if len(parts) == wanted:
            return compose(text, parts)
        both = town_and_country(text, (start, end)) if len(parts) == 1 else []
        if len(both) == wanted:
            return both
    if wanted == 1 and 1 < len(parts) <= _MOST_MEMBERS and _distributes(text, parts, group):
        return compose(text, parts)
    two_things = frame.form == "coverage" and len(parts) == 2 and "、" not in text[start:end]
    two_things = two_things and not _one_modifier(text, parts)
    if two_things and all(b - a >= 2 for a, b in parts):
        return compose(text, parts)
    return [(text[start:end], ((start, end),))]


def _one_modifier(text: str, parts: list[Span]) -> bool:
    """`乡镇卫生院和社区卫生服务中心中医馆`: both institutions have the one thing that is named last."""
    first, second = (text[a:b] for a, b in parts)
    inner = _INSTITUTION.search(second)
    return inner is not None and inner.end() < len(second) and _INSTITUTION.search(first[-2:]) is not None


def _distributes(text: str, parts: list[Span], group: Group) -> bool:
    """`发现率、治疗覆盖率分别达到90%`, `城镇和农村居民人均收入均增长8%`: one number for each member."""
    if "分别" in group.tail.adverbs:
        return True
    verb = group.tail.verb
    alike = "均" in group.tail.adverbs or (verb is not None and verb.text.startswith("均"))
    return alike and all(HEAD.search(text[a:b]) for a, b in parts)


def _with_subject(phrases: list[Phrase], subject: Phrase | None) -> list[Phrase]:
    """`…产值增长6%、占…比重提高到86%`: 占 without a subject takes the sentence's last one."""
    if subject is not None and phrases[0][0].startswith(("占", "比重", "占比")):
        words, spans = subject
        return [(words + own_words, (*spans, *own)) for own_words, own in phrases]
    return phrases


def _counted(text: str, group: Group, frame: Frame, noun: Span) -> list[Phrase]:
    """The counted noun; a norm keeps what it holds for: `新建居住区按照每千人口不少于10个托位规划建设`."""
    if frame.form == "count":
        return [(text[noun[0] : noun[1]], (noun,))]
    cut = _PLANNED.search(text, noun[0] + 2, noun[1])
    start, end = noun[0], cut.start() if cut is not None else noun[1]
    thing = trim(text, *_planned_thing(text, noun, cut))
    scope = trim(text, group.left_start, left_end(text, group))
    if text[scope[0]] == "在":
        scope = (scope[0] + 1, scope[1])
    if thing[1] > thing[0] and frame.form != "coverage":
        spans = tuple(span for span in (scope, thing, (start, end)) if span[1] > span[0])
        return [("".join(text[a:b] for a, b in spans), spans)]
    if scope[1] - scope[0] < 2 or frame.rule == "duration_at_least":
        return [(text[start:end], ((start, end),))]
    return [(text[scope[0] : scope[1]] + text[start:end], (scope, (start, end)))]


def _planned_thing(text: str, noun: Span, cut: re.Match[str] | None) -> Span:
    """`不少于10个托位规划建设照护设施`: what is planned stands behind the verb."""
    return (noun[1], noun[1]) if cut is None or noun[1] - cut.end() < _SHORTEST_NAME else (cut.end(), noun[1])
