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
