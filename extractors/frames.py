"""Which frame a figure stands in, e.g. level (达到90%), change (下降10%), count (建成5个), money (给予20万元), quota (每X…).

A decision list: the first frame that fits names the form and the rule; none fits, nothing is yielded.
"""

from __future__ import annotations

import re

from policy_commitments.extractors import exclusions
from policy_commitments.extractors.amount_frames import amount_frame, served
from policy_commitments.extractors.lexicon import Word, comparators
from policy_commitments.extractors.money_frames import money_frame
from policy_commitments.extractors.sight import (
    COUNTABLE,
    DURATIONS,
    FOR_GOOD,
    PAID_BEHIND,
    RATE_NOUN,
    RATIOS,
    WEAK,
    Frame,
    Sight,
)

_RATE_VERB_AFTER = re.compile(r"(?:以上|以下|左右|以内)?的?(?:比例|标准|幅度|额度|部分)?(?:[，,])?(?:可|应当?|须|必须|一律|全部|统一|专门)?(?:给予|予以|奖励|补助|补贴|资助|支持|安排|用于|设置|设为|设|提取|计提|列支|配套|执行|确定|核定|支付|承担|分担|拨付|返还|计入|计算|配备|预留|发放|上浮|下浮|实行|作为|纳入|核增|核算|报销|收取|缴纳|划归|归属|让利|减免|减征|奖补|配建|建设|扣除|落实|控制)")
_FUND = re.compile(r"的[^，。；、的]{0,16}(?:基金|资金池|贷款)")  # 设立总规模10亿元的产业基金
_SPEED = re.compile(r"压缩|缩短|压减|精简|提速|控制|时限|办结|响应|到达|办理|审批|出具|反应|时间|时长")
_PLACES = re.compile(r"(?:[一-鿿]{1,6}?[市县区州盟旗镇乡][、和及与]?)+$")
_SHARE_DOES = re.compile(r"(?:以上|左右)?的?[^，。；、0-9]{2,16}?(?:达到|建成|完成|实现|开展|设立|配备|通过|具备|接入)[^，。；]{2,}")  # 40%建成区达到建设要求
_SCALE_NOUN = re.compile(r"的[^，。；、]{2,8}(?:规模|能力|总量|水平)(?=[，。；]|$)")  # 达到2000名的招生规模
_TROUBLE = re.compile(r"的[^，。；]{2,20}(?:问题|困难|难|条件)(?=[，。；]|$)")  # 解决6700人的饮水问题
_LEVEL_NOUN = re.compile(r"(?:率|度|比例|占比|比重|水平)$")
_ASIDE = re.compile(r"（[^（）]{2,24}）(?=以上|以下|以内|左右)")  # 1300亩（按每亩74株折算）以上
_PROMISE = re.compile(r"确保|力争|争取|必须|实现")
_ENJOYED = re.compile(r"(?:享受|给予|发放|保留|领取|给与)$")
_BENEFIT = re.compile(r"的?[^，。；、]{0,12}?(?:补贴|补助|低保|待遇|保险|津贴|生活费)")  # 给予1年社会保险补贴, 继续享受6个月低保
_WAIVES = frozenset(("减免", "免收", "免征", "免除", "免缴", "缓缴"))  # 免收3个月租金
_FEE = re.compile(r"的?[^，。；、]{0,10}(?:租金|房租|费用?|税款?|保险费|社保费|保费)")
_TIME_NOUN = re.compile(r"(?:日|天数|时延|延时|延迟|时间|时长|周期|时限|用时|等待|间隔|期限|工期|耗时|年限)(?:分别|均|各|平均)*$")
_DAYS = re.compile(r"(?:优良|达标|污染|超标|良好)[^，。；、]{0,4}(?:天数|日数)$")  # 优良天数不少于310天
_GIVES_SHARE = re.compile(r"(?:给予|予以|享受)[^，。；、]{2,16}$")  # 给予贷款金额2%的贴息
_PAY_NOUN = re.compile(r"的?[^，。；、]{0,6}?(?:贴息|补贴|补助|奖励|资助)")
_AS_A_RULE = re.compile(r"(?:一般|原则上|统一|应当?)$")
_URGENT = re.compile(r"救援|出警|出车|抵达|受理|完成|到场|赶到|回复|答复|处置|修复")
_SHARE_OF = re.compile(r"占[^，。；：占]{2,30}$")  # 民生支出占一般公共预算支出75%以上
_AIMED = re.compile(r"的(?:年度|规划|发展|建设)?(?:目标|任务|要求|指标)(?:任务|要求|值)?(?=[，。；、]|$)")  # 占建成区50%的目标要求
_ALL_DO = re.compile(r"(?:完成|实现|建立|设立|设置|建设|落实|达到|开展|覆盖|纳入|配备|执行|公开|办结|整改|达标|签订|接入|公示|参加|持证|安装|使用|入网|上线|提供|通过|取得|配建|预留|分解|下达|传达|录入|建档|兑现|发放|登记|归档|整治|处理|回复|响应|联网|上报|知晓|培训|到位|入库|销号|见面|签约|治理)")
_GIVEN_BACK = re.compile(r"(?:的比例|的标准)?(?:予以)?(?:返还|退还|退费|减免|(?:定额|全额|比例)?(?:资助|补助|补贴|奖补)(?=[，。；、]|$))")  # 中小微企业按不超过60%返还
_DEED = re.compile(r"的?[^，。；：、0-9]{1,20}(?:整治|改造|任务|工作|工作量|工程量|建设|治理|整改|安装|清理|修复|拆除|更新|普查|登记|确权|搬迁|采购|招标|编制|排查|核查|评估)")
_NO_DATE = re.compile(r"(?:力争|确保|争取|到|至|在)*(?:(?:20[0-9]{2}年)?(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日|年?底|末|上旬|中旬|下旬)?(?:之?前)?|年底前?|年内)(?:力争|确保|争取)?")


def trailing_comparator(text: str, at: int, end: int) -> Word | None:
    """以上, 以内, 左右 … at `at`."""
    gap = at
    while text.startswith(" ", gap):
        gap += 1
    aside = _ASIDE.match(text, gap, end) if text[gap : gap + 1] == "（" else None
    gap = aside.end() if aside is not None else gap
    word = comparators("after").after(text, gap, end)
    if word is not None and word.text == "内" and text[word.end : word.end + 1] in "部外容涵生河陆科控镜":
        return None
    return word


def choose_frame(sight: Sight) -> Frame | None:
    """The frame of a group, or None where the figure promises nothing."""
    if sight.figure.sort == "covered":
        return _coverage(sight)
    if sight.figure.sort in ("doubled", "zero"):
        return Frame("change" if sight.figure.sort == "doubled" or "增" in sight.figure.value_text else "level", sight.figure.sort)
    if exclusions.attributive(sight.text, sight.group_end, sight.clause.end):
        return _attribute(sight)
    if served(sight):
        return Frame("count", "served", noun_after=True, doubt=1)
    promised = sight.figure.dimension in DURATIONS and sight.after is not None and _PROMISE.search(sight.left) is not None
    bound_by_words = promised or sight.tail.verb is not None or sight.tail.comparator is not None
    between = sight.figure.value_max_text is not None and sight.right.startswith("之间")
    if not bound_by_words and not between and exclusions.in_scope_phrase(sight.text, sight.figure.start, sight.left_start, lasts=sight.figure.dimension in DURATIONS):
        return None
    if sight.figure.dimension in ("money", "foreign_money"):
        return money_frame(sight)
    if sight.figure.dimension in DURATIONS:
        return _waived(sight) or _days(sight) or _duration(sight)
    if sight.figure.dimension in RATIOS or sight.figure.sort == "part":
        return _ratio(sight)
    return amount_frame(sight)


def _attribute(sight: Sight) -> Frame | None:
    """A figure with 的 behind it: `不超过10万元的补贴`, `达到2000名的招生规模`, `95%以上的村能提供…`."""
    if sight.form_of_verb() == "level" and sight.figure.dimension in COUNTABLE and _SCALE_NOUN.match(sight.right):
        return Frame("level", "reach", noun_after=True, doubt=1)
    if sight.figure.dimension in ("persons", "households") and sight.tail.verb is not None and sight.tail.verb.text in ("解决", "保障", "改善") and _TROUBLE.match(sight.right):
        return Frame("count", "build", noun_after=True)
    if sight.figure.dimension == "ratio" and sight.tail.verb is not None and sight.tail.verb.text == "完成" and (sight.compares("ge") or _is_share_of_deed(sight)):
        return Frame("level", "share_given", noun_after=True)  # 完成不少于60%的管网更新
    if sight.figure.dimension == "ratio" and sight.compares("ge", "le") and sight.form_of_verb() in ("count", "money"):
        return Frame("quota", "share_given", noun_after=True)
    if sight.figure.dimension == "money" and _FUND.match(sight.right) and sight.left.endswith(("规模", "总额")):
        return Frame("money", "fund", noun_after=True)
    if sight.figure.dimension == "money" and (sight.compares("le") or (sight.compares("ge") and sight.form_of_verb() in ("count", "money"))) and not sight.clause.opens_condition:
        return Frame("money", "capped", noun_after=True)
    done = sight.tail.verb is not None and sight.tail.verb.text == "完成" and sight.figure.dimension in COUNTABLE
    return Frame("count", "complete", noun_after=True) if done else _fraction(sight)


def _is_share_of_deed(sight: Sight) -> bool:
    """`完成80%以上排污口整治`, `完成90%的整改任务`: part of what has to be done."""
    return _DEED.fullmatch(sight.right) is not None and not sight.clause.opens_condition and not _NO_DATE.sub("", sight.left).strip(" ，")


def _coverage(sight: Sight) -> Frame | None:
    following = sight.text[sight.group_end : sight.group_end + 2]
    if following and not re.match(r"[，。；、！：）（\n ]|目标|要求|和|及|并", following):
        return None
    return Frame("coverage", "covered")


def _fraction(sight: Sight) -> Frame | None:
    """`95%以上的村卫生室能提供…`: a share of what follows, at the head of its clause."""
    if (sight.figure.dimension != "ratio" and sight.figure.sort != "part") or (sight.tail.verb is not None and sight.tail.verb.text not in ("有", "实现", "为")):
        return None
    if len(_PLACES.sub("", sight.left).strip(" ，力争确保实现到年0123456789全市县区使让要将有、并和且")) > 2 or sight.clause.opens_condition:
        return None
    return Frame("level", "share_of", noun_after=True)


def _days(sight: Sight) -> Frame | None:
    """`优良天数不少于310天`: days that are counted, no time that something takes."""
    told = sight.tail.comparator is not None and sight.tail.each is None and "每" not in sight.left
    return Frame("level", "bounded") if told and _DAYS.search(sight.left) is not None else None


def _waived(sight: Sight) -> Frame | None:
    """`租金减免3个月`, `免收3个月租金`: for how long something need not be paid."""
    waived = sight.tail.verb.text if sight.tail.verb is not None else sight.left[-2:]
    if waived not in _WAIVES or sight.clause.opens_condition:
        return None
    return Frame("quota", "benefit", noun_after=_FEE.match(sight.right) is not None, doubt=1)


def _duration(sight: Sight) -> Frame | None:
    verb, comparator = sight.tail.verb, sight.tail.comparator
    if _BENEFIT.match(sight.right) is not None and _ENJOYED.search(sight.text[max(sight.clause.start, sight.figure.start - 8) : sight.figure.start]):
        return Frame("quota", "benefit", noun_after=True, doubt=1)
    if sight.bound and sight.after is not None and not _PROMISE.search(sight.left):
        return None
    if verb is not None and verb.text == "实现" and sight.bound and sight.after is None:
        return None  # 实现15分钟养老服务网络: a name
    if sight.right.startswith("一遇"):
        return None
    longer = verb is not None and verb.entry["form"] == "change" and verb.entry["direction"] == "increase"
    if longer and not sight.clause.dated:
        return None
    if verb is not None and verb.entry["form"] in ("level", "change") and verb.text not in WEAK:
        return Frame("level" if verb.entry["form"] == "level" else "change", "duration_to")
    if comparator is not None and comparator.entry["comparator"] == "ge":
        return Frame("quota", "duration_at_least", noun_after=sight.tail.each is not None and bool(sight.right.strip()) and _TIME_NOUN.search(sight.left) is None)
    if comparator is not None and comparator.entry["comparator"] == "le" and (
        _SPEED.search(sight.left) or _TIME_NOUN.search(sight.left) or "不得" in sight.tail.comparator_text
    ):
        return Frame("quota", "duration_at_most", doubt=1)
    if verb is not None and (sight.tail.each is not None or ("每" in sight.left and sight.form_of_verb() == "count")):
        return Frame("quota", "duration_each", noun_after=bool(sight.right.strip()), doubt=1)
    if verb is not None and verb.text == "为" and _TIME_NOUN.search(sight.left.removesuffix("一般").removesuffix("原则上")) and sight.left[-1:] != "为":
        normed = _AS_A_RULE.search(sight.left) is not None or "每" in sight.left
        return Frame("quota", "duration_is", doubt=1) if normed else None
    if sight.after is not None and _PROMISE.search(sight.left + sight.text[sight.clause.start : sight.left_start]) and (_SPEED.search(sight.left + sight.right) or _URGENT.match(sight.right)):
        return Frame("quota", "speed", noun_after=bool(sight.right.strip()), doubt=1)
    return None


def _ratio(sight: Sight) -> Frame | None:
    verb, comparator, right = sight.tail.verb, sight.tail.comparator, sight.right
    if sight.after is not None and sight.bound and not _RATE_VERB_AFTER.match(right):
        if verb is None and comparator is None:
            return _fraction(sight)
        if verb is None or verb.text in WEAK:
            return None
    if verb is None and sight.tail.comparator is None and sight.clause.dated and sight.bound and sight.plain and _SHARE_DOES.match(sight.text, sight.group_end, sight.clause.end):
        return Frame("level", "share_of", noun_after=True, doubt=1)
    worded = _by_its_words(sight)
    if worded is not None:
        return worded
    if verb is None and sight.figure.value_text == "100" and sight.after is None and _ALL_DO.match(sight.right):
        return Frame("coverage", "all_do", noun_after=True)
    if verb is not None and verb.entry["form"] == "change":
        return Frame("change", "change")
    if verb is not None and FOR_GOOD.match(sight.right):
        return Frame("level", "as_proper")
    if verb is not None and verb.entry["form"] == "level" and not (verb.text in WEAK and not (sight.clause.dated or comparator or sight.after or RATE_NOUN.search(sight.left))):
        return Frame("level", "reach")
    norm = _norm(sight)
    if norm is not None:
        return norm
    if verb is not None and verb.entry["form"] == "count":
        return Frame("level", "reach_by_count_verb", doubt=1)
    return _bounded(sight)


def _by_its_words(sight: Sight) -> Frame | None:
    if _changes_its_object(sight):
        return Frame("change", "object")
    if sight.tail.verb is not None and sight.tail.verb.text == "改善" and not sight.bound:
        return Frame("change", "change")  # 综合指数同比改善3%
    done = sight.tail.verb is not None and sight.tail.verb.text == "完成" and sight.bound and _is_share_of_deed(sight)
    return Frame("level", "share_given", noun_after=True) if done else None


def _norm(sight: Sight) -> Frame | None:
    """`按投资额的10%给予补助`, `提取30%用于…`: a share that is paid or set aside; `占建成区50%的目标要求`: one that is aimed at."""
    verb, base = sight.tail.verb, sight.tail.base
    if verb is None and _AIMED.match(sight.right) and _SHARE_OF.search(sight.left) and not sight.clause.opens_condition:
        return Frame("level", "aimed")
    acts = _RATE_VERB_AFTER.match(sight.right) is not None
    paid = base is not None and PAID_BEHIND.match(sight.text, sight.group_end) is not None
    if verb is not None and verb.entry["form"] in ("money", "quota"):
        pays = sight.form_of_verb() == "quota" and base is not None and acts
        given_back = sight.form_of_verb() == "quota" and _GIVEN_BACK.match(sight.right) is not None
        return Frame("money" if given_back else "quota", "norm_after" if pays else "norm_paid" if paid else "norm", noun_after=pays)
    if acts:
        return Frame("quota", "norm_after", noun_after=True)
    if verb is None and _GIVES_SHARE.search(sight.left) is not None and _PAY_NOUN.match(sight.right) is not None:
        return Frame("quota", "norm", doubt=1)
    return Frame("quota", "norm_paid") if paid and verb is None else None


def _changes_its_object(sight: Sight) -> bool:
    """`降低企业融资成本10%`, `提高利用率3个百分点`; of `提升群众满意度95%` the figure is the level."""
    lead = sight.leading
    if lead is None or lead.entry["form"] != "change" or sight.tail.verb is not None or sight.bound or sight.clause.opens_condition:
        return False
    whole = lead.entry["direction"] != "decrease" and sight.figure.dimension == "ratio" and _LEVEL_NOUN.search(sight.left) is not None
    return not whole


def _bounded(sight: Sight) -> Frame | None:
    """Without a verb: a comparator, or a rate noun just before (`研发投入强度2.2%以上`)."""
    comparator, left = sight.tail.comparator, sight.left
    if comparator is not None and sight.tail.base is not None:
        return Frame("quota", "bounded_share")
    rate = RATE_NOUN.search(left) is not None
    if comparator is not None and (comparator.entry["comparator"] in ("ge", "le", "approx") or rate or sight.clause.dated):
        return Frame("level", "bounded")
    if sight.figure.value_max_text is not None and left.endswith("在") and sight.right.startswith("之间"):
        return Frame("level", "between")
    if sight.after is not None and not sight.bound and _SHARE_OF.search(left) is not None:
        return Frame("level", "share_bounded")
    if rate and (sight.after is not None or sight.clause.dated or sight.figure.dimension in RATIOS):
        return Frame("level", "rate_noun", doubt=1)
    if sight.after is not None and sight.clause.dated and left.strip():
        return Frame("level", "trailing_bound", doubt=1)
    return None
