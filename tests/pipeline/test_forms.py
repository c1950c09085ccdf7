"""Tasks in forms of labels and values, with colons or on alternating lines."""

from __future__ import annotations

import pytest

from policy_commitments.pipeline.flow import process
from policy_commitments.pipeline.result import DocumentResult
from tests.pipeline.texts import source_of

COLON = """青禾县2022年《政府工作报告》任务分解
工作任务：全面推进学校建设，新建幼儿园3所。
责任单位：县教育局、县住建局
配合单位：各乡镇
完成时限：2022年11月底前
工作任务：实施水库除险加固工程，加固水库5座。
责任单位：县水利局
配合单位：各乡镇
完成时限：2022年12月底前完成
"""
LINES = COLON.replace("工作任务：", "具体任务\n").replace("单位：", "单位\n").replace("时限：", "时限\n")
NUMBERED = COLON.replace("工作任务：全", "一、\n工作任务：全").replace("工作任务：实", "二、\n工作任务：实")


def facts(result: DocumentResult) -> list[tuple[str, list[str], list[str]]]:
    found = []
    for item in result.items:
        agencies = [f"{one.agency} {one.role}" for one in result.responsibilities if one.item_id == item.item_id]
        due = [f"{one.what} {one.deadline}" for one in result.milestones if one.item_id == item.item_id]
        if item.is_task:
            found.append((item.title, agencies, due))
    return found


@pytest.mark.parametrize("text", [COLON, LINES, NUMBERED], ids=["colons", "lines", "numbered"])
def test_labels_and_values(text: str) -> None:
    result = process(source_of(text))
    assert result.document.title == "青禾县2022年《政府工作报告》任务分解"
    first, second = "全面推进学校建设，新建幼儿园3所", "实施水库除险加固工程，加固水库5座"
    assert facts(result) == [
        (first, ["县教育局 responsible", "县住建局 responsible", "各乡镇 support"], [f"{first} 2022-11-30"]),
        (second, ["县水利局 responsible", "各乡镇 support"], [f"{second} 2022-12-31"]),
    ]


def test_a_label_over_no_owner_is_a_section_like_any_other() -> None:
    result = process(source_of("青禾县绿化方案\n工作任务\n全面推进县城绿化，新建口袋公园3个。\n保障措施\n成立工作专班，每月通报进展，逐级抓好落实。\n"))
    assert [item.title for item in result.items] == ["工作任务", "保障措施"]
