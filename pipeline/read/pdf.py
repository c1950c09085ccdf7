"""Reads .pdf that holds text: lines as printed with page and box, tables from their rules, page furniture marked.

`…（责任单位：县卫生健` at the foot of page 7 and `康委）` on page 8 stay as printed; reflow joins them. Scans go to `ocr`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from policy_commitments.pipeline.read.ocr import read_scanned_pdf
from policy_commitments.pipeline.read.pdf_file import form_error, is_form, is_shell, no_text_error, open_pdf
from policy_commitments.pipeline.read.pdf_labels import label_fields
from policy_commitments.pipeline.read.pdf_pages import PageContent, in_frame, read_pages
from policy_commitments.pipeline.read.pdf_text import source_of_pages
from policy_commitments.schemas.source import Source


def read_pdf(data: bytes, name: str, path: str) -> Source:
    """One PDF; raises DocumentError for locked, damaged, empty and form files, and for scans without the ocr extra."""
    document = open_pdf(data, name)
    try:
        pages = read_pages(document)
        form = is_form(document)
        shell = is_shell(document, _text_of(pages[:1]))
    finally:
        document.close()
    if shell:
        raise form_error(name)
    readable = sum(page.has_text for page in pages)
    scanned = sum(page.pictured for page in pages)
    if scanned > readable:
        return read_scanned_pdf(data, name, path)
    if not readable:
        raise form_error(name) if form else no_text_error(name)
    links = dict.fromkeys(link for page in pages for link in page.links)
    return replace(source_of_pages(pages, data, name, path, "pdf"), meta=_meta(pages[0]), attachments=tuple(links))


def _meta(page: PageContent) -> dict[str, str]:
    """The 索引号 / 发文字号 table that a printed web page shows above its article."""
    framed = bool(page.labels)
    return label_fields(page.labels, [line for line in page.lines if not (framed and in_frame(page.frames, line))])


def _text_of(pages: Sequence[PageContent]) -> str:
    return "\n".join(line.text for page in pages for line in page.lines)
