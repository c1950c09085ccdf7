"""What paragraph styles say about level, alignment and numbering, through their inheritance (`标题 1` based on `正文`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from policy_commitments.pipeline.read.docx_package import Element, W, child_value, whole

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.I)
_CONTENTS = re.compile(r"(?:toc|目录)\s*[1-9]", re.I)
_STYLE_END = b"</w:style>"
_OTHER_STYLES = tuple(f'w:type="{kind}"'.encode() for kind in ("table", "character", "numbering"))
_BODY_LEVEL = 9  # w:outlineLvl 9 is body text


@dataclass(frozen=True, slots=True)
class Style:
    """One paragraph style as written; `None` where it says nothing and its base decides."""

    name: str
    base: str | None
    properties: Element | None


@dataclass(frozen=True, slots=True)
class _Said:
    """What a style says with all that it is based on."""

    level: int | None
    alignment: str
    contents: bool


@dataclass(slots=True)
class Styles:
    """All paragraph styles of a document, by id; `default` is the one of paragraphs without a style."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default: str | None = None
    _known: dict[str | None, _Said] = field(default_factory=dict)

    def chain(self, style_id: str | None) -> Iterator[tuple[str, Style]]:
        """A style and what it is based on, nearest first; a circle ends where it closes."""
        seen: set[str] = set()
        current = style_id if style_id in self.by_id else self.default
        while current is not None and current in self.by_id and current not in seen:
            seen.add(current)
            yield current, self.by_id[current]
            current = self.by_id[current].base

    def level(self, stated: str | None, style_id: str | None) -> int | None:
        """Outline level from 1: of the paragraph itself, else of its style or the style's name; None for body text."""
        own = whole(stated)
        if own is not None:
            return own + 1 if 0 <= own < _BODY_LEVEL else None
        return self._said(style_id).level

    def alignment(self, stated: str | None, style_id: str | None) -> str:
        """`center`, `right`, or empty for what is neither: as the paragraph states it, else its style."""
        stated = self._said(style_id).alignment if stated is None else stated
        return {"center": "center", "right": "right", "end": "right"}.get(stated, "")

    def is_contents(self, style_id: str | None) -> bool:
        """Whether it is the style of a line in a table of contents."""
        return self._said(style_id).contents

    def _said(self, style_id: str | None) -> _Said:
        said = self._known.get(style_id)
        if said is None:
            chain = [style for _, style in self.chain(style_id)]
            aligned = (child_value(style.properties, "jc") for style in chain)
            contents = any(_CONTENTS.fullmatch(style.name) is not None for style in chain)
            said = self._known[style_id] = _Said(_level(chain), next((one for one in aligned if one is not None), ""), contents)
        return said


def _level(chain: Sequence[Style]) -> int | None:
    for style in chain:
        stated = whole(child_value(style.properties, "outlineLvl"))
        if stated is not None:
            return stated + 1 if 0 <= stated < _BODY_LEVEL else None
        named = _HEADING.fullmatch(style.name)
        if named is not None:
            return int(named.group(1))
    return None


def of_paragraphs(data: bytes) -> bytes:
    """word/styles.xml without its styles of tables and characters, most of the file, which need not be parsed.

    Where the file is not written as Word and WPS write it, more of it stays.
    """
    *styles, rest = data.split(_STYLE_END)
    kept: list[bytes] = []
    for style in styles:
        start = style.find(b"<w:style ")
        head = style[start : style.find(b">", start) + 1] if start >= 0 else b""
        other = any(kind in head for kind in _OTHER_STYLES) and not head.endswith(b"/>")
        kept += (style[:start],) if other else (style, _STYLE_END)
    return b"".join([*kept, rest])


def read_styles(root: Element | None) -> Styles:
    """The styles of word/styles.xml, none where the part is missing."""
    styles = Styles()
    if root is None:
        return styles
    for element in root.iter(W + "style"):
        style_id = element.get(W + "styleId")
        if style_id is None or element.get(W + "type", "paragraph") != "paragraph":
            continue
        name = child_value(element, "name") or style_id
        styles.by_id[style_id] = Style(name, child_value(element, "basedOn"), element.find(W + "pPr"))
        if element.get(W + "default") in ("1", "true", "on"):
            styles.default = style_id
    return styles
