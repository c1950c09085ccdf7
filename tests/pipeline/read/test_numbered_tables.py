"""Tables whose cells stand one on a line and whose rows are told by their numbers."""

from __future__ import annotations

from policy_commitments.pipeline.flow import process
from policy_commitments.pipeline.read import read_bytes

TEXT = """云溪县2026年民生实事任务分解表
2026年2月18日
序号
民生实事
责任单位
完成时限
1
新建东河治理工程3处。
县水利局
县住建局
县东河指挥部
12月底前
2
新建人行天桥2座。
县住建局
9月底前
3
开工建设养老楼。
县民政局
5月底前
开工建设老年大学。
12月底前
4
新建农贸市场1个。
县商务局
10月底前
此件公开发布。
"""


def test_rows_of_several_lines_and_rows_under_one_number() -> None:
    result = process(read_bytes(TEXT.encode(), "table.txt", "table.txt"))
    targets = [(one.indicator, one.value, str(one.deadline)) for one in result.targets]
    assert targets == [("东河治理工程", 3, "2026-12-31"), ("人行天桥", 2, "2026-09-30"), ("农贸市场", 1, "2026-10-31")]
    assert [(one.what, str(one.deadline)) for one in result.milestones] == [("开工建设养老楼", "2026-05-31"), ("开工建设老年大学", "2026-12-31")]
    assert [one.agency for one in result.responsibilities] == ["县水利局", "县住建局", "县东河指挥部", "县住建局", "县民政局", "县商务局"]


def test_numbers_without_such_heads_are_no_table() -> None:
    text = "序号\n姓名\n电话\n1\n张某\n0000\n2\n李某\n0001\n3\n王某\n0002\n4\n赵某\n0003\n"
    assert read_bytes(text.encode(), "list.txt").tables == ()
