"""PDFs that hold text: lines in reading order with page and box, furniture, links and labels of printed pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from policy_commitments.pipeline.outline import build_outline
from policy_commitments.pipeline.read import read_bytes
from policy_commitments.pipeline.reflow import reflow
from policy_commitments.schemas.source import Source
from tests.pipeline.read.invariants import lines
from tests.pipeline.read.pdf_files import HEIGHT, Page, details, pdf, prose, read

DOCUMENTS = Path(__file__).parents[3] / "corpus" / "documents"
PARAGRAPH = "各乡镇要在2025年底前建成标准化卫生院12所，服务人口覆盖率达到95%以上，并将建设资金纳入年度预算，由县财政局、县卫生健康委按职责分工落实，"


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
