"""Tables whose cells were glued together: their rows, and that no character is lost (cases/glued_tables.yml)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from policy_commitments.pipeline.read import read_bytes
from policy_commitments.pipeline.reflow import reflow
from tests.pipeline.resolve.table_cases import result_of, shown

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "glued_tables.yml").read_text(encoding="utf-8"))
by_name = pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))


@by_name
def test_rows_of_a_glued_table(case: dict[str, Any]) -> None:
    found = {kind: lines for kind, lines in shown(result_of(case)).items() if lines}
    assert found == case["expect"]


@by_name
def test_the_same_page_as_html(case: dict[str, Any]) -> None:
    page = "".join(f"<p>{line}</p>" for line in case["text"].strip().split("\n"))
    source = read_bytes(f"<html><body><div>{page}</div></body></html>".encode(), "a.html")
    plain = read_bytes(case["text"].encode(), "a.txt")
    assert [table.rows for table in source.tables] == [table.rows for table in plain.tables]


@by_name
def test_no_character_is_lost(case: dict[str, Any]) -> None:
    clean = reflow(read_bytes(case["text"].encode(), "a.txt"))
    kept = sum(length for _, _, length in clean.runs) + sum(piece.end - piece.start for piece in clean.furniture)
    assert kept >= len("".join(case["text"].split()))


@by_name
def test_blocks_lie_in_order_and_cells_in_their_table(case: dict[str, Any]) -> None:
    source = read_bytes(case["text"].encode(), "a.txt")
    assert all(one.end <= other.start for one, other in zip(source.blocks, source.blocks[1:], strict=False))
    for table in source.tables:
        assert all(table.start <= cell.start < cell.end <= table.end for cell in table.cells)
        assert any(block.kind == "table" and (block.start, block.end) == (table.start, table.end) for block in source.blocks)


def test_rows_that_do_not_follow_on_are_reported() -> None:
    text = "主要指标序号指标2025年属性1绿地率38%预期性2供水普及率99%预期性4污水处理率97%约束性。"
    source = read_bytes(text.encode(), "a.txt")
    assert [one.code for one in source.problems] == ["table_rows_unread"]
    assert source.tables[0].rows == 3
