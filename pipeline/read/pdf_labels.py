"""The table of labels and the menus above the article of a printed web page, e.g. `索引号：009/2024-31   发布机构：…`."""

from __future__ import annotations

from collections.abc import Sequence

from policy_commitments.extractors.headings import LINE_LABEL
from policy_commitments.pipeline.read.page_labels import fields
from policy_commitments.pipeline.read.pdf_lines import FAR, PageLine

_FEWEST = 3  # labels; one alone may be a line of the document
_LARGER = 1.25
_UPPER = 0.85  # of the lines of the first page


def label_fields(labels: Sequence[str], lines: Sequence[PageLine]) -> dict[str, str]:
    """What the labels say, verbatim: `labels` are rows of a ruled table (cells between tabs), then the lines of the page."""
    stated: dict[str, str] = {}
    for key, value in [*fields(labels), *fields(line.text.replace(FAR, "\t") for line in lines)]:
        stated.setdefault(key, value)
    return stated if len(stated) >= _FEWEST else {}


def above_article(lines: Sequence[PageLine]) -> int:
    """How many lines at the top of the first page are menu and labels; 0 where fewer than three labels stand there."""
    last = count = 0
    high = 0.0  # of the labels: what is printed larger below them is the title
    for k, line in enumerate(lines[: max(int(len(lines) * _UPPER), 1)]):
        if LINE_LABEL.match(line.text) or line.text.endswith("。") or (high and line.height > high * _LARGER):
            break
        found = len(list(fields([line.text.replace(FAR, "\t")])))
        if found:
            last, count, high = k + 1, count + found, max(high, line.height)
    return last if count >= _FEWEST else 0
