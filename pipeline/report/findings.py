"""Conflicts and cascade: the tables that `commitments compare` has written, as lists that the page shows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from policy_commitments.pipeline.report.matrix import Matrix
from policy_commitments.pipeline.report.parts import write_part
from policy_commitments.pipeline.report.places import Places
from policy_commitments.pipeline.report.tables import Row, Tables, lines


def write_findings(data: Path, tables: Tables, places: Places, matrix: Matrix) -> Mapping[str, int]:
    """Write the parts `conflicts` and `cascade`; the number of rows of each, -1 where the table was never made."""
    numbers = {row["doc_id"]: n for n, row in enumerate(tables.documents)}
    sizes = {}
    for name in ("conflicts", "cascade"):
        rows = list(lines(tables.folder / f"{name}.jsonl"))
        sizes[name] = len(rows) if (tables.folder / f"{name}.jsonl").exists() else -1
        write_part(data, name, [_finding(row, numbers, matrix) for row in rows])
    return sizes


def _finding(row: Row, numbers: Mapping[str, int], matrix: Matrix) -> dict[str, Any]:
    return {name: value for name, value in row.items() if isinstance(value, str | int | float)}
