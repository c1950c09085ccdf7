"""What a page states about itself and its attachments: <meta name="PubDate">, the 索引号 table, links to `附件.docx`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from policy_commitments.pipeline.read.page_labels import fields
from policy_commitments.schemas.source import Block

_TECHNICAL = frozenset(
    ["viewport", "renderer", "robots", "generator", "format-detection", "referrer", "theme-color", "x-ua-compatible", "apple-mobile-web-app-capable", "apple-mobile-web-app-status-bar-style", "copyright", "applicable-device", "msapplication-tap-highlight", "wap-font-scale", "full-screen", "browsermode", "x5-fullscreen", "x5-page-mode", "x5-orientation", "screen-orientation", "force-rendering"]
)
_FILE = re.compile(r"\.(?:docx?|wps|pdf|ofd|xlsx?|et|zip|rar|7z|pptx?|jpe?g|png)$", re.I)
_PICTURE = re.compile(r"\.(?:jpe?g|png)$", re.I)
_HEAD_LINES = 40
_FEWEST_FIELDS = 3


def page_meta(tree: LexborHTMLParser, text: str, blocks: list[Block]) -> dict[str, str]:
    """Printed fields first, then <meta> elements under their own names; the first of equal names counts."""
    meta: dict[str, str] = {}
    for name, value in fields(_stated_lines(text, blocks)):
        meta.setdefault(name, value)
    for node in tree.css("meta[name][content]"):
        name = (node.attributes.get("name") or "").strip()
        value = (node.attributes.get("content") or "").strip()
        if name and value and name.lower() not in _TECHNICAL:
            meta.setdefault(name, value)
    title = tree.css_first("head title")
    if title is not None and title.text().strip():
        meta.setdefault("title", title.text().strip())
    return meta


def _stated_lines(text: str, blocks: list[Block]) -> Iterator[str]:
    """The lines around the article; on a page without any, its first lines where they hold several fields."""
    around = [text[block.start : block.end] for block in blocks if block.kind == "furniture"]
    head = [text[block.start : block.end] for block in blocks[:_HEAD_LINES] if block.kind == "text"]
    yield from around
    if len(dict(fields(head))) >= _FEWEST_FIELDS:
        yield from head


def attachments(body: LexborNode) -> Iterator[tuple[str, str]]:
    """(label, address) of links to documents; a link whose label ends like a file name counts too."""
    seen: set[str] = set()
    for link in body.css("a[href]"):
        address = (link.attributes.get("href") or "").strip()
        label = " ".join((link.text() or "").split())
        bare = address.partition("#")[0].partition("?")[0]
        names_file = _FILE.search(bare) is not None and (label != "" or _PICTURE.search(bare) is None)
        if address and address not in seen and (names_file or _FILE.search(label) is not None):
            seen.add(address)
            yield label or bare.rpartition("/")[2], address
