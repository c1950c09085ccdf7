"""Archives: names as Windows writes them, archives in archives, bombs, locked members."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from policy_commitments.pipeline.discover import discover
from policy_commitments.pipeline.read import archive
from policy_commitments.pipeline.read.archive import member_names, members, read_member
from policy_commitments.pipeline.result import Failure
from policy_commitments.pipeline.work import work
from policy_commitments.schemas.problems import DocumentError

TEXT = "一、总体要求\n到2025年建成三所学校。\n".encode()


def zipped(files: dict[str, bytes], names: dict[str, bytes] | None = None) -> bytes:
    """An archive whose members have the raw bytes of `names` for a name, without the UTF-8 bit, as Windows writes them."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    data = stream.getvalue()
    for name, raw in (names or {}).items():
        assert len(name.encode()) == len(raw)
        data = data.replace(name.encode(), raw)
    return data


def saved(folder: Path, data: bytes, name: str = "附件.zip") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", ["实施方案.txt", "附件/一、任务分解表.txt", "一.txt", "〔2024〕5号（终稿）.txt", "plan.txt"])
def test_names_in_gbk_without_the_utf8_bit(tmp_path: Path, name: str) -> None:
    raw = name.encode("gbk")
    path = saved(tmp_path, zipped({"x" * len(raw): TEXT}, {"x" * len(raw): raw}))
    assert [one for one, _ in member_names(path)] == [name]
    assert read_member(path, name) == TEXT
    assert [job.stamp.source_path for job in discover([str(path)])] == [f"附件.zip!/{name}"]


def test_names_in_utf8_without_the_utf8_bit(tmp_path: Path) -> None:
    raw = "实施方案.txt".encode()
    path = saved(tmp_path, zipped({"x" * len(raw): TEXT}, {"x" * len(raw): raw}))
    assert [one for one, _ in member_names(path)] == ["实施方案.txt"]


def test_name_in_the_unicode_field(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("local.txt")
    name = "实施方案.txt".encode()
    body = b"\x01" + struct.pack("<I", zlib.crc32(b"local.txt")) + name
    info.extra = struct.pack("<HH", 0x7075, len(body)) + body
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr(info, TEXT)
    assert [one for one, _ in members(stream.getvalue())] == ["实施方案.txt"]


def test_folders_forks_and_locks_are_left_out_and_paths_stay_inside(tmp_path: Path) -> None:
    files = {"a/": b"", "a/b.txt": TEXT, "__MACOSX/a/._b.txt": b"x", "a/._b.txt": b"x", "~$b.docx": b"x", "../../c.txt": TEXT, "C:\\d.txt": TEXT}
    assert [name for name, _ in members(zipped(files))] == ["a/b.txt", "c.txt", "d.txt"]


def test_two_members_of_one_name() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as package:
            package.writestr("a.txt", b"1")
            package.writestr("a.txt", b"2")
    assert list(members(stream.getvalue())) == [("a.txt", b"1"), ("a.txt#2", b"2")]


def test_archive_in_an_archive(tmp_path: Path) -> None:
    path = saved(tmp_path, zipped({"附件/内层.zip": zipped({"方案.txt": TEXT}), "外.txt": TEXT}))
    jobs = list(discover([str(path)]))
    assert [job.stamp.source_path for job in jobs] == ["附件.zip!/附件/内层.zip!/方案.txt", "附件.zip!/外.txt"]
    assert read_member(path, "附件/内层.zip!/方案.txt") == TEXT


def test_broken_archive_in_an_archive_is_named(tmp_path: Path) -> None:
    path = saved(tmp_path, zipped({"内层.zip": b"PK\x03\x04 cut", "外.txt": TEXT}))
    assert {job.member for job in discover([str(path)])} == {"内层.zip", "外.txt"}
    failures = [one for job in discover([str(path)]) if isinstance(one := work(job), Failure)]
    assert [(one.source, one.code) for one in failures] == [("附件.zip!/内层.zip", "broken_zip")]


def test_bombs_are_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "SMALLEST_SUSPECT", 1_000_000)
    path = saved(tmp_path, zipped({"a.txt": bytes(3_000_000)}))
    with pytest.raises(DocumentError) as error:
        read_member(path, "a.txt")
    assert error.value.code == "swollen_zip"
    monkeypatch.setattr(archive, "LARGEST_MEMBER", 10)
    with pytest.raises(DocumentError) as error:
        list(members(zipped({"b.txt": TEXT})))
    assert error.value.code == "swollen_zip"


def test_too_many_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_MEMBERS", 2)
    path = saved(tmp_path, zipped({f"{k}.txt": TEXT for k in range(3)}))
    (job,) = discover([str(path)])
    failure = work(job)
    assert isinstance(failure, Failure)
    assert failure.code == "archive"


def test_locked_member(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": TEXT}))
    data[6] |= 1  # general purpose bit 0, local header and central directory
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path = saved(tmp_path, bytes(data))
    (job,) = discover([str(path)])
    failure = work(job)
    assert isinstance(failure, Failure)
    assert (failure.source, failure.code) == ("附件.zip!/a.txt", "encrypted_zip")
    assert failure.remedy


def test_damaged_member_does_not_touch_its_neighbours(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": TEXT * 30, "b.txt": TEXT}))
    data[40:60] = bytes(20)
    path = saved(tmp_path, bytes(data))
    with pytest.raises(DocumentError) as error:
        read_member(path, "a.txt")
    assert error.value.code == "broken_zip"
    assert read_member(path, "b.txt") == TEXT


@pytest.mark.parametrize("files", [{}, {"readme.exe": b"x"}])
def test_archive_without_documents_is_said_so(tmp_path: Path, files: dict[str, bytes]) -> None:
    (job,) = discover([str(saved(tmp_path, zipped(files)))])
    failure = work(job)
    assert isinstance(failure, Failure)
    assert failure.code == "archive"


def test_member_that_is_gone(tmp_path: Path) -> None:
    path = saved(tmp_path, zipped({"a.txt": TEXT}))
    with pytest.raises(DocumentError) as error:
        read_member(path, "b.txt")
    assert error.value.code == "member_missing"
    path.unlink()
    with pytest.raises(DocumentError) as error:
        read_member(path, "a.txt")
    assert error.value.code == "file_vanished"
