"""The characters of a PDF page in the order of its content stream, with their boxes, through pypdfium2."""

from __future__ import annotations

import ctypes
import math
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from policy_commitments.pipeline.read.pdf_calls import address_of, char_angle, is_generated, loose_box
from policy_commitments.pipeline.read.pdf_frame import Frame
from policy_commitments.schemas.source import BBox

_LINE_END = re.compile(r"[\r\n\x02\ufffe]+")  # pdfium puts U+0002 or U+FFFE where a hyphen ends a line
_UNSEEN: dict[int, int | None] = {code: None for code in [*range(0x00, 0x09), *range(0x0B, 0x20), 0x7F, 0xFEFF, 0xFFFE, 0xFFFF]}
_UNSEEN[0xAD] = 0x2D  # fonts of TeX print a soft hyphen as a dash: '2014\xad2020年'
_UNSEEN[0x0C] = None
_BLANKS = "".join(chr(k) for k in range(0x10000) if chr(k).isspace() or (k < 32 and k != 2))
_SPECIAL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\xad\ud800-\udfff\ufeff\ufffe\uffff]")
_HYPHENS = "\x02\ufffe"
_DASHED = {0x02: "-", 0xFFFE: "-"}
_STRAIGHT = 0.05  # radians
_QUARTER = math.pi / 2


def visible(text: str) -> str:
    """Text without control characters and half characters."""
    if _SPECIAL.search(text) is None:
        return text
    return text.translate(_UNSEEN).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _empty_box() -> array[float]:
    """Left, top, right and bottom of one box, as pdfium writes them."""
    return array("f", (0.0, 0.0, 0.0, 0.0))


@dataclass(slots=True)
class PageChars:
    """`text[k]` is the character with index k in pdfium, those that pdfium inserts (blanks, line ends) included."""

    handle: int
    frame: Frame
    text: str
    _rect: array[float] = field(default_factory=_empty_box, kw_only=True, repr=False)
    _known: dict[int, BBox] = field(default_factory=dict, kw_only=True, repr=False)
    _at: int = field(init=False, repr=False)
    _clean: bool = field(init=False, repr=False)
    _upright: tuple[float, float] | None = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._at = self._rect.buffer_info()[0]
        self._upright = None if self.frame.turn else (self.frame.left, self.frame.top)
        self._clean = _SPECIAL.search(self.text.replace("\r\n", "\n")) is None

    def box(self, k: int) -> BBox:
        """The box of one character with its font's full height, as shown on the page."""
        found = self._known.get(k)
        if found is None:
            loose_box(self.handle, k, self._at)
            left, top, right, bottom = self._rect
            if self._upright is not None and left <= right and bottom <= top:  # as Frame.box, for each character
                x, y = self._upright
                found = (left - x, y - top, right - x, y - bottom)
            else:
                found = self.frame.box(left, bottom, right, top)
            self._known[k] = found
        return found

    def lines(self) -> Iterator[tuple[int, int]]:
        """Half-open index spans of lines as pdfium divides them, without blanks at their ends."""
        text, at = self.text, 0
        for match in _LINE_END.finditer(text):
            end = match.start()
            if text[end] in _HYPHENS:
                end += 1
            if at < end and (span := _trimmed(text, at, end)) is not None:
                yield span
            at = match.end()
        if (span := _trimmed(text, at, len(text))) is not None:
            yield span

    def is_slanted(self, k: int) -> bool:
        """Whether a character runs neither along nor across the page: a watermark."""
        angle = char_angle(self.handle, k)
        off = angle % _QUARTER
        return bool(angle >= 0 and min(off, _QUARTER - off) > _STRAIGHT)

    def is_inserted(self, k: int) -> bool:
        """Whether a blank is pdfium's guess at a gap and no character of the file."""
        return bool(is_generated(self.handle, k) == 1)

    def printed(self, start: int, end: int) -> str:
        """What a span of one line shows."""
        text = self.text[start:end]
        return text if self._clean or _SPECIAL.search(text) is None else visible(text.translate(_DASHED))


def chars_of(textpage: Any, frame: Frame) -> PageChars:
    """All characters of a pypdfium2 text page."""
    handle = textpage.raw
    count = max(pdfium.FPDFText_CountChars(handle), 0)
    buffer = (ctypes.c_ushort * (count * 2 + 2))()
    written = pdfium.FPDFText_GetText(handle, 0, count, buffer) if count else 1
    text = bytes(buffer)[: max(written - 1, 0) * 2].decode("utf-16-le", "surrogatepass")
    if len(text) != count:  # characters beyond the basic plane, or without a meaning
        codes = (pdfium.FPDFText_GetUnicode(handle, k) for k in range(count))
        text = "".join(chr(code) if 0 < code < 0x110000 else "\x00" for code in codes)
    return PageChars(address_of(handle), frame, text)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end].rstrip(_BLANKS)
    bare = piece.lstrip(_BLANKS)
    return (start + len(piece) - len(bare), start + len(piece)) if bare else None
