"""The tables of cases/tables.yml as plain text, flattened in five ways: what is read is right, or it is not read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.pipeline.resolve.table_cases import result_of, rows_of, shown

FILE = Path(__file__).parents[1] / "resolve" / "cases" / "tables.yml"
CASES: list[dict[str, Any]] = [one for one in yaml.safe_load(FILE.read_text(encoding="utf-8")) if isinstance(one["table"], str)]
AMBIGUOUS = ("glued columns are reported", "groups merged under 指标")  # without their merged cells they say something else
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
    assert _targets(case, "cell by cell") == case["expect"].get("targets", [])


@by_name
@pytest.mark.parametrize("way", ["tabs", "wide blanks", "blanks", "lines", "glued"])
def test_no_wrong_figure(case: dict[str, Any], way: str) -> None:
    wrong = [one for one in _targets(case, way) if one not in case["expect"].get("targets", [])]
    assert wrong == [] or case["name"] in AMBIGUOUS


@pytest.mark.parametrize(("way", "share"), [("tabs", 0.95), ("wide blanks", 0.6), ("blanks", 0.4)])
def test_most_figures_are_read(way: str, share: float) -> None:
    wanted = [(case, one) for case in CASES for one in case["expect"].get("targets", [])]
    read = sum(one in _targets(case, way) for case, one in wanted)
    assert read >= share * len(wanted)
