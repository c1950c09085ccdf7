"""Responsible agencies: the table of sentences, the examples of the vocabularies, and what holds for any text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_commitments.extractors.agencies import (
    extract_agencies,
    find_order_rule,
    owner_of,
    owners_of,
    read_agencies,
    split_agencies,
)
from policy_commitments.extractors.agency_names import is_name
from policy_commitments.extractors.folding import fold
from policy_commitments.schemas.mentions import AgencyMention
from policy_commitments.schemas.vocabulary import load_entries

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "agencies.yml").read_text(encoding="utf-8")
)
ROLES = load_entries("agency_roles", ("id", "kind", "role", "words", "examples"))
HEADS = load_entries("agency_heads", ("id", "strength", "words", "examples"))


def _shown(mentions: list[AgencyMention]) -> list[str]:
    return [f"{mention.role} {mention.agency}" for mention in mentions]


def _found(case: dict[str, Any]) -> list[str]:
    text = fold(case["text"])
    kind = case.get("kind", "extract")
    if kind == "cell":
        return _shown(list(split_agencies(text, 0, len(text), case["role"])))
    if kind == "owner":
        owner = owner_of(text, 0, len(text))
        return _shown([] if owner is None else [owner])
    if kind == "unread":
        return [text[start:end] for start, end in read_agencies(text, 0, len(text))[1]]
    assert kind == "extract", f"unknown kind {kind!r}"
    return _shown(list(extract_agencies(text, 0, len(text), find_order_rule(text))))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:30])
def test_case(case: dict[str, Any]) -> None:
    assert _found(case) == case["expect"], case["why"]


def test_cases_are_many_and_distinct() -> None:
    keys = {(case.get("kind", "extract"), case["text"]) for case in CASES}
    assert len(keys) == len(CASES) >= 100


@pytest.mark.parametrize("example", [(e, x) for e in ROLES for x in e["examples"]], ids=lambda pair: pair[1])
def test_examples_of_roles(example: tuple[dict[str, Any], str]) -> None:
    entry, sentence = example
    text = fold(sentence)
    found = [mention for mention in extract_agencies(text, 0, len(text)) if mention.agency == "市财政局"]
    assert [mention.role for mention in found] == [entry["role"] or "responsible"]


@pytest.mark.parametrize("name", [x for e in HEADS for x in e["examples"]])
def test_examples_of_heads(name: str) -> None:
    assert is_name(name)


def test_span_is_the_name() -> None:
    text = fold("前文。（牵头单位：县林业\n局；责任单位：县财政局（国资中心））后文")
    for mention in extract_agencies(text, 0, len(text)):
        assert "".join(text[mention.start : mention.end].split()) == mention.agency


def test_only_the_asked_part_is_read() -> None:
    text = "（县林业局负责）（县水利局负责）"
    assert [m.agency for m in extract_agencies(text, 8, len(text))] == ["县水利局"]


def test_groups_count_the_brackets() -> None:
    text = "（县林业局牵头，县水利局配合）又（县财政局负责）"
    assert [m.group for m in extract_agencies(text, 0, len(text))] == [0, 0, 1]


def test_repeated_name_stands_once_in_a_bracket_and_role() -> None:
    text = "（牵头单位：县林业局；责任单位：县林业局、县水利局、县林业局）"
    assert _shown(list(extract_agencies(text, 0, len(text)))) == ["lead 县林业局", "responsible 县林业局", "responsible 县水利局"]


def test_order_rule_far_from_its_lists() -> None:
    text = "说明：列第一位的为牵头单位。" + "加强管理。" * 200 + "（责任单位：县林业局、县水利局）"
    rule = find_order_rule(text)
    assert rule is not None
    found = extract_agencies(text, len(text) - 20, len(text), rule)
    assert _shown(list(found)) == ["lead 县林业局", "responsible 县水利局"]


def test_all_owners_of_a_duty() -> None:
    text = "2.县教育局、县体育局：组织青少年活动。"
    assert _shown(list(owners_of(text, 0, len(text)))) == ["responsible 县教育局", "responsible 县体育局"]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="（）〔〕县市财政局责任单位牵头负责配合、，；：。 \n等和及各1年★", max_size=80))
def test_any_text_gives_spans_inside_it(text: str) -> None:
    folded = fold(text)
    for mention in extract_agencies(folded, 0, len(folded), find_order_rule(folded)):
        assert 0 <= mention.start < mention.end <= len(folded)
        assert "".join(folded[mention.start : mention.end].split()) == mention.agency
    assert all(0 <= a < b <= len(folded) for a, b in read_agencies(folded, 0, len(folded))[1])
