"""Stata: one .dta per table with value labels, dates as dates, long texts as strL, variable labels in Chinese."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from policy_commitments.pipeline.dataset import Dataset
from policy_commitments.pipeline.export.rows import cell, rows
from policy_commitments.schemas.columns import TABLES, Column, columns

_STAMP = datetime(2020, 1, 1)  # no clock: the same dataset gives the same bytes
_FIXED = 2_045  # bytes that a str# variable holds
_LABEL = 80


def write_stata(dataset: Dataset, output: Path | None) -> Path:
    """One .dta per table; returns their folder."""
    folder = output or dataset.folder / "export" / "stata"
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        write_frame(folder / f"{table}.dta", columns(table), list(rows(dataset, table)))
    return folder


def write_frame(path: Path, described: tuple[Column, ...], lines: list[dict[str, Any]]) -> None:
    """Write one .dta file, aside and renamed."""
    series = {_name(column): _series(column, [line[column.name] for line in lines]) for column in described}
    long = [name for name, one in series.items() if one.dtype == object and max(map(_bytes, one), default=0) > _FIXED]
    dates: Any = {_name(column): "td" for column in described if column.type == "date"}
    aside = path.with_name(f"{path.name}.part")
    pd.DataFrame(series).to_stata(
        aside,
        write_index=False,
        version=118,
        time_stamp=_STAMP,
        convert_strl=long,
        convert_dates=dates,
        variable_labels={_name(column): column.zh[:_LABEL] for column in described},
    )
    aside.replace(path)


def _name(column: Column) -> str:
    """`end` is a command of Stata."""
    return "end_" if column.name == "end" else column.name


def _bytes(text: str) -> int:
    return len(text.encode())


def _series(column: Column, values: list[Any]) -> pd.Series[Any]:
    if column.enum:
        return pd.Series(pd.Categorical(values, categories=list(column.enum), ordered=True))
    if column.type == "date":
        return pd.Series(pd.to_datetime(pd.Series(values, dtype="object"), errors="coerce"))
    if column.type in ("float", "int"):
        return pd.Series(pd.array(values, dtype="Float64")).astype("float64")
    if column.type == "bool":
        return pd.Series([int(bool(value)) for value in values], dtype="int8")
    return pd.Series(["" if value is None else str(cell(value)) for value in values], dtype="object")
