"""The noun before a number, e.g. 老旧小区 of `全县改造老旧小区60个`: without the verb that counts it, its date and its denominator."""

from __future__ import annotations

import re

from policy_commitments.extractors.deeds import EVENTS, is_held, names_the_deed
from policy_commitments.extractors.each_phrase import Each
from policy_commitments.extractors.figure_groups import Group
from policy_commitments.extractors.indicator_phrase import (
    HEAD,
    trim,
)
from policy_commitments.extractors.lexicon import Word
from policy_commitments.extractors.sight import COUNTABLE, Frame
from policy_commitments.schemas.mentions import Span

_BY_NORM = re.compile(r"按照?([^，。；：]{2,16})$")
_EACH_DEED = re.compile(r"每(?:年|月|季度|周|学期|学年|半年|天|日)(?:至少|不少于|应当?|要|须|定期)*(?:组织|开展|举办|召开|进行|实施|安排)*(?=[^，]{2})")  # 每学期开展防溺水教育
_BUILT = re.compile(r"(?:培育|引进|新建|建成|打造|培养|组建|建立|创建|招引|认定)(?:壮大|发展)?(?![^，]{0,2}(?:率|量|面积|规模|总数|数量|用地|资金|标准))(?=[^，]{3})")
_PAID_OUT = frozenset(("补贴", "补助", "奖励", "资助"))
_GIVES_OUT = re.compile(r"[^，。；、]{0,6}?(?:发放|落实|兑现|享受)[^，。；、]{2,10}$")
_COMPOUND = re.compile(  # 建成推广示范点: the second verb belongs to the noun
    r"(?:推广|发展|培育|治理|整治|改造|提升|转化|创建)(?:示范|孵化|提升|试点|标杆|展示)(?:点|村|基地|项目|户|园|区|镇|乡|片|带|企业|单位|工程|社区|街|小区)"
    r"|共建(?:单位|基地|点|村)|上云企业|下沉广场"
)
_SIZE_ONLY = re.compile(r"面积|里程|长度|规模|户数|人数|密度|间距|标准")  # 改造面积28.6万平方米: the verb is part of the name
_IN_USE = re.compile(r"(?:并(?:正式)?)?(?:投入使用|投入运营|投用|投运|启用|运营)(?=.{2})")
_GIVEN_TO = re.compile(r"(?:向|给)[^，。；、0-9]{2,14}?(?:免费)?(?:发放|配发|赠送|提供|配备|安装)(?=..)")  # 向困难家庭发放电动车50辆
_WHO = re.compile(r"各?[一-鿿]{0,6}?(?:街道|乡镇|镇街|[村镇乡县市区]级|社区|部门|单位|学校|医院|企业|村居)(?:要|须|应当?)?")  # 街道每周巡查不少于3次
_KEEPS = frozenset(("落实", "执行", "保证", "保障"))
_SHORTEST_NAME = 4
_PROJECTS = re.compile(r"(?:新开工|续建|竣工|开工|投产|储备|在建|签约|入库|达产)(?:[^，。；、0-9]{0,6})?项目$")  # 续建项目180个: one name
_WHOSE = re.compile(r"(?<![东西南北中新老古上下])(?:城镇|农村|城乡|乡村)$")  # 城镇新增就业60万人: one name
_LEAD_ON = frozenset(("推进", "推动", "促进", "争取", "形成", "覆盖"))


def noun_before(text: str, group: Group, frame: Frame, each: Each | None) -> Span:
    """The span of the noun, empty where nothing stands there."""
    stop = left_end(text, group)
    norm = _BY_NORM.search(text, group.left_start, stop) if frame.rule == "norm" else None
    if norm is not None:
        return trim(text, norm.start(1), stop)
    verb = group.leading_verb
    if verb is not None and verb.end <= stop and (frame.form == "count" or frame.rule == "object"):
        return _behind_verb(text, group.left_start, verb, stop)
    start, end = trim(text, group.left_start, stop, keep_verb=frame.form != "count")
    given = _GIVEN_TO.match(text, start, end) if frame.rule == "noun_number" else None
    if given is not None:
        return trim(text, given.end(), end)
    if verb is not None and start == verb.start and _is_no_part(text, verb, end, group, frame):
        start = verb.end
    return _without_each(text, (start, end), group, frame, each)


def _behind_verb(text: str, left: int, verb: Word, stop: int) -> Span:
    """What the verb counts; with the verb where that is part of the name."""
    if _PROJECTS.match(text, verb.start, stop) or _SIZE_ONLY.fullmatch(text, verb.end, stop):
        return trim(text, verb.start, stop)
    in_use = _IN_USE.match(text, verb.end, stop)
    if in_use is not None:
        return trim(text, in_use.end(), stop)
    if _COMPOUND.match(text, verb.end, stop) is not None:
        return trim(text, verb.end, stop)
    whose = _WHOSE.search(text, left, verb.start)
    return trim(text, verb.end if whose is None else whose.start(), stop, keep_verb=whose is not None)


def _is_no_part(text: str, verb: Word, end: int, group: Group, frame: Frame) -> bool:
    """提升 of `提升群众满意度95%`, 开展 of `开展业务培训不少于12期`, 落实 before a bound: no part of a level's name."""
    if frame.form in ("level", "quota") and verb.text in _KEEPS and group.tail.comparator is not None and end - verb.end >= _SHORTEST_NAME:
        return True
    if frame.form == "level" and verb.entry["form"] == "change" and verb.end < end and text[verb.end] != "类":
        return True
    return frame.form in ("level", "quota") and is_held(verb.text) and group.figures[0].measure in EVENTS


def _without_each(text: str, span: Span, group: Group, frame: Frame, each: Each | None) -> Span:
    """农民 of `每年培训农民不少于2000人次`, 赛事 of `每个镇全年举办赛事不少于4次`: without denominator and deed."""
    start, end = span
    if each is not None:
        start = each.start if _WHO.fullmatch(text, start, max(each.start, start)) is not None else start
        verb = group.leading_verb
        counts = verb is not None and start == verb.start and verb.entry["form"] == "count" and frame.form in ("level", "quota")
        if verb is not None and counts and group.figures[0].dimension in COUNTABLE and not HEAD.search(text[verb.end : end]):
            start, end = trim(text, verb.end, end, keep_verb=False)
        opens = text[start] == "每" and start == each.start and each.end + _SHORTEST_NAME <= end
        if opens and not each.stays and frame.form in ("count", "level", "quota"):
            start, end = trim(text, each.end, end, keep_verb=HEAD.search(text[each.end : end]) is not None)
        deed = _EACH_DEED.search(text, start, end)
        if deed is not None and (deed.start() == start or text[start] == "每"):
            return trim(text, deed.end(), end)
    built = _BUILT.match(text, start, end) if frame.rule == "reach" and group.figures[0].dimension in ("count", "households") else None
    return (start, end) if built is None else (built.end(), end)


def left_end(text: str, group: Group) -> int:
    """Where the words before the group's verb, bound and baseline end."""
    verb = group.tail.verb
    if group.figures[0].sort == "covered" and verb is not None and verb.entry["form"] == "count" and verb.text not in _LEAD_ON:
        return verb.end  # 安葬服务全覆盖, 标准化建设全覆盖: a noun
    if verb is not None and verb.entry["form"] == "money" and verb.text in _PAID_OUT and _GIVES_OUT.match(text, group.left_start, verb.start) is not None:
        return verb.end  # 发放租赁补贴300户
    if verb is not None and verb.entry["form"] == "count" and names_the_deed(text, group, verb):
        return verb.end  # 开展业务培训12期, 完成管网改造800公里: the deed is the noun of a light verb
    if group.baseline is None:
        return group.tail.start
    before = re.search(
        r"(?:由|从|较|比|在|自)[^由从较比在自，]{0,24}$", text[group.left_start : group.baseline.start]
    )
    return group.left_start + before.start() if before is not None else group.baseline.start
