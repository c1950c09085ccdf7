"""Jurisdiction of a document: province, prefecture, county and code valid at its date, from the evidence that it prints.

`鼓楼区人民政府` may be one of four districts: the text's other names decide, or it stays open with its candidates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from policy_commitments.pipeline.resolve.place_evidence import (
    Evidence,
    current,
    decide,
    from_text,
    one_per_unit,
    self_named,
    support,
)
from policy_commitments.pipeline.resolve.place_hints import (
    greeted_level,
    is_national,
    is_national_number,
    level_of_ending,
    self_ending,
    stated_level,
    titled_level,
    township_in,
)
from policy_commitments.pipeline.resolve.place_names import (
    Named,
    chain_in,
    common_at_head,
    short_chain,
)
from policy_commitments.pipeline.resolve.zones import Zone, zone_alone, zone_at_head, zone_in, zone_within
from policy_commitments.schemas.places import Place, places_by_code

_PREFIXES = ("中国共产党", "中共", "共青团", "国家税务总局", "国家统计局", "中国人民政治协商会议", "中国人民银行")
_OPENINGS = ("关于", "印发", "转发", "批转", "发布", "公布", "《", "“", "中共")


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """Names and code; `inferred` lists the columns that are not printed in issuer or title."""

    level: str | None = None
    province: str | None = None
    prefecture: str | None = None
    county: str | None = None
    zone: str | None = None
    adcode: str | None = None
    candidates: tuple[str, ...] = ()
    inferred: frozenset[str] = field(default_factory=frozenset)
    undated: bool = False


def resolve_places(evidence: Evidence, day: date | None) -> Jurisdiction:
    """The jurisdiction of a document of that day."""
    issuer = evidence.issuers[0] if evidence.issuers else ""
    chain, zone, printed = _printed(evidence, issuer)
    if zone is not None and (zone.unit or zone.parent):
        return _filled(_by_code(str(zone.unit or zone.parent), day), zone, evidence, day, issuer, inferred=True)
    if chain and not _contradicts(chain, evidence, issuer):
        candidates = _of_chain(chain, day)
        decided = decide(candidates, evidence)
        if decided is None:
            return _open(candidates, zone, issuer)
        return _filled(decided, zone, evidence, day, issuer, inferred=not printed)
    if (issuer and is_national(issuer)) or (not issuer and is_national_number(evidence.number)):
        return Jurisdiction(level="national")
    level = _level(evidence, issuer)
    if level == "national":
        return Jurisdiction(level="national")
    place = (None if issuer else self_named(evidence, day)) or from_text(evidence, level, day)
    if place is None:
        level = level or level_of_ending(self_ending(evidence.text))
        return Jurisdiction(level=level, zone=zone.name if zone else None)
    return _filled(place, zone, evidence, day, issuer, inferred=True)


def place_of_code(code: str, day: date | None, found: Jurisdiction) -> Jurisdiction:
    """A jurisdiction by its code, as a manifest gives it; zone and a township's level are kept from the document."""
    level = found.level if found.level in ("township", "village") else None
    filled = _filled(_by_code(code, day), None, Evidence(), day, "", inferred=True)
    return replace(filled, level=level or filled.level, zone=found.zone, adcode=code)


def _printed(evidence: Evidence, issuer: str) -> tuple[tuple[Named, ...], Zone | None, bool]:
    """The chain of places that issuer or title print, the zone there, and whether it is printed in full."""
    for name in evidence.issuers:
        bare = _without(name, _PREFIXES)
        chain = chain_in(bare, anywhere=True)
        zone = zone_in(bare, chain[-1].end if chain else 0)
        short = short_chain(bare) if zone is not None and not chain else None
        if chain or zone is not None:
            return chain or ((short,) if short is not None else ()), zone, bool(chain)
    for title in evidence.titles:
        bare = _without(title, _OPENINGS)
        chain = chain_in(bare, anywhere=True)
        short = short_chain(bare)
        zone = zone_at_head(bare, 0)
        if zone is not None:
            return chain, zone, True
        if chain and (short is None or chain[0].start == 0):
            return chain, _acting(zone_at_head(bare, chain[-1].end if chain[0].start == 0 else 0), evidence), True
        if short is not None and _is_backed(short, evidence):
            return (short,), _acting(zone_at_head(bare, short.end), evidence), False
        if chain:
            return chain, None, True
        common = common_at_head(bare)
        if common and any(support(place, evidence) > 0 for place in common[0].places):
            return common, None, True
    known = next((zone for zone in map(zone_within, evidence.titles) if zone is not None), None)
    if known is not None and not issuer:
        return (), known, False
    alone = next((zone for zone in (zone_alone(_without(title, _OPENINGS)) for title in evidence.titles) if zone is not None), None)
    return (), alone, False


def _contradicts(chain: Sequence[Named], evidence: Evidence, issuer: str) -> bool:
    """A title's place is not the issuer's where 省卫生健康委 writes about one of its cities."""
    stated = stated_level(issuer)
    if stated is None or chain[0].name in issuer:
        return False
    return all(place.level != stated for place in chain[-1].places)


def _acting(zone: Zone | None, evidence: Evidence) -> Zone | None:
    """A zone in a title speaks only where the text knows its administration; else the title is about it."""
    if zone is None or zone.unit is not None:
        return zone
    return zone if re.search(r"(?:我区|本区|全区|区管委会|区党工委|管委会决定|经管委会)", evidence.text) else None


def _without(text: str, openings: Iterable[str]) -> str:
    cut = True
    while cut:
        cut = False
        for opening in openings:
            if text.startswith(opening):
                text = text[len(opening) :]
                cut = True
    return text


def _is_backed(short: Named, evidence: Evidence) -> bool:
    """A short name counts where it is a province, or where its full name stands in the text."""
    return any(place.level == "province" or evidence.counts[place.name] > 0 for place in short.places)


def _of_chain(chain: Sequence[Named], day: date | None) -> list[Place]:
    """Places that the last name of a chain may mean, below those before it."""
    found = list(chain[-1].places)
    if any(place.level == "province" for place in found) and len(chain) == 1:
        found = [place for place in found if place.level == "province"] or found
    for named in chain[:-1]:
        codes = {place.code for place in named.places}
        below = [place for place in found if codes & {place.parent, place.code[:2] + "0000", place.code[:4] + "00"}]
        found = below or found
    valid = [place for place in found if place.holds(day)] or found
    above = {place.parent for place in valid} & {place.code for place in valid}
    return one_per_unit([place for place in valid if place.parent not in above])


def _open(candidates: Sequence[Place], zone: Zone | None, issuer: str) -> Jurisdiction:
    """Several places of one name: what they share stays, the rest is listed."""
    levels = {place.level for place in candidates}
    provinces = {place.code[:2] for place in candidates}
    shared = _name(next(iter(provinces)) + "0000", None) if len(provinces) == 1 else None
    return Jurisdiction(
        level="township" if township_in(issuer) else next(iter(levels)) if len(levels) == 1 else None,
        province=shared,
        zone=zone.name if zone else None,
        candidates=tuple(sorted(f"{_full_name(place)}（{place.code}）" for place in candidates)),
        inferred=frozenset({"province"}) if shared else frozenset(),
    )


def _level(evidence: Evidence, issuer: str) -> str | None:
    stated = stated_level(issuer) or greeted_level(evidence.greeting)
    titled = (titled_level(title) for title in evidence.titles)
    return "township" if township_in(issuer) else stated or next((one for one in titled if one is not None), None)


def _by_code(code: str, day: date | None) -> Place:
    place = current(places_by_code()[code], day)
    assert place is not None
    return place


def _filled(
    place: Place, zone: Zone | None, evidence: Evidence, day: date | None, issuer: str, *, inferred: bool
) -> Jurisdiction:
    county = place.name if place.level == "county" else None
    above = place.parent if place.level == "county" else place.code
    prefecture = _name(above, day) if above and not above.endswith("0000") else None
    province = _name(place.code[:2] + "0000", day)
    own_zone = zone.name if zone is not None else None
    level: str | None = "township" if any(township_in(one) for one in evidence.issuers[:1]) else place.level
    if zone is not None and place.level != "county":
        level = "county" if place.level == "prefecture" else None
    printed = "".join((*evidence.issuers, *evidence.titles))
    columns = {"province": province, "prefecture": prefecture, "county": county}
    unprinted = {name for name, value in columns.items() if value is not None and value not in printed}
    return Jurisdiction(
        level=level,
        province=province,
        prefecture=prefecture,
        county=county,
        zone=own_zone,
        adcode=place.code,
        inferred=frozenset(unprinted | ({"adcode"} if inferred else set())),
        undated=place.undated and day is not None,
    )


def _name(code: str, day: date | None) -> str | None:
    places = places_by_code().get(code, ())
    place = current(places, day)
    return None if place is None else place.name


def _full_name(place: Place) -> str:
    names = [_name(place.code[:2] + "0000", None)] if place.level != "province" else []
    if place.level == "county" and not place.parent.endswith("0000"):
        names.append(_name(place.parent, None))
    return "".join(name for name in (*names, place.name) if name is not None)
