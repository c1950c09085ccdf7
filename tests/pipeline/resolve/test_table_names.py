"""Tables whose heads leave open what names the rows: short names beside dates, measures beside their unit, prose that is assessed."""

from __future__ import annotations

from policy_commitments.pipeline.result import DocumentResult
from tests.pipeline.resolve.table_cases import result_of

CAMPAIGNS = """
专项整治行业名称 | 时间安排 | 责任单位
烟花爆竹 | 4月底前 | 镇应急管理办公室
建筑施工 | 5月底前 | 镇城镇建设办公室
交通运输 | 11月底前 | 镇派出所
"""
SHARED = """
考核项目 | 序号 | 考核指标 | 考核内容 | 单位 | 年度目标 | 责任部门
农业高质高效 | 1 | 保障重要农产品供给 | 粮食播种面积 | 万亩 | 3.2 | 县农业农村局
^ | 2 | ^ | 粮食总产量 | 万吨 | 1.4 | 县农业农村局
^ | 3 | ^ | 家禽出栏 | 万只 | 25 | 县农业农村局
^ | 4 | ^ | 水产品产量 | 吨 | ≥800 | 县农业农村局
"""
ASSESSED = """
类别 | 考核指标 | 指标内容 | 分值
经济发展 | 招商引资 | 策划包装5000万元以上项目2个，完成到位资金1200万元。 | 4
^ | 工业经济 | 培育规模以上工业企业3户，完成工业投资6000万元。 | 6
"""
UNHEADED = """
 | 具体要求 | 责任科室 | 时限要求
规范公开 | 对行政规范性文件进行全面清理，公布现行有效文件目录 | 办公室 | 9月底前
政策解读 | 丰富解读形式，做好重大政策的解读和回应工作 | 法规科 | 持续推进
"""


def _tasks(result: DocumentResult) -> list[str]:
    return [item.title for item in result.items if item.is_task]


def test_short_names_beside_dates_and_agencies_are_tasks() -> None:
    result = result_of({"table": CAMPAIGNS})
    assert _tasks(result) == ["烟花爆竹", "建筑施工", "交通运输"]
    assert [one.agency for one in result.responsibilities] == ["镇应急管理办公室", "镇城镇建设办公室", "镇派出所"]
    assert [str(one.deadline) for one in result.milestones] == ["2021-04-30", "2021-05-31", "2021-11-30"]


def test_a_measure_is_named_beside_its_unit() -> None:
    found = [(one.indicator, one.value, one.unit) for one in result_of({"table": SHARED}).targets]
    assert found == [("粮食播种面积", 32_000, "亩"), ("粮食总产量", 14_000, "吨"), ("家禽出栏", 250_000, "只"), ("水产品产量", 800, "吨")]


def test_what_is_assessed_in_prose_holds_targets() -> None:
    result = result_of({"table": ASSESSED})
    assert _tasks(result) == ["招商引资", "工业经济"]
    assert [one.value for one in result.targets] == [2, 12_000_000, 3, 60_000_000]


def test_a_column_without_a_head_names_what_is_required() -> None:
    assert _tasks(result_of({"table": UNHEADED})) == ["规范公开", "政策解读"]
