"""The run's memory: which files are done, in which version, with which outcome (one SQLite file beside the dataset)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from types import TracebackType

import orjson

from policy_commitments.pipeline.result import Failure
from policy_commitments.pipeline.totals import Totals

_TABLES = """
create table if not exists files (
  source_path text primary key, size integer, mtime_ns integer, digest text, version text, shard integer, stats text
) without rowid;
create table if not exists failures (
  source_path text primary key, size integer, mtime_ns integer, version text, failure text
) without rowid;
create table if not exists touched (digest text primary key) without rowid;
create table if not exists shards (shard integer primary key, merged integer not null default 0);
create table if not exists meta (key text primary key, value text) without rowid;
create index if not exists files_digest on files (digest);
create temp table seen (source_path text primary key, file text) without rowid;
create temp table made_from (doc_id text primary key, source_path text) without rowid;
"""

# What may go away without any change of the file: another machine, more memory, an installed reader.
PASSING = frozenset(
    {"timeout", "memory", "worker_died", "internal_error", "file_vanished", "not_permitted", "file_unreadable",
     "member_missing", "reader_missing", "ocr_missing", "conversion_failed"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells a changed file from an unchanged one without reading it: size in bytes, mtime in nanoseconds."""

    source_path: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One document as done: its stamp, the digest of its bytes, the version that did it and its counts."""

    stamp: Stamp
    digest: str
    version: str
    stats: dict[str, object]


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


class Index:
    """Open with `with`; every method that writes commits before it returns (`see` excepted)."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)
        self._connection.execute("pragma journal_mode = wal")
        self._connection.execute("pragma synchronous = normal")
        self._connection.executescript(_TABLES)

    def __enter__(self) -> Index:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._connection.close()

    # --- what is known of a file

    def see(self, files: Sequence[tuple[str, str]]) -> dict[str, str]:
        """Note that this run's sources hold the files (path, place); returns those seen before in this run."""
        query = f"select source_path, file from temp.seen where source_path in ({_marks(files)})"
        known = dict(self._connection.execute(query, [path for path, _ in files]))
        self._connection.executemany("insert or ignore into temp.seen values (?, ?)", files)
        return known

    def done(self, paths: Sequence[str]) -> dict[str, tuple[int, int, str]]:
        """(size, time, version) with which files were done, or failed for a reason that lies in the file."""
        columns = f"where source_path in ({_marks(paths)})"
        found = {}
        for path, size, mtime, version, text in self._connection.execute(
            f"select source_path, size, mtime_ns, version, null from files {columns} "
            f"union all select source_path, size, mtime_ns, version, failure from failures {columns}",
            [*paths, *paths],
        ):
            if text is None or orjson.loads(text)["code"] not in PASSING:
                found[path] = (size, mtime, version)
        return found

    def digest_of(self, path: str, version: str) -> str | None:
        """Digest of the file's bytes when it was last done in this version."""
        query = "select digest from files where source_path = ? and version = ?"
        row = self._connection.execute(query, (path, version)).fetchone()
        return None if row is None else str(row[0])

    def restamp(self, stamp: Stamp) -> None:
        """Take over size and time of a file whose bytes are as they were."""
        with self._connection as connection:
            connection.execute(
                "update files set size = ?, mtime_ns = ? where source_path = ?", (stamp.size, stamp.mtime_ns, stamp.source_path)
            )

    # --- results of waves

    def next_shard(self) -> int:
        """A shard number that no earlier wave used."""
        (last,) = self._connection.execute("select coalesce(max(shard), 0) from shards").fetchone()
        return int(last) + 1

    def add(self, shards: Iterable[tuple[int, Entry]], failed: Iterable[tuple[Stamp, str, Failure]]) -> None:
        """Record one wave whose shards lie on disk: (shard, entry) of the done, (stamp, version, failure) of the rest."""
        changed = False
        with self._connection as connection, self._tallied() as totals:
            for shard, one in shards:
                stamp, changed = one.stamp, True
                self._drop(stamp.source_path, totals)
                stats = orjson.dumps(one.stats).decode()
                connection.execute(
                    "insert into files values (?, ?, ?, ?, ?, ?, ?)",
                    (stamp.source_path, stamp.size, stamp.mtime_ns, one.digest, one.version, shard, stats),
                )
                totals.count(one.stats, 1)
                connection.execute("insert or ignore into touched values (?)", (one.digest,))
                connection.execute("insert or ignore into shards values (?, 0)", (shard,))
            for stamp, version, failure in failed:
                text = orjson.dumps(failure).decode()
                query = "select 1 from failures where source_path = ? and failure = ?"
                changed = changed or connection.execute(query, (stamp.source_path, text)).fetchone() is None
                self._drop(stamp.source_path, totals)
                row = (stamp.source_path, stamp.size, stamp.mtime_ns, version, text)
                connection.execute("insert into failures values (?, ?, ?, ?, ?)", row)
            if changed:
                self._count_change()

    def pending(self) -> list[int]:
        """Shards on disk that are not yet merged into the tables."""
        return [n for (n,) in self._connection.execute("select shard from shards where merged = 0 order by shard")]

    def merged(self, state: str) -> None:
        """Mark all shards as merged and the dataset as being that of `state`."""
        with self._connection as connection:
            connection.execute("update shards set merged = 1 where merged = 0")
            connection.execute("delete from touched")
            connection.execute("insert or replace into meta values ('written', ?)", (state,))

    def count_pending(self) -> int:
        """Number of documents whose rows lie in pending shards."""
        query = "select count(*) from files join shards using (shard) where merged = 0"
        return int(self._connection.execute(query).fetchone()[0])

    def touched(self) -> set[str]:
        """Buckets (first two digits) of the documents that came, changed their files or left since the last merge."""
        return {bucket for (bucket,) in self._connection.execute("select distinct substr(digest, 1, 2) from touched")}

    def moved(self, made_from: Iterable[tuple[str, str]]) -> list[str]:
        """Files that are now the first of their document, whose rows (doc_id, path) were made from another file."""
        connection = self._connection
        connection.execute("delete from temp.made_from")
        connection.executemany("insert or replace into temp.made_from values (?, ?)", made_from)
        query = (
            "select first from (select digest as named, min(source_path) as first from files join touched using (digest) group by 1) "
            "join temp.made_from on doc_id = substr(named, 1, 16) join files on files.source_path = first "
            "where made_from.source_path != first and shard not in (select shard from shards where merged = 0) order by 1"
        )
        return [path for (path,) in connection.execute(query)]

    # --- the dataset as a whole

    def meta(self, key: str) -> str | None:
        """A note on the dataset: `changes` counts changes, `written` is the state on disk, `schema` its columns."""
        row = self._connection.execute("select value from meta where key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def set_meta(self, key: str, value: str) -> None:
        """Leave a note on the dataset."""
        with self._connection as connection:
            connection.execute("insert or replace into meta values (?, ?)", (key, value))

    def _count_change(self) -> None:
        self._connection.execute(
            "insert into meta values ('changes', 1) on conflict (key) do update set value = cast(value as integer) + 1"
        )

    def documents(self, buckets: Iterable[str] | None = None) -> Iterator[tuple[str, list[str]]]:
        """Digest of every document (of the given buckets) and its files in sort order, by digest."""
        query = "select digest, source_path from files where digest >= ? and digest < ? order by digest, source_path"
        for bucket in buckets if buckets is not None else ("",):
            rows = self._connection.execute(query, (bucket, bucket + "g"))
            for digest, some in groupby(rows, key=itemgetter(0)):
                yield digest, [path for _, path in some]

    def count(self) -> int:
        """Number of documents: files with the same bytes are one."""
        return int(self._connection.execute("select count(distinct digest) from files").fetchone()[0])

    def totals(self) -> Totals:
        """Counts over all files."""
        return Totals.of(self.meta("totals"))

    def versions(self) -> dict[str, int]:
        """Number of documents by the version that did them."""
        return dict(self._connection.execute("select version, count(*) from files group by 1 order by 1"))

    def entries(self) -> Iterator[Entry]:
        """Every document, by path."""
        query = "select source_path, size, mtime_ns, digest, version, stats from files order by source_path"
        for path, size, mtime, digest, version, stats in self._connection.execute(query):
            yield Entry(Stamp(path, size, mtime), digest, version, orjson.loads(stats))

    def stats(self) -> Iterator[dict[str, object]]:
        """Stored counts of every document, by path."""
        for (text,) in self._connection.execute("select stats from files order by source_path"):
            yield orjson.loads(text)

    def failed(self) -> Iterator[tuple[Stamp, str, Failure]]:
        """(stamp, version, failure) of quarantined documents, by path."""
        query = "select source_path, size, mtime_ns, version, failure from failures order by source_path"
        for path, size, mtime, version, text in self._connection.execute(query):
            yield Stamp(path, size, mtime), version, Failure(**orjson.loads(text))

    def failures(self) -> Iterator[Failure]:
        """Quarantined documents, by path."""
        yield from (failure for _, _, failure in self.failed())

    def unseen(self) -> tuple[int, str]:
        """Number of documents that this run's sources do not hold, and the first of them."""
        query = "select count(*), coalesce(min(source_path), '') from files where source_path not in (select source_path from temp.seen)"
        number, first = self._connection.execute(query).fetchone()
        return int(number), str(first)

    def see_nothing(self) -> None:
        """Forget what `see` noted."""
        self._connection.execute("delete from temp.seen")

    def forget_unseen(self) -> None:
        """Drop the files that this run's sources do not hold from the memory."""
        known = "select source_path from files union all select source_path from failures"
        query = f"select source_path from ({known}) where source_path not in (select source_path from temp.seen) limit 1000"
        while paths := self._connection.execute(query).fetchall():
            with self._connection, self._tallied() as totals:
                for (path,) in paths:
                    self._drop(path, totals)
                self._count_change()

    def forget_all(self) -> None:
        """Drop every file from the memory."""
        with self._connection as connection:
            connection.execute("insert or ignore into touched select digest from files")
            connection.execute("delete from files")
            connection.execute("delete from failures")
            connection.execute("delete from meta where key = 'totals'")
            self._count_change()

    def _drop(self, path: str, totals: Totals) -> None:
        row = self._connection.execute("select digest, stats from files where source_path = ?", (path,)).fetchone()
        if row is not None:
            totals.count(orjson.loads(row[1]), -1)
            self._connection.execute("insert or ignore into touched values (?)", (row[0],))
            self._connection.execute("delete from files where source_path = ?", (path,))
        self._connection.execute("delete from failures where source_path = ?", (path,))

    @contextmanager
    def _tallied(self) -> Iterator[Totals]:
        """Totals to be changed in the transaction under way."""
        totals = self.totals()
        yield totals
        row = ("totals", totals.text())
        self._connection.execute("insert or replace into meta values (?, ?)", row)
