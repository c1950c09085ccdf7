"""Arrow schemas of the dataset's tables, made from `schemas/tables/*.yml`; the same in every run."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from operator import attrgetter
from typing import Any

import pyarrow as pa

from policy_commitments.schemas.columns import Column, columns

_PLAIN: dict[str, pa.DataType] = {
    "string": pa.string(),
    "int": pa.int64(),
    "float": pa.float64(),
    "bool": pa.bool_(),
    "date": pa.date32(),
    "strings": pa.list_(pa.string()),
    "box": pa.list_(pa.float64()),
}
_INTEGER_MEMBERS = frozenset({"start", "end"})


@cache
def arrow_schema(table: str) -> pa.Schema:
    """Arrow schema of one table; descriptions travel as field metadata."""
    return pa.schema([_field(column) for column in columns(table)])


def _field(column: Column) -> pa.Field:
    metadata = {"description": column.en, "description_zh": column.zh}
    return pa.field(column.name, _data_type(column), nullable=not column.required, metadata=metadata)


def _data_type(column: Column) -> pa.DataType:
    if column.type != "structs":
        return _PLAIN[column.type]
    members = [(m, pa.int64() if m in _INTEGER_MEMBERS else pa.string()) for m in column.members]
    return pa.list_(pa.struct(members))


def arrow_table(table: str, records: Iterable[Any]) -> pa.Table:
    """Arrow table of record dataclasses, in the order given; raises pyarrow errors for a value of the wrong type."""
    schema = arrow_schema(table)
    rows = list(records)
    arrays = [pa.array(map(attrgetter(field.name), rows), type=field.type) for field in schema]
    return pa.Table.from_arrays(arrays, schema=schema)
