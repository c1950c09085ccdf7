"""Names of places in text: chains in short strings (广东省深圳市坪山区), counts in whole documents."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from policy_commitments.schemas.places import Place, places_by_name, places_by_short_name
from policy_commitments.schemas.vocabulary import load_entries

_LONGEST = 18
_NO_BOUNDARY = {"区": "域块间位划级", "市": "场级", "县": "域级", "州": "际"}
_BEFORE_SHORT = frozenset("省市州盟区县旗于和与及在由到至对向从的是为按照发持进据将给达")
_NUMBER_LETTER = re.compile(r"(?<![㐀-鿿])(?P<letter>[㐀-鿿])(?=[㐀-鿿]{1,9}\s?[〔\[【（]\s?(?:19|20)\d\d)")
_GOVERNMENT_NUMBER = re.compile(r"(?P<letter>[㐀-鿿])(?:府|政|办|委|党|人)")


@dataclass(frozen=True, slots=True)
class Named:
    """A name at text[start:end] with the places that bear it."""

    name: str
    start: int
    end: int
    places: tuple[Place, ...]


@cache
def common_nouns() -> frozenset[str]:
    """Names that mean a place only behind the city above."""
    return frozenset(str(entry["id"]) for entry in load_entries("place_words", ("id", "examples")))


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """Lengths of the full names with one first character, longest first."""
    found: dict[str, set[int]] = defaultdict(set)
    for name in places_by_name():
        if 2 <= len(name) <= _LONGEST:
            found[name[0]].add(len(name))
    return {char: tuple(sorted(lengths, reverse=True)) for char, lengths in found.items()}


def names_in(text: str) -> Iterator[Named]:
    """Full names in a short string, leftmost longest; adjacent ones follow each other."""
    names, lengths = places_by_name(), _lengths()
    at = 0
    while at < len(text) - 1:
        for length in lengths.get(text[at], ()):
            name = text[at : at + length]
            if len(name) == length and name in names and _ends_there(text, at + length) and _begins_there(text, at, length):
                yield Named(name, at, at + length, names[name])
                at += length
                break
        else:
            at += 1


def _begins_there(text: str, start: int, length: int) -> bool:
    """A name of two characters may be the end of a longer one: 丰县 in 禾丰县."""
    return length > 2 or start == 0 or text[start - 1] in _BEFORE_SHORT or not "㐀" <= text[start - 1] <= "鿿"


def _ends_there(text: str, end: int) -> bool:
    return end >= len(text) or text[end] not in _NO_BOUNDARY.get(text[end - 1], "")


def chain_in(text: str, *, anywhere: bool) -> tuple[Named, ...]:
    """The first run of adjacent names: 广东省 深圳市 坪山区; at the start only, unless `anywhere`."""
    chain: list[Named] = []
    for named in names_in(text):
        if chain and named.start != chain[-1].end:
            break
        if not chain and named.name in common_nouns() and (anywhere or named.start > 0):
            continue
        if not chain and not anywhere and named.start > 0:
            return ()
        chain.append(named)
    return tuple(chain)


def common_at_head(title: str) -> tuple[Named, ...]:
    """城西区 at the head of a title, which may be a place or a part of town."""
    first = next(names_in(title), None)
    return (first,) if first is not None and first.start == 0 and first.name in common_nouns() else ()


def short_chain(text: str) -> Named | None:
    """A place without its ending at the very start: 上海 in `上海关于…`, 大渡口 in `大渡口推进…`."""
    names = places_by_short_name()
    for length in range(min(8, len(text)), 1, -1):
        if text[:length] in names:
            return Named(text[:length], 0, length, names[text[:length]])
    return None


@cache
def _automaton() -> tuple[Any, tuple[str, ...]]:
    import ahocorasick_rs

    names = tuple(sorted({*(n for n in places_by_name() if n not in common_nouns()), *province_short_names()}))
    return ahocorasick_rs.AhoCorasick(names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest), names


@cache
def province_short_names() -> dict[str, Place]:
    """广西 -> 广西壮族自治区."""
    found: dict[str, Place] = {}
    for name, places in places_by_short_name().items():
        for place in places:
            if place.level == "province":
                found[name] = place
    return found


def count_names(text: str) -> Counter[str]:
    """How often each full name, and each province's short name, stands in a text."""
    automaton, names = _automaton()
    counts: Counter[str] = Counter()
    for index, start, end in automaton.find_matches_as_indexes(text):
        if _ends_there(text, end) and (names[index] in province_short_names() or _begins_there(text, start, end - start)):
            counts[names[index]] += 1
    return counts


@cache
def _letters() -> dict[str, str]:
    entries = load_entries("province_letters", ("id", "words", "examples"))
    return {str(word): str(entry["id"]) for entry in entries for word in entry["words"]}


def province_of_number(number: str) -> str | None:
    """`渝府发〔2021〕22号` -> 重庆市; only for numbers of a province's own organs."""
    match = _GOVERNMENT_NUMBER.match(number)
    return _letters().get(match["letter"]) if match is not None else None


def provinces_of_numbers(text: str) -> Counter[str]:
    """Provinces by the first letter of every number that a text cites."""
    letters = _letters()
    return Counter(letters[m["letter"]] for m in _NUMBER_LETTER.finditer(text) if m["letter"] in letters)
