"""CSV for spreadsheets and R (UTF-8 with BOM), and JSON Lines for datasets too large to have them beside the tables."""

from __future__ import annotations

import csv
from pathlib import Path

from policy_commitments.pipeline.dataset import Dataset
from policy_commitments.pipeline.export.rows import cell, rows
from policy_commitments.schemas.columns import TABLES, columns


def write_csv(dataset: Dataset, output: Path | None) -> Path:
    """One .csv per table; returns their folder."""
    folder = output or dataset.folder / "export" / "csv"
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        heads = [column.name for column in columns(table)]
        aside = folder / f"{table}.csv.part"
        with aside.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(heads)
            writer.writerows([cell(row[head]) for head in heads] for row in rows(dataset, table))
        aside.replace(folder / f"{table}.csv")
    return folder


def write_lines(dataset: Dataset, output: Path | None) -> Path:
    """One .jsonl per table; returns their folder."""
    import orjson

    folder = output or dataset.folder / "export" / "jsonl"
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        aside = folder / f"{table}.jsonl.part"
        with aside.open("wb") as file:
            file.writelines(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows(dataset, table))
        aside.replace(folder / f"{table}.jsonl")
    return folder
