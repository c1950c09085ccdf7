"""Task tables in which the measures are numbered and their tasks merged over them."""

from __future__ import annotations

from policy_commitments.pipeline.flow import process
from policy_commitments.pipeline.read import read_bytes

HEAD = "<tr><th>序号</th><th>工作任务</th><th>具体举措</th><th>牵头单位</th><th>完成时间</th></tr>"
NUMBERED = """
<tr><td>1</td><td rowspan="2">培育应用场景</td><td>打造示范场景30个以上。</td><td>省经信厅</td><td>2027年12月</td></tr>
<tr><td>2</td><td>编制场景清单，定期发布。</td><td>省数据局</td><td>2027年6月</td></tr>
<tr><td>3</td><td>壮大人才队伍</td><td>组建专家委员会。</td><td>省人社厅</td><td>2027年9月</td></tr>
"""
MERGED = """
<tr><td rowspan="2">1</td><td rowspan="2">培育应用场景</td><td>打造示范场景30个以上。</td><td>省经信厅</td><td>2027年12月</td></tr>
<tr><td>编制场景清单，定期发布。</td><td>省数据局</td><td>2027年6月</td></tr>
<tr><td>2</td><td>壮大人才队伍</td><td>组建专家委员会。</td><td>省人社厅</td><td>2027年9月</td></tr>
"""


def _titles(rows: str) -> list[str]:
    page = f"<html><body><h2>云岭省数字应用任务清单</h2><table>{HEAD}{rows}</table></body></html>"
    return [item.title for item in process(read_bytes(page.encode(), "list.html", "list.html")).items if item.is_task]


def test_numbered_measures_are_the_tasks() -> None:
    assert _titles(NUMBERED) == ["打造示范场景30个以上。", "编制场景清单，定期发布。", "组建专家委员会。"]


def test_a_numbered_task_keeps_its_measures() -> None:
    assert _titles(MERGED) == ["培育应用场景", "壮大人才队伍"]
