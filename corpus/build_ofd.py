"""Makes the .ofd specimens from the .pdf ones, as offices do that file both: the same pages in the format of GB/T 33190.

Each run of characters becomes a text object with a step for each character, each border a path; fonts are named, not
embedded. 03 has none, for it is a web page. Usage: python corpus/build_ofd.py [01 02 …] (needs pypdfium2)
"""

from __future__ import annotations

import ctypes
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pypdfium2
import pypdfium2.raw as pdfium

FOLDER = Path(__file__).parent / "documents"
_WEB = "03"
_MILLIMETRES = 25.4 / 72
_NAMES = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_FIXED = (2024, 1, 1, 0, 0, 0)
_FONT = 3  # ids below 10 are the document's own
_SAME_LINE = 0.1  # points between the baselines of one run


@dataclass(slots=True)
class Run:
    """Characters on one baseline, drawn by one operator; x and y as in the PDF."""

    size: float
    y: float
    chars: list[tuple[str, float]] = field(default_factory=list)


def runs(textpage: Any) -> Iterator[Run]:
    """The runs of a page in the order in which they are drawn, without what pdfium guesses."""
    last: tuple[int, float] | None = None
    run = Run(0.0, 0.0)
    x, y = ctypes.c_double(), ctypes.c_double()
    for k in range(pdfium.FPDFText_CountChars(textpage)):
        code = pdfium.FPDFText_GetUnicode(textpage, k)
        if code < 32 or pdfium.FPDFText_IsGenerated(textpage, k) == 1:
            continue
        pdfium.FPDFText_GetCharOrigin(textpage, k, x, y)
        owner = ctypes.cast(pdfium.FPDFText_GetTextObject(textpage, k), ctypes.c_void_p).value or 0
        if last is None or last[0] != owner or abs(last[1] - y.value) > _SAME_LINE:
            if run.chars:
                yield run
            run = Run(pdfium.FPDFText_GetFontSize(textpage, k), y.value)
        run.chars.append((chr(code), x.value))
        last = (owner, y.value)
    if run.chars:
        yield run


def number(points: float) -> str:
    """Points as millimetres."""
    return f"{points * _MILLIMETRES:.3f}".rstrip("0").rstrip(".")


def text_object(run: Run, identifier: int, height: float) -> str:
    """One run; its boundary is as high as the letters and its text begins on the baseline in it."""
    left = run.chars[0][1]
    wide = run.chars[-1][1] + run.size - left
    steps = " ".join(number(two[1] - one[1]) for one, two in zip(run.chars, run.chars[1:], strict=False))
    text = escape("".join(char for char, _ in run.chars))
    boundary = " ".join(map(number, (left, height - run.y - run.size, wide, run.size * 1.25)))
    delta = f' DeltaX="{steps}"' if steps else ""
    return (
        f'<ofd:TextObject ID="{identifier}" Boundary="{boundary}" Font="{_FONT}" Size="{number(run.size)}">'
        f'<ofd:TextCode X="0" Y="{number(run.size)}"{delta}>{text}</ofd:TextCode></ofd:TextObject>'
    )


def paths(page: Any, height: float) -> Iterator[tuple[str, bool]]:
    """(path in page millimetres, filled) of each drawing of a page."""
    for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(one.raw, fill, stroke)
        matrix = one.get_matrix()
        x, y = ctypes.c_float(), ctypes.c_float()
        steps: list[str] = []
        for k in range(pdfium.FPDFPath_CountSegments(one.raw)):
            segment = pdfium.FPDFPath_GetPathSegment(one.raw, k)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            at = matrix.on_point(x.value, y.value)
            steps.append(f"{'M' if kind == pdfium.FPDF_SEGMENT_MOVETO else 'L'} {number(at[0])} {number(height - at[1])}")
            if pdfium.FPDFPathSegment_GetClose(segment):
                steps.append("C")
        if steps:
            yield " ".join(steps), fill.value != pdfium.FPDF_FILLMODE_NONE


def page_xml(page: Any, first: int) -> tuple[str, int]:
    """The content of one page, its objects numbered from `first`, and the number of objects."""
    wide, height = page.get_size()
    area = f"0 0 {number(wide)} {number(height)}"
    objects = [
        f'<ofd:PathObject ID="{first + k}" Boundary="{area}" LineWidth="0.176" Stroke="{str(not filled).lower()}" Fill="{str(filled).lower()}">'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
        for k, (data, filled) in enumerate(paths(page, height))
    ]
    textpage = page.get_textpage()
    at = first + len(objects)
    objects += [text_object(run, at + k, height) for k, run in enumerate(runs(textpage.raw))]
    textpage.close()
    layer = f'<ofd:Content><ofd:Layer ID="{first + len(objects)}">{"".join(objects)}</ofd:Layer></ofd:Content>'
    shown = f"<ofd:Area><ofd:PhysicalBox>{area}</ofd:PhysicalBox></ofd:Area>"
    return f"{_HEAD}<ofd:Page {_NAMES}>{shown}{layer}</ofd:Page>", len(objects) + 1


def package(path: Path) -> dict[str, str]:
    """The parts of an OFD file with the pages of a PDF."""
    document = pypdfium2.PdfDocument(path)
    parts: dict[str, str] = {}
    listed: list[str] = []
    first = 10 + len(document)
    for k in range(len(document)):
        parts[f"Doc_0/Pages/Page_{k}/Content.xml"], count = page_xml(document[k], first)
        listed.append(f'<ofd:Page ID="{10 + k}" BaseLoc="Pages/Page_{k}/Content.xml"/>')
        first += count
    wide, height = document[0].get_size()
    document.close()
    common = (
        f"<ofd:CommonData><ofd:MaxUnitID>{first}</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 {number(wide)} {number(height)}"
        "</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData>"
    )
    info = f"<ofd:DocInfo><ofd:DocID>{'0' * 32}</ofd:DocID><ofd:Title>{escape(path.stem)}</ofd:Title><ofd:CreationDate>2024-01-01</ofd:CreationDate></ofd:DocInfo>"
    font = f'<ofd:Fonts><ofd:Font ID="{_FONT}" FontName="宋体" FamilyName="宋体"/></ofd:Fonts>'
    return {
        "OFD.xml": f'{_HEAD}<ofd:OFD {_NAMES} Version="1.0" DocType="OFD"><ofd:DocBody>{info}<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
        "Doc_0/Document.xml": f"{_HEAD}<ofd:Document {_NAMES}>{common}<ofd:Pages>{''.join(listed)}</ofd:Pages></ofd:Document>",
        "Doc_0/PublicRes.xml": f'{_HEAD}<ofd:Res {_NAMES} BaseLoc="Res">{font}</ofd:Res>',
        **parts,
    }


def main(wanted: list[str]) -> None:
    """Write the .ofd specimens beside their .pdf: those whose names begin with one of `wanted`, or all."""
    for path in sorted(FOLDER.glob("*.pdf")):
        if path.name.startswith(_WEB) or (wanted and not path.name.startswith(tuple(wanted))):
            continue
        target = path.with_suffix(".ofd")
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in package(path).items():
                archive.writestr(zipfile.ZipInfo(name, _FIXED), content, zipfile.ZIP_DEFLATED)
        print(target.name)


if __name__ == "__main__":
    main(sys.argv[1:])
