"""Indicator wording to `indicator_key` (normalised wording) and `indicator_id` (registry id or None).

`全县家庭医生签约服务（重点人群）覆盖率` and `家庭医生签约服务重点人群覆盖率` share a key; a registry id needs measure and
denominator to fit as well, so that a number of beds and beds per thousand people never meet.
"""

from __future__ import annotations

import re
from functools import lru_cache

from policy_commitments.pipeline.resolve.measures import dimension_of
from policy_commitments.pipeline.resolve.registry import registry
from policy_commitments.pipeline.resolve.wording import read_wording
from policy_commitments.schemas.records import DocumentRecord

_SUFFIX = re.compile(r"(?<!自治)(?:省|市|地区|区|县|旗|盟)$")


def indicator_key(
    indicator: str, per: str | None = None, kind: str | None = None, places: tuple[str, ...] = ()
) -> str:
    """Normalised wording; `per` is part of it, so that 每千人口 and 每万人口 stay apart (not the 年 of a growth rate)."""
    wording = read_wording(indicator, per, places)
    return wording.bare if kind == "rate_of_change" and wording.per == "年" else wording.key


def indicator_id(
    indicator: str,
    unit: str | None,
    per: str | None,
    kind: str,
    basis: str | None = None,
    places: tuple[str, ...] = (),
) -> str | None:
    """Registry id of an indicator whose unit, denominator, kind and basis fit the entry; None for all others."""
    return registry().match(read_wording(indicator, per, places), dimension_of(unit), kind, basis)


def place_names(document: DocumentRecord) -> tuple[str, ...]:
    """Names that open an indicator and only say whose it is: 开江县, 开江 (longest first)."""
    return _forms((document.county, document.zone, document.prefecture, document.province))


@lru_cache(maxsize=4_096)
def _forms(names: tuple[str | None, ...]) -> tuple[str, ...]:
    forms = {form for name in names if name for form in (name, _SUFFIX.sub("", name)) if len(form) > 1}
    return tuple(sorted(forms, key=lambda form: (-len(form), form)))
