"""Reflow: what is joined, what is set aside, and that no character is lost."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_commitments.extractors.folding import fold
from policy_commitments.pipeline.reflow import reflow
from policy_commitments.schemas.clean import Clean
from policy_commitments.schemas.source import Anchor, Block, Cell, Source, Table
from tests.pipeline.texts import clean_of, read_clean, source_of


def paragraphs(clean: Clean) -> list[str]:
    return [clean.text[one.start : one.end] for one in clean.paragraphs]


def set_aside(clean: Clean) -> list[tuple[str, str]]:
    return [(one.kind, clean.source.text[one.start : one.end]) for one in clean.furniture]


def check_nothing_lost(clean: Clean) -> None:
    text = clean.source.text
    covered = bytearray(len(text))
    clean_at = source_at = 0
    for clean_start, source_start, length in clean.runs:
        assert clean_start >= clean_at and source_start >= source_at, "runs ascend"
        assert length > 0
        assert clean.text[clean_start : clean_start + length] == text[source_start : source_start + length]
        covered[source_start : source_start + length] = b"\1" * length
        clean_at, source_at = clean_start + length, source_start + length
    for piece in clean.furniture:
        covered[piece.start : piece.end] = b"\1" * (piece.end - piece.start)
    lost = [i for i, char in enumerate(text) if not covered[i] and not char.isspace() and char not in "\u200b\ufeff"]
    assert lost == []
    assert clean.folded == fold(clean.text)
    assert len(clean.folded) == len(clean.text)
    for paragraph in clean.paragraphs:
        assert "\n" not in clean.text[paragraph.start : paragraph.end]


JOINED = [
    (
        "一、林道养护\n1．补植行道树。对枯死苗木逐株登记，由养护单位在雨季前完\n\n成补植。（责任单位：县林\n\n业局、县财政局）\n2．清理。",
        ["一、林道养护", "1．补植行道树。对枯死苗木逐株登记，由养护单位在雨季前完成补植。（责任单位：县林业局、县财政局）", "2．清理。"],
        "a page break in a sentence and in an agency's name",
    ),
    (
        "某县人民政府关于\n印发《某县渡口安全整治\n\n实施方案》的通知\n各乡镇人民政府：",
        ["某县人民政府关于印发《某县渡口安全整治实施方案》的通知", "各乡镇人民政府："],
        "a title over three lines",
    ),
    (
        "某区支持社区戏台\n修缮实施方案\n（征求意见稿）\n为了保护戏台，制定本方案。",
        ["某区支持社区戏台修缮实施方案", "（征求意见稿）", "为了保护戏台，制定本方案。"],
        "a title over two lines; its status stays apart",
    ),
    (
        "某县人民政府办公室\n2023年5月4日\n（此件公开发布）\n某县渡口整治实施方案",
        ["某县人民政府办公室", "2023年5月4日", "（此件公开发布）", "某县渡口整治实施方案"],
        "a signature, a date and a title stay apart",
    ),
    (
        "一、总体目标\n到2027年，建成渡口三处。",
        ["一、总体目标", "到2027年，建成渡口三处。"],
        "a heading without a mark is not joined to its text",
    ),
    (
        "补助标准每月 1000 元，共 3 个村。Smart City 平台",
        ["补助标准每月1000元，共3个村。Smart City平台"],
        "blanks beside Han go, those between Latin words stay",
    ),
    (
        "渡口巡查由各乡镇负责，巡查记录\n— 7 —\n按月报送县交通局。每月通报一次。",
        ["渡口巡查由各乡镇负责，巡查记录", "按月报送县交通局。每月通报一次。"],
        "a page number between two short lines without sentences",
    ),
    (
        "渡口巡查由乡镇负责。巡查记录\n— 7 —\n按月报送县交通局。",
        ["渡口巡查由乡镇负责。巡查记录按月报送县交通局。"],
        "a page number inside a sentence",
    ),
]


@pytest.mark.parametrize(("text", "expected", "why"), JOINED, ids=[why for _, _, why in JOINED])
def test_lines_are_joined_to_paragraphs(text: str, expected: list[str], why: str) -> None:
    clean = clean_of(text)
    assert paragraphs(clean) == expected, why
    check_nothing_lost(clean)


def test_lines_of_a_page_are_joined_by_width() -> None:
    lines = [
        "一、加强渡口管理，提升服务水平",
        "渡口是沿江群众出行的重要通道，各乡镇要把渡口安全摆在",
        "突出位置，逐处建立台账。船舶适航证书到期的，一律停航整",
        "改。",
        "1.1 建立巡查制度",
        "巡查人员每月到渡口检查不少于两次，巡查情况记入台账并按",
        "2.5次每月的频率抽查。",
    ]
    assert paragraphs(clean_of("\n".join(lines), wrapped=True)) == [
        lines[0],
        "".join(lines[1:4]),
        "1.1建立巡查制度",
        "".join(lines[5:]),
    ]


def askew(straight: bool) -> Source:
    """Three paragraphs of lines 28 points apart on a sheet turned by a degree and a half."""
    first, line = "　　坚持预防为主，全面推进健康服务，完善婴幼儿照护和儿童", "康复救助制度。促进生殖健康，全面推进农村妇女两癌检查工作"
    blocks, text = [], ""
    for k, printed in enumerate([first, *[line] * 6, "全部完成。"] * 3):
        left, top = 90.0 + 32.0 * printed.startswith("　"), 80.0 + 28.0 * k
        right = left + 16.0 * len(printed.strip())
        shift = 0.026 * top
        lying = Anchor(1, (left + shift, top, right + shift, top + 16))
        box = (left, top, right, top + 16) if straight else None
        blocks.append(Block("text", len(text), len(text) + len(printed), lying, straight=box))
        text += printed + "\n"
    return Source("", "", "png", "", text, tuple(blocks), pages=1, wrapped=True)


def test_lines_of_a_sheet_laid_askew_are_judged_as_if_it_lay_straight() -> None:
    assert len(reflow(askew(straight=True)).paragraphs) == 3
    assert len(reflow(askew(straight=False)).paragraphs) > 3


def test_page_numbers_fused_to_lines_are_found_by_counting() -> None:
    body = "渡口安全管理的各项制度要逐条落实到人并按月通报检查情况以"
    lines = []
    for page in range(1, 6):
        lines += [body] * 20 + [f"{page}{body}"]
    clean = clean_of("\n".join(lines), wrapped=True)
    assert [text for kind, text in set_aside(clean) if kind == "page_number"] == ["1", "2", "3", "4", "5"]
    check_nothing_lost(clean)


def test_figures_that_do_not_count_upwards_are_no_page_numbers() -> None:
    clean = clean_of("序号\n12\n渡口名称\n7\n备注\n12\n其他")
    assert set_aside(clean) == []


CONTENTS = "某市渡口规划\n目 录\n第一章 总则……………1\n第二章 布局……………4\n第三章 附则……………9\n第一章 总则\n渡口从严控制。"


def test_contents_with_leaders_are_furniture() -> None:
    clean = clean_of(CONTENTS)
    assert [kind for kind, _ in set_aside(clean)] == ["contents"] * 4
    assert paragraphs(clean) == ["某市渡口规划", "第一章总则", "渡口从严控制。"]


def test_contents_inside_a_line_end_before_the_text() -> None:
    prose = "渡口布局从严控制，新设渡口须经论证。" * 8
    text = f"某市渡口规划目　录第一章　总则第二章　布局第三章　附则某市渡口规划为管好渡口，制定本规划。第一章　总则{prose}第二章　布局{prose}第三章　附则{prose}"
    clean = clean_of(text)
    assert set_aside(clean) == [("contents", "目　录第一章　总则第二章　布局第三章　附则")]
    check_nothing_lost(clean)


def test_a_document_on_one_line_is_cut_at_its_indents() -> None:
    text = "　　各乡镇人民政府：　　《某县渡口整治方案》已经同意，现印发给你们，请认真贯彻执行。　　2023年5月4日   　　（此件公开发布）　　一、总体要求　　（一）目　　标。到2025年，建成渡口三处，并逐处建立台账、落实专人、按月通报检查情况。"
    assert paragraphs(clean_of(text))[:5] == [
        "各乡镇人民政府：",
        "《某县渡口整治方案》已经同意，现印发给你们，请认真贯彻执行。",
        "2023年5月4日",
        "（此件公开发布）",
        "一、总体要求",
    ]


def test_bookmarks_and_print_headers_are_set_aside() -> None:
    clean = read_clean("[bookmark: _Toc1]一、目标\n渡口三处。\nhttps://www.example.gov.cn/a.html 1/9\n二、任务\n修缮。")
    assert ("bookmark", "[bookmark: _Toc1]") in set_aside(clean)
    assert ("print_header", "https://www.example.gov.cn/a.html 1/9") in set_aside(clean)
    assert paragraphs(clean) == ["一、目标", "渡口三处。", "二、任务", "修缮。"]


def test_running_heads_stand_next_to_page_numbers() -> None:
    # the first one is the title itself
    page = "某县渡口规划\n第{0}处渡口由乡镇管理。巡查按月进行。\n第{0}处台账逐处建立。检查按季通报。\n— {0} —\n"
    clean = clean_of("".join(page.format(n) for n in range(1, 5)))
    assert [text for kind, text in set_aside(clean) if kind == "running_head"] == ["某县渡口规划"] * 3


def test_a_second_copy_of_the_whole_text_is_set_aside_and_reported() -> None:
    lines = ["某县渡口安全整治实施方案"] + [f"第{n}处渡口由某乡管理，按月巡查。" for n in "一二三四五六七八九十"]
    clean = clean_of("\n".join(lines * 2))
    assert paragraphs(clean) == lines
    assert [one.code for one in clean.problems] == ["text_repeated"]
    check_nothing_lost(clean)


def table_source() -> Source:
    rows = [["序号", "指标", "2025年\n目标"], ["1", "渡口\n数量", "3"], ["序号", "指标", "2025年\n目标"], ["2", "船舶", "9"]]
    text, cells = "附件\n", []
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            cells.append(Cell(r, c, len(text), len(text) + len(cell)))
            text += cell + "\t"
    start = len("附件\n")
    table = Table(0, start, len(text), 4, 3, tuple(cells))
    return Source("t", "t", "docx", "0" * 64, text, (Block("text", 0, 2), Block("table", start, len(text))), (table,))


def test_cells_stand_on_lines_of_their_own_and_repeated_heads_go() -> None:
    clean = reflow(table_source())
    table = clean.tables[0]
    assert [clean.text[cell.start : cell.end] for cell in table.cells] == [
        "序号", "指标", "2025年目标", "1", "渡口数量", "3", "2", "船舶", "9",
    ]  # fmt: skip
    assert {kind for kind, _ in set_aside(clean)} == {"repeated_head"}
    assert [(cell.row, cell.col) for cell in table.cells][-1] == (3, 2)
    check_nothing_lost(clean)


PIECES = st.sampled_from(
    ["一、目标", "（一）", "渡口", "县林业局", "。", "；", "，", "\n", "\n\n", " ", "　　", "— 3 —", "12", "1.", "目录", "附件1", "《", "》",
     "（", "）", "abc", "2025年", "第一章", "……3", "\u200b", "\f", "\t", "％", "关于", "方案"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join), st.booleans())
def test_no_character_is_lost(text: str, wrapped: bool) -> None:
    check_nothing_lost(reflow(source_of(text, wrapped)))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80))
def test_no_character_of_any_text_is_lost(text: str) -> None:
    check_nothing_lost(reflow(source_of(text)))


@settings(max_examples=50, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_the_same_text_gives_the_same_clean_text(text: str) -> None:
    assert reflow(source_of(text)) == reflow(source_of(text))


@pytest.mark.parametrize("unit", ["（", "甲 ", "1.", "。——甲", "《甲方案》", "目录第一章甲第二章乙第三章丙", "一、甲。"])
def test_time_grows_with_length_only(unit: str) -> None:
    def seconds(times: int) -> float:
        begin = time.perf_counter()
        clean_of(unit * times)
        return time.perf_counter() - begin

    seconds(100)
    assert seconds(20_000) < 0.2 + 60 * seconds(1_000)
