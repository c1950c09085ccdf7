"""This project on the sentences of the test bed, in the form of the other readers."""

from __future__ import annotations

from datetime import date
from typing import Any

from policy_commitments.extractors.deadlines import extract_deadlines
from policy_commitments.extractors.folding import fold
from policy_commitments.pipeline.resolve.dates import resolve_deadlines
from tests.extractors.bed import own_reader


def read(sentence: dict[str, Any]) -> list[dict[str, Any]]:
    """Quantities and deadlines of one sentence."""
    folded = fold(sentence["text"])
    issued = date.fromisoformat(sentence["issued"]) if sentence["issued"] else None
    dates = (one for mention in extract_deadlines(folded, 0, len(folded)) for one in resolve_deadlines(mention, issued))
    quantities = [{name: row[name] for name in ("value", "unit", "comparator")} for row in own_reader(sentence["text"])]
    return [*quantities, *({"deadline": str(one.deadline)} for one in dates if one.deadline is not None)]
