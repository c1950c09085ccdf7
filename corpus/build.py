"""Makes the .docx specimens from the .txt ones: real Word files with what Word files really hold.

01 automatic numbers (一、 （一） 1．) · 02 heading styles with automatic 第一章 / 第一节, a table, a text box ·
03 tracked insertions and deletions, a content control · 04 a table with vertical merges · 05, 06 running head and page
number · 07, 08, 10 automatic numbers. Usage: python corpus/build.py
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

FOLDER = Path(__file__).parent / "documents"
_FIXED_DATE = "2024-01-01T00:00:00Z"
_LEVELS: dict[str, tuple[str, str, str]] = {
    "chapter": (r"第[一二三四五六七八九十]+章 ?", "chineseCountingThousand", "第%1章"),
    "section": (r"第[一二三四五六七八九十]+节 ?", "chineseCountingThousand", "第%2节"),
    "first": (r"[一二三四五六七八九十]+、", "chineseCountingThousand", "%1、"),
    "second": (r"（[一二三四五六七八九十]+）", "chineseCountingThousand", "（%2）"),
    "third": (r"\d+．", "decimal", "%3．"),
}


def paragraphs(text: str) -> Iterator[str | list[list[str]]]:
    """Paragraphs of a .txt specimen; a flattened table comes as rows of cells (None-free, "" for an empty cell)."""
    rows: list[list[str]] = []
    fresh = True
    for line in text.split("\n"):
        if line.startswith("\t"):
            if fresh:
                rows.append([])
            rows[-1].append(line[1:])
        elif line.strip():
            if rows:
                yield rows
                rows = []
            yield line
        fresh = not line.strip() and not line.startswith("\t")
    if rows:
        yield rows


def numbering(document: Document, levels: list[tuple[str, str]], restart: bool) -> int:
    """Add an abstract numbering with (format, text) per level; returns its num id. `restart` False runs level 3 on."""
    part = document.part.numbering_part.element
    identifier = len(part.findall(qn("w:abstractNum"))) + 100
    inner = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        + ('<w:lvlRestart w:val="0"/>' if i == 2 and not restart else "")
        + f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(levels)
    )
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{identifier}">{inner}</w:abstractNum>')
    part.insert(0, abstract)
    part.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="{identifier}"><w:abstractNumId w:val="{identifier}"/></w:num>')
    )
    return identifier


def numbered(document: Document, text: str, number: int, level: int) -> None:
    """A paragraph whose number Word makes."""
    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    properties.append(
        parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        )
    )


def with_numbers(names: list[str], restart: bool = False) -> Callable[[Document], Callable[[str], None]]:
    """A writer that turns printed labels of the named levels into automatic numbers."""

    def prepare(document: Document) -> Callable[[str], None]:
        number = numbering(document, [_LEVELS[name][1:] for name in names], restart)

        def write(line: str) -> None:
            for level, name in enumerate(names):
                match = re.match(_LEVELS[name][0], line)
                if match:
                    numbered(document, line[match.end() :], number, level)
                    return
            document.add_paragraph(line)

        return write

    return prepare


def plain(document: Document) -> Callable[[str], None]:
    """A writer of ordinary paragraphs."""

    def write(line: str) -> None:
        document.add_paragraph(line)

    return write


def tracked(document: Document) -> Callable[[str], None]:
    """A writer whose paragraphs carry a deletion before and an insertion in them, and one content control."""

    def write(line: str) -> None:
        paragraph = document.add_paragraph()
        half = len(line) // 2
        marks = f'w:id="{len(document.paragraphs)}" w:author="editor" w:date="{_FIXED_DATE}" {nsdecls("w")}'
        if "（责任单位" in line:
            paragraph._p.append(
                parse_xml(f'<w:del {marks}><w:r><w:delText>不少于999个。</w:delText></w:r></w:del>')
            )
        if line.startswith("2024年"):
            paragraph._p.append(
                parse_xml(
                    f'<w:sdt {nsdecls("w")}><w:sdtContent><w:r><w:t xml:space="preserve">{line}</w:t></w:r>'
                    "</w:sdtContent></w:sdt>"
                )
            )
            return
        paragraph.add_run(line[:half])
        paragraph._p.append(parse_xml(f'<w:ins {marks}><w:r><w:t xml:space="preserve">{line[half:]}</w:t></w:r></w:ins>'))

    return write


def text_box(document: Document, lines: list[str]) -> None:
    """A floating text box (with the legacy fallback that Word writes beside it)."""
    inner = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    box = f"<w:txbxContent>{inner}</w:txbxContent>"
    document.add_paragraph().add_run()._r.append(
        parse_xml(
            f'<w:pict {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><v:shape style="width:400pt;height:90pt">'
            f"<v:textbox>{box}</v:textbox></v:shape></w:pict>"
        )
    )


def table(document: Document, rows: list[list[str]], size: float | None = None) -> Any:
    """A ruled table in letters of `size` points; leading empty cells continue the cell above (a vertical merge)."""
    grid = document.add_table(rows=len(rows), cols=max(map(len, rows)))
    grid.style = "Table Grid"
    above: dict[int, Any] = {}
    for r, row in enumerate(rows):
        leading = True
        for c, text in enumerate(row):
            leading = leading and not text
            if leading and c in above:
                above[c] = above[c].merge(grid.cell(r, c))
                continue
            above[c] = grid.cell(r, c)
            above[c].paragraphs[0].add_run(text).font.size = None if size is None else Pt(size)
    return grid


_WRITERS: dict[str, Callable[[Document], Callable[[str], None]]] = {
    "01": with_numbers(["first", "second", "third"]),
    "02": with_numbers(["chapter", "section"], restart=True),
    "03": tracked,
    "07": with_numbers(["first", "second"], restart=True),
    "08": with_numbers(["first", "second", "third"]),
    "10": with_numbers(["chapter", "section"], restart=True),
}


def build(path: Path, prepare: Callable[[Document], Callable[[str], None]] | None = None) -> Path:
    """Make the .docx beside a .txt specimen; `prepare` gives the writer of its paragraphs, else the specimen's own."""
    document = docx.Document()
    head = path.name[:2]
    write = (prepare or _WRITERS.get(head, plain))(document)
    lines = list(paragraphs(path.read_text(encoding="utf-8")))
    boxed = [i for i, one in enumerate(lines) if head == "02" and isinstance(one, str) and one.startswith("专栏2")]
    for i, one in enumerate(lines):
        if isinstance(one, list):
            table(document, one)
        elif boxed and boxed[0] <= i <= boxed[0] + 2:
            if i == boxed[0]:
                text_box(document, [str(x) for x in lines[i : i + 3]])
        else:
            write(one)
    if head in ("05", "06"):
        document.sections[0].header.paragraphs[0].text = "内部资料 注意保存"
        document.sections[0].footer.paragraphs[0].text = "— 1 —"
    document.core_properties.created = document.core_properties.modified = None or _date()
    target = path.with_suffix(".docx")
    document.save(str(target))
    return target


def _date() -> Any:
    from datetime import UTC, datetime

    return datetime(2024, 1, 1, tzinfo=UTC)


if __name__ == "__main__":
    for specimen in sorted(FOLDER.glob("*.txt")):
        print(build(specimen).name)
