"""The Frictionless Data Package of a dataset: fields, constraints, keys, descriptions in both languages, hashes."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import orjson

from policy_commitments.pipeline.files import aside
from policy_commitments.pipeline.making import Making
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


def write_datapackage(making: Making) -> None:
    """Write `datapackage.json`: every table as JSON Lines, or as Parquet where no JSON Lines were written; no timestamps.

    Hashes of the files of a large dataset that stay as they are are taken over from the data package before.
    """
    known = _known(making.output / "datapackage.json") if making.buckets is not None else {}
    resources = [_resource(making, table, known) for table in TABLES]
    package = {
        "profile": "data-package",
        "name": "policy-commitments",
        "title": "Commitments in policy documents of Chinese governments",
        "resources": resources,
    }
    with aside(making.aside / "datapackage.json") as part:
        part.write_bytes(orjson.dumps(package, option=orjson.OPT_INDENT_2) + b"\n")


def _resource(making: Making, table: str, known: dict[str, dict[str, Any]]) -> dict[str, Any]:
    if making.buckets is not None:
        made = set(making.made(table))
        files = [_told(path, f"{table}.parquet/{path.name}", {} if path in made else known) for path in making.files(table)]
        where = {"path": [one["path"] for one in files], **_PARQUET, "bytes": sum(one["bytes"] for one in files), "files": files}
    elif making.lines:
        path = making.aside / f"{table}.jsonl"
        where = {"path": path.name, **_LINES, **_sized(path)}
    else:
        path = making.aside / f"{table}.parquet"
        where = {"path": path.name, **_PARQUET, **_sized(path)}
    return {"name": table, **where, "schema": table_schema(table)}


def _told(path: Path, name: str, known: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return known.get(name) or {"path": name, **_sized(path)}


def _sized(path: Path) -> dict[str, Any]:
    with path.open("rb") as data:
        digest = hashlib.file_digest(data, "sha256").hexdigest()
    return {"bytes": path.stat().st_size, "hash": f"sha256:{digest}"}


def _known(package: Path) -> dict[str, dict[str, Any]]:
    """Size and hash of every file of a data package by its path."""
    if not package.exists():
        return {}
    resources = orjson.loads(package.read_bytes())["resources"]
    return {str(one["path"]): one for resource in resources for one in resource.get("files", ())}


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
