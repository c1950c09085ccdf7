"""Where on a page the article stands: by the containers of publishing systems, else where most sentences are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from selectolax.lexbor import LexborNode

from policy_commitments.pipeline.read.html_nodes import element_children, events, is_unseen
from policy_commitments.pipeline.read.html_tables import data_grid
from policy_commitments.schemas.vocabulary import load_entries

_MARKS = re.compile(r"[，。；：、]")  # running text; menus and link lists have none
_FEWEST_MARKS = 8
_SELECTED_SHARE = 0.5  # a known container is believed where it holds half of the page's running text
_DENSE_SHARE = 0.85  # without one, the text is where nearly all of it is
_FRAMES = frozenset(("body", "div", "section", "main", "form", "center", "table", "tbody", "tr", "td"))


@dataclass(frozen=True, slots=True)
class Article:
    """Nodes (mem_id) that hold the article, empty where the whole page is taken for it, and those of navigation."""

    containers: frozenset[int]
    navigation: frozenset[int]


def find_article(body: LexborNode) -> Article:
    """The article of a page and the navigation on it."""
    weights = _weights(body)
    containers = _selected(body, weights) or _densest(body, weights)
    navigation = frozenset(
        node.mem_id for selector in _selectors("navigation") for node in body.css(selector) if node.tag != "body"
    )
    held = frozenset(node.mem_id for node in containers)
    return Article(held, navigation - held - _around(containers))


def _around(containers: list[LexborNode]) -> frozenset[int]:
    """All ancestors of the article: a frame around it is no navigation, whatever its class says."""
    found: set[int] = set()
    for node in containers:
        parent = node.parent
        while parent is not None and parent.mem_id not in found:
            found.add(parent.mem_id)
            parent = parent.parent
    return frozenset(found)


def _weights(body: LexborNode) -> dict[int, int]:
    """Marks of running text under each visible element, in one pass."""
    weights: dict[int, int] = {}
    open_counts: list[int] = []
    for kind, node in events(body):
        if kind == "open":
            open_counts.append(0)
        elif kind == "text":
            open_counts[-1] += len(_MARKS.findall(node.text_content or ""))
        else:
            count = open_counts.pop()
            weights[node.mem_id] = count
            if open_counts:
                open_counts[-1] += count
    return weights


def _selected(body: LexborNode, weights: dict[int, int]) -> list[LexborNode]:
    total = weights.get(body.mem_id, 0)
    for selector in _selectors("article"):
        nodes = _outermost([node for node in body.css(selector) if weights.get(node.mem_id, 0) > 0])
        held = sum(weights[node.mem_id] for node in nodes)
        if nodes and held >= max(total * _SELECTED_SHARE, 1):
            return nodes
    return []


def _outermost(nodes: list[LexborNode]) -> list[LexborNode]:
    """Nodes that lie in no other of them; the list is in document order."""
    known = {node.mem_id for node in nodes}
    return [node for node in nodes if not _lies_in(node, known)]


def _lies_in(node: LexborNode, known: set[int]) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.mem_id in known:
            return True
        parent = parent.parent
    return False


def _densest(body: LexborNode, weights: dict[int, int]) -> list[LexborNode]:
    """The smallest frame that still holds nearly all running text; none where it is the page itself."""
    total = weights.get(body.mem_id, 0)
    if total < _FEWEST_MARKS:
        return []
    node = body
    while (inner := _heavy_child(node, weights, total * _DENSE_SHARE)) is not None:
        node = inner
    return [] if node.mem_id == body.mem_id else [node]


def _heavy_child(node: LexborNode, weights: dict[int, int], least: float) -> LexborNode | None:
    for child in element_children(node):
        if child.tag in _FRAMES and weights.get(child.mem_id, 0) >= least and not is_unseen(child):
            return None if child.tag == "table" and data_grid(child) is not None else child
    return None


@cache
def _selectors(kind: str) -> tuple[str, ...]:
    entries = load_entries("html_selectors", ("id", "kind", "selectors", "source", "examples"))
    return tuple(selector for entry in entries if entry["kind"] == kind for selector in entry["selectors"])
