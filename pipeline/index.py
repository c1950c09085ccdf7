"""The run's memory: which files are done, in which version, with which outcome (one SQLite file beside the dataset)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import orjson

from policy_commitments.pipeline.result import Failure

_TABLES = """
create table if not exists files (
  source_path text primary key, size integer, mtime_ns integer, digest text, version text, shard integer, stats text
) without rowid;
create table if not exists failures (
  source_path text primary key, size integer, mtime_ns integer, version text, failure text
) without rowid;
create table if not exists shards (shard integer primary key, merged integer not null default 0);
create index if not exists files_digest on files (digest);
"""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells a changed file from an unchanged one without reading it: size in bytes, mtime in nanoseconds."""

    source_path: str
    size: int
    mtime_ns: int


class Index:
    """Open with `with`; every method that writes commits before it returns."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)
        self._connection.execute("pragma journal_mode = wal")
        self._connection.execute("pragma synchronous = normal")
        self._connection.executescript(_TABLES)

    def __enter__(self) -> Index:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._connection.close()

    def is_done(self, stamp: Stamp, version: str) -> bool:
        """Whether the file was done or quarantined with this size, time and extractor version."""
        key = (stamp.source_path, stamp.size, stamp.mtime_ns, version)
        where = "where source_path = ? and size = ? and mtime_ns = ? and version = ?"
        row = self._connection.execute(
            f"select 1 from files {where} union all select 1 from failures {where} limit 1", (*key, *key)
        )
        return row.fetchone() is not None

    def has_digest(self, digest: str, version: str) -> bool:
        """Whether some file with these bytes is already in the dataset or a finished shard."""
        query = "select 1 from files where digest = ? and version = ? limit 1"
        return self._connection.execute(query, (digest, version)).fetchone() is not None

    def next_shard(self) -> int:
        """A shard number that no earlier wave used."""
        (last,) = self._connection.execute("select coalesce(max(shard), 0) from shards").fetchone()
        return int(last) + 1

    def add(
        self,
        shard: int,
        version: str,
        done: Iterable[tuple[Stamp, str, dict[str, object]]],
        failed: Iterable[tuple[Stamp, Failure]],
    ) -> None:
        """Record one wave whose shard lies on disk: (stamp, digest, stats) of the done, (stamp, failure) of the rest."""
        with self._connection as connection:
            for stamp, digest, stats in done:
                connection.execute("delete from failures where source_path = ?", (stamp.source_path,))
                connection.execute(
                    "insert or replace into files values (?, ?, ?, ?, ?, ?, ?)",
                    (stamp.source_path, stamp.size, stamp.mtime_ns, digest, version, shard, orjson.dumps(stats).decode()),
                )
            for stamp, failure in failed:
                connection.execute("delete from files where source_path = ?", (stamp.source_path,))
                text = orjson.dumps(failure).decode()
                connection.execute(
                    "insert or replace into failures values (?, ?, ?, ?, ?)",
                    (stamp.source_path, stamp.size, stamp.mtime_ns, version, text),
                )
            connection.execute("insert or replace into shards values (?, 0)", (shard,))

    def pending(self) -> list[int]:
        """Shards on disk that are not yet merged into the tables."""
        return [n for (n,) in self._connection.execute("select shard from shards where merged = 0 order by shard")]

    def merged(self) -> None:
        """Mark all shards as merged."""
        with self._connection as connection:
            connection.execute("update shards set merged = 1")

    def paths(self) -> Iterator[tuple[str, str]]:
        """(source_path, digest) of every document, by path."""
        yield from self._connection.execute("select source_path, digest from files order by source_path")

    def stats(self) -> Iterator[dict[str, object]]:
        """Stored counts of every document, by path."""
        for (text,) in self._connection.execute("select stats from files order by source_path"):
            yield orjson.loads(text)

    def failures(self) -> Iterator[Failure]:
        """Quarantined documents, by path."""
        for (text,) in self._connection.execute("select failure from failures order by source_path"):
            yield Failure(**orjson.loads(text))

    def forget(self, paths: Iterable[str]) -> None:
        """Drop files from the memory (pruned ones, or all of them for a fresh run)."""
        with self._connection as connection:
            for path in paths:
                connection.execute("delete from files where source_path = ?", (path,))
                connection.execute("delete from failures where source_path = ?", (path,))

    def known_paths(self) -> Iterator[str]:
        """Every path that was done or quarantined."""
        query = "select source_path from files union select source_path from failures order by 1"
        yield from (path for (path,) in self._connection.execute(query))
