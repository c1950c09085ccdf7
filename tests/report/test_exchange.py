"""Spans go out to annotation tools and spaCy and come back as decisions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest

from policy_commitments.pipeline.corrected_rows import apply_corrections
from policy_commitments.pipeline.corrections import read_corrections
from policy_commitments.pipeline.exchange.formats import export_to
from policy_commitments.pipeline.exchange.incoming import AnnotationError, read_annotations, write_decisions
from tests.report.datasets import notices


def _spans(text: str, labels: list[Any], label: str) -> list[str]:
    return [text[start:end] for start, end, name in labels if name == label]


def test_doccano_holds_every_kind_of_span(dataset: Path, tmp_path: Path) -> None:
    lines = [orjson.loads(line) for line in export_to(dataset, "doccano", tmp_path / "d.jsonl").read_bytes().splitlines()]
    county = next(line for line in lines if line["title"].startswith("甲县"))
    assert _spans(county["text"], county["label"], "target") == ["护理型床位占比达到60%以上", "新建养老服务中心3个"]
    assert _spans(county["text"], county["label"], "task") == ["一、扩大床位供给", "二、建设服务设施"]
    assert _spans(county["text"], county["label"], "deadline") == ["到2025年", "2024年6月底前"]
    assert _spans(county["text"], county["label"], "agency") == ["县民政局", "县财政局"]


def test_what_a_coder_did_in_doccano_comes_back(dataset: Path, tmp_path: Path) -> None:
    path = export_to(dataset, "doccano", tmp_path / "d.jsonl")
    line = next(one for one in map(orjson.loads, path.read_bytes().splitlines()) if one["title"].startswith("甲县"))
    missed = line["text"].index("每年培训护理员200人")
    gone = line["text"].index("新建养老服务中心3个")
    line["label"] = [one for one in line["label"] if one[0] != gone or one[2] != "target"] + [[missed, missed + 11, "target"]]
    path.write_bytes(orjson.dumps(line) + b"\n" + orjson.dumps({"text": "别处", "label": []}) + b"\n")
    incoming = read_annotations(path, "doccano", dataset)
    assert (incoming.unknown, incoming.unused) == (1, 0)
    write_decisions(incoming, tmp_path / "corrections.jsonl")
    corrected, outcome = apply_corrections(notices()[1].result(), read_corrections(tmp_path / "corrections.jsonl"))
    assert set(outcome.values()) == {""}
    assert [target.quote for target in corrected.targets] == ["护理型床位占比达到60%以上", "每年培训护理员200人"]
    assert all(row.reviewed for row in corrected.commitments)


@pytest.mark.parametrize("units", [False, True], ids=["code points", "UTF-16 units"])
def test_label_studio_offsets_are_understood(dataset: Path, tmp_path: Path, units: bool) -> None:
    path = export_to(dataset, "label-studio", tmp_path / "l.json")
    assert "<Label value=\"target\"" in path.with_suffix(".xml").read_text(encoding="utf-8")
    task = next(one for one in orjson.loads(path.read_bytes()) if one["data"]["title"].startswith("甲县"))
    results = task.pop("predictions")[0]["result"]
    for result in results if units else ():
        value = result["value"]
        value["start"], value["end"] = (len(task["data"]["text"][: value[side]].encode("utf-16-le")) // 2 for side in ("start", "end"))
    task["annotations"] = [{"result": results}]
    path.write_bytes(orjson.dumps([task]))
    incoming = read_annotations(path, "label-studio", dataset)
    assert {one["action"] for one in incoming.decisions} == {"confirm"}
    assert len(incoming.decisions) == 7


def test_other_files_are_refused(dataset: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(b'{"a": 1}')
    for tool in ("doccano", "label-studio"):
        with pytest.raises(AnnotationError):
            read_annotations(path, tool, dataset)


def test_docbin_has_a_span_group_for_every_label(dataset: Path, tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy")
    from spacy.tokens import DocBin

    path = export_to(dataset, "docbin", tmp_path / "c.spacy")
    docs = list(DocBin().from_disk(path).get_docs(spacy.blank("zh").vocab))
    county = next(doc for doc in docs if doc.user_data["title"].startswith("甲县"))
    assert [span.text for span in county.spans["target"]] == ["护理型床位占比达到60%以上", "新建养老服务中心3个"]
    assert county.spans["agency"][0].text == "县民政局" and county.spans["target"][0].kb_id_


def test_the_spacy_component_sets_span_groups() -> None:
    spacy = pytest.importorskip("spacy")
    nlp = spacy.blank("zh")
    nlp.add_pipe("policy_commitments")
    text = "甲县养老服务实施方案\r\n\r\n一、重点任务\r\n（一）扩大供给。𠮷祥镇先行，到2025年，新增养老床位500张。（责任单位：县民政局）\r\n"
    doc = nlp(text)
    assert [span.text for span in doc.spans["agency"]] == ["县民政局"]
    assert any("500张" in span.text for span in doc.spans["target"])
    assert [row["value"] for row in doc._.commitments["targets"]] == [500.0]
    assert doc.spans["deadline"][0].text == "到2025年"
    assert nlp.from_disk is not None and doc.to_bytes()
