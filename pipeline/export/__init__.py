"""The dataset for other programs: partitioned Parquet, DuckDB, PostgreSQL, CSV, XLSX, Stata. One small module each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

from policy_commitments.pipeline.dataset import Dataset

_WRITERS: Mapping[str, str] = {
    "csv": "text:write_csv",
    "duckdb": "database:write_database",
    "jsonl": "text:write_lines",
    "partitioned": "partitions:write_partitions",
    "stata": "stata:write_stata",
    "xlsx": "sheets:write_sheets",
}
TARGETS = (*sorted(_WRITERS), "postgres")


class ExportError(Exception):
    """An export that cannot be made; the message says what helps."""


def export_dataset(dataset: Path, target: str, output: Path | None = None) -> Path:
    """Write the dataset for `target` (all of TARGETS but postgres); returns the file or folder.

    Raises NoDatasetError, and KeyError for another target.
    """
    module, _, name = _WRITERS[target].partition(":")
    write: Callable[[Dataset, Path | None], Path] = getattr(import_module(f"{__name__}.{module}"), name)
    return write(Dataset.open(dataset), output)
