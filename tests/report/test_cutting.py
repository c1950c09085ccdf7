"""Texts are cut in code points: no highlight moves because of a character outside the basic plane."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from policy_commitments.pipeline.report.cutting import Cutter, Mark
from policy_commitments.pipeline.report.details import sentence


def test_a_character_outside_the_basic_plane_moves_nothing() -> None:
    text = "𠮷祥镇：床位达到90%以上。"
    start = text.index("床位")
    segments = list(Cutter(text, [Mark(start, start + 9, "t", 0)]).cut(0, len(text)))
    assert [segment.text for segment in segments] == ["𠮷祥镇：", "床位达到90%以上", "。"]
    assert segments[1].layers == ("t",) and segments[1].opening == (0,)


def test_overlapping_marks_share_a_segment_and_open_once() -> None:
    text = "到2025年床位达到90%"
    marks = [Mark(0, 13, "t", 0), Mark(0, 6, "d", 0, opens=False), Mark(6, 8, "k", 1)]
    segments = list(Cutter(text, marks).cut(0, len(text)))
    assert [(s.text, s.layers, s.records, s.opening) for s in segments] == [
        ("到2025年", ("t", "d"), (0,), (0,)),
        ("床位", ("t", "k"), (0, 1), (1,)),
        ("达到90%", ("t",), (0,), ()),
    ]


def test_a_mark_over_two_stretches_opens_in_the_first() -> None:
    cutter = Cutter("卫生健\n26\n康委", [Mark(0, 9, "a", 0)])
    first, second = list(cutter.cut(0, 3)), list(cutter.cut(7, 9))
    assert first[0].opening == (0,) and second[0].opening == ()
    assert second[0].text == "康委" and second[0].records == (0,)


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8), st.integers(1, 9))
def test_cutting_loses_no_character(text: str, spans: list[tuple[int, int]], step: int) -> None:
    ordered = [(min(a, b), min(max(a, b), len(text))) for a, b in spans]
    marks = [Mark(a, b, "t", n) for n, (a, b) in enumerate(ordered) if a < b]
    cutter = Cutter(text, marks)
    segments = [s for left in range(0, len(text), step) for s in cutter.cut(left, min(left + step, len(text)))]
    assert "".join(segment.text for segment in segments) == text
    for mark in marks:
        shown = "".join(segment.text for segment in segments if mark.record in segment.records)
        assert shown == text[mark.start : mark.end]
    assert sorted(number for segment in segments for number in segment.opening) == sorted(mark.record for mark in marks)


def test_a_sentence_ends_at_its_full_stops_and_a_cell_at_its_line() -> None:
    text = "开头。到2025年，\n床位达到90%，持续提高。其他"
    row = {"start": text.index("床位"), "end": text.index("，持续"), "text": "床位达到90%", "quote": "床位达到90%", "source": "body"}
    assert sentence(text, row) == ("到2025年，", "床位达到90%", "，持续提高。")
    text = "表头\n床位\t张\t500\n下一行"
    row = {"start": text.index("500"), "end": text.index("500") + 3, "text": "500", "quote": "500", "source": "table"}
    assert sentence(text, row) == ("床位 ┊ 张 ┊ ", "500", "")
