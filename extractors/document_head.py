"""The parts of a document that carry its metadata: lines up to the greeting, lines behind it, and the closing lines."""

from __future__ import annotations

from dataclasses import dataclass

from policy_commitments.extractors.head_lines import HeadLine, head_end, head_lines, lines_between
from policy_commitments.schemas.clean import Clean
from policy_commitments.schemas.outline import Outline

_TAIL = 1500  # characters at the end that hold signature and 抄送
_LONG_PROSE = 30
_SHORT = 80


@dataclass(frozen=True, slots=True)
class DocumentHead:
    """`before` ends with the greeting (`各乡镇人民政府：`), or before the first prose where there is none.

    `after` runs to the first heading; `tail` is the closing matter, from `tail_start` to `tail_end`.
    """

    outline: Outline
    before: tuple[HeadLine, ...]
    after: tuple[HeadLine, ...]
    tail: tuple[HeadLine, ...]
    tail_start: int
    tail_end: int
    greeted: bool

    @property
    def clean(self) -> Clean:
        """The text that all spans are in."""
        return self.outline.clean

    @property
    def body_start(self) -> int:
        """Where the text behind greeting and titles begins."""
        if self.after:
            return self.after[0].start
        return self.before[-1].end if self.before else 0


def read_head(outline: Outline) -> DocumentHead:
    """Head and tail of a document."""
    lines = head_lines(outline)
    prose = next((k for k, line in enumerate(lines) if line.kind == "prose" and len(line.text) > _LONG_PROSE), len(lines))
    greeting = next((k for k, line in enumerate(lines) if line.kind == "salutation" and _greets(lines, k, prose)), None)
    cut = prose if greeting is None else greeting + 1
    start, end = _tail(outline)
    return DocumentHead(
        outline=outline,
        before=tuple(lines[:cut]),
        after=tuple(lines[cut:]),
        tail=tuple(lines_between(outline.clean, start, end)),
        tail_start=start,
        tail_end=end,
        greeted=greeting is not None,
    )


def _greets(lines: list[HeadLine], k: int, prose: int) -> bool:
    """A greeting stands before all prose, or (where a page's summary comes first) right under a title or number."""
    return k <= prose or any(line.kind in ("title", "number") for line in lines[max(0, k - 3) : k])


def _tail(outline: Outline) -> tuple[int, int]:
    length = len(outline.clean.text)
    if outline.back[0] >= length:
        return max(outline.front[1] if outline.items else 0, length - _TAIL), length
    start = _with_short_lines(outline)
    return start, start + _TAIL if start + 3 * _TAIL < length else length


def _with_short_lines(outline: Outline) -> int:
    """The closing matter with the statements directly above it: `信息公开选项：主动公开`."""
    start, folded = outline.back[0], outline.clean.folded
    for _ in range(3):
        above = folded.rfind("\n", 0, max(start - 1, 0)) + 1
        lines = list(lines_between(outline.clean, above, start)) if start - above < _SHORT else []
        if start <= head_end(outline) or not lines or any(line.kind not in ("disclosure", "field", "annex") for line in lines):
            return start
        start = above
    return start
