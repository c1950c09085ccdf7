"""Runs over folders: same bytes, nothing done twice, nothing lost, everything grounded."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pyarrow.parquet as pq
import pytest

from policy_commitments.pipeline.batch import Options, run
from policy_commitments.pipeline.evaluation.run import evaluate, score_lines
from policy_commitments.schemas.columns import TABLES, columns

SPECIMENS = Path(__file__).parents[2] / "corpus" / "documents"
DETERMINED = (*(f"{table}.{kind}" for table in TABLES for kind in ("parquet", "jsonl")), "datapackage.json", "problems.jsonl")


def rows(output: Path, table: str) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in (output / f"{table}.jsonl").read_bytes().splitlines()]


def contents(output: Path) -> dict[str, bytes]:
    found = {name: (output / name).read_bytes() for name in DETERMINED}
    return found | {f"texts/{path.name}": path.read_bytes() for path in (output / "texts").iterdir()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    source = tmp_path / "in"
    source.mkdir()
    for path in sorted(SPECIMENS.glob("*.txt")):
        shutil.copy(path, source / path.name)
    return source


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    output = tmp_path_factory.mktemp("dataset")
    run([str(SPECIMENS)], output, Options(jobs=1))
    yield output


def test_workers_and_waves_change_no_byte(folder: Path, tmp_path: Path) -> None:
    run([str(folder)], tmp_path / "one", Options(jobs=1))
    run([str(folder)], tmp_path / "two", Options(jobs=2))
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_two_halves_are_one_whole(folder: Path, tmp_path: Path) -> None:
    files = sorted(folder.iterdir())
    run([str(path) for path in files[:3]], tmp_path / "halves", Options(jobs=1))
    run([str(path) for path in files], tmp_path / "halves", Options(jobs=1))
    run([str(path) for path in files], tmp_path / "whole", Options(jobs=1))
    assert contents(tmp_path / "halves") == contents(tmp_path / "whole")


def test_unchanged_is_skipped_changed_is_replaced_and_gone_is_pruned(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    first = run([str(folder)], output, Options(jobs=1))
    again = run([str(folder)], output, Options(jobs=1))
    assert (first.done, again.done, again.skipped) == (first.documents, 0, first.documents)
    changed, gone = sorted(folder.glob("0[78]*.txt"))
    changed.write_text(changed.read_text(encoding="utf-8").replace("达到3.2人", "达到9.2人"), encoding="utf-8")
    gone.unlink()
    third = run([str(folder)], output, Options(jobs=1, prune=True))
    assert (third.done, third.documents) == (1, first.documents - 1)
    values = {row["value"] for row in rows(output, "targets")}
    assert 9.2 in values and 3.2 not in values
    known = {row["doc_id"] for row in rows(output, "documents")}
    for table in TABLES:
        assert {row["doc_id"] for row in rows(output, table)} <= known


def test_a_killed_run_is_finished_by_the_next(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "killed"
    command = [sys.executable, "-m", "policy_commitments.pipeline.cli", "run", str(folder), "-o", str(output), "--quiet"]
    child = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        child.wait(timeout=1.2)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    run([str(folder)], output, Options(jobs=1))
    run([str(folder)], tmp_path / "whole", Options(jobs=1))
    assert contents(output) == contents(tmp_path / "whole")


def test_copies_and_reprints(folder: Path, tmp_path: Path) -> None:
    original = sorted(folder.glob("07*.txt"))[0]
    shutil.copy(original, folder / "copy.txt")
    (folder / "reprint.txt").write_bytes(original.read_bytes().replace(b"\n", b"\r\n"))
    run([str(folder)], tmp_path / "out", Options(jobs=1))
    documents = {row["source_name"]: row for row in rows(tmp_path / "out", "documents")}
    assert documents[original.name]["copies"] == ["copy.txt"] and "copy.txt" not in documents
    assert documents["reprint.txt"]["duplicate_of"] == documents[original.name]["doc_id"]


def test_what_cannot_be_read_is_quarantined_and_the_rest_is_done(folder: Path, tmp_path: Path) -> None:
    (folder / "a_empty.txt").write_bytes(b"")
    (folder / "b_rubbish.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "c_broken.docx").write_bytes((SPECIMENS / "01_通知_学前教育.docx").read_bytes()[:900])
    command = [sys.executable, "-m", "policy_commitments.pipeline.cli", "run", str(folder), "-o", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    errors = [orjson.loads(line) for line in (tmp_path / "out" / "errors.jsonl").read_bytes().splitlines()]
    assert done.returncode == 3
    assert [one["source"] for one in errors] == ["a_empty.txt", "b_rubbish.txt", "c_broken.docx"]
    assert all(one["stage"] and one["code"] and one["message"] and one["remedy"] for one in errors)
    assert len(rows(tmp_path / "out", "documents")) == len(list(SPECIMENS.glob("*.txt")))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_manifest_values_win(folder: Path, tmp_path: Path, encoding: str) -> None:
    name = sorted(folder.glob("07*.txt"))[0].name
    with (folder / "manifest.csv").open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerows([["path", "title", "adcode", "coder"], [name, "另一个标题", "110105", "甲"]])
    run([str(folder / "manifest.csv")], tmp_path / "out", Options(jobs=1))
    (row,) = rows(tmp_path / "out", "documents")
    assert (row["title"], row["adcode"], row["county"]) == ("另一个标题", "110105", "朝阳区")
    assert {"given:title", "given:adcode"} <= set(row["resolved"]) and orjson.loads(row["extra"]) == {"coder": "甲"}


def test_every_quote_stands_where_it_says(dataset: Path) -> None:
    texts = {path.stem: path.read_bytes().decode() for path in (dataset / "texts").iterdir()}
    for table in ("targets", "milestones", "responsibilities", "commitments"):
        found = rows(dataset, table)
        assert found
        for row in found:
            if table != "commitments" or row["type"] != "task":
                assert texts[row["doc_id"]][row["start"] : row["end"]] == row["quote"]


def test_tables_have_their_columns_and_characters_add_up(dataset: Path) -> None:
    for table in TABLES:
        names = [column.name for column in columns(table)]
        assert pq.read_schema(dataset / f"{table}.parquet").names == names
        assert all(list(row) == names for row in rows(dataset, table))
    report = orjson.loads((dataset / "run.json").read_bytes())
    assert sum(report["characters"].values()) == report["chars"] and report["unplaced_share"] < 0.02


def test_the_data_package_is_valid(dataset: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    package = orjson.loads((dataset / "datapackage.json").read_bytes())
    assert {one["name"] for one in package["resources"]} == set(TABLES)
    report = frictionless.Package(str(dataset / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "note"])[:5]


def test_without_json_lines_the_parquet_tables_serve(folder: Path, tmp_path: Path) -> None:
    run([str(folder)], tmp_path / "lines", Options(jobs=1))
    run([str(folder)], tmp_path / "columns", Options(jobs=1, formats=("parquet",)))
    assert not list((tmp_path / "columns").glob("targets.jsonl"))
    package = orjson.loads((tmp_path / "columns" / "datapackage.json").read_bytes())
    assert {one["path"] for one in package["resources"]} == {f"{table}.parquet" for table in TABLES}
    gold = sorted((SPECIMENS.parent / "gold").glob("*.json"))
    assert gold
    assert score_lines(evaluate(tmp_path / "columns", gold)) == score_lines(evaluate(tmp_path / "lines", gold))


def test_a_manifest_names_the_host_of_an_annex_by_its_path(folder: Path, tmp_path: Path) -> None:
    host, annex = (sorted(folder.glob(f"{number}*.txt"))[0].name for number in ("01", "04"))
    lines = ["path,part_of,url", f"{host},,http://www.example.gov.cn/1", f"{annex},{host},"]
    (folder / "manifest.csv").write_text("\n".join(lines), encoding="utf-8")
    run([str(folder / "manifest.csv")], tmp_path / "out", Options(jobs=1))
    found = {row["source_name"]: row for row in rows(tmp_path / "out", "documents")}
    assert found[annex]["part_of"] == found[host]["doc_id"]
    assert orjson.loads(found[host]["extra"]) == {"url": "http://www.example.gov.cn/1"}


def test_a_task_that_recurs_says_so(tmp_path: Path) -> None:
    text = (
        "云溪县人民政府关于加强消防工作的通知\n\n各乡镇人民政府：\n\n一、主要任务\n\n"
        "（一）开展消防检查。对重点场所开展检查，消除隐患。\n完成时限：每年12月底前\n\n云溪县人民政府\n2023年5月6日\n"
    )
    (tmp_path / "通知.txt").write_text(text, encoding="utf-8")
    run([str(tmp_path / "通知.txt")], tmp_path / "out", Options(jobs=1))
    (row,) = [row for row in rows(tmp_path / "out", "items") if row["recurrence"]]
    assert (row["title"], row["recurrence"], row["deadline_text"]) == ("开展消防检查", "P1Y", "每年12月底前")


def test_a_month_behind_its_own_subject_dates_no_other_clause(tmp_path: Path) -> None:
    text = (
        "政府工作报告\n——2025年1月14日在禾丰县第五届人民代表大会第四次会议上\n县长 李平\n\n各位代表：\n\n二、2025年工作安排\n\n"
        "（一）改善民生。新院区9月底前投入使用，每千人口床位达到7.2张。9月底前，新增学位800个、托位300个。\n"
    )
    (tmp_path / "报告.txt").write_text(text, encoding="utf-8")
    run([str(tmp_path / "报告.txt")], tmp_path / "out", Options(jobs=1))
    found = {row["value"]: (row["deadline"], row["deadline_source"]) for row in rows(tmp_path / "out", "targets")}
    assert found == {
        7.2: ("2025-12-31", "section"), 800.0: ("2025-09-30", "stated"), 300.0: ("2025-09-30", "stated"),
    }  # fmt: skip
