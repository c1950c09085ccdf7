"""A wording taken apart for comparison: 乙级以上村卫生室达标比例 -> scopes {乙级以上, 村卫生室}, rest 达标.

Synonyms first, then scopes, then light words; numbers (24小时, 35岁) are scopes of their own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import rjieba

from policy_commitments.schemas.vocabulary import load_entries

_NUMBER = re.compile(r"[0-9]+(?:[—~-][0-9]+)?(?:岁以[上下]|岁|小时|分钟|公里|[A-Z]+|%)?(?:以[上下])?")

_AREA = re.compile(r"[县市省全区]域(?:范围)?内?")  # 县域公共充电设施: no level of government
_TAIL = re.compile(r"(?:率|数|量)$")


@dataclass(frozen=True, slots=True)
class Phrase:
    """What is compared: `scopes` by group, `rest` the words that carry the definition, `whole` the normalised wording."""

    whole: str
    rest: str
    letters: Mapping[str, int]
    tokens: Mapping[str, int]
    scopes: Mapping[str, frozenset[str]]


@lru_cache(maxsize=131_072)
def read_phrase(bare: str) -> Phrase:
    """Take a normalised wording (`Wording.bare`) apart."""
    text = _synonyms().sub(lambda found: _first()[found.group()], _AREA.sub("", bare) or bare)
    scopes: dict[str, set[str]] = {}

    def take(found: re.Match[str]) -> str:
        word, limit = found.group("word"), found.group("limit") or ""
        group, name, _ = _scopes()[word]
        scopes.setdefault(group, set()).add(name + limit)
        return " "

    text = _NUMBER.sub(lambda found: _note(scopes, found.group()), text)
    text = _scope_words().sub(take, text)
    tokens = _tokens(text) or [text.replace(" ", "") or bare]
    rest = "".join(tokens)
    return Phrase(
        whole=bare,
        rest=rest,
        letters=Counter(rest),
        tokens=Counter(tokens),
        scopes={group: frozenset(names) for group, names in scopes.items()},
    )


def _tokens(text: str) -> list[str]:
    """Words that carry the definition: light words fall out, single letters only where they stand alone or last."""
    alone = _words("light")
    plain = _light().sub(" ", _TAIL.sub("", text))
    return [token for token in rjieba.cut(plain) if token not in alone and not token.isspace()]


def soft(letters: str) -> bool:
    """Whether letters that only one of two wordings has change nothing: 公共图书馆 and 图书馆."""
    return len(letters) <= 1 or letters in _words("soft")


def _note(scopes: dict[str, set[str]], number: str) -> str:
    scopes.setdefault("number", set()).add(number)
    return " "


def combines_by_union(group: str) -> bool:
    """Whether a second scope of the group widens an indicator (乡镇卫生院和社区卫生服务中心)."""
    return group in _union_groups()


# --- vocabularies


@cache
def _scopes() -> dict[str, tuple[str, str, str]]:
    """Word -> (group, id, combines)."""
    entries = load_entries("indicator_scopes", ("id", "group", "combines", "words", "examples"))
    return {
        str(word): (str(entry["group"]), str(entry["id"]), str(entry["combines"]))
        for entry in entries
        for word in entry["words"]
    }


@cache
def _union_groups() -> frozenset[str]:
    return frozenset(group for group, _, combines in _scopes().values() if combines == "union")


@cache
def _scope_words() -> re.Pattern[str]:
    return re.compile(f"(?P<word>{_alternatives(_scopes())})(?P<limit>以[上下])?")


@cache
def _first() -> dict[str, str]:
    """Synonym -> the word that stands for all."""
    entries = load_entries("indicator_wording", ("id", "kind", "words", "examples"))
    return {str(word): str(e["words"][0]) for e in entries if e["kind"] == "synonym" for word in e["words"]}


@cache
def _synonyms() -> re.Pattern[str]:
    return re.compile(_alternatives(_first()))


@cache
def _words(kind: str) -> frozenset[str]:
    entries = load_entries("indicator_wording", ("id", "kind", "words", "examples"))
    return frozenset(str(word) for entry in entries if entry["kind"] == kind for word in entry["words"])


@cache
def _light() -> re.Pattern[str]:
    return re.compile(_alternatives(word for word in _words("light") if len(word) > 1))


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda one: (-len(one), one)))
