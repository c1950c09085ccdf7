"""Functional zones: 经开区, 高新区, 新区 in an issuer or a title, and the unit with which some of them coincide."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from policy_commitments.extractors.lexicon import verbs
from policy_commitments.schemas.vocabulary import Entry, load_entries

_BEHIND = r"(?=管委会|管理委员会|管理局|党工委|工委|党政|办公室|人民政府|社会|财政|经济|科技|[^，。；\s]{0,12}局|$)"
_NO_NAME = re.compile(r"^[全各我本]|国家|省级|市级|区级|县级|加强|加快|深化|关于|进一步|高质量|现代|扎实|稳定|推动|推进|促进|支持|助力|服务|建设|打造|做好|落实|规范|提升|优化")
_SHORTEST_NAME = 4  # 澄川新区
_STOPS = "的关于和及与、，。；《》（）“” "


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone's printed name; `unit` is the code of the unit it coincides with, `parent` that of the one it belongs to."""

    name: str
    start: int
    unit: str | None = None
    parent: str | None = None


@cache
def _entries() -> tuple[Entry, ...]:
    return load_entries("zones", ("id", "kind", "words", "examples"), ("unit",))


@cache
def _known() -> tuple[tuple[str, str, str], ...]:
    rows = [(str(w), str(e["kind"]), str(e["unit"])) for e in _entries() if e["kind"] != "ending" for w in e["words"]]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


@cache
def _longest_endings() -> str:
    words = {str(word) for entry in _entries() if entry["kind"] == "ending" for word in entry["words"]}
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


@cache
def _in_office() -> re.Pattern[str]:
    return re.compile(rf"[^{_STOPS}\d]{{0,14}}?(?:{_longest_endings()}){_BEHIND}")


@cache
def _at_head() -> re.Pattern[str]:
    return re.compile(rf"[^{_STOPS}\d]{{0,6}}?(?:{_longest_endings()})")


def zone_in(name: str, after: int) -> Zone | None:
    """A zone in an issuer's name: a known one anywhere, any other behind the place at `after`."""
    for word, kind, unit in _known():
        at = name.find(word)
        if at >= 0:
            return _known_zone(word, at, kind, unit)
    match = _in_office().match(name, after)
    return None if match is None else Zone(name[: match.end()], after)


def zone_at_head(title: str, after: int) -> Zone | None:
    """A zone at a title's head: a known one, or one directly behind the place that opens the title."""
    for word, kind, unit in _known():
        if title.startswith(word) or title.startswith(word, after):
            return _known_zone(word, title.find(word), kind, unit)
    match = _at_head().match(title, after) if after else None
    return None if match is None else Zone(title[: match.end()], 0)


def zone_within(title: str) -> Zone | None:
    """A known zone anywhere in a title: `关于稳定两江新区经济运行的措施`."""
    return next((_known_zone(word, title.find(word), kind, unit) for word, kind, unit in _known() if word in title), None)


def zone_alone(title: str) -> Zone | None:
    """`澄川新区道路停车办法`: a zone that no register knows, at the head of a title that prints no place."""
    match = _at_head().match(title)
    if match is None or match.end() < _SHORTEST_NAME or verbs().after(title, 0, match.end()) is not None or _NO_NAME.search(match.group()):
        return None
    return Zone(match.group(), 0)


def _known_zone(word: str, at: int, kind: str, unit: str) -> Zone:
    return Zone(word, at, unit if kind == "unit" else None, unit if kind == "parent" else None)
