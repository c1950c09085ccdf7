"""Confidence: by the rule's record, lowered by what is doubtful, never a constant."""

from __future__ import annotations

from policy_commitments.extractors.folding import fold
from policy_commitments.extractors.quantities import extract_quantities
from policy_commitments.pipeline.resolve.confidence import combined, confidence_of, doubts_of
from policy_commitments.schemas.mentions import QuantityMention

RECORDS = {"all": (900, 1000), "level.reach": (98, 100), "money.pay": (60, 100), "doubt.pronoun": (1, 10)}


def _only(text: str) -> QuantityMention:
    (mention,) = extract_quantities(fold(text), 0, len(text))
    return mention


def test_a_rule_with_a_better_record_is_trusted_more() -> None:
    assert combined("level.reach", (), 0, RECORDS) > combined("level.new", (), 0, RECORDS) > combined("money.pay", (), 0, RECORDS)


def test_a_doubt_lowers_and_never_raises() -> None:
    plain = combined("level.reach", (), 0, RECORDS)
    assert combined("level.reach", ("doubt.pronoun",), 0, RECORDS) < plain
    assert combined("level.reach", ("doubt.unheard",), 0, RECORDS) == plain


def test_a_doubtful_rule_is_trusted_less_before_it_was_judged() -> None:
    assert combined("level.new", (), 2, RECORDS) < combined("level.new", (), 0, RECORDS)


def test_stays_between_its_ends() -> None:
    assert combined("level.reach", (), 0, {"level.reach": (9999, 9999)}) == 0.99
    assert combined("x.y", ("doubt.a", "doubt.b"), 0, {"all": (99, 100), "doubt.a": (0, 99), "doubt.b": (0, 99)}) >= 0.05


def test_what_is_doubtful() -> None:
    assert doubts_of(_only("森林覆盖率达到45%。")) == ()
    assert "doubt.pronoun" in doubts_of(_only("其宗地面积控制在3公顷以下。"))
    pair = list(extract_quantities("一级至三级补助分别不低于50元、100元、150元。", 0, 23))
    assert {"doubt.shared_name"} <= set(doubts_of(pair[0]))


def test_no_constant() -> None:
    assert confidence_of(_only("森林覆盖率达到45%。")) > confidence_of(_only("其宗地面积控制在3公顷以下。"))
