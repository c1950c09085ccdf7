"""What spares the patterns work must spare no match: the characters with which they say that they begin or end.

A pattern such as `(?=[力争预…])(?:力争|争取|预期…)` fails at most characters at once. An alternative added to it whose first
character the class lacks would never match again; these tests find it by the parsed pattern.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import re._constants as op  # type: ignore[import-untyped]
import re._parser as parser  # type: ignore[import-untyped]
from collections.abc import Iterator
from typing import Any

import pytest

from policy_commitments import extractors, pipeline
from policy_commitments.extractors.agency_grammar import role_grammar
from policy_commitments.extractors.carry import _WORKS, _WORKS_END
from policy_commitments.extractors.clause_context import _CONDITION_END, _CONDITION_ENDS
from policy_commitments.extractors.deadline_grammar import seed
from policy_commitments.extractors.deadline_words import entries
from policy_commitments.extractors.folding import _FOLDED, _TABLE, fold
from policy_commitments.extractors.indicator_phrase import _TRAIL, _TRAIL_ENDS

_WIDTHLESS = (op.AT, op.ASSERT, op.ASSERT_NOT)
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
Chars = set[str]


def edge(items: Any, *, last: bool = False) -> tuple[Chars, bool]:
    """Characters and classes with which a parsed pattern can begin (or end), and whether it can be empty."""
    found: Chars = set()
    for kind, value in reversed(list(items)) if last else items:
        if kind in _WIDTHLESS:
            continue
        chars, empty = _edge_of(kind, value, last)
        found |= chars
        if not empty:
            return found, False
    return found, True


def _edge_of(kind: Any, value: Any, last: bool) -> tuple[Chars, bool]:
    if kind is op.LITERAL:
        return {chr(value)}, False
    if kind is op.IN:
        return _members(value), False
    if kind is op.SUBPATTERN:
        return edge(value[3], last=last)
    if kind is op.ATOMIC_GROUP:
        return edge(value, last=last)
    if kind in _REPEATS:
        chars, empty = edge(value[2], last=last)
        return chars, empty or value[0] == 0
    if kind is op.BRANCH:
        parts = [edge(branch, last=last) for branch in value[1]]
        return set().union(*(chars for chars, _ in parts)), any(empty for _, empty in parts)
    raise AssertionError(f"{kind} may be any character")


def _members(value: Any) -> Chars:
    found: Chars = set()
    for kind, one in value:
        if kind is op.LITERAL:
            found.add(chr(one))
        elif kind is op.RANGE:
            found |= set(map(chr, range(one[0], one[1] + 1)))
        elif kind is op.CATEGORY:
            found.add(str(one))
        else:
            raise AssertionError(f"{kind} may be any character")
    return found


def covers(wide: Chars, char: str) -> bool:
    if char in wide or (char.isspace() and "CATEGORY_SPACE" in wide):
        return True
    return char.isdecimal() and "CATEGORY_DIGIT" in wide


def guarded() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every pattern of a module that begins with a lookahead for one of a class."""
    seen: set[int] = set()  # modules import patterns of others
    for package in (extractors, pipeline):
        for module in pkgutil.iter_modules(package.__path__):
            loaded = importlib.import_module(f"{package.__name__}.{module.name}")
            for name, value in vars(loaded).items():
                if isinstance(value, re.Pattern) and id(value) not in seen and str(value.pattern).lstrip().startswith("(?=["):
                    seen.add(id(value))
                    yield f"{module.name}.{name}", value
    yield "agency_grammar.label", role_grammar().label
    yield "agency_grammar.cut", role_grammar().cut


GUARDED = dict(guarded())


@pytest.mark.parametrize("name", sorted(GUARDED))
def test_a_guard_lets_every_alternative_begin(name: str) -> None:
    (_, (_, guard)), *rest = parser.parse(GUARDED[name].pattern, GUARDED[name].flags)
    begins, empty = edge(rest)
    allowed, _ = edge(guard)
    assert not empty or name == "agency_grammar.cut"  # its last alternative is a place between two characters
    assert [char for char in begins if not covers(allowed, char)] == []


def test_guards_are_found() -> None:
    assert {"clause_context.PAST", "clause_context._STRENGTH", "headings._LABEL"} <= set(GUARDED)


@pytest.mark.parametrize(
    ("pattern", "ends"),
    [
        (_TRAIL, _TRAIL_ENDS),
        (_CONDITION_END, _CONDITION_ENDS),
        (_WORKS, _WORKS_END),
        (role_grammar().tail, role_grammar().ends | {"CATEGORY_SPACE"}),
    ],
    ids=["trail", "condition", "works", "tail"],
)
def test_last_characters_are_those_of_the_pattern(pattern: re.Pattern[str], ends: frozenset[str]) -> None:
    found, _ = edge(parser.parse(pattern.pattern, pattern.flags), last=True)
    assert found == set(ends) - {"\n"}


@pytest.mark.parametrize("kind", ["relative", "half", "quarter"])
def test_every_word_of_a_date_is_a_seed(kind: str) -> None:
    starts = "0123456789〇一二三四五六七八九两十半ⅠⅡⅢⅣ今明后去上本当次翌同下全首第前年每按规"
    missed = [word for word, _ in entries(kind) if word[0] in starts and seed().match(word) is None]
    assert missed == []


def test_folding_replaces_every_character_that_it_knows_and_no_other() -> None:
    every = "".join(map(chr, range(0x110000)))
    table = {ord(char): plain for char, plain in _TABLE.items()}
    assert fold(every) == every.translate(table)
    assert set(_FOLDED.findall(every)) == set(_TABLE)
    assert not set(_TABLE) & set(_TABLE.values())  # else the order of replacing would matter
