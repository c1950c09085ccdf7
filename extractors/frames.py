"""Which frame a figure stands in, e.g. level (达到90%), change (下降10%), count (建成5个), money (给予20万元), quota (每X…).

A decision list: the first frame that fits names the form and the rule; none fits, nothing is yielded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from policy_commitments.extractors import exclusions
from policy_commitments.extractors.clause_context import Clause
from policy_commitments.extractors.lexicon import Word, comparators, verbs
from policy_commitments.extractors.number_tail import Tail
from policy_commitments.extractors.numerals import Figure

RATIOS = frozenset({"ratio", "percentage_points", "multiple"})
DURATIONS = frozenset({"duration", "working_days"})
COUNTABLE = frozenset(
    {"count", "persons", "households", "visits", "times", "animals", "length", "area", "volume", "mass", "energy", "power", "freight", "data", "computing"}
)
_MONEY_AFTER = re.compile(
    r"(?:以内|以下|以上|左右)?(?:的)?(?:（[^）]{1,20}）)?(?:标准|一次性|资金|财政|配套|专项|定额|奖|补|资助|支持|扶持|经费|贴息|给予|予以|优惠|扣除|的标准|发放|创业|生活|岗位|安家|购房|租房)"
)
_MONEY_NOUN = re.compile(r"(?:补助|补贴|津贴|奖励|奖金|奖补|资助|标准|经费|费用?|价格|价|工资|资金|投资|投入|额度|贷款|基金|保费|保额|押金|罚款|支持|限额|预算|底薪|定额|底价|地价|租金|薪酬|报酬|公用经费|财政|扶持|贴息|融资|信贷)(?:为|在|最高|按)?$")
_RATE_NOUN = re.compile(r"(?:率|比例|占比|比重|强度|增速|增幅|增长|降幅|指数|系数|浓度|满意度|总数|总量|数量|规模|面积|密度|寿命|总值|产值|收入|产量|数|占|水平|比|存栏|出栏|里程|长度|总额|销售额|贡献度|速度|能力|均|度|时间|时限|时长)(?:分别|均|各|年均|为)*$")
_RATE_VERB_AFTER = re.compile(r"(?:以上|以下|左右|以内)?的?(?:比例|标准|幅度|额度)?(?:[，,])?(?:给予|予以|奖励|补助|补贴|资助|支持|安排|用于|设置|设为|设|提取|计提|列支|配套|执行|确定|核定|支付|承担|分担|拨付|返还|计入|计算|配备|预留|发放|上浮|下浮|实行|作为|纳入|核增|核算|报销|收取|缴纳|让利|减免|减征|奖补|配建|建设|扣除|落实|控制)")
_SPEED = re.compile(r"压缩|缩短|压减|精简|提速|控制|时限|办结|响应|到达|办理|审批|出具|反应|时间|时长")
_PROMISE = re.compile(r"确保|力争|争取|必须|实现")
_AS_CAPACITY = re.compile(r"(?:年产|日产|日处理|年处理|年出栏|总投资|投资|占地|注册资本|年营业收入|主营业务收入|建筑面积|总建筑面积|年销售收入|年产值|产值|装机|容量|库容|规模)$")
_TIME_NOUN = re.compile(r"(?:日|天数|时间|时长|周期|时限|用时|等待|间隔|期限|工期|耗时|年限)(?:分别|均|各|平均)*$")
_URGENT = re.compile(r"救援|出警|出车|抵达|受理|完成|到场|赶到|回复|答复|处置|修复")
_FILLER = re.compile(
    r"""
    (?: [ ，、] | 力争 | 争取 | 确保 | 实现 | 努力 | 全面 | 全部 | 基本 | 顺利 | 如期 | 按期 | 高质量 | 高标准 | 要 | 将 | 应 | 须 | 需 | 共 | 再
      | 计划 | 预计 | 全年 | 年内 | 今年 | 明年 | 当年 | 年底前? | 到?20[0-9]{2}年(?:底|末)?(?:之?前)? | [0-9]{1,2}月(?:底|末|份)?(?:之?前)?
      | 全[市县区省乡镇国州盟旗] | 和 | 并 | 与 | 及 | 以及 | 同时
    )*""",
    re.VERBOSE,
)
_HAVE = frozenset(("有", "拥有", "建有", "设有", "配有", "具有", "办有", "均有"))
_SERVED = re.compile(r"提供|开展|实施|进行|安排|办理|发放|落实|免费|建立|完成")
_INVEST = re.compile(r"(?:计划|预计|拟|总|完成|新增|累计|安排|筹集|筹措|统筹|争取|整合|引进|到位|利用)*(?:投资|投入|融资|资金|外资|内资)(?:约|总?额|达)?$")
_ALL_DO = re.compile(r"(?:完成|实现|建立|设立|设置|建设|落实|达到|开展|覆盖|纳入|配备|执行|公开|办结|整改|达标|签订|接入|公示|参加|持证|安装|使用|入网|上线|提供|通过|取得|配建|预留)")
_FOR_GOOD = re.compile(r"为(?:宜|目标|标准|基准|底线)")
_NAMED_LIST = re.compile(r"等(?:[^，。；、0-9]{0,6}的)?$")
_MODIFIED = re.compile(r"[^，。；：、]{2,24}的$")
_ENSURE = re.compile(r"(?:确保|抓好|抓实|抓紧|做好|突出抓好|力争|争取)(?:全面|全部|年内|抓好)?$")
_WEAK = frozenset(["为", "是", "有", "共", "计", "含", "总计", "共计", "合计", "安排在", "位于", "处于", "占", "占到", "拥有", "保有", "等于", "相当于", "均为", "各为", "分别为"])


@dataclass(frozen=True, slots=True)
class Frame:
    """The form of a group of figures and the rule that found it; `noun_after` says where a count's noun stands."""

    form: str
    rule: str
    noun_after: bool = False
    doubt: int = 0


@dataclass(frozen=True, slots=True)
class Sight:
    """What is known about a group of figures when its frame is decided."""

    text: str
    clause: Clause
    figure: Figure
    tail: Tail
    after: Word | None
    left_start: int
    group_end: int
    right_end: int
    carried: Word | None
    leading: Word | None = None

    @property
    def plain(self) -> bool:
        """Whether the words before say only when, where and how firmly."""
        return _FILLER.fullmatch(self.text, self.left_start, self.tail.start) is not None

    @property
    def left(self) -> str:
        """Text between the previous figure (or the clause's start) and the words before this number."""
        return self.text[self.left_start : self.tail.start]

    @property
    def right(self) -> str:
        """Text after the figure and its trailing comparator, up to the next figure or the clause's end."""
        return self.text[self.group_end : self.right_end]


def trailing_comparator(text: str, at: int, end: int) -> Word | None:
    """以上, 以内, 左右 … at `at`."""
    gap = at + 1 if text[at : at + 1] == " " else at
    word = comparators("after").after(text, gap, end)
    if word is not None and word.text == "内" and text[word.end : word.end + 1] in "部外容涵生":
        return None
    return word


def choose_frame(sight: Sight) -> Frame | None:
    """The frame of a group, or None where the figure promises nothing."""
    if sight.figure.sort == "covered":
        return _coverage(sight)
    if sight.figure.sort in ("doubled", "zero"):
        return Frame("change" if sight.figure.sort == "doubled" or "增" in sight.figure.value_text else "level", sight.figure.sort)
    if exclusions.attributive(sight.text, sight.group_end, sight.clause.end):
        return _fraction(sight)
    promised = sight.figure.dimension in DURATIONS and sight.after is not None and _PROMISE.search(sight.left) is not None
    bound_by_words = promised or sight.tail.verb is not None or sight.tail.comparator is not None
    if not bound_by_words and exclusions.in_scope_phrase(sight.text, sight.figure.start, sight.left_start):
        return None
    if sight.figure.dimension in ("money", "foreign_money"):
        return _money(sight)
    if sight.figure.dimension in DURATIONS:
        return _duration(sight)
    if sight.figure.dimension in RATIOS or sight.figure.sort == "part":
        return _ratio(sight)
    return _amount(sight)


def _coverage(sight: Sight) -> Frame | None:
    following = sight.text[sight.group_end : sight.group_end + 2]
    if following and not re.match(r"[，。；、！：）（\n ]|目标|要求|和|及|并", following):
        return None
    return Frame("coverage", "covered")


def _fraction(sight: Sight) -> Frame | None:
    """`95%以上的村卫生室能提供…`: a share of what follows, at the head of its clause."""
    if sight.figure.dimension != "ratio" or (sight.tail.verb is not None and sight.tail.verb.text not in ("有", "实现", "为")):
        return None
    if len(sight.left.strip(" ，力争确保实现到年0123456789全市县区使让要将有、并和且")) > 2 or sight.clause.opens_condition:
        return None
    return Frame("level", "share_of", noun_after=True)


def _money(sight: Sight) -> Frame | None:
    verb, right, left = sight.tail.verb, sight.right, sight.left
    bound = exclusions.bound_to_noun(sight.text, sight.group_end, sight.clause.end)
    if sight.after is not None and bound and not _MONEY_AFTER.match(right):
        return None
    if verb is not None and verb.entry["form"] == "money":
        return Frame("money", "pay")
    if _MONEY_AFTER.match(right):
        return Frame("money", "pay_after", doubt=0)
    if verb is not None and verb.entry["form"] == "change":
        return Frame("change", "change_amount")
    if verb is not None and verb.entry["form"] == "level" and not (verb.text in _WEAK and not _MONEY_NOUN.search(left)):
        return Frame("money" if _MONEY_NOUN.search(left) else "level", "reach_money")
    if comparator_is(sight, "gt") and _RATE_NOUN.search(left) and not bound and not sight.clause.opens_condition:
        return Frame("level", "beyond", doubt=1)
    if _INVEST.search(left + (verb.text if verb is not None else "")) and not left.endswith("总投资"):
        return Frame("money", "invest", noun_after=bound, doubt=1)
    follows = verbs().after(sight.text, sight.group_end, sight.clause.end)
    paid = follows is not None and follows.entry["form"] in ("money", "quota")
    if sight.tail.each is not None and sight.tail.comparator is None and (paid or not right.strip()):
        return Frame("money", "price", doubt=1)
    if sight.tail.comparator is not None and not bound and (sight.tail.comparator.entry["comparator"] in ("le", "ge") or sight.clause.dated):
        return Frame("money" if _MONEY_NOUN.search(left) or not left.strip() else "level", "bounded_money")
    if _MONEY_NOUN.search(left) and not bound and not _AS_CAPACITY.search(left):
        return Frame("money", "price", doubt=1)
    if verb is not None and verb.entry["form"] == "count" and sight.clause.dated:
        return Frame("money", "funded", noun_after=bool(right.strip()), doubt=1)
    if verb is not None and verb.entry["form"] == "quota":
        return Frame("money", "norm_money")
    return None


def comparator_is(sight: Sight, name: str) -> bool:
    """Whether the comparator before the number is of that class."""
    return sight.tail.comparator is not None and sight.tail.comparator.entry["comparator"] == name


def _duration(sight: Sight) -> Frame | None:
    verb, comparator = sight.tail.verb, sight.tail.comparator
    if exclusions.bound_to_noun(sight.text, sight.group_end, sight.clause.end) and sight.after is not None and not _PROMISE.search(sight.left):
        return None
    if verb is not None and verb.entry["form"] in ("level", "change") and verb.text not in _WEAK:
        return Frame("level" if verb.entry["form"] == "level" else "change", "duration_to")
    if comparator is not None and comparator.entry["comparator"] == "ge":
        return Frame("quota", "duration_at_least", noun_after=sight.tail.each is not None and bool(sight.right.strip()))
    if comparator is not None and comparator.entry["comparator"] == "le" and (_SPEED.search(sight.left) or _TIME_NOUN.search(sight.left)):
        return Frame("quota", "duration_at_most", doubt=1)
    if sight.tail.each is not None and verb is not None:
        return Frame("quota", "duration_each", doubt=1)
    if sight.after is not None and _PROMISE.search(sight.left + sight.text[sight.clause.start : sight.left_start]) and (_SPEED.search(sight.left + sight.right) or _URGENT.match(sight.right)):
        return Frame("quota", "speed", noun_after=bool(sight.right.strip()), doubt=1)
    return None


def _ratio(sight: Sight) -> Frame | None:
    verb, comparator, right = sight.tail.verb, sight.tail.comparator, sight.right
    if sight.after is not None and exclusions.bound_to_noun(sight.text, sight.group_end, sight.clause.end) and not _RATE_VERB_AFTER.match(right):
        if verb is None and comparator is None:
            return _fraction(sight)
        if verb is None or verb.text in _WEAK:
            return None
    if verb is None and sight.figure.value_text == "100" and sight.after is None and _ALL_DO.match(sight.right):
        return Frame("coverage", "all_do", noun_after=True)
    if verb is not None and verb.entry["form"] == "change":
        return Frame("change", "change")
    if verb is not None and _FOR_GOOD.match(sight.right):
        return Frame("level", "as_proper")
    if verb is not None and verb.entry["form"] == "level" and not (verb.text in _WEAK and not (sight.clause.dated or comparator or sight.after or _RATE_NOUN.search(sight.left))):
        return Frame("level", "reach")
    if verb is not None and verb.entry["form"] in ("money", "quota"):
        return Frame("quota", "norm")
    if _RATE_VERB_AFTER.match(right):
        return Frame("quota", "norm_after", noun_after=True)
    if verb is not None and verb.entry["form"] == "count":
        return Frame("level", "reach_by_count_verb", doubt=1)
    return _bounded(sight)


def _bounded(sight: Sight) -> Frame | None:
    """Without a verb: a comparator, or a rate noun just before (`研发投入强度2.2%以上`)."""
    comparator, left = sight.tail.comparator, sight.left
    if comparator is not None and sight.tail.base is not None:
        return Frame("quota", "bounded_share")
    rate = _RATE_NOUN.search(left) is not None
    if comparator is not None and (comparator.entry["comparator"] in ("ge", "le", "approx") or rate or sight.clause.dated):
        return Frame("level", "bounded")
    if rate and (sight.after is not None or sight.clause.dated or sight.figure.dimension in RATIOS):
        return Frame("level", "rate_noun", doubt=1)
    if sight.after is not None and sight.clause.dated and left.strip():
        return Frame("level", "trailing_bound", doubt=1)
    return None


def _amount(sight: Sight) -> Frame | None:
    """Counts, lengths, areas, masses …: reached, built or bounded."""
    verb, comparator, _right = sight.tail.verb, sight.tail.comparator, sight.right
    bound = exclusions.bound_to_noun(sight.text, sight.group_end, sight.clause.end)
    bare = not sight.figure.measure and sight.figure.sort != "ratio"
    if bare:
        return _bare(sight, bound)
    if verb is None and sight.carried is not None and sight.left.strip(" 、，和及与以或并") == "":
        verb = sight.carried
    if verb is not None and _FOR_GOOD.match(sight.right):
        return Frame("level", "as_proper")
    if verb is not None and bound and (verb.text in _HAVE or (verb.text in ("为", "向", "对") and _SERVED.search(sight.right))):
        return _had(sight, verb.text)
    if sight.after is not None and bound and not (verb is not None and verb.entry["form"] == "count" and sight.figure.dimension in ("count", "persons", "households", "times", "visits")):
        return None
    if verb is not None and verb.entry["form"] == "change":
        return Frame("change" if not bound and sight.figure.dimension not in COUNTABLE else "count", "change_amount", noun_after=bound)
    if verb is not None and verb.entry["form"] == "level" and verb.text not in _WEAK:
        if verb.text in ("完成", "实现", "超额完成") and bound and sight.plain:
            return Frame("count", "complete", noun_after=True)
        return Frame("level", "reach", noun_after=bound and sight.plain)
    if verb is not None and verb.entry["form"] == "count":
        if sight.figure.han and sight.figure.value_text == "一" and sight.tail.each is None and comparator is None:
            return None
        return Frame("count", "build", noun_after=bound)
    if comparator is not None and comparator.entry["comparator"] in ("ge", "le", "approx"):
        return Frame("level", "bounded", noun_after=bound)
    if comparator_is(sight, "gt") and not bound and not sight.clause.opens_condition and (sight.clause.dated or sight.clause.strength or _RATE_NOUN.search(sight.left)):
        return Frame("level", "beyond", doubt=1)
    if verb is not None and verb.entry["form"] == "quota" and sight.tail.each is not None:
        return Frame("quota", "norm", noun_after=bound)
    if bound and not sight.figure.han and verb is None:
        return _modified(sight)
    return _listed(sight, bound)


def _had(sight: Sight, verb: str) -> Frame | None:
    """`全县至少有1所妇幼保健机构`, `每年至少为1200名老年人提供…`: promised where a date, bound or 每 says so."""
    each, comparator = sight.tail.each, sight.tail.comparator
    if sight.figure.han and sight.figure.value_text == "一" and each is None and comparator is None:
        return None
    if comparator is None and each is None and not sight.clause.dated and sight.clause.strength is None:
        return None
    return Frame("count", "have" if verb in _HAVE else "serve", noun_after=True)


def _modified(sight: Sight) -> Frame | None:
    """`打造…等10条特色街道`, `新开通海拉尔至俄蒙的3条航线`, `确保16公里管网复线`: number and noun under a verb further left."""
    if sight.figure.dimension not in COUNTABLE:
        return None
    if _ENSURE.search(sight.left) is not None:
        return Frame("count", "ensured", noun_after=True, doubt=1)
    if sight.leading is None:
        return None
    if _NAMED_LIST.search(sight.left) is not None:
        return Frame("count", "named_list", noun_after=True, doubt=2)
    if _MODIFIED.fullmatch(sight.text, sight.leading.end, sight.tail.start) or sight.text[sight.tail.start - 1] == "的":
        return Frame("count", "modified", noun_after=True, doubt=2)
    return None


def _bare(sight: Sight, bound: bool) -> Frame | None:
    """A number without measure: `总体水平达到65`, `系数提高到0.58以上`."""
    verb, comparator = sight.tail.verb, sight.tail.comparator
    if bound or sight.figure.han:
        return None
    if (verb is not None and verb.entry["form"] == "level" and verb.text not in _WEAK) or (comparator is not None and _RATE_NOUN.search(sight.left)):
        return Frame("level", "bare", doubt=1)
    return None


def _listed(sight: Sight, bound: bool) -> Frame | None:
    """`护理院1个、医养中心2个`: noun and number under a verb further left, or a dated or bounded clause."""
    closed = sight.figure.han and sight.carried is not None and not sight.right.strip()
    if bound or (sight.figure.han and not closed) or not sight.left.strip(" 、，和及与"):
        return None
    if _AS_CAPACITY.search(sight.left):
        return None
    if sight.carried is not None:
        return Frame("count", "listed")
    if sight.after is not None or (_RATE_NOUN.search(sight.left) and sight.clause.dated):
        return Frame("level", "trailing_bound", doubt=1)
    if sight.clause.dated or sight.tail.each is not None:
        return Frame("count", "noun_number", doubt=2)
    return None
