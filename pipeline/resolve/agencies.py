"""What an agency does and at which level of government: `县卫体局` -> 卫生健康、体育, county.

Names are not matched to organisations; two offices of one function and level read alike, so that jurisdictions compare.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from policy_commitments.pipeline.resolve.agency_levels import level_of
from policy_commitments.pipeline.resolve.agency_stems import find_functions, functions

_SPACE = re.compile(r"\s+")
_BRANCH = re.compile(r"^(?P<whole>.{2,}局)(?P<place>[^局]{1,8})(?:分局|管理局)$")
_LOCALITIES = re.compile(r"^.{0,6}各(?:自治县|自治州|县级市|设区市|[省市县区州盟旗（）、]){1,8}$|^.{1,6}新区$")
_CONNECTED = re.compile(r"以及|及|和|与|、")
_PARTY_COMMITTEE = re.compile(r"^中共.*[省市县区州盟旗镇乡]委员会$")
_NOTE = re.compile(r"（[^（）]*）$")
_CLASS = re.compile(
    r"""
    ^(?:.{0,8}?(?:各|有关|相关|其[他它])|全[省市县区]|[省市县区]级|[省市县区]直|属地|行业)
    .{0,12}(?:部门|单位|机关|机构|主体|方面|成员单位)(?:（单位）)?$
    | ^(?:.{0,6})(?:部门|单位)$
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class AgencyReading:
    """A name as read.

    functions   labels (`卫生健康`) of today's functions, in printed order; empty where none is known
    level       national | province | prefecture | county | township | village, or None
    generic     a class of agencies without a function of its own (`各有关部门`)
    ids         vocabulary ids as printed, former names not yet replaced by their successors
    """

    functions: tuple[str, ...]
    level: str | None
    generic: bool
    ids: tuple[str, ...] = ()

    @property
    def function(self) -> str | None:
        """The value of the column `agency_function`: labels joined by 、, None where there is none."""
        return "、".join(self.functions) or None


@lru_cache(maxsize=65536)
def resolve_agency(name: str, *, on: date | None = None, home_level: str | None = None) -> AgencyReading:
    """Read a printed name.

    `on` (the issue date) decides between organs that shared a name at different times. `home_level` is the level of
    the issuing government: it is the level of names without a place (`发展改革局`) and decides what 市 means
    (prefecture, but county in a county-level city's own documents and province in a municipality's).
    """
    bare = _SPACE.sub("", name)
    branch = _BRANCH.match(bare)
    if branch is not None:
        ids, _ = _ids(branch["whole"], on)
        return _reading(ids, level_of(branch["place"], (), home_level) if ids else None)
    ids, rest = _ids(bare, on)
    if not ids:
        return AgencyReading((), level_of(bare, (), home_level), _CLASS.match(bare) is not None)
    return _reading(ids, level_of(rest, ids, home_level, bare))


def _ids(name: str, on: date | None) -> tuple[tuple[str, ...], str]:
    """Entry ids and what stands in front of them."""
    if _PARTY_COMMITTEE.match(name):
        return ("party_committee",), name[2:]
    if _LOCALITIES.match(name):
        return ("localities",), name
    parts = _CONNECTED.split(re.sub(r"（[^（）]*）", "", name))
    if len(parts) > 1:
        each = [find_functions(part, on) for part in parts]
        if all(found is not None for found in each):
            ids = tuple(dict.fromkeys(one for found in each if found is not None for one in found.ids))
            return ids, parts[0][: len(parts[0]) - (each[0].length if each[0] else 0)]
    for shape in dict.fromkeys((name, _NOTE.sub("", name), name.replace("局局", "局"))):
        found = find_functions(shape, on)
        if found is not None:
            return found.ids, shape[: len(shape) - found.length]
    return (), name


def _reading(ids: tuple[str, ...], level: str | None) -> AgencyReading:
    entries = functions().entries
    labels = [str(entries[_latest(one)]["zh"]) for one in ids]
    return AgencyReading(tuple(dict.fromkeys(labels)), level, False, ids)


def _latest(one: str) -> str:
    """The last successor; a chain that does not end is a defect of the vocabulary and stops after ten steps."""
    entries = functions().entries
    for _ in range(10):
        successor = entries[one].get("successor")
        if successor is None:
            return one
        one = str(successor)
    raise ValueError(f"agencies.yml: successors of {one!r} form a ring")
