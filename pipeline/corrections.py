"""Corrections: a reviewer's decisions (`corrections.jsonl`) put on top of extraction, found again by content.

A decision names its row by document, commitment_key and quote, never by row id, so that it survives a re-run and a newer
version of the document: `{"action": "correct", "field": "value", "old": 80, "new": 85, "quote": "…", …}`. One that no
longer fits is reported with the reason. Recognition of rows is here; what a decision changes is in `corrected_rows`.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from policy_commitments.pipeline.identity import plain
from policy_commitments.schemas.records import DocumentRecord

ACTIONS = frozenset({"confirm", "correct", "delete", "add"})
TYPES = frozenset({"target", "milestone", "task", "responsibility"})


class CorrectionsError(Exception):
    """A corrections file that cannot be used; the message names the line and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision. `old` and `new` are values of `field`, or where `field` is `*` objects of all fields.

    `context` is what stands before and after the quote of a missed promise; `code` tells decisions apart.
    """

    code: str
    action: str
    type: str
    key: str | None
    quote: str
    field: str
    old: Any
    new: Any
    document: Mapping[str, Any]
    context: tuple[str, str] = ("", "")


@dataclass(slots=True)
class Corrections:
    """All decisions of a file; `digest` changes with them, so that documents are done again when they do."""

    all: tuple[Correction, ...] = ()
    digest: str = ""
    _places: dict[tuple[str, str], list[Correction]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for one in self.all:
            for name in _names(one.document.get("source_path"), one.document.get("text_sha256"), one.document):
                self._places[name].append(one)

    def of(self, document: DocumentRecord) -> list[Correction]:
        """Decisions about this document: the same path, the same text, or the same title and place."""
        known = {"title": document.title, "adcode": document.adcode}
        found: dict[str, Correction] = {}
        for name in _names(document.source_path, document.text_sha256, known):
            found |= {one.code: one for one in self._places.get(name, ())}
        return [one for one in self.all if one.code in found] if found else []


def _names(path: object, text: object, known: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if path:
        yield "path", str(path)
    if text:
        yield "text", str(text)
    if known.get("title"):
        yield "title", f"{known.get('adcode') or ''}|{plain(known['title'])}"


def read_corrections(path: Path) -> Corrections:
    """Decisions of a JSON Lines file; of two about the same thing the later wins. Raises CorrectionsError."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CorrectionsError(f"{path}: cannot be read ({error.strerror})") from error
    found: dict[tuple[str, ...], Correction] = {}
    for number, line in enumerate(data.splitlines(), start=1):
        if line.strip():
            one = _correction(line, f"{path.name} line {number}")
            found[_subject(one)] = one
    return Corrections(tuple(found.values()), hashlib.sha256(data).hexdigest()[:8])


def _subject(one: Correction) -> tuple[str, ...]:
    whole = one.field if one.action == "correct" else "add" if one.action == "add" else "row"
    source = str(one.document.get("source_path"))
    return source, str(one.key), one.type, one.quote, one.context[0], whole


def _correction(line: bytes, where: str) -> Correction:
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise CorrectionsError(f"{where}: not JSON ({error})") from error
    if not isinstance(row, dict) or row.get("action") not in ACTIONS or row.get("type") not in TYPES:
        raise CorrectionsError(f"{where}: needs an action ({', '.join(sorted(ACTIONS))}) and a type ({', '.join(sorted(TYPES))})")
    if not row.get("quote") or not isinstance(row.get("document"), dict):
        raise CorrectionsError(f"{where}: needs a quote and a document")
    if row["action"] == "add" and not isinstance(row.get("new"), dict):
        raise CorrectionsError(f"{where}: a missed promise needs its fields in `new`")
    before, after = [*(row.get("context") or ()), "", ""][:2]
    return Correction(
        code=hashlib.sha256(orjson.dumps(row, option=orjson.OPT_SORT_KEYS)).hexdigest()[:12],
        action=row["action"],
        type=row["type"],
        key=row.get("commitment_key"),
        quote=str(row["quote"]),
        field=str(row.get("field") or "*"),
        old=row.get("old"),
        new=row.get("new"),
        document=row["document"],
        context=(str(before), str(after)),
    )


def unfit_lines(corrections: Corrections, outcomes: Iterator[Mapping[str, str]]) -> list[dict[str, str]]:
    """Decisions that fit no document of the dataset, each with its reason; `outcomes` are code -> reason by document."""
    reasons: dict[str, str] = {}
    fitted: set[str] = set()
    for outcome in outcomes:
        fitted |= {code for code, reason in outcome.items() if not reason}
        reasons |= {code: reason for code, reason in outcome.items() if reason}
    return [
        {
            "document": str(one.document.get("title") or one.document.get("source_path")),
            "action": one.action,
            "field": one.field,
            "quote": one.quote,
            "reason": reasons.get(one.code, "its document is not in the dataset"),
        }
        for one in corrections.all
        if one.code not in fitted
    ]


def write_unfit(path: Path, unfit: Sequence[Mapping[str, str]]) -> None:
    """`corrections_unfit.jsonl`; no file where every decision fits."""
    if unfit:
        path.write_bytes(b"".join(orjson.dumps(one) + b"\n" for one in unfit))
    else:
        path.unlink(missing_ok=True)
