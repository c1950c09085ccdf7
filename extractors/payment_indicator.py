"""What a sum of money is paid for, e.g. `对获得金奖、银奖的，每项分别给予专利权人一次性奖励50万元、30万元`: one name for each sum.

The condition of the clauses before, the payee and the kind of payment, as printed; listed conditions are shared out.
"""

from __future__ import annotations

import re

from policy_commitments.extractors.clause_context import PAYEE_OPENS, Clause
from policy_commitments.extractors.each_phrase import DONE_EACH, Each
from policy_commitments.extractors.figure_groups import Group
from policy_commitments.extractors.indicator_phrase import compose, split_members, town_and_country, trim
from policy_commitments.extractors.money_frames import PAYS_WHOM
from policy_commitments.schemas.mentions import Span

Phrase = tuple[str, tuple[Span, ...]]
_OPENER = re.compile(
    r"[ 　]*(?:[0-9]{1,2}[.．、]|（[一二三四五六七八九十0-9]+）|[一二三四五六七八九十]是)?(?:对于|对(?!口|标|外(?![贸商资地省市来籍出]))|凡是?|针对|给予?|向|其中|在[^，。；、]{2,14}?基础上|从[^，。；、从]{2,16}?中(?![心小医药学央国型级等]))?"
)
_REWARD = re.compile(
    r"(?:的)?(?:标准|额度)?(?:给予|予以|进行|发放)?((?:一次性|财政|资金|配套|专项|定额|创业|生活|岗位|安家|购房|租房)*"
    r"[^，。；：、的与和及（）0-9给予按标准进行发放以]{0,4}?(?:奖励|补助|补贴|资助|支持|奖补|扶持|经费|津贴|贴息(?:支持|补助|补贴|资助)?|贷款(?!贴息|利息)|补偿|奖金|慰问金|救助金|抚恤金|返还|减免)(?:资金)?)"
)
_PAYING = re.compile(
    r"""
    (?: 每[^，。；、每]{0,10}?1?[名人个户家](?=一次性|给予|予以|补|奖)                       # 每合格录用1名一次性…
      | 每(?:个|项|件|人|户|家|名|位|次|年|月|所|亩|辆|台|套|批|例|度|年度)?(?=分别|给|予|奖|补|资|最高|一次|不|可|按|按照|均|各|每|$)
      | 分阶段 | 分期 | 分年度? | 分批 | 累计 | 合计 | 分别 | 各 | 均 | 再 | 另 | 最高 | 按照? | 给予? | 予以 | 一次性 | 给 | 可 | 的 | 标准 | 实际(?!使用|利用|到位) | 入住 | 人数 | 每年(?=预算|财政|专项|安排) | 由?(?:市|县|区|省)?级?财政(?!局|厅|部|所|衔接|专项|资金|补助|补贴|奖补|贴息) | 奖励 | 资助
    )+""",
    re.VERBOSE,
)
_GIVEN_SO_FAR = re.compile(  # 对符合条件的企业给予贷款贴息 before 单个企业最高100万元
    r"(?<=.{3})(?:，?按照?[^，。；]{2,24}?)?，?(?:每[一-鿿]{1,2})?(?:分别|各|均)?(?:给予|予以)(?:[^，。；]{0,16}?[0-9][0-9.]*(?:万|亿)?(?:元|%))?的?(?P<kind>[^，。；：、0-9的]{0,6}?(?:奖励|补助|补贴|资助|支持|奖补|扶持|津贴|贴息|补偿)(?:资金)?)(?:标准)?"
)
_GIVEN_LAST = re.compile(r"(?<=.{3})(?:每[一-鿿]{1,2})?(?:分别|各|均)?(?:给予|予以)([^，。；0-9]{0,6})$")  # 养老设施给予一次性建设 before 补助5万元
_CAPPED = re.compile(r"(?<=.{3})(?:最高|最低|不超过|不低于|不少于|为)+[0-9][0-9.]*[万亿]?元$")  # 个人担保贷款最高30万元 before 小微企业最高400万元
_GIVES = re.compile(r"给予|予以|给|奖励(?=.)|补助(?=.)|补贴(?=.)")
_FUND = re.compile(r"的?((?:专项|配套|引导|工作|财政|扶持|发展)+(?:资金|经费|基金))")
_PAID = re.compile(
    r"(?:的)?(?:标准|额度|比例)?(?:专项资金|资金|经费)?(?:专项|专门|重点)?(?:用于|(?:补助|补贴|资助|奖励)(?=[^，。；：资]{3})|发放|给予|予以|支付|安排|落实|列支|计提|保障|拨付|缴纳|收取|追加|计发|兑付|核拨|核增|增加)([^，。；：]{2,40})"
)
_PAYEE = re.compile(r"(?:企业|个人|单位|用人单位|农户|团队)|(?![^，。；、]*(?:[单每各]|同一))[^，。；、]{2,14}(?:人|者|单位|企业|机构|学校|园区|农户|团队|组织|平台|家庭|主体|协会|商会|户)$")
_SINGLE = re.compile(r"(?:单|同一)[个家项]")  # 单个项目最高300万元: of the case before
_PROVIDES = re.compile(  # 统筹安排财政衔接资金1.2亿元
    r"(?:[^，。；、]{1,8}(?:财政|财政局|政府|部门))?(?:会议)?(?:原则)?(?:每年)?(?:同意|统筹|计划|预算|另行?|再|共)*(?:安排|列入|投入|落实|筹集|筹措|争取|整合|拨付|下达|预留|注入|发放|投放)(?:使用)?"
    r"(?=[^，。；、]{0,16}(?:资金|经费|预算|基金|债券|贷款|补贴|补助|消费券)(?:总?额|规模)?$)"
)
_PURPOSE = re.compile(r"，?(?:专项|专门|主要|统筹|重点|全部)?(?:用于(?:支持|开展|推进|保障)?|支持(?:设立|建立|组建)?|设立|作为|建立|组建)([^，。；：0-9]{3,24})")
_APIECE = re.compile(r"(?:[^，。；、]{0,6}?(?:财政|政府))?(?:按照?)?[人户亩村]均")  # 财政按人均不低于5元标准安排健身经费
_ONE_DONE = re.compile(r"每([一-鿿]{2,7}?)[1一]")  # 招用 of 每招用1人
_SHORTEST_PAYEE = 2


def payment_phrases(
    text: str,
    clause: Clause,
    group: Group,
    left_end: int,
    condition: tuple[Span, ...],
    each: Each | None,
    topic: Span | None,
) -> list[Phrase]:
    """The indicator of each sum of the group; empty where nothing printed names it."""
    kind = kind_of_payment(text, group, clause)
    begin, end = without_opener(text, trim(text, group.left_start, left_end))
    begin = end if _APIECE.fullmatch(text, begin, end) else begin
    kind = () if kind and begin <= kind[0][0] and kind[0][1] == end else kind  # 发放购车补贴200万元
    done = DONE_EACH.search(text, begin, group.tail.number)
    deed_end = end if done is None else max(end, _deed_end(text, done, group))
    if done is not None and done.start() <= end and done.end() < deed_end:
        who = (begin, done.start()) if done.start() > begin else None
        return [_for_each_done(text, done, deed_end, kind, who)]
    provides = _PROVIDES.match(text, begin, end)
    begin = begin if provides is None else provides.end()
    paying = _PAYING.match(text, begin, end) if provides is None else None
    if paying is not None:
        begin = paying.end()
    if topic is not None and end <= begin and not condition:
        return [(text[topic[0] : topic[1]], (topic,))]
    if topic is not None and end > begin:
        members = last_members(split_members(text, begin, end), len(group.figures))
        return [(_joined(text[topic[0] : topic[1]], words), (topic, *spans)) for words, spans in compose(text, members)]
    payee: tuple[Span, ...] = ()
    if condition and PAYEE_OPENS.match(text, clause.start, begin) is None and (_PAYEE.fullmatch(text, begin, end) or (_SINGLE.match(text, begin, end) and condition[0][0] < begin)):
        payee, begin = ((begin, end),), end
    if end <= begin and condition:
        begin, end = without_opener(text, trim(text, *condition[0]))
        capped = _CAPPED.search(text, begin, end)
        end = end if capped is None else capped.start()
        payee = (*condition[1:], *payee)
    given = _GIVEN_SO_FAR.search(text, begin, end)
    last = _GIVEN_LAST.search(text, begin, end) if kind and given is None else None
    if given is not None:
        kind, end = kind or (given.span("kind"),), given.start()
    elif last is not None:
        kind, end = (*((last.span(1),) if last.group(1) else ()), *kind), last.start()
    if end <= begin:
        paid = _paid_for(text, group, clause, each)
        owner = _owner(text, group, each) if kind and not paid else ()
        return paid or ([("".join(text[a:b] for a, b in (*owner, *kind)), (*owner, *kind))] if kind else [])
    return _shared_out(text, (begin, end), (*payee, *kind), len(group.figures))


def _joined(topic: str, words: str) -> str:
    """`落实地力保护补贴，每亩补贴标准`: 补贴 stands once."""
    return topic + (words[2:] if topic.endswith(words[:2]) else words)


def purpose_of(text: str, clause: Clause, group: Group) -> list[Phrase]:
    """人才专项资金 of `预算安排5000万元，设立人才专项资金`: what a sum is for, in the next clause."""
    found = _PURPOSE.match(text, group.end) if len(group.figures) == 1 else None
    span = (0, 0) if found is None else trim(text, *found.span(1))
    return [(text[span[0] : span[1]], (span,))] if span[1] - span[0] > _SHORTEST_PAYEE else []


def _owner(text: str, group: Group, each: Each | None) -> tuple[Span, ...]:
    """示范村 of `每个示范村补助100万元`: 补助 alone names nothing."""
    one = None if each is None else _ONE_DONE.match(text, each.start, each.end)
    if one is not None:
        return (one.span(1),)
    words = "" if each is None else each.text.lstrip("个名位所家座处户")
    at = text.find(words, each.start, group.tail.number) if each is not None and len(words) > _SHORTEST_PAYEE and "·" not in words else -1
    return () if at < 0 else ((at, at + len(words)),)


def _deed_end(text: str, done: re.Match[str], group: Group) -> int:
    """Where the words of the deed end: before the verb that pays."""
    verb = group.tail.verb
    return verb.start if verb is not None and verb.start > done.end() else done.end()


def _for_each_done(text: str, done: re.Match[str], end: int, kind: tuple[Span, ...], who: Span | None = None) -> Phrase:
    """`每培育1家龙头企业给予乡镇奖励`: the deed without 每 and 1家, who is paid, the kind of payment."""
    given = _GIVES.search(text, done.end(), end)
    payee = () if given is None else ((given.end(), end),)
    stop = end if given is None else given.start()
    stop -= text[stop - 1] in "再可另"
    spans = (*(() if who is None else (who,)), done.span(1), (done.end(), stop), *payee, *kind)
    return "".join(text[a:b] for a, b in spans), spans


def _shared_out(text: str, span: Span, tail: tuple[Span, ...], count: int) -> list[Phrase]:
    """The span as it stands, or its members where there is one for each sum."""
    cut = text.find("，", *span) if count > 1 else -1
    if cut > 0 and len(split_members(text, span[0], cut)) == count:
        tail, span = ((cut + 1, span[1]), *tail), (span[0], cut)
    parts = last_members(split_members(text, *span), count)
    members = parts if count > 1 and len(parts) == count else [span]
    words = "".join(text[a:b] for a, b in tail)
    both = town_and_country(text, span) if len(parts) == 1 else []
    if len(both) == count:
        return [(own + words, (*spans, *tail)) for own, spans in both]
    return [(own + words, (*spans, *tail)) for own, spans in compose(text, members)]


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


def kind_of_payment(text: str, group: Group, clause: Clause) -> tuple[Span, ...]:
    """The words 一次性奖励, 补助 … behind the sum, else the verb before it."""
    reward = _REWARD.match(text, group.end, clause.end)
    if reward is not None:
        return ((reward.start(1), reward.end(1)),)
    fund = _FUND.match(text, group.end, clause.end)
    if fund is not None:
        return (fund.span(1),)
    verb = group.tail.verb
    if verb is not None and verb.entry["form"] == "money" and verb.text not in ("给予", "予以"):
        return ((verb.start, verb.end),)
    whom = PAYS_WHOM.search(text, group.left_start, group.tail.start)
    return () if whom is None else (whom.span(),)


def last_members(parts: list[Span], wanted: int) -> list[Span]:
    """With more parts than figures the first member keeps the surplus: it is a name with 、 in it."""
    if len(parts) <= wanted:
        return parts
    first_end = parts[len(parts) - wanted][1]
    return [(parts[0][0], first_end), *parts[len(parts) - wanted + 1 :]]


def without_opener(text: str, span: Span) -> Span:
    """The span without its label and 对 / 给予."""
    opener = _OPENER.match(text, *span)
    begin = opener.end() if opener is not None else span[0]
    return trim(text, begin, span[1], case=opener is not None and opener.end() > span[0])
