"""The Frictionless Data Package of a dataset: fields, constraints, keys, descriptions in both languages, hashes."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import orjson

from policy_commitments.pipeline.files import aside
from policy_commitments.schemas.columns import KEYS, TABLES, Column, columns

_TYPES = {
    "string": "string",
    "int": "integer",
    "float": "number",
    "bool": "boolean",
    "date": "date",
    "strings": "array",
    "structs": "array",
    "box": "array",
}
_LINES = {"format": "jsonl", "mediatype": "application/jsonl", "encoding": "utf-8"}
_PARQUET = {"format": "parquet", "mediatype": "application/vnd.apache.parquet"}
_FOREIGN = {"doc_id": ("documents", "doc_id"), "item_id": ("items", "item_id")}


def write_datapackage(output: Path) -> None:
    """Write `datapackage.json`: every table as JSON Lines, or as Parquet where no JSON Lines were written; no timestamps."""
    resources = [_resource(output, table) for table in TABLES]
    package = {
        "profile": "data-package",
        "name": "policy-commitments",
        "title": "Commitments in policy documents of Chinese governments",
        "resources": resources,
    }
    with aside(output / "datapackage.json") as part:
        part.write_bytes(orjson.dumps(package, option=orjson.OPT_INDENT_2) + b"\n")


def _resource(output: Path, table: str) -> dict[str, Any]:
    lines = output / f"{table}.jsonl"
    path = lines if lines.exists() else output / f"{table}.parquet"
    with path.open("rb") as data:
        digest = hashlib.file_digest(data, "sha256").hexdigest()
    return {
        "name": table,
        "path": path.name,
        **(_LINES if path == lines else _PARQUET),
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "schema": table_schema(table),
    }


def table_schema(table: str) -> dict[str, Any]:
    """Frictionless Table Schema of one table."""
    return {
        "fields": [_field(column) for column in columns(table)],
        "primaryKey": KEYS[table],
        "foreignKeys": [
            {"fields": name, "reference": {"resource": target, "fields": key}}
            for name, (target, key) in _FOREIGN.items()
            if table != target and any(column.name == name for column in columns(table))
        ],
    }


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.unique:
        constraints["unique"] = True
    if column.enum:
        constraints["enum"] = list(column.enum)
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.type],
        "description": column.en,
        "description_zh": column.zh,
    }
    return {**field, "constraints": constraints} if constraints else field
