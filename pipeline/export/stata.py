"""Stata: one .dta per table with value labels, dates as dates, long texts as strL, variable labels in Chinese."""

from __future__ import annotations

from pathlib import Path

from policy_commitments.pipeline.dataset import Dataset
from policy_commitments.pipeline.export.rows import rows
from policy_commitments.pipeline.files import write_dta
from policy_commitments.schemas.columns import TABLES, columns


def write_stata(dataset: Dataset, output: Path | None) -> Path:
    """One .dta per table; returns their folder."""
    folder = output or dataset.folder / "export" / "stata"
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        write_dta(folder / f"{table}.dta", columns(table), list(rows(dataset, table)))
    return folder
