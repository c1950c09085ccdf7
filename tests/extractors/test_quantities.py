"""Promised quantities: the tables of sentences, the vocabularies' examples, and what holds for any text."""

from __future__ import annotations

import re
from time import process_time
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from policy_commitments.extractors.folding import fold
from policy_commitments.extractors.numerals import scan_figures
from policy_commitments.extractors.quantities import extract_quantities
from policy_commitments.pipeline.resolve.numbers import NumeralError, read_number
from policy_commitments.pipeline.resolve.quantities import resolve_quantity
from policy_commitments.schemas.vocabulary import load_entries
from tests.extractors.bed import CASES as CASE_FOLDER
from tests.extractors.bed import QUANTITY_FILES, Case, agrees, load, masked, own_reader

CASES = [(name, case) for name in QUANTITY_FILES for case in load(name)]
EVERY = [*(case for _, case in CASES), *(c for name in ("milestones", "deadlines", "agencies") for c in load(name))]
KEYS = {
    "measures": ("id", "words", "dimension", "si", "factor", "examples"),
    "denominators": ("id", "words", "stays", "examples"),
    "comparators": ("id", "comparator", "place", "words", "examples"),
    "modality": ("id", "strength", "words", "examples"),
    "quantity_verbs": ("id", "form", "direction", "basis", "words", "examples"),
}
AT_LEAST = {"comparators": 120, "measures": 100, "negatives": 100, "indicators": 60, "milestones": 40, "deadlines": 100, "agencies": 80}
NOUNS = sorted(
    {fold(word) for name, keys in KEYS.items() for e in load_entries(name, keys) for word in e["words"]},
    key=len,
    reverse=True,
)


@pytest.mark.parametrize("pair", CASES, ids=lambda pair: f"{pair[0]} {pair[1]['text'][:28]}")
def test_case(pair: tuple[str, Case]) -> None:
    case = pair[1]
    found = own_reader(case["text"])
    assert agrees(case, found), (case["why"], found)


@pytest.mark.parametrize("name", sorted(AT_LEAST))
def test_enough_cases(name: str) -> None:
    texts = [(case["text"], case.get("issued"), case.get("kind"), case.get("role")) for case in load(name)]
    assert len(texts) >= AT_LEAST[name]
    assert name == "agencies" or len(set(texts)) == len(texts)


def test_sentences_are_many_and_distinct() -> None:
    texts = {case["text"] for case in EVERY}
    assert len(texts) >= 500
    assert len({masked(fold(text), NOUNS) for text in texts}) >= 300


def test_every_case_says_why() -> None:
    assert [case["text"] for case in EVERY if not case.get("why")] == []


def _examples(name: str) -> list[tuple[dict[str, Any], str]]:
    return [(entry, shown) for entry in load_entries(name, KEYS[name]) for shown in entry["examples"]]


@pytest.mark.parametrize("pair", _examples("measures"), ids=lambda pair: f"{pair[0]['id']} {pair[1][:20]}")
def test_examples_of_measures(pair: tuple[dict[str, Any], str]) -> None:
    entry, example = pair
    text = fold(example)
    found = {(figure.unit, figure.dimension) for figure in scan_figures(text, 0, len(text))}
    assert (entry["id"], entry["dimension"]) in found


@pytest.mark.parametrize("pair", _examples("comparators"), ids=lambda pair: f"{pair[0]['id']} {pair[1][:20]}")
def test_examples_of_comparators(pair: tuple[dict[str, Any], str]) -> None:
    entry, example = pair
    assert entry["comparator"] in {row["comparator"] for row in own_reader(example)}


@pytest.mark.parametrize("pair", _examples("denominators"), ids=lambda pair: f"{pair[0]['id']} {pair[1][:20]}")
def test_examples_of_denominators(pair: tuple[dict[str, Any], str]) -> None:
    entry, example = pair
    text = fold(example)
    pers = {mention.per for mention in extract_quantities(text, 0, len(text))}
    assert pers & {fold(word) for word in entry["words"]}


@pytest.mark.parametrize("pair", _examples("modality"), ids=lambda pair: f"{pair[0]['id']} {pair[1][:20]}")
def test_examples_of_modality(pair: tuple[dict[str, Any], str]) -> None:
    entry, example = pair
    strengths = {row["strength"] for row in own_reader(example)}
    assert strengths == {None if entry["strength"] == "firm" else entry["strength"]}


@pytest.mark.parametrize("pair", _examples("quantity_verbs"), ids=lambda pair: f"{pair[0]['id']} {pair[1][:20]}")
def test_examples_of_verbs(pair: tuple[dict[str, Any], str]) -> None:
    entry, example = pair
    text = fold(example)
    mentions = list(extract_quantities(text, 0, len(text)))
    assert {mention.verb for mention in mentions} & {fold(word) for word in entry["words"]} or entry["form"] == "quota"
    assert mentions


@pytest.mark.parametrize(
    ("text", "value"),
    [("三千五百", 3500), ("百亿", 1e10), ("两万五", 25000), ("三百二", 320), ("一百零五", 105), ("三亿五千万", 3.5e8), ("一万亿", 1e12), ("九点五", 9.5), ("二〇二五", 2025), ("半", 0.5), ("十二", 12), ("5,000", 5000)],
)  # fmt: skip
def test_numerals(text: str, value: float) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize("text", ["", "点五", "三点", "甲", "一二十甲"])
def test_no_numerals(text: str) -> None:
    with pytest.raises(NumeralError):
        read_number(text)


PIECES = ["到2025年", "力争", "不低于", "达到", "30%", "1.5万", "个", "以上", "每", "千人口", "由", "提高到", "分别", "、", "和", "，", "。", "；", "（", "）", "“", "元", "下降", "3—5", "翻番", "全覆盖", "新建", "按照", "的", "百分之五", "一半", "1：2", "各县", "补助", "\n", " ", "10/10万", "其中", "20余", "零增长"]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
@example("按照到2025年30%补助")  # the base of the rate is nothing but a date
def test_any_text_gives_spans_inside_and_no_error(text: str) -> None:
    folded = fold(text)
    for mention in extract_quantities(folded, 0, len(folded)):
        assert 0 <= mention.start <= mention.number[0] < mention.number[1] <= mention.end <= len(folded)
        assert mention.end - mention.start <= 300
        assert all(0 <= a < b <= len(folded) for a, b in mention.indicator_spans)
        resolve_quantity(mention)


@pytest.mark.parametrize("piece", ["1", "一", "每1个", "到2025年达到30%，", "（3个", "、5家", "提高到", "分别为1%、", "“5", "占"])
def test_time_grows_with_the_text_only(piece: str) -> None:
    """Ten times the text takes about ten times as long, not a hundred times."""
    times = []
    for size in (3_000, 30_000):
        text = piece * (size // len(piece))
        began = process_time()
        for _ in extract_quantities(text, 0, len(text)):
            pass
        times.append(process_time() - began)
    assert times[1] < 40 * times[0] + 0.5


def test_the_readme_counts_the_cases() -> None:
    readme = (CASE_FOLDER / "README.md").read_text(encoding="utf-8")
    counts = dict(re.findall(r"^\| `(\w+)\.yml` \| (\d+) \|", readme, re.MULTILINE))
    assert counts == {name: str(len(load(name))) for name in AT_LEAST}


def test_deeds_stand_in_the_names_of_their_examples() -> None:
    entries = load_entries("deeds", ("id", "words", "examples"))
    for entry in entries:
        for shown in entry["examples"]:
            (mention,) = extract_quantities(fold(shown), 0, len(shown))
            assert mention.indicator.endswith(tuple(entry["words"])), (shown, mention.indicator)
    assert len(entries) == 5
