"""Numbered lists of tasks in annexes are tasks; lists of other things, and tasks that the body names, are not."""

from __future__ import annotations

import pytest

from policy_commitments.pipeline.flow import process
from tests.pipeline.texts import outline_of, source_of

FRAME = """青禾县人民政府办公室关于做好2024年重点工作的通知
一、强化责任
（一）新建口袋公园。建成5个。
（二）改造老旧小区。逐处推进。
二、强化督查
每月通报进展。
附件1
{}
{}
"""
TASKS = "1.投资3000万元建设轻工产业园。\n2.新增规上企业12家，培育链主企业。"


def leaves(title: str, items: str) -> list[tuple[str, str, bool]]:
    outline = outline_of(FRAME.format(title, items))
    return [(one.title, one.role, one.is_task) for one in outline.items if one.parent is not None and outline.items[one.parent].role == "annex"]


@pytest.mark.parametrize("title", ["2024年县政府重点任务清单", "2024年重点工作责任分解表", "2024年民生实事项目", "2024年目标任务分工方案"])
def test_numbered_tasks_of_an_annex(title: str) -> None:
    assert leaves(title, TASKS) == [
        ("投资3000万元建设轻工产业园", "task", True),
        ("新增规上企业12家，培育链主企业", "task", True),
    ]


def test_their_figures_are_targets() -> None:
    result = process(source_of(FRAME.format("2024年县政府重点任务清单", TASKS)))
    assert [(one.indicator, one.value) for one in result.targets if one.value in (12, 3e7)] == [("轻工产业园投资", 3e7), ("规上企业", 12)]


@pytest.mark.parametrize(
    ("title", "items"),
    [
        ("领导小组成员单位职责分工", "1.县城管局：负责督促口袋公园建设。\n2.县住建局：负责督促老旧小区改造。"),
        ("政务服务事项清单", "1.新建口袋公园的许可和审批。\n2.改造老旧小区的备案和审批。"),
        ("2024年县政府重点任务清单", "1.轻工园\n2.规上企业"),
        ("2024年县政府重点任务清单", "1.新建口袋公园。县城管局负责落实。\n2.改造老旧小区。县住建局负责落实。"),
    ],
)
def test_other_lists_and_tasks_of_the_body_stay_annex(title: str, items: str) -> None:
    assert {role for _, role, _ in leaves(title, items)} == {"annex"}
