"""Broken lines are joined where the clean text joins them; furniture stays, faintly."""

from __future__ import annotations

from typing import Any

from policy_commitments.pipeline.report.blocks import find_blocks


def _item(text: str, start: int, end: int, clean: str) -> dict[str, Any]:
    return {"start": start, "end": end, "text": clean}


def _shown(text: str, items: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(block.kind, "".join(text[a:b] for a, b in block.stretches)) for block in find_blocks(text, items)]


def test_lines_of_a_page_become_paragraphs() -> None:
    text = "一、加强管理。各部门要落实\n责任，健全制度。\n另起一段。"
    items = [_item(text, 0, len(text), "一、加强管理。各部门要落实责任，健全制度。\n另起一段。")]
    assert _shown(text, items) == [("text", "一、加强管理。各部门要落实责任，健全制度。"), ("text", "另起一段。")]


def test_a_page_number_in_the_middle_of_a_paragraph_is_set_aside() -> None:
    text = "一、加强管理。由县卫生健\n— 26 —\n康委负责，各乡镇配合。\n持续推进。"
    items = [_item(text, 0, len(text), "一、加强管理。由县卫生健康委负责，各乡镇配合。\n持续推进。")]
    assert _shown(text, items) == [
        ("text", "一、加强管理。由县卫生健康委负责，各乡镇配合。"),
        ("furniture", "— 26 —"),
        ("text", "持续推进。"),
    ]


def test_glued_headings_begin_a_block_of_their_own() -> None:
    text = "一、总则。开头。二、任务。内容。"
    second = text.index("二、")
    items = [_item(text, 0, second + 1, "一、总则。开头。"), _item(text, second, len(text), "二、任务。内容。")]
    assert _shown(text, items) == [("text", "一、总则。开头。"), ("text", "二、任务。内容。")]


def test_a_clean_text_that_does_not_fit_changes_nothing() -> None:
    text = "一、总则\n甲\n乙\n丙"
    assert _shown(text, [_item(text, 0, len(text), "完全不同的文字")]) == [("text", line) for line in text.split("\n")]


def test_rows_of_tables_stay_rows() -> None:
    text = "表1\n指标\t2025年\n床位\t500张\n说明"
    assert [kind for kind, _ in _shown(text, [])] == ["text", "row", "row", "text"]


def test_a_row_stays_whole_where_an_item_begins_in_its_second_cell_and_ends_before_its_last() -> None:
    text = "序号\t重点任务\t牵头单位\t完成时限\n1\t完善路网\t县交通局\t2024年底前\n\t提升养护\t县公路段\t2024年6月\n附注"
    first, second = text.index("完善路网"), text.index("提升养护")
    items = [
        _item(text, first, text.index("\t2024年底前"), "完善路网\n县交通局"),
        _item(text, second, text.index("\t2024年6月"), "提升养护\n县公路段"),
    ]
    assert _shown(text, items) == [
        ("row", "序号\t重点任务\t牵头单位\t完成时限"),
        ("row", "1\t完善路网\t县交通局\t2024年底前"),
        ("row", "\t提升养护\t县公路段\t2024年6月"),
        ("text", "附注"),
    ]


def test_a_paragraph_does_not_go_on_behind_a_table_row() -> None:
    text = "一、目标。见下表\n指标\t90%\n说明其余"
    items = [_item(text, 0, len(text), "一、目标。见下表指标\t90%说明其余")]
    assert [kind for kind, _ in _shown(text, items)] == ["text", "row", "text"]
