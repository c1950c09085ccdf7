"""`commitments compare DIR`: reads a dataset, builds the tables of a comparison, writes them in every format."""

from __future__ import annotations

from pathlib import Path

from policy_commitments.pipeline.comparison.files import write_table
from policy_commitments.pipeline.comparison.markdown import write_markdown
from policy_commitments.pipeline.comparison.material import read_material
from policy_commitments.pipeline.comparison.tables import build_tables
from policy_commitments.pipeline.comparison.workbook import write_workbook
from policy_commitments.pipeline.dataset import Dataset
from policy_commitments.pipeline.files import write_dta
from policy_commitments.schemas.columns import columns


def run_comparison(dataset: Path) -> list[Path]:
    """Write the comparison of `dataset` beside its tables; returns the files, the workbook first.

    Raises NoDatasetError where the folder holds no dataset.
    """
    tables = build_tables(read_material(dataset))
    written = [write_workbook(dataset / "compare.xlsx", tables), write_markdown(dataset / "compare.md", tables)]
    write_dta(dataset / "compare.dta", columns("compare"), tables.lines["compare"])
    written.append(dataset / "compare.dta")
    for name, lines in tables.lines.items():
        written += write_table(dataset, name, lines)
    written.append(Dataset.open(dataset).write_duckdb())
    return [*written, dataset / "indicator_links.parquet", dataset / "indicator_links.jsonl"]
