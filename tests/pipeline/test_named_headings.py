"""Outlines whose headings name what they count (行动一：, 【任务1】) or number chapters without a mark (1 总则 / 1.1 编制目的)."""

from __future__ import annotations

import pytest

from tests.pipeline.texts import outline_of, shown

PLAN = """1 总则
1.1 编制目的
建立健全应急救援体系，规范应急救援行动。
1.2 编制依据
《地质灾害防治条例》等。
2 组织体系
2.1 县指挥部
县长任总指挥。
2.1.1 县自然资源局：负责监测。
2.1.2 县应急局：负责救援。
2.2 办公室
设在县自然资源局。
3 监测预警
加快建立监测体系。
4 附则
本预案自印发之日起施行。
"""

ACTIONS = """某县制造业提质三年行动方案
一、总体目标
到2025年，规上工业企业达到150家。
二、重点行动
{0}企业倍增行动
每年新增规上工业企业15家以上。
责任单位：县工信局
{1}技改提升行动
每年实施技改项目不少于30个。
责任单位：县工信局
三、保障措施
加强领导。
"""


@pytest.mark.parametrize("mark", ["", "."])
def test_chapters_above_their_decimals(mark: str) -> None:
    text = "".join(
        line.replace(line[0], line[0] + mark, 1) if line[1:2] == " " else line for line in PLAN.splitlines(keepends=True)
    )
    items = outline_of(text).items
    assert [(item.level, item.title) for item in items] == [
        (1, "总则"),
        (2, "编制目的"),
        (2, "编制依据"),
        (1, "组织体系"),
        (2, "县指挥部"),
        (3, "县自然资源局"),
        (3, "县应急局"),
        (2, "办公室"),
        (1, "监测预警"),
        (1, "附则"),
    ]


@pytest.mark.parametrize(
    "labels",
    [("行动一：", "行动二："), ("行动1  ", "行动2  "), ("【任务1】", "【任务2】"), ("重点工程之一：", "重点工程之二："), ("（任务一）", "（任务二）")],
)
def test_headings_that_name_what_they_count(labels: tuple[str, str]) -> None:
    outline = outline_of(ACTIONS.format(*labels))
    assert [line.split(" ", 1)[1].rpartition(" ")[0].split(" ")[-1] for line in shown(outline.items)] == [
        "总体目标",
        "重点行动",
        "企业倍增行动",
        "技改提升行动",
        "保障措施",
    ]
    assert [item.title for item in outline.items if item.is_task] == ["企业倍增行动", "技改提升行动", "保障措施"]


@pytest.mark.parametrize("lines", [("项目一期建设", "项目二期建设"), ("任务一览表", "任务二维码"), ("项目10个", "项目20个"), ("工作1年", "工作2年"), ("行动一", "")])
def test_words_that_only_look_so(lines: tuple[str, str]) -> None:
    text = "某县方案\n一、重点任务\n加快建设。\n" + "\n".join(f"{line}加快推进。" for line in lines) + "\n二、保障措施\n加强领导。\n"
    assert [item.title for item in outline_of(text).items] == ["重点任务", "保障措施"]


@pytest.mark.parametrize("title", ["编制目的", "规范服务行为", "鼓励担当作为", "明确努力方向", "促进机会均等", "强化风险应对", "推进全民普及"])
def test_headings_that_end_like_a_particle_are_whole(title: str) -> None:
    text = f"某县方案\n一、总体要求\n坚持。\n二、重点任务\n（一）{title}\n全面推行服务合同，签订率达到95%。\n（二）加强监管\n定期检查。\n"
    assert title in [item.title for item in outline_of(text).items]


LABELLED = """某县水利发展实施方案
一、总体目标
新增灌溉面积3.5万亩。
二、重点任务
{0}抓好水库除险加固。完成12座。（责任单位：县水利局）
{1}推进灌区改造。改造渠道45公里。（责任单位：县水利局、县农业农村局）
三、保障措施
加强领导。
"""


@pytest.mark.parametrize("labels", [("㈠", "㈡"), ("⑴", "⑵"), ("⒈", "⒉"), ("❶", "❷"), ("一是", "二是")])
def test_labels_of_one_sign_and_members_with_agencies_of_their_own(labels: tuple[str, str]) -> None:
    items = outline_of(LABELLED.format(*labels)).items
    assert [(item.label, item.number, item.title) for item in items if item.is_task] == [
        (labels[0], 1, "抓好水库除险加固"),
        (labels[1], 2, "推进灌区改造"),
        ("三、", 3, "保障措施"),
    ]


def test_members_without_agencies_stay_measures() -> None:
    text = LABELLED.format("一是", "二是").replace("（责任单位：县水利局）", "")
    assert [item.title for item in outline_of(text).items] == ["总体目标", "重点任务", "保障措施"]


@pytest.mark.parametrize("text", [PLAN, PLAN.replace("\n1 ", "\n1").replace("\n2 ", "\n2").replace("\n3 ", "\n3").replace("\n4 ", "\n4")])
def test_chapters_of_printed_lines_are_no_page_numbers(text: str) -> None:
    long = "为规范地质灾害应急救援行动，最大限度地减少人员伤亡和财产损失\n" * 12 + "，制定本预案。\n"
    items = outline_of("某县应急预案\n" + text.replace("县长任总指挥。\n", long).replace("加快建立监测体系。\n", long), wrapped=True).items
    assert [item.title for item in items if item.level == 1] == ["总则", "组织体系", "监测预警", "附则"]
