"""Names of agencies within one document: 县市场监管局 and 县市场监督管理局 are one; and the place whose agency it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from policy_commitments.pipeline.comparison.material import Record

_PLACE_COLUMNS: Mapping[str, Sequence[str]] = {
    "province": ("province",),
    "prefecture": ("prefecture", "province"),  # of a municipality: 市 is the province itself
    "county": ("county", "zone"),
}


def full_names(rows: Iterable[Record]) -> dict[str, str]:
    """responsibility_id -> the longest form that the document prints of the same agency.

    One agency: same function and level, and the short form's letters stand in the long one in their order, with the same
    last letter; where two long forms would do, neither is taken.
    """
    names: dict[tuple[str, ...], set[str]] = defaultdict(set)
    found: list[tuple[str, str, tuple[str, ...]]] = []
    for row in rows:
        key = (row["doc_id"], row["agency_function"] or "", row["agency_level"] or "")
        found.append((row["responsibility_id"], row["agency"], key))
        if row["agency_function"]:
            names[key].add(row["agency"])
    longest = {(key, name): _longest(name, some) for key, some in names.items() for name in some}
    return {row_id: longest.get((key, name), name) for row_id, name, key in found}


def _longest(name: str, names: Iterable[str]) -> str:
    longer = sorted((one for one in names if is_short_for(name, one)), key=lambda one: (-len(one), one))
    if longer and all(is_short_for(one, longer[0]) for one in longer[1:]):
        return longer[0]
    return name


def is_short_for(name: str, full: str) -> bool:
    """县人社局 for 县人力资源和社会保障局; 县公安局 is not short for 县公安局交警支队."""
    if len(name) >= len(full) or name[-1] != full[-1]:
        return False
    letters = iter(full)
    return all(letter in letters for letter in name)


def place_of(level: str | None, document: Record) -> str | None:
    """Name of the place whose agencies of `level` a document means: 县 is its county, 市 its prefecture."""
    if level == "national":
        return "国家"
    columns = _PLACE_COLUMNS.get(level or "", ())
    return next((document[column] for column in columns if document[column]), None)
