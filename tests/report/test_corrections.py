"""Decisions of a reviewer on top of extraction: found by content, kept over re-runs and newer versions, never dropped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pytest

from policy_commitments.pipeline.batch import Options, run
from policy_commitments.pipeline.corrected_rows import apply_corrections
from policy_commitments.pipeline.corrections import CorrectionsError, read_corrections
from policy_commitments.pipeline.evaluation.reviewed import evaluate_reviewed, reviewed_lines
from policy_commitments.pipeline.result import DocumentResult
from tests.report.datasets import notices, write_dataset


@pytest.fixture
def result() -> DocumentResult:
    return notices()[1].result()


def _line(result: DocumentResult, action: str, kind: str = "target", **more: Any) -> dict[str, Any]:
    document = {"title": result.document.title, "adcode": result.document.adcode, "source_path": result.document.source_path}
    target = result.targets[0]
    named = {"commitment_key": target.commitment_key, "quote": target.quote} if kind == "target" else {}
    return {"action": action, "type": kind, "document": document, "field": "*", "old": None, "new": None} | named | more


def _apply(tmp_path: Path, result: DocumentResult, *lines: dict[str, Any]) -> tuple[DocumentResult, list[str]]:
    path = tmp_path / "corrections.jsonl"
    path.write_bytes(b"".join(orjson.dumps(line) + b"\n" for line in lines))
    corrected, outcome = apply_corrections(result, read_corrections(path))
    return corrected, list(outcome.values())


def test_a_value_is_corrected_in_its_table_and_in_the_flat_view(tmp_path: Path, result: DocumentResult) -> None:
    line = _line(result, "correct", field="value", old=60, new=66)
    corrected, reasons = _apply(tmp_path, result, line)
    assert reasons == [""]
    assert corrected.targets[0].value == 66.0 and result.targets[0].value == 60.0
    flat = [(row.value, row.reviewed) for row in corrected.commitments if row.type == "target"]
    assert flat[0] == (66.0, True) and not flat[1][1]


def test_what_follows_from_a_corrected_column_follows(tmp_path: Path, result: DocumentResult) -> None:
    lines = [
        _line(result, "correct", field="value", old=60, new=6.6),
        _line(result, "correct", field="unit", old="%", new="人"),
        _line(result, "correct", field="per", old=None, new="万人口"),
        _line(result, "correct", field="indicator", old="护理型床位占比", new="甲县注册护士数"),
    ]
    corrected, reasons = _apply(tmp_path, result, *lines)
    assert reasons == [""] * 4
    target = corrected.targets[0]
    assert (target.indicator_key, target.dimension) == ("每万人口注册护士", "persons")
    assert (target.canonical_value, target.canonical_unit) == (0.66, "人/千人口")
    (tmp_path / "more").mkdir()
    fields = {"indicator": "甲县每千人口注册护士数", "value": 4, "unit": "人", "per": "千人口", "kind": "level", "comparator": "eq"}
    line = _line(result, "add", commitment_key=None, quote="每年培训护理员200人", new=fields)
    added = _apply(tmp_path / "more", result, line)[0].targets[-1]
    assert (added.indicator_id, added.canonical_value, added.canonical_unit) == ("health.nurses_per_1000", 4.0, "人/千人口")


def test_dates_and_codes_are_checked(tmp_path: Path, result: DocumentResult) -> None:
    lines = [
        _line(result, "correct", field="deadline", old="2025-12-31", new="2026-06-30"),
        _line(result, "correct", field="strength", old="expected", new="certain"),
        _line(result, "correct", field="target_id", old="a", new="b"),
        _line(result, "correct", field="indicator", old="护理型床位占比", new=""),
    ]
    corrected, reasons = _apply(tmp_path, result, *lines)
    assert corrected.targets[0].deadline == date(2026, 6, 30)
    assert reasons == ["", "'certain' is no value of strength", "target_id is no field that can be corrected", "indicator cannot be empty"]
    assert [problem.code for problem in corrected.problems] == ["correction_unfit"] * 3


def test_a_confirmed_row_that_changed_is_reported(tmp_path: Path, result: DocumentResult) -> None:
    _, reasons = _apply(tmp_path, result, _line(result, "confirm", old={"value": 60, "deadline": "2025-12-31"}))
    assert reasons == [""]
    _, reasons = _apply(tmp_path, result, _line(result, "confirm", old={"value": 61}))
    assert reasons == ["the row has changed since it was confirmed"]


def test_deleted_rows_leave_and_tasks_become_plain_items(tmp_path: Path, result: DocumentResult) -> None:
    item = result.items[0]
    key = next(row.commitment_key for row in result.commitments if row.item_id == item.item_id and row.type == "task")
    task = _line(result, "delete", "task", commitment_key=key, quote=f"{item.label}{item.title}")
    corrected, reasons = _apply(tmp_path, result, _line(result, "delete"), task)
    assert reasons == ["", ""]
    assert [target.indicator for target in corrected.targets] == ["养老服务中心"]
    assert not corrected.items[0].is_task and "task" not in {row.type for row in corrected.commitments if row.item_id == item.item_id}


def test_agencies_are_corrected_through_their_task(tmp_path: Path, result: DocumentResult) -> None:
    key = next(row.commitment_key for row in result.commitments if row.type == "task")
    line = _line(result, "correct", "responsibility", commitment_key=key, quote="县财政局", field="role", old="support", new="responsible")
    corrected, reasons = _apply(tmp_path, result, line)
    assert reasons == [""]
    task = next(row for row in corrected.commitments if row.type == "task")
    assert (task.support, task.responsible, task.reviewed) == ([], ["县财政局"], True)


def test_a_missed_promise_is_found_by_its_wording(tmp_path: Path, result: DocumentResult) -> None:
    fields = {"indicator": "培训护理员", "value": 200, "unit": "人", "kind": "count", "comparator": "eq", "deadline": None}
    line = _line(result, "add", commitment_key=None, quote="每年培训护理员200人", context=["普查。", "。"], new=fields)
    corrected, reasons = _apply(tmp_path, result, line)
    assert reasons == [""]
    added = next(target for target in corrected.targets if target.rule == "review")
    assert corrected.text[added.start : added.end] == added.quote == "每年培训护理员200人"
    assert (added.value, added.item_id, added.doc_id) == (200.0, result.items[1].item_id, result.document.doc_id)
    again, _ = _apply(tmp_path, corrected, line)
    assert len(again.targets) == len(corrected.targets)


def test_a_quote_that_stands_twice_needs_its_surroundings(tmp_path: Path, result: DocumentResult) -> None:
    twice = replace(result, text=result.text + "附：每年培训护理员200人。")
    fields = {"indicator": "培训护理员", "value": 200, "kind": "count", "comparator": "eq"}
    line = _line(result, "add", commitment_key=None, quote="每年培训护理员200人", new=fields)
    assert _apply(tmp_path, twice, line)[1] == ["the passage stands in several places"]
    corrected, reasons = _apply(tmp_path, twice, line | {"context": ["附：", "。"]})
    assert reasons == [""] and corrected.targets[-1].start > result.targets[-1].end


def test_a_newer_version_keeps_a_decision_where_the_row_is_the_same(tmp_path: Path, result: DocumentResult) -> None:
    line = _line(result, "correct", field="value", old=60, new=66)
    moved = replace(result, document=replace(result.document, source_path="新版.txt", text_sha256="new"))
    assert _apply(tmp_path, moved, line)[0].targets[0].value == 66.0
    for target in moved.targets:
        target.value = 70.0
    assert _apply(tmp_path, moved, line)[1] == ["value is now 70.0, not 60.0 as when it was corrected"]
    other = replace(result, document=replace(result.document, source_path="b.txt", title="别的文件", text_sha256="other"))
    assert _apply(tmp_path, other, line) == (other, [])


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{", "line 1: not JSON"),
        (b'{"action": "guess", "type": "target"}', "needs an action"),
        (b'{"action": "confirm", "type": "target", "quote": ""}', "needs a quote"),
        (b'{"action": "add", "type": "target", "quote": "a", "document": {}}', "needs its fields"),
    ],
)
def test_a_broken_file_names_its_line(tmp_path: Path, line: bytes, message: str) -> None:
    path = tmp_path / "c.jsonl"
    path.write_bytes(line)
    with pytest.raises(CorrectionsError, match=message):
        read_corrections(path)


def test_decisions_serve_as_gold(tmp_path: Path, result: DocumentResult) -> None:
    dataset = write_dataset(tmp_path / "dataset", notices())
    fields = {"indicator": "培训护理员", "value": 200, "unit": "人", "kind": "count", "comparator": "eq"}
    lines = [
        _line(result, "confirm", old={"value": 60}),
        _line(result, "correct", field="value", old=60, new=66),
        _line(result, "correct", field="unit", old="‰", new="%"),
        _line(result, "delete", quote="不再有的句子", commitment_key="0"),
        _line(result, "add", commitment_key=None, quote="每年培训护理员200人", new=fields),
        _line(result, "confirm") | {"document": {"source_path": "别处.txt"}},
    ]
    path = tmp_path / "corrections.jsonl"
    path.write_bytes(b"".join(orjson.dumps(line) + b"\n" for line in lines))
    reviewed = evaluate_reviewed(dataset, read_corrections(path))
    assert reviewed.by_decision == {
        "confirmed rows found again": [1, 1], "corrected target value": [0, 1], "corrected target unit": [1, 1],
        "deleted rows not found": [1, 1], "missed rows found now": [0, 1],
    }  # fmt: skip
    assert reviewed.absent == 1 and len(reviewed.misses) == 2
    assert len(reviewed_lines(reviewed)) == 6


_NOTICE = """甲县人民政府办公室关于印发甲县养老服务实施方案的通知

甲县养老服务实施方案

一、总体目标
到2025年，护理型床位占比达到60%以上。

二、重点任务
（一）扩大床位供给。到2025年，新增养老床位500张。（责任单位：县民政局）
"""


def test_run_applies_reports_and_forgets(tmp_path: Path) -> None:
    source, output, path = tmp_path / "a.txt", tmp_path / "out", tmp_path / "corrections.jsonl"
    source.write_text(_NOTICE, encoding="utf-8")
    run([str(source)], output, Options(jobs=1))
    before = (output / "targets.jsonl").read_bytes()
    rows = [orjson.loads(line) for line in before.splitlines()]
    document = orjson.loads((output / "documents.jsonl").read_bytes())
    about = {name: document[name] for name in ("title", "adcode", "source_path")}
    target = next(row for row in rows if row["value"] == 500.0)
    line = {"action": "correct", "type": "target", "commitment_key": target["commitment_key"], "quote": target["quote"], "field": "value", "old": 500, "new": 550, "document": about}
    lost = line | {"quote": "并不存在的句子", "commitment_key": "0"}
    path.write_bytes(orjson.dumps(line) + b"\n" + orjson.dumps(lost) + b"\n")
    progress = run([str(source)], output, Options(jobs=1, corrections=path))
    assert progress.done == 1 and len(progress.unfit) == 1 and "并不存在的句子" in progress.unfit[0]
    assert 550.0 in [orjson.loads(one)["value"] for one in (output / "targets.jsonl").read_bytes().splitlines()]
    flat = [orjson.loads(one) for one in (output / "commitments.jsonl").read_bytes().splitlines()]
    assert [row["value"] for row in flat if row["reviewed"]] == [550.0]
    assert orjson.loads((output / "corrections_unfit.jsonl").read_bytes())["reason"].startswith("no row has")
    again = run([str(source)], output, Options(jobs=1, corrections=path))
    assert again.skipped == 1 and len(again.unfit) == 1
    run([str(source)], output, Options(jobs=1))
    assert (output / "targets.jsonl").read_bytes() == before
    assert not (output / "corrections_unfit.jsonl").exists()
