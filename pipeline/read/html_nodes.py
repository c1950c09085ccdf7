"""The tree of a web page: which elements show text, which begin a line, and a walk in text order without recursion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from selectolax.lexbor import LexborNode

Event = tuple[Literal["open", "close", "text"], LexborNode]

BLOCK_TAGS = frozenset(
    ["address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"]
)
_UNSEEN_TAGS = frozenset(
    ["applet", "area", "audio", "base", "canvas", "datalist", "embed", "frame", "head", "iframe", "img", "input", "link", "math", "meta", "noframes", "noscript", "object", "option", "param", "script", "select", "source", "style", "svg", "template", "textarea", "title", "track", "video"]
)
_HIDING = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.I)


def is_unseen(node: LexborNode) -> bool:
    """Whether a browser shows nothing of the element (scripts, forms, `display:none`)."""
    if node.tag in _UNSEEN_TAGS:
        return True
    attributes = node.attributes
    if not attributes:
        return False
    style = attributes.get("style")
    return "hidden" in attributes or (style is not None and _hides(style))


@lru_cache(maxsize=1024)
def _hides(style: str) -> bool:  # a page repeats few styles, and the search ignores case, which is slow
    return _HIDING.search(style) is not None


def events(root: LexborNode, skipped: set[int] | None = None) -> Iterator[Event]:
    """Visible elements and texts under `root` in order; what is put into `skipped` (mem_id) at its `open` is not entered."""
    yield "open", root
    if skipped and root.mem_id in skipped:
        return
    around, node = [root], root.child
    while around:
        if node is None:
            closed = around.pop()
            yield "close", closed
            node = closed.next if around else None
        elif node.is_text_node:
            yield "text", node
            node = node.next
        elif not node.is_element_node or is_unseen(node):
            node = node.next
        else:
            yield "open", node
            if skipped and node.mem_id in skipped:
                node = node.next
            else:
                around.append(node)
                node = node.child


def element_children(node: LexborNode) -> Iterator[LexborNode]:
    """The element children of a node, seen or not."""
    child = node.child
    while child is not None:
        if child.is_element_node:
            yield child
        child = child.next
