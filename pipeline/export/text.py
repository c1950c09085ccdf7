"""CSV for spreadsheets and R (UTF-8 with BOM), and JSON Lines for datasets too large to have them beside the tables."""

from __future__ import annotations

from pathlib import Path

from policy_commitments.pipeline.dataset import Dataset
from policy_commitments.pipeline.export.rows import rows
from policy_commitments.pipeline.files import aside
from policy_commitments.pipeline.files import write_csv as write_table
from policy_commitments.schemas.columns import TABLES, columns


def write_csv(dataset: Dataset, output: Path | None) -> Path:
    """One .csv per table; returns their folder."""
    folder = output or dataset.folder / "export" / "csv"
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        write_table(folder / f"{table}.csv", [column.name for column in columns(table)], rows(dataset, table))
    return folder


def write_lines(dataset: Dataset, output: Path | None) -> Path:
    """One .jsonl per table; returns their folder."""
    import orjson

    folder = output or dataset.folder / "export" / "jsonl"
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        with aside(folder / f"{table}.jsonl") as part, part.open("wb") as file:
            file.writelines(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows(dataset, table))
    return folder
