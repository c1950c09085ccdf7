"""Labels of headings: the table of texts, and what holds for any text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_commitments.extractors.folding import fold
from policy_commitments.extractors.headings import LINE_LABEL, extract_bare_numbers, extract_headings

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "headings.yml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:24])
def test_case(case: dict[str, Any]) -> None:
    text = fold(case["text"].replace("|", "\n"))
    found = [f"{one.kind} {one.number} {one.place}" for one in extract_headings(text)]
    assert found == case["expect"], case["why"]


def test_bare_number_needs_a_word_behind_it() -> None:
    assert [one.number for one in extract_bare_numbers("2第三批清单", 0, 6)] == ["2"]
    assert list(extract_bare_numbers("2024年工作", 0, 7)) == []
    assert list(extract_bare_numbers("3个县", 0, 3)) == []


@pytest.mark.parametrize("line", ["一、总体要求", "（二）修渠", "3．补坝", "4.1 种树", "——登记", "附件1", "第三节 管护"])
def test_lines_that_begin_with_a_label(line: str) -> None:
    assert LINE_LABEL.match(line)


@pytest.mark.parametrize("line", ["2024年6月5日", "3.39人", "第三条规定的", "一些地方", "1:1.26", "12%以上"])
def test_lines_that_do_not(line: str) -> None:
    assert not LINE_LABEL.match(line)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="一二十（）()1239.、．①——第章节条。；：\n 甲乙附件专栏是要年", max_size=60), st.integers(0, 10))
def test_labels_are_ordered_spans_of_the_text(raw: str, start: int) -> None:
    text = fold(raw)
    at = start
    for one in extract_headings(text, min(start, len(text))):
        assert at <= one.start < one.end <= len(text)
        assert one.number in text[one.start : one.end]
        at = one.end
