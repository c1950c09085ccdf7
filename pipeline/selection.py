"""Which documents a run does: those of its sources and its part that are new, changed, or done by another version."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Protocol

import orjson

from policy_commitments.pipeline.discover import Job, UsageError, all_jobs, check_place
from policy_commitments.pipeline.identity import extractor_version
from policy_commitments.pipeline.index import Index
from policy_commitments.pipeline.layout import RAW, parquet_files, place
from policy_commitments.pipeline.stores import read_place
from policy_commitments.schemas.columns import TABLES, columns
from policy_commitments.schemas.problems import DocumentError

_AT_ONCE = 500  # files looked up in one query
_LAYOUT = "3"  # of .state; another number is another layout


class Counts(Protocol):
    """What `select` counts."""

    skipped: int


@dataclass(slots=True)
class Selection:
    """The sources and what a document must have been done with to be left alone.

    `shard` is (i, n): the i-th of n parts, by a hash of the path; `verify` compares bytes instead of size and time.
    """

    sources: Sequence[str]
    shard: tuple[int, int] = (1, 1)
    verify: bool = False
    corrections: str = ""
    vocab: Path | None = None
    version: str = field(init=False)

    def __post_init__(self) -> None:
        i, n = self.shard
        if not 1 <= i <= n:
            raise UsageError(f"--shard {i}/{n}: give i/n with i from 1 to n, such as 1/4")
        self.version = "+".join(part for part in (extractor_version(), self.corrections, _folder_digest(self.vocab)) if part)

    def jobs(self) -> Iterator[Job]:
        """All jobs of this part."""
        i, n = self.shard
        for job in all_jobs(self.sources):
            if n == 1 or _part(job.stamp.source_path, n) == i - 1:
                yield job

    def prepare(self, index: Index, fresh: bool) -> list[str]:
        """Make an index of another layout, or of other columns, fit for this run; messages for the user.

        Raises UsageError where the dataset holds documents that these sources do not, so that they cannot be redone.
        """
        ours, theirs = schema_version(), index.meta("schema")
        known = sum(index.versions().values())
        if theirs != ours and known and not fresh:
            self._refuse_strangers(index)
        if theirs != ours and known:
            index.set_meta("other_columns", "yes")
        if fresh or (theirs != ours and known):
            index.forget_all()
        if theirs != ours:
            index.set_meta("schema", ours)
            return [f"the dataset has other columns than this version writes: its {known} documents are done again"] if known else []
        others = sum(number for version, number in index.versions().items() if not version.startswith(extractor_version()))
        return [f"{others} documents are from another version of the rules: those in the sources are done again"] if others else []

    def _refuse_strangers(self, index: Index) -> None:
        jobs = self.jobs()
        while some := list(islice(jobs, _AT_ONCE)):
            index.see([(job.stamp.source_path, job.file) for job in some])
        away, first = index.unseen()
        index.see_nothing()
        if away:
            raise UsageError(
                f"the dataset has other columns than this version writes, and {away} of its documents are not in these "
                f"sources ({first} …): name all of its sources, or drop it with --fresh, or give another folder with -o"
            )

    def mixture(self, index: Index) -> list[str]:
        """A message where documents of another version stay in the dataset, because no source of this run holds them."""
        others = sum(number for version, number in index.versions().items() if not version.startswith(extractor_version()))
        if not others:
            return []
        return [f"{others} documents are still from another version (see documents.extractor_version): run their sources too, or --prune"]


def select(selection: Selection, index: Index, counts: Counts) -> Iterator[Job]:
    """Jobs that must be done; counts the others as skipped."""
    jobs = selection.jobs()
    while some := list(islice(jobs, _AT_ONCE)):
        known = index.see([(job.stamp.source_path, job.file) for job in some])
        done = index.done([job.stamp.source_path for job in some])
        for job in some:
            path = job.stamp.source_path
            check_place(path, known.get(path), job.file)
            if path in known:
                continue
            known[path] = job.file
            if _is_done(job, done.get(path), selection, index):
                counts.skipped += 1
            else:
                yield job


def _is_done(job: Job, done: tuple[int, int, str] | None, selection: Selection, index: Index) -> bool:
    version = job_version(job, selection.version)
    as_it_was = done == (job.stamp.size, job.stamp.mtime_ns, version)
    if not selection.verify or (as_it_was and job.pages):
        return as_it_was
    digest = index.digest_of(job.stamp.source_path, version)
    if digest is None or job.pages or _bytes_digest(job) != digest:
        return False
    index.restamp(job.stamp)
    return True


def _bytes_digest(job: Job) -> str | None:
    try:
        data = read_place(job.file, job.member)
    except DocumentError:
        return None  # doing it again says why
    return hashlib.sha256(data).hexdigest()


def stale_copies(selection: Selection, index: Index, output: Path) -> Iterable[Job]:
    """Files that now name a document whose rows were made from another file (its first copy changed or left)."""
    if index.meta("other_columns") == "yes":
        return
    files, touched = parquet_files(place(output, RAW)), index.touched()
    looked_at = [path for path in files if path.stem in touched or not path.parent.name.endswith(".parquet")] if touched else []
    wanted = set(index.moved(_made_from(looked_at)))
    if wanted:
        yield from (job for job in selection.jobs() if job.stamp.source_path in wanted)


def _made_from(files: Iterable[Path]) -> Iterator[tuple[str, str]]:
    import pyarrow.parquet as pq

    for path in files:
        for batch in pq.ParquetFile(path).iter_batches(columns=["doc_id", "source_path"]):
            yield from zip(batch["doc_id"].to_pylist(), batch["source_path"].to_pylist(), strict=True)


def job_version(job: Job, version: str) -> str:
    """The version that a job is done with: other manifest values or other pages make another."""
    if not (job.given or job.extra or job.pages):
        return version
    told = orjson.dumps([dict(job.given), dict(job.extra), list(job.pages)], option=orjson.OPT_SORT_KEYS)
    return f"{version}+{hashlib.sha256(told).hexdigest()[:8]}"


@cache
def schema_version() -> str:
    """Digest of all columns and of the layout of .state."""
    told = repr([(table, [(one.name, one.type, one.required, one.members) for one in columns(table)]) for table in TABLES])
    return f"{_LAYOUT}-{hashlib.sha256(told.encode()).hexdigest()[:8]}"


def _folder_digest(folder: Path | None) -> str:
    if folder is None:
        return ""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.yml")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:8]


def _part(path: str, n: int) -> int:
    return int.from_bytes(hashlib.sha256(path.encode()).digest()[:8]) % n
