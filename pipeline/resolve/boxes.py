"""Boxed text (`专栏4 全方位全周期服务体系建设项目`): prose in a frame, whose quantities count as those of a table."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from policy_commitments.schemas.clean import Clean
from policy_commitments.schemas.mentions import Span
from policy_commitments.schemas.outline import Outline

_LABEL = re.compile(r"\s*(?:专\s*栏|专题|附表|表)\s*[0-9一二三四五六七八九十]{0,3}")
_FRAMED = frozenset({"docx", "doc", "pdf", "ofd"})  # formats that know frames; in .txt a tab may be a mere indent


class Boxes:
    """The boxes of one document, in clean offsets."""

    def __init__(self, outline: Outline) -> None:
        self._items = outline.items
        self._spans = list(_boxes(outline.clean))
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


def _boxes(clean: Clean) -> Iterator[Span]:
    """Neighbouring boxed paragraphs, where the file or a label says that they are a box."""
    blocks = clean.source.blocks
    start: int | None = None
    end = 0
    for paragraph in clean.paragraphs:
        boxed = blocks[paragraph.block].detail == "box"
        labelled = _LABEL.match(clean.folded, paragraph.start, paragraph.end) is not None
        if boxed and (start is not None or labelled or clean.source.format in _FRAMED):
            start, end = paragraph.start if start is None else start, paragraph.end
        elif not boxed and start is not None:
            yield start, end
            start = None
    if start is not None:
        yield start, end
