"""Items from nodes, with the measures of tasks: `（1）…`, `①…`, `——…`, `一是…；二是…`."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from policy_commitments.extractors.headings import HeadingLabel
from policy_commitments.pipeline.label_numbers import label_number
from policy_commitments.pipeline.tree import Node
from policy_commitments.schemas.clean import Clean
from policy_commitments.schemas.outline import Item, Measure


def with_measures(clean: Clean, nodes: Sequence[Node], labels: Sequence[HeadingLabel]) -> list[Item]:
    """Items in text order with parents, levels and paths."""
    ordinals = [label for label in labels if label.kind == "ordinal"]
    starts = [label.start for label in ordinals]
    index = {id(node): k for k, node in enumerate(nodes)}
    paths: dict[int, tuple[str, ...]] = {}
    items: list[Item] = []
    for k, node in enumerate(nodes):
        parent = node.parent if node.parent is not None and id(node.parent) in index else None
        path = () if parent is None else (*paths[id(parent)], _printed(clean, parent))
        paths[id(node)] = path
        own = ordinals[bisect_left(starts, node.start) : bisect_left(starts, node.end)] if node.is_task else []
        items.append(
            Item(
                index=k,
                parent=None if parent is None else index[id(parent)],
                level=len(path) + 1,
                label=None if node.label is None else clean.text[node.label[0] : node.label[1]].strip(),
                number=node.number,
                title=clean.text[node.title[0] : node.title[1]],
                start=node.start,
                title_start=node.title[0],
                title_end=node.title[1],
                body_start=node.body,
                end=node.end,
                role=node.role,
                is_task=node.is_task,
                path=path,
                measures=tuple(sorted([*_members(clean, node), *_ordinals(clean, node, own)], key=lambda one: one.start)),
                origin=node.origin,
            )
        )
    return items


def _printed(clean: Clean, node: Node) -> str:
    label = "" if node.label is None else clean.text[node.label[0] : node.label[1]]
    return (label + clean.text[node.title[0] : node.title[1]]).replace("\n", "")


def _members(clean: Clean, node: Node) -> Iterator[Measure]:
    for k, member in enumerate(node.members):
        end = node.members[k + 1].start if k + 1 < len(node.members) else node.end
        if member.label is not None and member.start < node.end:  # a box may stand between a task and its members
            printed = clean.text[member.label[0] : member.label[1]]
            yield Measure(printed, member.start, _trimmed(clean, member.start, min(end, node.end)))


def _ordinals(clean: Clean, node: Node, labels: Sequence[HeadingLabel]) -> Iterator[Measure]:
    """Runs 一是, 二是 … of two or more; the last ends with its sentence."""
    for k, label in enumerate(labels):
        number = label_number(label.number)
        following = labels[k + 1] if k + 1 < len(labels) else None
        before = labels[k - 1] if k else None
        goes_on = following is not None and label_number(following.number) == (number or 0) + 1
        continues = before is not None and label_number(before.number) == (number or 0) - 1
        if goes_on and following is not None:
            yield Measure(clean.text[label.start : label.end], label.start, _trimmed(clean, label.start, following.start))
        elif continues:
            stop = clean.text.find("。", label.end, node.end)
            yield Measure(clean.text[label.start : label.end], label.start, _trimmed(clean, label.start, node.end if stop < 0 else stop + 1))


def _trimmed(clean: Clean, start: int, end: int) -> int:
    return start + len(clean.text[start:end].rstrip())
