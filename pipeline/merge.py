"""Merge: finished shards and the previous tables become the next dataset, sorted, aside, then renamed into place.

Sorting is DuckDB's (out of core), writing pyarrow's: the same rows give the same bytes, however they were cut into
shards. Everything of the next dataset is made in `.state/next`; once the file READY lies there it is moved into place,
by this run or, if that one dies, by the next. A run that dies before leaves the previous dataset whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from policy_commitments.pipeline.arrow import arrow_schema
from policy_commitments.pipeline.files import aside, quoted
from policy_commitments.pipeline.index import Index
from policy_commitments.pipeline.relations import relate
from policy_commitments.pipeline.shards import PROBLEMS, shard_file
from policy_commitments.schemas.columns import KEYS, TABLES

ROW_GROUP = 65_536
RAW = "raw_documents"  # the rows of documents as made, before copies and annexes are told apart
_READY = "READY"
_STATE_TABLES = {RAW: "documents", "problems": "problems"}


def merge(output: Path, state: Path, paths: dict[str, list[str]], shards: Sequence[int], previous: bool) -> Path:
    """Make all tables and new texts in `.state/next`, which is returned, from the dataset on disk and pending shards.

    `paths` maps the digest of every document of the dataset to its files in sort order; other documents leave.
    `previous` is False where the tables on disk have other columns, so that none of their rows can stay.
    """
    aside = state / "next"
    _empty(aside)
    (aside / "texts").mkdir(parents=True)
    keep = {digest[:16]: files[0] for digest, files in paths.items()}
    connection = _connect(state)
    try:
        merger = _Merger(connection, output, state, shards, previous)
        merger.choose(keep)
        for table in (RAW, *TABLES[1:], "problems"):
            merger.write(table, aside / f"{table}.parquet")
    finally:
        connection.close()
    relate(aside / f"{RAW}.parquet", aside / "documents.parquet", paths)
    _write_texts(state, aside / "texts", keep, shards)
    return aside


def ready(aside: Path, written: str) -> None:
    """Say that `aside` is complete; `written` names the state of the index that it stands for."""
    (aside / _READY).write_text(written, encoding="utf-8")


def finish(output: Path, state: Path, index: Index) -> None:
    """Move a complete next dataset into place, and drop an incomplete one."""
    aside = state / "next"
    if not (aside / _READY).exists():
        _empty(aside)
        return
    written = (aside / _READY).read_text(encoding="utf-8")
    for path in sorted(aside.iterdir()):
        if path.is_file() and path.name != _READY:
            path.replace(_place(output, path.name))
    _move_texts(output, aside / "texts")
    index.set_meta("other_columns", "no")
    index.set_meta("ended", "no")
    index.merged(written)
    for path in sorted((state / "shards").iterdir()):
        path.unlink()
    (aside / _READY).unlink()


def _empty(folder: Path) -> None:
    if folder.exists():
        for path in folder.iterdir():
            _empty(path) if path.is_dir() else path.unlink()
        folder.rmdir()


def _place(output: Path, name: str) -> Path:
    table = name.removesuffix(".parquet")
    return output / ".state" / f"{_STATE_TABLES[table]}.parquet" if table in _STATE_TABLES else output / name


def _move_texts(output: Path, aside: Path) -> None:
    folder = output / "texts"
    folder.mkdir(exist_ok=True)
    for path in sorted(aside.iterdir()):
        path.replace(folder / path.name)
    kept = set(pq.read_table(output / "documents.parquet", columns=["doc_id"])["doc_id"].to_pylist())
    for path in folder.iterdir():
        if path.stem not in kept:
            path.unlink()


def _connect(state: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(f"set temp_directory = {quoted(state / 'spill')}")
    connection.execute("set threads = 1")
    connection.execute("set preserve_insertion_order = true")
    connection.execute("set memory_limit = '512MB'")
    return connection


class _Merger:
    """Reads the previous tables (age 0) and shards (age = their number); the chosen age of a document is `newest`."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, output: Path, state: Path, shards: Sequence[int], previous: bool
    ) -> None:
        self.connection, self.output, self.state = connection, output, state
        self.numbers, self.previous = shards, previous

    def choose(self, keep: dict[str, str]) -> None:
        """The rows that stand: those made from the document's first file, else the newest."""
        ids, files = pa.array(list(keep), pa.string()), pa.array(list(keep.values()), pa.string())
        self.connection.register("keep", pa.table({"doc_id": ids, "kept_path": files}))
        query = self._union(RAW)
        if query is None:
            return
        self.connection.execute(
            "create temp table newest as select doc_id, arg_max(age_, (source_path = kept_path)::int * 1e12 + age_) as age_ "
            f"from ({query}) join keep using (doc_id) group by doc_id"
        )

    def write(self, table: str, path: Path) -> None:
        """One table, in its order."""
        name = _STATE_TABLES.get(table, table)
        schema = PROBLEMS if table == "problems" else arrow_schema(name)
        query = self._union(table)
        batches: Iterator[pa.RecordBatch] = iter(())
        if query is not None:
            order = {
                "documents": "doc_id",
                "problems": 'doc_id, start nulls first, "end", code, text',
            }.get(name, f'doc_id, start, "end" desc, {KEYS.get(name, "doc_id")}')
            batches = iter(
                self.connection.sql(
                    f"select t.* exclude (age_) from ({query}) t join newest using (doc_id, age_) order by {order}"
                ).to_arrow_reader(ROW_GROUP)
            )
        write_rows(path, schema, batches)

    def _union(self, table: str) -> str | None:
        parts = []
        before = _place(self.output, f"{table}.parquet")
        if self.previous and before.exists():
            parts.append(f"select 0::bigint as age_, * from read_parquet({quoted(before)})")
        name = _STATE_TABLES.get(table, table)
        files = [path for n in self.numbers if (path := shard_file(self.state / "shards", name, n)).exists()]
        if files:
            number = r"regexp_extract(filename, '(\d+)\.parquet$', 1)::bigint as age_"
            listed = ", ".join(map(quoted, files))
            parts.append(f"select {number}, * exclude (filename) from read_parquet([{listed}], filename = true)")
        return " union all by name ".join(parts) or None


def write_rows(path: Path, schema: pa.Schema, batches: Iterator[pa.RecordBatch]) -> None:
    """Row groups of exactly ROW_GROUP rows, whatever sizes the batches have."""
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        held: list[pa.Table] = []
        rows = 0
        for batch in batches:
            held.append(pa.Table.from_batches([batch]).select(schema.names).cast(schema))
            rows += len(held[-1])
            while rows >= ROW_GROUP:
                whole = pa.concat_tables(held)
                writer.write_table(whole.slice(0, ROW_GROUP), row_group_size=ROW_GROUP)
                held = [whole.slice(ROW_GROUP)]
                rows = len(held[0])
        if rows:
            writer.write_table(pa.concat_tables(held), row_group_size=ROW_GROUP)


def _write_texts(state: Path, folder: Path, keep: dict[str, str], shards: Sequence[int]) -> None:
    for number in shards:
        path = shard_file(state / "shards", "texts", number)
        if not path.exists():
            continue
        for batch in pq.ParquetFile(path).iter_batches(batch_size=64):
            for doc_id, text in zip(batch["doc_id"].to_pylist(), batch["text"].to_pylist(), strict=True):
                if doc_id in keep:
                    (folder / f"{doc_id}.txt").write_bytes(text.encode("utf-8", "surrogatepass"))


def write_jsonl(path: Path, parquet: Path) -> None:
    """One JSON object per line, keys in column order, dates as ISO strings; streamed, written aside and renamed."""
    with aside(path) as part, part.open("wb") as lines:
        for batch in pq.ParquetFile(parquet).iter_batches(batch_size=2_048):
            rows: list[dict[str, Any]] = batch.to_pylist()
            lines.writelines(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows)
