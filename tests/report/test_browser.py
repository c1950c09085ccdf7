"""The report in a real browser: from disk, without a server; skipped where Chromium or Playwright is missing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from policy_commitments.pipeline.corrected_rows import apply_corrections
from policy_commitments.pipeline.corrections import read_corrections
from tests.report.browsing import DESKTOP, PHONE, until, view, violations
from tests.report.datasets import notices

pytestmark = pytest.mark.browser
_VIEWS = ("matrix", "overview", "documents", "deadlines", "agencies", "conflicts", "cascade", "review")


def _document(report: Path, title: str) -> Path:
    return next(path for path in sorted((report / "doc").glob("*.html")) if title in path.read_text(encoding="utf-8").split("</title>")[0])


def test_the_matrix_shows_indicators_by_jurisdictions(report: Path, open_page: Callable[..., Any]) -> None:
    page = open_page(report / "index.html")
    assert page.locator("table.matrix tbody .indicator").all_inner_texts() == ["护理型床位占比", "养老服务中心"]
    assert page.locator("table.matrix thead .name").all_inner_texts() == ["丙区", "云川省", "甲县", "乙县"]
    chips = page.locator("table.matrix tbody tr").first.locator(".chip")
    assert [chips.nth(n).locator(".figure").inner_text() for n in range(4)] == ["≥58%", "≥55%", "≥60%", "≥50%"]
    assert [chips.nth(n).locator(".word").all_inner_texts() for n in range(4)] == [[], ["约束"], ["预期"], ["力争"]]


def test_search_filters_and_sorting(report: Path, open_page: Callable[..., Any]) -> None:
    page = open_page(report / "index.html")
    names = page.locator("table.matrix tbody .indicator")
    page.fill("#f-q", "服务中心")
    until(page, "document.querySelectorAll('table.matrix tbody tr').length === 1")
    assert names.all_inner_texts() == ["养老服务中心"]
    page.fill("#f-q", "")
    until(page, "document.querySelectorAll('table.matrix tbody tr').length === 2")
    for name, value, chips in (("province", "海岳省", 2), ("strength", "binding", 1), ("kind", "count", 3), ("due", "2025", 4), ("year", "2022", 2), ("field", "民政", 4)):
        page.select_option(f"#f-{name}", value)
        assert page.locator("table.matrix .chip").count() == chips, name
        assert f"{name}=" in page.url
        page.click(".filters .clear")
    page.select_option("#f-sort", "name")
    assert sorted(names.all_inner_texts()) == sorted(["养老服务中心", "护理型床位占比"])
    page.click("table.matrix thead .head:has-text('云川省')")
    assert page.locator("th[aria-sort=descending]").count() == 1
    assert names.first.inner_text() == "护理型床位占比"


def test_a_cell_opens_its_sentence_and_leads_there_and_back(report: Path, open_page: Callable[..., Any]) -> None:
    page = open_page(report / "index.html")
    page.locator(".chip", has_text="≥60%").click()
    panel = page.locator("#panel")
    assert panel.locator("blockquote mark").first.inner_text() == "护理型床位占比达到60%以上"
    assert panel.locator("blockquote").first.inner_text() == "𠮷祥镇先行，到2025年，护理型床位占比达到60%以上，目前为40%。"
    assert "云川省 ≥55%" in panel.locator("svg").first.text_content()
    panel.locator("a.open").first.click()
    page.wait_for_selector("html[data-ready=all] mark.arrived")
    assert page.locator("mark.t.chosen").all_inner_texts() == ["护理型床位占比达到60%以上"]
    page.locator("#card a.button").click()
    page.wait_for_selector("tr.shown")
    assert page.locator("tr.shown .indicator").inner_text() == "护理型床位占比"
    assert page.locator("#panel blockquote mark").first.inner_text() == "护理型床位占比达到60%以上"


def test_highlights_of_each_kind_stand_where_they_should(report: Path, open_page: Callable[..., Any]) -> None:
    page = open_page(_document(report, "甲县"))
    expected = {"k": ["一、扩大床位供给", "二、建设服务设施"], "d": ["到2025年", "2024年6月底前"], "a": ["县民政局", "县财政局"], "t": ["护理型床位占比达到60%以上", "新建养老服务中心3个"]}
    for layer, texts in expected.items():
        assert page.locator(f"#text mark.{layer}").all_inner_texts() == texts
    assert "".join(page.locator("#text mark.m").all_inner_texts()) == "2024年6月底前完成设施普查"
    page.locator(".layers input[value=a]").uncheck()
    assert page.evaluate("getComputedStyle(document.querySelector('mark.a')).backgroundColor") == "rgba(0, 0, 0, 0)"


def test_hostile_text_stays_text(report: Path, open_page: Callable[..., Any]) -> None:
    page = open_page(report / "index.html")
    for name in _VIEWS:
        view(page, name)
        assert page.locator("main img, main script, main b").count() == 0
    page.evaluate("location.hash = '#overview'")
    page.wait_for_selector("text=<script>window.hacked = 1</script>", state="attached")
    assert page.evaluate("window.hacked") is None
    reading = open_page(_document(report, "乙县方案"))
    assert "<script>window.hacked = 1</script>" in reading.locator("h1").inner_text()
    assert reading.locator("#text mark.a").first.inner_text() == '县民政局<b onclick="window.hacked = 4">科</b>'
    reading.locator("#text mark.a").first.click()
    assert "<b onclick" in reading.locator("#card h2").first.inner_text()
    assert reading.evaluate("window.hacked") is None


def test_languages(report: Path, open_page: Callable[..., Any]) -> None:
    page = open_page(report / "index.html")
    page.click("#language")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.locator("#tabs a").first.inner_text() == "Matrix"
    assert page.locator("label[for=f-province]").inner_text() == "Province"
    assert page.locator("table.matrix .word").first.inner_text() == "bind."
    for name in _VIEWS:
        view(page, name)
    page.click("#language")
    assert page.locator("#tabs a").first.inner_text() == "比较矩阵"


def test_keyboard_alone(report: Path, open_page: Callable[..., Any]) -> None:
    page = open_page(report / "index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.locator(".indicator").first.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
    label = page.evaluate("document.activeElement.textContent")
    assert "≥55%" in label
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel:not([hidden])")
    assert page.evaluate("document.activeElement.id") == "panel-title"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == label
    reading = open_page(_document(report, "甲县"))
    reading.keyboard.press("n")
    reading.keyboard.press("n")
    assert reading.locator("mark.chosen").first.inner_text()
    reading.keyboard.press("Enter")
    assert reading.evaluate("document.activeElement.closest('#card') !== null")
    reading.keyboard.press("Escape")
    assert reading.evaluate("document.activeElement.tagName") == "MARK"


def test_decisions_are_kept_and_exported(report: Path, open_page: Callable[..., Any], tmp_path: Path) -> None:
    page = open_page(_document(report, "甲县"))
    page.locator("mark.t").first.click()
    page.locator("#card .record button", has_text="更正").click()
    page.fill("#c-value", "66")
    page.select_option("#c-strength", "binding")
    page.locator("form.correction button[type=submit]").click()
    page.locator("mark.a").first.click()
    page.locator("#card .record button", has_text="确认").click()
    page.locator("mark.m:not(.d)").first.click()
    page.locator("#card .record button", has_text="删除").click()
    page.reload()
    page.wait_for_selector("html[data-ready=all]")
    assert page.locator("#reviewed").inner_text() == "已复核 3／7"
    _mark_missed(page)
    with page.expect_download() as download:
        page.click("#export")
    download.value.save_as(tmp_path / "corrections.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "corrections.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(one["action"], one["type"], one["field"]) for one in lines] == [
        ("correct", "target", "value"), ("correct", "target", "strength"), ("confirm", "responsibility", "*"), ("delete", "milestone", "*"), ("add", "target", "*"),
    ]  # fmt: skip
    assert (lines[0]["old"], lines[0]["new"], lines[0]["quote"]) == (60, 66, "护理型床位占比达到60%以上")
    assert lines[0]["commitment_key"] and lines[0]["document"]["title"] == "甲县养老服务实施方案"
    assert lines[4]["quote"] == "每年培训护理员200人" and lines[4]["context"][1].startswith("。")
    corrected, outcome = apply_corrections(notices()[1].result(), read_corrections(tmp_path / "corrections.jsonl"))
    assert list(outcome.values()) == [""] * 5
    assert [(target.indicator, target.value, target.strength) for target in corrected.targets] == [
        ("护理型床位占比", 66.0, "binding"), ("养老服务中心", 5.0, None), ("培训护理员", 200.0, None),
    ]  # fmt: skip
    assert corrected.milestones == []
    page.goto(f"file://{report}/index.html#review")
    page.wait_for_selector("table.list tbody tr")
    assert page.locator("table.list tbody tr").count() == 5


def _mark_missed(page: Any) -> None:
    page.evaluate("""() => {
      const walker = document.createTreeWalker(document.getElementById('text'), NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const at = walker.currentNode.data.indexOf('每年培训护理员200人');
        if (at >= 0) { document.getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + 11); return; }
      }
    }""")
    page.click("#missed")
    page.fill("#n-indicator", "培训护理员")
    page.fill("#n-value", "200")
    page.fill("#n-unit", "人")
    page.locator("form.correction button[type=submit]").click()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_views_fit_their_width(report: Path, open_page: Callable[..., Any], size: dict[str, int], screenshots: Path) -> None:
    page = open_page(report / "index.html", size=size)
    for name in _VIEWS:
        view(page, name)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], name
        page.screenshot(path=screenshots / f"{name}-{size['width']}.png")
    reading = open_page(_document(report, "甲县"), size=size)
    reading.locator("mark.t").first.click()
    assert reading.evaluate("document.documentElement.scrollWidth") <= size["width"]
    reading.screenshot(path=screenshots / f"reading-{size['width']}.png")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_accessible(report: Path, open_page: Callable[..., Any], axe: str, size: dict[str, int], language: str) -> None:
    page = open_page(report / "index.html", size=size)
    if language == "en":
        page.click("#language")
    for name in _VIEWS:
        view(page, name)
        page.wait_for_timeout(100)
        assert violations(page, axe) == [], name
    page.evaluate("location.hash = '#matrix'")
    page.locator(".chip[data-at]").first.click()
    page.wait_for_selector("#panel:not([hidden])")
    assert violations(page, axe) == []
    reading = open_page(_document(report, "甲县"), size=size)
    assert violations(reading, axe) == []
    reading.locator("mark.t").first.click()
    reading.locator("#card .record button").nth(1).click()
    assert violations(reading, axe) == []
