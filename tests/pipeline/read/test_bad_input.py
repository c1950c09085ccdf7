"""Bad input: each file gives one error with code, message and remedy, and the rest of the run goes on."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from policy_commitments.pipeline.discover import Job
from policy_commitments.pipeline.index import Stamp
from policy_commitments.pipeline.read import read_file
from policy_commitments.pipeline.result import Failure
from policy_commitments.pipeline.work import work
from policy_commitments.schemas.problems import DocumentError
from tests.pipeline.read.docx_files import docx, p

WORD = docx(p("一、到2025年建成三所学校。"))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _package(**files: str | bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, content in files.items():
            package.writestr(name, content)
    return stream.getvalue()


def _rubbish(seed: int) -> bytes:
    return random.Random(seed).randbytes(5000)


BAD: list[tuple[str, bytes, str]] = [
    ("空.txt", b"", "empty_file"),
    ("空.docx", b"", "empty_file"),
    ("空白.txt", " \n\t\u3000\n".encode(), "empty_file"),
    ("乱.txt", _rubbish(1), "binary_file"),
    ("乱.txt", bytes(4096), "empty_file"),
    ("乱.txt", bytes(range(256)) * 4, "binary_file"),
    ("乱.docx", _rubbish(2), "binary_file"),
    ("断.docx", WORD[: len(WORD) // 2], "broken_zip"),
    ("坏.docx", WORD.replace(b"<w:document", b"<w:d&cument"), "broken_docx"),
    ("锁.docx", OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "encrypted_office"),
    ("无.docx", _package(**{"[Content_Types].xml": "<Types/>", "docProps/app.xml": "<a/>"}), "no_document_part"),
    ("包.docx", _package(**{"a.txt": "x"}), "archive"),
    ("断.doc", OLE + bytes(100), "broken_doc"),
    ("表.doc", _package(**{"[Content_Types].xml": "", "xl/workbook.xml": ""}), "spreadsheet"),
    ("断.pdf", b"%PDF-1.7\n1 0 obj\n<<", "broken_pdf"),
    ("断.zip", b"PK\x03\x04" + bytes(50), "broken_zip"),
    ("包.rar", b"Rar!\x1a\x07\x00" + bytes(50), "archive"),
    ("页.html", b"<html><body><script>load()</script></body></html>", "no_text"),
]


def _job(path: Path) -> Job:
    return Job(Stamp(path.name, 1, 1), str(path))


@pytest.mark.parametrize(("name", "data", "code"), BAD, ids=[f"{name}-{code}" for name, _, code in BAD])
def test_one_error_with_code_message_and_remedy(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(data)
    failure = work(_job(tmp_path / name))
    assert isinstance(failure, Failure)
    assert (failure.source, failure.stage, failure.code) == (name, "read", code)
    assert name in failure.message
    assert failure.remedy
    assert "Traceback" not in failure.message


def test_encoding_that_nothing_decodes(tmp_path: Path) -> None:
    path = tmp_path / "日文.txt"
    path.write_bytes("第一章　総則。この条例は、市民の健やかな暮らしを目的とする。".encode("shift_jis") * 20)
    result = work(_job(path))
    if isinstance(result, Failure):
        assert (result.code, result.stage) == ("undecodable_text", "read")
        assert result.remedy
    else:  # an encoding that charset-normalizer tells apart
        assert "条例" in result.text


@pytest.mark.parametrize("seed", range(12))
def test_no_encoding_fits(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    path = tmp_path / "未知.txt"
    path.write_bytes(bytes(chance.choice([*range(0x80, 0xFF), 0x0A]) for _ in range(3000)))
    failure = work(_job(path))
    assert isinstance(failure, Failure)
    assert failure.code in ("undecodable_text", "binary_file")


def test_a_file_that_vanished(tmp_path: Path) -> None:
    failure = work(_job(tmp_path / "已删.docx"))
    assert isinstance(failure, Failure)
    assert (failure.code, failure.source) == ("file_vanished", "已删.docx")
    assert failure.remedy


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (PermissionError(13, "Permission denied"), "not_permitted"),
        (IsADirectoryError(21, "Is a directory"), "not_a_file"),
        (OSError(5, "Input/output error"), "file_unreadable"),
        (FileNotFoundError(2, "No such file"), "file_vanished"),
    ],
)
def test_a_file_that_the_system_withholds(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, error: OSError, code: str) -> None:
    monkeypatch.setattr(Path, "read_bytes", _raising(error))
    with pytest.raises(DocumentError) as raised:
        read_file(tmp_path / "文件.docx")
    assert raised.value.code == code
    assert raised.value.remedy


def _raising(error: OSError) -> Callable[[Path], bytes]:
    def read(path: Path) -> bytes:
        raise error

    return read
