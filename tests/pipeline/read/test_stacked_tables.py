"""Tables with one cell on a line: categories before the numbers, measures and values behind the names."""

from __future__ import annotations

from policy_commitments.pipeline.flow import process
from policy_commitments.pipeline.read import read_bytes

TASKS = """附件
云溪区2026—2028年街区更新重点任务清单
任务类型

序号

工作任务

推进单位

行动一：焕新老街（风貌行动）

1

修缮南门老街沿线骑楼

区住建局、区文旅局、区城投集团

老旧小区

2

完成老旧小区改造12个

区“两改”专班、区房管中心、各相关街道

3

加装电梯约40台

行动二：畅通水岸（滨水行动）

水岸空间

4

新建滨水步道6公里

区水务局
"""

INDICATORS = """云溪区城乡供水“十五五”规划
一、发展目标
到2030年，供水保障能力明显增强。
主要指标
类别
序号
一级指标
二级指标
单位
属性
“十四五”
完成值
“十五五”
目标值

水源
1
水源工程
新建水源工程数量
座
预期性
3
5

2
备用水源
备用水源覆盖率
％
约束性
-
≥90

管网
3
管网改造
老旧管网改造长度
公里
预期性
120
160

4
漏损率
%
约束性

≤9

5
智慧供水
水厂改造数量
个
预期性
启动2个水厂改造
2027年底前，全面启动水厂改造；2028年全面完成前期改造

6
用水户满意度
%
预期性
92
95
"""


def test_categories_before_the_numbers_are_no_tasks() -> None:
    result = process(read_bytes(TASKS.encode(), "list.md", "list.md"))
    titles = [item.title for item in result.items if item.is_task]
    assert titles == ["修缮南门老街沿线骑楼", "完成老旧小区改造12个", "加装电梯约40台", "新建滨水步道6公里"]
    assert [(one.source, one.value, one.unit, one.comparator) for one in result.targets] == [
        ("table", 12, "个", "eq"),
        ("table", 40, "台", "approx"),
        ("table", 6, "公里", "eq"),
    ]
    named = ["区住建局", "区文旅局", "区城投集团", "区“两改”专班", "区房管中心", "各相关街道", "区水务局"]
    assert [one.agency for one in result.responsibilities] == named
    assert {one.role for one in result.responsibilities} == {"responsible"}


def test_values_stand_behind_measures_and_attributes() -> None:
    result = process(read_bytes(INDICATORS.encode(), "plan.txt", "plan.txt"))
    rows = [(one.indicator, one.value, one.unit, one.comparator, one.baseline, one.strength) for one in result.targets]
    assert rows == [
        ("新建水源工程数量", 5, "座", "eq", 3, "expected"),
        ("备用水源覆盖率", 90, "%", "ge", None, "binding"),
        ("老旧管网改造长度", 160, "公里", "eq", 120, "expected"),
        ("漏损率", 9, "%", "le", None, "binding"),
        ("用水户满意度", 95, "%", "eq", 92, "expected"),
    ]
    assert {(str(one.deadline), one.deadline_source) for one in result.targets} == {("2030-12-31", "table")}


def test_dated_words_in_a_cell_of_values_are_milestones() -> None:
    result = process(read_bytes(INDICATORS.encode(), "plan.txt", "plan.txt"))
    told = [(one.what, str(one.deadline)) for one in result.milestones if one.source == "table"]
    assert told == [("全面启动水厂改造", "2027-12-31"), ("全面完成前期改造", "2028-12-31")]


def test_lines_without_a_row_that_fits_stay_prose() -> None:
    text = "类别\n序号\n指标\n单位\n2030年\n甲类\n1\n第一项说明文字。\n2\n第二项说明文字。\n3\n第三项说明文字。\n"
    assert read_bytes(text.encode(), "list.txt").tables == ()
