"""What is known about a group of figures when its frame is decided, and what the decision is.

`sight.left` and `sight.right` are the words around, e.g. `全市森林覆盖率` and `以上` of `全市森林覆盖率达到45%以上`.
"""

from __future__ import annotations

import re

from policy_commitments.extractors import exclusions
from policy_commitments.extractors.clause_context import Clause
from policy_commitments.extractors.lexicon import Word
from policy_commitments.extractors.number_tail import Tail
from policy_commitments.extractors.numerals import Figure
from policy_commitments.schemas.frozen import frozen

RATIOS = frozenset({"ratio", "percentage_points", "multiple"})
DURATIONS = frozenset({"duration", "working_days"})
COUNTABLE = frozenset(
    {"count", "persons", "households", "visits", "times", "animals", "length", "area", "volume", "mass", "energy", "power", "freight", "data", "computing"}
)
RATE_NOUN = re.compile(r"(?:率|比例|占比|比重|强度|增速|增幅|涨幅|增长|降幅|指数|系数|浓度|满意度|总数|总量|数量|规模|面积|密度|寿命|总值|产值|收入|产量|数|占|水平|比|存栏|出栏|里程|长度|总额|销售额|贡献度|速度|能力|均|(?<!年)度|时间|时限|时长)(?:分别|均|各|年均|为)*$")
AS_CAPACITY = re.compile(r"(?:年产|日产|日处理|年处理|年出栏|总投资|投资|占地|注册资本|年营业收入|主营业务收入|建筑面积|总建筑面积|年销售收入|年产值|产值|装机|容量|库容|规模)$")
PAID_BEHIND = re.compile(  # 按投资额的10%、最高给予300万元支持 · 按投资额的20%，给予一次性资助
    r"[、，]?(?:可|一次性)?(?:给予|予以|最高)[^，。；]{0,24}?((?:一次性|配套|专项|风险|资金)*(?:支持|奖励|补助|补贴|资助|奖补|贴息|扶持)(?:资金)?)"
)
FOR_GOOD = re.compile(r"为(?:宜|目标|标准|基准|底线)")
WEAK = frozenset(["为", "是", "有", "共", "计", "含", "总计", "共计", "合计", "安排在", "位于", "处于", "占", "占到", "拥有", "保有", "等于", "相当于", "均为", "各为", "分别为"])
_FILLER = re.compile(
    r"""
    (?: [ ，、] | 力争 | 争取 | 确保 | 实现 | 努力 | 全面 | 全部 | 基本 | 顺利 | 如期 | 按期 | 高质量 | 高标准 | 要 | 将 | 应 | 须 | 需 | 共 | 再
      | 计划 | 预计 | 全年 | 年内 | 今年 | 明年 | 当年 | 年底前? | 到?20[0-9]{2}年(?:底|末)?(?:之?前)? | [0-9]{1,2}月(?:底|末|份)?(?:之?前)?
      | 全[市县区省乡镇国州盟旗] | 和 | 并 | 与 | 及 | 以及 | 同时
    )*""",
    re.VERBOSE,
)


@frozen
class Frame:
    """The form of a group of figures and the rule that found it; `noun_after` says where a count's noun stands."""

    form: str
    rule: str
    noun_after: bool = False
    doubt: int = 0


@frozen
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
    def led(self) -> bool:
        """Whether a verb opens the words before, behind no more than when and how firmly."""
        return self.leading is not None and _FILLER.fullmatch(self.text, self.left_start, self.leading.start) is not None

    @property
    def bound(self) -> bool:
        """Whether a noun follows at once: 的 or a trailing 以上 makes the figure an attribute."""
        return exclusions.bound_to_noun(self.text, self.group_end, self.clause.end)

    def form_of_verb(self) -> str:
        """Form of the verb before the number, "" without one."""
        return "" if self.tail.verb is None else str(self.tail.verb.entry["form"])

    def compares(self, *classes: str) -> bool:
        """Whether the comparator before the number is of one of the classes."""
        return self.tail.comparator is not None and self.tail.comparator.entry["comparator"] in classes

    @property
    def left(self) -> str:
        """Text between the previous figure (or the clause's start) and the words before this number."""
        return self.text[self.left_start : self.tail.start]

    @property
    def right(self) -> str:
        """Text after the figure and its trailing comparator, up to the next figure or the clause's end."""
        return self.text[self.group_end : self.right_end]
