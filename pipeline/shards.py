"""Shards: the rows of one wave of documents as Parquet files, written before the index says that they are done."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from itertools import groupby
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from policy_commitments.pipeline.arrow import arrow_schema, arrow_table
from policy_commitments.pipeline.files import aside
from policy_commitments.pipeline.layout import parquet_files
from policy_commitments.pipeline.result import DocumentResult
from policy_commitments.schemas.columns import TABLES

PROBLEMS = pa.schema(
    [
        ("doc_id", pa.string()),
        ("source_path", pa.string()),
        ("stage", pa.string()),
        ("code", pa.string()),
        ("severity", pa.string()),
        ("start", pa.int64()),
        ("end", pa.int64()),
        ("text", pa.string()),
        ("hint", pa.string()),
    ]
)
TEXT_COLUMNS = pa.schema([("doc_id", pa.string()), ("text", pa.string())])


def write_packed(folder: Path, shard: int, packed: Mapping[str, bytes]) -> None:
    """Write `<table>-<shard>.parquet` for every table, the problems and the texts, from results as the workers packed them.

    `packed` maps the digest of a document to its pickled result. Documents with one first digit are a row group, so that
    a merge that goes digit by digit reads each row once, and memory holds a sixteenth of the shard.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        writers = {table: stack.enter_context(_writer(folder, table, shard)) for table in (*TABLES, "problems", "texts")}
        for _, some in groupby(sorted(packed.items()), key=lambda one: one[0][0]):
            results: list[DocumentResult] = [pickle.loads(data) for _, data in some]
            for table, writer in writers.items():
                rows = _rows(table, results)
                if len(rows):
                    writer.write_table(rows)


def schema_of(table: str) -> pa.Schema:
    """Arrow schema of a table of the dataset, of the problems or the texts."""
    return {"problems": PROBLEMS, "texts": TEXT_COLUMNS}.get(table) or arrow_schema(table)


@contextmanager
def _writer(folder: Path, table: str, shard: int) -> Iterator[pq.ParquetWriter]:
    with aside(shard_file(folder, table, shard)) as part, pq.ParquetWriter(part, schema_of(table), compression="zstd") as writer:
        yield writer


def _rows(table: str, results: Sequence[DocumentResult]) -> pa.Table:
    if table == "problems":
        return pa.Table.from_pylist(_problems(results), schema=PROBLEMS)
    if table == "texts":
        texts = [{"doc_id": r.document.doc_id, "text": r.text} for r in results]
        return pa.Table.from_pylist(texts, schema=TEXT_COLUMNS)
    records = [r.document for r in results] if table == "documents" else [x for r in results for x in getattr(r, table)]
    return arrow_table(table, records)


def _problems(results: Sequence[DocumentResult]) -> list[dict[str, object]]:
    return [
        {
            "doc_id": result.document.doc_id,
            "source_path": result.document.source_path,
            "stage": problem.stage,
            "code": problem.code,
            "severity": problem.severity,
            "start": problem.start,
            "end": problem.end,
            "text": problem.text,
            "hint": problem.hint,
        }
        for result in results
        for problem in result.problems
    ]


def shard_files(folder: Path, table: str, number: int) -> list[Path]:
    """Files with a shard's rows of one table: one as a run writes it, more where a large dataset was taken over."""
    return parquet_files(shard_file(folder, table, number))


def shard_file(folder: Path, table: str, number: int) -> Path:
    """Where a shard's rows of one table lie."""
    return folder / f"{table}-{number:06d}.parquet"
