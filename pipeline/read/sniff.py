"""The format of a file by its bytes, e.g. a `.docx` that a web server filled with an HTML page is `html`."""

from __future__ import annotations

import io
import re
import zipfile

from policy_commitments.pipeline.read.ole import MAGIC as OLE_MAGIC
from policy_commitments.pipeline.read.ole import BrokenOleError, open_ole

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"{\\rtf", "rtf"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b\x08", "gz"),
)
# streams of the root storage; those of embedded objects lie deeper
_STREAMS: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
)
_WIDE_BOMS = ((b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_HEAD = 8192
_CONTROLS = bytes([*range(9), *range(14, 32)])
_MOST_CONTROLS = 0.03  # of the first bytes; chance gives 0.1
_XML = re.compile(r"\s*<\?xml\b")
_OPEN_DOCUMENT = re.compile(r"<office:document\b")
_HTML_START = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title)\b", re.I | re.S)
_HTML_TAG = re.compile(r"<(?:p|div|span|br|table|tbody|tr|td|a|meta|script|style|h[1-6]|ul|li|font)(?:\s[^<>]*)?/?>", re.I)
_TAGS_OF_A_PAGE = 3
_WORD_XML = re.compile(r"\s*<\?xml\b.{0,2000}?<(?:\w+:)?(?:wordDocument|package)\b.{0,400}?schemas\.microsoft\.com/office/(?:word|2006/xmlPackage)", re.S)
_MHT = re.compile(r"\s*(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?MIME-Version:", re.I)
_MARKDOWN = re.compile(
    r"""
      ^\#{1,6}[ ]\S                      # '## 一、总体要求'
    | ^\|?[ ]*:?-{3,}:?[ ]*\|[-:| ]*$    # '| --- | --- |'
    | ^\*\*[^*\n]{1,80}\*\*[ ]*:?        # '**发布日期**: 2025年'
    """,
    re.X | re.M,
)


def sniff(data: bytes, name: str) -> str:
    """A key of `registry.READERS` or `registry.UNREADABLE`.

    `name` settles one thing only: whether a text without any mark of Markdown is `md` or `txt`.
    """
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _zip_kind(data)
    if data.startswith(OLE_MAGIC):
        return _ole_kind(data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"BM") and data[6:10] == b"\0\0\0\0":
        return "image"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image"
    return _text_kind(data, name)


def _ole_kind(data: bytes) -> str:
    try:
        names = open_ole(data).entries
    except BrokenOleError:
        return _broken_ole_kind(data)
    return next((kind for stream, kind in _STREAMS if stream in names), "ole")


def _broken_ole_kind(data: bytes) -> str:
    """By the names that its directory would hold in UTF-16; those of spreadsheets may be words of a Word file's text."""
    for stream, kind in _STREAMS[:2]:
        if stream.encode("utf-16-le") in data:
            return kind
    return "broken_ole"


def _zip_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError):
        return "broken_zip"
    if "OFD.xml" in names:
        return "ofd"
    if "content.xml" in names and "mimetype" in names:
        return "odt"
    if "[Content_Types].xml" in names or "_rels/.rels" in names:
        return _office_kind(names)
    return "zip"


def _office_kind(names: list[str]) -> str:
    for folder, kind in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx")):
        if any(one.startswith(folder) for one in names):
            return kind
    return "docx"


def _text_kind(data: bytes, name: str) -> str:
    head = _head(data)
    if head is None:
        return "binary"
    if _MHT.match(head) and "multipart/" in head.lower():
        return "mht"
    if _WORD_XML.match(head):
        return "word_xml"
    if _HTML_START.match(head) or len(_HTML_TAG.findall(head)) >= _TAGS_OF_A_PAGE:
        return "html"
    if _XML.match(head):
        return "odt" if _OPEN_DOCUMENT.search(head) else "xml"
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        return "empty"
    return "md" if name.lower().endswith((".md", ".markdown")) or _MARKDOWN.search(head) else "txt"


def _head(data: bytes) -> str | None:
    """The first bytes with ASCII readable, whatever the encoding; None for what cannot be text."""
    for bom, encoding in _WIDE_BOMS:
        if data.startswith(bom):
            return data[:_HEAD].decode(encoding, "ignore")
    head = data[:_HEAD]
    if b"\x00" in head.rstrip(b"\x00") and head.count(b"\x00") > len(head) // 100:
        return None
    controls = len(head) - len(head.translate(None, _CONTROLS)) - head.count(b"\x00")
    if controls > len(head) * _MOST_CONTROLS:
        return None
    return head.decode("utf-8", "ignore").removeprefix("\ufeff")
