"""Small .docx files from raw XML: what Word and WPS write and python-docx cannot."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_KINDS = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "header1": "header", "footer1": "footer"}
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def docx(body: str, **parts: str) -> bytes:
    """A package around the XML of a body; `parts` are the inner XML of styles, numbering, footnotes, header1, footer1."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("[Content_Types].xml", _content_types(parts))
        package.writestr("_rels/.rels", _relations([("officeDocument", "word/document.xml")]))
        package.writestr("word/document.xml", f"<w:document {NAMES}><w:body>{body}</w:body></w:document>")
        package.writestr("word/_rels/document.xml.rels", _relations([(_KINDS[name], f"{name}.xml") for name in parts]))
        for name, inner in parts.items():
            root = {"header1": "hdr", "footer1": "ftr"}.get(name, name)
            package.writestr(f"word/{name}.xml", f"<w:{root} {NAMES}>{inner}</w:{root}>")
    return stream.getvalue()


def p(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def numbered(text: str, num: int, level: int = 0) -> str:
    """A paragraph with an automatic number."""
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


def level(depth: int, kind: str, pattern: str, extra: str = "", start: int = 1) -> str:
    """One w:lvl."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{extra}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def numbering(abstract: dict[int, str], nums: dict[int, tuple[int, str]]) -> str:
    """word/numbering.xml: levels by abstract id, (abstract id, overrides) by numId."""
    defined = "".join(f'<w:abstractNum w:abstractNumId="{k}">{inner}</w:abstractNum>' for k, inner in abstract.items())
    used = "".join(
        f'<w:num w:numId="{k}"><w:abstractNumId w:val="{a}"/>{overrides}</w:num>' for k, (a, overrides) in nums.items()
    )
    return defined + used


def tc(text: str, properties: str = "") -> str:
    """A table cell; `|` parts its paragraphs."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(p(one) for one in text.split('|'))}</w:tc>"


def tbl(*rows: str) -> str:
    """A table of rows of cells."""
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def _content_types(parts: Iterable[str]) -> str:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    kinds = {"document": "document.main", **{name: _KINDS[name] for name in parts}}
    inner = "".join(f'<Override PartName="/word/{k}.xml" ContentType="{word}.{kind}+xml"/>' for k, kind in kinds.items())
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{rels}{inner}</Types>'


def _relations(targets: list[tuple[str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{k}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for k, (kind, target) in enumerate(targets)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{inner}</Relationships>'
