"""The numbers that a browser prints before the items of `<ol>`, e.g. `一、` of `list-style-type: cjk-ideographic`."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from policy_commitments.pipeline.read.number_formats import format_number

_TYPE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b(none|[a-z]+(?:-[a-z]+)*)\b", re.I)
# CSS name or <ol type> -> (format of Word, what stands behind the number), after CSS Counter Styles 3
_STYLES = {
    "decimal": ("decimal", ". "),
    "1": ("decimal", ". "),
    "a": ("lowerLetter", ". "),
    "lower-alpha": ("lowerLetter", ". "),
    "lower-latin": ("lowerLetter", ". "),
    "A": ("upperLetter", ". "),
    "upper-alpha": ("upperLetter", ". "),
    "upper-latin": ("upperLetter", ". "),
    "i": ("lowerRoman", ". "),
    "lower-roman": ("lowerRoman", ". "),
    "I": ("upperRoman", ". "),
    "upper-roman": ("upperRoman", ". "),
    "cjk-ideographic": ("chineseCounting", "、"),
    "simp-chinese-informal": ("chineseCounting", "、"),
    "trad-chinese-informal": ("chineseCounting", "、"),
    "cjk-decimal": ("ideographDigital", "、"),
}


def item_label(item: LexborNode) -> str:
    """The printed number of an `<li>`, empty in `<ul>` and where the list hides its numbers."""
    parent = item.parent
    if parent is None or parent.tag != "ol":
        return ""
    stated = _TYPE.search(parent.attributes.get("style") or "")
    name = stated.group(1).lower() if stated is not None else parent.attributes.get("type") or "decimal"
    if name not in _STYLES:
        return ""
    kind, tail = _STYLES[name]
    number = format_number(_position(item, parent), kind)
    return "" if number is None else number + tail


def _position(item: LexborNode, parent: LexborNode) -> int:
    """The item's number: `start` of the list plus the items before it, or the nearest `value` counted on."""
    behind = 0
    node: LexborNode | None = item
    while node is not None:
        if node.is_element_node and node.tag == "li":
            own = _number(node.attributes.get("value"))
            if own is not None:
                return own + behind
            behind += 1
        node = node.prev
    start = _number(parent.attributes.get("start"))
    return (1 if start is None else start) + behind - 1


def _number(text: str | None) -> int | None:
    try:
        return None if text is None else int(text)
    except ValueError:
        return None
