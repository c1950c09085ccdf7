"""Documents that tell what was done promise only in sentences about what comes next."""

from __future__ import annotations

import pytest

from policy_commitments.extractors.told import tells_of_work
from policy_commitments.pipeline.flow import process
from policy_commitments.pipeline.read import read_bytes

BULLETIN = """2023年一季度全县经济运行情况通报

一季度，全县完成地区生产总值52.3亿元，同比增长5.8%；城镇新增就业860人，占目标任务的28.7%。
存在的主要问题：项目开工率仅为62%，低于序时进度18个百分点。
下一步要抓好三项工作：一是全力抓项目，确保上半年开工率达到85%以上；二是帮扶23户企业，力争全年规上工业增加值增长8%。
"""
REPLY = """关于第45号提案办理情况的报告

一、工作开展情况
新建停车场12个，新增停车位3200个。
二、下一步工作打算
新建停车场5个，新增停车位1500个。
"""


SUMMARY = """某县农业农村局2024年工作总结及2025年工作打算

一、2024年主要工作
全年完成粮食播种面积30万亩，新建高标准农田2万亩。
二、2025年工作打算
建成高标准农田3万亩。
"""


@pytest.mark.parametrize(
    ("title", "tells"),
    [
        ("2023年全县经济运行情况通报", True),
        ("关于重点工作推进情况的通报", True),
        ("某县教育局2022年工作总结", True),
        ("2022年国民经济和社会发展统计公报", True),
        ("某县农业农村局2024年工作总结及2025年工作打算", True),
        ("政府工作报告", False),
        ("关于2023年计划执行情况和2024年计划草案的报告", False),
        ("2024年重点任务落实方案", False),
    ],
)
def test_titles(title: str, tells: bool) -> None:
    assert tells_of_work(title) is tells


def test_results_promise_nothing() -> None:
    result = process(read_bytes(BULLETIN.encode(), "a.txt"))
    assert [(one.indicator, one.value) for one in result.targets] == [("开工率", 85), ("企业", 23), ("规上工业增加值", 8)]


def test_sections_about_what_comes_next_are_read_whole() -> None:
    result = process(read_bytes(REPLY.encode(), "a.txt"))
    assert [(one.indicator, one.value) for one in result.targets] == [("停车场", 5), ("停车位", 1500)]


def test_a_summary_with_plans_promises_in_its_plans() -> None:
    result = process(read_bytes(SUMMARY.encode(), "a.txt"))
    assert [(one.indicator, one.value) for one in result.targets] == [("高标准农田", 30000)]
