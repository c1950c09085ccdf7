"""PDFs drawn for a test: places are points from the upper left corner of A4 paper."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

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
