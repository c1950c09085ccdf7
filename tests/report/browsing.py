"""Steps that the browser tests share."""

from __future__ import annotations

from typing import Any

DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


def until(page: Any, condition: str) -> None:
    """Waits without evaluating text in the page, which its content security policy forbids."""
    for _ in range(200):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(25)
    raise AssertionError(condition)


def view(page: Any, name: str) -> None:
    """Opens a view and waits until its data are in."""
    page.evaluate(f"location.hash = '#{name}'")
    words = "/正在载入|Loading/.test(document.querySelector('main').textContent)"
    until(page, f"document.querySelector('main').className === 'view-{name}' && !{words}")


def violations(page: Any, axe: str) -> list[str]:
    """What axe-core finds on the page."""
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {preload: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})")
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]} {one['nodes'][0]['failureSummary'][:200]}" for one in found["violations"]]
