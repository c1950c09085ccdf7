"""Names of shares and rates that a norm sets, e.g. `按照岗位总量的50%设置中级岗` -> `中级岗占岗位总量`, `按投资额的10%给予补助`.

The base of the share, what is set aside or paid, and for whom, as printed.
"""

from __future__ import annotations

import re

from policy_commitments.extractors.clause_context import Clause
from policy_commitments.extractors.counted_noun import noun_after
from policy_commitments.extractors.figure_groups import Group
from policy_commitments.extractors.indicator_phrase import trim
from policy_commitments.extractors.payment_indicator import without_opener
from policy_commitments.extractors.sight import PAID_BEHIND
from policy_commitments.schemas.mentions import Span

Phrase = tuple[str, tuple[Span, ...]]
_TAKEN_AS = re.compile(r"计入|用于|作为|纳入|留归|返还")  # 可按实际面积的60%计入绿地面积
SHORTEST_SCOPE = 2
_BARE_VERB = re.compile(r"(?:予以|给予|进行)?(?:执行|确定|核定|计算|计提|提取|列支|落实|控制|安排|单列|优惠|扣除|支付|结算|缴纳|征收|收取|实行|掌握)")
_PAYMENT = re.compile(r"(?:给予|予以|一次性|进行|配套|专项|资金)*(?:奖励|奖补|补助|补贴|资助|贴息|支持|返还|减免|贴补|扶持)|(?:给予|予以|给)[^，。；]{2,20}")
GIVEN = re.compile(r"(?:给予?|予以|奖励|补助|返还|退还)(?=..)")
NORM_NAME = re.compile(r"的?(?:比例|标准|幅度|额度|规模)")
_NORM_LEAD = re.compile(r"可?(?:按照|按|依照|依据|以)")
_NORM_WORD = re.compile(r"按照|按|依照|依据")
_NORM_REACH = 12
_NO_SHARE = re.compile(r"(?:率|比例|占比|工资|标准|水平|价格?|待遇)$")  # names that are no part of a base


def one_name(text: str, *spans: Span) -> list[Phrase]:
    """One phrase of the spans that are not empty."""
    kept = tuple(span for span in spans if span[1] > span[0])
    return [("".join(text[a:b] for a, b in kept), kept)] if kept else []


def norm_names(text: str, group: Group, clause: Clause, following: Group | None, condition: tuple[Span, ...]) -> list[Phrase]:
    """`按照岗位总量的50%设置中级岗、15%设置高级岗`: the share of what is what."""
    start, end = trim(text, group.left_start, group.tail.start)
    noun = noun_after(text, group, clause, following)
    named = NORM_NAME.match(text, *noun)
    noun = trim(text, noun[0] if named is None else named.end(), noun[1], keep_verb=False)
    if text[noun[0] : noun[0] + 1] == "为":
        noun = trim(text, noun[0] + 1, noun[1], keep_verb=False)
    if _BARE_VERB.fullmatch(text, *noun):
        noun = (noun[0], noun[0])
    norm = _NORM_LEAD.match(text, start, end)
    base = group.tail.base or ((norm.end(), end) if norm is not None else None)
    paid = PAID_BEHIND.match(text, group.end) if base is not None else None
    if paid is not None and base is not None and any(char.isdigit() for char in paid.group()):
        return [rate_of_payment(text, group, base, paid.span(1), condition)]  # 按投资额的10%给予最高200万元补贴
    scope = (start, end) if norm is None and end - start >= SHORTEST_SCOPE else None
    if base is None:
        given = GIVEN.match(text, *scope) if scope is not None else None
        if given is not None and scope is not None and condition:
            return one_name(text, *whom(text, condition), (given.end(), scope[1]), noun)
        return one_name(text, *(span for span in (scope, noun) if span is not None))
    if _TAKEN_AS.match(text, *noun):
        return one_name(text, *whom(text, condition), base, noun)
    if _PAYMENT.match(text, *noun):
        return [rate_of_payment(text, group, base, noun, condition)]
    return [share_of_base(text, noun if noun[1] > noun[0] else scope, base)]


def rate_of_payment(text: str, group: Group, base: Span, payment: Span, condition: tuple[Span, ...]) -> Phrase:
    """`对举办促销活动的企业，按其活动支出的50%给予补贴`: who, 按 what, which payment."""
    norm = next(reversed(list(_NORM_WORD.finditer(text, max(group.left_start, base[0] - _NORM_REACH), base[0]))), None)
    own = trim(text, group.left_start, base[0] if norm is None else norm.start()) if not condition else (0, 0)
    who = whom(text, condition) if own[1] - own[0] < SHORTEST_SCOPE else (without_opener(text, own),)
    every = (*who, *(() if norm is None else (norm.span(),)), base, payment)
    spans = tuple(span for span in every if span[1] > span[0])
    return "".join(text[a:b] for a, b in spans), spans


def whom(text: str, condition: tuple[Span, ...]) -> tuple[Span, ...]:
    """The condition of a payment without 对, with the further spans that belong to it; empty without one."""
    return () if not condition else (without_opener(text, trim(text, *condition[0])), *condition[1:])


def share_of_base(text: str, part: Span | None, base: Span) -> Phrase:
    """`急诊科观察床占医院床位`: the part, 占, the base, both as printed."""
    if part is None:
        return text[base[0] : base[1]], (base,)
    if _NO_SHARE.search(text, part[0], part[1]) is not None:  # 抽查比例不低于总数的30%, 工资不低于平均工资的1.2倍
        return text[part[0] : part[1]], (part,)
    return f"{text[part[0] : part[1]]}占{text[base[0] : base[1]]}", (part, base)
