"""Tables whose figures are planned by the words over them: indicators beside places, the year's investment, goals over tasks."""

from __future__ import annotations

from typing import Any

from tests.pipeline.resolve.table_cases import result_of

PLACES = """
乡镇 | 农村居民人均可支配收入增速（%） | 粮食播种面积（万亩） | 户厕改造（户） | 招商引资到位资金（亿元）
城关镇 | 8 | 3.2 | 120 | 2.5
河西镇 | 8.5 | 4.1 | 200 | 1.2
"""
SUMS = """
镇（街道） | 项目个数（个） | 到位资金（亿元） | 其中：工业项目（个）
城关镇 | 6 | 2.5 | 3
东山街道 | 4 | 0.8 | 2
"""
PROJECTS = """
序号 | 项目名称 | 建设内容 | 总投资（万元） | 2024年计划投资（万元） | 责任单位
1 | 第三中学建设 | 新建教学楼2栋，新增学位900个 | 8600 | 3000 | 县教育局
2 | 供热管网改造 | 改造供热管网18公里 | 4200 | 4000 | 县住建局
"""
GOALS = """
工作目标 | 重点任务 | 具体举措 | 牵头部门 | 完成时间
提升开办企业便利度 | 压缩开办时间 | 企业开办时间压缩至0.5个工作日以内 | 县市场监管局 | 2024年6月
^ | 推行电子证照 | 电子营业执照应用覆盖率达到90% | 县市场监管局 | 2024年12月
"""


def _rows(tables: dict[str, Any]) -> list[tuple[str | None, float | None, str | None, str | None]]:
    return [(one.indicator, one.value, one.unit, one.kind) for one in result_of(tables).targets]


def test_every_column_of_figures_beside_places() -> None:
    assert _rows({"above": ["各乡镇2024年主要指标任务分解"], "table": PLACES})[:4] == [
        ("城关镇农村居民人均可支配收入增速", 8, "%", "rate_of_change"),
        ("城关镇粮食播种面积", 32_000, "亩", "level"),
        ("城关镇户厕改造", 120, "户", "count"),
        ("城关镇招商引资到位资金", 250_000_000, "元", "money"),
    ]


def test_a_part_belongs_to_the_column_in_its_measure() -> None:
    assert _rows({"above": ["2024年招商引资任务分解表"], "table": SUMS})[:3] == [
        ("城关镇项目个数", 6, "个", "count"),
        ("城关镇到位资金", 250_000_000, "元", "money"),
        ("城关镇项目个数（工业项目）", 3, "个", "count"),
    ]


def test_what_is_to_be_spent_in_the_year_and_no_total() -> None:
    result = result_of({"above": ["重点项目计划表"], "table": PROJECTS})
    sums = [one for one in result.targets if one.kind == "money"]
    titles = {item.item_id: item.title for item in result.items}
    assert [(titles[str(one.item_id)], one.indicator, one.value, str(one.deadline)) for one in sums] == [
        ("第三中学建设", "第三中学建设计划投资", 30_000_000, "2024-12-31"),
        ("供热管网改造", "供热管网改造计划投资", 40_000_000, "2024-12-31"),
    ]
    assert sorted(one.value for one in result.targets if one.value is not None and one.kind == "count") == [2, 18, 900]


def test_a_goal_before_the_task_groups_it() -> None:
    result = result_of({"above": ["优化营商环境任务分工表"], "table": GOALS})
    assert [item.title for item in result.items if item.is_task] == ["压缩开办时间", "推行电子证照"]
    assert [one.what for one in result.milestones] == []
    assert [one.value for one in result.targets] == [0.5, 90]

SPACED = """全市重点产业链工作任务分解

序号 产业链 2025年目标 重点任务 责任单位
1 新能源汽车 产值突破800亿元 引进核心零部件企业10家 市经信局、市投促局
2 生物医药 产值达到300亿元，上市创新药2个 建设中试基地1个 市科技局、市卫健委
"""


def test_cells_with_single_blanks_between_them_and_the_goal_of_a_year() -> None:
    result = result_of({"text": SPACED})
    assert [(one.indicator, one.value, str(one.deadline)) for one in result.targets if one.deadline is not None] == [
        ("新能源汽车产值", 80_000_000_000, "2025-12-31"),
        ("生物医药产值", 30_000_000_000, "2025-12-31"),
        ("创新药", 2, "2025-12-31"),
    ]
    assert [one.agency for one in result.responsibilities] == ["市经信局", "市投促局", "市科技局", "市卫健委"]

WORKS = """
类别 | 重点项目
交通 | 1.高速公路：建成云江至白山高速80公里。2.农村公路：新改建500公里。
水利 | 新建中型水库2座；治理中小河流60公里。
"""


def test_works_by_category_promise_and_are_no_tasks() -> None:
    result = result_of({"above": ["“十四五”时期基础设施建设重大工程"], "table": WORKS})
    assert [(one.indicator, one.value) for one in result.targets] == [("云江至白山高速", 80), ("农村公路", 500), ("中型水库", 2), ("中小河流", 60)]
    assert [item.title for item in result.items if item.is_task] == []
    assert [one.what for one in result.milestones] == []

STACKED = """
单位 | 固定资产投资 | < | 招商引资 | <
^ | 目标（亿元） | 增速（%） | 到位资金（亿元） | 新签约项目（个）
城关镇 | 12.5 | 8 | 5 | 6
开发区 | 30 | 10 | 15 | 12
"""
COMPARED = """
指标 | 2025年比2020年下降（%） | 责任单位
化学需氧量 | 8 | 县生态环境分局
氨氮 | 9 | 县生态环境分局
"""
BESIDE = """
指标 | 2020年 | 规划目标 | < | 属性
^ | ^ | 2023年 | 2025年 | ^
学前三年毛入园率（%） | 88.5 | 91 | 93 | 预期性
残疾儿童入学率（%） | 95 | 97 | 98 | 约束性
"""


def test_heads_over_heads_beside_places() -> None:
    assert _rows({"above": ["2025年度计划指标分解表"], "table": STACKED})[:4] == [
        ("城关镇固定资产投资", 1_250_000_000, "元", "money"),
        ("城关镇固定资产投资增速", 8, "%", "rate_of_change"),
        ("城关镇招商引资到位资金", 500_000_000, "元", "money"),
        ("城关镇招商引资新签约项目", 6, "个", "count"),
    ]


def test_a_change_between_two_years_is_not_yearly() -> None:
    result = result_of({"above": ["主要污染物减排目标"], "table": COMPARED})
    assert [(one.indicator, one.value, one.per, one.kind, str(one.deadline)) for one in result.targets] == [
        ("化学需氧量", 8, None, "rate_of_change", "2025-12-31"),
        ("氨氮", 9, None, "rate_of_change", "2025-12-31"),
    ]
    assert {one.direction for one in result.targets} == {"decrease"}


def test_a_year_before_those_under_the_goal_is_the_present() -> None:
    result = result_of({"issued": 2020, "table": BESIDE})
    assert [(one.value, one.baseline) for one in result.targets] == [(91, 88.5), (93, 88.5), (97, 95), (98, 95)]

VALUES = """
序号 | 工作任务 | 目标要求 | 牵头单位
1 | 地区生产总值 | 增长6%以上 | 县发改局
2 | 规上工业企业 | 净增12家，总数达到96家 | 县工信局
3 | 新建幼儿园 | 3所，9月份投入使用 | 县教育局
"""
YEARS = """
重点任务 | 工作措施 | 2024年 | 2025年 | 责任单位
燃气管道更新改造 | 更新老旧管道50公里 | 15公里 | 20公里 | 县住建局
重大隐患清零 | 动态排查整治 | 整改率95% | 整改率98% | 县安委办
"""
PLACE_HEADS = """
指标 | 单位 | 全县 | 城关镇 | 东山乡 | 责任单位
新增高标准农田 | 亩 | 12000 | 4000 | 3000 | 县农业农村局
户厕改造 | 户 | 900 | 300 | 200 | 县农业农村局
"""


def test_values_beside_a_task_are_of_what_it_is_called() -> None:
    assert _rows({"table": VALUES}) == [
        ("地区生产总值", 6, "%", "rate_of_change"),
        ("规上工业企业", 12, "家", "count"),
        ("规上工业企业总数", 96, "家", "level"),
        ("幼儿园", 3, "所", "count"),
    ]


def test_goals_of_years_beside_tasks() -> None:
    result = result_of({"table": YEARS})
    assert [item.title for item in result.items if item.is_task] == ["燃气管道更新改造", "重大隐患清零"]
    assert [(one.indicator, one.value, str(one.deadline)) for one in result.targets if one.deadline is not None] == [
        ("燃气管道更新改造", 15, "2024-12-31"),
        ("燃气管道更新改造", 20, "2025-12-31"),
        ("重大隐患清零整改率", 95, "2024-12-31"),
        ("重大隐患清零整改率", 98, "2025-12-31"),
    ]


def test_places_as_heads() -> None:
    found = [(one.indicator, one.value) for one in result_of({"table": PLACE_HEADS}).targets]
    assert found[:3] == [("全县新增高标准农田", 12_000), ("城关镇新增高标准农田", 4_000), ("东山乡新增高标准农田", 3_000)]
    assert len(found) == 6
