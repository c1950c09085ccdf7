"""Charts for papers and marks of what was not read, in a real browser; skipped where Chromium or Playwright is missing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from policy_commitments.pipeline.compare import write_comparison
from policy_commitments.pipeline.report.build import write_report
from tests.pipeline.comparison.made import made
from tests.report.browsing import until, view, violations
from tests.report.datasets import notices, write_dataset

pytestmark = pytest.mark.browser


def test_charts_for_papers_are_shown(tmp_path: Path, open_page: Callable[..., Any], axe: str) -> None:
    pytest.importorskip("altair")
    pytest.importorskip("vl_convert")
    written = write_report(write_dataset(tmp_path, notices()), charts=True)
    page = open_page(written.index)
    view(page, "overview")
    for figure in page.locator(".gallery img").all():
        figure.scroll_into_view_if_needed()
    until(page, "[...document.querySelectorAll('.gallery img')].every((one) => one.complete && one.naturalWidth > 0)")
    names = page.locator(".gallery img").evaluate_all("images => images.map((one) => one.getAttribute('src'))")
    assert names == ["charts/deadlines.svg", "charts/agencies.svg", "charts/indicator-01.svg", "charts/indicator-02.svg"]
    assert violations(page, axe) == []
    page.evaluate("location.hash = '#matrix'")
    page.locator(".chip", has_text="≥60%").click()
    page.wait_for_selector("#panel svg")
    arrows = page.locator("#panel svg .arrow")
    assert arrows.count() == 3 and "云川省 ≥55%" in page.locator("#panel svg").first.text_content()


def test_a_number_that_was_not_read_is_marked(tmp_path: Path, open_page: Callable[..., Any], axe: str) -> None:
    output = made().write(tmp_path / "output")
    write_comparison(output)
    page = open_page(write_report(output).index)
    marks = page.locator("table.matrix .chip.unread")
    assert marks.count() == 1
    assert page.locator("tr", has=page.locator(".chip.unread")).locator(".indicator").inner_text() == "每千人口注册护士数"
    assert violations(page, axe) == []
    marks.click()
    page.wait_for_selector("#panel:not([hidden])")
    assert "每千人口注册护士数翻至若干4.4" in page.locator("#panel blockquote").first.inner_text()
    assert "红岩区" in page.locator("#panel .kicker").inner_text()
    page.keyboard.press("Escape")
    page.click("#language")
    view(page, "conflicts")
    assert page.locator("table.findings tbody td").last.inner_text().startswith("value ≥54% / ≥52%")
