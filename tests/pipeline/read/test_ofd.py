"""OFD documents: lines with page and box, tables, several bodies, damaged packages."""

from __future__ import annotations

import pytest

from policy_commitments.pipeline.read import read_bytes
from policy_commitments.schemas.problems import DocumentError
from policy_commitments.schemas.source import Source
from tests.pipeline.read.invariants import assert_sound, grid, lines
from tests.pipeline.read.ofd_files import NAMES, ofd, page, run
from tests.pipeline.read.ofd_files import grid as ruled


def read(data: bytes) -> Source:
    source = read_bytes(data, "某县方案.ofd", "某县方案.ofd")
    assert_sound(source)
    assert source.format == "ofd"
    assert source.wrapped
    return source


def test_lines_in_reading_order_with_page_and_box() -> None:
    first = page(run("一、总体目标", 20, 30) + run("到2025年，建成农村公路120公里。", 20, 40))
    source = read(ofd([first, page(run("二、保障措施", 20, 30))]))
    assert source.text == "一、总体目标\n到2025年，建成农村公路120公里。\n\f\n二、保障措施\n\f\n"
    assert source.pages == 2
    assert [block.anchor.page for block in source.blocks] == [1, 1, 2]
    box = source.blocks[0].anchor.bbox
    assert box is not None
    assert box == pytest.approx((56.69, 85.04, 151.94, 100.91), abs=0.1)


def test_pieces_of_one_row_are_one_line_whatever_their_order() -> None:
    scattered = run("公里。", 20 + 5.6 * 10, 40) + "".join(run(char, 20 + 5.6 * k, 40) for k, char in enumerate("新建改建农村公路一百"))
    assert read(ofd([page(scattered)])).text.startswith("新建改建农村公路一百公里。\n")


def test_repeated_steps_and_a_matrix() -> None:
    repeated = run("责任单位", 20, 40, deltas="g 3 5.6")
    turned = run("样稿", 60, 90, extra='CTM="0.7 0.7 -0.7 0.7 0 0"')
    source = read(ofd([page(repeated + turned)]))
    assert lines(source) == ["责任单位"]
    assert [block.detail for block in source.blocks] == ["", "layout"]


def test_ruled_table() -> None:
    table = ruled([20, 60, 100, 140], [50, 58, 66, 74], [["指标", "2023年", "2025年"], ["学位（个）", "900", "1200"], ["", "98%", "100%"]])
    source = read(ofd([page(run("表1 主要指标", 60, 40) + table + run("表后一行", 20, 90))]))
    assert grid(source) == [["指标", "2023年", "2025年"], ["学位（个）", "900", "1200"], ["", "98%", "100%"]]
    assert lines(source) == ["表1 主要指标", "表后一行"]
    cell = source.tables[0].cells[0]
    assert (cell.page, source.tables[0].anchor.page) == (1, 1)


def test_several_bodies_count_pages_on() -> None:
    source = read(ofd([page(run("通知", 90, 30))], [page(run("附件", 20, 30))]))
    assert lines(source) == ["通知", "附件"]
    assert [block.anchor.page for block in source.blocks] == [1, 2]


def test_template_is_read_and_invisible_text_is_not() -> None:
    shown = page(run("正文", 20, 60) + run("看不见", 20, 80, extra='Visible="false"'), template="7")
    source = read(ofd([shown], templates={"7": page(run("某县人民政府文件", 40, 30))}))
    assert lines(source) == ["某县人民政府文件", "正文"]


def test_a_damaged_page_is_a_problem_and_the_rest_is_read() -> None:
    source = read(ofd([page(run("好的一页", 20, 30)), page("")]))
    assert lines(source) == ["好的一页"]
    broken = read(ofd([page(run("好的一页", 20, 30)), "<ofd:Page"]))
    assert [problem.code for problem in broken.problems] == ["page_unreadable"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (ofd([page(run("字", 20, 30))])[:-40], "broken_zip"),
        (ofd([page(run("字", 20, 30))], **{"OFD.xml": "<ofd:OFD"}), "broken_ofd"),
        (ofd([page(run("字", 20, 30))], **{"Doc_0/Document.xml": f"<ofd:Document {NAMES}/>"}), "broken_ofd"),
        (ofd([page(run("字", 20, 30))], **{"OFD.xml": f"<ofd:OFD {NAMES}><ofd:DocBody><ofd:DocRoot>no.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"}), "broken_ofd"),
        (ofd([page(run("字", 20, 30))], **{"Encryptions.xml": "<a/>"}), "encrypted_ofd"),
        (ofd([page("")]), "no_text"),
    ],
)
def test_what_cannot_be_read_names_a_remedy(data: bytes, code: str) -> None:
    with pytest.raises(DocumentError) as error:
        read_bytes(data, "某县方案.ofd")
    assert error.value.code == code
    assert error.value.remedy
