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


FIELDS = """河东区2023年全民健身工作实施计划
一、指导思想
以人民健康为中心。
二、主要任务
（一）完善健身设施
【目标】新建健身步道15公里，学校体育场馆开放率达到70%。
【责任】区教体局、区住建局
【时限】2023年11月底前
（二）丰富赛事活动
【目标】举办赛事20场次。
【责任】区教体局牵头，区总工会、团区委，各镇（街道）配合
【时限】2023年12月底前
"""
DEMANDS = """湾里县2022年防汛抗旱工作要点
2022年防汛抗旱工作要抓好以下几个方面。
一要抓责任落实。4月10日前在主流媒体公示。（县防办、县水利局，各乡镇）
二要抓隐患排查。排查水库86座。（县水利局牵头，县住建局、县自然资源局按职责负责）
三要抓物资队伍。储备编织袋10万条。（县应急局、县消防救援大队）
"""


def test_fields_in_square_brackets() -> None:
    result = process(source_of(FIELDS))
    assert facts(result) == [
        ("完善健身设施", ["区教体局 responsible", "区住建局 responsible"], ["完善健身设施 2023-11-30"]),
        (
            "丰富赛事活动",
            ["区教体局 lead", "区总工会 support", "团区委 support", "各镇（街道） support"],
            ["丰富赛事活动 2023-12-31"],
        ),
    ]
    assert [(one.indicator, one.value) for one in result.targets] == [("健身步道", 15), ("学校体育场馆开放率", 70), ("赛事", 20)]


def test_demands_that_close_with_agencies_are_the_tasks() -> None:
    result = process(source_of(DEMANDS))
    assert [(title, agencies) for title, agencies, _ in facts(result)] == [
        ("抓责任落实", ["县防办 responsible", "县水利局 responsible", "各乡镇 responsible"]),
        ("抓隐患排查", ["县水利局 lead", "县住建局 responsible", "县自然资源局 responsible"]),
        ("抓物资队伍", ["县应急局 responsible", "县消防救援大队 responsible"]),
    ]


OWNED = """平湖县教育高质量发展实施方案
一、工作目标
到2026年，学前三年毛入园率达到96%。
二、主要任务
（一）实施学位扩容行动（责任单位：县教育局、县住建局）
新增学位6000个。
（二）实施强师行动【县教育局牵头，县人社局配合】
招聘教师100名。
（三）实施家校共育行动。家长学校覆盖率达到100%。（县教育局、县妇联；2025年12月底前）
"""


def test_agencies_behind_a_heading_are_no_part_of_it_and_a_date_behind_agencies_is_due() -> None:
    assert facts(process(source_of(OWNED))) == [
        ("实施学位扩容行动", ["县教育局 responsible", "县住建局 responsible"], []),
        ("实施强师行动", ["县教育局 lead", "县人社局 support"], []),
        ("实施家校共育行动", ["县教育局 responsible", "县妇联 responsible"], ["实施家校共育行动 2025-12-31"]),
    ]
