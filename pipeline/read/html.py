"""Reads .html and .mht: the visible text of a page, its article as text, menus and metadata around it as furniture."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from email import message_from_bytes, policy

from selectolax.lexbor import LexborHTMLParser

from policy_commitments.pipeline.read.decode import Decoded, decode
from policy_commitments.pipeline.read.html_article import find_article
from policy_commitments.pipeline.read.html_meta import attachments, page_meta
from policy_commitments.pipeline.read.html_text import PageText
from policy_commitments.schemas.problems import DocumentError
from policy_commitments.schemas.source import Block, Source

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_:-]{2,30})""", re.I)
_HEAD = 4096
# gb2312 and gbk are subsets of gb18030 and stand for it on the web (WHATWG Encoding); Western names are defaults of servers
_AS = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "utf8": "utf-8"}
_UNBELIEVED = frozenset(("iso-8859-1", "latin1", "windows-1252", "us-ascii", "ascii"))
_SHORTEST_TITLE = 6
_HEAD_OF_ARTICLE = 8
_REMEDY = "open the page in a browser, wait until the text shows, and save it again or print it as PDF"


def read_html(data: bytes, name: str, path: str) -> Source:
    """One web page; raises DocumentError `no_text` for a page that shows nothing without scripts."""
    return _page(decode(data, name, _declared(data)), data, name, path)


def read_mht(data: bytes, name: str, path: str) -> Source:
    """The first HTML part of a web archive (.mht, or a `.doc` that Word saved as one)."""
    message = message_from_bytes(data, policy=policy.compat32)
    part = next((one for one in message.walk() if one.get_content_type() == "text/html"), None)
    content = None if part is None else part.get_payload(decode=True)
    if part is None or not isinstance(content, bytes) or not content:
        raise DocumentError("no_text", f"{name} is a web archive without a page", _REMEDY)
    declared = _usable(part.get_content_charset()) or _declared(content)
    return replace(_page(decode(content, name, declared), data, name, path), format="mht")


def _page(decoded: Decoded, data: bytes, name: str, path: str) -> Source:
    tree = LexborHTMLParser(decoded.text.replace("\x00", ""))
    body = tree.body
    if body is None:
        raise DocumentError("no_text", f"{name} is a page without a body", _REMEDY)
    assembly = PageText(find_article(body)).render(body)
    if not assembly.blocks:
        raise DocumentError("no_text", f"{name} shows no text", _REMEDY)
    text = assembly.text
    meta = page_meta(tree, text, assembly.blocks)
    return Source(
        name=name,
        path=path,
        format="html",
        sha256=hashlib.sha256(data).hexdigest(),
        text=text,
        blocks=tuple(with_title(text, assembly.blocks, _titles(meta))),
        tables=tuple(assembly.tables),
        meta=meta,
        attachments=tuple(attachments(body)),
        problems=decoded.problems,
    )


def with_title(text: str, blocks: list[Block], titles: list[str]) -> list[Block]:
    """The printed title above an article, which many systems keep outside its container, made text again."""
    first = next((k for k, block in enumerate(blocks) if block.kind != "furniture"), None)
    if first is None or not titles:
        return blocks
    opening = (text[block.start : block.end] for block in blocks[first : first + _HEAD_OF_ARTICLE])
    if any(_is_title(line, titles) for line in opening):
        return blocks
    found = next((k for k in range(first - 1, -1, -1) if _is_title(text[blocks[k].start : blocks[k].end], titles)), None)
    if found is None:
        return blocks
    begin = found
    while begin > 0 and blocks[begin - 1].anchor == blocks[found].anchor:
        begin -= 1
    shown = [replace(block, kind="text", detail="") for block in blocks[begin : found + 1]]
    return [*blocks[:begin], *shown, *blocks[found + 1 :]]


def _is_title(line: str, titles: list[str]) -> bool:
    plain = "".join(line.split())
    return len(plain) >= _SHORTEST_TITLE and any(plain in title for title in titles)


def _titles(meta: dict[str, str]) -> list[str]:
    named = (meta.get(key, "") for key in ("ArticleTitle", "标题", "名称", "信息名称", "title"))
    return ["".join(one.split()) for one in named if one]


def _declared(data: bytes) -> str | None:
    found = _CHARSET.search(data[:_HEAD])
    return None if found is None else _usable(found.group(1).decode("ascii"))


def _usable(charset: str | None) -> str | None:
    lower = (charset or "").lower()
    return None if not lower or lower in _UNBELIEVED else _AS.get(lower, lower)
