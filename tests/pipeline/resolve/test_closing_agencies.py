"""Agencies behind the last child of a section, where no other child names any, are the section's; its tasks show them."""

from __future__ import annotations

import pytest

from policy_commitments.pipeline.flow import process
from policy_commitments.pipeline.result import DocumentResult
from tests.pipeline.texts import source_of

HEAD = "某县市政建设方案\n一、总体目标\n补齐短板。\n二、重点任务\n"
INLINE = "（一）完善市政设施。1.改造老旧管网20公里。2.新建道路30公里。3.新增停车位500个。（责任单位：县住建局、县公安局）\n"
LINES = "（一）完善市政设施\n1.改造老旧管网20公里。\n2.新建道路30公里。\n责任单位：县住建局、县公安局\n"
OWN = "（一）完善市政设施\n1.改造老旧管网20公里。\n2.新建道路30公里。（责任单位：县住建局、县公安局）\n"
EACH = "（一）完善市政设施\n1.改造老旧管网20公里。（责任单位：县住建局）\n2.新建道路30公里。\n责任单位：县公安局\n"
TAIL = "（二）加强公共服务。新增学位300个。（责任单位：县教育局）\n三、保障措施\n加强领导。\n"


def owners(result: DocumentResult) -> dict[str, list[str]]:
    titles = {item.item_id: item.title for item in result.items}
    found: dict[str, list[str]] = {}
    for one in result.responsibilities:
        found.setdefault(titles[str(one.item_id)], []).append(one.agency)
    return found


@pytest.mark.parametrize("section", [INLINE, LINES], ids=["inline", "line"])
def test_agencies_that_close_a_section_are_its_own(section: str) -> None:
    result = process(source_of(HEAD + section + TAIL))
    assert owners(result) == {"完善市政设施": ["县住建局", "县公安局"], "加强公共服务": ["县教育局"]}
    shown = {row.item_title: row.responsible for row in result.commitments if row.type == "task"}
    assert [agencies for title, agencies in shown.items() if title and title[:2] in ("改造", "新建", "新增")][:2] == [["县住建局", "县公安局"]] * 2


def test_a_bracket_on_the_line_of_a_task_is_its_own() -> None:
    assert owners(process(source_of(HEAD + OWN + TAIL)))["新建道路30公里"] == ["县住建局", "县公安局"]


def test_where_another_child_names_its_agencies_the_last_has_its_own() -> None:
    found = owners(process(source_of(HEAD + EACH + TAIL)))
    assert found == {"改造老旧管网20公里": ["县住建局"], "新建道路30公里": ["县公安局"], "加强公共服务": ["县教育局"]}
