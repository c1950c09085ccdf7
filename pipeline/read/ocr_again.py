"""What detection cut off or passed over, read again: `88%，` is `、88%，`, `-2025年` is `——2025年`, and `— 2 —` at the foot.

Only marks are taken over. Where the second reading has another letter or figure, the line stays as it was, with a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from policy_commitments.pipeline.read.ocr_repair import PAGE_NUMBER
from policy_commitments.pipeline.read.ocr_strip import Quad, Strip, height_of, stretched
from policy_commitments.pipeline.read.ocr_unread import Unread

_LEADERS = re.compile(r"[.·…\s\d]*")  # `......3` of a contents page: detection leaves most of the dots out
_LETTER = re.compile(r"\w")
_OVERLAP = 0.5  # of a line's height between the places of one mark that two lines hold
Reader = Callable[[Quad], Strip | None]


def completed(grey: Any, strips: Sequence[Strip], read: Reader) -> Iterator[Strip]:
    """All strips of a page (height x width, grey) with what stands right beside them; `read` recognises a place."""
    unread = Unread(grey, [one.quad for one in strips])
    whole = []
    for k, one in enumerate(strips):
        quad = None if _LEADERS.fullmatch(one.text) else unread.beside(k)
        again = read(quad) if quad is not None else None
        whole.append(one if again is None else merged(one, again))
    yield from _once(whole)
    for quad in unread.feet():
        foot = read(quad)
        if foot is not None and PAGE_NUMBER.fullmatch(foot.text):
            yield foot


def merged(one: Strip, again: Strip) -> Strip:
    """The second reading where it has more marks at an end; else the first, with a doubt where they differ in a letter."""
    old, new = one.text.replace(" ", ""), again.text.replace(" ", "")
    for core in (old, old[1:], old[:-1]) if len(new) > len(old) else ():  # a dash or bracket cut through is read as another mark
        at = new.find(core) if len(core) > 1 else -1
        ends = new[:at] + new[at + len(core) :] + old.replace(core, "", 1)
        if at >= 0 and not _LETTER.search(ends.replace("一", "")):
            return again
    return replace(one, guessed=one.guessed or _LETTER.findall(old) != _LETTER.findall(new))


def _once(strips: Sequence[Strip]) -> Iterator[Strip]:
    """A mark between two lines beside each other, `…资金，` and `，“十四五”…`, stands once."""
    for two in strips:
        if len(two.text) > 1 and two.middles and not _LETTER.match(two.text) and any(_ends_with(one, two) for one in strips):
            start = (two.quad[0][0] + two.quad[3][0]) / 2
            quad = stretched(two.quad, start - (two.middles[0][0] + two.middles[1][0]) / 2, 0.0)
            yield replace(two, text=two.text[1:], quad=quad, middles=two.middles[1:], sure=two.sure[1:])
        else:
            yield two


def _ends_with(one: Strip, two: Strip) -> bool:
    """Whether the first mark of `two` is the last of `one`."""
    if one is two or not one.middles or one.text[-1:] != two.text[0]:
        return False
    (x, y), (u, v) = one.middles[-1], two.middles[0]
    return abs(x - u) < height_of(two.quad) * _OVERLAP and abs(y - v) < height_of(two.quad) * _OVERLAP
