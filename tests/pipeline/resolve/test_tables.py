"""Tables from their grid to the rows of the dataset, case by case (cases/tables.yml)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.pipeline.resolve.table_cases import result_of, shown

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "tables.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_rows_of_a_table(case: dict[str, Any]) -> None:
    found = {kind: lines for kind, lines in shown(result_of(case)).items() if lines}
    assert found == case["expect"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_every_row_stands_where_it_says(case: dict[str, Any]) -> None:
    result = result_of(case)
    for one in [*result.targets, *result.milestones, *result.responsibilities]:
        assert result.text[one.start : one.end] == one.quote


def test_boxed_prose_counts_as_a_table_and_hangs_on_no_chapter() -> None:
    text = (
        "第一章  主要任务\n第一节  健全服务网络\n建设街道养老服务中心。\n第二节  壮大人才队伍\n培养养老护理员。\n\n"
        "\t专栏1  养老服务重点项目\n\n\t设施建设：新建区级养老服务中心1所。\n人才培养：培训护理员500人。\n\n\n第二章  保障措施\n加强组织领导。\n"
    )
    result = result_of({"text": text})
    boxed = [one for one in result.targets if one.source == "table"]
    assert [(one.value, one.unit, one.item_id) for one in boxed] == [(1, "所", None), (500, "人", None)]


def test_continuation_keeps_columns_and_captions_stay_with_their_table() -> None:
    case = {
        "above": ["表1 2022年主要目标", "单位：个"],
        "table": ["指标 | 2022年目标\n村级养老点 | 30", "指标 | 2022年目标\n镇级食堂 | 6"],
        "between": "表2 2022年民生目标（单位：家）",
        "issued": 2022,
    }
    assert shown(result_of(case))["targets"] == [
        "村级养老点 eq 30 个 by 2022-12-31 level",
        "镇级食堂 eq 6 家 by 2022-12-31 level",
    ]
