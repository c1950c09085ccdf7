"""The words of `deadlines.yml` as pattern pieces and lookups, e.g. `第一季度|一季度`, `初(?!步|中)`."""

from __future__ import annotations

import re
from functools import cache

from policy_commitments.extractors.folding import fold
from policy_commitments.extractors.lexicon import Lexicon
from policy_commitments.schemas.vocabulary import Entry, load_entries

_KEYS = ("id", "kind", "value", "words", "examples")


@cache
def entries(kind: str) -> tuple[tuple[str, Entry], ...]:
    """(folded word, entry) pairs of one kind, longest word first, so that 第一季度 is not read as 一季度."""
    found = [
        (fold(str(word)), entry)
        for entry in load_entries("deadlines", _KEYS, ("unless",))
        if entry["kind"] == kind
        for word in entry["words"]
    ]
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


@cache
def alternation(kind: str) -> str:
    """The kind's words for a verbose pattern; `unless` becomes a lookahead: `初(?!步|中)`."""
    return "|".join(_escaped(word) + _unless(entry) for word, entry in entries(kind))


def _unless(entry: Entry) -> str:
    stops = entry.get("unless", ())
    return "(?!" + "|".join(_escaped(str(word)) for word in stops) + ")" if stops else ""


def _escaped(word: str) -> str:
    return re.escape(fold(word))


@cache
def following(kind: str) -> re.Pattern[str]:
    """Matches a word of the kind after a position."""
    return re.compile(alternation(kind))


@cache
def preceding(kind: str) -> Lexicon:
    """Finds a word of the kind before a position (`unless` does not apply)."""
    return Lexicon(entries(kind))


@cache
def values(kind: str) -> dict[str, str]:
    """Word -> `value` of its entry."""
    return {word: str(entry["value"]) for word, entry in entries(kind)}
