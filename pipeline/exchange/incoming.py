"""Annotations from doccano or Label Studio as corrections: spans kept, taken away and added, against the dataset's rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from policy_commitments.pipeline.exchange.spans import Annotated, Span, annotated
from policy_commitments.pipeline.report.highlights import FIELDS, title_quote
from policy_commitments.pipeline.report.tables import Row

_TYPES = {"task": "task", "target": "target", "milestone": "milestone", "agency": "responsibility"}
_CONTEXT = 20
Labelled = set[tuple[int, int, str]]


class AnnotationError(Exception):
    """A file that is no export of the tool it is said to come from."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """Decisions as lines of corrections.jsonl, and what could not be used: texts unknown to the dataset, odd spans."""

    decisions: tuple[dict[str, Any], ...]
    unknown: int
    unused: int


def read_annotations(path: Path, tool: str, dataset: Path) -> Incoming:
    """Decisions of one export (`doccano` or `label-studio`); a document is known by its text. Raises AnnotationError."""
    readers = {"doccano": _doccano, "label-studio": _label_studio}
    known = {one.text: one for one in annotated(dataset)}
    decisions: list[dict[str, Any]] = []
    unknown = unused = 0
    for text, labelled in readers[tool](path.read_bytes()):
        one = known.get(text)
        if one is None:
            unknown += 1
            continue
        found = list(_decisions(one, labelled))
        decisions += [decision for decision in found if decision is not None]
        unused += sum(decision is None for decision in found)
    return Incoming(tuple(decisions), unknown, unused)


# --- the two formats


def _doccano(data: bytes) -> Iterator[tuple[str, Labelled]]:
    try:
        for line in data.splitlines():
            if line.strip():
                row = orjson.loads(line)
                spans = row.get("label", row.get("labels", []))
                yield row["text"], {(int(start), int(end), str(label)) for start, end, label in spans}
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        raise AnnotationError(f"no doccano JSONL with text and label ({error})") from error


def _label_studio(data: bytes) -> Iterator[tuple[str, Labelled]]:
    try:
        for task in orjson.loads(data):
            text = task["data"]["text"]
            done = [one for one in task.get("annotations", ()) if not one.get("was_cancelled")]
            if done:
                values = [one["value"] for one in done[-1]["result"] if one.get("type") == "labels"]
                yield text, {_code_points(text, value) for value in values}
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        raise AnnotationError(f"no Label Studio JSON with data.text and annotations ({error})") from error


def _code_points(text: str, value: Mapping[str, Any]) -> tuple[int, int, str]:
    """A span in code points; a tool that counts UTF-16 units is found out by the span's own text."""
    start, end, label = int(value["start"]), int(value["end"]), str(value["labels"][0])
    printed = value.get("text")
    if printed is not None and text[start:end] != printed:
        units = text.encode("utf-16-le")
        before, inside = units[: start * 2], units[start * 2 : end * 2]
        if inside.decode("utf-16-le", "replace") == printed:
            start = len(before.decode("utf-16-le"))
            end = start + len(printed)
    return start, end, label


# --- decisions


def _decisions(one: Annotated, labelled: Labelled) -> Iterator[dict[str, Any] | None]:
    """Confirm for a row whose span stayed, delete for one whose span went, add for a new span; None for what is neither."""
    rows: dict[tuple[int, int, str], list[Span]] = {}
    for span in one.spans:
        rows.setdefault((span.start, span.end, span.label), []).append(span)
    for place, spans in rows.items():
        if place[2] != "deadline":
            for span in spans:
                yield _about_row(one, span, "confirm" if place in labelled else "delete")
    for start, end, label in sorted(labelled - set(rows)):
        if label == "deadline":
            continue
        yield _added(one, start, end, label) if label in ("target", "milestone") and start < end <= len(one.text) else None


def _about_row(one: Annotated, span: Span, action: str) -> dict[str, Any]:
    kind = _TYPES[span.label]
    quote = title_quote(span.row) if kind == "task" else span.row["quote"]
    seen = {name: span.row[name] for name in FIELDS[kind]}
    return _decision(one.document, action, kind, span.key, quote, seen, None, None)


def _added(one: Annotated, start: int, end: int, label: str) -> dict[str, Any]:
    """A span says where a promise stands, not what it means: its fields are left to the review."""
    quote = one.text[start:end]
    context = [one.text[max(0, start - _CONTEXT) : start], one.text[end : end + _CONTEXT]]
    plain = "".join(quote.split())
    fields: dict[str, Any] = {"what": plain} if label == "milestone" else {"indicator": plain, "kind": "level", "comparator": "eq"}
    return _decision(one.document, "add", label, None, quote, None, fields, context)


def _decision(
    document: Row, action: str, kind: str, key: str | None, quote: str, old: Any, new: Any, context: list[str] | None
) -> dict[str, Any]:
    about = {name: document[name] for name in ("title", "adcode", "source_path", "text_sha256")}
    made = {"action": action, "type": kind, "commitment_key": key, "quote": quote, "field": "*", "old": old, "new": new}
    return {**made, "document": about, **({"context": context} if context is not None else {})}


def write_decisions(incoming: Incoming, path: Path) -> None:
    """`corrections.jsonl` for `run --corrections`."""
    path.write_bytes(b"".join(orjson.dumps(one) + b"\n" for one in incoming.decisions))
