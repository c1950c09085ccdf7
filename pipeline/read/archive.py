"""Members of .zip archives, e.g. `附件/实施方案.docx` whose name Windows wrote in GBK."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from policy_commitments.schemas.problems import DocumentError

_UTF8_NAME = 0x800  # general purpose bit 11: the name is UTF-8
_ENCRYPTED = 0x1
LARGEST_MEMBER = 512 * 1024 * 1024
LARGEST_RATIO = 1000  # deflate cannot exceed 1032:1; texts of documents stay under 100:1
SMALLEST_SUSPECT = 32 * 1024 * 1024
MOST_MEMBERS = 100_000
INSIDE = "!/"  # between the name of an archive and that of its member
_DEEPEST = 3  # archives in archives
_CHINESE = re.compile(r"[\x20-\x7e\u00b7\u2010-\u206f\u2160-\u217f\u2460-\u249b\u3000-\u30ff\u3220-\u33ff\u3400-\u9fff\uff00-\uffef]*")


def members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of all files of an archive, in its order; folders and Mac resource forks left out.

    Names are relative POSIX paths without `..`. Raises DocumentError for a broken, locked or swollen archive.
    """
    with _opened(io.BytesIO(data), "the archive") as archive:
        for name, info in _files(archive):
            yield name, _content(archive, info, name)


def member_names(path: Path | IO[bytes]) -> Iterator[tuple[str, int]]:
    """Names and unpacked sizes of the files of an archive, those of archives in it as `附件.zip!/实施方案.docx`.

    Raises OSError, zipfile.BadZipFile or DocumentError.
    """
    with zipfile.ZipFile(path) as archive:
        yield from _names(archive, 0)


def _names(archive: zipfile.ZipFile, depth: int) -> Iterator[tuple[str, int]]:
    for name, info in _files(archive):
        inner = _inner(archive, info, name) if depth < _DEEPEST and name.lower().endswith(".zip") else None
        if inner is None:
            yield name, info.file_size
        else:
            with inner:
                yield from ((f"{name}{INSIDE}{one}", size) for one, size in _names(inner, depth + 1))


def _inner(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> zipfile.ZipFile | None:
    """An archive in an archive; None for one that cannot be opened, which is then quarantined under its own name."""
    try:
        return _opened(io.BytesIO(_content(archive, info, name)), name)
    except DocumentError:
        return None


def read_member(path: str | Path, name: str) -> bytes:
    """The bytes of one file of an archive; raises DocumentError where it cannot be had."""
    file = Path(path)
    try:
        stream = file.open("rb")
    except OSError as error:
        raise DocumentError(
            "file_vanished", f"{file.name} cannot be opened: {error.strerror}", "run again: the archive was moved or locked"
        ) from error
    with stream:
        return _member(stream, file.name, name)


def _member(stream: IO[bytes], label: str, name: str) -> bytes:
    outer, _, inner = name.partition(INSIDE)
    with _opened(stream, label) as archive:
        for found, info in _files(archive):
            if found == outer:
                content = _content(archive, info, outer)
                return _member(io.BytesIO(content), outer, inner) if inner else content
    raise DocumentError("member_missing", f"{label} holds no {outer}", "run again: the archive was replaced meanwhile")


def _opened(stream: IO[bytes], label: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as error:
        raise DocumentError("broken_zip", f"{label} is cut off or damaged: {error}", "fetch the archive again") from error


def _files(archive: zipfile.ZipFile) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    infos = archive.infolist()
    if len(infos) > MOST_MEMBERS:
        raise DocumentError("swollen_zip", f"the archive has {len(infos)} members", "unpack it and give the folder as SOURCE")
    taken: dict[str, int] = {}
    for info in infos:
        name = _safe(_name(info))
        hidden = not name or name.startswith("__MACOSX/") or PurePosixPath(name).name.startswith(("._", "~$"))
        if hidden or info.is_dir():
            continue
        taken[name] = taken.get(name, 0) + 1
        yield (name if taken[name] == 1 else f"{name}#{taken[name]}"), info


def _name(info: zipfile.ZipInfo) -> str:
    """The name as its writer meant it: zipfile reads names without the UTF-8 bit as cp437, Windows writes GBK."""
    stated = _unicode_name(info.extra)
    if info.flag_bits & _UTF8_NAME or stated:
        return stated or info.filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    decoded = [text for encoding in ("utf-8", "gb18030") if (text := _decoded(raw, encoding)) is not None]
    # 一 in GBK is also a Cyrillic letter in UTF-8: names of documents are Chinese or ASCII
    return next((text for text in decoded if _CHINESE.fullmatch(text)), decoded[0] if decoded else info.filename)


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _unicode_name(extra: bytes) -> str | None:
    """The name in the extra field 0x7075 (APPNOTE 4.6.9), which WinRAR and 7-Zip write beside the local one."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        if kind == 0x7075 and size > 5:
            return _decoded(extra[at + 9 : at + 4 + size], "utf-8")
        at += 4 + size
    return None


def _safe(name: str) -> str:
    """A relative path: no drive, no root, no `..`; nothing is ever written there, but it becomes `source_path`."""
    parts = name.replace("\\", "/").replace("\x00", "").split("/")
    return "/".join(one for one in parts if one not in ("", ".", "..") and not one.endswith(":"))


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    _refuse_bomb(info, name)
    if info.flag_bits & _ENCRYPTED:
        raise DocumentError("encrypted_zip", f"{name} is locked with a password", "unpack the archive with its password")
    try:
        with archive.open(info) as stream:
            content = stream.read(info.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError, NotImplementedError) as error:
        raise DocumentError("broken_zip", f"{name} cannot be unpacked: {error}", "fetch the archive again") from error
    return content


def _refuse_bomb(info: zipfile.ZipInfo, name: str) -> None:
    ratio = info.file_size / max(info.compress_size, 1)
    swollen = info.file_size > SMALLEST_SUSPECT and ratio > LARGEST_RATIO * 0.5
    if info.file_size > LARGEST_MEMBER or swollen:
        raise DocumentError(
            "swollen_zip",
            f"{name} unpacks to {info.file_size // 1_000_000} MB from {info.compress_size // 1000} kB",
            "unpack the archive and look at the file before you read it",
        )
