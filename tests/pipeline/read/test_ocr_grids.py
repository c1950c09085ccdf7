"""Tables without rules in scans: the grid follows from where the text stands, and where it does not, lines stay lines."""

from __future__ import annotations

import pytest

from policy_commitments.pipeline.read.ocr_grids import grids_of_text
from policy_commitments.pipeline.read.pdf_pages import PageContent, add_tables
from policy_commitments.pipeline.read.placed_chars import PlacedLine, placed_chars, spread

_SIZE = 12.0
Piece = tuple[str, float, float]  # text, left edge, top


def _line(piece: Piece) -> PlacedLine:
    text, x, y = piece
    width = sum(0.55 if char.isascii() else 1.0 for char in text) * _SIZE
    return PlacedLine(text, spread(text, (x, y, x + width, y + 15)))


def _read(pieces: list[Piece]) -> list[list[str]]:
    lines = [_line(piece) for piece in pieces]
    content = PageContent((595.0, 842.0))
    add_tables(content, placed_chars(lines), grids_of_text(lines), 1)
    return [["".join(cell.text.split()) for cell in part.cells if cell.row == row] for part in content.parts for row in range(part.rows)]


def _row(y: float, *texts: str, xs: tuple[float, ...] = (60, 110, 270, 330, 400)) -> list[Piece]:
    return [(text, x, y) for text, x in zip(texts, xs, strict=False) if text]


HEAD = ("序号", "指标", "单位", "2020年", "2025年")
TABLE = [
    *[("表1 主要指标", 230, 60), *_row(90, *HEAD), *_row(114, "1", "森林覆盖率", "%", "58.7", "60")],
    *_row(138, "2", "人均预期寿命", "岁", "77.6", "78.5"),
]
READ = [list(HEAD), ["1", "森林覆盖率", "%", "58.7", "60"], ["2", "人均预期寿命", "岁", "77.6", "78.5"]]
LONG = "每千人口执业（助理）医师数"


def test_rows_of_one_line() -> None:
    assert _read(TABLE) == READ


def test_heading_and_prose_below_are_none_of_it() -> None:
    below = [("第二章 重点任务", 240, 166), ("加强领导，健全监测评估机制，确保各项目标任务落到实处，全面完成。", 60, 190)]
    assert _read([*TABLE, *below]) == READ


def test_cells_that_wrap_from_their_top() -> None:
    wrapped = [*_row(162, "3", LONG[:10], "人", "2.7", "3.2"), *_row(180, "", LONG[10:]), *_row(204, "4", "参保率", "%", "95", "96")]
    assert _read([*TABLE, *wrapped]) == [*READ, ["3", LONG, "人", "2.7", "3.2"], ["4", "参保率", "%", "95", "96"]]


def test_rows_that_stand_in_the_middle_of_their_tallest_cell() -> None:
    wrapped = [*_row(162, "", LONG[:10]), *_row(171, "3", "", "人", "2.7", "3.2"), *_row(180, "", LONG[10:]), *_row(204, "4", "参保率", "%", "95", "96")]
    assert _read([*TABLE, *wrapped]) == [*READ, ["3", LONG, "人", "2.7", "3.2"], ["4", "参保率", "%", "95", "96"]]


def test_cells_that_recognition_ran_together_part_again() -> None:
    together = [("单位 2020年", 270, 90) if piece == ("单位", 270, 90) else piece for piece in TABLE if piece != ("2020年", 330, 90)]
    assert _read(together) == READ


def test_empty_cells_at_the_start_go_on_the_cell_above() -> None:
    xs = (60.0, 160.0, 330.0, 450.0)
    tasks = [
        *_row(90, "重点任务", "工作措施", "牵头单位", "完成时限", xs=xs),
        *_row(114, "完善路网", "改造危桥11座。", "县交通局", "2024年12月", xs=xs),
        *_row(138, "", "编制路网规划。", "县发改局", "2024年6月", xs=xs),
    ]
    assert _read(tasks) == [
        ["重点任务", "工作措施", "牵头单位", "完成时限"],
        ["完善路网", "改造危桥11座。", "县交通局", "2024年12月"],
        ["编制路网规划。", "县发改局", "2024年6月"],
    ]


@pytest.mark.parametrize(
    "pieces",
    [
        [piece for k in range(8) for piece in ((f"第{k + 1}节 主要任务", 60, 60 + 24 * k), (f"{k + 2}", 500, 60 + 24 * k))],
        [(text, x, 60 + 20 * k) for k in range(8) for text, x in (("左栏的文字一直写到栏的右边为止", 50), ("右栏的文字也一直写到栏的右边为止", 320))],
        [*_row(90, "甲", "乙", "丙"), ("到2025年，建成农村公路1200公里，改造危桥30座，完成投资5亿元。", 60, 114)],
        [*_row(90, *HEAD[:3]), *_row(114, "1", "农村公路1200公里和危桥改造工程", "里"), *_row(138, "2", "公路", "里")],
    ],
)
def test_no_tables(pieces: list[Piece]) -> None:
    assert _read(pieces) == []
