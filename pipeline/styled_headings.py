"""Headings without numbers: Word or Markdown heading styles, or names of sections alone on a line (`工作目标`).

Used only where a document numbers nothing; such headings have no label.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from operator import attrgetter

from policy_commitments.extractors.headings import HeadingLabel
from policy_commitments.pipeline.heading_sequence import Heading
from policy_commitments.pipeline.item_titles import TASK_LABEL
from policy_commitments.pipeline.roles import section_role
from policy_commitments.pipeline.title_lines import ends_in_genre
from policy_commitments.schemas.clean import Clean, Paragraph

_NAMED = re.compile(r"([^，。；：、]{2,12})：(?=.)")
_OWNER_LABEL = re.compile(r"(?:责任|牵头|主办|承办|落实|实施)(?:责任)?(?:单位|部门)(?:：|$)")
_FORM = 4  # lines in which a form names who is responsible
_SHORTEST_VALUE = 8
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


def field_tasks(clean: Clean) -> tuple[Heading, ...]:
    """Tasks in a form of labels and values: `具体任务` over what is to be done, `责任单位` over who does it."""
    texts = [clean.folded[p.start : p.end] for p in clean.paragraphs]
    found = []
    for k, paragraph in enumerate(clean.paragraphs):
        label = TASK_LABEL.match(texts[k])
        if label is None or not any(_OWNER_LABEL.match(text) for text in texts[k + 1 : k + 1 + _FORM]):
            continue
        alone = label.end() == len(texts[k])
        if alone and (k + 1 == len(texts) or len(texts[k + 1]) < _SHORTEST_VALUE):
            continue
        start = clean.paragraphs[k + 1].start if alone else paragraph.start + label.end()
        found.append(Heading(HeadingLabel("styled", "", start, start, "line"), None, 0))
    return tuple(found)


def named_openings(clean: Clean, start: int, first: Heading) -> tuple[Heading, ...]:
    """Sections that stand without a number before a plan's first numbered one: `总体要求与目标` above `一、…`."""
    found = []
    behind = bisect_right(clean.paragraphs, start, key=attrgetter("start"))
    for paragraph in (clean.paragraphs[k] for k in range(behind, len(clean.paragraphs))):
        if paragraph.start >= first.label.start:
            break
        if (_names_section(clean, paragraph) or _opens_section(clean, paragraph)):
            label = HeadingLabel("styled", "", paragraph.start, paragraph.start, "line")
            found.append(Heading(label, None, first.depth))
    return tuple(found)


def _headings(paragraphs: list[Paragraph]) -> Iterator[Heading]:
    levels = sorted({p.level or 0 for p in paragraphs})
    for paragraph in paragraphs:
        label = HeadingLabel("styled", "", paragraph.start, paragraph.start, "line")
        yield Heading(label, None, levels.index(paragraph.level or 0))


def _is_short(clean: Clean, paragraph: Paragraph, longest: int) -> bool:
    text = clean.folded[paragraph.start : paragraph.end].rstrip("。：")
    return 1 < len(text) <= longest and not any(mark in text for mark in "。；：")


def _opens_section(clean: Clean, paragraph: Paragraph) -> bool:
    """`总体要求与目标：坚持…`: the name of a section before a colon."""
    named = _NAMED.match(clean.folded, paragraph.start, paragraph.end)
    return named is not None and section_role(named.group(1)) is not None


def _names_section(clean: Clean, paragraph: Paragraph) -> bool:
    text = clean.folded[paragraph.start : paragraph.end]
    return _is_short(clean, paragraph, _LONGEST_NAME) and text[-1] not in "，、" and section_role(text) is not None
