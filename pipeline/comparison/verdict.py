"""Comparability: may the values of a row be read side by side, and if not, what differs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from policy_commitments.pipeline.comparison.material import Value

Cells = Mapping[str, Sequence[Value]]
_BUILT = ("count",)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`code` as in tables/compare.yml, `note` what differs."""

    code: str
    note: str | None = None


def give_verdicts(rows: Mapping[str, Cells], families: Mapping[str, tuple[str, str, str | None]]) -> dict[str, Verdict]:
    """Verdict of every row; `families` maps it to (wording without denominator, form, denominator)."""
    related: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row_id, (bare, form, _) in families.items():
        related[bare, form].append(row_id)
    verdicts = {}
    for row_id, cells in rows.items():
        bare, form, per = families[row_id]
        others = [other for other in related[bare, form] if families[other][2] != per]
        verdicts[row_id] = _verdict(cells, {families[other][2] or "无" for other in others if set(rows[other]) - set(cells)})
    return verdicts


def _verdict(cells: Cells, other_denominators: set[str]) -> Verdict:
    note = f"另有地区分母为{'、'.join(sorted(other_denominators))}" if other_denominators else None
    first = [values[0] for values in cells.values()]
    read = [value for value in first if value.target["value"] is not None]
    if len(first) > 1 and len(read) < 2:
        return Verdict("text_only", note)
    if len(first) < 2:
        return Verdict("different_denominator" if note else "one_jurisdiction", note)
    if len({value.target["per"] for value in read if value.form != "growth"}) > 1 and len(_units(read)) > 1:
        return Verdict("different_denominator", "、".join(sorted(_units(read))))
    bases = {value.target["kind"] in _BUILT for value in read if value.form == "state"}
    if len(bases) > 1:
        return Verdict("different_basis", "有的写建设数，有的写总数")
    years = {value.year for value in read}
    if len(years) > 1:
        return Verdict("different_deadline", "、".join(sorted(str(year) if year else "未写明时限" for year in years)))
    return Verdict("same_definition", note)


def _units(values: Sequence[Value]) -> set[str]:
    return {str(value.target["canonical_unit"]) for value in values if value.target["canonical_unit"]}
