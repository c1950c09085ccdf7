"""Goals stated between a plan's title and its first heading are an item; letters, purposes and looks back are none."""

from __future__ import annotations

import pytest

from policy_commitments.pipeline.flow import process
from policy_commitments.pipeline.result import DocumentResult
from tests.pipeline.texts import outline_of, source_of

FRAME = """关于加快青禾市新材料产业发展的若干意见
{}
一、做强产业
（一）培育企业。完善梯队。
二、保障措施
（一）加强领导。成立专班。
"""


def result_of(opening: str) -> DocumentResult:
    return process(source_of(FRAME.format(opening)))


@pytest.mark.parametrize(
    ("opening", "title", "targets", "milestones"),
    [
        (
            "总的要求是，坚持创新引领，力争经过3年努力，到2025年全市新材料产业产值达到500亿元以上，规上企业突破80家。",
            "总的要求",
            [("全市新材料产业产值", 5e10, "2025-12-31"), ("规上企业", 80, "2025-12-31")],
            [],
        ),
        (
            "2019年全市经济社会发展主要预期目标建议为：地区生产总值增长7%左右；城镇登记失业率控制在4%以内。为此，要做好以下工作：",
            "2019年全市经济社会发展主要预期目标",
            [("地区生产总值", 7, "2019-12-31"), ("城镇登记失业率", 4, "2019-12-31")],
            [],
        ),
        (
            "近年来，我市建成园区12个。总体目标是，到2027年，建成省级新材料创新中心，产业产值达到600亿元。",
            "总体目标",
            [("产业产值", 6e10, "2027-12-31")],
            ["建成省级新材料创新中心"],
        ),
        (
            "2026年推进50个产业项目和20个民生项目。其中新开工项目60个，力争当年竣工项目40个。",
            "2026年推进50个产业项目和20个民生项目",
            [("产业项目", 50, "2026-12-31"), ("民生项目", 20, "2026-12-31"), ("新开工项目", 60, "2026-12-31"), ("竣工项目", 40, "2026-12-31")],
            [],
        ),
        ("力争到2026年，全市茶园面积发展到35万亩。", "力争到2026年，全市茶园面积发展到35万亩", [("全市茶园面积", 350000, "2026-12-31")], []),
    ],
)
def test_goals_before_the_first_heading_are_read(
    opening: str, title: str, targets: list[tuple[str, float, str]], milestones: list[str]
) -> None:
    result = result_of(opening)
    item = result.items[0]
    assert (item.title, item.role, item.label, item.is_task, item.origin) == (title, "goal", None, False, "preamble")
    assert [(one.indicator, one.value, str(one.deadline)) for one in result.targets] == targets
    assert [one.what for one in result.milestones] == milestones
    assert {row.item_id for row in (*result.targets, *result.milestones)} == {item.item_id}


@pytest.mark.parametrize(
    "opening",
    [
        "各区人民政府：\n现将《青禾市新材料产业规划（到2025年）》印发给你们，力争抓出实效，2023年底前报送情况。",
        "为实现到2025年全市新材料产业产值达到500亿元的要求，结合实际，制定本意见。",
        "截至2022年底，全市新材料产业产值达到300亿元，完成了年度目标。",
        "根据《新材料产业发展目标任务（到2025年）》，提出如下意见。",
    ],
)
def test_letters_purposes_and_looks_back_open_no_item(opening: str) -> None:
    result = result_of(opening)
    assert result.items[0].label == "一、"
    assert not result.targets
    assert not result.milestones


def test_what_stands_before_the_goal_stays_front() -> None:
    outline = outline_of(FRAME.format("我市基础较好。总体目标是，到2027年产值达到600亿元。"))
    assert outline.clean.text[: outline.front[1]].endswith("我市基础较好。")
    assert not outline.unplaced
    assert outline.items[0].end == outline.items[1].start
