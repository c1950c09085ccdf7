"""Keys: what makes a document, a row and a commitment the same one in the next run (design page, Identity)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.metadata import version
from importlib.resources import files

_NOISE = re.compile(r"[\s\W_]+")


def sha256(data: bytes) -> str:
    """Hex SHA-256 of bytes."""
    return hashlib.sha256(data).hexdigest()


def document_id(digest: str) -> str:
    """`doc_id` from the hex SHA-256 of the file's bytes."""
    return digest[:16]


def row_id(doc_id: str, letter: str, start: int, nth: int) -> str:
    """`<doc_id>-<letter>-<start>-<n>`; `nth` tells rows with one start apart."""
    return f"{doc_id}-{letter}-{start}-{nth}"


def plain(text: str | None) -> str:
    """Wording without blanks and punctuation, for keys only."""
    return _NOISE.sub("", text or "").casefold()


@lru_cache(maxsize=1)
def _plain_title(title: str | None) -> str:
    """The same for all rows of one document."""
    return plain(title)


def commitment_key(place: str, doc_title: str | None, path: Iterable[str], kind: str, what: str, *more: object) -> str:
    """24 hex digits over what names a commitment: place (adcode, else path), title, item numbers, type, wording."""
    parts = [place, _plain_title(doc_title), "/".join(path), kind, plain(what), *(str(one) for one in more)]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:24]


@cache
def extractor_version() -> str:
    """Package version and a short digest over its code and vocabularies: a changed rule is a changed version."""
    digest = hashlib.sha256()
    for package in ("schemas", "extractors", "pipeline"):
        root = files(f"policy_commitments.{package}")
        for name, data in sorted(_walk(root, "")):
            digest.update(name.encode() + b"\0" + data + b"\0")
    return f"{version('policy-commitments')}+{digest.hexdigest()[:8]}"


def _walk(folder: object, prefix: str) -> Iterable[tuple[str, bytes]]:
    for entry in folder.iterdir():  # type: ignore[attr-defined]
        name = f"{prefix}/{entry.name}"
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _walk(entry, name)
        elif entry.name.endswith((".py", ".yml", ".tsv")):
            yield name, entry.read_bytes()
