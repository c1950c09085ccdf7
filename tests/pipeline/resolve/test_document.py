"""The row of `documents` from heads and feet of documents; see cases/documents.yml."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from policy_commitments.extractors.metadata import extract_metadata
from policy_commitments.pipeline.outline import build_outline
from policy_commitments.pipeline.read import read_bytes
from policy_commitments.pipeline.reflow import reflow
from policy_commitments.pipeline.resolve.document import (
    normal_number,
    read_date,
    read_period,
    resolve_document,
)
from policy_commitments.schemas.outline import Outline
from policy_commitments.schemas.records import DocumentRecord

BODY = "一、总体要求\n坚持因地制宜，稳步推进。\n二、主要任务\n（一）摸清底数。到2030年完成普查。\n（二）分类整治。逐项整改到位。"
CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "documents.yml").read_text(encoding="utf-8"))


def outline(text: str) -> Outline:
    return build_outline(reflow(read_bytes(text.replace("BODY", BODY).encode("utf-8"), "a.txt")))


def document(text: str, given: dict[str, str] | None = None, extra: dict[str, str] | None = None) -> DocumentRecord:
    made = outline(text)
    return resolve_document(made, list(extract_metadata(made)), given or {}, extra or {})


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_columns(case: dict[str, Any]) -> None:
    row = asdict(document(case["text"]))
    found = {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
    assert {name: found[name] for name in case["expect"]} == case["expect"]


NOTICE = str(next(case["text"] for case in CASES if case["id"] == "notice_over_plan"))


def test_given_values_win_and_are_marked() -> None:
    given = {"title": "另一标题", "issue_date": "2023-05-01", "doc_number": "云府办发[2023]19号", "adcode": "511723", "part_of": "0" * 16}
    row = document(NOTICE, given, {"batch": "第二批"})
    assert (row.title, row.issue_date, row.doc_number, row.part_of) == ("另一标题", date(2023, 5, 1), "云府办发〔2023〕19号", "0" * 16)
    assert (row.county, row.prefecture, row.province, row.adcode) == ("开江县", "达州市", "四川省", "511723")
    assert {f"given:{name}" for name in given} <= set(row.resolved)
    assert row.extra == '{"batch": "第二批"}'


def test_technical_columns() -> None:
    row = document(NOTICE)
    assert (row.source_name, row.format, row.doc_id) == ("a.txt", "txt", row.source_sha256[:16])
    assert row.chars == len(NOTICE.replace("BODY", BODY)) and row.pages is None and row.extra is None
    assert len(row.text_sha256) == 64 and row.extractor_version


def test_a_reprint_has_the_same_digest() -> None:
    assert document(NOTICE).text_sha256 == document(NOTICE.replace("\n", "\n\n　　")).text_sha256


def test_page_fields_fill_what_head_and_signature_leave_open() -> None:
    made = outline("澜溪县苗圃实施方案\n为办好苗圃，制定本方案。\nBODY")
    made.clean.source.meta.update({"发文机关": "澜溪县林业局", "成文日期": "2019-03-04", "发文字号": "澜林发[2019]2号", "发布机构": "澜溪县大数据局", "发布日期": "2019-04-01"})
    row = resolve_document(made, list(extract_metadata(made)), {}, {})
    assert (row.issuer, row.issue_date, row.doc_number) == ("澜溪县林业局", date(2019, 3, 4), "澜林发〔2019〕2号")
    assert {"issuer", "issue_date", "doc_number"} <= set(row.resolved)


def test_the_publisher_is_no_issuer() -> None:
    made = outline("澜溪县苗圃实施方案\n为办好苗圃，制定本方案。\nBODY")
    made.clean.source.meta.update({"发布机构": "澜溪县大数据局", "发布日期": "2019-04-01", "发文字号": "无"})
    row = resolve_document(made, list(extract_metadata(made)), {}, {})
    assert (row.issuer, row.issue_date, row.doc_number) == (None, None, None)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("阜府办发[2020] 3号", "阜府办发〔2020〕3号"),
        ("松政发（2019）12 号", "松政发〔2019〕12号"),
        ("青禾府发 2020〕 6 号", "青禾府发〔2020〕6号"),
        ("云发【2018 7号", "云发〔2018〕7号"),
        ("澜政办﹝2021﹞15号", "澜政办〔2021〕15号"),
        ("禾政［2022］１号", "禾政〔2022〕1号"),
        ("松陵市人民政府令第28号", "松陵市人民政府令第28号"),
    ],
)
def test_numbers(printed: str, expected: str) -> None:
    assert normal_number(printed) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("2024年6月5日", date(2024, 6, 5)),
        ("2024 年 06 月 05 日", date(2024, 6, 5)),
        ("二〇二四年六月五日", date(2024, 6, 5)),
        ("二○二五年十二月三十一日", date(2025, 12, 31)),
        ("二O二五年元月二十日", date(2025, 1, 20)),
        ("二０一九年十月十日", date(2019, 10, 10)),
        ("一九九六年七月十七日", date(1996, 7, 17)),
        ("2025-04-03", date(2025, 4, 3)),
        ("2025/4/3", date(2025, 4, 3)),
        ("2024年2月30日", None),
        ("2024年6月", None),
        ("", None),
    ],
)
def test_dates(printed: str, expected: date | None) -> None:
    assert read_date(printed) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("2021—2025年", (2021, 2025)),
        ("2024年—2026年", (2024, 2026)),
        ("“十四五”", (2021, 2025)),
        ("第十三个五年", (2016, 2020)),
        ("2024年", (2024, 2024)),
        ("三年", None),
    ],
)
def test_periods(printed: str, expected: tuple[int, int] | None) -> None:
    assert read_period(printed) == expected


@pytest.mark.parametrize("label", ["成文日期", "发文日期", "制发日期"])
def test_a_pages_own_date_of_the_document_is_its_date_and_publication_is_not(label: str) -> None:
    made = outline("澜溪县造林方案\nBODY")
    made.clean.source.meta.update({label: "2019-03-04", "发布日期": "2019-04-01"})
    record = resolve_document(made, list(extract_metadata(made)), {}, {})
    assert record.issue_date == date(2019, 3, 4)
    assert "issue_date" in record.resolved


def test_a_bracket_on_its_own_line_stays_with_the_title() -> None:
    for bracket in ("（修订完善版）", "（试行）", "（2023年修订版）"):
        assert document(f"关于稳定经济运行的若干政策措施\n{bracket}\n为落实要求，制定本措施。\nBODY").title == f"关于稳定经济运行的若干政策措施{bracket}"
