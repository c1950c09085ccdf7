"""PostgreSQL (extra `postgres`): tables with keys, checks and comments, filled by upsert in one transaction.

Rows that the dataset no longer has are deleted; everything else in the database is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from policy_commitments.pipeline.dataset import Dataset
from policy_commitments.pipeline.export import ExportError
from policy_commitments.pipeline.export.rows import rows
from policy_commitments.pipeline.files import literal
from policy_commitments.schemas.columns import KEYS, TABLES, Column, columns

_TYPES = {
    "string": "text", "int": "bigint", "float": "double precision", "bool": "boolean", "date": "date",
    "strings": "text[]", "structs": "jsonb", "box": "double precision[]",
}  # fmt: skip
_REFERENCES = {"doc_id": "documents", "item_id": "items"}


def write_postgres(folder: Path, dsn: str, schema: str = "commitments") -> dict[str, int]:
    """Bring the tables of `schema` to the state of the dataset; rows per table.

    `dsn` is a libpq string or URL; what it leaves out comes from PGHOST, PGUSER and so on. Raises ExportError.
    """
    try:
        import psycopg
    except ImportError as error:
        raise ExportError("psycopg is not installed: pip install 'policy-commitments[postgres]'") from error
    dataset = Dataset.open(folder)
    try:
        with psycopg.connect(dsn) as connection:
            connection.execute(f'create schema if not exists "{_name(schema)}"')
            connection.execute(f'set local search_path to "{_name(schema)}"')
            for table in TABLES:
                _create(connection, table, schema)
            counts = {table: _fill(connection, dataset, table) for table in TABLES}
            for table in reversed(TABLES):
                key = KEYS[table]
                connection.execute(f'delete from "{table}" t where not exists (select 1 from "new_{table}" n where n."{key}" = t."{key}")')
            return counts
    except psycopg.Error as error:
        raise ExportError(f"PostgreSQL: {str(error).strip()}") from error


def _name(schema: str) -> str:
    if not schema.isidentifier():
        raise ExportError(f"{schema!r} is no name for a schema: letters, digits and _ only")
    return schema


def _create(connection: Any, table: str, schema: str) -> None:
    body = [_definition(table, column) for column in columns(table)]
    connection.execute(f'create table if not exists "{table}" ({", ".join(body)})')
    there = connection.execute(
        "select column_name from information_schema.columns where table_schema = %s and table_name = %s", (schema, table)
    )
    known = {name for (name,) in there.fetchall()}
    missing = [column.name for column in columns(table) if column.name not in known]
    if missing:
        raise ExportError(
            f"table {schema}.{table} is of an older version: it has no {', '.join(missing)}; "
            f"drop it (drop schema {schema} cascade), or give another --schema"
        )
    for column in columns(table):
        connection.execute(f'comment on column "{table}"."{column.name}" is {literal(f"{column.en} · {column.zh}")}')


def _definition(table: str, column: Column) -> str:
    parts = [f'"{column.name}" {_TYPES[column.type]}']
    if column.name == KEYS[table]:
        parts.append("primary key")
    elif column.required:
        parts.append("not null")
    if column.enum:
        parts.append(f'check ("{column.name}" in ({", ".join(map(literal, column.enum))}))')
    target = _REFERENCES.get(column.name)
    if target is not None and target != table and column.name != KEYS[table]:
        parts.append(f'references "{target}" deferrable initially deferred')
    return " ".join(parts)


def _fill(connection: Any, dataset: Dataset, table: str) -> int:
    names = [column.name for column in columns(table)]
    listed = ", ".join(f'"{name}"' for name in names)
    connection.execute(f'create temp table "new_{table}" (like "{table}") on commit drop')
    count = 0
    with connection.cursor().copy(f'copy "new_{table}" ({listed}) from stdin') as copy:
        for values in _values(dataset, table):
            copy.write_row(values)
            count += 1
    updates = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name != KEYS[table])
    connection.execute(
        f'insert into "{table}" ({listed}) select {listed} from "new_{table}" on conflict ("{KEYS[table]}") do update set {updates}'
    )
    return count


def _values(dataset: Dataset, table: str) -> Iterator[list[Any]]:
    from psycopg.types.json import Jsonb

    structs = {column.name for column in columns(table) if column.type == "structs"}
    for row in rows(dataset, table):
        yield [Jsonb(value) if name in structs and value is not None else _clean(value) for name, value in row.items()]


def _clean(value: Any) -> Any:
    """PostgreSQL holds no U+0000 in texts."""
    return value.replace("\x00", " ") if isinstance(value, str) else value
