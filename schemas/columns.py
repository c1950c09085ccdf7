"""The tables as data: `tables/<name>.yml` read into columns, which make Arrow, JSON and Frictionless schemas."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from policy_commitments.schemas.vocabulary import VocabularyError, read_yaml

TABLES = ("documents", "items", "targets", "milestones", "responsibilities", "commitments")
KEYS = {
    "documents": "doc_id",
    "items": "item_id",
    "targets": "target_id",
    "milestones": "milestone_id",
    "responsibilities": "responsibility_id",
    "commitments": "commitment_id",
}
_TYPES = ("string", "int", "float", "bool", "date", "strings", "box")
_STRUCTS = re.compile(r"structs\(([a-z_,]+)\)")
_COLUMN_KEYS = {"name", "type", "required", "unique", "enum", "en", "zh"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `type` as in the header of tables/documents.yml, `members` the fields of a list of objects."""

    name: str
    type: str
    required: bool
    unique: bool
    enum: tuple[str, ...]
    en: str
    zh: str
    members: tuple[str, ...] = ()


@cache
def columns(table: str) -> tuple[Column, ...]:
    """Columns of a table in their fixed order; raises VocabularyError where the YAML breaks its own rules."""
    path = files("policy_commitments.schemas").joinpath("tables", f"{table}.yml")
    return tuple(_column(entry, table) for entry in read_yaml(path.read_text(encoding="utf-8"), f"{table}.yml"))


def _column(entry: dict[str, Any], table: str) -> Column:
    unknown = set(entry) - _COLUMN_KEYS
    structs = _STRUCTS.fullmatch(entry["type"])
    if unknown or not (structs or entry["type"] in _TYPES):
        raise VocabularyError(f"{table}.yml: column {entry.get('name')!r}: {unknown or entry['type']}")
    return Column(
        name=entry["name"],
        type="structs" if structs else entry["type"],
        required=entry.get("required") == "true",
        unique=entry.get("unique") == "true",
        enum=tuple(entry.get("enum", ())),
        en=entry["en"],
        zh=entry["zh"],
        members=tuple(structs.group(1).split(",")) if structs else (),
    )


def json_schema(table: str) -> dict[str, Any]:
    """JSON Schema (2020-12) of one row of a table's JSONL."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:policy-commitments:{table}",
        "title": table,
        "type": "object",
        "additionalProperties": False,
        "required": [column.name for column in columns(table)],
        "properties": {column.name: _property(column) for column in columns(table)},
    }


_JSON_TYPES: dict[str, dict[str, Any]] = {
    "string": {"type": "string"},
    "int": {"type": "integer"},
    "float": {"type": "number"},
    "bool": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "strings": {"type": "array", "items": {"type": "string"}},
    "box": {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4},
}
_INTEGER_MEMBERS = frozenset({"start", "end"})


def _property(column: Column) -> dict[str, Any]:
    if column.type == "structs":
        members = {m: {"type": "integer" if m in _INTEGER_MEMBERS else ["string", "null"]} for m in column.members}
        shape: dict[str, Any] = {"type": "array", "items": {"type": "object", "properties": members}}
    else:
        shape = dict(_JSON_TYPES[column.type])
    if not column.required:
        shape["type"] = [shape["type"], "null"]
    if column.enum:
        shape["enum"] = [*column.enum] if column.required else [*column.enum, None]
    return {**shape, "description": f"{column.en} · {column.zh}"}
