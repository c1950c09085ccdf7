"""Comparison across jurisdictions: the public entry; the work is done in `comparison/`.

One indicator in one row, one agency function in one row, and what differs shown: compare.xlsx, .parquet, .csv, .dta, .md,
conflicts, cascade, revisions, agency_tasks, agency_leads, indicator_links.
"""

from __future__ import annotations

from pathlib import Path

from policy_commitments.pipeline.comparison.wording import shown

__all__ = ["ensure_comparison", "is_current", "shown", "write_comparison"]


def write_comparison(dataset: Path) -> list[Path]:
    """Write all comparison files of a dataset into its folder; returns them, the workbook first.

    Raises NoDatasetError (`dataset`) where the folder holds no dataset.
    """
    from policy_commitments.pipeline.comparison.run import run_comparison

    return run_comparison(dataset)


def is_current(dataset: Path) -> bool:
    """Whether the folder holds a comparison that is not older than its targets."""
    made, targets = dataset / "compare.parquet", dataset / "targets.parquet"
    return made.exists() and targets.exists() and made.stat().st_mtime >= targets.stat().st_mtime


def ensure_comparison(dataset: Path) -> None:
    """Write the comparison where it is missing or older than the dataset; raises NoDatasetError (`dataset`)."""
    if not is_current(dataset):
        write_comparison(dataset)
