"""Word files: what Word shows is what is read."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document

from policy_commitments.pipeline.read import read_bytes
from policy_commitments.schemas.problems import DocumentError
from policy_commitments.schemas.source import Source
from tests.pipeline.read.docx_files import docx, level, numbered, numbering, p, r, tbl, tc
from tests.pipeline.read.invariants import assert_sound, grid, lines


def read(data: bytes) -> Source:
    source = read_bytes(data, "file.docx", "file.docx")
    assert_sound(source)
    assert source.format == "docx"
    return source


def test_python_docx_file_with_headings_and_table() -> None:
    document = Document()
    document.add_heading("一、总体要求", level=1)
    document.add_paragraph("到2025年建成三所学校。")
    table = document.add_table(2, 2)
    for k, text in enumerate(("指标", "目标", "学校", "3所")):
        table.cell(k // 2, k % 2).text = text
    document.sections[0].footer.paragraphs[0].text = "- 1 -"
    stream = io.BytesIO()
    document.save(stream)
    source = read(stream.getvalue())
    assert source.text == "一、总体要求\n到2025年建成三所学校。\n指标\t目标\n学校\t3所\n- 1 -"
    assert source.blocks[0].level == 1
    assert source.blocks[1].level is None
    assert grid(source) == [["指标", "目标"], ["学校", "3所"]]
    assert [block.detail for block in source.blocks if block.kind == "furniture"] == ["page_number"]


CHAPTERS = level(0, "chineseCounting", "%1、", '<w:suff w:val="nothing"/>') + level(1, "chineseCountingThousand", "（%2）")


def test_chinese_numbers_count_and_restart_below_a_higher_level() -> None:
    body = numbered("甲", 1) + numbered("乙", 1, 1) + numbered("丙", 1, 1) + numbered("丁", 1) + numbered("戊", 1, 1)
    source = read(docx(body, numbering=numbering({0: CHAPTERS}, {1: (0, "")})))
    assert source.text == "一、甲\n（一）乙\n（二）丙\n二、丁\n（一）戊"
    assert [block.generated for block in source.blocks] == [2, 3, 3, 2, 3]


@pytest.mark.parametrize(
    ("kind", "pattern", "start", "shown"),
    [
        ("decimal", "%1.", 9, ["9. 甲", "10. 甲"]),
        ("decimal", "第%1章", 1, ["第1章甲", "第2章甲"]),
        ("chineseCounting", "第%1条", 10, ["第十条甲", "第十一条甲"]),
        ("chineseCountingThousand", "%1、", 101, ["一百零一、甲", "一百零二、甲"]),
        ("decimalFullWidth", "%1．", 9, ["９．甲", "１０．甲"]),
        ("decimalEnclosedCircle", "%1", 20, ["⑳甲", "21 甲"]),
        ("ideographTraditional", "%1、", 1, ["甲、甲", "乙、甲"]),
        ("lowerLetter", "%1)", 26, ["z) 甲", "aa) 甲"]),
        ("upperRoman", "%1.", 4, ["IV. 甲", "V. 甲"]),
        ("chineseLegalSimplified", "%1、", 10, ["壹拾、甲", "壹拾壹、甲"]),
        ("none", "——", 1, ["——甲", "——甲"]),
        ("bullet", "\uf06c", 1, ["• 甲", "• 甲"]),
    ],
)
def test_number_formats(kind: str, pattern: str, start: int, shown: list[str]) -> None:
    defined = numbering({0: level(0, kind, pattern, start=start)}, {1: (0, "")})
    assert read(docx(numbered("甲", 1) * 2, numbering=defined)).text.split("\n") == shown


def test_levels_of_several_numbers_and_legal_numbering() -> None:
    levels = level(0, "chineseCounting", "%1、") + level(1, "decimal", "%1.%2", "<w:isLgl/>")
    body = numbered("甲", 1) + numbered("乙", 1, 1) + numbered("丙", 1, 1)
    assert read(docx(body, numbering=numbering({0: levels}, {1: (0, "")}))).text == "一、甲\n1.1 乙\n1.2 丙"


def test_numberings_of_one_definition_count_on_and_an_override_restarts() -> None:
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    defined = numbering({0: level(0, "decimal", "%1、")}, {1: (0, ""), 2: (0, ""), 3: (0, restart)})
    body = "".join(numbered("甲", num) for num in (1, 2, 3, 3))
    assert read(docx(body, numbering=defined)).text == "1、甲\n2、甲\n1、甲\n2、甲"


def test_number_of_a_style_and_its_base_and_numid_zero() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        '<w:jc w:val="center"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="own"/><w:basedOn w:val="a"/></w:style>'
    )
    off = '<w:pStyle w:val="a"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body = p("甲", '<w:pStyle w:val="a"/>') + p("乙", '<w:pStyle w:val="b"/>') + p("丙", off)
    source = read(docx(body, styles=styles, numbering=numbering({0: level(0, "chineseCounting", "%1、")}, {1: (0, "")})))
    assert source.text == "一、甲\n二、乙\n丙"
    assert [(block.level, block.align) for block in source.blocks] == [(2, "center")] * 3


def test_unknown_number_format_is_said_aloud() -> None:
    source = read(docx(numbered("甲", 1), numbering=numbering({0: level(0, "bahtText", "%1、")}, {1: (0, "")})))
    assert source.text == "1、甲"
    assert [problem.code for problem in source.problems] == ["unknown_number_format"]


def test_tracked_changes_as_if_accepted() -> None:
    moved = f"<w:moveFrom>{r('旧处')}</w:moveFrom><w:moveTo>{r('新处')}</w:moveTo>"
    body = f"<w:p>{r('到')}<w:del><w:r><w:delText>2024年</w:delText></w:r></w:del><w:ins>{r('2025年')}</w:ins>{moved}</w:p>"
    source = read(docx(body))
    assert source.text == "到2025年新处"
    assert [problem.code for problem in source.problems] == ["tracked_deletions"]


def test_deleted_paragraph_mark_joins_and_deleted_row_goes() -> None:
    first = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('前半')}</w:p>"
    rows = "<w:tbl>" + "<w:tr>" + tc("甲") + tc("乙") + "</w:tr><w:tr><w:trPr><w:del/></w:trPr>" + tc("丙") + tc("丁") + "</w:tr></w:tbl>"
    source = read(docx(first + p("后半") + rows))
    assert source.text == "前半后半\n甲\t乙"


def test_text_box_once_after_its_paragraph() -> None:
    inner = f"<w:txbxContent>{p('框内')}</w:txbxContent>"
    box = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{inner}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    source = read(docx(f"<w:p>{r('框外')}<w:r>{box}</w:r></w:p>" + p("其后")))
    assert source.text == "框外\n框内\n其后"
    assert [block.detail for block in source.blocks] == ["", "box", ""]


def test_content_controls_hyperlinks_and_fields() -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('控件')}</w:sdtContent></w:sdt>"
    inline = f"<w:sdt><w:sdtContent>{r('内')}</w:sdtContent></w:sdt>"
    code = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF a</w:instrText></w:r>' + r("码")
    result = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("果") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    body = control + f"<w:p>{inline}<w:hyperlink>{r('链')}</w:hyperlink>{code}{result}{r('尾')}</w:p>"
    assert read(docx(body)).text == "控件\n内链果尾"


def test_breaks_tabs_hidden_text_and_signs() -> None:
    run = "<w:r><w:t>上</w:t><w:br/><w:t>下</w:t><w:tab/><w:t>右</w:t><w:noBreakHyphen/><w:sym w:char='F0FE'/></w:r>"
    source = read(docx(f"<w:p>{run}{r('藏', '<w:vanish/>')}</w:p>"))
    assert source.text == "上\n下\t右-☑"
    assert [block.anchor.paragraph for block in source.blocks] == [0, 0]


def test_table_of_contents_is_furniture() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="toc 1"/></w:style>'
    source = read(docx(p("一、总则\t1", '<w:pStyle w:val="t"/>') + p("一、总则"), styles=styles))
    assert [(block.kind, block.detail) for block in source.blocks] == [("furniture", "contents"), ("text", "")]


def test_merged_cells_once_with_spans() -> None:
    wide, top, on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    table = tbl(
        tc("类别", top) + tc("目标", wide),
        tc("", on) + tc("2020年") + tc("2025年"),
        tc("床位|（张）") + tc("1") + tc(""),
    )
    source = read(docx(p("表") + table + p("后")))
    assert source.text == "表\n类别\t目标\n\t2020年\t2025年\n床位 （张）\t1\t\n后"
    table_read = source.tables[0]
    assert (table_read.rows, table_read.cols) == (3, 3)
    assert [(c.row, c.col, c.row_span, c.col_span) for c in table_read.cells] == [
        (0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1), (2, 0, 1, 1), (2, 1, 1, 1),
    ]  # fmt: skip


def test_frames_are_no_tables() -> None:
    source = read(docx(tbl(tc("专栏1|建设三所医院。")) + tbl(tc("外") + "<w:tc>" + tbl(tc("甲") + tc("乙")) + "</w:tc>")))
    assert lines(source) == ["专栏1", "建设三所医院。", "外"]
    assert grid(source) == [["甲", "乙"]]
    assert {block.detail for block in source.blocks if block.kind == "text"} == {"box"}


def test_footnotes_behind_the_body_heads_as_furniture() -> None:
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    source = read(
        docx(
            f"<w:p>{r('正文')}{reference}</w:p>",
            footnotes=f'<w:footnote w:id="1">{p("无引用")}</w:footnote><w:footnote w:id="2">{p("注释")}</w:footnote>',
            header1=p("某县人民政府文件"),
            footer1=p("— 2 —"),
        )
    )
    assert [(source.text[b.start : b.end], b.kind, b.detail) for b in source.blocks] == [
        ("正文", "text", ""),
        ("注释", "text", "footnote"),
        ("某县人民政府文件", "furniture", "running_head"),
        ("— 2 —", "furniture", "page_number"),
    ]


def test_strict_dialect() -> None:
    plain = docx(p("严格格式"))
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            new.writestr(name, data)
    assert read(stream.getvalue()).text == "严格格式"


def _package(**parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, text in parts.items():
            package.writestr(name.replace("__", "/"), text)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (docx(p("正文"))[:-40], "broken_zip"),
        (b"PK\x03\x04 cut off", "broken_zip"),
        (_package(**{"[Content_Types].xml": "<Types/>"}), "no_document_part"),
        (_package(**{"[Content_Types].xml": "", "word__document.xml": "<w:document"}), "broken_docx"),
        (_package(**{"[Content_Types].xml": "", "word__document.xml": "<other/>"}), "no_document_part"),
        (_package(**{"a.txt": "x"}), "archive"),
        (docx(p(" ")), "no_text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "encrypted_office"),
    ],
)
def test_what_cannot_be_read_names_a_remedy(data: bytes, code: str) -> None:
    with pytest.raises(DocumentError) as error:
        read_bytes(data, "file.docx")
    assert error.value.code == code
    assert error.value.remedy


def test_external_entities_are_not_fetched() -> None:
    text = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    body = docx("<w:p><w:r><w:t>前&amp;后</w:t></w:r></w:p>")
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode()
            new.writestr(name, text + content.replace("&amp;", "&x;") if name == "word/document.xml" else content)
    assert read(stream.getvalue()).text == "前后"
