"""Conflicts and cascade: the tables that `commitments compare` has written, as lists that the page shows.

Columns are shown as the table has them; a column of row ids (`…target_id`) becomes a link to the sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from policy_commitments.pipeline.report.details import anchor
from policy_commitments.pipeline.report.parts import write_part
from policy_commitments.pipeline.report.tables import Row, Tables, lines
from policy_commitments.pipeline.report.values import shown

FINDINGS = ("conflicts", "cascade")


def write_findings(data: Path, tables: Tables) -> Mapping[str, int]:
    """Write the parts `conflicts` and `cascade`; the number of rows of each, -1 where the table was never made."""
    targets = {row["target_id"]: row for one in tables.found.values() for row in one.targets}
    sizes = {}
    for name in FINDINGS:
        path = tables.folder / f"{name}.jsonl"
        rows = list(lines(path))
        sizes[name] = len(rows) if path.exists() else -1
        heads = list(rows[0]) if rows else []
        cells = [[_cell(row.get(head), targets) for head in heads] for row in rows]
        write_part(data, name, {"heads": [[head, head] for head in heads], "rows": cells})
    return sizes


def _cell(value: Any, targets: Mapping[str, Row]) -> str | Sequence[str]:
    """Text, or [text, doc_id, anchor] for a row that has a page to lead to."""
    if isinstance(value, str) and value in targets:
        target = targets[value]
        return [f"{target['indicator']} {shown(target)}", target["doc_id"], anchor(value)]
    if value is None:
        return ""
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)
