"""Headings without numbers: Word or Markdown heading styles, or names of sections alone on a line (`工作目标`).

Used only where a document numbers nothing; such headings have no label.
"""

from __future__ import annotations

from collections.abc import Iterator

from policy_commitments.extractors.headings import HeadingLabel
from policy_commitments.pipeline.heading_sequence import Heading
from policy_commitments.pipeline.roles import section_role
from policy_commitments.pipeline.title_lines import ends_in_genre
from policy_commitments.schemas.clean import Clean, Paragraph

_LONGEST = 40
_LONGEST_NAME = 12
_FEWEST = 2


def styled_headings(clean: Clean) -> tuple[Heading, ...]:
    """Headings by style, else by name; none where fewer than two stand in the text."""
    styled = [p for p in clean.paragraphs if p.level is not None and _is_short(clean, p, _LONGEST)]
    if styled and ends_in_genre(clean.folded[styled[0].start : styled[0].end]):
        styled = styled[1:]  # the document's own title
    found = styled if len(styled) >= _FEWEST else [p for p in clean.paragraphs if _names_section(clean, p)]
    return tuple(_headings(found)) if len(found) >= _FEWEST else ()


def _headings(paragraphs: list[Paragraph]) -> Iterator[Heading]:
    levels = sorted({p.level or 0 for p in paragraphs})
    for paragraph in paragraphs:
        label = HeadingLabel("styled", "", paragraph.start, paragraph.start, "line")
        yield Heading(label, None, levels.index(paragraph.level or 0))


def _is_short(clean: Clean, paragraph: Paragraph, longest: int) -> bool:
    text = clean.folded[paragraph.start : paragraph.end].rstrip("。：")
    return 1 < len(text) <= longest and not any(mark in text for mark in "。；：")


def _names_section(clean: Clean, paragraph: Paragraph) -> bool:
    text = clean.folded[paragraph.start : paragraph.end]
    return _is_short(clean, paragraph, _LONGEST_NAME) and text[-1] not in "，、" and section_role(text) is not None
