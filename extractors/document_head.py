"""The parts of a document that carry its metadata: lines up to the greeting, lines behind it, and the closing lines."""

from __future__ import annotations

from dataclasses import dataclass

from policy_commitments.extractors.head_lines import HeadLine, head_lines, lines_between
from policy_commitments.schemas.clean import Clean
from policy_commitments.schemas.outline import Outline

_TAIL = 1500  # characters at the end that hold signature and 抄送
_LONG_PROSE = 30


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
    greeting = next((k for k, line in enumerate(lines[: prose + 1]) if line.kind == "salutation"), None)
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


def _tail(outline: Outline) -> tuple[int, int]:
    length = len(outline.clean.text)
    if outline.back[0] >= length:
        return max(outline.front[1] if outline.items else 0, length - _TAIL), length
    start = outline.back[0]
    return start, start + _TAIL if start + 3 * _TAIL < length else length
