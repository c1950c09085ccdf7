"""Makes the .pdf specimens from the .txt ones: printed by LibreOffice as offices print them, or by a browser.

01, 07, 08 official paper: 16 point, lines of exactly 28 points, `— 1 —` at the foot · 02, 10 contents with dot leaders,
running head, table · 03 a web page printed by Chromium: address, date and x/y on each page, a menu, a table of 索引号 ·
04 a task table across landscape pages, its head repeated, rows broken · 05, 09 small type · 06 a gazette in two
columns. Usage: python corpus/build_formats.py [01 02 …] (needs `soffice`, `chromium` and Noto CJK fonts)
"""

from __future__ import annotations

import http.server
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import docx
from build import paragraphs
from build import table as ruled_table
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

FOLDER = Path(__file__).parent / "documents"
_HEADING = re.compile(r"第[一二三四五六七八九十]+[章节条]|[一二三四五六七八九十]+、")
_DIVISION = re.compile(r"第[一二三四五六七八九十]+[章节]")
_SIGNED = re.compile(r"[^，。：]{4,20}(?:政府|办公室|局|委员会)$|\d{4}年\d{1,2}月\d{1,2}日$")
_HOST = "www.example.gov.cn"
_MENU = ("首页", "政务公开", "政务服务", "互动交流", "走进石桥")


def set_up(document: Document, size: float, spacing: float | None) -> None:
    """A4 with the margins of GB/T 9704, Han in a serif face, lines at a fixed distance where one is given."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Liberation Serif", Pt(size)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Noto Serif CJK SC")
    style.paragraph_format.space_after = Pt(0)
    if spacing is not None:
        style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        style.paragraph_format.line_spacing = Pt(spacing)
    document.core_properties.author = ""


def field(paragraph: Any, instruction: str) -> None:
    """A field that the program fills in when it prints."""
    paragraph._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{instruction}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))


def page_numbers(document: Document, before: str, after: str) -> None:
    """`— 1 —` in the middle of the foot."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(before)
    field(paragraph, "PAGE")
    paragraph.add_run(after)


def title(document: Document, text: str, size: float) -> None:
    """A centred title in large type."""
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(text).font.size = Pt(size)


def body(document: Document, text: str, size: float) -> None:
    """An ordinary paragraph, its first line indented by two characters."""
    paragraph = document.add_paragraph(text)
    if _SIGNED.match(text):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    elif not text.endswith("：") or _HEADING.match(text):
        paragraph.paragraph_format.first_line_indent = Pt(size * 2)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY


def table(document: Document, rows: list[list[str]], size: float) -> None:
    """A table whose first row comes again on each page."""
    grid = ruled_table(document, rows, size)
    properties = grid.rows[0]._tr.get_or_add_trPr()
    properties.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))


def write(document: Document, text: str, size: float, table_size: float) -> None:
    """All paragraphs and tables of a specimen; what precedes the first sentence and ends like a title is one."""
    for k, one in enumerate(paragraphs(text)):
        if isinstance(one, list):
            table(document, one, table_size)
        elif k == 0 or (k == 1 and one.startswith("关于")) or (len(one) < 45 and re.search(r"(?:方案|规划|办法|分解表|行动计划)$", one) and not _HEADING.match(one)):
            title(document, one, size * 1.4)
        elif _DIVISION.match(one):
            title(document, one, size)
        else:
            body(document, one, size)


def official(text: str) -> Document:
    """01: as GB/T 9704 prints notices."""
    document = docx.Document()
    set_up(document, 16, 28)
    page_numbers(document, "— ", " —")
    write(document, text, 16, 12)
    return document


def plan(text: str) -> Document:
    """02: contents with dot leaders, a running head, bare page numbers."""
    document = docx.Document()
    set_up(document, 14, 26)
    page_numbers(document, "", "")
    head = document.sections[0].header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    head.add_run(text.split("\n", 1)[0]).font.size = Pt(9)
    title(document, "目　录", 18)
    for number, line in enumerate((line for line in text.split("\n") if _DIVISION.match(line)), 3):
        entry = document.add_paragraph(f"{line}\t{number // 3 + 1}")
        entry.paragraph_format.tab_stops.add_tab_stop(Mm(156), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    document.add_page_break()
    write(document, text, 14, 10.5)
    return document


def task_table(text: str) -> Document:
    """04: a table on landscape pages, in type so large that rows break."""
    document = docx.Document()
    set_up(document, 16, None)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    page_numbers(document, "第 ", " 页")
    write(document, text, 16, 22)
    return document


def report(text: str) -> Document:
    """05: small type, single spacing, a head with the page number in it."""
    document = docx.Document()
    set_up(document, 12, None)
    head = document.sections[0].header.paragraphs[0]
    head.add_run("内部资料 注意保存　第")
    field(head, "PAGE")
    head.add_run("页")
    write(document, text, 12, 10.5)
    return document


def gazette(text: str) -> Document:
    """06: two columns."""
    document = docx.Document()
    set_up(document, 10.5, None)
    section = document.sections[0]
    section.left_margin = section.right_margin = Mm(18)
    section.page_height = Mm(180)
    columns = section._sectPr.find(qn("w:cols"))
    columns.set(qn("w:num"), "2")
    columns.set(qn("w:space"), "500")
    page_numbers(document, "· ", " ·")
    write(document, text, 10.5, 9)
    return document


_PRINTED: dict[str, Callable[[str], Document]] = {
    "02": plan,
    "04": task_table,
    "05": report,
    "06": gazette,
    "09": report,
    "10": plan,
}
_WEB = "03"


def page(text: str) -> str:
    """03 as a page of a government site."""
    lines = [one for one in paragraphs(text) if isinstance(one, str)]
    labels = "".join(
        f"<tr><td>{name}</td><td>{value}</td></tr>"
        for name, value in (("索引号：", "009/2024-00031"), ("发布机构：", "石桥区数据局"), ("成文日期：", "2024-03-11"))
    )
    menu = "".join(f"<a style='margin-right:36px'>{name}</a>" for name in _MENU)
    body_text = "".join(f"<p style='text-indent:2em;line-height:1.8'>{escape(line)}</p>" for line in lines[1:])
    return (
        f"<html><head><meta charset='utf-8'><title>{escape(lines[0])}</title></head><body style='font-family:Noto Sans CJK SC'>"
        f"<div style='position:fixed;top:0'>{menu}</div><table border=1 style='margin-top:40px;border-collapse:collapse'>"
        f"{labels}</table><h2 style='text-align:center'>{escape(lines[0])}</h2>{body_text}"
        "<p>附件：<a href='http://www.example.gov.cn/art/tasks.docx'>任务清单.docx</a></p></body></html>"
    )


def print_page(html: str, target: Path, folder: Path) -> None:
    """Serve the page under a made-up address and print it with Chromium, heads and feet included."""
    (folder / "art_31.html").write_text(html, encoding="utf-8")

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args, directory=str(folder))

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}",
         f"--host-resolver-rules=MAP {_HOST}:80 127.0.0.1:{port}", f"--print-to-pdf={target}", f"http://{_HOST}/art_31.html"],
        check=True, capture_output=True,
    )  # fmt: skip
    server.shutdown()


def convert(document: Document, target: Path, folder: Path) -> None:
    """Print a Word document with LibreOffice; raises RuntimeError where it prints nothing."""
    source = folder / "specimen.docx"
    document.save(str(source))
    profile = (folder / "profile").as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)],
        check=False,
        capture_output=True,
    )
    made = source.with_suffix(".pdf")
    if not made.is_file():
        raise RuntimeError(f"LibreOffice printed no {target.name}")
    shutil.copy(made, target)


def main(wanted: list[str]) -> None:
    """Write the .pdf specimens beside their .txt: those whose names begin with one of `wanted`, or all."""
    missing = [program for program in ("soffice", "chromium") if shutil.which(program) is None]
    if missing:
        sys.exit(f"build_formats.py needs {' and '.join(missing)} on the path")
    for path in sorted(FOLDER.glob("*.txt")):
        if wanted and not path.name.startswith(tuple(wanted)):
            continue
        text, target = path.read_text(encoding="utf-8"), path.with_suffix(".pdf")
        with TemporaryDirectory() as name:
            if path.name.startswith(_WEB):
                print_page(page(text), target, Path(name))
            else:
                convert(_PRINTED.get(path.name[:2], official)(text), target, Path(name))
        print(target.name)


if __name__ == "__main__":
    main(sys.argv[1:])
