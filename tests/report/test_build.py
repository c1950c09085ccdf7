"""The folder that `commitments report` writes: complete, self-contained, deterministic, and free of foreign markup."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from policy_commitments.pipeline.report import build
from policy_commitments.pipeline.report.build import resource, write_report
from policy_commitments.pipeline.report.parts import safe_json
from policy_commitments.pipeline.report.tables import ReportError, read_tables
from policy_commitments.pipeline.report.values import shown
from tests.report.datasets import HOSTILE, notices, write_dataset

_SCRIPTS = sorted({*build._INDEX_SCRIPTS, *build._READ_SCRIPTS})


def part(report: Path, name: str) -> Any:
    text = (report / "data" / f"{name}.js").read_text(encoding="utf-8")
    head, tail = f'commitments.part("{name}",', ");\n"
    assert text.startswith(head) and text.endswith(tail)
    return json.loads(text[len(head) : -len(tail)])


def test_rows_that_most_jurisdictions_state_come_first(report: Path) -> None:
    rows = part(report, "matrix-0")
    assert [row[1] for row in rows] == ["护理型床位占比", "养老服务中心"]
    assert [value[2] for value in rows[0][4]] == ["≥58%", "≥55%", "≥60%", "≥50%"]


def test_every_value_has_its_detail(report: Path) -> None:
    details = part(report, "detail-0")
    values = [value for row in part(report, "matrix-0") for value in row[4]]
    assert len(details) == len(values)
    before, quote, after, anchor = details[0][:4]
    assert (before, quote, after) == ("𠮷祥镇先行，到2025年，", "护理型床位占比达到58%以上", "，目前为40%。")
    documents = part(report, "documents")
    page = (report / "doc" / f"{documents[values[0][1]][0]}.html").read_text(encoding="utf-8")
    assert f'<i id="{anchor}"></i>' in page


def test_superiors_are_the_places_above(report: Path) -> None:
    head = part(report, "head")
    names = [place[0] for place in head["places"]]
    above = {names[n]: [names[one] for one in found] for n, found in enumerate(head["superiors"])}
    assert above == {"云川省": [], "甲县": ["云川省"], "乙县": ["云川省"], "丙区": []}


def test_deadlines_and_functions_lead_to_their_places(report: Path) -> None:
    assert {row[1] for row in part(report, "timeline")} == {"2024Q2", "2025Q4"}
    assert len(part(report, "due-2025")) == 4
    functions = part(report, "heat")["functions"]
    assert functions[0][:2] == ["民政", "Civil affairs"]
    assert [row[1] for row in part(report, "agency-0")] == [0, 0, 0, 0]


def test_overview_names_what_could_not_be_read(report: Path) -> None:
    found = part(report, "overview")
    assert found["errors"][0][0] == "坏.pdf"
    assert found["problems"][0][:3] == ["unclassified_number", "warning", 1]
    assert part(report, "head")["findings"] == {"conflicts": -1, "cascade": -1}


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_text_of_documents_is_never_markup(report: Path) -> None:
    allowed = {"assets/index.js", "../assets/read.js", "data/head.js", "data/matrix-0.js"}
    for path in report.rglob("*.html"):
        tags = _Tags()
        tags.feed(path.read_text(encoding="utf-8"))
        for tag, attributes in tags.found:
            assert tag != "img", path.name
            assert not any(name.startswith("on") for name in attributes), (path.name, attributes)
            assert not str(attributes.get("href") or "").lower().startswith(("javascript", "http")), path.name
            if tag == "script":
                assert attributes.get("src") in allowed or attributes.get("type") == "application/json"
    hostile = next(path for path in (report / "doc").glob("*.html") if "乙县方案" in path.read_text(encoding="utf-8"))
    assert "&lt;script&gt;window.hacked = 1&lt;/script&gt;" in hostile.read_text(encoding="utf-8")


def test_no_file_names_an_outside_address(report: Path) -> None:
    for path in report.rglob("*"):
        if path.suffix in (".html", ".js", ".css"):
            addresses = set(re.findall(r"https?://[^\s\"'`)]+", path.read_text(encoding="utf-8")))
            assert addresses <= {"http://www.w3.org/2000/svg"}, path.name


def test_data_cannot_end_its_script_element() -> None:
    assert "<" not in safe_json({"a": "</script><!--"}) and "&" not in safe_json("&lt;")
    assert json.loads(safe_json(HOSTILE)) == HOSTILE
    assert json.loads(safe_json("半\ud842个")) == "半\ufffd个"


def test_every_word_of_the_interface_is_in_both_languages() -> None:
    strings = dict(re.findall(r'^  "([\w.]+)": (\[.*\]),$', resource("strings.js"), re.MULTILINE))
    for key, pair in strings.items():
        zh, en = json.loads(pair)
        assert zh and en, key
        assert set(re.findall(r"\{\w+\}", zh)) == set(re.findall(r"\{\w+\}", en)), key
    pages = resource("index.html") + resource("doc.html") + Path(build.__file__).with_name("reading.py").read_text(encoding="utf-8")
    used = set(re.findall(r'data-i18n(?:-label|-placeholder)?="([\w.]+)"', pages))
    for script in _SCRIPTS:
        used |= set(re.findall(r'(?<![\w.])t\("([\w.]+)"', resource(script)))
    assert {key for key in used if not key.endswith(".")} - set(strings) == set()


def test_scripts_stay_small_and_use_no_markup() -> None:
    for script in _SCRIPTS:
        text = resource(script)
        if script != "strings.js":
            assert text.count("\n") < 300, script
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|fetch\(", text), script


def test_the_same_dataset_gives_the_same_bytes(tmp_path: Path) -> None:
    bytes_of = []
    for name in ("a", "b"):
        folder = write_dataset(tmp_path / name, notices())
        write_report(folder)
        report = folder / "report"
        bytes_of.append({path.relative_to(report).as_posix(): path.read_bytes() for path in sorted(report.rglob("*")) if path.is_file()})
    assert bytes_of[0] == bytes_of[1]


def test_a_folder_without_a_dataset_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="no dataset"):
        read_tables(tmp_path)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ({"value": 90.0, "unit": "%", "comparator": "ge"}, "≥90%"),
        ({"value": 30000000.0, "unit": "元"}, "3000万元"),
        ({"value": 270000000.0, "unit": "元", "comparator": "gt"}, ">2.7亿元"),
        ({"value": 5.5, "value_max": 6.0, "unit": "张", "per": "千人口", "comparator": "between"}, "5.5–6张/千人口"),
        ({"value": 10.0, "unit": "%", "direction": "decrease", "kind": "rate_of_change"}, "↓10%"),
        ({"value": None, "value_text": "若干"}, "若干"),
        ({"value": 12345.0, "unit": "人"}, "12345人"),
    ],
)
def test_values_as_people_write_them(target: dict[str, Any], expected: str) -> None:
    empty = {"value_max": None, "unit": None, "per": None, "comparator": "eq", "direction": None, "kind": "level", "value_text": ""}
    assert shown(empty | target) == expected
