"""The thing measured inside a 每 phrase, e.g. `每班学生不超过45人`: the denominator is 班, the name 每班学生.

A 每 phrase before a bound is read as the denominator to its end; where nothing else names what is measured, the words
behind its unit do.
"""

from __future__ import annotations

import re
from dataclasses import replace

from policy_commitments.extractors.each_phrase import Each
from policy_commitments.extractors.figure_groups import Group
from policy_commitments.extractors.indicator_phrase import HEAD
from policy_commitments.extractors.lexicon import denominators
from policy_commitments.schemas.mentions import Span

_UNIT = re.compile(
    r"(?:个|名|位|所|家|座|处|辆|台|间|张|支)(?:标准|建制)?"
    r"(?:班级|学校|学生|教师|医生|护士|社区|村居|行政村|自然村|乡镇|街道|园区|企业|项目|家庭|职工|机构|单位|部门|网点|站点|学科|专业|岗位|干部|党员|[^，。；、]{2}?(?=.{2}))"
    r"|班|车|桌|床|间|栋|楼|县|乡|镇|村|校|院|店|站|船|厂|园|家"
)
_MEASURED = re.compile(r"(?:学生|幼儿|儿童|婴幼儿|老人|乘客|人员|旅客|床位|车辆|用餐|课时|作业|会议|时间|经费|用房)$")
_SHORTEST = 2


def measured_inside(text: str, group: Group, each: Each | None, *, carried: bool) -> tuple[Each, tuple[str, tuple[Span, ...]]] | None:
    """The shorter 每 phrase and the name, None where the whole phrase is the denominator.

    `carried` says that the sentence has named something already: the words must then end like a measure themselves.
    """
    if each is None or each is not group.tail.each or group.tail.comparator is None or not text.startswith("每", each.start):
        return None
    begin = each.start + 1
    known = denominators().after(text, begin, each.end)
    unit = known.end if known is not None else begin
    if known is None:
        found = _UNIT.match(text, begin, each.end)
        unit = found.end() if found is not None else begin
    if unit == begin or each.end - unit < _SHORTEST:
        return None
    if carried and _MEASURED.search(text, unit, each.end) is None and HEAD.search(text[unit : each.end]) is None:
        return None
    name = (each.start, each.end)
    return replace(each, end=unit, text=text[begin:unit].lstrip("个名位所家座处")), (text[name[0] : name[1]], (name,))
