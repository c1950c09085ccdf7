"""The tables of cases/tables.yml as plain text, flattened in five ways: what is read is right, or it is not read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from policy_commitments.pipeline.read import read_bytes
from tests.pipeline.resolve.table_cases import result_of, rows_of, shown

FILE = Path(__file__).parents[1] / "resolve" / "cases" / "tables.yml"
CASES: list[dict[str, Any]] = [one for one in yaml.safe_load(FILE.read_text(encoding="utf-8")) if isinstance(one["table"], str)]
AMBIGUOUS = ("glued columns are reported", "groups merged under 指标")  # without their merged cells they say something else
LINES = "two indicators in the lines of one row, with baselines line by line"  # flat text has lost the lines of a cell
by_name = pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))


def _text(case: dict[str, Any], way: str) -> str:
    lines = list(case.get("above", ["附件", "主要指标"]))
    for row in rows_of(case["table"]):
        cells = ["" if cell == "^" else cell.replace("⏎", "") for cell in row if cell != "<"]
        printed = [cell for cell in cells if cell]
        if way == "cell by cell":
            lines += [*(f"\t{cell}" for cell in cells), ""]
        elif way == "tabs":
            lines.append("\t".join(cells))
        elif way == "lines":
            lines += printed
        else:
            lines.append({"blanks": " ", "wide blanks": "  ", "glued": ""}[way].join(printed))
    return ("" if way == "glued" else "\n").join([*lines, *case.get("below", ["此件公开发布。"])])


def _targets(case: dict[str, Any], way: str) -> list[str]:
    return shown(result_of({"text": _text(case, way), "issued": case.get("issued", 2021)}))["targets"]


@by_name
def test_one_cell_on_each_line(case: dict[str, Any]) -> None:
    """Tabs before cells and blank lines between rows keep all that a table says."""
    wanted = case["expect"].get("targets", [])
    assert _targets(case, "cell by cell") == (wanted[-1:] if case["name"] == LINES else wanted)


@by_name
@pytest.mark.parametrize("way", ["tabs", "wide blanks", "blanks", "lines", "glued"])
def test_no_wrong_figure(case: dict[str, Any], way: str) -> None:
    wrong = [one for one in _targets(case, way) if one not in case["expect"].get("targets", [])]
    assert wrong == [] or case["name"] in AMBIGUOUS


@pytest.mark.parametrize(("way", "share"), [("tabs", 0.95), ("wide blanks", 0.6), ("blanks", 0.4)])
def test_most_figures_are_read(way: str, share: float) -> None:
    wanted = [(case, one) for case in CASES if case["name"] != LINES for one in case["expect"].get("targets", [])]
    read = sum(one in _targets(case, way) for case, one in wanted)
    assert read >= share * len(wanted)


@pytest.mark.parametrize(
    "lines",
    [
        [f"第{n}条  {name}。对符合条件的给予补助。补助一次拨付。" for n, name in zip("一二三四五", "甲乙丙丁戊", strict=True)],
        [f"{n}.  {name}处渡口开展巡查" for n, name in enumerate("甲乙丙丁戊", 1)],
        [f"（{n}）  {name}处渡口开展巡查" for n, name in zip("一二三四五", "甲乙丙丁戊", strict=True)],
        [f"第{n}章  {name}  {k}" for k, (n, name) in enumerate(zip("一二三四", "甲乙丙丁", strict=True), 1)],
        [f"{n}、加强{name}处管护  定期巡查渡口。发现隐患的及时处置。" for n, name in zip("一二三四", "甲乙丙丁", strict=True)],
    ],
)
def test_blanks_behind_a_heading_make_no_table(lines: list[str]) -> None:
    assert read_bytes("\n".join(lines).encode("utf-8"), "a.txt").tables == ()


def test_blanks_between_names_and_figures_make_a_table() -> None:
    rows = ["甲镇  12", "乙镇  30", "丙镇  7", "丁镇  9"]
    assert len(read_bytes("\n".join(rows).encode("utf-8"), "a.txt").tables) == 1
