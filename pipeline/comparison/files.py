"""Comparison tables as Parquet, JSON Lines, CSV (UTF-8 with BOM) and Stata; the same tables give the same bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from policy_commitments.pipeline.arrow import arrow_schema
from policy_commitments.pipeline.files import aside, write_csv
from policy_commitments.pipeline.rows import write_jsonl
from policy_commitments.schemas.columns import columns


def write_table(folder: Path, name: str, lines: Sequence[Mapping[str, Any]]) -> list[Path]:
    """Write `<name>.parquet`, `.jsonl` and `.csv`."""
    parquet = folder / f"{name}.parquet"
    with aside(parquet) as part:
        pq.write_table(pa.Table.from_pylist(list(lines), schema=arrow_schema(name)), part, compression="zstd")
    write_jsonl(parquet.with_suffix(".jsonl"), parquet)
    write_csv(parquet.with_suffix(".csv"), [column.name for column in columns(name)], lines)
    return [parquet, parquet.with_suffix(".jsonl"), parquet.with_suffix(".csv")]
