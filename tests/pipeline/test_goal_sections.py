"""A noun and its number promise without verb or date where a section states goals, and only there."""

from __future__ import annotations

import pytest

from policy_commitments.pipeline.flow import process
from policy_commitments.pipeline.read import read_bytes

SENTENCE = "社会消费品零售总额120亿元；粮食产量40万吨，其中水稻15万吨；茶叶面积8万亩。"


def _indicators(heading: str) -> list[tuple[str, str]]:
    text = f"清河县人民政府办公室关于印发《清河县2026年经济工作方案》的通知\n\n{heading}\n{SENTENCE}\n"
    return [(one.indicator, one.kind) for one in process(read_bytes(text.encode(), "a.txt")).targets]


@pytest.mark.parametrize("heading", ["一、目标任务", "（一）总体目标", "一、2026年主要预期目标"])
def test_goals_promise_by_noun_and_number(heading: str) -> None:
    assert _indicators(heading) == [("社会消费品零售总额", "level"), ("粮食产量", "level"), ("水稻", "level"), ("茶叶面积", "level")]


@pytest.mark.parametrize("heading", ["一、基本情况", "一、重点任务"])
def test_elsewhere_they_describe(heading: str) -> None:
    assert _indicators(heading) == []
