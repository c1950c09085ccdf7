"""Which labels are headings and how they nest, by their numbers: what goes on from n to n+1 is one level.

Glyphs only help: `一、 二、 3、` is one level, `1.`–`14.` may run on through `（一）`–`（六）`, a list may start anew under
each parent. A label inside a line needs more evidence than one that opens a line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from policy_commitments.extractors.headings import HeadingLabel
from policy_commitments.pipeline.heading_kinds import _kind, kinds_of, next_same, rank_of
from policy_commitments.pipeline.label_numbers import label_number
from policy_commitments.schemas.frozen import frozen

_NESTED = frozenset({"cn_round", "digit", "digit_round", "circled"})  # may stand right under any heading
_RECENT = 3  # headings between the end of a list and its going on
_LOOK_AHEAD = 4  # labels of one kind that are looked at for n+1
_GLUED_HEADING = 60  # characters of a heading to which the next is glued
_GAP = 3  # numbers that an issuer skips
_FORM_LABEL = re.compile(r"(?:^|\n)(?:实施|建设|主要|工作|项目|任务|具体|年度|推进)?(?:内容|目标|举措|措施|任务|计划|要求)：$")
_SISTERS = ({"cn", "digit"}, {"cn_round", "digit_round"}, {"digit", "cn_round"}, {"digit", "digit_round"})


@frozen
class Heading:
    """A label that opens a heading, its number and its depth (0 = root) in the nesting."""

    label: HeadingLabel
    number: int | None
    depth: int


@dataclass(slots=True)
class _Open:
    kind: str
    number: int | None
    label: HeadingLabel


@dataclass(slots=True)
class _State:
    text: str
    labels: Sequence[HeadingLabel]
    numbers: list[int | None]
    next_same: list[int]
    stack: list[_Open] = field(default_factory=list)
    closed: dict[str, tuple[int, int, str, str]] = field(default_factory=dict)  # number, when, mark, kind of its parent
    found: int = 0
    last_end: int = -1


def sequence_headings(text: str, labels: Sequence[HeadingLabel]) -> list[Heading]:
    """The headings among labels of one stretch of folded text (one plan), with depths."""
    kinds = kinds_of(labels)
    state = _State(text, labels, [label_number(label.number) for label in labels], next_same(kinds))
    found: list[Heading] = []
    for k, label in enumerate(labels):
        depth = _depth(state, k, kinds[k])
        if depth is None:
            continue
        gone_kind = state.stack[depth].kind if depth < len(state.stack) and _goes_on_in(state, k, depth) else None
        for at, gone in enumerate(state.stack[depth:], depth):
            if gone.number is not None:
                state.closed[gone.kind] = (gone.number, state.found, text[gone.label.end - 1], state.stack[at - 1].kind if at else "")
        del state.stack[depth:]
        state.stack.append(_Open(gone_kind or kinds[k], state.numbers[k], label))
        state.last_end = label.end
        state.found += 1
        found.append(Heading(label, state.numbers[k], depth))
    return found


def _goes_on_in(state: _State, k: int, depth: int) -> bool:
    """The label goes on from the open heading at this depth: its level keeps the glyph with which it began."""
    return state.numbers[k] is not None and state.stack[depth].number == (state.numbers[k] or 0) - 1


def _depth(state: _State, k: int, kind: str) -> int | None:
    """Depth at which label k is a heading, None if it is none."""
    number, place = state.numbers[k], state.labels[k].place
    if kind == "dash":
        return _depth_of_dash(state) if state.stack else None
    if number is None or number == 0:
        return None
    if kind.startswith("decimal") and not _fits_parent(state, k):
        return None
    if kind == "bare":
        depth = _continued(state, "digit", number)
        return _continued(state, "numbered", number) if depth is None else depth
    if kind == "named" and number == 1 and not _goes_on(state, k, 2):
        return None
    glued = place == "glued"
    if glued and not _may_be_glued(state, k, kind, number):
        return None
    depth = _continued(state, kind, number)
    if depth is None and kind == "digit" and place == "line":
        depth = _continued(state, "numbered", number)
    if depth is not None:
        depth = _level_of_stranger(state, k, depth, number)
        return None if glued and _stands_better(state, k, number) else depth
    if number == 1:
        return _depth_of_first(state, k, kind)
    if kind not in {one.kind for one in state.stack} and _runs_on(state, k, kind, number):
        return len(state.stack) if kind in ("article", "named") and state.stack[-1].kind == state.closed[kind][3] else _place_by_rank(state, k, kind)
    return _depth_of_odd(state, k, kind, number)


def _fits_parent(state: _State, k: int) -> bool:
    """`2.3` stands under a 2 and `2.3.1` under 2.3; a figure that a line happens to begin with does not."""
    head, _, _ = state.labels[k].number.rpartition(".")
    above = [one for one in state.stack if one.kind.startswith("decimal")]
    wider = [one for one in above if one.label.number.count(".") < state.labels[k].number.count(".")]
    if wider:
        return wider[-1].label.number == head
    others = [one for one in state.stack if not one.kind.startswith("decimal") and one.number is not None]
    return not others or str(others[-1].number) == head


def _runs_on(state: _State, k: int, kind: str, number: int) -> bool:
    """Numbers run on through sections; inside a line only from a list that closed a few headings before."""
    last, when, mark, _ = state.closed.get(kind, (-1, 0, "", ""))
    label = state.labels[k]
    if last + 1 != number or (kind != "named" and mark != state.text[label.end - 1]):  # `3、` goes on from `二、`, not from `2.`
        return False
    return label.place == "line" or state.found - when <= _RECENT


def _depth_of_dash(state: _State) -> int:
    for depth, one in enumerate(state.stack):
        if one.kind == "dash":
            return depth
    return len(state.stack)


def _continued(state: _State, kind: str, number: int) -> int | None:
    """Depth of the deepest open heading of this kind that ends in number - 1."""
    for depth in range(len(state.stack) - 1, -1, -1):
        one = state.stack[depth]
        if one.number == number - 1 and (one.kind == kind):
            return depth
    return None


def _level_of_stranger(state: _State, k: int, depth: int, number: int) -> int:
    """`（2） … 1. … 2. … 3、 （1）`: another mark and a list of its own say that `3、` goes on from `（2）`, not from `2.`"""
    label = state.labels[k]
    before = state.stack[depth]
    if label.kind != "digit" or state.text[before.label.end - 1] == state.text[label.end - 1] or k + 1 >= len(state.labels):
        return depth
    following = state.labels[k + 1]
    between = state.text[label.end : following.start]
    if state.numbers[k + 1] != 1 or "。" in between[:-2] or len(between) > _GLUED_HEADING:
        return depth
    outer = [d for d in range(depth) if state.stack[d].number == number - 1]
    return outer[-1] if outer else depth


def _depth_of_first(state: _State, k: int, kind: str) -> int | None:
    label = state.labels[k]
    kinds = [one.kind for one in state.stack]
    if label.place != "line" and not _goes_on(state, k, 2) and not _is_glued_to_heading(state, label):
        return None
    if label.place != "line" and _is_list_in_prose(state, k):
        return None
    if kind in kinds:
        if label.place != "line" and not _goes_on(state, k, 2):
            return None
        return kinds.index(kind)
    return _place_by_rank(state, k, kind)


def _place_by_rank(state: _State, k: int, kind: str) -> int:
    """Below the deepest open heading that ranks higher, or that goes on behind this label's list."""
    rank = rank_of(kind)
    depth = len(state.stack)
    if kind in _NESTED and _is_glued_to_heading(state, state.labels[k], line_ends="\n"):
        return depth
    while depth and rank_of(state.stack[depth - 1].kind) >= rank:
        if state.numbers[k] == 1 and _parent_goes_on(state, k, state.stack[depth - 1]):
            break
        depth -= 1
    return depth


def _parent_goes_on(state: _State, k: int, parent: _Open) -> bool:
    """The next label of the parent's kind has the parent's number + 1: `1. （一）（二） 2.`"""
    for j in range(k + 1, min(k + 400, len(state.labels))):
        if _kind(state.labels[j]) == parent.kind and state.labels[j].place != "glued":
            return state.numbers[j] == (parent.number or 0) + 1
    return False


def _depth_of_odd(state: _State, k: int, kind: str, number: int) -> int | None:
    """A number that follows nothing of its kind: another glyph on the same level, an issuer's slip, or a torso."""
    label = state.labels[k]
    kinds = [one.kind for one in state.stack]
    for depth in range(len(state.stack) - 1, -1, -1):
        one = state.stack[depth]
        if one.number == number - 1 and {one.kind, kind} in _SISTERS and kind not in kinds and (label.place == "line" or kind != "digit"):
            return depth
    if kind in kinds:
        depth = len(kinds) - 1 - kinds[::-1].index(kind)
        before = state.stack[depth].number or 0
        slip = number == before or before + 1 < number <= before + 1 + _GAP
        certain = label.place == "line" and (kind not in ("digit", "digit_round") or _goes_on(state, k, number + 1) or slip)
        return depth if slip and (certain or _goes_on(state, k, number + 1)) else None
    if kind == "article" and not _goes_on(state, k, number + 1):
        return None
    if label.place == "line" and (kind in ("part", "chapter", "section", "article", "cn", "cn_round", "numbered") or kind.startswith("decimal")):
        return _place_by_rank(state, k, kind)
    if label.place == "line" and kind == "digit" and _goes_on(state, k, number + 1):
        return _place_by_rank(state, k, kind)
    return None


def _goes_on(state: _State, k: int, number: int) -> bool:
    """Among the next labels of this kind there is one with `number` that is not glued, before another 1."""
    j = state.next_same[k]
    for _ in range(_LOOK_AHEAD):
        if j < 0:
            return False
        if state.numbers[j] == number:
            return True
        if state.numbers[j] == 1 and state.labels[j].place == "line":
            return False
        j = state.next_same[j]
    return False


def _stands_better(state: _State, k: int, number: int) -> bool:
    """The same number of the same kind stands after a stop further below, before the number after it."""
    j = state.next_same[k]
    for _ in range(_LOOK_AHEAD):
        if j < 0 or state.numbers[j] == number + 1:
            return False
        if state.numbers[j] == number and state.labels[j].place != "glued":
            return True
        j = state.next_same[j]
    return False


def _may_be_glued(state: _State, k: int, kind: str, number: int) -> bool:
    if _is_glued_to_heading(state, state.labels[k]):
        return True
    if kind in ("digit", "cn_round"):
        return False
    if _continued(state, kind, number) is not None or _runs_on(state, k, kind, number):
        return True
    return number == 1 and _goes_on(state, k, 2) and _opens_phrase(state, k)


def _opens_phrase(state: _State, k: int) -> bool:
    """A mark or another label follows soon: not so in the cells of a table that were glued to one line."""
    end = state.labels[k].end
    if any(mark in state.text[end : end + _GLUED_HEADING] for mark in "，。；：\n"):
        return True
    return k + 1 < len(state.labels) and state.labels[k + 1].start - end < _GLUED_HEADING


def _is_glued_to_heading(state: _State, label: HeadingLabel, line_ends: str = "") -> bool:
    """`一、加大激励1.对获批…`: between the last heading's label and this one stands nothing but a short phrase."""
    if state.last_end < 0 or not 0 < label.start - state.last_end <= _GLUED_HEADING:
        return False
    between = state.text[state.last_end : label.start].rstrip("。：" + line_ends)
    return not any(mark in between for mark in "。；！？：\n")


def _is_list_in_prose(state: _State, k: int) -> bool:
    """`包括：（一）…；（二）…。`: opened by a colon, parted by semicolons; or `实施内容：1.…。2.…。`, a form's field."""
    label = state.labels[k]
    if _FORM_LABEL.search(state.text, max(label.start - _GLUED_HEADING, 0), label.start) is not None:
        return True
    if state.text[label.start - 1] != "：" or label.kind not in ("cn_round", "digit"):
        return False
    j = state.next_same[k]
    return j >= 0 and state.numbers[j] == 2 and state.text[state.labels[j].start - 1] in "；，"
