"""Merge: finished shards and the previous tables become the next dataset, sorted, aside, then renamed into place.

Sorting is DuckDB's (out of core), writing pyarrow's: the same rows give the same bytes, however they were cut into
shards. A run that dies leaves the previous tables whole; a merge that dies between renames is finished by the next run.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from policy_commitments.pipeline.arrow import arrow_schema
from policy_commitments.pipeline.relations import relate
from policy_commitments.pipeline.shards import PROBLEMS
from policy_commitments.schemas.columns import KEYS, TABLES

ROW_GROUP = 65_536
_READY = "READY"


def merge(output: Path, state: Path, paths: dict[str, list[str]]) -> None:
    """Write all tables of `output` from its previous ones and the shards in `state`.

    `paths` maps the digest of every document of the dataset to its files in sort order; other documents leave.
    """
    finish(output, state)
    keep = {digest: files[0] for digest, files in paths.items()}
    aside = state / "next"
    aside.mkdir(parents=True, exist_ok=True)
    connection = _connect(state)
    connection.register("keep", _keep_table(keep))
    for table in (*TABLES, "problems"):
        _merge_table(connection, table, output, state, aside)
    relate(aside / "documents.parquet", paths)
    _write_texts(output, state, keep)
    (aside / _READY).touch()
    finish(output, state)


def finish(output: Path, state: Path) -> None:
    """Carry out the renames of a merge that was ready, and drop one that was not."""
    aside = state / "next"
    if (aside / _READY).exists():
        for path in sorted(aside.glob("*.parquet")):
            path.replace(_previous(output, path.stem))
        for path in sorted((state / "shards").glob("*.parquet")):
            path.unlink()
        (aside / _READY).unlink()
    elif aside.exists():
        for path in aside.iterdir():
            path.unlink()


def _connect(state: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    spill = state / "spill"
    connection.execute(f"set temp_directory = {_quoted(spill)}")
    connection.execute("set threads = 1")
    connection.execute("set preserve_insertion_order = true")
    connection.execute("set memory_limit = '1GB'")
    return connection


def _quoted(path: Path) -> str:
    return "'" + path.as_posix().replace("'", "''") + "'"


def _keep_table(keep: dict[str, str]) -> pa.Table:
    ids = [digest[:16] for digest in keep]
    return pa.table({"doc_id": pa.array(ids, pa.string()), "kept_path": pa.array(list(keep.values()), pa.string())})


def _query(table: str, output: Path, state: Path) -> str | None:
    """All rows of a table, the newest shard's winning where a document stands in several."""
    parts = []
    for age, path in enumerate([_previous(output, table), *sorted((state / "shards").glob(f"{table}-*.parquet"))]):
        if path.exists():
            parts.append(f"select {age} as age_, * from read_parquet({_quoted(path)})")
    return " union all by name ".join(parts) or None


def _previous(output: Path, table: str) -> Path:
    return output / f"{table}.parquet" if table in TABLES else output / ".state" / f"{table}.parquet"


def _merge_table(
    connection: duckdb.DuckDBPyConnection, table: str, output: Path, state: Path, aside: Path
) -> None:
    schema = arrow_schema(table) if table in TABLES else PROBLEMS
    query = _query(table, output, state)
    batches: Iterator[pa.RecordBatch] = iter(())
    if query is not None:
        newest = _query("documents", output, state)
        order = {"documents": "doc_id", "problems": 'doc_id, start nulls first, "end", code, text'}.get(
            table, f'doc_id, start, "end" desc, {KEYS.get(table, "doc_id")}'
        )
        reader = connection.sql(
            f"with newest as (select doc_id, max(age_) as age_ from ({newest}) group by doc_id) "
            f"select t.* exclude (age_) from ({query}) t join newest using (doc_id, age_) join keep using (doc_id) "
            f"order by {order}"
        ).to_arrow_reader(ROW_GROUP)
        batches = iter(reader) if reader is not None else batches
    _write_table(aside / f"{table}.parquet", schema, batches)


def _write_table(path: Path, schema: pa.Schema, batches: Iterator[pa.RecordBatch]) -> None:
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


def _write_texts(output: Path, state: Path, keep: dict[str, str]) -> None:
    folder = output / "texts"
    folder.mkdir(parents=True, exist_ok=True)
    for shard in sorted((state / "shards").glob("texts-*.parquet")):
        for batch in pq.ParquetFile(shard).iter_batches(batch_size=64):
            for doc_id, text in zip(batch["doc_id"].to_pylist(), batch["text"].to_pylist(), strict=True):
                (folder / f"{doc_id}.txt").write_bytes(text.encode("utf-8", "surrogatepass"))
    kept = {digest[:16] for digest in keep}
    for path in folder.glob("*.txt"):
        if path.stem not in kept:
            path.unlink()


def write_jsonl(path: Path, parquet: Path) -> None:
    """One JSON object per line, keys in column order, dates as ISO strings; streamed, written aside and renamed."""
    aside = path.with_suffix(".part")
    with aside.open("wb") as lines:
        for batch in pq.ParquetFile(parquet).iter_batches(batch_size=8_192):
            lines.writelines(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in batch.to_pylist())
    aside.replace(path)
