"""Heads of tables by the vocabulary, names of rows, and figures that were glued together."""

from __future__ import annotations

import re
from typing import Any

import pytest

from policy_commitments.extractors.table_glued_heads import find_glued_heads
from policy_commitments.extractors.table_glued_values import split_values
from policy_commitments.extractors.table_heads import bracket_measure, head_role, measure_of
from policy_commitments.extractors.table_names import bare_name, caption_noun, counted_name, joined_name
from policy_commitments.schemas.vocabulary import load_entries

HEADS = load_entries("table_heads", ("id", "words", "whole", "examples"))


@pytest.mark.parametrize("example", [(e["id"], x) for e in HEADS for x in e["examples"]], ids=lambda pair: str(pair[1]))
def test_examples_of_the_vocabulary(example: tuple[str, str]) -> None:
    assert head_role(example[1]) == example[0]


def test_every_wording_has_its_role() -> None:
    wrong = [(word, entry["id"], head_role(word)) for entry in HEADS for word in entry["words"] if head_role(word) != entry["id"]]
    assert wrong == []


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("2025年", "year"),
        ("2025年（目标）", "target"),
        ("2020年（基期）", "baseline"),
        ("到2027年目标值", "target"),
        ("“十四五”目标", "target"),
        ("“十四五”", "year"),
        ("具体工作措施", "content"),
        ("重点任务及措施", "content"),
        ("任务牵头单位", "lead"),
        ("县（市、区）", "place"),
        ("备 注", "remark"),
        ("甲乙丙丁", "unknown"),
    ],
)
def test_roles_of_heads(head: str, role: str) -> None:
    assert head_role(head) == role


@pytest.mark.parametrize(
    ("text", "measure"),
    [("万元/人", "万元/人"), ("%", "%"), ("单位：亩", "亩"), ("元/人·月", "元/人·月"), ("—", ""), ("助理", ""), ("含中医", "")],
)
def test_measures_in_unit_cells(text: str, measure: str) -> None:
    assert measure_of(text) == measure


def test_the_last_bracket_with_a_measure_counts() -> None:
    assert bracket_measure("每千人口执业（助理）医师数（人）") == "人"
    assert bracket_measure("执业（助理）医师") == ""


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("（3）森林覆盖率（%）*", "森林覆盖率"),
        ("1.人均预期寿命（岁）", "人均预期寿命"),
        ("2 型糖尿病患者管理率", "2型糖尿病患者管理率"),
        ("0—3岁婴幼儿入托率（%）", "0—3岁婴幼儿入托率"),
        ("地表水达标率/%", "地表水达标率"),
        ("每千人口执业（助理）医师数", "每千人口执业（助理）医师数"),
    ],
)
def test_names_without_number_mark_and_measure(printed: str, name: str) -> None:
    assert bare_name(printed) == name


def test_a_part_stands_in_brackets_behind_its_whole() -> None:
    assert joined_name(["每千人口床位数（张）", "其中：公立医院"]) == "每千人口床位数（公立医院）"
    assert joined_name(["0—3岁婴幼儿入托率"]) == "0—3岁婴幼儿入托率"


@pytest.mark.parametrize(
    ("row", "heads", "caption", "name"),
    [
        ("市人民医院", ["重点专科（数量）", "省级"], "各医疗机构重点专科创建计划", "市人民医院省级重点专科"),
        ("甲县", ["新建"], "附件1 2022年高标准农田建设任务分解表", "甲县高标准农田（新建）"),
        ("甲县", ["森林覆盖率（%）"], "2023年造林任务表", "甲县森林覆盖率"),
        ("东城街道", ["2023年"], "2022—2024年各镇（街道）污水管网建设计划\n单位：公里", "东城街道污水管网"),
        ("甲县", ["目标值"], "", "甲县"),
    ],
)
def test_names_of_what_is_counted_at_a_place(row: str, heads: list[str], caption: str, name: str) -> None:
    assert counted_name(row, heads, caption) == name


def test_a_caption_that_is_a_sentence_names_nothing() -> None:
    assert caption_noun("各地要抓好落实，主要目标如下") == ""


SPLITS: list[tuple[str, str, list[str] | None]] = [
    ("158180", "", ["158", "180"]),
    ("1803.332200", "", ["1803.33", "2200"]),
    ("5155", "%", ["51", "55"]),
    ("60.264", "%", ["60.2", "64"]),
    ("99.299.5", "%", ["99.2", "99.5"]),
    ("100100", "%", ["100", "100"]),
    ("0.50370.515", "", ["0.5037", "0.515"]),
    ("98.6105", "", ["98.6", "105"]),
    ("5.997.8-8", "", ["5.99", "7.8-8"]),
    ("1:1.261:1.33", "", ["1:1.26", "1:1.33"]),
    ("2.45:12.35:1", "", ["2.45:1", "2.35:1"]),
    ("80>90", "%", ["80", ">90"]),
    ("1075≥1075", "", ["1075", "≥1075"]),
    ("—全覆盖", "", ["—", "全覆盖"]),
    ("[15000][16000]", "", ["[15000]", "[16000]"]),
    ("92%98%", "", ["92%", "98%"]),
    ("暂未评审1", "", ["暂未评审", "1"]),
    ("02", "", ["0", "2"]),
    ("2115", "", None),
    ("110", "", None),
    ("12.515", "", None),
    ("525", "%", None),
    ("3.518", "", None),
]


@pytest.mark.parametrize(("text", "measure", "cells"), SPLITS, ids=lambda value: str(value))
def test_figures_are_split_only_where_it_is_sure(text: str, measure: str, cells: Any) -> None:
    spans = split_values(text, (0, len(text)), ("baseline", "target"), measure, frozenset())
    assert (None if spans is None else [text[start:end] for start, end in spans]) == cells


def test_a_printed_blank_is_a_wall() -> None:
    spans = split_values("2115", (0, 4), ("baseline", "target"), "", frozenset({2}))
    assert spans == ((0, 2), (2, 4))


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        ("主要指标序号主要指标2025年属性1基本", ["序号", "主要指标", "2025年", "属性"]),
        ("专栏1发展指标序号指标名称单位2020年2025年指标属性一、经济1粮食", ["序号", "指标名称", "单位", "2020年", "2025年", "指标属性"]),
        ("附件类别序号指标2022年实际2025年目标总体水平1诊疗量", ["类别", "序号", "指标", "2022年实际", "2025年目标"]),
        ("附件任务分工序号工作任务负责单位时间进度备注一、主要任务1各地", ["序号", "工作任务", "负责单位", "时间进度", "备注"]),
        ("主要指标完成情况良好，序号清楚，1月起实施", []),
    ],
)
def test_heads_that_follow_each_other(text: str, heads: list[str]) -> None:
    found = [[text[one.start : one.end] for one in head.columns] for head in find_glued_heads(re.sub(r"\s", "", text))]
    assert found == ([heads] if heads else [])
