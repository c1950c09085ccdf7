"""Writing files: aside and renamed, and as one flat table for spreadsheets and Stata; the same rows give the same bytes."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from openpyxl import Workbook

    from policy_commitments.schemas.columns import Column

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_STAMP = datetime(2020, 1, 1)  # no clock: the same rows give the same bytes
_CLOCK = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_LONG = 244  # bytes; longer texts are strL in Stata, where a str# variable takes its full width in every row
_LABEL = 80  # characters of a variable label of Stata


@contextmanager
def aside(path: Path) -> Iterator[Path]:
    """A path to write to, renamed to `path` when the block ends well: nobody reads half a file."""
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    yield part
    part.replace(path)


def quoted(path: Path) -> str:
    """A path as an SQL string; a folder of buckets as a pattern over them."""
    return literal((path / "*.parquet" if path.suffix == ".parquet" and path.is_dir() else path).as_posix())


def literal(text: str) -> str:
    """A text as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


# --- flat tables


def cell(value: Any) -> Any:
    """A value as one cell: lists joined by 、, objects as `key=value`, line ends and control characters as blanks."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, list):
        return "、".join(str(cell(one)) for one in value)
    if isinstance(value, Mapping):
        return " ".join(f"{name}={cell(one)}" for name, one in value.items() if one is not None)
    if isinstance(value, str):
        return _UNPRINTABLE.sub(" ", value).replace("\r\n", " ").replace("\n", " ").replace("\r", " ")
    return value


def write_csv(path: Path, heads: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """CSV in UTF-8 with BOM, so that spreadsheets show Han."""
    with aside(path) as part, part.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heads)
        writer.writerows([cell(row.get(head)) for head in heads] for row in rows)


def write_dta(path: Path, described: Sequence[Column], rows: Sequence[Mapping[str, Any]]) -> None:
    """Stata 14 and later: codes with value labels, dates as dates, long texts as strL, variable labels in Chinese."""
    import pandas as pd

    series = {_name(column): _series(column, [row.get(column.name) for row in rows]) for column in described}
    long = [name for name, one in series.items() if one.dtype == object and max(map(_bytes, one), default=0) > _LONG]
    dates: Any = {_name(column): "td" for column in described if column.type == "date"}
    with aside(path) as part:
        pd.DataFrame(series).to_stata(
            part,
            write_index=False,
            version=118,
            time_stamp=_STAMP,
            convert_strl=long,
            convert_dates=dates,
            variable_labels={_name(column): column.zh[:_LABEL] for column in described},
        )


def _name(column: Column) -> str:
    """`end` is a command of Stata."""
    return "end_" if column.name == "end" else column.name


def _bytes(text: str) -> int:
    return len(text.encode())


def _series(column: Column, values: list[Any]) -> pd.Series[Any]:
    import pandas as pd

    if column.enum:
        return pd.Series(pd.Categorical(values, categories=list(column.enum), ordered=True))
    if column.type == "date":
        return pd.Series(pd.to_datetime(pd.Series(values, dtype="object"), errors="coerce"))
    if column.type in ("float", "int"):
        return pd.Series(pd.array(values, dtype="Float64")).astype("float64")
    if column.type == "bool":
        return pd.Series([int(bool(value)) for value in values], dtype="int8")
    return pd.Series(["" if value is None else str(cell(value)) for value in values], dtype="object")


def save_workbook(book: Workbook, path: Path) -> None:
    """An .xlsx with every timestamp set to one day, in its properties and in the archive."""
    raw = path.with_name(f"{path.name}.raw")
    book.save(raw)
    with aside(path) as part, zipfile.ZipFile(raw) as old, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda one: one != "[Content_Types].xml"):  # as every reader expects it
            entry = zipfile.ZipInfo(name, _STAMP.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            with old.open(name) as source, new.open(entry, "w", force_zip64=True) as target:
                if name == "docProps/core.xml":
                    target.write(_CLOCK.sub(rb"\g<1>2020-01-01T00:00:00Z", source.read()))
                else:
                    while block := source.read(1 << 20):
                        target.write(block)
    raw.unlink()
