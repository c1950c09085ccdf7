"""Small .ofd files from our own text, as the exporters of WPS and of document systems lay them out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

NAMES = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_FREE = "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"


def run(text: str, x: float, y: float, size: float = 5.6, deltas: str | None = None, extra: str = "") -> str:
    """A text object with its left upper corner at (x, y) millimetres; Latin letters are half as wide."""
    steps = deltas or " ".join(f"{size / 2 if char.isascii() else size:g}" for char in text[:-1])
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return (
        f'<ofd:TextObject ID="1" Font="1" Size="{size}" Boundary="{x} {y} {size * len(text)} {size}" {extra}>'
        f'<ofd:TextCode X="0" Y="{size * 0.88:g}" DeltaX="{steps}">{escaped}</ofd:TextCode></ofd:TextObject>'
    )


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """A stroked line."""
    return (
        f'<ofd:PathObject ID="2" Boundary="{x0} {y0} {max(x1 - x0, 0.3)} {max(y1 - y0, 0.3)}" LineWidth="0.3">'
        f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def grid(xs: Sequence[float], ys: Sequence[float], texts: Sequence[Sequence[str]], size: float = 4.0) -> str:
    """A fully ruled table."""
    lines = [line(xs[0], y, xs[-1], y) for y in ys] + [line(x, ys[0], x, ys[-1]) for x in xs]
    cells = [run(text, xs[c] + 1, ys[r] + 1, size) for r, row in enumerate(texts) for c, text in enumerate(row) if text]
    return "".join(lines + cells)


def page(objects: str, template: str = "") -> str:
    """The content part of one page."""
    used = f'<ofd:Template TemplateID="{template}" ZOrder="Background"/>' if template else ""
    return f'<ofd:Page {NAMES}>{used}<ofd:Content><ofd:Layer ID="9" Type="Body">{objects}</ofd:Layer></ofd:Content></ofd:Page>'


def ofd(*bodies: Sequence[str], templates: dict[str, str] | None = None, **parts: str | bytes) -> bytes:
    """A package with one document for each list of pages; `parts` replace or add parts (`__` for a slash)."""
    files: dict[str, str | bytes] = {}
    roots = []
    for number, pages in enumerate(bodies):
        roots.append(f"<ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_{number}/Document.xml</ofd:DocRoot></ofd:DocBody>")
        files[f"Doc_{number}/Document.xml"] = _document(len(pages), templates or {})
        files.update({f"Doc_{number}/Pages/Page_{k}/Content.xml": one for k, one in enumerate(pages)})
        files.update({f"Doc_{number}/Tpls/{one}.xml": content for one, content in (templates or {}).items()})
    files["OFD.xml"] = f'<ofd:OFD {NAMES} Version="1.0" DocType="OFD">{"".join(roots)}</ofd:OFD>'
    files.update({name.replace("__", "/"): content for name, content in parts.items()})
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, content in files.items():
            package.writestr(name, content)
    return stream.getvalue()


def _document(pages: int, templates: dict[str, str]) -> str:
    used = "".join(f'<ofd:TemplatePage ID="{one}" BaseLoc="Tpls/{one}.xml"/>' for one in templates)
    listed = "".join(f'<ofd:Page ID="{k + 10}" BaseLoc="Pages/Page_{k}/Content.xml"/>' for k in range(pages))
    common = f"<ofd:CommonData><ofd:PageArea>{_FREE}</ofd:PageArea>{used}</ofd:CommonData>"
    return f"<ofd:Document {NAMES}>{common}<ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
