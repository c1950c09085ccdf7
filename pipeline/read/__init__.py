"""Readers: one module per format, bytes to `Source`; the format is what the bytes say, never what the name says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from policy_commitments.pipeline.read.glued_tables import with_glued_tables
from policy_commitments.pipeline.read.registry import READERS, UNREADABLE
from policy_commitments.pipeline.read.sniff import sniff
from policy_commitments.schemas.problems import DocumentError
from policy_commitments.schemas.source import Source

Reader = Callable[[bytes, str, str], Source]


def read_bytes(data: bytes, name: str, path: str = "") -> Source:
    """One document from its bytes; `path` is its place in the input, relative.

    Raises DocumentError, and nothing else but MemoryError, whatever the bytes are.
    """
    if not data:
        raise DocumentError("empty_file", f"{name} has no bytes", "fetch the file again: the download was empty")
    kind = sniff(data, name)
    if kind not in READERS:
        code, message, remedy = UNREADABLE.get(kind, UNREADABLE["unknown"])
        raise DocumentError(code, f"{name} {message}", remedy)
    reader = _load(READERS[kind], kind)
    return _guarded(lambda: with_glued_tables(reader(data, name, path or name)), name, kind)


def read_images(images: Sequence[tuple[str, bytes]], path: str) -> Source:
    """One document from the images of its pages, (name, bytes) in order; raises as `read_bytes`."""
    for name, data in images:
        if not data:
            raise DocumentError("empty_file", f"{name} has no bytes", "fetch the file again: the download was empty")
        if sniff(data, name) != "image":
            raise DocumentError("no_image", f"{name} is no image", "fetch the file again, or name it otherwise than its neighbours")
    from policy_commitments.pipeline.read.ocr import read_images as read

    return _guarded(lambda: read(images, path), images[0][0], "image")


def _guarded(read: Callable[[], Source], name: str, kind: str) -> Source:
    try:
        return read()
    except (DocumentError, MemoryError):
        raise
    except Exception as error:  # a broken file may break any parser: it is quarantined and the run goes on
        raise DocumentError(
            "reader_failed",
            f"{name} could not be read as {kind}: {type(error).__name__}: {error}",
            "open the file in its own program and save it again; if it opens there, report the file",
        ) from error


def read_file(path: str | Path) -> bytes:
    """The bytes of a file; raises DocumentError where it vanished, may not be read or is empty."""
    file = Path(path)
    try:
        data = file.read_bytes()
    except FileNotFoundError as error:
        raise DocumentError(
            "file_vanished", f"{file.name} is no longer there", "run again: the file was moved or deleted meanwhile"
        ) from error
    except IsADirectoryError as error:
        raise DocumentError("not_a_file", f"{file.name} is a folder", "give the folder itself as SOURCE") from error
    except PermissionError as error:
        raise DocumentError(
            "not_permitted", f"{file.name} may not be read", "change the rights of the file, or close what holds it open"
        ) from error
    except (OSError, ValueError) as error:
        raise DocumentError(
            "file_unreadable", f"{file.name}: {error}", "check the disk or network share on which the file lies"
        ) from error
    if not data:
        raise DocumentError("empty_file", f"{file.name} has no bytes", "fetch the file again: the download was empty")
    return data


def _load(place: str, kind: str) -> Reader:
    module, _, function = place.partition(":")
    try:
        reader: Reader = getattr(import_module(module), function)
    except ImportError as error:
        raise DocumentError(
            "reader_missing",
            f"the reader of {kind} files cannot be loaded: {error}",
            "run `commitments doctor`: it names the package that is missing",
        ) from error
    return reader
