"""PDFs that hold text: lines in reading order with page and box, furniture, tables over pages, what cannot be read."""

from __future__ import annotations

import io
import sys
import types
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from policy_commitments.pipeline.outline import build_outline
from policy_commitments.pipeline.read import read_bytes
from policy_commitments.pipeline.reflow import reflow
from policy_commitments.pipeline.resolve.locate import Locator
from policy_commitments.schemas.problems import DocumentError
from policy_commitments.schemas.source import Source
from tests.pipeline.read.invariants import assert_sound, grid, lines
from tests.pipeline.read.pdf_files import HEIGHT, Page, pdf, prose

DOCUMENTS = Path(__file__).parents[3] / "corpus" / "documents"
PARAGRAPH = "各乡镇要在2025年底前建成标准化卫生院12所，服务人口覆盖率达到95%以上，并将建设资金纳入年度预算，由县财政局、县卫生健康委按职责分工落实，"


def read(data: bytes) -> Source:
    source = read_bytes(data, "file.pdf", "file.pdf")
    assert_sound(source)
    assert source.format == "pdf"
    assert source.text.count("\f") == source.pages
    assert source.text.endswith("\f\n")
    return source


def details(source: Source) -> list[tuple[str, str]]:
    return [(b.detail, source.text[b.start : b.end]) for b in source.blocks if b.kind == "furniture"]


def paragraphs(source: Source) -> list[str]:
    clean = reflow(source)
    return [clean.text[one.start : one.end] for one in clean.paragraphs]


def test_lines_pages_boxes_and_the_middle() -> None:
    def first(page: Page) -> None:
        page.middle(120, "石桥县卫生事业发展规划")
        page.lines(79, 200, prose(27, PARAGRAPH + "确保取得实效。"))

    source = read(pdf(first, lambda page: page.lines(79, 100, ["　　二、工作任务"])))
    assert source.text.startswith("石桥县卫生事业发展规划\n各乡镇要在")
    assert source.text.endswith("\n\f\n二、工作任务\n\f\n")
    title, opening = source.blocks[0], source.blocks[1]
    assert (title.align, opening.align) == ("center", "")
    assert opening.anchor.page == 1
    assert source.blocks[-1].anchor.page == 2
    assert opening.anchor.bbox is not None
    left, top, right, bottom = opening.anchor.bbox
    assert left == pytest.approx(111, abs=1)
    assert 440 < right < 515
    assert 180 < top < 200 < bottom < 210


def test_blanks_between_han_and_figures_stay_in_the_source_only() -> None:
    source = read(pdf(lambda page: page.text(79, 100, "到 2025 年，建成 12 所学校。")))
    assert lines(source) == ["到 2025 年，建成 12 所学校。"]
    assert reflow(source).text == "到2025年，建成12所学校。"


def test_an_agency_broken_by_a_page_number_is_one_name_again() -> None:
    broken = prose(27, PARAGRAPH + "（责任单位：县发展改革委、县住房城乡建设局、县卫生健康委、县财政局、县人力资源社会保障局）")

    def page_of(number: int, body: list[str]) -> None:
        return lambda page: (page.text(270, 790, f"— {number} —", 14), page.lines(79, 110, body))  # type: ignore[return-value]

    source = read(pdf(page_of(1, broken[:4]), page_of(2, [*broken[4:], "　　（二）提升能力"])))
    assert [kind for kind, _ in details(source)] == ["page_number"] * 2
    assert paragraphs(source) == ["".join(broken).lstrip("　"), "（二）提升能力"]


def test_a_page_number_drawn_first_stands_last() -> None:
    source = read(pdf(lambda page: (page.text(290, 800, "1", 10), page.lines(79, 100, ["甲乙丙丁", "戊己庚辛"]))))  # type: ignore[arg-type, return-value]
    assert source.text == "甲乙丙丁\n戊己庚辛\n1\n\f\n"
    assert details(source) == [("page_number", "1")]


def test_heads_feet_and_menus_of_printed_pages() -> None:
    def printed(k: int) -> None:
        def draw(page: Page) -> None:
            page.text(24, 20, "2025/4/7 15:30", 8)
            page.text(250, 20, "石桥县人民政府", 8)
            page.text(24, 825, "http://www.example.gov.cn/art_31.html", 8)
            page.text(560, 825, f"{k}/3", 8)
            page.text(40, 50, "首页   政务公开   互动交流", 12)
            page.lines(60, 120, [f"　　第{k}页正文内容，全县建成农村公路{k}00公里。"])

        return draw  # type: ignore[return-value]

    source = read(pdf(*map(printed, (1, 2, 3))))  # type: ignore[arg-type]
    assert [kind for kind, _ in details(source)] == ["print_header", "running_head", "print_header"] * 3
    assert lines(source) == [f"第{k}页正文内容，全县建成农村公路{k}00公里。" for k in (1, 2, 3)]


def test_the_same_line_in_the_body_of_several_pages_stays() -> None:
    pages = [lambda page, k=k: page.lines(79, 100 + 60 * k, ["　　一、总体要求", "　　加强领导。"]) for k in range(4)]
    assert details(read(pdf(*pages))) == []


def test_a_watermark_across_the_page_is_no_text() -> None:
    def draw(page: Page) -> None:
        page.canvas.saveState()
        page.canvas.translate(200, 300)
        page.canvas.rotate(45)
        page.canvas.setFont("STSong-Light", 40)
        page.canvas.drawString(0, 0, "内部资料")
        page.canvas.restoreState()
        page.lines(79, 100, ["　　一、总体要求", "　　加强组织领导。"])

    source = read(pdf(draw))
    assert lines(source) == ["一、总体要求", "加强组织领导。"]
    assert {kind for kind, _ in details(source)} == {"layout"}


def test_a_minus_at_the_end_of_a_line_stays() -> None:
    source = read(pdf(lambda page: page.lines(79, 100, ["业务收支结余=医疗收支结余+其他收入-", "其他支出"])))
    assert lines(source)[0].endswith("其他收入-")


FULL = "各乡镇要建立健全工作机制并将重点任务落实到村组和责任人且定"  # 29 characters: no room for a thirtieth


@pytest.mark.parametrize(
    ("printed", "joined"),
    [
        (["　　" + FULL[2:], "期报告。", "　　二、任务"], [FULL[2:] + "期报告。", "二、任务"]),
        # a bracket of agencies that no line may open on its own
        (["　　加强领导。" + FULL[8:], "（县卫健局负责）", "　　二、任务"], ["加强领导。" + FULL[8:] + "（县卫健局负责）", "二、任务"]),
        (["　　1.完善路网，" + FULL[9:-3] + "（责任", "单位：县交通局）", "　　二、任务"], ["1.完善路网，" + FULL[9:-3] + "（责任单位：县交通局）", "二、任务"]),
        # a line that ended although the next word had room
        (["　　各乡镇要建立工作机制", "县财政局安排资金", "　　二、任务"], ["各乡镇要建立工作机制", "县财政局安排资金", "二、任务"]),
        # figures do not break: 100% had no room behind 达到
        (["　　" + FULL[2:-2] + "达到", "100%以上。", "　　二、任务"], [FULL[2:-2] + "达到100%以上。", "二、任务"]),
    ],
)
def test_wraps_undone_by_the_room_that_a_line_leaves(printed: list[str], joined: list[str]) -> None:
    body = prose(29, "为加强基层医疗卫生服务能力建设，提高人民群众健康水平，结合本县实际，制定本方案，请各地各部门认真抓好贯彻落实并及时报告。")
    source = read(pdf(lambda page: page.lines(70, 100, [*body, *body, *body, *printed])))
    assert paragraphs(source)[3:] == joined


def test_an_entry_that_goes_on_further_in() -> None:
    body = prose(27, "为加强基层医疗卫生服务能力建设，提高人民群众健康水平，结合本县实际，制定本方案，请各地各部门认真抓好贯彻落实。")

    def draw(page: Page) -> None:
        page.lines(79, 100, [*body, *body])
        page.text(111, 300, "附件：1.省级相关部门将健康融入所有政策工作职责清")
        page.text(159, 328, "单")
        page.text(159, 356, "2.行动计划")

    assert paragraphs(read(pdf(draw)))[2:] == ["附件：1.省级相关部门将健康融入所有政策工作职责清单", "2.行动计划"]


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [f"左栏第{k}行文字内容用来排版" for k in range(10)]
    right = [f"右栏第{k}行文字内容用来排版" for k in range(10)]

    def draw(page: Page) -> None:
        for k in range(10):
            page.text(50, 120 + 20 * k, left[k], 14)
            page.text(310, 120 + 20 * k, right[k], 14)

    assert lines(read(pdf(draw))) == left + right


def test_a_turned_page_is_read_as_shown() -> None:
    def draw(page: Page) -> None:
        page.canvas.translate(595, 0)
        page.canvas.rotate(90)
        page.canvas.setFont("STSong-Light", 16)
        page.canvas.drawString(100, 500, "一、总体要求")
        page.canvas.drawString(100, 450, "二、工作任务")

    source = read(pdf(draw, turn=90))
    assert lines(source) == ["一、总体要求", "二、工作任务"]
    box = source.blocks[0].anchor.bbox
    assert box is not None
    assert box[2] - box[0] == pytest.approx(96, abs=2)
    assert box[0] == pytest.approx(100, abs=2)


def test_a_raised_figure_stays_in_its_line() -> None:
    def draw(page: Page) -> None:
        page.text(79, 100, "绿地面积达到12m")
        page.text(79 + 16 * 6 + 26, 94, "2", 9)
        page.text(79 + 16 * 6 + 32, 100, "以上")

    assert reflow(read(pdf(draw))).text == "绿地面积达到12m2以上"


def test_marks_drawn_after_the_han_between_them() -> None:
    def draw(page: Page) -> None:
        page.text(79, 100, "加快")
        page.text(79 + 48, 100, "互联网")
        page.text(79 + 112, 100, "行动")
        page.text(79 + 32, 101, "“")
        page.text(79 + 96, 101, "”")

    assert reflow(read(pdf(draw))).text == "加快“互联网”行动"


XS = [80, 130, 230, 430, 520]


def head(page: Page, y: float) -> None:
    for x, text in zip(XS, ("序号", "重点任务", "工作措施", "牵头单位"), strict=False):
        page.cell(x, y, [text])


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


def broken_table() -> bytes:
    """Three rows; a page breaks the second, whose number and agency are done, and the head comes again."""

    def first(page: Page) -> None:
        page.lines(80, 80, ["重点任务分解表"])
        page.grid(XS, [100, 124, 180, 214])
        head(page, 100)
        page.cell(80, 124, ["1"])
        page.cell(130, 124, ["完善路网"])
        page.cell(230, 124, ["新建公路一百二十公里，改造危桥", "十一座，修复水毁路段五处。"])
        page.cell(430, 124, ["县交通局"])
        page.cell(80, 180, ["2"])
        page.cell(130, 180, ["提升养护"])
        page.cell(230, 180, ["县道优良率达到百分之九十二以上", "，乡村公路优良率达到百分之八十"])
        page.cell(430, 180, ["县公路局"])
        page.text(290, 800, "1", 10)

    def second(page: Page) -> None:
        page.grid(XS, [60, 84, 120, 160])
        head(page, 60)
        page.cell(230, 84, ["八以上。"])
        page.cell(80, 120, ["3"])
        page.cell(130, 120, ["发展客运"])
        page.cell(230, 120, ["新增班线四条。"])
        page.cell(430, 120, ["县交通局"])
        page.lines(80, 200, ["注：本表由县交通局负责解释。"])
        page.text(290, 800, "2", 10)

    return pdf(first, second)


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


def test_labels_above_a_printed_page_are_metadata() -> None:
    def draw(page: Page) -> None:
        page.grid([80, 300, 520], [60, 90, 120])
        page.cell(80, 60, ["索引号：009/2024-31"])
        page.cell(300, 60, ["发布机构：石桥县人民政府"])
        page.cell(80, 90, ["发文字号：石府发〔2024〕3号"])
        page.cell(300, 90, ["成文日期：2024-03-11"])
        page.lines(80, 160, ["　　一、总体要求"])

    source = read(pdf(draw))
    assert not source.tables
    assert source.meta["发文字号"] == "石府发〔2024〕3号"
    assert source.meta["成文日期"] == "2024-03-11"


def test_attachments_behind_links() -> None:
    def draw(page: Page) -> None:
        page.text(80, 100, "附件：任务清单.docx", 12)
        page.canvas.linkURL("http://www.example.gov.cn/a/1.docx", (80, HEIGHT - 104, 200, HEIGHT - 86))

    assert [address for _, address in read(pdf(draw)).attachments] == ["http://www.example.gov.cn/a/1.docx"]


def error_of(data: bytes) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        read_bytes(data, "file.pdf")
    assert caught.value.remedy
    return caught.value


def test_locked_damaged_blank_and_form_files() -> None:
    whole = pdf(lambda page: page.text(79, 100, "一、总体要求"))
    assert error_of(pdf(lambda page: page.text(79, 100, "甲"), password="secret")).code == "encrypted_pdf"
    assert error_of(b"%PDF-1.4\n" + b"nonsense" * 40).code == "broken_pdf"
    assert error_of(whole[:200]).code == "broken_pdf"
    assert error_of(pdf(lambda page: None)).code == "no_text"
    assert error_of(whole.replace(b"/Count 1", b"/Count 0").replace(b"/Kids [ 4 0 R ]", b"/Kids [       ]")).code in (
        "empty_pdf",
        "broken_pdf",
    )


def test_a_file_that_only_forbids_changes_is_read() -> None:
    free = pdf(lambda page: page.text(79, 100, "一、总体要求"), password="", owner="owner")
    assert lines(read(free)) == ["一、总体要求"]


def test_fonts_that_do_not_say_what_they_show_go_to_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "policy_commitments.pipeline.read.ocr", None)
    private = "".join(chr(0xE000 + k) for k in range(30))
    assert error_of(pdf(lambda page: page.text(79, 100, private))).code == "ocr_missing"


def test_squared_paper_is_no_table() -> None:
    def draw(page: Page) -> None:
        page.grid([40 + 4.5 * k for k in range(115)], [40 + 4.5 * k for k in range(170)])
        page.text(79, 100, "一、总体要求")

    source = read(pdf(draw))
    assert not source.tables
    assert source.text.startswith("一、总体要求")


def test_a_form_without_text_of_its_own() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.acroForm.textfield(name="unit", x=100, y=600, width=200, height=20)
    canvas.showPage()
    canvas.save()
    assert error_of(stream.getvalue()).code == "form_pdf"


def scan() -> bytes:
    def draw(page: Page) -> None:
        for k in range(40):
            page.canvas.rect(100 + 5 * k, 400, 3, 20 + k, fill=1)

    return pdf(draw, draw)


def test_pages_of_pictures_go_to_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def read_scanned_pdf(data: bytes, name: str, path: str) -> Source:
        seen.append(path)
        return Source(name, path, "pdf", "0" * 64, "", ())

    fake = types.ModuleType("ocr")
    fake.read_scanned_pdf = read_scanned_pdf  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "policy_commitments.pipeline.read.ocr", fake)
    read_bytes(scan(), "scan.pdf", "folder/scan.pdf")
    assert seen == ["folder/scan.pdf"]


def test_scans_without_the_extra_name_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "policy_commitments.pipeline.read.ocr", None)
    error = error_of(scan())
    assert error.code == "ocr_missing"
    assert "policy-commitments[ocr]" in error.remedy


def test_a_picture_among_pages_of_text_is_said_aloud() -> None:
    picture = lambda page: page.canvas.rect(100, 400, 300, 200, fill=1)  # noqa: E731
    text = lambda page: page.lines(79, 100, ["一、总体要求"])  # noqa: E731
    source = read(pdf(text, picture, text))
    assert [(problem.code, problem.text) for problem in source.problems] == [("page_without_text", "pages 2")]


WHOLE = broken_table()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=40))
def test_damaged_bytes_give_a_source_or_a_document_error(at: int, noise: bytes) -> None:
    data = WHOLE[:at] + noise + WHOLE[at + len(noise) :]
    try:
        source = read_bytes(data, "file.pdf")
    except DocumentError:
        return
    assert_sound(source)


def _shown(path: Path) -> list[tuple[int, str | None, str, str, bool]]:
    clean = reflow(read_bytes(path.read_bytes(), path.name))
    items = build_outline(clean).items
    return [(one.level, one.label, "".join(one.title.split()), one.role, one.is_task) for one in items]


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*.pdf")), ids=lambda path: path.name[:2])
def test_specimens_have_the_outline_of_their_text(path: Path) -> None:
    assert _shown(path) == _shown(path.with_suffix(".txt"))


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*.pdf")), ids=lambda path: path.name[:2])
def test_specimens_have_the_words_of_their_text(path: Path) -> None:
    """Every paragraph and cell of the .txt stands whole in the clean text of the PDF."""
    plain = "\n".join("".join(line.split()) for line in reflow(read_bytes(path.read_bytes(), path.name)).text.split("\n"))
    text = path.with_suffix(".txt")
    wanted = reflow(read_bytes(text.read_bytes(), text.name)).text
    lines_of_pdf = set(plain.split("\n"))
    assert [line for line in wanted.split("\n") if "".join(line.split()) not in lines_of_pdf] == []
