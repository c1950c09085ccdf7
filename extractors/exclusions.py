"""Numbers that promise nothing, e.g. `65岁及以上老年人`, `“五大中心”`, `服务人口低于800人的行政村`, `截至2020年底…达到5.99张`.

Each rule has an id, so that the run report can say why a number was left out.
"""

from __future__ import annotations

import re

from policy_commitments.extractors.clause_context import Clause
from policy_commitments.extractors.numerals import Figure

_NORM_NOUN = re.compile(
    r"的(?:的)?(?:总|专项|配套|引导|扶持|工作|首期|启动|财政)*(?:比例|原则|标准|幅度|速度|增速|额度|目标|要求|规定|水平|规模|资金|补助|奖励|补贴|资助|支持|奖补|奖金|经费|配套|比率|价格|费率|利率|系数|密度|比重|服务|力度|部分|优惠|覆盖|增长|资金支持|一次性|财政|扶持|贴息|创业|生活|岗位|以上|以下|左右|总量|任务|配比|面积|基准|年均|限额|上限|下限|政策|投资(?:计划|任务|目标)|[^，。；、每给按予企项单]{1,6}(?:费率|利率|税率|比例)|[^每给按予企项单，。；、]{2,6}(?<![获得给享有])(?:贴息|补贴|补助|奖励|资助))"
)
_AFTER_OK = re.compile(r"[，。；、！：）\n]|$|和(?![美谐平睦])|及|与|并|且|或|以及|大关|的(?:标准|比例|目标|要求|规定|水平|规模)|给予|予以|进行|用于|设(?![施备计])|配(?:备|置|建|有)|安排|执行|提取|[　 ]|（|/|；")
COUNTED_AGAIN = re.compile(  # 培训班20期1500人次, 住房12栋860套: the same thing in a second measure
    r"[0-9]+(?:\.[0-9]+)?[万亿]?余?(?:人次|人|户|套|个(?:学位|床位|车位|停车位|泊位|岗位|托位)?|批次|场次|学时|亩|平方米|张|件|公里|头|只|台|名|盏|株|棵|座)(?=[，。；、）\n]|$|其中|（)"
)
_LIST_COUNT = re.compile(r"(?:个|项|种|类|大|方面|条)?(?:方面|环节|领域|原则|阶段|步骤|维度|层面|坚持|结合|层次|要素(?=[，。；、！）]|$)|部分|关键|问题|转变|统一(?=[，。；、！）]|$)|(?<=[种类个项])(?:方式|形式|途径|情形)(?!多|灵)|不(?!动产|锈|停航|夜城)|必须|严禁|到位|导向)")
_QUOTED_LIST = re.compile(r"“[^”]{2,10}”(?=[，。；、）]|$)")  # 实现三个“万元新增”
_MAY_APPLY = re.compile(r"[ 　]*(?:方|才|即|均)?可(?:以)?(?:申请|申报|报名|参加|享受)")  # 纳税100万元以上的，可申请购买2个楼层
_LISTED_KINDS = re.compile(r"(?:包括|包含|分为|涵盖|设置?|有)[^，。；：、]{1,12}、[^，。；：]{1,60}$")  # 内容包括基础类、完善类、提升类3类
_WHEN = re.compile(r"(?:以上|以下|以内)?(?:(?:时|的情况下|的情形下)(?![间段限效长速])|的?，?(?:即可|方可|均可)(?:申报|享受|申请|领取))")  # 行驶里程达到60万公里时
_OUGHT_THEN = re.compile(r"(?:及?以上|以下|以内)?的，?(?:应当?(?=[^，。；]{0,6}[^率值量])|须|必须|不得|不予|由(?=[^，。；]{2,12}(?:负责|审批|处理))|视为|按[0-9])")  # 误差超过5%的应当重新评估
_SCOPE = re.compile(r"(?:在|对|从|向|这|那|上述|前|后|近|(?<![资成])本|现有|原有|(?<![草平高荒中])原|的?前|围绕|聚焦|针对|依托|涉及|包括|包含|分为|分成|以|第|另|某|任|(?<![合协共大])同|其他|其余|(?<![美圆丰])满|连续|间隔|每隔|(?<![费农公民商家自军专租通信])用|出生|距|约定|提前|延期|延长|逾期|超时|年满|未满|已满|不满)$")
_FOR_TIME = re.compile(r"(?:任职|工作|从业|经营|成立|届满|任期|有效期|期限为|试用期|为期|用)$")  # 工作满3年, and not 完成信访工作300件
_SIZED = re.compile(r"(?:面积|投资|产值|规模|产能|年产|年出栏|装机|容量|床位|学位|占地|收入|长度)(?:达到?|约|不低于|不小于|不少于|不超过|大于|超过|超)?$")
_SIZE_OF = re.compile(r"(?:以上|以下|左右)?的")
_FUND = re.compile(r"[^，。；、的]{0,16}(?:基金|资金池|贷款)")
_SHORT_BRACKET = re.compile(r"（[^（）]{1,40}）")
_PAYING_UNIT = re.compile(r"每[^，。；、每]{0,12}$")  # 每合格录用1名一次性给予补助: the 1 is a denominator
_PER_DEED = re.compile(r"每(?![个名家户所位项件辆台亩人年月])[^，。；、每]{1,10}$")  # 每新建1个供水站补助8万元
_PAYS_LATER = re.compile(r"[^，。；、]{1,24}?(?:给予|奖励|奖补|补助|补贴|资助)")
_PAYS_AFTER = re.compile(r"，(?:可|将|由[^，。；]{2,10})?(?:一次性|再)?(?:给予|予以|奖励|奖补|补助|补贴|资助)")  # 每培育1家高新技术企业，奖励20万元
_NEAR = 14
_POINTS = re.compile(r"(?:满分|总分|[加扣减得计记][^，。；]{0,4}|不超过|最多|最高)$")  # 满分100分, 最高加5分
_STEP = re.compile(r"每(?:超过?|超出|高出?|低于?|提高|降低|新?增加?|减少|下降|上升|增长|达到?|突破|满|少|多)$")  # 每超1个百分点加0.5分, 每新增1000万元奖励2万元
_TROUBLE = re.compile(r"(?:以上|以下)?等(?:突出|共性)?(?:问题|现象|短板|不足|困难)")  # 存在占比不足10%等问题
_ELIGIBLE = re.compile(r"(?:注册资本|注册资金|实缴资本)[^，。；]{0,6}$")
_ROUNDED = re.compile(r"(?:不足|不满)[^，。；]{1,16}的，?(?:均|统一)?按照?$")  # 不足1000元的按1000元计发
_PAYS = re.compile(r"一次性|给予|奖励|补助|补贴|资助|按")


def of_figure(text: str, figure: Figure, clause: Clause, enclosed: str) -> str:
    """The id of the rule that leaves the figure out whatever frame it stands in, or an empty string."""
    if enclosed:
        return {"“": "quoted_name", "《": "title", "（": "bracket", "〔": "document_number"}.get(enclosed, "bracket")
    if clause.past:
        return "past"
    if figure.dimension != "money" and _MAY_APPLY.match(text, clause.start, clause.end):
        return "condition"
    if clause.condition and not _kept_condition(text, figure, clause):
        return "condition"
    if _WHEN.match(text, figure.end, clause.end) or _OUGHT_THEN.match(text, figure.end, clause.end):
        return "condition"
    if figure.dimension == "age" and "寿命" not in text[clause.start : figure.start] and "年龄" not in text[clause.start : figure.start]:
        return "age"
    if figure.value_text in ("1", "一") and figure.dimension != "money" and _PAYING_UNIT.search(text[max(clause.start, figure.start - 14) : figure.start]) and _PAYS.match(text, figure.end):
        return "per_unit"
    if figure.value_text in ("1", "一") and _PER_DEED.search(text[max(clause.start, figure.start - 14) : figure.start]) and (_PAYS_LATER.match(text, figure.end, clause.end) or _PAYS_AFTER.match(text, clause.end)):
        return "per_unit"
    if figure.han and _QUOTED_LIST.match(text, figure.end, clause.end) is not None:
        return "list_count"
    if figure.measure in ("类", "种", "大类") and _LISTED_KINDS.search(text, clause.start, figure.start) is not None:
        return "list_count"
    if _LIST_COUNT.match(text, figure.end) is not None and figure.dimension == "count":
        return "list_count"
    return _ruled_out(text, figure, clause)


def _ruled_out(text: str, figure: Figure, clause: Clause) -> str:
    """Points, steps of points, troubles, who may apply: told, not promised."""
    left = text[max(clause.start, figure.start - _NEAR) : figure.start]
    if figure.measure == "分" and _POINTS.search(left) is not None:
        return "points"
    if figure.measure == "日" and left.endswith("月"):
        return "date"
    if _STEP.search(left) is not None:
        return "per_unit"
    if _TROUBLE.match(text, figure.end, clause.end) is not None:
        return "trouble"
    if _ROUNDED.search(text, clause.start, figure.start) is not None:
        return "condition"
    if figure.dimension == "money" and _ELIGIBLE.search(left) is not None:
        return "condition"
    return ""


def _kept_condition(text: str, figure: Figure, clause: Clause) -> bool:
    return figure.sort == "covered"


def attributive(text: str, end: int, clause_end: int) -> bool:
    """Whether text[end:] makes the figure an attribute: `低于800人的行政村`, `200户以上自然村`."""
    bracket = _SHORT_BRACKET.match(text, end, clause_end)
    end = bracket.end() if bracket is not None else end
    if text[end : end + 1] == "的":
        return _NORM_NOUN.match(text, end, clause_end) is None
    return False


def measures_a_noun(text: str, figure: Figure, clause: Clause) -> bool:
    """Whether the figure sizes what another one counts: `1个建筑面积2000平方米以上的交易市场`."""
    if figure.dimension == "ratio" or not _SIZED.search(text[max(clause.start, figure.start - 8) : figure.start]):
        return False
    size = _SIZE_OF.match(text, figure.end, clause.end)
    return size is not None and not (figure.dimension == "money" and _FUND.match(text, size.end(), clause.end))


def bound_to_noun(text: str, end: int, clause_end: int) -> bool:
    """Whether a noun follows a trailing 以上 / 以下 at once: `二级以上医院`."""
    return end < clause_end and _AFTER_OK.match(text, end, clause_end) is None and COUNTED_AGAIN.match(text, end) is None


def in_scope_phrase(text: str, start: int, floor: int, *, lasts: bool) -> bool:
    """Whether a preposition or a span word stands before the figure: `在3个区`, `连续3年`, `围绕33条产业链`; `lasts` for a duration."""
    before = text[max(floor, start - 6) : start]
    return _SCOPE.search(before) is not None or (lasts and _FOR_TIME.search(before) is not None)
