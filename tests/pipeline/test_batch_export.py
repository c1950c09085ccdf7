"""Exports hold the dataset's rows; coded samples give the textbook's figures; parts make the whole."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import pyarrow.dataset as arrow_dataset
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from policy_commitments.pipeline.batch import Options, run
from policy_commitments.pipeline.cli import app
from policy_commitments.pipeline.coding.agreement import CodingError, cohen, krippendorff, read_coded, wilson
from policy_commitments.pipeline.coding.sample import allocate, draw
from policy_commitments.pipeline.discover import UsageError
from policy_commitments.pipeline.export import export_dataset
from policy_commitments.pipeline.gather import gather
from policy_commitments.schemas.columns import KEYS, TABLES, columns
from tests.pipeline.batch_runs import SPECIMENS, notice, tables


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sources")
    for path in sorted(SPECIMENS.glob("*.txt")):
        shutil.copy(path, folder)
    return folder


@pytest.fixture(scope="module")
def dataset(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("dataset")
    run([str(sources)], output, Options())
    return output


def counts(dataset: Path) -> dict[str, int]:
    return {table: pq.read_metadata(dataset / f"{table}.parquet").num_rows for table in TABLES}


def command(*words: object) -> Any:
    return CliRunner().invoke(app, [str(word) for word in words])


# --- exports


def test_csv_opens_in_a_spreadsheet(dataset: Path) -> None:
    folder = export_dataset(dataset, "csv")
    assert (folder / "targets.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (folder / "commitments.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == counts(dataset)["commitments"] and list(rows[0]) == [c.name for c in columns("commitments")]
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    export_dataset(dataset, "csv")
    assert before == {path.name: path.read_bytes() for path in folder.iterdir()}


def test_jsonl_is_that_of_the_run(dataset: Path) -> None:
    folder = export_dataset(dataset, "jsonl")
    assert all((folder / f"{t}.jsonl").read_bytes() == (dataset / f"{t}.jsonl").read_bytes() for t in TABLES)


def test_xlsx_has_a_sheet_per_table_and_the_same_bytes(dataset: Path, tmp_path: Path) -> None:
    path = export_dataset(dataset, "xlsx", tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path, read_only=True)
    assert book.sheetnames == list(TABLES)
    assert {t: sum(1 for _ in book[t].iter_rows()) - 2 for t in TABLES} == counts(dataset)
    assert export_dataset(dataset, "xlsx", tmp_path / "b.xlsx").read_bytes() == path.read_bytes()


def test_stata_keeps_labels_and_dates(dataset: Path) -> None:
    folder = export_dataset(dataset, "stata")
    with pd.read_stata(folder / "targets.dta", iterator=True) as reader:
        labels = reader.variable_labels()
        frame = reader.read()
    assert (len(frame) == counts(dataset)["targets"] and labels["value"] == "数值") or labels["value"]
    assert frame["deadline"].dtype.kind == "M" and set(frame["strength"].dropna().unique()) <= {"binding", "expected", "aspirational"}
    before = (folder / "items.dta").read_bytes()
    assert (export_dataset(dataset, "stata") / "items.dta").read_bytes() == before


def test_partitions_by_province_and_year(tmp_path: Path) -> None:
    codes = {"甲.txt": "330102,2021-03-04", "乙.txt": "110105,2022-05-06", "丙.txt": ","}
    for number, name in enumerate(codes):
        notice(tmp_path, name, 60 + number)
    lines = ["path,adcode,issue_date", *(f"{name},{told}" for name, told in codes.items())]
    (tmp_path / "manifest.csv").write_text("\n".join(lines), encoding="utf-8")
    run([str(tmp_path / "manifest.csv")], tmp_path / "out", Options(jobs=1))
    folder = export_dataset(tmp_path / "out", "partitioned")
    assert export_dataset(tmp_path / "out", "partitioned") == folder and not list(folder.glob(".*"))
    for table in TABLES:
        found = arrow_dataset.dataset(folder / table, partitioning="hive").to_table()
        assert found.num_rows == counts(tmp_path / "out")[table]
    documents = arrow_dataset.dataset(folder / "documents", partitioning="hive").to_table().to_pylist()
    assert {(row["province"], row["year"]) for row in documents} == {("浙江省", 2021), ("北京市", 2022), (None, None)}
    with duckdb.connect() as connection:
        query = f"select province, year from read_parquet('{folder.as_posix()}/documents/**/*.parquet', hive_partitioning = true)"
        assert ("浙江省", 2021) in connection.execute(query).fetchall()


def test_duckdb_holds_tables_keys_and_comments(dataset: Path) -> None:
    path = export_dataset(dataset, "duckdb")
    with duckdb.connect(str(path), read_only=True) as connection:
        for table in TABLES:
            assert connection.execute(f"select count(*) from {table}").fetchall() == [(counts(dataset)[table],)]
        comments = connection.execute("select count(*) from duckdb_columns() where comment is not null").fetchall()
        assert comments == [(sum(len(columns(table)) for table in TABLES),)]


def test_unknown_exports_and_folders(dataset: Path, tmp_path: Path) -> None:
    assert command("export", dataset, "--to", "parchment").exit_code == 2
    assert command("export", tmp_path, "--to", "csv").exit_code == 2
    assert command("export", dataset, "--to", "csv", "-o", tmp_path / "csv").exit_code == 0


# --- PostgreSQL


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of Debian's package on loopback, run by a user who is not root; the tests are skipped where there is none."""
    pytest.importorskip("psycopg")
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not programs:
        pytest.skip("PostgreSQL is not installed: NOT CHECKED")
    user = "postgres" if os.geteuid() == 0 else None
    folder = Path("/tmp") / f"commitments-postgres-{os.getpid()}"
    folder.mkdir(mode=0o700)
    if user is not None:
        shutil.chown(folder, user)
    port = 54_000 + os.getpid() % 1_000
    binaries, data = programs[-1].parent, folder / "data"

    def call(*words: object) -> None:
        subprocess.run([str(word) for word in words], check=True, user=user, cwd=folder, capture_output=True)

    try:
        call(binaries / "initdb", "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
        call(binaries / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
        yield f"postgresql://tester@127.0.0.1:{port}/postgres"
    finally:
        if (data / "postmaster.pid").exists():
            call(binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder)


def test_postgres_is_brought_to_the_state_of_the_dataset(server: str, tmp_path: Path) -> None:
    import psycopg

    from policy_commitments.pipeline.export import ExportError
    from policy_commitments.pipeline.export.postgres import write_postgres

    for path in sorted(SPECIMENS.glob("0[27]*.txt")):
        (tmp_path / "in").mkdir(exist_ok=True)
        shutil.copy(path, tmp_path / "in")
    notice(tmp_path / "in", "方案.txt", 80)
    run([str(tmp_path / "in")], tmp_path / "out", Options(jobs=1))
    assert write_postgres(tmp_path / "out", server) == counts(tmp_path / "out")
    assert write_postgres(tmp_path / "out", server) == counts(tmp_path / "out")
    notice(tmp_path / "in", "方案.txt", 90)
    next((tmp_path / "in").glob("07*")).unlink()
    run([str(tmp_path / "in")], tmp_path / "out", Options(jobs=1, prune=True))
    assert command("export", tmp_path / "out", "--to", "postgres", "--dsn", server).exit_code == 0
    with psycopg.connect(server) as connection:
        for table in TABLES:
            ids = {row[0] for row in connection.execute(f'select "{KEYS[table]}" from commitments.{table}').fetchall()}
            assert ids == set(pq.read_table(tmp_path / "out" / f"{table}.parquet")[KEYS[table]].to_pylist())
        values = connection.execute("select value, deadline from commitments.targets where unit = '%' and quote ~ '自来水'").fetchall()
        assert [(value, str(day)) for value, day in values] == [(90.0, "2025-12-31")]
        (comment,) = connection.execute("select col_description('commitments.targets'::regclass, 1)").fetchone() or ("",)
        assert "·" in comment
        with pytest.raises(psycopg.errors.CheckViolation):
            connection.execute("update commitments.targets set kind = 'nonsense'")
    with pytest.raises(ExportError, match="PostgreSQL"):
        write_postgres(tmp_path / "out", "postgresql://tester@127.0.0.1:9/postgres?connect_timeout=2")
    with psycopg.connect(server) as connection:
        connection.execute("alter table commitments.items drop column label cascade")
    with pytest.raises(ExportError, match="older version"):
        write_postgres(tmp_path / "out", server)


# --- coding


def test_a_sample_is_stratified_and_always_the_same(dataset: Path) -> None:
    drawn = draw(dataset, 60)
    assert len(drawn) == 60 and drawn == draw(dataset, 60) and drawn != draw(dataset, 60, seed=2)
    types = Counter(one.row["type"] for one in drawn)
    assert set(types) == {"task", "target", "milestone", "responsibility"}
    assert all(one.row["quote"] for one in drawn)


def test_allocation_is_in_proportion_with_some_of_each() -> None:
    assert allocate({"a": 900, "b": 90, "c": 10}, 100) == {"a": 86, "b": 9, "c": 5}
    assert allocate({"a": 3, "b": 2}, 10) == {"a": 3, "b": 2}
    assert sum(allocate({"a": 7, "b": 5, "c": 1}, 8).values()) == 8


def test_figures_of_the_textbooks() -> None:
    low, high = wilson(81, 263)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)  # Newcombe 1998, table I
    pairs = [(True, True)] * 20 + [(True, False)] * 5 + [(False, True)] * 10 + [(False, False)] * 15
    assert cohen(pairs) == pytest.approx(0.4)  # the example of Cohen's κ in most handbooks
    liberty = ["01", "11", "01", "00", "00", "01", "00", "00", "10", "00"]  # Krippendorff 2011, A
    assert krippendorff([(a == "1", b == "1") for a, b in liberty]) == pytest.approx(0.095, abs=5e-4)
    assert cohen([(True, True)] * 9) is None and krippendorff([(True, True)] * 9) is None


def code_sheet(path: Path, target: Path, wrong: int) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["coding"]
    column = next(cell.column for cell in sheet[1] if cell.value == "correct")
    for number in range(3, sheet.max_row + 1):
        sheet.cell(number, column).value = 0 if number < 3 + wrong else 1
    book.save(target)


def test_coded_sheets_give_precision_and_agreement(dataset: Path, tmp_path: Path) -> None:
    drawn = command("sample", dataset, "-n", 40, "-o", tmp_path / "sheet.xlsx")
    assert drawn.exit_code == 0 and "target/body" in drawn.stdout
    code_sheet(tmp_path / "sheet.xlsx", tmp_path / "a.xlsx", wrong=4)
    code_sheet(tmp_path / "sheet.xlsx", tmp_path / "b.xlsx", wrong=6)
    one = command("evaluate", dataset, "--coded", tmp_path / "a.xlsx")
    assert "36/40" in one.stdout and "κ" not in one.stdout
    both = command("evaluate", dataset, "--coded", tmp_path / "a.xlsx", tmp_path / "b.xlsx")
    assert "agree 38/40" in both.stdout and "κ 0.773" in both.stdout


def test_sheets_that_are_none(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.save(tmp_path / "other.xlsx")
    (tmp_path / "no.xlsx").write_text("text", encoding="utf-8")
    for name in ("other.xlsx", "no.xlsx"):
        with pytest.raises(CodingError):
            read_coded(tmp_path / name)
    book.worksheets[0].append(["row_id", "stratum", "correct"])
    book.worksheets[0].append(["", "", ""])
    book.worksheets[0].append(["x-1", "target/body", "maybe"])
    book.save(tmp_path / "other.xlsx")
    with pytest.raises(CodingError, match="neither 1 nor 0"):
        read_coded(tmp_path / "other.xlsx")


# --- parts, estimate


def test_parts_make_the_whole(sources: Path, dataset: Path, tmp_path: Path) -> None:
    for i in (1, 2, 3):
        run([str(sources)], tmp_path / f"part{i}", Options(jobs=1, shard=(i, 3)))
    parts = [tmp_path / f"part{i}" for i in (1, 2, 3)]
    assert sum(counts(part)["documents"] for part in parts) == counts(dataset)["documents"]
    gather(parts, tmp_path / "all")
    assert tables(tmp_path / "all") == tables(dataset)
    assert run([str(sources)], tmp_path / "all", Options(jobs=1)).done == 0
    with pytest.raises(UsageError):
        gather([tmp_path / "nothing"], tmp_path / "all")
    assert command("run", sources, "-o", tmp_path / "x", "--shard", "4/3").exit_code == 2


def test_an_estimate_comes_from_the_runs_own_figures(dataset: Path, tmp_path: Path) -> None:
    told = command("bench", dataset, "--estimate", 1_000_000, "--jobs", 8, "--price", 0.05)
    assert told.exit_code == 0
    assert all(word in told.stdout for word in ("processor hours", "on 8 processors", "GB", "cost", "txt"))
    assert command("bench", tmp_path, "--estimate", 10).exit_code == 2


def test_the_command_runs_as_a_program() -> None:
    subprocess.run([sys.executable, "-m", "policy_commitments.pipeline.cli", "--help"], check=True, capture_output=True)
