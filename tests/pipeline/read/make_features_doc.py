"""Makes files/features.doc and files/notes.doc: what Word files hold beside plain paragraphs, saved by LibreOffice.

Usage: python -m tests.pipeline.read.make_features_doc (needs `soffice` on the path)
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.pipeline.read.docx_files import docx, level, numbered, numbering, p, r

HERE = Path(__file__).parent / "files"


def build(path: Path) -> None:
    """Heading, hidden text, breaks, fields, a rare character, merged and nested tables, heads of two sections."""
    document = Document()
    document.add_heading("一、总体要求", level=1)
    document.add_paragraph("居中一行").alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph = document.add_paragraph("看得见")
    paragraph.add_run("看不见").font.hidden = True
    paragraph.add_run("又看得见𬭎字")
    broken = document.add_paragraph()
    broken.add_run("页前").add_break(WD_BREAK.PAGE)
    broken.add_run("页后")
    broken.add_run().add_break(WD_BREAK.LINE)
    broken.add_run("换行后\t制表")
    _field(document.add_paragraph("第"), ' PAGE \\* MERGEFORMAT ', "12").add_run("页")
    _merged(document)
    document.add_paragraph("表后")
    _nested(document)
    document.sections[0].header.paragraphs[0].text = "清溪县人民政府文件"
    document.add_section().footer.paragraphs[0].text = "— 3 —"
    document.add_paragraph("第二节")
    document.save(str(path))


def _field(paragraph, code: str, result: str):  # type: ignore[no-untyped-def]
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("result", result), ("end", "")):
        inner = {"": f'<w:instrText xml:space="preserve">{text}</w:instrText>', "result": f"<w:t>{text}</w:t>"}.get(
            kind, f'<w:fldChar w:fldCharType="{kind}"/>'
        )
        paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{inner}</w:r>"))
    return paragraph


def _merged(document) -> None:  # type: ignore[no-untyped-def]
    table = document.add_table(4, 4)
    rows = ("指标 目标 目标 属性", "指标 2023年 2025年 属性", "学位（个） 900 1200 预期性", "合计 合计 合计 约束性")
    for k, row in enumerate(rows):
        for j, text in enumerate(row.split()):
            table.cell(k, j).text = text
    for first, last in (((0, 0), (1, 0)), ((0, 1), (0, 2)), ((0, 3), (1, 3)), ((3, 0), (3, 2))):
        merged = table.cell(*first).merge(table.cell(*last))
        merged.text = rows[first[0]].split()[first[1]]


def _nested(document) -> None:  # type: ignore[no-untyped-def]
    outer = document.add_table(2, 2)
    for k, text in enumerate(("任务", "单位", "修路", "交通局")):
        outer.cell(k // 2, k % 2).text = text
    inner = outer.cell(1, 0).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "甲段", "乙段"


def build_notes(path: Path) -> None:
    """A line of contents, a footnote, a text box, circled numbers from five on, a sign of a symbol font."""
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="n"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="toc 1"/></w:style>'
    )
    inner = f"<w:txbxContent>{p('框内')}</w:txbxContent>"
    shape = f'<v:shape style="width:100pt;height:30pt"><v:textbox>{inner}</v:textbox></v:shape>'
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    sign = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    body = (
        p("目录一\t1", '<w:pStyle w:val="t"/>')
        + f"<w:p>{r('正文')}{reference}{r('续')}</w:p><w:p>{r('框外')}<w:r><w:pict>{shape}</w:pict></w:r></w:p>"
        + numbered("甲", 1)
        + numbered("乙", 1)
        + f"<w:p>{r('前')}{sign}{r('后')}</w:p>"
    )
    numbers = numbering({0: level(0, "decimalEnclosedCircle", "%1", start=5)}, {1: (0, "")})
    notes = f'<w:footnote w:id="2">{p("注释")}</w:footnote>'
    path.write_bytes(docx(body, styles=styles, numbering=numbers, footnotes=notes))


def save_as_doc(given: Path, folder: Path) -> None:
    """Let LibreOffice save a .docx as .doc in `folder`."""
    profile = (given.parent / "profile").as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "doc:MS Word 97", "--outdir", str(folder), str(given)],
        check=True,
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        for stem, make in (("features", build), ("notes", build_notes)):
            make(Path(name) / f"{stem}.docx")
            save_as_doc(Path(name) / f"{stem}.docx", HERE)
