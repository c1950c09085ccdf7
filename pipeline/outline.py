"""Outline: the headings of a document as a tree with roles, e.g. `二、重点任务` > `（一）加强普查` > `1.摸清底数`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from policy_commitments.extractors.headings import HeadingLabel, extract_bare_numbers, extract_headings
from policy_commitments.extractors.named_headings import extract_named_headings
from policy_commitments.pipeline.back_matter import attachment_lists, start_of_back
from policy_commitments.pipeline.item_titles import contents_titles
from policy_commitments.pipeline.measures import with_measures
from policy_commitments.pipeline.outline_problems import outline_problems
from policy_commitments.pipeline.parts import Part, split_parts
from policy_commitments.pipeline.styled_headings import field_tasks, named_openings, styled_headings
from policy_commitments.pipeline.tree import Node, nodes_of
from policy_commitments.schemas.clean import Clean
from policy_commitments.schemas.outline import Item, Outline

_LONGEST_CHAPTER = 24
_MARKS = re.compile(r"[，。；：！]")


def build_outline(clean: Clean) -> Outline:
    """Items of one document in text order; without headings the whole text is `front`."""
    labels = _labels(clean)
    parts = split_parts(clean, labels)
    if not any(part.headings for part in parts):
        parts = [Part(0, len(clean.text), "body", None, None, field_tasks(clean) or styled_headings(clean))]
    parts = [_with_openings(clean, part) for part in parts]
    contents = contents_titles(clean)
    backs = [start_of_back(clean, part) for part in parts]
    boxes = [label for label in labels if label.kind == "box"]
    several = sum(part.kind == "body" and bool(part.headings) for part in parts) > 1
    nodes: list[Node] = []
    for part, back in zip(parts, backs, strict=True):
        found = nodes_of(clean, part, back, contents, several and part.title is not None, boxes)
        if nodes and nodes[-1].role == "front" and part.kind == "body" and part.headings:
            nodes[-1].end = found[0].start if found[0].origin == "preamble" else part.headings[0].label.start  # title and preamble
        nodes.extend(found)
    items = with_measures(clean, nodes, labels)
    if not items:
        return Outline(clean, (), (0, len(clean.text)), (len(clean.text), len(clean.text)))
    return _with_rest(clean, items, parts, backs)


def _with_openings(clean: Clean, part: Part) -> Part:
    if part.kind != "body" or not part.headings or part.headings[0].label.end == part.headings[0].label.start:
        return part
    start = part.start if part.title is None else part.title[1]
    return replace(part, headings=(*named_openings(clean, start, part.headings[0]), *part.headings))


def _labels(clean: Clean) -> list[HeadingLabel]:
    """Labels of the prose, in text order: tables and lists of attachments hold none."""
    found: list[HeadingLabel] = []
    at = 0
    for start, end in [*((table.start, table.end) for table in clean.tables), (len(clean.text), len(clean.text))]:
        if start > at:
            found.extend(extract_headings(clean.folded, at, start))
            found.extend(one for one, marked in extract_named_headings(clean.folded, at, start) if marked or _is_parted(clean, one.end))
        at = max(at, end)
    numbered = {label.start for label in found}
    decimals = {label.number for label in found if label.kind == "decimal" and label.place == "line"}
    for paragraph in clean.paragraphs:
        if paragraph.start not in numbered and clean.folded[paragraph.start].isdigit():
            bare = extract_bare_numbers(clean.folded, paragraph.start, paragraph.end)
            found.extend(bare if _has_gap(clean, paragraph.start) else _above_decimals(clean, paragraph.end, bare, decimals))
    lists = sorted(attachment_lists(clean))
    starts = [start for start, _ in lists]
    found = [label for label in found if label.kind == "annex" or not _inside(lists, starts, label.start)]
    return sorted(found, key=lambda label: label.start)


def _above_decimals(clean: Clean, end: int, bare: Iterable[HeadingLabel], decimals: set[str]) -> Iterator[HeadingLabel]:
    """`2重点任务` on a line of its own, as .pdf gives it, where `2.1` stands in the document."""
    for label in bare:
        short = end - label.end <= _LONGEST_CHAPTER and _MARKS.search(clean.folded, label.end, end) is None
        follows = f"{label.number}.1" in decimals or f"{int(label.number) - 1}.1" in decimals
        if short and follows:
            decimals.add(f"{label.number}.1")  # the next chapter may follow one without sections
            yield label


def _has_gap(clean: Clean, start: int) -> bool:
    """`2 第三代…`: the source has a blank behind the number."""
    length = 2 if clean.folded[start + 1 : start + 2].isdigit() else 1
    return clean.source_offset(start + length) - clean.source_offset(start) > length


def _is_parted(clean: Clean, at: int) -> bool:
    """`任务一  改造危房`: the source has a blank behind the label."""
    return clean.source_offset(at) - clean.source_offset(at - 1) > 1


def _inside(spans: Sequence[tuple[int, int]], starts: Sequence[int], position: int) -> bool:
    k = bisect_right(starts, position) - 1
    return k >= 0 and position < spans[k][1]


def _with_rest(clean: Clean, items: list[Item], parts: Sequence[Part], backs: Sequence[int]) -> Outline:
    """Front, back and what lies under no heading between them."""
    last = parts[-1].end
    back = backs[-1] if backs and items[-1].end <= backs[-1] else last
    unplaced = []
    at = items[0].start
    for item in items:
        if item.start > at and clean.text[at : item.start].strip():
            unplaced.append((at, item.start))
        at = max(at, item.end)
    if back > at and clean.text[at:back].strip():
        unplaced.append((at, back))
    return Outline(
        clean=clean,
        items=tuple(item if item.index == k else replace(item, index=k) for k, item in enumerate(items)),
        front=(0, items[0].start),
        back=(max(back, at), len(clean.text)),
        unplaced=tuple(unplaced),
        problems=tuple(outline_problems(clean, items, unplaced)),
    )
