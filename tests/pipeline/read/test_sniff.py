"""Formats by content: what a suffix says decides nothing but Markdown or plain text."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from policy_commitments.pipeline.read import read_bytes, soffice
from policy_commitments.pipeline.read.sniff import sniff
from policy_commitments.schemas.problems import DocumentError
from tests.pipeline.read.docx_files import docx, p
from tests.pipeline.read.invariants import lines
from tests.pipeline.read.ofd_files import ofd, page, run

FILES = Path(__file__).parent / "files"
LINE = "一、到2025年建成三所学校。"
PAGE = f"<!DOCTYPE html><html><head><title>通知</title></head><body><p>{LINE}</p><p>二、抓好落实。</p></body></html>"
FRAGMENT = f"<div><p>{LINE}</p><p>二、抓好落实。</p></div>"
MHT = (
    "From: <Saved by WPS>\r\nSubject: notice\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related; boundary="=_b"\r\n\r\n--=_b\r\n'
    'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
    f"{PAGE}\r\n--=_b--\r\n"
)
WORD = docx(p(LINE) + p("二、抓好落实。"))
RTF = b"{\\rtf1\\ansi\\ansicpg936 {\\b 1}}"
FLAT = b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>'


def _zip(**files: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, text in files.items():
            package.writestr(name.replace("__", "/"), text)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("通知.docx", PAGE.encode(), "html"),
        ("通知.docx", PAGE.encode("gb18030"), "html"),
        ("通知.doc", WORD, "docx"),
        ("通知.wps", WORD, "docx"),
        ("通知.doc", PAGE.encode(), "html"),
        ("通知.doc", b"\xef\xbb\xbf" + PAGE.encode(), "html"),
        ("通知.doc", MHT.encode(), "mht"),
        ("通知.doc", RTF, "rtf"),
        ("通知.doc", FLAT, "word_xml"),
        ("通知.fodt", b'<?xml version="1.0"?><office:document xmlns:office="urn:oasis"/>', "odt"),
        ("通知.txt", b'<?xml version="1.0"?><rss><channel/></rss>', "xml"),
        ("通知.html", b'<?xml version="1.0"?><!DOCTYPE html><html><body>1</body></html>', "html"),
        ("通知.docx", (FILES / "features.doc").read_bytes(), "doc"),
        ("通知.wps", (FILES / "features.doc").read_bytes(), "doc"),
        ("通知.txt", PAGE.encode(), "html"),
        ("通知.txt", FRAGMENT.encode(), "html"),
        ("通知.txt", WORD, "docx"),
        ("通知.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "pdf"),
        ("通知.pdf", PAGE.encode(), "html"),
        ("通知.pdf", b"\n\n%PDF-1.4\n", "pdf"),
        ("通知.pdf", ofd([page(run("通知", 20, 20))]), "ofd"),
        ("通知.jpg", b"\x89PNG\r\n\x1a\n" + bytes(20), "image"),
        ("通知.html", LINE.encode(), "txt"),
        ("通知.txt", LINE.encode("utf-16"), "txt"),
        ("通知.txt", "达到<95%，>3项；<甲>和<乙>。".encode(), "txt"),
        ("通知.txt", f"## 通知\n\n{LINE}\n".encode(), "md"),
        ("通知.md", LINE.encode(), "md"),
        ("通知.doc", _zip(**{"[Content_Types].xml": "", "xl__workbook.xml": ""}), "xlsx"),
        ("通知.doc", _zip(**{"a.txt": "x"}), "zip"),
        ("通知.docx", WORD[:200], "broken_zip"),
        ("通知.txt", bytes(64) + bytes(range(256)), "binary"),
        ("通知.txt", b" \r\n\t ", "empty"),
        ("通知.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "broken_ole"),
    ],
)
def test_format_by_content(name: str, data: bytes, kind: str) -> None:
    assert sniff(data, name) == kind


@pytest.mark.parametrize(
    ("name", "data", "read_as"),
    [
        ("通知.docx", PAGE.encode("gb18030"), "html"),
        ("通知.doc", WORD, "docx"),
        ("通知.doc", PAGE.encode(), "html"),
        ("通知.doc", MHT.encode(), "mht"),
        ("通知.txt", FRAGMENT.encode(), "html"),
        ("通知.pdf", ofd([page(run(LINE, 20, 20) + run("二、抓好落实。", 20, 30))]), "ofd"),
    ],
)
def test_read_by_content(name: str, data: bytes, read_as: str) -> None:
    source = read_bytes(data, name, name)
    assert source.format == read_as
    assert lines(source) == [LINE, "二、抓好落实。"]


@pytest.mark.parametrize("data", [RTF, FLAT])
def test_formats_of_libreoffice_without_it(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soffice, "_program", lambda: None)
    with pytest.raises(DocumentError) as error:
        read_bytes(data, "通知.doc")
    assert error.value.code == "reader_missing"
    assert "LibreOffice" in error.value.remedy


def test_a_sheet_inside_a_word_file_leaves_it_a_word_file() -> None:
    data = (FILES / "features.doc").read_bytes() + "Workbook".encode("utf-16-le") + bytes(496)
    assert sniff(data, "通知.doc") == "doc"
