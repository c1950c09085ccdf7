"""DuckDB: one file with the tables themselves, their keys and, as comments, what each column means."""

from __future__ import annotations

from pathlib import Path

import duckdb

from policy_commitments.pipeline.dataset import Dataset
from policy_commitments.pipeline.files import aside, literal, quoted
from policy_commitments.schemas.columns import KEYS, TABLES, Column, columns


def write_database(dataset: Dataset, output: Path | None) -> Path:
    """Write `export/dataset.duckdb`, aside and renamed."""
    path = output or dataset.folder / "export" / "dataset.duckdb"
    path.parent.mkdir(parents=True, exist_ok=True)
    with aside(path) as part, duckdb.connect(str(part)) as connection:
        for table in TABLES:
            source = quoted(dataset.folder / f"{table}.parquet")
            shape = connection.execute(f"describe select * from read_parquet({source})").fetchall()
            types = {str(row[0]): str(row[1]) for row in shape}
            body = ", ".join(_column(column, types[column.name], KEYS[table]) for column in columns(table))
            connection.execute(f"create table {table} ({body})")
            connection.execute(f"insert into {table} select * from read_parquet({source})")
            for column in columns(table):
                connection.execute(f'comment on column {table}."{column.name}" is {literal(f"{column.en} · {column.zh}")}')
    return path


def _column(column: Column, kind: str, key: str) -> str:
    limits = " primary key" if column.name == key else " not null" if column.required else ""
    return f'"{column.name}" {kind}{limits}'
