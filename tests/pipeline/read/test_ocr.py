"""Scans: a specimen laid askew on the glass reads as the specimen; what goes wrong without the extra."""

from __future__ import annotations

import io
from importlib.util import find_spec
from pathlib import Path

import pytest
from PIL import Image

from policy_commitments.pipeline.read import ocr_engine, read_bytes, read_images
from policy_commitments.pipeline.read.ocr_page import Sheet
from policy_commitments.pipeline.read.ocr_repair import Repaired, labelled, repaired, spaced
from policy_commitments.pipeline.read.placed_chars import PlacedLine as Placed
from policy_commitments.pipeline.read.placed_chars import placed_chars, spread
from policy_commitments.schemas.problems import DocumentError
from policy_commitments.schemas.source import Source
from tests.pipeline.read.invariants import assert_sound, grid, lines
from tests.pipeline.read.scans import scanned

SPECIMENS = Path(__file__).parents[3] / "corpus" / "documents"
needs_ocr = pytest.mark.skipif(
    any(find_spec(one) is None for one in ("rapidocr", "onnxruntime")), reason="the extra `ocr` is not installed"
)


@pytest.fixture(scope="module")
def tasks() -> Source:
    """The task table of specimen 04, scanned."""
    pages = list(scanned((SPECIMENS / "04_任务分解_交通.pdf").read_bytes()))
    source = read_images([(f"x_{k}.png", page) for k, page in enumerate(pages, 1)], "x_1.png")
    assert_sound(source)
    return source


def _plain(text: str) -> str:
    return "".join(text.split())


@pytest.mark.slow
@needs_ocr
def test_scan_has_the_lines_and_cells_of_the_specimen(tasks: Source) -> None:
    word = read_bytes((SPECIMENS / "04_任务分解_交通.docx").read_bytes(), "04.docx")
    wanted = [[_plain(cell) for cell in row] for row in grid(word)]
    read = [[_plain(cell) for cell in row] for row in grid(tasks)]
    assert len(tasks.tables) == 1
    assert read == wanted
    assert _plain("".join(lines(tasks))).startswith(_plain("".join(lines(word)))[:60])


@pytest.mark.slow
@needs_ocr
def test_scan_knows_pages_places_and_scores(tasks: Source) -> None:
    assert (tasks.format, tasks.pages, tasks.wrapped) == ("png", 5, True)
    assert all(0.3 <= block.score <= 1.0 for block in tasks.blocks)
    assert all(block.anchor.bbox is not None and block.anchor.page in (1, 2) for block in tasks.blocks if block.kind == "text")
    assert all(cell.page in (1, 2, 3, 4, 5) and cell.bbox is not None for cell in tasks.tables[0].cells)
    first = tasks.blocks[0].anchor.bbox
    assert first is not None
    assert 40 < first[1] < 120


@pytest.mark.slow
@needs_ocr
@pytest.mark.parametrize("turn", [Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180])
def test_sheets_laid_the_wrong_way_round(turn: Image.Transpose) -> None:
    page = next(iter(scanned((SPECIMENS / "06_办法_道路停车.pdf").read_bytes(), degrees=0.0)))
    stream = io.BytesIO()
    Image.open(io.BytesIO(page)).transpose(turn).save(stream, "PNG")
    source = read_bytes(stream.getvalue(), "停车.png", "停车.png")
    word = read_bytes((SPECIMENS / "06_办法_道路停车.docx").read_bytes(), "06.docx")
    assert _plain("".join(lines(source))) == _plain("".join(lines(word)))


@pytest.mark.slow
@needs_ocr
def test_scanned_pdf() -> None:
    page = next(iter(scanned((SPECIMENS / "06_办法_道路停车.pdf").read_bytes())))
    stream = io.BytesIO()
    Image.open(io.BytesIO(page)).convert("L").save(stream, "PDF", resolution=200)
    source = read_bytes(stream.getvalue(), "停车.pdf", "停车.pdf")
    assert_sound(source)
    assert source.format == "pdf"
    articles = [line for line in lines(source) if line.startswith("第") and "条" in line[:4]]
    assert len(articles) == len([1 for line in lines(read_bytes((SPECIMENS / "06_办法_道路停车.docx").read_bytes(), "")) if line.startswith("第") and "条" in line[:4]])


@pytest.mark.slow
@needs_ocr
def test_blank_page_is_no_text() -> None:
    stream = io.BytesIO()
    Image.new("L", (800, 1100), 255).save(stream, "PNG")
    with pytest.raises(DocumentError) as error:
        read_bytes(stream.getvalue(), "空白.png")
    assert error.value.code == "no_text"


@needs_ocr
@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + bytes(40), b"\xff\xd8\xff\xe0" + bytes(40)])
def test_damaged_image(data: bytes) -> None:
    with pytest.raises(DocumentError) as error:
        read_bytes(data, "坏图.png")
    assert error.value.code == "broken_image"


def test_without_the_extra_the_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr_engine, "find_spec", lambda name: None)
    stream = io.BytesIO()
    Image.new("L", (80, 110), 255).save(stream, "PNG")
    for data, name in ((stream.getvalue(), "扫描.png"), (_picture_pdf(), "扫描.pdf")):
        with pytest.raises(DocumentError) as error:
            read_bytes(data, name)
        assert error.value.code == "ocr_missing"
        assert error.value.remedy == "pip install 'policy-commitments[ocr]'"


def _picture_pdf() -> bytes:
    stream = io.BytesIO()
    Image.new("L", (80, 110), 255).save(stream, "PDF")
    return stream.getvalue()


def test_one_page_that_is_no_image() -> None:
    stream = io.BytesIO()
    Image.new("L", (80, 110), 255).save(stream, "PNG")
    with pytest.raises(DocumentError) as error:
        read_images([("x_1.png", stream.getvalue()), ("x_2.png", b"<html><body>404</body></html>")], "x_1.png")
    assert error.value.code == "no_image"
    assert "x_2.png" in error.value.message


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("控制在5%0以内", "控制在5‰以内"),
        ("下降到4.5％o。", "下降到4.5‰。"),
        ("控制在79.2%₀以内", "控制在79.2‰以内"),
        ("达到50%", "达到50%"),
        ("青政办发〔2023]18号", "青政办发〔2023〕18号"),
        ("青政办发[2023]18号", "青政办发〔2023〕18号"),
        ("表[2023]", "表[2023]"),
        ("（1)加强领导;抓好落实", "（1）加强领导；抓好落实"),
        ("(2）优化流程", "（2）优化流程"),
        ("(此件公开发布)", "（此件公开发布）"),
        ("比例为1:2(见表)", "比例为1:2（见表）"),
        ("推进“四好农村路“建设", "推进“四好农村路”建设"),
        ("“甲”和“乙”", "“甲”和“乙”"),
        ("1·新建学校", "1．新建学校"),
        ("一—2025年1月在大会上", "——2025年1月在大会上"),
        ("一一2025年1月在大会上", "——2025年1月在大会上"),
        ("一一对应", "一一对应"),
        ("不低于88%,", "不低于88%，"),
        ("-2一", "—2—"),
        (".1.", "—1—"),
        ("二三五年远景目标", "二〇三五年远景目标"),
        ("不低于92%88%", "不低于92%、88%"),
        ("五年规划和二三五", "五年规划和二〇三五"),
        ("二〇三五年远景目标", "二〇三五年远景目标"),
        ("第十二三五年", "第十二三五年"),
    ],
)
def test_signs_put_right(read: str, meant: str) -> None:
    middles = [(10.0 * k, 5.0) for k in range(len(read))]
    line = repaired(read, middles)
    assert line.text == meant
    assert len(line.middles) == len(line.text)
    assert line.guessed == (("〇" in meant and "〇" not in read) or ("%、" in meant and "、" not in read))


def test_wide_gaps_between_han_are_blanks() -> None:
    xs = [10.0, 30.0, 50.0, 95.0, 115.0, 160.0]
    line = spaced(Repaired("第一条加大2", tuple((x, 5.0) for x in xs)), 25.0)
    assert line.text == "第一条 加大2"
    assert [x for x, _ in line.middles] == [10.0, 30.0, 50.0, 72.5, 95.0, 115.0, 160.0]


@pytest.mark.parametrize(
    ("text", "xs", "label"),
    [
        ("1.新建幼儿园", (0, 20, 66, 103, 141, 178, 215), "1．新"),
        ("1. 新建幼儿园", (0, 20, 42, 66, 103, 141, 178, 215), "1．新"),
        ("12.新建幼儿园", (0, 18, 38, 84, 121, 159, 196, 233), "12．新"),
        ("1.新建幼儿园", (0, 20, 46, 83, 121, 158, 195), "1.新"),
        ("1. 新建幼儿园", (0, 20, 33, 46, 83, 121, 158, 195), "1. 新"),
        ("1.5万平方米", (0, 20, 66, 103, 141, 178, 215), "1.5"),
        ("1.新建", (0, 20, 66, 103), "1.新"),
        ("1.新建幼儿园", (), "1.新"),
    ],
)
def test_points_of_labels_by_their_width(text: str, xs: tuple[float, ...], label: str) -> None:
    line = labelled(Repaired(text, tuple((x, 5.0) for x in xs)))
    assert line.text.startswith(label)
    assert len(line.middles) == (len(line.text) if xs else 0)


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_point_of_the_picture_and_back(turns: int) -> None:
    sheet = Sheet(600.0, 800.0, turns, 1.0)
    x, y = {0: (100, 50), 1: (50, 500), 2: (500, 750), 3: (750, 100)}[turns]  # (100, 50) on the turned picture
    left, top = sheet.straight((x, y))
    assert sheet.on_page((left, top, left, top)) == pytest.approx((100, 50, 100, 50), abs=0.02)


def test_placed_characters_keep_their_line() -> None:
    chars = placed_chars([Placed("一、目标", spread("一、目标", (0, 0, 40, 10)), 0.9), Placed("2025", spread("2025", (0, 20, 22, 30)), 0.6)])
    assert chars.text == "一、目标\n2025"
    assert list(chars.lines()) == [(0, 4), (5, 9)]
    assert chars.box(3) == (30, 0, 40, 10)
    assert (chars.lowest([(0, 4)]), chars.lowest([(0, 4), (5, 9)]), chars.lowest([])) == (0.9, 0.6, 1.0)
