"""Frames of sums of money, e.g. `每户补助2万元`, `计划投资12.7亿元`, `单个项目不超过50万元`."""

from __future__ import annotations

import re
from collections.abc import Callable

from policy_commitments.extractors.lexicon import verbs
from policy_commitments.extractors.sight import AS_CAPACITY, RATE_NOUN, WEAK, Frame, Sight

_MONEY_AFTER = re.compile(
    r"(?:以内|以下|以上|左右)?(?:的)?(?:（[^）]{1,20}）)?(?:标准|一次性|资金|财政|配套|专项|定额|奖|补|资助|支持|扶持|经费|贴息|给予|予以|优惠|扣除|的标准|发放|计发|计收|计征|收取|核发|创业|生活|岗位|安家|购房|租房|[^，。；、每给]{1,6}(?:贴息|补贴|补助|资助))"
)
_MONEY_NOUN = re.compile(r"(?:补助|补贴|津贴|奖励|奖金|奖补|资助|标准|经费|费用?|价格|价|工资|资金|投资|投入|额度|贷款|基金|保费|保额|押金|罚款|支持|限额|预算|底薪|定额|底价|地价|租金|(?:补助|补贴|奖励|资金|奖补|贴息|资助|扶持|基金)(?:资金)?总(?:额|量|规模)|薪酬|报酬|消费券|公用经费|财政|扶持|贴息|融资|信贷)(?:为|在|最高|按|城市|农村|城镇|乡村)?$")
_SPENT = re.compile(r"(?:的?(?:专项|配套|财政|奖补|引导|工作|补助)*(?:资金|经费))?[，]?(?:专项|专门|重点)?(?:用于|支持|作为)")
_GIVES_FOR = re.compile(r"(?:财政|集团|企业|[市县区镇])(?:共同|每年|统筹|一次性)*(?:出资|拿出|注资|筹集)$")
_SPENT_ON = re.compile(r"，?(?:专项|专门)?(?:用于|设立|建立|组建|支持|作为)[^，。；]{3,}")
_BRINGS = re.compile(r"(?:带动|拉动|撬动)[^，。；]{0,10}$")
_INVEST = re.compile(r"(?:计划|预计|拟|总|完成|新增|累计|安排|筹集|筹措|统筹|争取|整合|引进|到位|利用)*(?:投资|筹资|投入|融资|资金|外资|内资)(?:约|总?额|达)?$")

_FROM = re.compile(r"(?:由|从)[^由从，]{0,24}$")  # 扣除标准由每月2000元 before 提高至
_PRICE_LIST = re.compile(r"(?:补贴|补助|奖励|资助|津贴|标准|收费|价格)[^。；]{0,12}：[^。；]*$")
_OF_PROJECT = re.compile(r"(?:总投资|计划投资|注册资本|注册资金|估算|概算|造价|合同额)(?:额|约)?$")
_TURNOVER = re.compile(r"(?:招商引资|引资|进资|外资|纳税|税额|收入|营收|产值|税收|利税|利润|增加值|值|进出口|销售|消费|营业额|交易额|成交额|零售额|合同额|总额|余额|金额)$")
_FUNDS = re.compile(r"(?:债券?|专项债|国债|资本|账款|欠款|贷款|基金|成本|租金|税费|款项|资产|债务|信贷|授信|保费|补偿金|价款|收益)$")
_SET_ASIDE = re.compile(r"[^，。；、的]{2,24}?(?:资金|基金|经费|前期费|补助费|工作费)(?=[，。；、（]|$|用于|支持)")  # 安排4000万元重大项目前期费
PAYS_WHOM = re.compile(r"(?:奖励|补助|补贴|资助|奖补)(?!标准|资金|总额|额|金额|经费|比例|上限)(?=[^，。；、0-9给予]{2,10}$)")  # 一次性奖励企业50万元
_ONLY_DATE = re.compile(r"[ ，]*(?:力争|确保|争取)?(?:(?:到|至|在)?20[0-9]{2}年(?:底|末)?(?:之?前)?(?:力争|确保|争取)?)?")  # 人均收入年均增长8%，到2025年突破2.5万元
_NEAR, _LONGEST_ENTRY = 80, 24


def money_frame(sight: Sight) -> Frame | None:
    """The frame of a sum of money, None where it promises nothing."""
    if sight.after is not None and sight.bound and not _MONEY_AFTER.match(sight.right):
        return None
    return next((frame for frame in (rule(sight) for rule in _RULES) if frame is not None), None)


def _paid(sight: Sight) -> Frame | None:
    if sight.form_of_verb() == "money":
        return Frame("money", "pay")
    return Frame("money", "pay_after") if _MONEY_AFTER.match(sight.right) else None


def _reached(sight: Sight) -> Frame | None:
    verb, named = sight.tail.verb, _MONEY_NOUN.search(_FROM.sub("", sight.left)) is not None or sight.tail.each is not None
    if sight.form_of_verb() == "change":
        return Frame("change", "change_amount")
    if verb is not None and sight.form_of_verb() == "level" and (verb.text not in WEAK or named):
        return Frame("money" if named else "level", "reach_money")
    named_before = sight.clause.dated and _ONLY_DATE.fullmatch(sight.left) is not None
    if sight.compares("gt") and (RATE_NOUN.search(sight.left) or _TURNOVER.search(sight.left) or named_before) and not sight.bound and not sight.clause.opens_condition:
        return Frame("level", "beyond", doubt=1)
    return None


def _invested(sight: Sight) -> Frame | None:
    """`全年计划投资12.7亿元`, `投资1.3亿元实施管网改造`; a 总投资 describes a project."""
    verb = sight.tail.verb.text if sight.tail.verb is not None else ""
    if _INVEST.search(sight.left + verb) is None or sight.left.endswith("总投资"):
        return None
    return Frame("money", "invest", noun_after=sight.bound, doubt=1)


def _priced(sight: Sight) -> Frame | None:
    """`每平方米68.6元`, `单户不超过0.2万元`, `公用经费标准600元`."""
    named = _MONEY_NOUN.search(sight.left) is not None
    follows = verbs().after(sight.text, sight.group_end, sight.clause.end)
    paid = follows is not None and follows.entry["form"] in ("money", "quota")
    if sight.tail.each is not None and sight.tail.comparator is None and (paid or sight.right.strip()[:1] in ("", "、", "，", "；", "。")):
        return Frame("money", "price", doubt=1)
    if sight.tail.comparator is not None and not sight.bound and (sight.compares("le", "ge") or sight.clause.dated):
        amount = RATE_NOUN.search(sight.left) is not None or (bool(sight.left.strip(" ，")) and _ONLY_DATE.fullmatch(sight.left) is not None)
        return Frame("money" if named or not amount else "level", "bounded_money")
    if named and not sight.bound and not AS_CAPACITY.search(sight.left):
        return Frame("money", "price", doubt=1)
    return None


def _funded(sight: Sight) -> Frame | None:
    if _GIVES_FOR.search(sight.text, sight.left_start, sight.figure.start) is not None and _SPENT_ON.match(sight.right) is not None:
        return Frame("money", "for_purpose", doubt=1)  # 出资5000万元设立应急转贷资金池
    spent = sight.form_of_verb() == "count" and _SPENT.match(sight.right) is not None
    if sight.form_of_verb() == "count" and (sight.clause.dated or spent):
        return Frame("money", "funded", noun_after=bool(sight.right.strip()), doubt=1)
    if sight.form_of_verb() == "count" and _SET_ASIDE.match(sight.right) is not None:
        return Frame("money", "set_aside", noun_after=True, doubt=1)
    if PAYS_WHOM.search(sight.left) is not None and sight.right.strip()[:1] in ("", "，", "。", "；"):
        return Frame("money", "pay_whom", doubt=1)
    if sight.form_of_verb() == "quota":
        return Frame("money", "norm_money")
    return _achieved(sight) or _listed(sight)


def _achieved(sight: Sight) -> Frame | None:
    """`实现旅游综合收入60亿元`, `发行专项债券8亿元`: an amount or a fund under a verb further left."""
    stated = (sight.clause.dated or _BRINGS.search(sight.left) is not None) and AS_CAPACITY.search(sight.left) is None and _TURNOVER.search(sight.left) is not None
    if (sight.leading is None and not stated) or sight.bound or sight.clause.opens_condition or _OF_PROJECT.search(sight.left) is not None:
        return None
    if sight.right.strip()[:1] not in ("", "、", "，", "；", "。", "和", "及") and not sight.right.startswith(("的目标", "的任务")):
        return None
    amount = RATE_NOUN.search(sight.left) is not None or _TURNOVER.search(sight.left) is not None
    if not amount and _FUNDS.search(sight.left) is None:
        return None
    return Frame("level" if amount else "money", "achieved", doubt=1)


def _listed(sight: Sight) -> Frame | None:
    """`补贴标准为：初级1000元、中级1500元`: a price list under a payment."""
    if sight.right.strip()[:1] not in ("", "、", "，", "；", "。") or not 1 < len(sight.left.strip("、，和 ")) <= _LONGEST_ENTRY:
        return None
    before = sight.text[max(0, sight.clause.start - _NEAR) : sight.clause.start]
    return Frame("money", "listed_price", doubt=1) if _PRICE_LIST.search(before) else None


_RULES: tuple[Callable[[Sight], Frame | None], ...] = (_paid, _reached, _invested, _priced, _funded)
