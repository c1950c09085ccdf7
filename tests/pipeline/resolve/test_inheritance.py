"""Which date governs a promise that states none: an entry's, a programme's opening, a heading's."""

from __future__ import annotations

import pytest

from policy_commitments.pipeline.flow import process
from policy_commitments.pipeline.read import read_bytes

HEAD = "云溪县人民政府办公室关于印发2024年民生实事方案的通知\n\n云政办发〔2024〕3号\n\n各乡镇人民政府：\n\n现将方案印发给你们。\n\n云溪县人民政府办公室\n2024年2月18日\n\n2024年民生实事方案\n\n"


def deadlines(body: str) -> list[tuple[str, str | None, str | None]]:
    """(indicator, deadline, source) of the targets of a county's plan of 2024 with this body."""
    result = process(read_bytes((HEAD + body).encode(), "plan.txt", "plan.txt"))
    return [
        (one.indicator or "", one.deadline.isoformat() if one.deadline else None, one.deadline_source)
        for one in result.targets
    ]


@pytest.mark.parametrize(
    ("body", "expected", "why"),
    [
        (
            "2024年全县实施10项民生实事，具体安排如下。\n\n一、教育提升工程\n\n新增学位2000个。\n",
            [("学位", "2024-12-31", "section")],
            "the sentence before the first heading says for which year the programme is",
        ),
        (
            "2024年是全面落实规划的关键之年，全县上下要振奋精神。\n\n一、教育提升工程\n\n新增学位2000个。\n",
            [("学位", None, None)],
            "a sentence that announces no programme dates nothing",
        ),
        (
            "2023年全县实施10项民生实事，全部工作如下。\n\n一、教育提升工程\n\n新增学位2000个。\n",
            [("学位", None, None)],
            "a year before the document's own is no deadline",
        ),
        (
            "2024年，全县将围绕教育强县目标，着力办好民生实事。\n\n一、教育提升工程\n\n新增学位2000个。\n",
            [("学位", "2024-12-31", "section")],
            "what is to be done in the year is announced",
        ),
        (
            "经县政府研究决定，2024年为全县残疾人办好十件实事。\n\n一、教育提升工程\n\n新增学位2000个。\n",
            [("学位", "2024-12-31", "section")],
            "the year stands behind other words",
        ),
        (
            "一、主要目标\n\n2024年主要预期目标是：财政支出（扣除2023年一次性因素）增长3%，固定资产投资增长6%。\n",
            [("财政支出（扣除2023年一次性因素）", "2024-12-31", "stated"), ("固定资产投资", "2024-12-31", "stated")],
            "a date in a bracket governs nothing behind it",
        ),
        (
            "一、2024年民生实事\n\n（一）教育提升工程\n\n新增学位2000个。\n",
            [("学位", "2024-12-31", "section")],
            "the year in the heading of a programme",
        ),
        (
            "一、产业布局\n\n茶产业：到2027年，茶园面积达到20万亩。加工企业达到30家。畜牧产业：建设规模养殖场40个。\n",
            [("茶园面积", "2027-12-31", "stated"), ("加工企业", "2027-12-31", "item"), ("规模养殖场", None, None)],
            "an entry of its own takes no date from the entry before it",
        ),
    ],
)
def test_the_date_that_governs(body: str, expected: list[tuple[str, str | None, str | None]], why: str) -> None:
    assert deadlines(body) == expected, why


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("一、2023年工作安排\n\n（一）经济增长\n\n今年地区生产总值增长6%左右。\n", "the year of the section's heading"),
        ("2023年经济社会发展主要目标\n\n今年主要预期目标是：地区生产总值增长6%左右。\n\n一、重点工作\n\n加快建设。\n", "the year of a line that no number makes a heading"),
    ],
)
def test_this_year_of_a_document_without_a_date(body: str, why: str) -> None:
    result = process(read_bytes(("云溪县工作要点\n\n" + body).encode(), "plan.txt", "plan.txt"))
    assert [(one.indicator, str(one.deadline)) for one in result.targets] == [("地区生产总值", "2023-12-31")], why
