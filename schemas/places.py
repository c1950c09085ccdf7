"""Administrative divisions of `vocab/places.tsv`: names, codes and the time in which both were valid."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

from policy_commitments.schemas.vocabulary import load_entries

PlaceLevel = Literal["province", "prefecture", "county"]
_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|"
    "撒拉|毛南|仡佬|锡伯|普米|怒|鄂温克|保安|裕固|独龙|鄂伦春|各"
)
_OF_PEOPLES = re.compile(
    rf"""
      (?<!^)(?:(?:{_PEOPLES})族|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯)+(?=自治[县州旗])   # 石柱土家族自治县, 博尔塔拉蒙古自治州
    | (?<!^)(?:壮族|回族|维吾尔)(?=自治区)                                       # 广西壮族自治区, not 内蒙古自治区
    | (?<=[克乡])族(?=自治)                                                     # 鄂温克族自治旗, 东乡族自治县
    """,
    re.X,
)
_ENDINGS = ("特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "林区", "特区", "新区", "省", "市", "县", "区", "旗", "盟", "州")
_LONGEST = 18
_MUNICIPALITIES = ("11", "12", "31", "50")


@dataclass(frozen=True, slots=True)
class Place:
    """One division under one name and code.

    `valid_from` and `valid_to` (first day after) are ISO dates or months, None where open on that side; `undated` says
    that it changed at a date which the sources do not give. `parent` is the code above, "" for a province.
    """

    code: str
    name: str
    valid_from: str | None
    valid_to: str | None
    undated: bool
    parent: str

    @property
    def level(self) -> PlaceLevel:
        """By the form of the code."""
        if self.code.endswith("0000"):
            return "province"
        return "prefecture" if self.code.endswith("00") else "county"

    @property
    def is_municipality(self) -> bool:
        """北京市, 天津市, 上海市, 重庆市."""
        return self.level == "province" and self.code[:2] in _MUNICIPALITIES

    def holds(self, day: date | None) -> bool:
        """Whether the list knows the place on that day; without a day, whether it is still valid."""
        if day is None:
            return self.valid_to is None
        printed = day.isoformat()
        return (self.valid_from or "") <= printed and (self.valid_to is None or printed < self.valid_to)


@cache
def all_places() -> tuple[Place, ...]:
    """Every row, in order of code and time."""
    text = files("policy_commitments.schemas").joinpath("vocab", "places.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(_place(*row) for row in rows)


def _place(code: str, name: str, start: str, end: str, parent: str) -> Place:
    return Place(code, name, _bound(start), "9999" if end == "?" else _bound(end), "?" in (start, end), parent)


def _bound(printed: str) -> str | None:
    return None if printed in ("", "?") else printed


@cache
def places_by_code() -> dict[str, tuple[Place, ...]]:
    """Rows of one code, oldest first."""
    found: dict[str, list[Place]] = defaultdict(list)
    for place in all_places():
        found[place.code].append(place)
    return {code: tuple(places) for code, places in found.items()}


@cache
def places_by_name() -> dict[str, tuple[Place, ...]]:
    """Rows by full name and by the forms that documents use for them (阜新蒙古族自治县: 阜新县, 阜蒙县)."""
    found: dict[str, list[Place]] = defaultdict(list)
    for place in all_places():
        for name in {place.name, *_written_forms(place.name)}:
            found[name].append(place)
    by_name = {place.name: place for place in all_places()}
    for entry in load_entries("place_aliases", ("id", "words", "examples")):
        for word in entry["words"]:
            found[str(word)].append(by_name[str(entry["id"])])
    return {name: tuple(places) for name, places in found.items()}


def starts_with_place(text: str) -> bool:
    """Whether a text begins with a place's full name: 奉节县 in `奉节县人民政府`."""
    names = places_by_name()
    return any(text[:length] in names for length in range(2, min(_LONGEST, len(text)) + 1))


@cache
def places_by_short_name() -> dict[str, tuple[Place, ...]]:
    """Rows by name without ending (福鼎, 大渡口, 广西): only for places that stand at a title's or issuer's head."""
    found: dict[str, list[Place]] = defaultdict(list)
    for place in all_places():
        short = short_name(place.name)
        if len(short) > 1:
            found[short].append(place)
    return {name: tuple(places) for name, places in found.items()}


def short_name(name: str) -> str:
    """`福鼎市` -> 福鼎, `广西壮族自治区` -> 广西, `石柱土家族自治县` -> 石柱."""
    bare = _OF_PEOPLES.sub("", name)
    for ending in _ENDINGS:
        if bare.endswith(ending) and len(bare) > len(ending):
            return bare[: -len(ending)]
    return bare


def _written_forms(name: str) -> set[str]:
    """`石柱土家族自治县` -> 石柱县, 石柱自治县; `恩施土家族苗族自治州` -> 恩施州."""
    kind = next((one for one in ("自治州", "自治县", "自治旗") if name.endswith(one)), None)
    if kind is None:
        return set()
    stem = short_name(name)
    return {stem + kind[-1], stem + kind}
