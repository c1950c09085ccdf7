"""Conflicts: values that should agree and do not, each with both sentences.

A table row against the body target that it restates; two places of one document; two documents of one jurisdiction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any

from policy_commitments.pipeline.comparison.grid import Row
from policy_commitments.pipeline.comparison.material import Value
from policy_commitments.pipeline.comparison.revisions import is_revision
from policy_commitments.pipeline.comparison.wording import difference

_REPEATABLE = frozenset({"level", "coverage", "rate_of_change"})
_MOST = 12  # values of one row and document that are compared pairwise; more of them are a list, not a repetition
_TELLING = 8  # letters of a wording that says by itself what it measures: 综合产值 stands in a plan for every product
_SEVERITIES = ("contradiction", "wording", "one_sided")


def find_conflicts(rows: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """Rows of `conflicts`, contradictions first."""
    found = [conflict for row in rows for conflict in _of_row(row)]
    yield from sorted(
        found,
        key=lambda one: (_SEVERITIES.index(one["severity"]), one["between"], one["jurisdiction"], one["indicator"], one["target_id"]),
    )


def _of_row(row: Row) -> Iterator[dict[str, Any]]:
    for values in row.values.values():
        by_document: dict[str, list[Value]] = defaultdict(list)
        for value in values:
            by_document[value.document.doc_id].append(value)
        for own in by_document.values():
            yield from _within(row, own[:_MOST])
        for one, other in combinations(list(by_document.values())[:_MOST], 2):
            yield from _between(row, one, other)


def _within(row: Row, values: Sequence[Value]) -> Iterator[dict[str, Any]]:
    ordered = sorted(values, key=lambda value: (value.target["source"], value.target["start"]))
    restated = {value.target["restates"] for value in ordered} - {None}
    for one, other in combinations(ordered, 2):
        if other.target["restates"] == one.target["target_id"]:
            yield from _conflict(row, "body_annex", one, other)
        elif one.target["source"] != other.target["source"]:
            if one.target["target_id"] not in restated and other.target["restates"] is None and _same_promise(one, other):
                yield from _conflict(row, "body_annex", one, other)
        elif _same_promise(one, other) and _said_twice(row, [v for v in ordered if v.year in (one.year, other.year)]):
            yield from _conflict(row, "two_places", one, other)


def _said_twice(row: Row, values: Sequence[Value]) -> bool:
    """Whether a wording that recurs must mean one thing: it is telling, and not one of a list of many values."""
    if row.field is None and len(row.bare) < _TELLING:
        return False
    distinct = {(value.target["value"], value.target["value_max"]) for value in values}
    return len(distinct) <= 2 and len({value.target["table"] for value in values if value.target["source"] == "table"}) != 1


def _between(row: Row, ones: Sequence[Value], others: Sequence[Value]) -> Iterator[dict[str, Any]]:
    one, other = ones[0], others[0]
    if one.document.issued > other.document.issued:
        one, other = other, one
    telling = row.field is not None or len(row.bare) >= _TELLING
    if telling and _same_promise(one, other) and not is_revision(one.document, other.document):
        yield from _conflict(row, "two_documents", one, other)


def _same_promise(one: Value, other: Value) -> bool:
    """Same deadline or one without; a number of things to build only where both are a registry indicator of one year."""
    if one.target["per"] != other.target["per"] or _floor_and_aim(one, other):
        return False
    kinds = {one.target["kind"], other.target["kind"]}
    if kinds == {"count"} and one.target["indicator_id"] is not None:
        return one.year is not None and one.year == other.year and one.target["basis"] == other.target["basis"]
    return kinds <= _REPEATABLE and (one.year == other.year or one.year is None or other.year is None)


def _floor_and_aim(one: Value, other: Value) -> bool:
    """开设率达60%以上，力争实现100%: both are meant."""
    strengths = [value.target["strength"] for value in (one, other)]
    same_item = one.target["item_id"] is not None and one.target["item_id"] == other.target["item_id"]
    return same_item and one.target["source"] == other.target["source"] and strengths.count("aspirational") == 1


def _conflict(row: Row, between: str, one: Value, other: Value) -> Iterator[dict[str, Any]]:
    found = difference(one.target, other.target)
    if found is None or (found.severity != "contradiction" and between != "body_annex"):
        return
    yield {
        "between": between,
        "severity": found.severity,
        "jurisdiction": one.document.place,
        "row_id": row.row_id,
        "indicator": row.label,
        "difference": found.said,
        "one_shown": one.shown,
        "other_shown": other.shown,
        "one_sentence": one.sentence,
        "other_sentence": other.sentence,
        "one_document": one.document.title,
        "other_document": other.document.title,
        "target_id": one.target["target_id"],
        "other_target_id": other.target["target_id"],
    }
