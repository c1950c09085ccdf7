"""Conflicts and cascade: the tables that `commitments compare` has written, as lists that the page shows.

A cell is a string, `[code]` for a coded value, or `[value, sentence, doc_id, anchor]` for a row that has a page to lead to.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from policy_commitments.pipeline.report.details import anchor
from policy_commitments.pipeline.report.parts import write_part
from policy_commitments.pipeline.report.tables import Row, Tables, compared, lines

Cell = str | list[str]
_CODED = frozenset({"severity", "between", "change", "deadline_change", "wording"})
_HEADS: Mapping[str, tuple[str, ...]] = {
    "conflicts": ("severity", "between", "jurisdiction", "indicator", "one", "other", "difference"),
    "cascade": ("change", "indicator", "superior", "subordinate", "ratio", "deadline_change", "wording", "related"),
}
_SIDES: Mapping[str, tuple[str, ...]] = {
    "one": ("one", "target_id"),
    "other": ("other", "other_target_id"),
    "superior": ("superior", "target_id", "superior"),
    "subordinate": ("subordinate", "other_target_id", "subordinate"),
}


def write_findings(data: Path, tables: Tables) -> Mapping[str, int]:
    """Write the parts `conflicts` and `cascade`; the number of rows of each, -1 where the table was never made."""
    homes = {row["target_id"]: row["doc_id"] for one in tables.found.values() for row in one.targets}
    sizes = {}
    for name, heads in _HEADS.items():
        path = compared(tables.folder, name)
        rows = [[_cell(row, head, homes) for head in heads] for row in lines(path)]
        sizes[name] = len(rows) if path.exists() else -1
        write_part(data, name, {"heads": heads, "rows": rows})
    return sizes


def _cell(row: Row, head: str, homes: Mapping[str, str]) -> Cell:
    if head in _SIDES:
        return _side(row, *_SIDES[head], homes=homes)
    value = row.get(head)
    if head in _CODED and value:
        return [str(value)]
    return f"{value:.2f}" if isinstance(value, float) else str(value or "")


def _side(row: Row, side: str, target: str, place: str = "", *, homes: Mapping[str, str]) -> Cell:
    """`甲县 ≥60%` with its sentence and where it stands; a superior's or subordinate's side names its place first."""
    shown = " ".join(str(row[name]) for name in (place, f"{side}_shown") if row.get(name))
    home = homes.get(row.get(target) or "")
    said = str(row.get(f"{side}_sentence") or "")
    return [shown, said, home, anchor(row[target])] if home else [shown, said, "", ""]
