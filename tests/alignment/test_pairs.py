"""Precision and recall of alignment on labelled pairs; the registry's part and the alignment's part apart."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from policy_commitments.pipeline.alignment.phrase import read_phrase
from policy_commitments.pipeline.alignment.score import judge
from policy_commitments.pipeline.resolve.indicators import indicator_id
from policy_commitments.pipeline.resolve.measures import dimension_of
from policy_commitments.pipeline.resolve.registry import registry
from policy_commitments.pipeline.resolve.wording import Wording, read_wording
from policy_commitments.schemas.vocabulary import load_entries, read_yaml

Pair = dict[str, Any]
LABELS = {"same", "different", "broader"}


@cache
def pairs() -> list[Pair]:
    path = Path(__file__).with_name("pairs.yml")
    loaded: list[Pair] = read_yaml(path.read_text(encoding="utf-8"), path.name)
    return loaded


def _sides(pair: Pair) -> tuple[tuple[Wording, str | None], tuple[Wording, str | None]]:
    per, unit = pair.get("per"), pair["unit"]
    return (
        (read_wording(pair["a"], per), _unit(unit)),
        (read_wording(pair["b"], pair.get("b_per", per)), _unit(pair.get("b_unit", unit))),
    )


def _unit(unit: str) -> str | None:
    return None if unit == "none" else unit


def aligned(pair: Pair) -> str:
    """Relation of a pair as the alignment sees it: other dimensions and denominators are other blocks."""
    (one, unit), (other, other_unit) = _sides(pair)
    if one.per != other.per or dimension_of(unit) != dimension_of(other_unit):
        return "different"
    return judge(read_phrase(one.bare), read_phrase(other.bare)).relation


def registered(pair: Pair) -> str:
    """Relation of a pair as the registry alone sees it: same where both wordings have one id."""
    ids = [
        indicator_id(pair[side], _unit(pair.get(f"{side}_unit", pair["unit"])), pair.get(f"{side}_per", pair.get("per")), "level")
        for side in ("a", "b")
    ]
    return "same" if ids[0] is not None and ids[0] == ids[1] else "different"


def figures(relation_of: Any) -> tuple[float, float]:
    """(precision, recall) of "same"; precision is 1 where nothing was called the same."""
    counts = Counter((pair["label"] == "same", relation_of(pair) == "same") for pair in pairs())
    right, wrong, missed = counts[True, True], counts[False, True], counts[True, False]
    return right / (right + wrong) if right + wrong else 1.0, right / (right + missed)


def test_the_set_is_large_and_half_of_it_real() -> None:
    assert len(pairs()) >= 200
    assert sum(pair["source"] == "drawn" for pair in pairs()) * 2 >= len(pairs())
    assert {pair["label"] for pair in pairs()} == LABELS
    assert len({frozenset((pair["a"], pair["b"])) for pair in pairs()}) == len(pairs())


def test_no_wording_stands_in_the_registry() -> None:
    keys = {key for key, _ in registry().by_key}
    known = {side.key for pair in pairs() for side, _ in _sides(pair)} & keys
    assert not known


def test_alignment_is_precise_and_finds_nine_of_ten(capsys: pytest.CaptureFixture[str]) -> None:
    precision, recall = figures(aligned)
    alone = figures(registered)
    broader = [pair for pair in pairs() if pair["label"] == "broader"]
    found = sum(aligned(pair) == "broader" for pair in broader)
    with capsys.disabled():
        print(f"\nalignment only: precision {precision:.3f}, recall {recall:.3f} of {len(pairs())} pairs; broader {found} of {len(broader)}")
        print(f"registry only: precision {alone[0]:.3f}, recall {alone[1]:.3f} (none of the wordings is an alias)")
    assert precision >= 0.97
    assert recall >= 0.90
    assert found >= 0.8 * len(broader)


@pytest.mark.parametrize("pair", [pair for pair in pairs() if pair["label"] == "broader"], ids=lambda pair: str(pair["a"]))
def test_a_narrower_scope_never_merges(pair: Pair) -> None:
    assert aligned(pair) != "same"


def test_judging_has_no_sides() -> None:
    mirror = {"same": "same", "different": "different", "broader": "narrower", "narrower": "broader"}
    for pair in pairs():
        turned = {**pair, "a": pair["b"], "b": pair["a"]}
        turned |= {"unit": pair.get("b_unit", pair["unit"]), "b_unit": pair["unit"]}
        if "b_per" not in pair:
            assert aligned(turned) == mirror[aligned(pair)], pair


# --- the vocabularies behind it


@pytest.mark.parametrize(
    "entry", load_entries("indicator_scopes", ("id", "group", "combines", "words", "examples")), ids=lambda e: str(e["id"])
)
def test_scopes_are_read(entry: Pair) -> None:
    assert entry["id"].startswith(entry["group"] + ".") and entry["combines"] in ("limit", "union")
    for example in entry["examples"]:
        scopes = read_phrase(read_wording(example).bare).scopes
        assert any(name.removesuffix("以上") == entry["id"] for name in scopes.get(entry["group"], ())), scopes


@pytest.mark.parametrize(
    "entry", load_entries("indicator_wording", ("id", "kind", "words", "examples")), ids=lambda e: str(e["id"])
)
def test_words_that_may_differ(entry: Pair) -> None:
    for example in entry["examples"]:
        (word, *_) = sorted((one for one in entry["words"] if one in example), key=lambda one: -len(one))
        instead = entry["words"][0] if entry["kind"] == "synonym" and word != entry["words"][0] else ""
        instead = entry["words"][1] if entry["kind"] == "synonym" and not instead else instead
        other = example.replace(word, instead)
        found = judge(read_phrase(read_wording(example).bare), read_phrase(read_wording(other).bare))
        assert found.relation == "same" or (entry["kind"] == "soft" and found.score >= 0.6), (example, other, found)
