"""Dated promises without a quantity: the table of sentences, and what holds for any text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_commitments.extractors.deadlines import extract_deadlines
from policy_commitments.extractors.folding import fold
from policy_commitments.extractors.milestones import extract_milestones
from policy_commitments.extractors.quantities import extract_quantities
from policy_commitments.schemas.mentions import MilestoneMention
from tests.extractors.bed import Case, agrees, load


def _found(text: str) -> list[MilestoneMention]:
    folded = fold(text)
    end = len(folded)
    deadlines, quantities = list(extract_deadlines(folded, 0, end)), list(extract_quantities(folded, 0, end))
    return list(extract_milestones(folded, 0, end, deadlines, quantities))


def _row(mention: MilestoneMention) -> dict[str, Any]:
    return {"what": mention.what, "date": mention.deadline.text, "strength": mention.strength}


@pytest.mark.parametrize("case", load("milestones"), ids=lambda case: case["text"][:28])
def test_case(case: Case) -> None:
    found = [_row(mention) for mention in _found(case["text"])]
    assert agrees(case, found), (case["why"], found)


PIECES = ["到2025年", "力争", "2026年6月底前", "建成", "体系", "完善", "，", "。", "；", "（", "）", "完成时限：", "每年", "30%", "\n", "根据", "已", "责任单位：县财政局"]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_any_text_gives_spans_inside_and_no_error(text: str) -> None:
    for mention in _found(text):
        assert 0 <= mention.start < mention.end <= len(fold(text))
        assert mention.end - mention.start <= 300
