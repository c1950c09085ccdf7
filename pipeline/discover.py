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

from policy_commitments.pipeline.image_pages import page_rows
from policy_commitments.pipeline.index import Stamp
from policy_commitments.schemas.problems import DocumentError

IMAGES = frozenset([".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp", ".gif"])
ARCHIVES = frozenset([".rar", ".7z"])  # not read, but said so
SUFFIXES = IMAGES | ARCHIVES | frozenset(
    [".txt", ".md", ".docx", ".doc", ".wps", ".rtf", ".odt", ".pdf", ".html", ".htm", ".mht", ".mhtml", ".ofd"]
)
_LISTED = SUFFIXES | {".zip"}
GIVEN = ("title", "doc_number", "issuer", "issue_date", "adcode", "genre", "part_of")


class UsageError(Exception):
    """A command line that cannot be carried out; the message says what to change."""


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
    return job.member is not None, job.file if job.member is not None else str(Path(job.file).parent)


def _with_rows(jobs: list[Job]) -> Iterator[Job]:
    places = [(job.file if job.member is not None else "", _place(job)) for job in jobs]
    images = [k for k, job in enumerate(jobs) if PurePosixPath(job.stamp.source_path).suffix.lower() in IMAGES]
    followers: dict[int, list[int]] = {}
    for group in page_rows([places[k] for k in images]):
        first, *rest = (images[k] for k in group)
        followers[first] = rest
    inside = {k for rest in followers.values() for k in rest}
    for k, job in enumerate(jobs):
        if k not in inside:
            yield _with_pages(job, [jobs[one] for one in followers[k]]) if k in followers else job


def _with_pages(job: Job, rest: Sequence[Job]) -> Job:
    size = sum(one.stamp.size for one in (job, *rest))
    mtime = max(one.stamp.mtime_ns for one in (job, *rest))
    return replace(job, stamp=Stamp(job.stamp.source_path, size, mtime), pages=tuple(_place(one) for one in rest))


def _place(job: Job) -> str:
    return job.file if job.member is None else job.member


def _from_source(source: str) -> Iterator[Job]:
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
        elif os.path.splitext(entry.name)[1].lower() in _LISTED:  # noqa: PTH122 - ten times faster than pathlib
            yield from _from_file(Path(entry.path), f"{prefix}{entry.name}", stat=entry)
    for entry in below:
        yield from _from_folder(Path(entry.path), f"{prefix}{entry.name}/")


def _from_file(
    path: Path,
    source_path: str,
    given: Mapping[str, str] | None = None,
    extra: Mapping[str, str] | None = None,
    stat: os.DirEntry[str] | None = None,
) -> Iterator[Job]:
    source_path = source_path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        found = (stat or path).stat()
        size, mtime = found.st_size, found.st_mtime_ns
    except OSError:
        size, mtime = -1, 0
    if path.suffix.lower() == ".zip":
        members = _zip_members(path)
        if members:
            for name, length in members:
                yield Job(Stamp(f"{source_path}!/{name}", length, mtime), str(path), name, given or {}, extra or {})
            return
    yield Job(Stamp(source_path, size, mtime), str(path), None, given or {}, extra or {})


def _zip_members(path: Path) -> list[tuple[str, int]] | None:
    from policy_commitments.pipeline.read.archive import member_names

    try:
        return [(n, size) for n, size in member_names(path) if PurePosixPath(n).suffix.lower() in SUFFIXES | {".zip"}]
    except (OSError, zipfile.BadZipFile, DocumentError):
        return None  # read as a file, which then says what is wrong with it


def _from_manifest(path: Path) -> Iterator[Job]:
    for number, row in enumerate(csv.DictReader(io.StringIO(_decoded(path))), start=2):
        name = (row.get("path") or "").strip()
        if not name:
            raise UsageError(f"{path.name} line {number}: the column `path` is missing or empty")
        given = {k: v.strip() for k, v in row.items() if k in GIVEN and v and v.strip()}
        extra = {k: v.strip() for k, v in row.items() if k and k not in (*GIVEN, "path") and v and v.strip()}
        yield from _from_file(path.parent / name, PurePosixPath(name).as_posix(), given, extra)


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageError(f"{path.name}: neither UTF-8 nor GB18030; save the manifest as CSV UTF-8")
