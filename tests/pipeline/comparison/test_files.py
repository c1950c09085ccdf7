"""Files of a comparison: workbook, Parquet, CSV, Stata, Markdown; the same dataset gives the same bytes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pytest

from policy_commitments.pipeline import Dataset
from policy_commitments.pipeline.compare import write_comparison
from policy_commitments.pipeline.comparison import cells
from policy_commitments.pipeline.comparison.cells import digits
from policy_commitments.pipeline.comparison.workbook import CONFLICTS, MATRIX, OVERVIEW, VALUES
from policy_commitments.pipeline.dataset import NoDatasetError
from tests.pipeline.comparison.made import made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = made().write(tmp_path_factory.mktemp("made") / "output")
    write_comparison(output)
    return output


@pytest.fixture(scope="module")
def book(folder: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(folder / "compare.xlsx")


def test_sheets_are_frozen_filtered_and_wide_enough(book: openpyxl.Workbook) -> None:
    assert book.sheetnames[:3] == [OVERVIEW, MATRIX, VALUES]
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes and sheet.auto_filter.ref, sheet.title
        assert (sheet.column_dimensions["A"].width or 0) >= 10, sheet.title


def test_a_value_is_a_number_with_its_sign_and_leads_to_its_evidence(book: openpyxl.Workbook) -> None:
    matrix, values = book[MATRIX], book[VALUES]
    row = next(row for row in matrix.iter_rows(min_row=3) if str(row[0].value).startswith("森林覆盖率"))
    cell = next(cell for cell in row if cell.value == 54)
    assert cell.number_format == '"≥"#,##0"% ⁺"'
    line = int(cell.hyperlink.location.rpartition("!A")[2])
    heads = [str(head.value).partition("\n")[2] for head in values[1]]
    evidence = dict(zip(heads, (one.value for one in values[line]), strict=True))
    assert (evidence["indicator"], evidence["jurisdiction"], evidence["shown"]) == ("森林覆盖率", "白水县", "≥54%")
    assert evidence["sentence"] == "全县森林覆盖率不低于54%"


def test_marks_in_the_matrix(book: openpyxl.Workbook) -> None:
    matrix = book[MATRIX]
    row = next(row for row in matrix.iter_rows(min_row=3) if str(row[0].value).startswith("每千人口注册护士数"))
    said = [cell.value for cell in row if cell.value not in (None, "")]
    assert "? 见而未读" in said and 4 in said
    empty = [cell for cell in row if cell.value is None and cell.fill.fgColor.rgb == "00EDEDED"]
    assert len(empty) == 2  # value and deadline of the county that states none


def test_conflicts_lead_to_their_targets(book: openpyxl.Workbook) -> None:
    row = book[CONFLICTS][2]
    linked = [cell.hyperlink.location for cell in row if cell.hyperlink]
    assert len(linked) == 2 and all(VALUES in place for place in linked)


def test_the_same_dataset_gives_the_same_bytes(folder: Path) -> None:
    files = [path for path in folder.iterdir() if path.is_file()]
    before = {path.name: path.read_bytes() for path in files}
    write_comparison(folder)
    changed = [name for name, data in before.items() if (folder / name).read_bytes() != data and name != "dataset.duckdb"]
    assert not changed and not list(folder.glob("*.part"))


def test_csv_has_a_bom_and_every_column(folder: Path) -> None:
    assert (folder / "compare.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    frame = pd.read_csv(folder / "compare.csv")
    assert list(frame.columns) == list(pd.read_parquet(folder / "compare.parquet").columns)
    assert set(frame["status"]) == {"stated", "not_stated", "not_read"}


def test_stata_has_value_labels_and_dates(folder: Path) -> None:
    with pd.io.stata.StataReader(folder / "compare.dta") as reader:
        assert {"status", "verdict", "comparator", "strength"} <= reader.value_labels().keys()
        assert reader.variable_labels()["sentence"] == "依据原文"
    frame = pd.read_stata(folder / "compare.dta")
    assert str(frame["deadline"].dtype).startswith("datetime64")
    assert "≥54%" in set(frame["shown"])


def test_markdown_has_a_footnote_for_every_value(folder: Path) -> None:
    text = (folder / "compare.md").read_text(encoding="utf-8")
    assert "| 森林覆盖率 | 时限不同" in text and "≥54%（2027）[^" in text
    assert "全县森林覆盖率不低于54%" in text


def test_many_jurisdictions_stay_within_what_a_spreadsheet_opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "_MOST_CELLS", 10)
    monkeypatch.setattr(cells, "_FEWEST_ROWS", 2)
    output = made().write(tmp_path / "output")
    write_comparison(output)
    book = openpyxl.load_workbook(output / "compare.xlsx")
    assert book[MATRIX].max_row == 4 and book[VALUES].max_row == 3
    said = [str(cell.value) for row in book[OVERVIEW].iter_rows() for cell in row]
    assert any("此处列出前 2 个" in one for one in said) and any("全部见 compare.csv" in one for one in said)


def test_every_cell_has_the_same_font(book: openpyxl.Workbook) -> None:
    fonts = {cell.font.name for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
    assert fonts == {"Calibri"}


def test_sheets_without_rows_say_so(tmp_path: Path) -> None:
    one = made()
    one.documents = [document for document in one.documents if document.level == "province"]
    one.targets = [target for target in one.targets if target.doc_id == one.documents[0].doc_id]
    one.items, one.responsibilities, one.problems = [], [], []
    output = one.write(tmp_path / "output")
    write_comparison(output)
    assert "No rows" in str(openpyxl.load_workbook(output / "compare.xlsx")[CONFLICTS]["A2"].value)


@pytest.mark.parametrize(("value", "said"), [(35.0, "#,##0"), (0.5, "#,##0.0"), (3.39, "#,##0.00"), (0.515, "#,##0.000")])
def test_number_formats_show_the_decimals_that_there_are(value: float, said: str) -> None:
    assert digits(value) == said


# --- Python and SQL


def test_targets_are_typed(folder: Path) -> None:
    targets = Dataset.open(folder).targets()
    assert str(targets.dtypes["deadline"]) == "date32[day][pyarrow]"
    assert str(targets.dtypes["page"]) == "int64[pyarrow]"
    assert targets["value"].max() == 90


def test_compare_selects_indicators_and_jurisdictions(folder: Path) -> None:
    dataset = Dataset.open(folder)
    frame = dataset.compare(indicators="environment.forest_coverage", jurisdictions=["白水县", "990002"])
    assert set(frame["jurisdiction"]) == {"白水县", "红岩区"}
    wide = dataset.compare(indicators=["森林覆盖率"], wide=True)
    assert wide.loc["environment.forest_coverage"].iloc[0].to_dict() == {"青山省": 60.0, "白水县": 54.0, "红岩区": 63.0}


def test_compare_makes_what_is_missing(tmp_path: Path) -> None:
    output = made().write(tmp_path / "output")
    assert not Dataset.open(output).compare().empty
    assert (output / "compare.xlsx").exists()


def test_duckdb_has_a_view_per_table(folder: Path) -> None:
    with duckdb.connect(str(Dataset.open(folder).write_duckdb()), read_only=True) as connection:
        assert connection.execute("select count(*) from targets where value > 50").fetchone() == (7,)
        assert connection.execute("select count(distinct jurisdiction) from compare").fetchone() == (3,)


def test_a_folder_without_dataset_is_told_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(NoDatasetError, match="commitments run"):
        Dataset.open(tmp_path)


def test_importing_the_package_stays_light() -> None:
    code = "import sys, policy_commitments.pipeline; print([m for m in ('pandas', 'pyarrow', 'openpyxl', 'duckdb') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
