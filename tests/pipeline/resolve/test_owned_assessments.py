"""Assessment tables with offices under 考核项目: they own what is assessed beside them."""

from __future__ import annotations

from policy_commitments.pipeline.flow import process
from policy_commitments.pipeline.read import read_bytes

PAGE = """<html><body><table><caption>云溪县2027年林长制工作考核细则</caption>
<tr><th>序号</th><th colspan="2">考核项目</th><th>分值</th><th>考核内容</th><th>评分标准</th></tr>
<tr><td>1</td><td rowspan="3">重点部门</td><td>县林业局</td><td>40</td><td>持续推进松材线虫病疫木清理</td><td>1.建立台账（20分）；2.按时清理（20分）。</td></tr>
<tr><td rowspan="2">2</td><td rowspan="2">县公安局</td><td>15</td><td>持续打击非法采伐林木行为</td><td>依法查处案件（15分）。</td></tr>
<tr><td>15</td><td>持续开展野生动物保护执法</td><td>开展联合检查（15分）。</td></tr>
<tr><td>3</td><td>一般部门</td><td>县财政局</td><td>30</td><td>落实林长制工作专项经费保障</td><td>及时拨付（30分）。</td></tr>
</table></body></html>"""


def test_what_stands_beside_the_office_is_the_task() -> None:
    result = process(read_bytes(PAGE.encode(), "rules.html", "rules.html"))
    titles = {item.item_id: item.title for item in result.items if item.is_task}
    owners = [(one.agency, one.role, titles.get(one.item_id or "")) for one in result.responsibilities]
    assert owners == [
        ("县林业局", "responsible", "持续推进松材线虫病疫木清理"),
        ("县公安局", "responsible", "持续打击非法采伐林木行为"),
        ("县公安局", "responsible", "持续开展野生动物保护执法"),
        ("县财政局", "responsible", "落实林长制工作专项经费保障"),
    ]
