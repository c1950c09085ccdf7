"""PDFs drawn for a test: places are points from the upper left corner of A4 paper."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from policy_commitments.pipeline.read import read_bytes
from policy_commitments.schemas.source import Source
from tests.pipeline.read.invariants import assert_sound

WIDTH, HEIGHT = 595.0, 842.0
FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
Draw = Callable[["Page"], None]


class Page:
    """Draws on one page."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas

    def text(self, x: float, y: float, text: str, size: float = 16) -> None:
        """One line whose foot stands `y` below the upper edge."""
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, HEIGHT - y, text)

    def lines(self, x: float, y: float, lines: Sequence[str], size: float = 16, step: float = 28) -> None:
        """Lines below each other; those with two wide blanks in front are indented by two characters."""
        for k, line in enumerate(lines):
            indent = 2 * size if line.startswith("　　") else 0
            self.text(x + indent, y + k * step, line.lstrip("　"), size)

    def middle(self, y: float, text: str, size: float = 22) -> None:
        """A centred line."""
        self.canvas.setFont(FONT, size)
        self.canvas.drawCentredString(WIDTH / 2, HEIGHT - y, text)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A ruled line."""
        self.canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        """All borders of a table."""
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)

    def cell(self, x: float, y: float, lines: Sequence[str], size: float = 12) -> None:
        """Text in the upper left corner of a cell that begins at (x, y)."""
        for k, line in enumerate(lines):
            self.text(x + 5, y + 14 + k * 16, line, size)


def pdf(*pages: Draw, password: str | None = None, owner: str | None = None, turn: int = 0) -> bytes:
    """The bytes of a PDF with one page for each function; `turn` is its /Rotate, `owner` forbids changes only."""
    stream = io.BytesIO()
    encryption: Any = None if password is None else StandardEncryption(password, owner, canModify=0)
    canvas = Canvas(stream, pagesize=(WIDTH, HEIGHT), encrypt=encryption, invariant=1)
    for draw in pages:
        if turn:
            canvas.setPageRotation(turn)
        draw(Page(canvas))
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def prose(width: int, text: str) -> list[str]:
    """A paragraph as printed: two characters of indent, then lines of `width` characters."""
    first, rest = text[: width - 2], text[width - 2 :]
    return ["　　" + first, *(rest[k : k + width] for k in range(0, len(rest), width))]


def read(data: bytes) -> Source:
    """The source of these bytes, with what holds for every PDF asserted."""
    source = read_bytes(data, "file.pdf", "file.pdf")
    assert_sound(source)
    assert source.format == "pdf"
    assert source.text.count("\f") == source.pages
    assert source.text.endswith("\f\n")
    return source


def details(source: Source) -> list[tuple[str, str]]:
    """(kind, text) of each piece of page furniture."""
    return [(b.detail, source.text[b.start : b.end]) for b in source.blocks if b.kind == "furniture"]


XS = [80, 130, 230, 430, 520]


def head(page: Page, y: float) -> None:
    """Head of a table of tasks."""
    for x, text in zip(XS, ("序号", "重点任务", "工作措施", "牵头单位"), strict=False):
        page.cell(x, y, [text])


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
