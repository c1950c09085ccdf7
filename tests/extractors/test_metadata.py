"""Metadata as printed; see cases/metadata.yml. Numbers and references are tried alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from policy_commitments.extractors.document_numbers import find_numbers
from policy_commitments.extractors.folding import fold
from policy_commitments.extractors.genres import genre_word
from policy_commitments.extractors.metadata import extract_metadata
from policy_commitments.extractors.references import find_references
from policy_commitments.pipeline.outline import build_outline
from policy_commitments.pipeline.read import read_bytes
from policy_commitments.pipeline.reflow import reflow

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "metadata.yml").read_text(encoding="utf-8"))


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["why"]))
def test_mentions(case: dict[str, Any]) -> None:
    outline = build_outline(reflow(read_bytes(case["text"].encode("utf-8"), "a.txt")))
    found = list(extract_metadata(outline))
    assert [[one.name, one.text, one.rule] for one in found] == case["mentions"]
    for one in found:
        assert bare(one.text) in bare(outline.clean.text[one.start : one.end])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("澜府办发〔2024〕40号", ["澜府办发〔2024〕40号"]),
        ("的通知澜府发〔2021〕22号各乡镇", ["澜府发〔2021〕22号"]),
        ("松陵县交通运输局文件    松交发〔2024〕9号", ["松交发〔2024〕9号"]),
        ("阜健办发[2020] 3号", ["阜健办发[2020] 3号"]),
        ("禾政办字（2019）12号", ["禾政办字（2019）12号"]),
        ("青府发【2018】 91 号", ["青府发【2018】 91 号"]),
        ("青府发 2018〕91号", ["青府发 2018〕91号"]),
        ("青府发﹝2018﹞第91号", ["青府发﹝2018﹞第91号"]),
        ("青府发［2018］91号", ["青府发［2018］91号"]),
        ("2018年3月1日，住建路91号", []),
        ("第3号楼，（2018）91", []),
    ],
)
def test_number_forms(text: str, expected: list[str]) -> None:
    folded = fold(text)
    assert [text[one.start : one.end] for one in find_numbers(folded, 0, len(folded))] == expected


def test_a_number_in_brackets_behind_a_title_is_cited() -> None:
    text = fold("根据《云岭省书屋规划》（云岭发〔2021〕8号），青府发〔2022〕1号")
    assert [one.cited for one in find_numbers(text, 0, len(text))] == [True, False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("根据《甲办法》（甲发〔2020〕1号）、《乙规定》和《丙意见》（丙发〔2021〕2号）精神，", ["甲办法", "乙规定", "丙意见"]),
        ("为深入贯彻落实省政府办公厅《甲意见》，", ["甲意见"]),
        ("按照国家关于书屋的部署和《甲规划》要求，", ["甲规划"]),
        ("依据《云岭省人民政府关于印发〈甲规划〉的通知》", ["云岭省人民政府关于印发〈甲规划〉的通知"]),
        ("根据《甲法》《乙条例》等法律法规，结合本区实际", ["甲法", "乙条例"]),
        ("落实新时代阅读方针和《甲办法》", []),
        ("现将《甲方案》印发给你们", []),
        ("参照《甲办法》执行", []),
    ],
)
def test_references(text: str, expected: list[str]) -> None:
    folded = fold(text)
    assert [text[slice(*one.title)] for one in find_references(folded, 0, len(folded))] == expected


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("某县书屋建设实施方案", "实施方案"),
        ("某县书屋建设实施方案（试行）", "实施方案"),
        ("某县“十四五”书屋规划（2021—2025年）", "规划"),
        ("关于书屋建设的实施意见", "实施意见"),
        ("关于做好书屋工作的通知", "通知"),
        ("某县书屋情况", None),
    ],
)
def test_genre_words(title: str, word: str | None) -> None:
    assert genre_word(title) == word


PIECES = st.sampled_from(
    ["附件：", "《", "》", "（", "）", "〔2024〕5号", "2024年6月5日", "第一条", "一、", "。", "：", "\n", " ", "抄送：", "某县人民政府办公室", "关于印发",
     "的通知", "实施方案", "各乡镇人民政府", "现将", "印发给你们", "根据", "（征求意见稿）", "主动公开", "中共", "书屋建设"]
)  # fmt: skip


@given(st.lists(PIECES, min_size=1, max_size=40))
def test_spans_lie_in_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    if not text.strip():
        return
    outline = build_outline(reflow(read_bytes(text.encode("utf-8"), "a.txt")))
    for one in extract_metadata(outline):
        assert 0 <= one.start < one.end <= len(outline.clean.text) and one.text.strip()
