"""Finds the functions in a name: `县卫体局` = 县 + 卫 + 体 + 局, over the stems of `schemas/vocab/agencies.yml`.

A merged office is read by covering everything between place and head with known stems; where something in the
middle stays uncovered, nothing is read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from policy_commitments.schemas.vocabulary import Entry, load_entries

_REQUIRED = ("id", "zh", "en", "stems", "examples")
_OPTIONAL = ("short", "names", "valid_from", "valid_to", "successor")
PLACE_ENDS = frozenset("省市县区州盟旗镇乡村国委级直属家央团会")
_SURE_HEADS = frozenset(("局", "委", "委员会", "厅", "部", "分局", "总局"))
_LONGEST_STEM = 14
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Found:
    """Entry ids in printed order, and how many characters of the name's end they explain."""

    ids: tuple[str, ...]
    length: int
    head: str


@dataclass(frozen=True, slots=True)
class Functions:
    """The vocabulary, indexed by stem, abbreviation and ending."""

    entries: dict[str, Entry]
    stems: dict[str, tuple[str, ...]]
    shorts: dict[str, tuple[str, ...]]
    names: dict[str, tuple[str, ...]]
    longest_name: int
    heads: tuple[str, ...]
    fillers: frozenset[str]


@cache
def functions() -> Functions:
    """The loaded vocabulary; `load_entries` has checked its keys and ids."""
    entries = load_entries("agencies", _REQUIRED, _OPTIONAL)
    names = _index(entries, "names")
    return Functions(
        entries={str(entry["id"]): entry for entry in entries},
        stems=_index(entries, "stems"),
        shorts=_index(entries, "short"),
        names=names,
        longest_name=max(map(len, names)),
        heads=tuple(sorted(_words("head"), key=lambda head: (-len(head), head))),
        fillers=frozenset(_words("filler")),
    )


def _words(strength: str) -> list[str]:
    entries = load_entries("agency_heads", ("id", "strength", "words", "examples"))
    return [word for entry in entries if entry["strength"] == strength for word in entry["words"]]


def _index(entries: Iterable[Entry], key: str) -> dict[str, tuple[str, ...]]:
    owners: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        for word in entry.get(key, ()):
            owners[word].append(str(entry["id"]))
    return {word: tuple(ids) for word, ids in owners.items()}


def _owner(ids: tuple[str, ...], on: date | None) -> str:
    """The one whose period holds `on`; without a date the one that still exists."""
    if len(ids) == 1:
        return ids[0]
    year = on.year if on is not None else 9999
    entries = functions().entries
    for one in ids:
        if int(entries[one].get("valid_from", "0")) <= year <= int(entries[one].get("valid_to", "9999")):
            return one
    return ids[-1]


def find_functions(name: str, on: date | None = None) -> Found | None:
    """The longest reading of the end of `name`, or None."""
    if len(name) > _LONGEST_NAME:
        return None
    by_name = _by_ending(name, on)
    if by_name is not None and by_name.ids in (("enterprises",), ("commercial_banks",)):
        by_name = _by_opening(name, on) or by_name
    by_stem = _by_stems(name, on)
    if by_name is None or (by_stem is not None and by_stem.length > by_name.length):
        return by_stem
    return by_name


def _by_ending(name: str, on: date | None) -> Found | None:
    known = functions().names
    for length in range(min(len(name), functions().longest_name), 1, -1):
        ids = known.get(name[-length:])
        if ids is not None:
            return Found((_owner(ids, on),), length, "")
    return None


def _by_opening(name: str, on: date | None) -> Found | None:
    """中国电信某某分公司: a company is known by how its name begins."""
    known = functions().names
    for length in range(min(len(name), functions().longest_name), 1, -1):
        ids = known.get(name[:length])
        if ids is not None:
            return Found((_owner(ids, on),), len(name), "")
    return None


def _by_stems(name: str, on: date | None) -> Found | None:
    best: Found | None = None
    for head in functions().heads:
        if name.endswith(head) and len(name) > len(head):
            found = _cover(name[: -len(head)], head, on)
            if found is not None and (best is None or found.length > best.length):
                best = found
    return best


def _cover(text: str, head: str, on: date | None) -> Found | None:
    """The longest end of `text` made of stems, behind nothing but a place."""
    steps = _first_pieces(text)
    for start in range(len(text)):
        step = steps[start]
        if step == 0 or text[start : start + step] in functions().fillers or not _begins(text, start, step, head):
            continue
        ids, abbreviated = _walk(text, start, steps, on)
        if ids and (not abbreviated or start == 0 or text[start - 1] in PLACE_ENDS):
            return Found(ids, len(text) - start + len(head), head)
    return None


def _begins(text: str, start: int, step: int, head: str) -> bool:
    """A reading starts at the name's start, after a place, or with so much text that no place name holds it."""
    if start == 0 or text[start - 1] in PLACE_ENDS or step >= 4:
        return True
    return step >= 2 and 2 <= start <= 4 and head in _SURE_HEADS


def _first_pieces(text: str) -> list[int]:
    """For each start the length of the first piece of the cheapest cover of text[start:]; 0 where there is none."""
    size = len(text)
    unreachable = 10**6
    costs, steps = [unreachable] * size + [0], [0] * (size + 1)
    for start in range(size - 1, -1, -1):
        for length in range(1, min(_LONGEST_STEM, size - start) + 1):
            cost = _cost(text[start : start + length]) + costs[start + length]
            if cost < costs[start] or (cost == costs[start] < unreachable):
                costs[start], steps[start] = cost, length
    return [step if costs[at] < unreachable else 0 for at, step in enumerate(steps)]


def _cost(piece: str) -> int:
    vocabulary = functions()
    if piece in vocabulary.stems:
        return 10
    if piece in functions().fillers:
        return 11
    return 16 if piece in vocabulary.shorts else 10**6


def _walk(text: str, start: int, steps: list[int], on: date | None) -> tuple[tuple[str, ...], bool]:
    vocabulary = functions()
    ids: list[str] = []
    abbreviated = False
    while start < len(text):
        piece = text[start : start + steps[start]]
        owners = vocabulary.stems.get(piece) or (None if piece in functions().fillers else vocabulary.shorts.get(piece))
        if owners is not None:
            ids.append(_owner(owners, on))
            abbreviated = abbreviated or len(piece) == 1
        start += steps[start]
    return tuple(dict.fromkeys(ids)), abbreviated
