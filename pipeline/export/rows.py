"""Rows of a table as a stream, and cells as text, for the formats that know neither lists nor objects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow.dataset as arrow_dataset

from policy_commitments.pipeline.dataset import Dataset

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def rows(dataset: Dataset, table: str, size: int = 8_192) -> Iterator[dict[str, Any]]:
    """Rows in order, `size` at a time in memory, whether the table is one file or a folder of buckets."""
    for batch in arrow_dataset.dataset(dataset.folder / f"{table}.parquet").to_batches(batch_size=size, batch_readahead=0):
        yield from batch.to_pylist()


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
