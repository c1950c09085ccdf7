"""Addresses of attached documents behind the links of a printed web page, e.g. `附件1.docx`."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

_FILE = re.compile(r"\.(?:docx?|wps|pdf|ofd|xlsx?|et|zip|rar|7z|pptx?)$", re.I)
_LONGEST = 4096


def attached(page: Any, textpage: Any) -> Iterator[tuple[str, str]]:
    """(label, address) of each link to a document on one page."""
    position, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    while pdfium.FPDFLink_Enumerate(page.raw, ctypes.byref(position), ctypes.byref(link)):
        address = _address(page, link)
        bare = address.partition("#")[0].partition("?")[0]
        label = " ".join(_label(textpage, link).split())
        if address.startswith(("http://", "https://")) and (_FILE.search(bare) or _FILE.search(label)):
            yield label or bare.rpartition("/")[2], address


def _address(page: Any, link: Any) -> str:
    action = pdfium.FPDFLink_GetAction(link)
    if not action:
        return ""
    buffer = ctypes.create_string_buffer(_LONGEST)
    length = pdfium.FPDFAction_GetURIPath(page.pdf.raw, action, buffer, _LONGEST)
    return buffer.value.decode("utf-8", "replace") if 0 < length <= _LONGEST else ""


def _label(textpage: Any, link: Any) -> str:
    rect = pdfium.FS_RECTF()
    if not pdfium.FPDFLink_GetAnnotRect(link, rect):
        return ""
    return str(textpage.get_text_bounded(rect.left, rect.bottom, rect.right, rect.top))
