"""Streams of rows to Parquet and JSON Lines: sorted by DuckDB (out of core), written by pyarrow, a few thousand at a time.

The same rows give the same bytes, in whatever batches they come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from policy_commitments.pipeline.files import aside, literal

ROW_GROUP = 8_192  # rows; memory holds two groups, and the rows of one document are found without reading the others
_MEMORY = (64, 256, 1024)  # MiB for sorting; what does not fit goes to disk, but merging very many runs needs more


def with_memory(spill: Path, action: Callable[[duckdb.DuckDBPyConnection], None]) -> None:
    """Call `action` with a database in memory that spills to the folder `spill`, again with more memory where it needs it.

    A full disk is an OSError.
    """
    for limit in _MEMORY:
        try:
            with _connected(spill, limit) as connection:
                action(connection)
            return
        except duckdb.OutOfMemoryException as error:
            if limit == _MEMORY[-1]:
                raise OSError(str(error).partition("\n")[0]) from error


@contextmanager
def _connected(spill: Path, limit: int) -> Iterator[duckdb.DuckDBPyConnection]:
    settings = ("threads = 1", "enable_progress_bar = false", f"memory_limit = '{limit}MiB'")
    with duckdb.connect() as connection:
        for setting in (*settings, f"temp_directory = {literal(spill.as_posix())}"):
            connection.execute(f"set {setting}")
        try:
            yield connection
        except duckdb.IOException as error:
            raise OSError(str(error).partition("\n")[0]) from error


def read_files(files: Sequence[Path], more: str = "") -> str:
    """SQL that reads Parquet files as one table."""
    return f"read_parquet([{', '.join(literal(path.as_posix()) for path in files)}]{more})"


def write_rows(path: Path, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> None:
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


def write_buckets(folder: Path, schema: pa.Schema, batches: Iterable[pa.RecordBatch], buckets: Iterable[str]) -> None:
    """One file per bucket, also for those without rows; the batches are in the order of doc_id."""
    folder.mkdir(exist_ok=True)
    for bucket, pieces in groupby(_cut(batches), key=lambda piece: piece[0]):
        write_rows(folder / f"{bucket}.parquet", schema, (batch for _, batch in pieces))
    for bucket in buckets:
        if not (folder / f"{bucket}.parquet").exists():
            write_rows(folder / f"{bucket}.parquet", schema, ())


def _cut(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[str, pa.RecordBatch]]:
    for batch in batches:
        runs = pc.run_end_encode(pc.utf8_slice_codeunits(batch["doc_id"], 0, 2))
        start = 0
        for bucket, end in zip(runs.values.to_pylist(), runs.run_ends.to_pylist(), strict=True):
            yield bucket, batch.slice(start, end - start)
            start = end


def write_jsonl(path: Path, parquet: Path) -> None:
    """One JSON object per line, keys in column order, dates as ISO strings; streamed, written aside and renamed."""
    with aside(path) as part, part.open("wb") as lines:
        for batch in pq.ParquetFile(parquet).iter_batches(batch_size=512):
            rows: list[dict[str, Any]] = batch.to_pylist()
            lines.writelines(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows)
