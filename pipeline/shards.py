"""Shards: the rows of one wave of documents as Parquet files, written before the index says that they are done."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from policy_commitments.pipeline.arrow import arrow_table
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


def write_shard(folder: Path, shard: int, results: Sequence[DocumentResult]) -> None:
    """Write `<table>-<shard>.parquet` for every table, the problems and the texts."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        records = (
            [r.document for r in results] if table == "documents" else [x for r in results for x in getattr(r, table)]
        )
        _write(folder, table, shard, arrow_table(table, records))
    _write(folder, "problems", shard, pa.Table.from_pylist(_problems(results), schema=PROBLEMS))
    texts = [{"doc_id": r.document.doc_id, "text": r.text} for r in results]
    _write(folder, "texts", shard, pa.Table.from_pylist(texts, schema=TEXT_COLUMNS))


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


def _write(folder: Path, table: str, shard: int, rows: pa.Table) -> None:
    with aside(shard_file(folder, table, shard)) as part:
        pq.write_table(rows, part, compression="zstd")


def write_packed(folder: Path, shard: int, packed: Sequence[bytes]) -> None:
    """Write a shard from results as the workers packed them."""
    write_shard(folder, shard, [pickle.loads(one) for one in packed])


def shard_files(folder: Path, table: str, number: int) -> list[Path]:
    """Files with a shard's rows of one table: one as a run writes it, more where a large dataset was taken over."""
    return parquet_files(shard_file(folder, table, number))


def shard_file(folder: Path, table: str, number: int) -> Path:
    """Where a shard's rows of one table lie."""
    return folder / f"{table}-{number:06d}.parquet"
