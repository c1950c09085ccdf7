"""Is `县交通运输局` certainly an office? Needed where no label or verb speaks for it: `1.县交通运输局：…`.

Place, then known functions, then a head; or a place's own sign and a head. `1.金融机构：…` is no office.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from policy_commitments.extractors.agency_names import is_generic, is_prose
from policy_commitments.schemas.vocabulary import Entry, load_entries

_PLACE = r"(?:[一-龥]{1,10}?(?:[省市县区州盟旗镇乡]|自治区)|[省市县区州盟旗镇乡]|国家|中央|全国|中共)(?:[委直]|政府|人民政府)?"
_CLASS = re.compile(r"^(?:.{0,4}各|.{0,4}(?:有关|相关)).{0,10}(?:政府|街道|乡镇|办事处|管委会|部门|单位)(?:（[^（）]*）)?$|^各(?:乡镇|镇街?|乡|街道|县区|区县|市县|县|区|村|社区)(?:（[^（）]*）)?$")
_LABEL = re.compile(r"(?:责任|牵头|配合|协办|参与|落实)(?:单位|部门)$")
_UNKNOWN = re.compile(r"^[省市县区州旗镇乡](?!级|直|域|内|外|场|政|镇|乡|村|容)委?[一-龥]{1,12}(?:局|委|办|厅|政府|办事处|管委会|委员会)$")
_LONGEST = 30
_BARE = re.compile(r"[局委办部厅联室府署]$|工会$|红十字会$|科协$|供销社$|消防.*队$|编办$")


def is_office(printed: str) -> bool:
    """A single office by name; a class (`各镇人民政府`) is one, a phrase or a label (`各责任单位`) is none."""
    name = "".join(printed.split())
    if not 2 <= len(name) <= _LONGEST or is_prose(name):
        return False
    if is_generic(name):
        return _CLASS.match(name) is not None and _LABEL.search(name) is None
    return _offices().match(name) is not None or _UNKNOWN.match(name) is not None


def is_function(printed: str) -> bool:
    """公安, 财政, 住建: a function without its office."""
    return printed in _functions()


@cache
def _functions() -> frozenset[str]:
    entries = load_entries(
        "agencies", ("id", "zh", "en", "stems", "examples"), ("short", "names", "valid_from", "valid_to", "successor")
    )
    return frozenset(_of(entries, "stems") | _of(entries, "short"))


@cache
def _offices() -> re.Pattern[str]:
    entries = load_entries(
        "agencies", ("id", "zh", "en", "stems", "examples"), ("short", "names", "valid_from", "valid_to", "successor")
    )
    heads = load_entries("agency_heads", ("id", "strength", "words", "examples"))
    pieces = _any(_of(entries, "stems") | _of(entries, "short"))
    fillers = _any({word for entry in heads if entry["strength"] == "filler" for word in entry["words"]})
    ends = _any({word for entry in heads if entry["strength"] == "head" for word in entry["words"]} - {"部门", "系统"})
    names = _of(entries, "names")
    office = rf"(?:{pieces})(?:{pieces}|{fillers}){{0,5}}(?:{ends})"
    bare = _any({name for name in names if _BARE.search(name)})
    return re.compile(rf"^(?:(?:{_PLACE})?(?:{office})|{_PLACE}(?:{_any(names)})|(?:{bare}))(?:（[^（）]*）)?$")


def _of(entries: tuple[Entry, ...], key: str) -> set[str]:
    return {word for entry in entries for word in entry.get(key, ())}


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))
