"""The visible text of a page: block ends as line ends, blanks as a browser collapses them (CSS 2.2, 16.6.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from selectolax.lexbor import LexborNode

from policy_commitments.pipeline.read.assembly import Assembly, Line
from policy_commitments.pipeline.read.html_article import Article
from policy_commitments.pipeline.read.html_lists import item_label
from policy_commitments.pipeline.read.html_nodes import BLOCK_TAGS, events
from policy_commitments.pipeline.read.html_tables import data_grid
from policy_commitments.pipeline.read.page_labels import is_label_row

_BLANKS = re.compile(r"[ \t\n\r\f]+")
_ALIGN = re.compile(r"text-align\s*:\s*(\w+)", re.I)
_KEEPING = re.compile(r"white-space\s*:\s*(?:pre|pre-wrap|pre-line|break-spaces)\b", re.I)
_HEADING = re.compile(r"h([1-6])")
_EDGES = " \t\n\r\f"


@dataclass(frozen=True, slots=True)
class _Frame:
    """What an open element passes on to the text in it."""

    outside: bool
    level: int | None = None
    align: str = ""
    keeps_blanks: bool = False


@dataclass(slots=True)
class PageText:
    """Renders one page into an `Assembly`; `paragraph` counts blocks with text."""

    article: Article
    assembly: Assembly = field(default_factory=Assembly)
    paragraph: int = 0
    _frames: list[_Frame] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _generated: int = 0
    _begun: bool = False
    _item: LexborNode | None = None

    def render(self, body: LexborNode) -> Assembly:
        """All visible text under `body`; what lies outside the article or in its navigation is furniture."""
        skipped: set[int] = set()
        self._frames.append(_Frame(outside=bool(self.article.containers)))
        for kind, node in events(body, skipped):
            if kind == "text":
                self._text(node.text_content or "")
            elif kind == "open":
                self._open(node, skipped)
            else:
                self._close(node)
        self._flush()
        return self.assembly

    def _open(self, node: LexborNode, skipped: set[int]) -> None:
        if node.tag in BLOCK_TAGS:
            self._flush()
        elif node.tag == "br":
            self._flush(ends_paragraph=False)
        if node.tag == "table" and self._table(node):
            skipped.add(node.mem_id)
            return
        if node.tag == "li":
            self._item = node
        self._frames.append(self._frame(node))

    def _close(self, node: LexborNode) -> None:
        if node.tag in BLOCK_TAGS:
            self._flush()
        self._frames.pop()

    def _frame(self, node: LexborNode) -> _Frame:
        above = self._frames[-1]
        outside = above.outside
        if node.mem_id in self.article.containers:
            outside = False
        elif node.mem_id in self.article.navigation:
            outside = True
        tag, attributes = node.tag or "", node.attributes
        heading = _HEADING.fullmatch(tag)
        level = int(heading.group(1)) if heading is not None else above.level
        aligned, keeps = _styled(attributes.get("style") or "")
        align = _alignment(tag, aligned or attributes.get("align"), above.align)
        keeps = keeps or above.keeps_blanks or tag == "pre"
        return _Frame(outside, level, align, keeps)

    def _text(self, text: str) -> None:
        if self._frames[-1].keeps_blanks and "\n" in text:
            first, *others = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            self._piece(first)
            for line in others:
                self._flush(ends_paragraph=False)
                self._piece(line)
        else:
            self._piece(text)

    def _piece(self, text: str) -> None:
        if self._item is not None and text.strip():
            label = item_label(self._item)
            self._item = None
            if label and not self._parts:
                self._parts.append(label)
                self._generated = len(label)
        self._parts.append(text)

    def _flush(self, *, ends_paragraph: bool = True) -> None:
        text = _BLANKS.sub(" ", "".join(self._parts)).strip(_EDGES)
        self._parts.clear()
        frame = self._frames[-1]
        generated, self._generated = self._generated, 0
        if text and not text.isspace():
            kind, detail = ("furniture", "navigation") if frame.outside else ("text", "")
            self.assembly.add(Line(text, kind, detail, frame.level, generated, frame.align), self.paragraph)  # type: ignore[arg-type]
            self._begun = True
        if ends_paragraph and self._begun:
            self.paragraph += 1
            self._begun = False

    def _table(self, node: LexborNode) -> bool:
        """Whether the table was taken as one of data (or of the page's metadata) and written."""
        grid = data_grid(node)
        if grid is None:
            return False
        outside = self._frame(node).outside
        if grid.caption:
            self._add(grid.caption, outside)
        labelled = is_label_row([cell.text for cell in grid.cells])
        if outside or labelled:
            for row in range(grid.rows):
                self._add("\t".join(cell.text for cell in grid.cells if cell.row == row and cell.text), True)
        else:
            self.assembly.add_table(grid.cells, grid.rows, grid.columns, self.paragraph)
            self.paragraph += 1
        return True

    def _add(self, text: str, outside: bool) -> None:
        kind, detail = ("furniture", "navigation") if outside else ("text", "")
        if text.strip():
            self.assembly.add(Line(text, kind, detail), self.paragraph)  # type: ignore[arg-type]
            self.paragraph += 1


@lru_cache(maxsize=1024)
def _styled(style: str) -> tuple[str | None, bool]:
    """What a style says of alignment, and whether it keeps blanks; a page repeats few of them."""
    stated = _ALIGN.search(style)
    return None if stated is None else stated.group(1), _KEEPING.search(style) is not None


def _alignment(tag: str, stated: str | None, above: str) -> str:
    if stated is None:
        return "center" if tag == "center" else above
    return {"center": "center", "right": "right", "end": "right"}.get(stated.lower(), "")
