"""Opens a PDF, or says why it cannot be read: locked, damaged, without pages, a form to be filled in."""

from __future__ import annotations

from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from policy_commitments.schemas.problems import DocumentError

_PASSWORD = "open it with its password and print or save it as a PDF without one"
_AGAIN = "fetch the file again, or open it in a PDF viewer and print it to a new PDF"
_FORM = "open the form in Acrobat and print it to a new PDF, or ask the issuer for the document"
_FULL_FORMS = frozenset((pdfium.FORMTYPE_XFA_FULL,))


def open_pdf(data: bytes, name: str) -> Any:
    """A pypdfium2 document with one page at least; the caller closes it."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _not_opened(error, name) from error
    if _counted(document) == 0:
        document.close()
        raise DocumentError("empty_pdf", f"{name} is a PDF without pages", _AGAIN)
    return document


def _not_opened(error: Any, name: str) -> DocumentError:
    code = getattr(error, "err_code", None)
    if code == pdfium.FPDF_ERR_PASSWORD:
        return DocumentError("encrypted_pdf", f"{name} is locked with a password", _PASSWORD)
    if code == pdfium.FPDF_ERR_SECURITY:
        return DocumentError("encrypted_pdf", f"{name} is locked by a protection that is not known here", _PASSWORD)
    return DocumentError("broken_pdf", f"{name} is cut off or damaged: {error}", _AGAIN)


def _counted(document: Any) -> int:
    try:
        return len(document)
    except pypdfium2.PdfiumError:
        return 0


def is_form(document: Any) -> bool:
    """Whether the document is a form whose text no page holds (XFA, or fields alone)."""
    return bool(document.get_formtype() != pdfium.FORMTYPE_NONE)


def form_error(name: str) -> DocumentError:
    """What to say about a form without text."""
    return DocumentError("form_pdf", f"{name} is a form: its pages hold no text of their own", _FORM)


def is_shell(document: Any, text: str) -> bool:
    """Whether the pages only say `Please wait...`: the real ones are built by Acrobat from an XFA form."""
    return document.get_formtype() in _FULL_FORMS and ("Please wait" in text or "Adobe" in text)


def no_text_error(name: str) -> DocumentError:
    """What to say about blank pages."""
    return DocumentError("no_text", f"{name} has blank pages only", _AGAIN)
