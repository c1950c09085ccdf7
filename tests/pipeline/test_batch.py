"""What a run does again and what it leaves: copies, versions, columns, change log, progress."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import orjson
import pytest

from policy_commitments.pipeline import selection
from policy_commitments.pipeline.batch import Options, run
from policy_commitments.pipeline.discover import UsageError
from policy_commitments.pipeline.index import Index
from tests.pipeline.batch_runs import CLI, contents, lines, notice, tables


def test_rows_of_copies_do_not_depend_on_the_order_of_runs(tmp_path: Path) -> None:
    first = notice(tmp_path / "a", "z.txt", 80)
    run([str(first)], tmp_path / "steps", Options(jobs=1))
    shutil.copy(first, tmp_path / "a" / "b.txt")
    run([str(tmp_path / "a")], tmp_path / "steps", Options(jobs=1))
    run([str(tmp_path / "a")], tmp_path / "whole", Options(jobs=1))
    assert tables(tmp_path / "steps") == tables(tmp_path / "whole")
    (tmp_path / "a" / "b.txt").unlink()
    run([str(tmp_path / "a")], tmp_path / "steps", Options(jobs=1, prune=True))
    run([str(tmp_path / "a")], tmp_path / "one", Options(jobs=1))
    assert tables(tmp_path / "steps") == tables(tmp_path / "one")


def test_an_annex_loses_its_notice_when_that_leaves(tmp_path: Path) -> None:
    host = tmp_path / "in" / "通知.txt"
    notice(tmp_path / "in", "附件1.txt", 80)
    host.write_text(
        "云溪县人民政府关于印发供水工作方案的通知\n云政发〔2023〕5号\n\n各乡镇人民政府：\n\n"
        "现将《供水工作方案》印发给你们，请认真贯彻执行。\n\n云溪县人民政府\n2023年5月6日\n", encoding="utf-8",
    )  # fmt: skip
    run([str(tmp_path / "in")], tmp_path / "out", Options(jobs=1))
    host.unlink()
    run([str(tmp_path / "in")], tmp_path / "out", Options(jobs=1, prune=True))
    run([str(tmp_path / "in")], tmp_path / "whole", Options(jobs=1))
    assert tables(tmp_path / "out") == tables(tmp_path / "whole")


def test_verify_looks_at_the_bytes(folder: Path, tmp_path: Path) -> None:
    run([str(folder)], tmp_path / "out", Options(jobs=1))
    path = folder / "方案1.txt"
    stat = path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace("71", "17"), encoding="utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    os.utime(folder / "方案2.txt")
    blind = run([str(folder / "方案1.txt")], tmp_path / "out", Options(jobs=1))
    seeing = run([str(folder)], tmp_path / "out", Options(jobs=1, verify=True))
    assert (blind.done, seeing.done, seeing.skipped) == (0, 1, 5)


def test_other_manifest_values_are_another_document(folder: Path, tmp_path: Path) -> None:
    manifest = folder / "manifest.csv"
    for adcode in ("110105", "110106"):
        manifest.write_text(f"path,adcode\n方案1.txt,{adcode}\n", encoding="utf-8")
        progress = run([str(manifest)], tmp_path / "out", Options(jobs=1))
        assert progress.done == 1 and lines(tmp_path / "out" / "documents.jsonl")[0]["adcode"] == adcode


def test_another_version_does_its_documents_again_and_names_the_others(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run([str(folder)], tmp_path / "out", Options(jobs=1))
    monkeypatch.setattr(selection, "extractor_version", lambda: "9.9.9+00000000")
    progress = run([str(folder / "方案1.txt")], tmp_path / "out", Options(jobs=1))
    assert (progress.done, progress.documents) == (1, 6)
    assert any("5 documents are still from another version" in note for note in progress.notes)


def test_other_columns_are_redone_or_refused(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run([str(folder)], tmp_path / "out", Options(jobs=1))
    before = contents(tmp_path / "out")
    monkeypatch.setattr(selection, "schema_version", lambda: "2-00000000")
    with pytest.raises(UsageError, match="other columns"):
        run([str(folder / "方案1.txt")], tmp_path / "out", Options(jobs=1))
    assert contents(tmp_path / "out") == before
    progress = run([str(folder)], tmp_path / "out", Options(jobs=1))
    assert progress.done == 6 and "other columns" in progress.notes[0]


def test_the_change_log_names_what_changed(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    run([str(folder)], output, Options(jobs=1))
    assert {one["change"] for one in lines(output / "changes.jsonl")} == {"added"}
    path = folder / "方案1.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("71%", "92%"), encoding="utf-8")
    (folder / "方案2.txt").unlink()
    run([str(folder)], output, Options(jobs=1, prune=True))
    log = lines(output / "changes.jsonl")
    changed = [one for one in log if one["change"] == "changed"]
    assert [(one["fields"], one["old"]["value"], one["new"]["value"]) for one in changed] == [(["value"], 71.0, 92.0)]
    removed = [one for one in log if one["change"] == "removed"]
    assert removed and not any(one["change"] == "added" for one in log)
    run([str(folder)], output, Options(jobs=1))
    assert (output / "changes.jsonl").read_bytes() == b""


def test_progress_in_lines_in_json_and_not_at_all(folder: Path, tmp_path: Path) -> None:
    def printed(*more: str) -> tuple[str, str]:
        command = [*CLI, "run", str(folder), "-o", str(tmp_path / "out"), "--fresh", "--jobs", "1", *more]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
        return done.stdout, done.stderr

    assert "6 documents done" in printed()[1]
    assert printed("--quiet") == ("", "")
    row = orjson.loads(printed("--json-log")[1].splitlines()[-1])
    assert row["event"] == "progress" and row["done"] == 6 and row["left"] == 0


def test_the_index_forgets_nothing_by_itself(folder: Path, tmp_path: Path) -> None:
    run([str(folder)], tmp_path / "out", Options(jobs=1))
    run([str(folder / "方案1.txt")], tmp_path / "out", Options(jobs=1))
    with Index(tmp_path / "out" / ".state" / "index.sqlite") as index:
        assert index.count() == 6 and not index.pending()
