"""Large datasets: tables in buckets, of which a re-run writes those that it touches, with the bytes of a run from nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import orjson
import pyarrow.parquet as pq
import pytest

from policy_commitments.pipeline import Dataset, emit, layout, merge
from policy_commitments.pipeline.batch import Options, run
from policy_commitments.pipeline.export import export_dataset
from policy_commitments.pipeline.gather import gather
from policy_commitments.schemas.columns import KEYS, TABLES
from tests.pipeline.batch_runs import dying_after, lines, notice

NUMBER = 40


@pytest.fixture(autouse=True)
def small_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "BUCKETED_ABOVE", 10)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for k in range(NUMBER):
        notice(tmp_path / "in" / f"县{k % 3}", f"方案{k}.txt", k)
    return tmp_path / "in"


def everything(output: Path) -> dict[str, bytes]:
    """All files but the run report, the change log and the state of the run."""
    files = {path.relative_to(output).as_posix(): path for path in output.rglob("*") if path.is_file()}
    return {
        name: path.read_bytes()
        for name, path in files.items()
        if name not in ("run.json", "changes.jsonl") and (not name.startswith(".state") or ".parquet" in name)
    }


def test_tables_are_folders_of_buckets_and_open_as_one(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    run([str(folder)], output, Options(jobs=1))
    dataset = Dataset.open(output)
    for table in TABLES:
        assert len(list((output / f"{table}.parquet").iterdir())) == 256
        rows = dataset.rows(table)
        assert [row["doc_id"] for row in rows] == sorted(row["doc_id"] for row in rows)
        assert len({row[KEYS[table]] for row in rows}) == len(rows) >= (0 if table == "milestones" else NUMBER)
        for bucket in (output / f"{table}.parquet").iterdir():
            assert all(one[:2] == bucket.stem for one in pq.read_table(bucket)["doc_id"].to_pylist())
    assert sorted(path.name for path in output.glob("*.jsonl")) == ["changes.jsonl", "errors.jsonl"]
    assert all("方案" in dataset.text(row["doc_id"]) for row in dataset.rows("documents"))
    package = orjson.loads((output / "datapackage.json").read_bytes())
    assert all(len(resource["files"]) == 256 for resource in package["resources"])


def test_a_second_run_writes_only_what_it_touches(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    run([str(folder)], output, Options(jobs=1))
    before = {path: path.stat().st_mtime_ns for path in output.rglob("*.parquet") if path.is_file()}
    notice(folder / "县1", "方案1.txt", 99)
    (folder / "县2" / "方案2.txt").unlink()
    run([str(folder)], output, Options(jobs=1, prune=True))
    again = {path for path, time in before.items() if path.stat().st_mtime_ns != time}
    assert 0 < len({path.stem for path in again}) <= 3
    assert {one["change"] for one in lines(output / "changes.jsonl")} == {"changed", "removed"}
    run([str(folder)], tmp_path / "whole", Options(jobs=2))
    assert everything(output) == everything(tmp_path / "whole")


def test_documents_of_other_buckets_follow_what_they_relate_to(folder: Path, tmp_path: Path) -> None:
    host = folder / "县0" / "通知.txt"
    host.write_text(
        "云溪县人民政府关于印发供水工作方案的通知\n云政发〔2023〕5号\n\n各乡镇人民政府：\n\n"
        "现将《供水工作方案》印发给你们，请认真贯彻执行。\n\n云溪县人民政府\n2023年5月6日\n", encoding="utf-8",
    )  # fmt: skip
    notice(folder / "县0", "附件1.txt", 80)
    text = "".join(f"云溪县第{k}项供水工程，由县水利局负责建设。\n" for k in range(20))
    (folder / "县0" / "a.txt").write_text(text, encoding="utf-8")
    (folder / "县0" / "b.html").write_text(f"<p>{text}</p>".replace("\n", "</p><p>"), encoding="utf-8")
    (folder / "县0" / "c.txt").write_text(text + "\n", encoding="utf-8")
    output = tmp_path / "out"
    run([str(folder)], output, Options(jobs=1))
    related = [row for row in Dataset.open(output).rows("documents") if row["part_of"] or row["duplicate_of"]]
    host.unlink()
    (folder / "县0" / "a.txt").unlink()
    run([str(folder)], output, Options(jobs=1, prune=True))
    left = [row for row in Dataset.open(output).rows("documents") if row["part_of"] or row["duplicate_of"]]
    assert len(left) < len(related)
    run([str(folder)], tmp_path / "whole", Options(jobs=1))
    assert everything(output) == everything(tmp_path / "whole")


def test_small_grows_large_and_shrinks_again(folder: Path, tmp_path: Path) -> None:
    output, few = tmp_path / "out", tmp_path / "few"
    for k in range(5):
        few.mkdir(exist_ok=True)
        shutil.copy(folder / f"县{k % 3}" / f"方案{k}.txt", few)
    run([str(few)], output, Options(jobs=1))
    small = everything(output)
    run([str(folder), str(few)], output, Options(jobs=1))
    run([str(folder), str(few)], tmp_path / "whole", Options(jobs=1))
    assert everything(output) == everything(tmp_path / "whole")
    run([str(few)], output, Options(jobs=1, prune=True))
    assert everything(output) == small


@pytest.mark.parametrize("renames", [0, 7, 300, 900])
def test_killed_while_buckets_move(folder: Path, tmp_path: Path, renames: int, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = Path.replace
    dying_after(monkeypatch, renames, lambda path: "next" in path.parts)
    with pytest.raises(KeyboardInterrupt):
        run([str(folder)], tmp_path / "out", Options(jobs=1))
    monkeypatch.setattr(Path, "replace", replace)
    run([str(folder)], tmp_path / "out", Options(jobs=1))
    run([str(folder)], tmp_path / "whole", Options(jobs=1))
    assert everything(tmp_path / "out") == everything(tmp_path / "whole")


def test_tables_made_side_by_side_are_the_same(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run([str(folder)], tmp_path / "one", Options(jobs=1))
    monkeypatch.setattr(merge, "_FEW", 0)
    run([str(folder)], tmp_path / "two", Options(jobs=2))
    assert everything(tmp_path / "one") == everything(tmp_path / "two")
    assert (tmp_path / "one" / "changes.jsonl").read_bytes() == (tmp_path / "two" / "changes.jsonl").read_bytes()


@pytest.mark.parametrize("bucketed_above", [10, 1_000])
def test_rows_sorted_range_by_range_are_the_same(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bucketed_above: int
) -> None:
    monkeypatch.setattr(layout, "BUCKETED_ABOVE", bucketed_above)
    run([str(folder)], tmp_path / "one", Options(jobs=1))
    monkeypatch.setattr(emit, "_SORTED_AT_ONCE", 0)
    run([str(folder)], tmp_path / "two", Options(jobs=1))
    for k in (3, 4):
        notice(folder / f"县{k % 3}", f"方案{k}.txt", 99)
    run([str(folder)], tmp_path / "two", Options(jobs=1))
    monkeypatch.undo()
    monkeypatch.setattr(layout, "BUCKETED_ABOVE", bucketed_above)
    run([str(folder)], tmp_path / "one", Options(jobs=1))
    assert everything(tmp_path / "one") == everything(tmp_path / "two")
    assert (tmp_path / "one" / "changes.jsonl").read_bytes() == (tmp_path / "two" / "changes.jsonl").read_bytes()


def test_parts_and_exports(folder: Path, tmp_path: Path) -> None:
    run([str(folder)], tmp_path / "whole", Options(jobs=1))
    parts = [tmp_path / f"part{i}" for i in (1, 2)]
    for i, part in enumerate(parts, start=1):
        run([str(folder)], part, Options(jobs=1, shard=(i, 2)))
    assert gather(parts, tmp_path / "out") == NUMBER
    assert everything(tmp_path / "out") == everything(tmp_path / "whole")
    for target in ("csv", "jsonl", "duckdb", "partitioned"):
        export_dataset(tmp_path / "whole", target, tmp_path / target)
    written = {path.stem for path in (tmp_path / "jsonl").glob("*.jsonl")}
    assert set(TABLES) <= written
    assert len(lines(tmp_path / "jsonl" / "documents.jsonl")) == NUMBER
