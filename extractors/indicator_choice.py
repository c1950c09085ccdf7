"""Which printed pieces name what a figure measures, e.g. `首次升规的企业` + `奖励`, or the noun after a count.

Chooses between the words before the number, the noun after it, the condition of a reward and the sentence's subject.
"""

from __future__ import annotations

import re

from policy_commitments.extractors.clause_context import Clause
from policy_commitments.extractors.figure_groups import Group
from policy_commitments.extractors.indicator_phrase import HEAD, compose, split_members, trim
from policy_commitments.extractors.number_tail import Each
from policy_commitments.extractors.sight import Frame
from policy_commitments.schemas.mentions import Span

_OPENER = re.compile(
    r"[ 　]*(?:[0-9]{1,2}[.．、]|（[一二三四五六七八九十0-9]+）|[一二三四五六七八九十]是)?(?:对于?|凡是?|针对|给予?|向)?"
)
_REWARD = re.compile(
    r"(?:的)?(?:标准|额度)?(?:给予|予以|进行|发放)?((?:一次性|财政|资金|配套|专项|定额|创业|生活|岗位|安家|购房|租房)*[^，。；：、的与和及（）0-9给予按标准进行发放以]{0,4}?(?:奖励|补助|补贴|资助|支持|奖补|扶持|经费|津贴)(?:资金)?)"
)
_NOUN_END = re.compile(r"[，。；：！？\n]")
_PLANNED = re.compile(r"的?(?:标准|要求|比例)?(?:规划|配建|建设|配备|设置|配置|配套|执行|安排|落实)+")
_NORMED = re.compile(r"的?(?:标准|要求|比例)(?:规划)?(?:设置|配建|建设|配备|配置|配套|布置|布设|安排|落实)([^，。；：]{2,40})")
_TAKEN_AS = re.compile(r"计入|用于|作为|纳入|留归|返还")  # 可按实际面积的60%计入绿地面积
_DOES = re.compile(r"(?<=..)(?:能够规范|规范|全部|基本|均|都|能够|能|可|要|应)*(?:建成|建立|建有|达到|实现|完成|设立|设置|配备|开展|开设|具备|提供|纳入|接入|拥有|通过|创建|建设)")
_EMPTY_VERBS = frozenset(("实现", "完成"))
_BARE_PAYING = re.compile(r"(?:每[^，。；、每]{0,10}1?[名人个户家](?=一次性|给予|予以|补|奖)|分别|各|均|再|另|最高|按|给予|予以|一次性|每年|给|可|的|标准|实际|入住|人数|按照)*")
_PAID = re.compile(r"(?:的)?(?:标准|额度|比例)?(?:专项资金|资金|经费)?(?:专项|专门|重点)?(?:用于|发放|给予|予以|支付|安排|拨付|缴纳|收取|追加|计发|兑付|核拨|核增|增加)([^，。；：]{2,40})")
_SHORTEST_PAYEE = 2
_SHORTEST_NAME = 4
_SHORTEST_SCOPE = 2
_BARE_VERB = re.compile(r"(?:予以|给予|进行)?(?:执行|确定|核定|计算|计提|提取|列支|落实|控制|安排|单列|优惠|扣除|支付|结算|缴纳|征收|收取|实行|掌握)")
_PAYMENT = re.compile(r"(?:给予|予以|一次性|进行|配套|专项|资金)*(?:奖励|奖补|补助|补贴|资助|贴息|支持|返还|减免|贴补|扶持)")
_NORM_NAME = re.compile(r"的?(?:比例|标准|幅度|额度|规模)")
_BY_NORM = re.compile(r"按照?([^，。；：]{2,16})$")
_NORM_LEAD = re.compile(r"可?(?:按照|按|依照|依据|以)")
_MOST_MEMBERS = 6
_INSTITUTION = re.compile(r"院|中心|机构|学校|园|站|所(?!有)|企业|单位|部门")
_LIST_MARK = re.compile(r"[、和与及，]")
_AND = re.compile(r"(?:、|以及|和|与|及)(?=[^、和与及]*$)")
_BASE_LEADS = frozenset(("按照", "按", "依照", "以", "达到", "占", "为"))
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
    if frame.form == "money" and not (frame.rule == "invest" and frame.noun_after):
        return _money(text, clause, group, condition, each, topic)
    if frame.rule == "norm_after":
        return _norm_after(text, group, clause, following, condition)
    behind = _named_behind(text, clause, group, frame, following)
    if behind is not None:
        return behind
    if frame.form == "money":
        return _money(text, clause, group, condition, each, topic)
    return _named_before(text, clause, group, frame, subject, condition, following, each)


def _one(text: str, *spans: Span) -> list[Phrase]:
    """One phrase of the spans that are not empty."""
    kept = tuple(span for span in spans if span[1] > span[0])
    return [("".join(text[a:b] for a, b in kept), kept)] if kept else []


def _named_behind(text: str, clause: Clause, group: Group, frame: Frame, following: Group | None) -> list[Phrase] | None:
    """The noun behind the number, None where the words before it name what is measured."""
    if frame.rule in ("speed", "share_given"):
        return _one(text, _noun_after(text, group, clause, following))
    if frame.rule == "invest" and frame.noun_after:
        noun = trim(text, *_noun_after(text, group, clause, following), keep_verb=False)
        word = (group.tail.start - 2, group.tail.start)
        return _one(text, noun, word) if noun[1] - noun[0] >= _SHORTEST_NAME else None
    if frame.rule == "duration_at_least" and frame.noun_after:
        return _one(text, trim(text, group.end, clause.end))
    if frame.rule == "share_of":
        shared = _sharing(text, group, clause, following)
        if shared is not None:
            return [shared]
    if not frame.noun_after:
        return None
    near = following if frame.rule != "share_of" or _another_share(following) else None
    noun = _noun_after(text, group, clause, near)
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
    start, end = _noun_before(text, group, frame, each)
    normed = _NORMED.match(text, group.end, clause.end) if end <= start and frame.form == "quota" else None
    if normed is not None:
        return _one(text, trim(text, *normed.span(1)))
    if group.tail.base is not None and (end - start < 4 or text[start:end].startswith("在")):
        return _one(text, group.tail.base)
    if frame.rule == "bounded_share" and group.tail.base is not None:
        return [_share(text, (start, end), group.tail.base)]
    if end <= start and frame.rule == "norm" and text[group.end : group.end + 1] == "的":
        noun = trim(text, *_noun_after(text, group, clause, following), keep_verb=False)
        return _one(text, *_who(text, condition), noun) if noun[1] > noun[0] else []
    if end <= start:
        return []
    return _with_subject(_members(text, start, end, group, frame), subject)


def _noun_before(text: str, group: Group, frame: Frame, each: Each | None) -> Span:
    stop = _left_end(text, group)
    counted = frame.form == "count"
    norm = _BY_NORM.search(text, group.left_start, stop) if frame.rule == "norm" else None
    if norm is not None:
        return trim(text, norm.start(1), stop)
    if counted and group.leading_verb is not None and group.leading_verb.end <= stop:
        return trim(text, group.leading_verb.end, stop, keep_verb=False)
    return trim(text, group.left_start, stop, keep_verb=not counted)


def _left_end(text: str, group: Group) -> int:
    if group.baseline is None:
        return group.tail.start
    before = re.search(
        r"(?:由|从|较|比|在|自)[^由从较比在自，]{0,24}$", text[group.left_start : group.baseline.start]
    )
    return group.left_start + before.start() if before is not None else group.baseline.start


def _members(text: str, start: int, end: int, group: Group, frame: Frame) -> list[Phrase]:
    """One phrase per figure of a 分别 list; two for `A和B全覆盖`; else the span as it stands."""
    wanted = len(group.figures)
    parts = [trim(text, a, b) for a, b in split_members(text, start, end)]
    if wanted > 1:
        parts = _last_members(parts, wanted)
        if len(parts) == wanted:
            return compose(text, parts)
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
    return "均" in group.tail.adverbs and all(HEAD.search(text[a:b]) for a, b in parts)


def _last_members(parts: list[Span], wanted: int) -> list[Span]:
    """With more parts than figures the first member keeps the surplus: it is a name with 、 in it."""
    if len(parts) <= wanted:
        return parts
    first_end = parts[len(parts) - wanted][1]
    return [(parts[0][0], first_end), *parts[len(parts) - wanted + 1 :]]


def _with_subject(phrases: list[Phrase], subject: Phrase | None) -> list[Phrase]:
    """`…产值增长6%、占…比重提高到86%`: 占 without a subject takes the sentence's last one."""
    if subject is not None and phrases[0][0].startswith(("占", "比重", "占比")):
        words, spans = subject
        return [(words + own_words, (*spans, *own)) for own_words, own in phrases]
    return phrases


def _noun_after(text: str, group: Group, clause: Clause, following: Group | None) -> Span:
    """The noun that a count counts, cut where the next figure's words begin."""
    limit = clause.end
    shared = _repeated_noun(text, group, following)
    if shared is not None:
        return shared
    if following is not None:
        limit = following.tail.start
        cut = _AND.search(text[group.end : limit])
        if following.tail.verb is None and cut is not None:
            limit = group.end + cut.start()
    if following is not None:
        limit = min(limit, max(group.right_end, limit))
    elif group.figures[0].dimension != "ratio":
        limit = min(limit, group.right_end)
    stop = _NOUN_END.search(text, group.end, limit)
    start, end = trim(text, group.end, stop.start() if stop is not None else limit)
    return start, min(end, start + 60)


def _sharing(text: str, group: Group, clause: Clause, following: Group | None) -> Phrase | None:
    """`60%的医院建成智慧病房`: who has to do it is named behind what is done, `90%以上乡镇和60%以上社区建立站点` twice."""
    behind = following if _another_share(following) else None
    noun = _noun_after(text, group, clause, behind)
    does, stop = _DOES.search(text, *noun), noun[1]
    if does is None and behind is not None:
        does, stop = _DOES.search(text, behind.end, clause.end), clause.end
    if does is None:
        return None
    who = trim(text, noun[0], min(noun[1], does.start()))
    begin = does.start() if does.group() not in _EMPTY_VERBS else does.end()
    what = trim(text, begin, stop)
    if who[1] - who[0] < _SHORTEST_PAYEE or what[1] - what[0] < _SHORTEST_PAYEE:
        return None
    return text[what[0] : what[1]] + text[who[0] : who[1]], (what, who)


def _another_share(following: Group | None) -> bool:
    return following is not None and following.figures[0].dimension == "ratio"


def _repeated_noun(text: str, group: Group, following: Group | None) -> Span | None:
    """`新区不少于10个托位、老城区和旧小区不少于8个托位`: the noun ends where the next scope begins."""
    if following is None:
        return None
    mark = _LIST_MARK.search(text, group.end, following.tail.start)
    if mark is None or mark.start() - group.end < 2:
        return None
    noun = text[group.end : mark.start()]
    return (group.end, mark.start()) if text.startswith(noun, following.end) else None


def _counted(text: str, group: Group, frame: Frame, noun: Span) -> list[Phrase]:
    """The counted noun; a norm keeps what it holds for: `新建居住区按照每千人口不少于10个托位规划建设`."""
    if frame.form == "count":
        return [(text[noun[0] : noun[1]], (noun,))]
    cut = _PLANNED.search(text, noun[0] + 2, noun[1])
    start, end = noun[0], cut.start() if cut is not None else noun[1]
    thing = trim(text, *_planned_thing(text, noun, cut))
    scope = trim(text, group.left_start, _left_end(text, group))
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


def _norm_after(text: str, group: Group, clause: Clause, following: Group | None, condition: tuple[Span, ...]) -> list[Phrase]:
    """`按照岗位总量的50%设置中级岗、15%设置高级岗`: the share of what is what."""
    start, end = trim(text, group.left_start, group.tail.start)
    noun = _noun_after(text, group, clause, following)
    named = _NORM_NAME.match(text, *noun)
    noun = trim(text, noun[0] if named is None else named.end(), noun[1], keep_verb=False)
    if text[noun[0] : noun[0] + 1] == "为":
        noun = trim(text, noun[0] + 1, noun[1], keep_verb=False)
    if _BARE_VERB.fullmatch(text, *noun):
        noun = (noun[0], noun[0])
    norm = _NORM_LEAD.match(text, start, end)
    base = group.tail.base or ((norm.end(), end) if norm is not None else None)
    scope = (start, end) if norm is None and end - start >= _SHORTEST_SCOPE else None
    if base is None:
        return _one(text, *(span for span in (scope, noun) if span is not None))
    if _TAKEN_AS.match(text, *noun):
        return _one(text, *_who(text, condition), base, noun)
    if _PAYMENT.match(text, *noun):
        return [_joined_payment(text, base, noun, condition)]
    return [_share(text, noun if noun[1] > noun[0] else scope, base)]


def _joined_payment(text: str, base: Span, payment: Span, condition: tuple[Span, ...]) -> Phrase:
    """`对举办促销活动的企业，按其活动支出的50%给予补贴`: who, of what, which payment."""
    spans = (*_who(text, condition), base, payment)
    return "".join(text[a:b] for a, b in spans), spans


def _who(text: str, condition: tuple[Span, ...]) -> tuple[Span, ...]:
    return () if not condition else (_without_opener(text, trim(text, *condition[0])), *condition[1:])


def _share(text: str, part: Span | None, base: Span) -> Phrase:
    """`急诊科观察床占医院床位`: the part, 占, the base, both as printed."""
    if part is None:
        return text[base[0] : base[1]], (base,)
    return f"{text[part[0] : part[1]]}占{text[base[0] : base[1]]}", (part, base)


def _money(
    text: str, clause: Clause, group: Group, condition: tuple[Span, ...], each: Each | None, topic: Span | None
) -> list[Phrase]:
    """Condition (or subject) with the kind of payment."""
    kind = _kind_of_payment(text, group, clause)
    begin, end = _without_opener(text, trim(text, group.left_start, _left_end(text, group)))
    payee: tuple[Span, ...] = ()
    if _BARE_PAYING.fullmatch(text, begin, end):
        begin = end
    if topic is not None and end > begin:
        members = _last_members(split_members(text, begin, end), len(group.figures))
        return [(text[topic[0] : topic[1]] + words, (topic, *spans)) for words, spans in compose(text, members)]
    if end <= begin and condition:
        begin, end = _without_opener(text, trim(text, *condition[0]))
        payee = condition[1:]
    if end <= begin:
        paid = _paid_for(text, group, clause, each)
        return paid or [("".join(text[a:b] for a, b in kind), kind)] if kind else paid
    parts = _last_members(split_members(text, begin, end), len(group.figures))
    members = parts if len(group.figures) > 1 and len(parts) == len(group.figures) else [(begin, end)]
    tail = "".join(text[a:b] for a, b in (*payee, *kind))
    return [(words + tail, (*spans, *payee, *kind)) for words, spans in compose(text, members)]


def _paid_for(text: str, group: Group, clause: Clause, each: Each | None) -> list[Phrase]:
    """`按每人1500元标准发放扩岗补助`, `每名全科医生每月300元追加绩效工资总量`: what is paid stands behind, who gets it in 每."""
    paid = _PAID.match(text, group.end, clause.end)
    noun = trim(text, *(paid.span(1) if paid is not None else (group.end, group.end)))
    who = each.text.partition("·")[0] if each is not None else ""
    at = text.find(who, each.start, group.tail.start) if each is not None and len(who) > _SHORTEST_PAYEE else -1
    payee: tuple[Span, ...] = () if at < 0 else ((at, at + len(who)),)
    what: tuple[Span, ...] = (noun,) if noun[1] > noun[0] else ()
    spans = (*payee, *what)
    return [("".join(text[a:b] for a, b in spans), spans)] if spans else []


def _kind_of_payment(text: str, group: Group, clause: Clause) -> tuple[Span, ...]:
    reward = _REWARD.match(text, group.end, clause.end)
    if reward is not None:
        return ((reward.start(1), reward.end(1)),)
    verb = group.tail.verb
    if verb is not None and verb.entry["form"] == "money" and verb.text not in ("给予", "予以"):
        return ((verb.start, verb.end),)
    return ()


def _without_opener(text: str, span: Span) -> Span:
    opener = _OPENER.match(text, *span)
    begin = opener.end() if opener is not None else span[0]
    return trim(text, begin, span[1])
