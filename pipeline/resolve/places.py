"""Jurisdiction of a document: province, prefecture, county and code valid at its date, from the evidence that it prints.

`鼓楼区人民政府` may be one of four districts: the text's other names decide, or it stays open with its candidates.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from policy_commitments.pipeline.resolve.place_hints import (
    generic_level,
    greeted_level,
    is_national,
    is_national_number,
    self_ending,
    township_in,
)
from policy_commitments.pipeline.resolve.place_names import (
    Named,
    chain_in,
    count_names,
    province_of_number,
    province_short_names,
    provinces_of_numbers,
    short_chain,
)
from policy_commitments.pipeline.resolve.zones import Zone, zone_at_head, zone_in
from policy_commitments.schemas.places import Place, places_by_code, places_by_name, short_name

_PREFIXES = ("中国共产党", "中共", "共青团", "国家税务总局", "国家统计局", "中国人民政治协商会议", "中国人民银行")
_OPENINGS = ("关于", "印发", "转发", "批转", "发布", "公布", "《", "“", "中共")


@dataclass(frozen=True)
class Evidence:
    """What a document says about where it comes from; every piece may be empty."""

    issuers: Sequence[str] = ()
    titles: Sequence[str] = ()
    number: str = ""
    greeting: str = ""
    text: str = ""

    @cached_property
    def counts(self) -> Counter[str]:
        """Names of places in text, titles and issuers."""
        return count_names("\n".join((*self.titles, *self.issuers, self.text)))

    @cached_property
    def cited(self) -> Counter[str]:
        """Provinces of the numbers that the text cites."""
        return provinces_of_numbers(self.text)


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
    if chain:
        candidates = _of_chain(chain, day)
        decided = _decide(candidates, evidence)
        if decided is None:
            return _open(candidates, zone, issuer)
        return _filled(decided, zone, evidence, day, issuer, inferred=not printed)
    if (issuer and is_national(issuer)) or (not issuer and is_national_number(evidence.number)):
        return Jurisdiction(level="national")
    level = _level(evidence, issuer)
    if level == "national":
        return Jurisdiction(level="national")
    place = _from_text(evidence, level, day)
    if place is None:
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
        if chain and (short is None or chain[0].start == 0):
            return chain, _acting(zone_at_head(bare, chain[-1].end if chain[0].start == 0 else 0), evidence), True
        if short is not None and _is_backed(short, evidence):
            return (short,), _acting(zone_at_head(bare, short.end), evidence), False
        if chain:
            return chain, None, True
    return (), None, False


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
    return _one_per_unit([place for place in valid if place.parent not in above])


def _one_per_unit(places: Sequence[Place]) -> list[Place]:
    """Of one unit under several codes or names, the latest."""
    latest: dict[tuple[str, str], Place] = {}
    for place in places:
        latest[place.name, place.code[:4] if place.level == "county" else place.code[:2]] = place
    return list(latest.values())


def _decide(candidates: Sequence[Place], evidence: Evidence) -> Place | None:
    """The one candidate, or the one whose city and province the document names most; None in doubt."""
    if len(candidates) == 1:
        return candidates[0]
    scores = sorted(((_support(place, evidence), place.code, place) for place in candidates), key=lambda one: one[:2])
    best, second = scores[-1], scores[-2]
    return best[2] if best[0] > second[0] else None


def _support(place: Place, evidence: Evidence) -> int:
    total = 0
    for code, weight in ((place.parent, 3), (place.code[:2] + "0000", 2)):
        for above in places_by_code().get(code, ()):
            total += weight * evidence.counts[above.name]
            if above.level == "province":
                total += evidence.counts[short_name(above.name)] + 2 * evidence.cited[above.name]
                total += 4 * (province_of_number(evidence.number) == above.name)
    if place.level == "prefecture":
        total += 1
    return total


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
    greeted = greeted_level(evidence.greeting)
    stated = generic_level(issuer) or greeted
    if stated is not None:
        return stated
    title = next((level for title in evidence.titles if (level := generic_level(title)) is not None), None)
    if title is not None:
        return title
    ending = self_ending(evidence.text)
    return {"省": "province", "市": "prefecture", "州": "prefecture", "盟": "prefecture", "县": "county", "区": "county", "旗": "county"}.get(ending or "")


def _from_text(evidence: Evidence, level: str | None, day: date | None) -> Place | None:
    """A jurisdiction that only the text names: the place of that level which it names most, alone at the top."""
    number = province_of_number(evidence.number)
    if number is not None and level in (None, "province"):
        return _current(places_by_name()[number], day)
    wanted = "county" if level == "township" else level
    ending = self_ending(evidence.text)
    ranked: Counter[Place] = Counter()
    for name, count in evidence.counts.items():
        place = _current(_candidates_of(name, evidence), day)
        if place is not None and place.level == (wanted or place.level) and (wanted is None or _fits(place, ending)):
            ranked[place] += count
    top = ranked.most_common(2)
    if not top or wanted is None or (len(top) > 1 and top[0][1] < 2 * top[1][1]):
        return None
    return top[0][0] if top[0][1] > 1 or len(top) == 1 else None


def _fits(place: Place, ending: str | None) -> bool:
    return ending is None or place.name.endswith(ending) or place.level == "province" or (ending == "市" and place.level == "county")


def _candidates_of(name: str, evidence: Evidence) -> Sequence[Place]:
    short = province_short_names().get(name)
    if short is not None and name not in places_by_name():
        return (short,)
    places = _one_per_unit(places_by_name().get(name, ()))
    chosen = _decide(places, evidence) if places else None
    return () if chosen is None else (chosen,)


def _current(places: Sequence[Place], day: date | None) -> Place | None:
    valid = [place for place in places if place.holds(day)]
    return (valid or list(places))[-1] if places else None


def _by_code(code: str, day: date | None) -> Place:
    place = _current(places_by_code()[code], day)
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
    place = _current(places, day)
    return None if place is None else place.name


def _full_name(place: Place) -> str:
    names = [_name(place.code[:2] + "0000", None)] if place.level != "province" else []
    if place.level == "county" and not place.parent.endswith("0000"):
        names.append(_name(place.parent, None))
    return "".join(name for name in (*names, place.name) if name is not None)
