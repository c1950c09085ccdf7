"""What in an outline is doubtful: numbers that an issuer skipped or printed twice, text under no heading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policy_commitments.schemas.clean import Clean
from policy_commitments.schemas.outline import Item
from policy_commitments.schemas.problems import Problem

_MOST_UNPLACED = 0.02  # share of the clean text


def outline_problems(clean: Clean, items: Sequence[Item], unplaced: Sequence[tuple[int, int]]) -> Iterator[Problem]:
    """Problems in text order, the one about unplaced text last."""
    latest: dict[tuple[int | None, bool], Item] = {}
    for item in items:
        key = (item.parent, item.role == "annex")
        before = latest.get(key)
        if item.number is not None and item.origin == "heading" and not (item.label or "").startswith("专"):
            latest[key] = item
            if before is not None and before.number is not None and item.number not in (before.number + 1, 1):
                yield _doubt(clean, before, item)
    lost = sum(end - start for start, end in unplaced)
    if lost > len(clean.text) * _MOST_UNPLACED:
        start, end = clean.source_span(*max(unplaced, key=lambda span: span[1] - span[0]))
        yield Problem(
            "text_under_no_heading",
            "warning",
            "outline",
            clean.text[unplaced[0][0] : unplaced[0][1]][:80],
            f"{lost} characters stand under no heading; look whether a heading there has no number",
            start,
            end,
        )


def _doubt(clean: Clean, before: Item, item: Item) -> Problem:
    start, end = clean.source_span(item.start, max(item.title_end, item.start + 1))
    return Problem(
        "heading_out_of_sequence",
        "info",
        "outline",
        clean.text[item.start : item.title_end][:80],
        f"it follows {before.label}{before.title[:20]}: a number is missing or printed twice",
        start,
        end,
    )
