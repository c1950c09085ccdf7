"""Jurisdictions of a dataset: the columns of the matrix, one for each place that issued a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from policy_commitments.pipeline.place_label import place_label, qualified_label
from policy_commitments.pipeline.report.tables import Row

LEVELS = ("national", "province", "prefecture", "county", "township", "village")
_NAMES = {"province": ("province",), "prefecture": ("prefecture", "province")}


@dataclass(frozen=True, slots=True)
class Place:
    """A jurisdiction; `name` is unique in the dataset (`鼓楼区（开封市）` where two share a name)."""

    name: str
    level: str | None
    province: str | None
    prefecture: str | None
    adcode: str | None


@dataclass(frozen=True, slots=True)
class Places:
    """All jurisdictions, from the nation down and by code; `of` maps doc_id to an index into `all`."""

    all: tuple[Place, ...]
    of: Mapping[str, int]


def find_places(documents: Iterable[Row]) -> Places:
    """The place of every document; a document without one stands for itself under its file name."""
    keys = {row["doc_id"]: _key(row) for row in documents}
    first = {keys[row["doc_id"]]: row for row in reversed(list(documents))}
    shared = Counter(place_label(row) for row in first.values())
    places = {key: _place(row, shared) for key, row in first.items()}
    order = sorted(places, key=lambda key: _order(places[key]))
    index = {key: n for n, key in enumerate(order)}
    return Places(tuple(places[key] for key in order), {doc_id: index[key] for doc_id, key in keys.items()})


def _key(row: Row) -> tuple[str | None, ...]:
    if row["level"] == "national":
        return ("national",)
    names = tuple(row[column] for column in ("province", "prefecture", "county", "zone"))
    return names if any(names) else (row["source_path"],)


def _place(row: Row, shared: Mapping[str, int]) -> Place:
    name = place_label(row)
    if shared[name] > 1:
        name = qualified_label(row)
    level = row["level"] or next((one for one in ("county", "prefecture", "province") if row[one]), None)
    return Place(name, level, row["province"], row["prefecture"], row["adcode"])


def _order(place: Place) -> tuple[int, str, str]:
    depth = LEVELS.index(place.level) if place.level in LEVELS else len(LEVELS)
    return min(depth, 1), place.adcode or "~", place.name


def governs(superior: Place, place: Place) -> bool:
    """Whether `superior` stands above `place`: the nation, its province or its prefecture."""
    if superior.level not in LEVELS or place.level not in LEVELS or superior is place:
        return False
    if LEVELS.index(superior.level) >= LEVELS.index(place.level):
        return False
    names: Sequence[str] = _NAMES.get(superior.level or "", ())
    return all(getattr(superior, name) == getattr(place, name) for name in names if getattr(superior, name))
