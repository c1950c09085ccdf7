"""Headings that date what stands under them."""

from __future__ import annotations

from policy_commitments.pipeline.flow import process
from policy_commitments.pipeline.read import read_bytes
from policy_commitments.pipeline.result import DocumentResult

TEXT = """云溪县充电设施建设实施方案
一、主要任务
（一）优化布局。加快布局公共充电站。
二、时间节点
（一）2027年4月底前
完成站点选址。建成充电桩120个。
（二）2027年6月底前。组织验收，建成充电站3座。
三、实施步骤
（一）动员部署阶段（2027年3月底前）
制定方案，开展宣传。
（二）强化要素保障（2026—2030年）
保障用地。
"""


def _result() -> DocumentResult:
    return process(read_bytes(TEXT.encode(), "plan.txt", "plan.txt"))


def test_a_date_alone_gives_its_day_to_the_first_sentence_and_a_stage_to_its_name() -> None:
    told = [(one.what, str(one.deadline)) for one in _result().milestones]
    assert told == [("完成站点选址", "2027-04-30"), ("动员部署阶段", "2027-03-31")]


def test_quantities_under_a_dated_heading_are_due_then() -> None:
    due = [(one.indicator, str(one.deadline), one.deadline_source) for one in _result().targets]
    assert due == [("充电桩", "2027-04-30", "section"), ("充电站", "2027-06-30", "item")]
