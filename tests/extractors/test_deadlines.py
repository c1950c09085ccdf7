"""Deadlines from text to dates: the table of sentences, the vocabulary's examples, and what holds for any text."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_commitments.extractors.deadline_words import entries, values
from policy_commitments.extractors.deadlines import extract_deadlines
from policy_commitments.extractors.folding import fold
from policy_commitments.pipeline.resolve.dates import deadline_problems, resolve_deadline, resolve_deadlines
from policy_commitments.schemas.mentions import DeadlineMention
from policy_commitments.schemas.vocabulary import load_entries

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "deadlines.yml").read_text(encoding="utf-8")
)
ENTRIES = load_entries("deadlines", ("id", "kind", "value", "words", "examples"), ("unless",))
EXAMPLES = [(entry, example) for entry in ENTRIES for example in entry["examples"]]
Row = tuple[str, bool, list[date | None], date | None, str | None]


def _mentions(text: str) -> list[DeadlineMention]:
    folded = fold(text)
    return list(extract_deadlines(folded, 0, len(folded)))


def _read(mention: DeadlineMention, issued: date | None) -> Row:
    found = list(resolve_deadlines(mention, issued))
    return mention.text, mention.governs, [one.deadline for one in found], found[-1].start, found[-1].recurrence


def _wanted(row: dict[str, Any]) -> Row:
    deadline = row.get("deadline")
    days = deadline if isinstance(deadline, list) else [deadline]
    return row["text"], row.get("governs", True), days, row.get("start"), row.get("recurrence")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:30])
def test_case(case: dict[str, Any]) -> None:
    found = [_read(mention, case.get("issued")) for mention in _mentions(case["text"])]
    assert found == [_wanted(row) for row in case["expect"]], case["why"]


def test_cases_are_many_and_distinct() -> None:
    assert len({(case["text"], case.get("issued")) for case in CASES}) == len(CASES) >= 200


def _shows(entry: dict[str, Any], mention: DeadlineMention) -> bool:
    """The mention holds a word of the entry, in the part or the form of the entry's kind."""
    kind, words, parts = entry["kind"], {fold(word) for word in entry["words"]}, mention.parts
    if kind in ("open", "after_open"):
        return mention.form == entry["value"] and not mention.governs
    if kind in ("condition", "rule"):
        return mention.form == "within" and not mention.governs
    if kind == "finished":
        return mention.form == "condition"
    if kind in ("urging", "standing", "fulfilment"):
        return mention.governs
    part = {"relative": "this", "plan_part": "edge", "edge_middle": "edge", "years_from": "lead"}.get(kind, kind)
    return parts.get(part) in words


@pytest.mark.parametrize("pair", EXAMPLES, ids=lambda pair: f"{pair[0]['id']} {pair[1][:20]}")
def test_examples_of_the_vocabulary(pair: tuple[dict[str, Any], str]) -> None:
    entry, example = pair
    found = _mentions(example)
    if entry["kind"] == "title":
        assert found == []
    elif entry["kind"] == "label":
        assert [mention.form for mention in found] == ["document"]
    else:
        assert any(_shows(entry, mention) for mention in found), found


def test_every_kind_is_described() -> None:
    header = (Path(__file__).parents[2] / "schemas" / "vocab" / "deadlines.yml").read_text(encoding="utf-8").partition("\n\n")[0]
    assert {entry["kind"] for entry in ENTRIES if entry["kind"] not in header} == set()


@pytest.mark.parametrize("kind", sorted({entry["kind"] for entry in ENTRIES}))
def test_no_word_has_two_values(kind: str) -> None:
    assert len(values(kind)) == len(entries(kind))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("2020年前建成。", ["ambiguous_deadline"]),
        ("2025年6月前建成。", []),
        ("2025年一季度前建成。", ["ambiguous_deadline"]),
        ("2030年左右建成。", ["vague_deadline"]),
        ("2020年底前建成。", []),
        ("2025年初建成。", ["vague_deadline"]),
        ("2025年汛期前建成。", ["vague_deadline"]),
        ("截至2020年底，共有3所。", []),
    ],
)
def test_problems(text: str, codes: list[str]) -> None:
    (mention,) = _mentions(text)
    assert deadline_problems(mention) == codes


def test_last_of_several_dates() -> None:
    (mention,) = _mentions("到2022年和2030年分别达到22%、30%。")
    assert mention.form == "dates"
    assert resolve_deadline(mention, None).deadline == date(2030, 12, 31)
    assert [one.text for one in resolve_deadlines(mention, None)] == ["到2022年", "2030年"]


def test_the_documents_own_period() -> None:
    end, whole = _mentions("规划期末达到98%，规划期内新建80座。")
    period = (date(2021, 1, 1), date(2025, 12, 31))
    assert (resolve_deadline(end, None, period).start, resolve_deadline(end, None, period).deadline) == (None, period[1])
    assert resolve_deadline(whole, None, period).start == period[0]


def test_only_the_asked_part_is_read() -> None:
    text = "到2022年建成，到2025年提升。"
    assert [mention.text for mention in extract_deadlines(text, 9, len(text))] == ["到2025年"]
    assert [mention.text for mention in extract_deadlines(text, 0, 8)] == ["到2022年"]


PIECES = ["到", "至", "自", "比", "2025", "年", "6月", "30日", "底", "前", "每", "季度", "“十四五”", "期间", "三", "内", "和", "、", "—", "，以后每年", "今", "明", "起", "《", "》", "。", "\n", " ", "上半", "规划期末", "13月", "99", "二〇", "学年", "汛期"]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join), st.sampled_from([None, date(2024, 2, 29)]))
def test_any_text_gives_ordered_spans_and_no_error(text: str, issued: date | None) -> None:
    folded, reached = fold(text), 0
    for mention in extract_deadlines(folded, 0, len(folded)):
        assert reached <= mention.start < mention.end <= len(folded)
        assert folded[mention.start : mention.end] == mention.text
        reached = mention.end
        for found in resolve_deadlines(mention, issued):
            assert found.text and found.source is None
            assert found.start is None or found.deadline is None or found.start <= found.deadline
        deadline_problems(mention)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_arbitrary_text_raises_nothing(text: str) -> None:
    folded = fold(text)
    for mention in extract_deadlines(folded, 0, len(folded)):
        list(resolve_deadlines(mention, date(2023, 1, 1)))


@pytest.mark.parametrize("piece", ["一", "十五", "2025年、", "到2025年和", "2025年6月30日\n", "《2025年", "每年", "三年内，", "1"])
def test_time_grows_with_the_text_only(piece: str) -> None:
    """Ten times the text takes about ten times as long, not a hundred times."""
    times = []
    for size in (10_000, 100_000):
        text = piece * (size // len(piece))
        began = process_time()
        for _ in extract_deadlines(text, 0, len(text)):
            pass
        times.append(process_time() - began)
    assert times[1] < 40 * times[0] + 0.5
