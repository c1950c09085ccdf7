"""Boxed text (`专栏4 全方位全周期服务体系建设项目`): prose in a frame, whose quantities count as those of a table."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from policy_commitments.extractors.headings import SIGN
from policy_commitments.schemas.clean import Clean, Paragraph
from policy_commitments.schemas.mentions import Span
from policy_commitments.schemas.outline import Item, Outline

_LABEL = re.compile(r"\s*(?:专\s*栏|专题|附表|表)\s*[0-9一二三四五六七八九十]{0,3}")
_MEMBER = re.compile(r"\s*(?:[（(]?[0-9]{1,2}[)）.、．](?![0-9])|" + SIGN + r"|——|[●◆■•·*]|[^，。；：\n]{2,25}：)")
_FRAMED = frozenset({"docx", "doc", "pdf", "ofd"})  # formats that know frames; in .txt a tab may be a mere indent


class Boxes:
    """The boxes of one document, in clean offsets."""

    def __init__(self, outline: Outline) -> None:
        self._items = outline.items
        self._spans = list(_boxes(outline.clean, outline.items))
        self._starts = [start for start, _ in self._spans]

    def holds(self, position: int) -> bool:
        """Whether the character stands in a box."""
        k = bisect_right(self._starts, position) - 1
        return k >= 0 and position < self._spans[k][1]

    def item(self, index: int | None) -> int | None:
        """The task or goal to which a box in this item belongs; None for the box of a whole chapter."""
        if index is not None and (self._items[index].label or "").startswith("专栏"):
            index = self._items[index].parent
        if index is None:
            return None
        item = self._items[index]
        return index if item.is_task or item.role == "goal" else None


def _boxes(clean: Clean, items: Sequence[Item]) -> Iterator[Span]:
    """Boxed paragraphs that stand together, and the list under a 专栏 in a file that knows no frames."""
    labels = {item.start for item in items if (item.label or "").startswith("专栏")}
    start: int | None = None
    end, framed = 0, False
    for paragraph in clean.paragraphs:
        boxed = clean.source.blocks[paragraph.block].detail == "box"
        begins = paragraph.start in labels or (boxed and start is None and _is_box(clean, paragraph))
        goes_on = start is not None and (boxed if framed else _is_member(clean, paragraph))
        if begins and start is None:
            start, framed = paragraph.start, boxed
        elif start is not None and (begins or not goes_on):
            yield start, end
            start, framed = (paragraph.start, boxed) if begins else (None, False)
        end = paragraph.end if start is not None else end
    if start is not None:
        yield start, end


def _is_box(clean: Clean, paragraph: Paragraph) -> bool:
    """A frame of the file, or in plain text an indented line that is labelled as a box."""
    return clean.source.format in _FRAMED or _LABEL.match(clean.folded, paragraph.start, paragraph.end) is not None


def _is_member(clean: Clean, paragraph: Paragraph) -> bool:
    """`（1）水泥行业超低排放改造工程，…` or `设施建设：…`."""
    return _MEMBER.match(clean.folded, paragraph.start, paragraph.end) is not None
