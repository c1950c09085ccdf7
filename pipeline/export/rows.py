"""Rows of a table as a stream."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow.dataset as arrow_dataset

from policy_commitments.pipeline.dataset import Dataset


def rows(dataset: Dataset, table: str, size: int = 8_192) -> Iterator[dict[str, Any]]:
    """Rows in order, `size` at a time in memory, whether the table is one file or a folder of buckets."""
    for batch in arrow_dataset.dataset(dataset.folder / f"{table}.parquet").to_batches(batch_size=size, batch_readahead=0):
        yield from batch.to_pylist()
