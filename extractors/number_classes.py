"""Every number of a passage in exactly one class, e.g. `2025年` date, `65岁及以上` threshold, `“五大中心”` name.

The detector (any run of digits or Chinese numerals) is broader than the extractor and apart from it, so that a number
that no rule claims shows up as `unclassified` instead of vanishing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal

from policy_commitments.extractors.clause_context import enclosed_spans, inside
from policy_commitments.extractors.segments import behind_last
from policy_commitments.schemas.frozen import frozen
from policy_commitments.schemas.mentions import QuantityMention

Cls = Literal[
    "target", "baseline", "threshold", "name", "date", "reference", "ordinal", "denominator", "unclassified"
]

_HAN = "〇零一二两三四五六七八九十百千万亿"
_RUN = re.compile(rf"[0-9{_HAN}](?:(?<=[0-9])[0-9]*(?:[.,][0-9]+)*|(?<=[{_HAN}])[{_HAN}]*)")
_WIDE = 200


@frozen
class NumberClass:
    """folded[start:end] is a number of class `cls`, claimed by `rule`."""

    start: int
    end: int
    cls: Cls
    rule: str


_PATTERNS: tuple[tuple[str, Cls, str, str], ...] = (
    # id, class, text before the number, text after it
    ("each", "denominator", r"每(?:个|名|位)?[0-9]{0,3}", r"(?:[0-9—~至-]|[人户亩名张个元床公平吨标老儿居常住学行万千百口]|$)"),  # 每千人口, 每1万人
    ("each_range", "denominator", r"每[0-9]+万?[—~至-]", r""),                      # 每3万—10万
    ("per", "denominator", r"/", r"万"),                                            # 10/10万
    ("times", "name", r"×", r""),                                                   # 2×35万千瓦
    ("times_after", "name", r"", r"×"),
    ("line_number", "ordinal", r"", r"(?:号线|号楼|号地块|号令|号公告|号文)"),            # 19号线
    ("rank", "threshold", r"前", r"(?:名|位|强|列|茅)"),                              # 前3名
    ("split", "threshold", r"(?:[0-9]：)", r""),                                     # 4：3：2：1
    ("split_after", "threshold", r"", r"：[0-9]"),
    ("validity", "date", r"(?:有效期|期限|任期|周期|时限)(?:为|是|至|最长|不超过)?", r" ?(?:年|个月|月|天)"),  # 有效期5年
    ("zero_word", "name", r"", r"(?<=零)(?:售|距离|配件|工|星|散|碳|容忍|基础|就业|。|，|、)"),       # 零售, 动态清零
    ("section_number", "ordinal", r"(?:^|\n|。)[0-9.]*\.?", r"\.[0-9.]*(?:[0-9. ]*[一-鿿])"),      # 10.1.2 对标…
    ("fine", "threshold", r"(?:处以?|罚款|以上)", r"万?元以[上下]"),                   # 处以2000元以上10000元以下罚款
    ("file_name", "reference", r"[A-Za-z0-9/_-]", r"[A-Za-z/_.]"),
    ("document_number", "reference", r"〔", r"〕"),                                  # 〔2021〕
    ("document_serial", "reference", r"[〕\]］】] ?第?", r" ?号"),                     # 〔2021〕29号
    ("serial", "reference", r"", r" ?号"),                                         # 29号
    ("standard", "reference", r"(?:GB|DB|/T|ISO|NY|HJ|[A-Z]{2,})[ /T—-]*", r""),   # GB50016
    ("article", "reference", r"第", r"[条款章节页项]"),                                # 第十二条
    ("article_item", "reference", r"(?:条|款)第?（?", r"[）项]"),                      # （三）项
    ("url_or_phone", "reference", r"(?:[0-9]-|www\.|http\S*|电话：?|传真：?|邮编：?)", r""),
    ("long_digits", "reference", r"", r"(?<=[0-9]{7})"),                           # 13800000000
    ("hotline", "name", r"", r"(?<=12345)|(?<=12[0-9]{3})(?=热线|平台|”)|(?<=1[12][09])(?=急救|指挥|调度|热线)"),
    ("year", "date", r"", r"(?<=(?:19|20)[0-9]{2}) ?(?:年(?!以上)|[—~/.至、和-] ?(?:19|20)?[0-9]{2})"),  # 2025年
    ("year_end", "date", r"(?:19|20)[0-9]{2} ?年? ?[—~至、和-] ?", r" ?年?"),           # —2025年
    ("han_year", "date", r"", r"(?<=[〇零一二三四五六七八九]{4})年"),                       # 二〇三五年
    ("month", "date", r"", r" ?月(?!均)(?:份|底|末|初|[0-9 ]|$|[^一-鿿]|前|中|上|下)"),     # 6月
    ("day", "date", r"月 ?", r" ?日"),                                             # 30日
    ("plan_period", "date", r"“?", r"(?<=十[一二三四五六七八九])五?”?(?:规划|期间|时期|末|以来|”)|(?<=十[一二三四五六七八九]五)"),
    ("clock", "date", r"[0-9]：", r""),
    ("clock_hour", "date", r"", r"：[0-5][0-9](?![0-9])"),
    ("congress", "ordinal", r"", r"(?<=十[一二三四五六七八九]|二十)(?:大(?!类|项|工程|行动|产业)|届)|届[一二三四五六七八九十]|中全会"),  # 二十大
    ("plenary", "ordinal", r"(?:届|全会|、)", r"中(?:、|全会|精神)"),                  # 三中全会
    ("ordinal", "ordinal", r"第", r""),                                            # 第三批
    ("label", "ordinal", r"(?:^|\n|。|；|：)[　 ]*[（(]?", r"(?:[、.．）)]|是)"),          # 一、 1.
    ("bracket_label", "ordinal", r"[（(]", r"[）)]"),                                # （二）
    ("annex", "ordinal", r"(?:附件|附表|专栏|图|表|栏)", r""),                          # 附件2
    ("age", "threshold", r"", r"(?:[—~至-][0-9]+)? ?周?岁"),                          # 65岁
    ("grade", "name", r"", r"(?:级(?!数)|等|甲|乙|星级?|类地区|档)"),                     # 三级医院
    ("quoted", "name", r"“", r"[^”]{0,12}”"),                                      # “五大中心”
    ("great", "name", r"", r"大(?!于|约|力|类|项目|型)"),                              # 六大行动
    ("idiom", "name",
     r"(?:统|同|唯|单|专|之|合|万|逐|进|某|划|均|归|不|任|有朝|首屈|始终如|表里如|点|第)",
     r""),                                                                          # 统一, 进一步
    ("idiom_after", "name", r"",
     r"(?:体化?|致|步|批|定(?!点)|些|律|般|旦|切|直|方面|系列|站式|流|线|把手|老|小|次性|审|产|经济|网|图|张蓝图|样|起|样|同|贯|律|并|村|镇|县|企|地|事|人一|带|路|度(?!电)|边|手|农|公|资|医|教|险|孩|癌|减|免|馆|分法|包|品|废|通|化(?!学)|侧|员|心|性|统|会|课|单|码|中|代|部|无|位一体|权|资|变|改|改造|力|端|高|低|不|要|严|必|能|清|书|证|牌|定|优|新|创|支|室|站|所(?=有)|生|民|峡|角|江|亚|门峡|水|山|河|里|象|面|方|维|位|元化|元(?!以|的|/|、|，|。|补|奖)|层|级|江源|季度|线城市)"),
    ("plus_name", "name", r"\+", r""),                                              # 1+3+N
    ("plus_name_after", "name", r"", r"\+"),
    ("letter_name", "name", r"[A-Za-z-]", r""),                                     # HTML5
    ("letter_name_after", "name", r"", r"[A-HJ-Zac-z](?![A-Za-z/])"),                  # 5G, 4A
    ("list_count", "name", r"(?:等|[以下上述]|的)", r"(?:个|项|种|类|条|大)?(?:方面|类|环节|领域|原则|项|条|个)"),
    ("seniority", "threshold", r"(?:满|连续|累计|不足|未满|从事.{0,6}|工作)", r" ?(?:年|个月|天|日)"),  # 连续工作满3年
    ("span", "date", r"(?:近|前|后|过去|未来|今后|用|每|为期|经过)", r" ?(?:年|个月|天|日|周)"),      # 近三年
    ("years_inside", "date", r"", r" ?年(?:内|时间|来|后|前|期|行动|计划|规划|攻坚)"),      # 三年行动
    ("working_days", "threshold", r"", r" ?个?(?:工作日|日|天|小时|分钟|月)(?:以内|之内|内|前)"),    # 5个工作日内
    ("bounded_noun", "threshold", r"", r"[^，。；、]{0,6}?(?:以上|以下|及以上|以内|左右)(?:的|[（一-鿿])"),   # 200户以上自然村
    ("bound_after", "threshold", r"", r" ?[^，。；、：]{0,8}?(?:以上|以下|以内|以外|（含）|（不含）)"),        # 投资500万元以上
    ("amount_of", "threshold", r"", r" ?[十百千万亿]*(?:元|平方米|米|人|名|户|吨|亩|公里|千米|个|家|张|床|岁|头|%)的"),   # 批准概算10%的
    ("case_before", "threshold", r"(?:大于等于|小于等于|大于|小于|不满|未达到|不足|超过|额在|额为|累计达到?|满)", r""),   # 不满1000万元
    ("range_from", "threshold", r"", r" ?[十百千万亿]*(?:元|平方米|米|人|岁|%)?(?:至|—|-|到)[0-9]"),         # 5000万元至1亿元
    ("counted_list", "name", r"(?:方面|共|合计|等|以下|下列|上述|其中)", r" ?(?:个|项|条|类|种|家|处)"),            # 方面5项
    ("han_word", "name", r"", r"(?<=[一二两三四五六七八九十百千万])(?=$|[^0-9%元])"),                       # 万州, 四川, 一块
    ("attributive", "threshold", r"(?:低于|高于|超过|不足|少于|大于|小于|达到|满|不低于|不少于)", r"[^，。；、]{0,5}的"),
)
_Rule = tuple[str, Cls, re.Pattern[str] | None, re.Pattern[str] | None]
_TOGETHER = 6  # rules whose text after the number is sought in one go


@frozen
class _Rules:
    """Some neighbouring rules; where `after`, all that they want behind a number, fails, only the `lone` can hold."""

    after: re.Pattern[str]
    rules: tuple[_Rule, ...]
    lone: tuple[_Rule, ...]


def _rules(patterns: Sequence[tuple[str, Cls, str, str]]) -> _Rules:
    rules: list[_Rule] = [
        (name, cls, re.compile(before + "$") if before else None, re.compile(after) if after else None)
        for name, cls, before, after in patterns
    ]
    any_after = re.compile("|".join(f"(?:{after})" for *_, after in patterns if after) or r"(?!)")
    return _Rules(any_after, tuple(rules), tuple(rule for rule in rules if rule[3] is None))


_RULES = tuple(_rules(_PATTERNS[k : k + _TOGETHER]) for k in range(0, len(_PATTERNS), _TOGETHER))


def classify_numbers(folded: str, start: int, end: int, mentions: Sequence[QuantityMention]) -> Iterator[NumberClass]:
    """The class of every maximal run of digits or Chinese numerals in folded[start:end]; `mentions` are its quantities."""
    covered = _covered(mentions)
    starts = [one[0] for one in covered]
    for match in _RUN.finditer(folded, start, end):
        begin, stop = match.span()
        k = bisect_right(starts, begin) - 1
        if k >= 0 and begin < covered[k][1]:
            yield NumberClass(begin, stop, *covered[k][2:])
        else:
            yield NumberClass(begin, stop, *(_by_rule(folded, begin, stop) or _by_place(folded, begin, start, end)))


def _covered(mentions: Sequence[QuantityMention]) -> list[tuple[int, int, Cls, str]]:
    return sorted((m.number[0], m.number[1], "target", m.rule) for m in mentions)


def _by_rule(text: str, start: int, end: int) -> tuple[Cls, str] | None:
    before, reach = text[max(0, start - 24) : start], end + 24
    for some in _RULES:
        for name, cls, left, right in some.rules if some.after.match(text, end, reach) else some.lone:
            if (right is None or right.match(text, end, reach)) and (left is None or left.search(before)):
                return cls, name
    return None


def _by_place(text: str, at: int, floor: int, ceiling: int) -> tuple[Cls, str]:
    """A number in quotation marks or a title is a name."""
    begin = behind_last(text, "。\n", max(floor, at - _WIDE), at)
    end = min((found for mark in "。\n" if (found := text.find(mark, at, min(ceiling, at + _WIDE))) >= 0), default=min(ceiling, at + _WIDE))
    bracket = inside(enclosed_spans(text, begin, end), at)
    if bracket is not None and bracket[1] in "“《":
        return "name", "quoted_or_title"
    if bracket is not None:
        return "threshold", "remark_in_brackets"
    return "unclassified", "none"
