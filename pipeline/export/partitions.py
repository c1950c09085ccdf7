"""Parquet in folders by province and year (`targets/province=浙江省/year=2021/`), as Spark, Hive, DuckDB and Arrow read it.

`province` and `year` are those of the document (its date, else the first year of its period); where it has none, the
folder is Hive's name for an empty value.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from policy_commitments.pipeline.dataset import Dataset
from policy_commitments.pipeline.files import quoted
from policy_commitments.schemas.columns import TABLES, columns


def write_partitions(dataset: Dataset, output: Path | None) -> Path:
    """Write every table, aside and renamed; returns the folder."""
    folder = output or dataset.folder / "export" / "partitioned"
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute("set threads = 1")
        connection.execute(f"create view about as {_about(dataset)}")
        for table in TABLES:
            _write(connection, dataset, table, folder)
    return folder


def _about(dataset: Dataset) -> str:
    year = "coalesce(year(issue_date), period_start)"
    return f"select doc_id, province as province_, {year} as year_ from read_parquet({quoted(dataset.folder / 'documents.parquet')})"


def _write(connection: duckdb.DuckDBPyConnection, dataset: Dataset, table: str, folder: Path) -> None:
    aside, final = folder / f".{table}.part", folder / table
    shutil.rmtree(aside, ignore_errors=True)
    kept = ", ".join(f't."{column.name}"' for column in columns(table) if column.name != "province")
    source = f"read_parquet({quoted(dataset.folder / f'{table}.parquet')})"
    connection.execute(
        f"copy (select {kept}, province_ as province, year_ as year from {source} t join about using (doc_id) "
        f"order by doc_id{'' if table == 'documents' else ', start'}) "
        f"to {quoted(aside)} (format parquet, partition_by (province, year), compression zstd, filename_pattern 'part_{{i}}')"
    )
    old = folder / f".{table}.old"
    shutil.rmtree(old, ignore_errors=True)
    if final.exists():
        final.replace(old)
    if aside.exists():
        aside.replace(final)
    shutil.rmtree(old, ignore_errors=True)
