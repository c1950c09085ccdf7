"""Indicators that a document mentions beside a number that was not understood: marked, so that empty means not stated.

A number counts as unread where extraction said so itself (`unread_number`, `unclassified_number`); the indicator is the
row whose wording ends nearest before it in the same clause.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import ahocorasick_rs

from policy_commitments.extractors.folding import fold
from policy_commitments.pipeline.comparison.material import Document, Material, Value
from policy_commitments.pipeline.dataset import Dataset
from policy_commitments.pipeline.resolve.registry import registry

_CODES = frozenset({"unread_number", "unclassified_number"})
_BEFORE = 60
_LEAST = 5
_FAR = 8
_CLAUSE_END = re.compile(r"[。；！？\n]")
_MARKS = re.compile(r"[\s，、：“”‘’《》·（）〔〕的]+")


def unread_indicators(
    material: Material, rows: Mapping[str, Mapping[str, Sequence[Value]]]
) -> dict[str, dict[str, tuple[Document, str]]]:
    """row_id -> jurisdiction -> (document, clause) of numbers that were seen beside an indicator but not read."""
    problems = [one for one in material.problems if one["code"] in _CODES and one["doc_id"] in material.documents]
    found: dict[str, dict[str, tuple[Document, str]]] = defaultdict(dict)
    if not problems:
        return found
    wordings = dict(_wordings(rows))
    matcher = ahocorasick_rs.AhoCorasick(list(wordings), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    for problem in problems:
        document = material.documents[problem["doc_id"]]
        clause = _clause(material.folder, document.doc_id, problem["start"], problem["end"])
        bare = _MARKS.sub("", fold(clause)).replace("及以", "以").upper()
        matches = matcher.find_matches_as_indexes(bare)
        if matches and len(bare) - matches[-1][2] <= _FAR + _tail(bare):
            row_id = wordings[list(wordings)[matches[-1][0]]]
            if document.place not in rows.get(row_id, {}):
                found[row_id].setdefault(document.place, (document, clause))
    return found


def _wordings(rows: Mapping[str, Mapping[str, Sequence[Value]]]) -> Iterator[tuple[str, str]]:
    """Normalised wording -> row: of the registry entries and keys that some jurisdiction states."""
    for (key, _), entry in registry().by_key.items():
        if entry.id in rows and len(key) >= _LEAST:
            yield key, entry.id
    for row_id, cells in rows.items():
        for values in cells.values():
            for value in values:
                key = str(value.target["indicator_key"])
                if len(key) >= _LEAST and value.form == "state":
                    yield key, row_id


def _tail(bare: str) -> int:
    """Length of the number and what follows at the end of a clause."""
    found = re.search(r"[0-9〇一二三四五六七八九十百千万亿.%]+.{0,12}$", bare)
    return len(found.group()) if found is not None else 0


def _clause(folder: Path, doc_id: str, start: int, end: int) -> str:
    text = _text(folder, doc_id)
    before = text[max(0, start - _BEFORE) : end]
    return _CLAUSE_END.split(before)[-1]


@lru_cache(maxsize=8)
def _text(folder: Path, doc_id: str) -> str:
    return Dataset(folder).text(doc_id)
