"""The registry of canonical indicators: `schemas/vocab/indicators/*.yml`, one dictionary look-up per target.

每千人口注册护士数, 每千人拥有注册护士 -> `health.nurses`. An alias has one owner; what it counts (`measure`), over what
(`per`) and whether it is new or growth are conditions of a match, never hints.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policy_commitments.pipeline.resolve.wording import Wording, read_wording
from policy_commitments.schemas.vocabulary import Entry, VocabularyError, load_entries

_REQUIRED = ("id", "label_zh", "label_en", "aliases", "measure", "per", "direction", "field", "seen", "examples")
_OPTIONAL = ("basis", "growth")
_COUNTED = frozenset({"count", "persons", "households", "visits", "times", "animals"})


@dataclass(frozen=True, slots=True)
class RegistryEntry:
    """One canonical indicator; `growth` is the id of its rate of change, `basis` is `new` where only additions count."""

    id: str
    label_zh: str
    label_en: str
    measure: str
    per: str | None
    direction: str | None
    field: str
    basis: str | None
    growth: str | None


@dataclass(frozen=True, slots=True)
class Registry:
    """Entries by id and by (normalised alias, only additions); growth ids lead to the entry that they are the growth of."""

    entries: Mapping[str, RegistryEntry]
    by_key: Mapping[tuple[str, bool], RegistryEntry]
    growths: Mapping[str, RegistryEntry]

    def match(self, wording: Wording, dimension: str | None, kind: str, basis: str | None) -> str | None:
        """Registry id of a wording whose measure, denominator and kind fit, or None."""
        growing = kind == "rate_of_change" or wording.grows
        entry = self.by_key.get((wording.key, basis == "new"))
        if entry is None and growing and wording.per == "年":
            entry = self.by_key.get((wording.bare, False))
        if entry is None:
            return None
        if growing and entry.measure != "ratio":
            return entry.growth if dimension in ("ratio", "multiple", None) else None
        return entry.id if kind != "rate_of_change" and _fits(entry, dimension) else None

    def label(self, registry_id: str) -> tuple[str, str]:
        """(Chinese, English) label of an id, growth ids included."""
        entry = self.entries.get(registry_id)
        if entry is not None:
            return entry.label_zh, entry.label_en
        base = self.growths[registry_id]
        return f"{base.label_zh}增速", f"{base.label_en}, growth"

    def entry(self, registry_id: str) -> RegistryEntry:
        """Entry of an id; the growth of an indicator shares its entry."""
        return self.entries.get(registry_id) or self.growths[registry_id]


def _fits(entry: RegistryEntry, dimension: str | None) -> bool:
    if dimension is None or dimension == entry.measure:
        return True
    return dimension == "count" and entry.measure in _COUNTED


def registry() -> Registry:
    """The registry with an own folder's entries on top; built once per set of entries."""
    entries = load_entries("indicators", _REQUIRED, _OPTIONAL)
    if not _built or _built[0][0] is not entries:
        _built[:] = [(entries, _build(entries))]
    return _built[0][1]


_built: list[tuple[tuple[Entry, ...], Registry]] = []


def _build(entries: tuple[Entry, ...]) -> Registry:
    by_id: dict[str, RegistryEntry] = {}
    by_key: dict[tuple[str, bool], RegistryEntry] = {}
    growths: dict[str, RegistryEntry] = {}
    for raw in entries:
        entry = _entry(raw)
        by_id[entry.id] = entry
        if entry.growth is not None:
            growths[entry.growth] = entry
        for alias in dict.fromkeys([entry.label_zh, *map(str, raw["aliases"])]):
            key = _alias_key(alias, entry)
            for additions in _sides(key, entry):
                owner = by_key.setdefault((key, additions), entry)
                if owner is not entry:
                    raise VocabularyError(
                        f"indicators/{entry.field}.yml: entry {entry.id!r}: alias {alias!r} belongs to {owner.id!r} "
                        f"(indicators/{owner.field}.yml)"
                    )
    return Registry(by_id, by_key, growths)


def _sides(key: str, entry: RegistryEntry) -> tuple[bool, ...]:
    """Stock, additions or both: 城镇新增就业 says itself that it counts additions, 公办学位 does not."""
    if entry.basis != "new":
        return (False,)
    return (True, False) if "新增" in key else (True,)


def _alias_key(alias: str, entry: RegistryEntry) -> str:
    wording = read_wording(alias, entry.per)
    if wording.per != entry.per:
        raise VocabularyError(
            f"indicators/{entry.field}.yml: entry {entry.id!r}: alias {alias!r} is per {wording.per!r}, not {entry.per!r}"
        )
    return wording.key


def _entry(raw: Entry) -> RegistryEntry:
    return RegistryEntry(
        id=str(raw["id"]),
        label_zh=str(raw["label_zh"]),
        label_en=str(raw["label_en"]),
        measure=str(raw["measure"]),
        per=_none(raw["per"]),
        direction=_none(raw["direction"]),
        field=str(raw["field"]),
        basis=_none(raw.get("basis", "none")),
        growth=_none(raw.get("growth", "none")),
    )


def _none(value: object) -> str | None:
    return None if value == "none" else str(value)
