"""Tables of PDFs: merged cells, frames, missing borders, tables and rows that go on over pages."""

from __future__ import annotations

from policy_commitments.pipeline.reflow import reflow
from policy_commitments.pipeline.resolve.locate import Locator
from tests.pipeline.read.invariants import grid, lines
from tests.pipeline.read.pdf_files import XS, Page, broken_table, details, pdf, read


def test_table_with_merged_cells_and_a_frame() -> None:
    def draw(page: Page) -> None:
        page.middle(80, "任务分解表", 18)
        page.grid([80, 520], [100, 130])
        page.cell(80, 105, ["专栏：本表为示例。"])
        page.grid([80, 230, 330, 430], [200, 230, 260])
        page.line(80, 200, 430, 200)
        page.grid([230, 430], [260, 290])
        page.line(80, 290, 430, 290)
        page.line(80, 260, 80, 290)
        page.cell(80, 200, ["指标"])
        page.cell(230, 200, ["2020年"])
        page.cell(330, 200, ["2025年"])
        page.cell(80, 230, ["床位"])
        page.cell(230, 230, ["5.2张"])
        page.cell(330, 230, ["6.0张"])
        page.cell(230, 260, ["全覆盖"])

    source = read(pdf(draw))
    assert "专栏：本表为示例。" in lines(source)
    assert grid(source) == [["指标", "2020年", "2025年"], ["床位", "5.2张", "6.0张"], ["", "全覆盖", ""]]
    spans = {source.text[c.start : c.end]: (c.row_span, c.col_span) for c in source.tables[0].cells}
    assert spans["全覆盖"] == (1, 2)
    cell = source.tables[0].cells[4]
    assert (cell.page, cell.bbox) == (1, (230, 230, 330, 260))
    assert "指标\t2020年\t2025年\n床位\t5.2张\t6.0张\n" in source.text


def test_a_row_broken_by_a_page_is_one_row_and_its_head_stands_once() -> None:
    source = read(broken_table())
    assert grid(source) == [
        ["序号", "重点任务", "工作措施", "牵头单位"],
        ["1", "完善路网", "新建公路一百二十公里，改造危桥十一座，修复水毁路段五处。", "县交通局"],
        ["2", "提升养护", "县道优良率达到百分之九十二以上，乡村公路优良率达到百分之八十八以上。", "县公路局"],
        ["3", "发展客运", "新增班线四条。", "县交通局"],
    ]
    assert [cell.page for cell in source.tables[0].cells if cell.col == 0] == [1, 1, 1, 2]
    assert details(source) == [
        ("page_number", "1"),
        ("repeated_head", "序号\t重点任务\t工作措施\t牵头单位"),
        ("page_number", "2"),
    ]
    before_last_row = source.text[: source.text.index("3\t发展客运")]
    assert before_last_row.count("\f") == 1


def test_rows_know_the_page_and_box_of_their_cells() -> None:
    clean = reflow(read(broken_table()))
    start = clean.text.index("新增班线四条")
    where = Locator(clean).locate(start, start + 7)
    assert where.quote == "新增班线四条。"
    assert (where.page, where.bbox) == (2, (230, 120, 430, 160))
    assert Locator(clean).place(clean.text.index("注：本表"))[0] == 2


def test_a_new_row_at_the_top_of_a_page_stays_a_row() -> None:
    def page_of(rows: list[tuple[str, str, str, str]]) -> None:
        def draw(page: Page) -> None:
            ys = [60 + 40 * k for k in range(len(rows) + 1)]
            page.grid(XS, ys)
            for y, row in zip(ys, rows, strict=False):
                for x, text in zip(XS, row, strict=False):
                    page.cell(x, y, [text])

        return draw  # type: ignore[return-value]

    one = [("序号", "任务", "措施", "单位"), ("1", "路网", "新建公路十公里。", "县交通局")]
    two = [("2", "养护", "修复路段三处。", "县公路局"), ("", "", "改造危桥两座。", "县公路局")]
    source = read(pdf(page_of(one), page_of(two)))  # type: ignore[arg-type]
    assert [row[0] for row in grid(source)] == ["序号", "1", "2", ""]
    assert len(source.tables) == 1


def test_a_table_without_outer_borders() -> None:
    def draw(page: Page) -> None:
        for y in (100, 130, 160, 190):
            page.line(80, y, 430, y)
        for y0, y1 in ((100, 130), (160, 190)):
            page.line(200, y0, 200, y1)
            page.line(320, y0, 320, y1)
        page.cell(80, 100, ["指标"])
        page.cell(200, 100, ["单位"])
        page.cell(320, 100, ["目标"])
        page.cell(80, 130, ["一、经济发展"])
        page.cell(80, 160, ["增速"])
        page.cell(200, 160, ["%"])
        page.cell(320, 160, ["6.5"])

    assert grid(read(pdf(draw))) == [["指标", "单位", "目标"], ["一、经济发展", "", ""], ["增速", "%", "6.5"]]


def test_squared_paper_is_no_table() -> None:
    def draw(page: Page) -> None:
        page.grid([40 + 4.5 * k for k in range(115)], [40 + 4.5 * k for k in range(170)])
        page.text(79, 100, "一、总体要求")

    source = read(pdf(draw))
    assert not source.tables
    assert source.text.startswith("一、总体要求")
