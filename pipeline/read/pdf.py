"""Reads .pdf that holds text: lines as printed with page and box, tables from their rules, page furniture marked.

`…（责任单位：县卫生健` at the foot of page 7 and `康委）` on page 8 stay as printed; reflow joins them. Scans go to `ocr`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from importlib import import_module

from policy_commitments.pipeline.read.pdf_file import form_error, is_form, is_shell, no_text_error, open_pdf
from policy_commitments.pipeline.read.pdf_labels import label_fields
from policy_commitments.pipeline.read.pdf_pages import PageContent, in_frame, read_pages
from policy_commitments.pipeline.read.pdf_text import TextOfPages
from policy_commitments.schemas.problems import DocumentError, Problem
from policy_commitments.schemas.source import Source

_OCR = "policy_commitments.pipeline.read.ocr"
_INSTALL = "pip install 'policy-commitments[ocr]'"


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
        return _read_scan(data, name, path)
    if not readable:
        raise form_error(name) if form else no_text_error(name)
    return _source(pages, data, name, path)


def _source(pages: Sequence[PageContent], data: bytes, name: str, path: str) -> Source:
    assembly = TextOfPages().add_all(pages)
    links = dict.fromkeys(link for page in pages for link in page.links)
    return Source(
        name=name,
        path=path,
        format="pdf",
        sha256=hashlib.sha256(data).hexdigest(),
        text=assembly.text,
        blocks=tuple(assembly.blocks),
        tables=tuple(assembly.tables),
        pages=len(pages),
        wrapped=True,
        meta=_meta(pages[0]),
        attachments=tuple(links),
        problems=tuple(_problems(pages)),
    )


def _meta(page: PageContent) -> dict[str, str]:
    """The 索引号 / 发文字号 table that a printed web page shows above its article."""
    framed = bool(page.labels)
    return label_fields(page.labels, [line for line in page.lines if not (framed and in_frame(page.frames, line))])


def _read_scan(data: bytes, name: str, path: str) -> Source:
    try:
        module = import_module(_OCR)
    except ImportError as error:
        raise DocumentError("ocr_missing", f"{name} is a scan: its pages are pictures", _INSTALL) from error
    source: Source = module.read_scanned_pdf(data, name, path)
    return source


def _text_of(pages: Sequence[PageContent]) -> str:
    return "\n".join(line.text for page in pages for line in page.lines)


def _problems(pages: Sequence[PageContent]) -> Iterator[Problem]:
    failed = [str(k) for k, page in enumerate(pages, 1) if page.failed]
    if failed:
        yield Problem("page_unreadable", "warning", "read", f"pages {', '.join(failed)}", "the file is damaged there: fetch it again")
    pictures = [str(k) for k, page in enumerate(pages, 1) if page.pictured and not page.has_text]
    if pictures:
        hint = "these pages hold pictures without text, which were not read: save them as a PDF of their own"
        yield Problem("page_without_text", "warning", "read", f"pages {', '.join(pictures)}", hint)
