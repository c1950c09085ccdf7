"""Rows that a reviewer adds: a passage found again by its wording and surroundings, and the record made from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from policy_commitments.pipeline.derived_columns import derive
from policy_commitments.pipeline.evaluation.likeness import Places
from policy_commitments.pipeline.identity import commitment_key, row_id
from policy_commitments.pipeline.resolve.indicators import indicator_key, place_names
from policy_commitments.pipeline.result import DocumentResult
from policy_commitments.schemas.records import ItemRecord, MilestoneRecord, TargetRecord

LONGEST_QUOTE = 300
RULE = "review"


class MissingError(Exception):
    """A passage that cannot be found, or that stands in several places; the message says which."""


def missed_row(
    result: DocumentResult, kind: str, quote: str, context: tuple[str, str], values: Mapping[str, Any]
) -> TargetRecord | MilestoneRecord:
    """The record of a promise that extraction missed; raises MissingError where its passage is not in the text."""
    start, end = find_passage(result.text, quote, context)
    end = min(end, start + LONGEST_QUOTE)
    item = _item_at(result, start)
    shared: dict[str, Any] = {
        "doc_id": result.document.doc_id,
        "item_id": None if item is None else item.item_id,
        "source": "body",
        "start": start,
        "end": end,
        "quote": result.text[start:end],
        "text": "".join(result.text[start:end].split("\n")),
        "page": None if item is None else item.page,
        "rule": RULE,
        "deadline_source": "stated" if values.get("deadline") else None,
    }
    if kind == "milestone":
        number = _next(start, [row.milestone_id for row in result.milestones])
        key = _key(result, item, "milestone", values["what"], _year(values))
        row = shared | {"milestone_id": row_id(result.document.doc_id, "m", start, number), "commitment_key": key}
        return MilestoneRecord(**row, **values)
    wording = indicator_key(values["indicator"], values.get("per"), values.get("kind"), place_names(result.document))
    number = _next(start, [row.target_id for row in result.targets])
    key = _key(result, item, "target", wording, values.get("kind"), values.get("per"), _year(values))
    row = shared | {"target_id": row_id(result.document.doc_id, "t", start, number), "commitment_key": key}
    printed = "" if values.get("value") is None else f"{values['value']:g}"
    target = TargetRecord(**row, **values, value_text=printed)
    derive(target, result.document)
    return target


def find_passage(text: str, quote: str, context: tuple[str, str]) -> tuple[int, int]:
    """Canonical span of a quote, blanks ignored; surroundings decide where it stands several times."""
    found = Places(text).of({"quote": quote})
    if not found:
        raise MissingError("the passage is not in the text any more")
    if len(found) == 1:
        return found[0]
    before, after = ("".join(part.split()) for part in context)
    fitting = [
        span
        for span in found
        if "".join(text[max(0, span[0] - 200) : span[0]].split()).endswith(before)
        and "".join(text[span[1] : span[1] + 200].split()).startswith(after)
    ]
    if len(fitting) != 1:
        raise MissingError("the passage stands in several places")
    return fitting[0]


def _item_at(result: DocumentResult, position: int) -> ItemRecord | None:
    """The task (not its measure) in which a position stands, else the innermost item."""
    around = [item for item in result.items if item.start <= position < item.end]
    tasks = [item for item in around if item.is_task]
    found = tasks or around
    return found[-1] if found else None


def _next(start: int, ids: list[str]) -> int:
    return 1 + sum(one.split("-")[2] == str(start) for one in ids)


def _year(values: Mapping[str, Any]) -> int | None:
    deadline = values.get("deadline")
    return None if deadline is None else int(deadline.year)


def _key(result: DocumentResult, item: ItemRecord | None, kind: str, what: str, *more: object) -> str:
    by_id = {one.item_id: one for one in result.items}
    numbers: list[str] = []
    while item is not None:
        numbers.append(str(item.number if item.number is not None else item.label or ""))
        item = by_id.get(item.parent_id or "")
    place = result.document.adcode or result.document.source_path
    return commitment_key(place, result.document.title, numbers[::-1], kind, what, *more)
