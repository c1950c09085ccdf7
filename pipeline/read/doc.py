"""Reads .doc and .wps (Word 97-2003): what Word shows, as `docx.py` reads it, e.g. 一、 of an automatic numbering."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator

from policy_commitments.pipeline.read.assembly import Assembly
from policy_commitments.pipeline.read.doc_content import DocContent, read_content
from policy_commitments.pipeline.read.doc_stream import (
    BrokenDocError,
    LockedDocError,
    OldDocError,
    open_stream,
)
from policy_commitments.pipeline.read.ole import BrokenOleError, open_ole
from policy_commitments.pipeline.read.soffice import is_installed, read_converted
from policy_commitments.pipeline.read.word_layout import add_heads, lay_out
from policy_commitments.schemas.problems import DocumentError, Problem
from policy_commitments.schemas.source import Source

_LOCKED = "open it in Word with its password and save it without one"
_NO_TEXT = "it holds pictures only: save it as PDF and read it with the ocr extra (see `commitments doctor`)"


def read_doc(data: bytes, name: str, path: str) -> Source:
    """Body, then notes, then page heads and feet as furniture; raises DocumentError for a broken or empty file.

    What is too old or too damaged for this reader goes through LibreOffice where that is installed.
    """
    try:
        source = _read(data, name, path)
    except LockedDocError as error:
        raise DocumentError("encrypted_office", f"{name} is a Word file locked with a password", _LOCKED) from error
    except OldDocError as error:
        return _converted(data, name, path, "old_word", f"was written by a Word older than Word 97 ({error})")
    except (BrokenOleError, BrokenDocError, struct.error, LookupError, ValueError) as error:
        return _converted(data, name, path, "broken_doc", f"is cut off or damaged: {error}")
    if source is None:
        raise DocumentError("no_text", f"{name} holds no text", _NO_TEXT)
    return source


def _read(data: bytes, name: str, path: str) -> Source | None:
    content = _content(data)
    assembly = Assembly()
    lay_out(assembly, content.body())
    lay_out(assembly, content.notes())
    if not assembly.blocks:
        return None
    add_heads(assembly, content.heads())
    return Source(
        name=name,
        path=path,
        format="doc",
        sha256=hashlib.sha256(data).hexdigest(),
        text=assembly.text,
        blocks=tuple(assembly.blocks),
        tables=tuple(assembly.tables),
        problems=tuple(_problems(content)),
    )


def _content(data: bytes) -> DocContent:
    ole = open_ole(data)
    main = ole.read("WordDocument")
    if main is None:
        raise BrokenOleError("it has no stream WordDocument")
    tables = {one: table for one in ("0Table", "1Table") if (table := ole.read(one)) is not None}
    return read_content(open_stream(main, tables, ole.read("Data") or b""))


def _converted(data: bytes, name: str, path: str, code: str, wrong: str) -> Source:
    if not is_installed():
        remedy = "open it in Word or WPS and save it as .docx, or install LibreOffice, which is then used for it"
        raise DocumentError(code, f"{name} {wrong}", remedy)
    return read_converted(data, name, path)


def _problems(content: DocContent) -> Iterator[Problem]:
    yield from content.problems()
    if content.deletions:
        yield Problem("tracked_deletions", "info", "read", f"{content.deletions} deletions", "accept or reject changes in Word")
    if content.pictures:
        yield Problem("pictures_unread", "info", "read", f"{content.pictures} pictures", "text in pictures is not read")
