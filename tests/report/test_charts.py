"""Charts for papers, where altair and vl-convert are installed; a clear message where they are not."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from policy_commitments.pipeline.report.build import write_report
from policy_commitments.pipeline.report.charts import write_charts
from policy_commitments.pipeline.report.matrix import build_matrix
from policy_commitments.pipeline.report.places import find_places
from policy_commitments.pipeline.report.tables import ReportError, read_tables
from tests.report.datasets import notices, write_dataset


def test_every_chart_comes_as_svg_and_png(tmp_path: Path) -> None:
    pytest.importorskip("altair")
    pytest.importorskip("vl_convert")
    write_report(write_dataset(tmp_path, notices()), charts=True)
    folder = tmp_path / "report" / "charts"
    names = {path.name for path in folder.iterdir()}
    assert names == {f"{name}.{kind}" for name in ("deadlines", "agencies", "indicator-01", "indicator-02") for kind in ("svg", "png")}
    drawing = (folder / "indicator-01.svg").read_text(encoding="utf-8")
    assert "护理型床位占比" in drawing and "云川省 ≥55%" in drawing and "<script" not in drawing
    assert (folder / "deadlines.png").read_bytes().startswith(b"\x89PNG")


def test_missing_libraries_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    tables = read_tables(write_dataset(tmp_path, notices()))
    places = find_places(tables.documents)
    with pytest.raises(ReportError, match=r"policy-commitments\[report\]"):
        write_charts(tmp_path / "charts", tables, places, build_matrix(tables, places))
