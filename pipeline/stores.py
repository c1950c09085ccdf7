"""Files in any fsspec store: `s3://archive/2024`, `oss://…`, `hdfs://…`, `file:///…`, `memory://…` (extra `cluster`).

Every store but `file` and `memory` needs a package of its own (s3fs, ossfs, …); what is missing is named.
"""

from __future__ import annotations

import atexit
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, Any

from policy_commitments.pipeline.usage import UsageError
from policy_commitments.schemas.problems import DocumentError

_URL = re.compile(r"[a-z][a-z0-9+.-]+://")  # two letters or more: C:\ is a drive
_TIMES = ("mtime", "LastModified", "last_modified", "updated", "created")  # as the stores call it
_VERSIONS = ("ETag", "etag", "md5Hash", "checksum")
_MAGIC = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class Stored:
    """A file of a store: its path below the source, its URL, its size in bytes and what changes when it changes."""

    path: str
    url: str
    size: int
    mtime_ns: int


def is_url(text: str) -> bool:
    """Whether `text` names a place in a store and not on this disk."""
    return _URL.match(text) is not None


def opened(url: str) -> tuple[Any, str]:
    """File system and path of a URL; raises UsageError where the packages that it takes are not installed."""
    try:
        import fsspec
    except ImportError as error:
        raise UsageError(f"{url}: stores need fsspec: pip install 'policy-commitments[cluster]'") from error
    try:
        system, path = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise UsageError(f"{url}: {error}") from error
    return system, str(path)


def listed(url: str) -> list[Stored]:
    """Files of a source, by path: one file, all below a folder, or those that match a pattern; raises UsageError."""
    system, path = opened(url)
    try:
        system.invalidate_cache()  # a process may list twice
        if _MAGIC.search(path):
            root = path[: _MAGIC.search(path).start()].rpartition("/")[0]  # type: ignore[union-attr]
            found = system.glob(path, detail=True)
        elif system.isfile(path):
            root, found = path.rpartition("/")[0], {path: system.info(path)}
        else:
            root, found = path.rstrip("/"), system.find(path, detail=True)
    except Exception as error:
        raise UsageError(f"{url}: cannot be listed ({error})") from error
    if not found:
        raise UsageError(f"{url}: no such file or folder in the store, and no file matches it as a pattern")
    files = [(name.removeprefix(root).lstrip("/"), name, told) for name, told in found.items() if told["type"] == "file"]
    return [Stored(place, system.unstrip_protocol(name), int(told.get("size") or 0), _mtime(told)) for place, name, told in sorted(files, key=_by_place)]


def _by_place(file: tuple[str, str, dict[str, Any]]) -> tuple[int, str]:
    """Files of a folder before those of the folders below, as on a disk."""
    folder, _, name = file[0].rpartition("/")
    return (0 if not folder else 1), f"{folder}\0{name}"


def _mtime(told: dict[str, Any]) -> int:
    """Time in nanoseconds, else a number that follows from the version that the store names."""
    for name in _TIMES:
        value = told.get(name)
        if isinstance(value, str):
            value = datetime.fromisoformat(value)
        if isinstance(value, datetime):
            value = value.replace(tzinfo=value.tzinfo or UTC).timestamp()
        if isinstance(value, int | float):
            return int(value * 1_000_000_000)
    version = next((str(told[name]) for name in _VERSIONS if told.get(name)), "")
    return int.from_bytes(sha256(version.encode()).digest()[:7]) if version else 0


def read_place(file: str, member: str | None = None) -> bytes:
    """Bytes of a file, or of a member of an archive, on this disk or in a store; raises DocumentError."""
    from policy_commitments.pipeline.read import read_file
    from policy_commitments.pipeline.read.archive import read_member

    if not is_url(file):
        return read_file(file) if member is None else read_member(file, member)
    if member is not None:
        return read_member(_local_copy(file, _version(file)), member)
    return _fetched(file)


def _fetched(url: str) -> bytes:
    name = PurePosixPath(url).name
    try:
        system, path = opened(url)
        data: bytes = system.cat_file(path)
    except FileNotFoundError as error:
        raise DocumentError("file_vanished", f"{name} is no longer there", "run again: the file was moved or deleted meanwhile") from error
    except PermissionError as error:
        raise DocumentError("not_permitted", f"{name} may not be read", "check the rights of your account in the store") from error
    except UsageError as error:
        raise DocumentError("file_unreadable", str(error), "install it where the workers run") from error
    except Exception as error:
        raise DocumentError("file_unreadable", f"{name}: {error}", "check the connection to the store, and run again") from error
    if not data:
        raise DocumentError("empty_file", f"{name} has no bytes", "fetch the file again: the download was empty")
    return data


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="policy-commitments-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _version(url: str) -> str:
    """What changes when the file changes; nothing where the store does not say, so that fetching it tells why."""
    try:
        system, path = opened(url)
        system.invalidate_cache()
        return str(system.ukey(path))
    except Exception:
        return ""


@lru_cache(maxsize=1)
def _local_copy(url: str, version: str) -> Path:
    """An archive as of `version`, fetched once for all of its members: they follow one another."""
    del version  # tells copies apart where a worker lives longer than a run
    for path in _folder().iterdir():
        path.unlink()
    copy = _folder() / PurePosixPath(url).name
    copy.write_bytes(_fetched(url))
    return copy


def stream(url: str) -> IO[bytes]:
    """A file of a store, open for reading at any place."""
    system, path = opened(url)
    return system.open(path, "rb")  # type: ignore[no-any-return]


def joined(base: str, name: str) -> str:
    """A path of a manifest, seen from the manifest."""
    return name if is_url(name) else f"{base.rpartition('/')[0]}/{name}"


def walk(url: str) -> Iterator[Stored]:
    """As `listed`, without those whose names say that they are no documents."""
    for one in listed(url):
        if not any(part.startswith((".", "~$")) for part in one.path.split("/")):
            yield one
