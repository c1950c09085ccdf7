"""Columns of a target that follow from others, made anew where a reviewer changes what they follow from.

A corrected value (80 -> 85) must compare as 85: `canonical_value`, the indicator's key and its registry id go with it.
"""

from __future__ import annotations

from policy_commitments.pipeline.resolve.indicators import indicator_id, indicator_key, place_names
from policy_commitments.pipeline.resolve.measures import canonical_measure, dimension_of
from policy_commitments.pipeline.resolve.wording import canonical_per
from policy_commitments.schemas.records import DocumentRecord, TargetRecord

SOURCES = frozenset({"indicator", "value", "unit", "per", "kind", "basis"})


def derive(row: TargetRecord, document: DocumentRecord) -> None:
    """Set dimension, indicator_key, indicator_id, canonical_value and canonical_unit from the row's other columns."""
    places = place_names(document)
    row.dimension = dimension_of(row.unit)
    row.indicator_key = indicator_key(row.indicator, row.per, row.kind, places)
    row.indicator_id = indicator_id(row.indicator, row.unit, row.per, row.kind, row.basis, places)
    per = canonical_per(row.per) if row.indicator_key.startswith("每") else None
    row.canonical_value, row.canonical_unit = canonical_measure(row.value, row.unit, per)
