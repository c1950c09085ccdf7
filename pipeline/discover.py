"""From SOURCE arguments (files, folders, globs, .zip archives, a manifest CSV) to jobs, one per document."""

from __future__ import annotations

import csv
import glob
import io
import os
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import IO

from policy_commitments.pipeline.image_pages import page_rows
from policy_commitments.pipeline.index import Stamp
from policy_commitments.pipeline.stores import Stored, is_url, joined, listed, read_place, stream, walk
from policy_commitments.pipeline.usage import UsageError
from policy_commitments.schemas.problems import DocumentError

__all__ = ["Job", "UsageError", "all_jobs", "check_place", "discover"]

IMAGES = frozenset([".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp", ".gif"])
ARCHIVES = frozenset([".rar", ".7z"])  # not read, but said so
SUFFIXES = IMAGES | ARCHIVES | frozenset(
    [".txt", ".md", ".docx", ".doc", ".wps", ".rtf", ".odt", ".pdf", ".html", ".htm", ".mht", ".mhtml", ".ofd"]
)
_LISTED = SUFFIXES | {".zip"}
GIVEN = ("title", "doc_number", "issuer", "issue_date", "adcode", "genre", "part_of")


@dataclass(frozen=True, slots=True)
class Job:
    """One document to read: `file` on disk, `member` its name inside an archive (None for a plain file).

    `pages` are the places of its further pages where it is a row of images: files, or members of the same archive.
    `given` are manifest values for columns of `documents`, `extra` the manifest's other columns.
    """

    stamp: Stamp
    file: str
    member: str | None = None
    given: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)
    pages: tuple[str, ...] = ()


def discover(sources: Sequence[str]) -> Iterator[Job]:
    """Jobs of every source; raises UsageError for a source that is not there, or a path that stands in two sources.

    Images named x_1, x_2 … in one folder or archive are one job at the place of the first.
    """
    seen: dict[str, str] = {}
    for job in all_jobs(sources):
        path = job.stamp.source_path
        check_place(path, seen.get(path), job.file)
        if path not in seen:
            seen[path] = job.file
            yield job


def check_place(path: str, known: str | None, file: str) -> None:
    """Raise UsageError where `path` already names another file."""
    if known is not None and known != file:
        raise UsageError(f"{path}: stands in two sources ({known} and {file}); run their common parent")


def all_jobs(sources: Sequence[str]) -> Iterator[Job]:
    """Jobs of every source, a file twice where two sources hold it; memory holds one folder."""
    found = (job for source in sources for job in _from_source(source))
    for _, jobs in groupby(found, _container):
        yield from _with_rows(list(jobs))


def _container(job: Job) -> tuple[bool, str]:
    return job.member is not None, job.file if job.member is not None else job.file.rpartition(os.sep)[0]


def _with_rows(jobs: list[Job]) -> Iterator[Job]:
    images = [k for k, job in enumerate(jobs) if _suffix(job.stamp.source_path) in IMAGES]
    if not images:
        yield from jobs
        return
    places = [(job.file if job.member is not None else "", _place(job)) for job in jobs]
    followers: dict[int, list[int]] = {}
    for group in page_rows([places[k] for k in images]):
        first, *rest = (images[k] for k in group)
        followers[first] = rest
    inside = {k for rest in followers.values() for k in rest}
    for k, job in enumerate(jobs):
        if k not in inside:
            yield _with_pages(job, [jobs[one] for one in followers[k]]) if k in followers else job


def _suffix(name: str) -> str:
    """`.docx`; ten times faster than pathlib, which counts for a hundred thousand files."""
    return os.path.splitext(name)[1].lower()  # noqa: PTH122


def _with_pages(job: Job, rest: Sequence[Job]) -> Job:
    size = sum(one.stamp.size for one in (job, *rest))
    mtime = max(one.stamp.mtime_ns for one in (job, *rest))
    return replace(job, stamp=Stamp(job.stamp.source_path, size, mtime), pages=tuple(_place(one) for one in rest))


def _place(job: Job) -> str:
    return job.file if job.member is None else job.member


def _from_source(source: str) -> Iterator[Job]:
    if is_url(source):
        yield from _from_store(source)
        return
    path = Path(source)
    if path.is_dir():
        yield from _from_folder(path)
    elif path.suffix.lower() == ".csv" and path.is_file():
        yield from _from_manifest(path)
    elif path.exists():
        yield from _from_file(path, path.name)
    else:
        matches = glob.glob(source, recursive=True)  # noqa: PTH207 - Path.glob takes no absolute pattern
        if not matches:
            raise UsageError(f"{source}: no such file or folder, and no file matches it as a pattern")
        root = _fixed_part(source)
        for match in sorted(matches, key=lambda one: (str(Path(one).parent), one)):
            if Path(match).is_file():
                yield from _from_file(Path(match), Path(match).relative_to(root).as_posix())


def _fixed_part(pattern: str) -> Path:
    parts = Path(pattern).parts
    fixed = next(i for i, part in enumerate(parts) if glob.has_magic(part))
    return Path(*parts[:fixed])


def _from_folder(folder: Path, prefix: str = "") -> Iterator[Job]:
    """Files first, then folders below, each by name."""
    try:
        entries = sorted(os.scandir(folder), key=lambda one: one.name)
    except OSError as error:
        if not prefix:
            raise UsageError(f"{folder}: cannot be listed ({error.strerror})") from error
        yield Job(Stamp(prefix.rstrip("/"), -1, 0), str(folder))  # reading it says what is wrong
        return
    below = []
    for entry in entries:
        if entry.name.startswith((".", "~$")):
            continue
        if entry.is_dir(follow_symlinks=False):
            below.append(entry)
        elif (suffix := _suffix(entry.name)) == ".zip":
            yield from _from_file(Path(entry.path), f"{prefix}{entry.name}")
        elif suffix in _LISTED:
            yield Job(_stamp(f"{prefix}{entry.name}", entry), entry.path)
    for entry in below:
        yield from _from_folder(Path(entry.path), f"{prefix}{entry.name}/")


def _from_file(
    path: Path,
    source_path: str,
    given: Mapping[str, str] | None = None,
    extra: Mapping[str, str] | None = None,
) -> Iterator[Job]:
    stamp = _stamp(source_path, path)
    if path.suffix.lower() == ".zip":
        members = _zip_members(path)
        if members:
            for name, length in members:
                place = f"{stamp.source_path}!/{name}"
                yield Job(Stamp(place, length, stamp.mtime_ns), str(path), name, given or {}, extra or {})
            return
    yield Job(stamp, str(path), None, given or {}, extra or {})


def _stamp(source_path: str, file: Path | os.DirEntry[str]) -> Stamp:
    """Size and time of a file; names that are no UTF-8 are shown with marks of replacement."""
    if not source_path.isascii():
        source_path = source_path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        found = file.stat()
    except OSError:
        return Stamp(source_path, -1, 0)
    return Stamp(source_path, found.st_size, found.st_mtime_ns)


def _from_store(url: str) -> Iterator[Job]:
    """Documents of a store, or those that a manifest in it names."""
    if url.lower().endswith(".csv"):
        for name, given, extra in _rows(_stored_bytes(url), url.rpartition("/")[2]):
            place = joined(url, name)
            try:
                for one in listed(place):
                    yield from _stored(one, name, given, extra)
            except UsageError:
                yield Job(Stamp(name, -1, 0), place, None, given, extra)  # reading it says what is wrong
        return
    for one in walk(url):
        if PurePosixPath(one.path).suffix.lower() in _LISTED or url.endswith(one.path):
            yield from _stored(one, one.path, {}, {})


def _stored(one: Stored, source_path: str, given: Mapping[str, str], extra: Mapping[str, str]) -> Iterator[Job]:
    members = _zip_members(stream(one.url)) if source_path.lower().endswith(".zip") else None
    for name, length in members or ():
        yield Job(Stamp(f"{source_path}!/{name}", length, one.mtime_ns), one.url, name, given, extra)
    if not members:
        yield Job(Stamp(source_path, one.size, one.mtime_ns), one.url, None, given, extra)


def _stored_bytes(url: str) -> bytes:
    try:
        return read_place(url)
    except DocumentError as error:
        raise UsageError(f"{url}: {error.message}; {error.remedy}") from error


def _zip_members(path: Path | IO[bytes]) -> list[tuple[str, int]] | None:
    from policy_commitments.pipeline.read.archive import member_names

    try:
        return [(n, size) for n, size in member_names(path) if PurePosixPath(n).suffix.lower() in SUFFIXES | {".zip"}]
    except (OSError, zipfile.BadZipFile, DocumentError):
        return None  # read as a file, which then says what is wrong with it


def _from_manifest(path: Path) -> Iterator[Job]:
    for name, given, extra in _rows(path.read_bytes(), path.name):
        yield from _from_file(path.parent / name, PurePosixPath(name).as_posix(), given, extra)


def _rows(data: bytes, manifest: str) -> Iterator[tuple[str, dict[str, str], dict[str, str]]]:
    """Path, given values and other columns of every line of a manifest."""
    for number, row in enumerate(csv.DictReader(io.StringIO(_decoded(data, manifest))), start=2):
        name = (row.get("path") or "").strip()
        if not name:
            raise UsageError(f"{manifest} line {number}: the column `path` is missing or empty")
        given = {k: v.strip() for k, v in row.items() if k in GIVEN and v and v.strip()}
        extra = {k: v.strip() for k, v in row.items() if k and k not in (*GIVEN, "path") and v and v.strip()}
        yield name, given, extra


def _decoded(data: bytes, manifest: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageError(f"{manifest}: neither UTF-8 nor GB18030; save the manifest as CSV UTF-8")
