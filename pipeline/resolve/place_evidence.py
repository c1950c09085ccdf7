"""What speaks for a place: names in text, numbers that it cites, how it calls itself; which of several places they mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from policy_commitments.pipeline.resolve.place_hints import self_ending
from policy_commitments.pipeline.resolve.place_names import (
    count_names,
    province_of_number,
    province_short_names,
    provinces_of_numbers,
)
from policy_commitments.schemas.places import (
    Place,
    places_by_code,
    places_by_name,
    places_by_short_name,
    short_name,
)

_OWN_CASE = re.compile(r"(?:结合|立足|针对|符合)(?P<name>[㐀-鿿]{2,4}?)(?=实际)")
_ABOUT = re.compile(
    r"(?:加快|推动|促进|推进|支持|助力|提升|稳定)(?P<name>[㐀-鿿]{2,3})(?=经济|产业|高质量|农业|工业|教育|旅游|文化|科技|城市|跨越|创新|绿色|发展)"
)


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


def one_per_unit(places: Sequence[Place]) -> list[Place]:
    """Of one unit under several codes or names, the latest."""
    latest: dict[tuple[str, str], Place] = {}
    for place in places:
        latest[place.name, place.code[:4] if place.level == "county" else place.code[:2]] = place
    return list(latest.values())


def decide(candidates: Sequence[Place], evidence: Evidence) -> Place | None:
    """The one candidate, or the one whose city and province the document names most; None in doubt."""
    if len(candidates) == 1:
        return candidates[0]
    scores = sorted(((support(place, evidence), place.code, place) for place in candidates), key=lambda one: one[:2])
    best, second = scores[-1], scores[-2]
    return best[2] if best[0] > second[0] else None


def support(place: Place, evidence: Evidence) -> int:
    """How much the document's other names and numbers speak for a place; 0 without any."""
    printed = "".join((*evidence.issuers, *evidence.titles))
    total = 3 * (place.level == "county" and any(short_name(one.name) in printed for one in places_by_code().get(place.parent, ())))
    for code, weight in ((place.parent, 3), (place.code[:2] + "0000", 2)):
        for above in places_by_code().get(code, ()):
            total += weight * evidence.counts[above.name]
            if above.level == "province":
                total += evidence.counts[short_name(above.name)] + 2 * evidence.cited[above.name]
                total += 4 * (province_of_number(evidence.number) == above.name)
    return total


def from_text(evidence: Evidence, level: str | None, day: date | None) -> Place | None:
    """A jurisdiction that only the text names: the place of that level which it names most, alone at the top."""
    number = province_of_number(evidence.number)
    if number is not None and level in (None, "province"):
        return current(places_by_name()[number], day)
    ending = self_ending(evidence.text)
    if level is None and ending is None:
        return None
    ranked: Counter[Place] = Counter()
    for name, count in evidence.counts.items():
        place = current(_candidates_of(name, evidence), day)
        if place is not None and _fits(place, level, ending):
            ranked[place] += count
    top = ranked.most_common(2)
    if not top or (len(top) > 1 and top[0][1] < 2 * top[1][1]):
        return None
    return top[0][0] if top[0][1] > 1 or len(top) == 1 else None


def self_named(evidence: Evidence, day: date | None) -> Place | None:
    """The place that a document calls itself without an ending: `结合青禾实际`, `加快青禾经济发展` where 区财政局 acts."""
    told = [match["name"] for match in _OWN_CASE.finditer(evidence.text)]
    about = [match["name"] for title in evidence.titles for match in _ABOUT.finditer(title)]
    for name in dict.fromkeys([*told, *about]):
        places = [place for place in one_per_unit(places_by_short_name().get(name, ())) if place.holds(day)]
        full = [place for place in places if evidence.counts[place.name] > 0]
        if name not in told and not full:
            places = [place for place in places if evidence.text.count(name) > 1 and _acts(place, evidence)]
        chosen = full or places
        if len(chosen) == 1:
            return chosen[0]
    return None


def _acts(place: Place, evidence: Evidence) -> bool:
    """Offices are called by the place's own sign: 区经信局 of a district."""
    return re.search(rf"(?<![㐀-鿿]){place.name[-1]}(?!级|直)[㐀-鿿]{{1,8}}[局委办](?![㐀-鿿])", evidence.text) is not None


def _fits(place: Place, level: str | None, ending: str | None) -> bool:
    """Whether a place may be what the text means by 我县 or 我市, at the level that is known."""
    if level in ("county", "township"):
        return place.level == "county" and (ending in (None, "省", "州") or place.name.endswith(str(ending)))
    if level == "prefecture":
        return place.level == "prefecture" or place.is_municipality
    if level == "province":
        return place.level == "province"
    return place.name.endswith(str(ending)) and (place.level != "province" or place.is_municipality or ending == "省")


def _candidates_of(name: str, evidence: Evidence) -> Sequence[Place]:
    short = province_short_names().get(name)
    if short is not None and name not in places_by_name():
        return (short,)
    places = one_per_unit(places_by_name().get(name, ()))
    chosen = decide(places, evidence) if places else None
    return () if chosen is None else (chosen,)


def current(places: Sequence[Place], day: date | None) -> Place | None:
    """The place that is valid on that day (today without one), else the last of them."""
    valid = [place for place in places if place.holds(day)]
    return (valid or list(places))[-1] if places else None
