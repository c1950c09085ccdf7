"""Comparison tables as Parquet, JSON Lines, CSV (UTF-8 with BOM) and Stata; the same tables give the same bytes."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from policy_commitments.pipeline.arrow import arrow_schema
from policy_commitments.pipeline.merge import write_jsonl
from policy_commitments.schemas.columns import Column, columns

_STAMP = datetime(2020, 1, 1)
_LABEL = 80  # longest variable label of Stata
_SHORT = 600  # letters of a str# variable (2,045 bytes)


def write_table(folder: Path, name: str, lines: Sequence[Mapping[str, Any]]) -> list[Path]:
    """Write `<name>.parquet`, `.jsonl` and `.csv`."""
    table = pa.Table.from_pylist(list(lines), schema=arrow_schema(name))
    parquet = folder / f"{name}.parquet"
    _aside(parquet, lambda path: pq.write_table(table, path, compression="zstd"))
    write_jsonl(parquet.with_suffix(".jsonl"), parquet)
    _aside(parquet.with_suffix(".csv"), lambda path: _write_csv(path, name, lines))
    return [parquet, parquet.with_suffix(".jsonl"), parquet.with_suffix(".csv")]


def _aside(path: Path, write: Callable[[Path], None]) -> None:
    """Write beside and rename, so that nobody reads half a file."""
    aside = path.with_name(f"{path.name}.part")
    write(aside)
    aside.replace(path)


def _write_csv(path: Path, name: str, lines: Sequence[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        heads = [column.name for column in columns(name)]
        writer.writerow(heads)
        for line in lines:
            writer.writerow([_cell(line.get(head)) for head in heads])


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return "、".join(map(str, value))
    if isinstance(value, bool):
        return int(value)
    return value.replace("\n", " ") if isinstance(value, str) else value


# --- Stata


def write_stata(path: Path, name: str, lines: Sequence[Mapping[str, Any]]) -> Path:
    """Write a .dta file: codes with value labels, dates as dates, sentences as strL, labels in Chinese."""
    frame = pd.DataFrame({column.name: _series(column, lines) for column in columns(name)})
    long = [column.name for column in columns(name) if _is_long(column)]
    labels = {column.name: column.zh[:_LABEL] for column in columns(name)}
    dates: Any = {column.name: "td" for column in columns(name) if column.type == "date"}

    def write(aside: Path) -> None:
        frame.to_stata(
            aside,
            write_index=False,
            version=118,
            time_stamp=_STAMP,
            convert_strl=long,
            variable_labels=labels,
            convert_dates=dates,
        )

    _aside(path, write)
    return path


def _is_long(column: Column) -> bool:
    return column.type == "string" and not column.enum and column.name in ("sentence", "document", "printed", "note")


def _series(column: Column, lines: Sequence[Mapping[str, Any]]) -> pd.Series[Any]:
    values = [line.get(column.name) for line in lines]
    if column.enum:
        return pd.Series(pd.Categorical(values, categories=list(column.enum), ordered=True))
    if column.type == "date":
        return pd.Series(pd.to_datetime(pd.Series(values, dtype="object"), errors="coerce"))
    if column.type in ("float", "int"):
        return pd.Series(pd.array(values, dtype="Float64")).astype("float64")
    if column.type == "bool":
        return pd.Series([int(bool(value)) for value in values], dtype="int8")
    limit = None if _is_long(column) else _SHORT
    return pd.Series([("" if value is None else str(value).replace("\n", " "))[:limit] for value in values], dtype="object")
