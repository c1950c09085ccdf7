"""Folding: one character for one, whatever stands around it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from policy_commitments.extractors.folding import blank_notes, fold

_LOOKALIKES = "（）()；;：:？?！!，、。％７⽉○〇\u3000\u00a0\u200b\ufeff[]^-\\①³年abc\n"


def test_lookalikes_get_one_shape() -> None:
    assert fold("７５．５％(⽉底);○～\u3000") == "75.5%（月底）；〇~ "
    assert fold("10³ ① （月底），") == "10³ ① （月底），"


@given(st.text(st.sampled_from(_LOOKALIKES) | st.characters()))
def test_each_character_is_folded_by_itself(text: str) -> None:
    assert fold(text) == "".join(map(fold, text))
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_marks_of_notes_become_spaces_where_they_count_on() -> None:
    assert blank_notes("新开发“双协员”[21]305个，增长7%[22]以上。") == "新开发“双协员”    305个，增长7%    以上。"
    for kept in ("政发[21]5号、政办[22]6号", "新增就业[50]万人，造林[12]万亩", "增长7%[1]以上", "新增[15000]、补充[15001]"):
        assert blank_notes(kept) == kept
