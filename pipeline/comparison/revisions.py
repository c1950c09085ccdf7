"""Revisions: what changed between successive documents of one jurisdiction (draft and final, 2024 and 2025 programme)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from policy_commitments.extractors.folding import fold
from policy_commitments.pipeline.comparison.grid import Row
from policy_commitments.pipeline.comparison.material import Document, Material, Value
from policy_commitments.pipeline.comparison.wording import difference

_VERSION = re.compile(
    r"""
    (?:19|20)[0-9]{2}(?:[—~-](?:19|20)?[0-9]{2,4})?年?度?      # 2024年度, 2023—2025年
    | “?十[一二三四五六七]五”? | 第[一二三四五六七八九十]+[次轮版] | [一二三四五]年                  # “十四五”, 第二轮
    | （?(?:征求意见稿|送审稿|草案|讨论稿|试行|暂行|修订稿?|修正|新版)）?                     # （征求意见稿）
    | [\s，。、：；“”《》（）〔〕—·]
    """,
    re.VERBOSE,
)
_SHORTEST = 6


@lru_cache(maxsize=65_536)
def _topic(title: str) -> str:
    return _VERSION.sub("", fold(title))


def is_revision(one: Document, other: Document) -> bool:
    """Documents of one jurisdiction whose titles differ in nothing but year, period or version."""
    topic = _topic(one.title)
    return one.place == other.place and len(topic) >= _SHORTEST and topic == _topic(other.title)


def find_revisions(material: Material, rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Rows of `revisions`: every indicator that a later version changes, drops or adds."""
    of_document: dict[str, dict[str, Value]] = defaultdict(dict)
    for row in rows:
        for values in row.values.values():
            for value in values:
                of_document[value.document.doc_id].setdefault(row.row_id, value)
    by_id = {row.row_id: row for row in rows}
    for before, after in _successive(material):
        yield from _changes(before, after, of_document[before.doc_id], of_document[after.doc_id], by_id)


def _successive(material: Material) -> Iterator[tuple[Document, Document]]:
    versions: dict[tuple[str, str], list[Document]] = defaultdict(list)
    for document in material.documents.values():
        topic = _topic(document.title)
        if len(topic) >= _SHORTEST and document.record["title"] is not None:
            versions[document.place, topic].append(document)
    for _, same in sorted(versions.items()):
        ordered = sorted(same, key=lambda one: (one.record["status"] != "draft", one.issued, one.doc_id))
        yield from pairwise(ordered)


def _changes(
    before: Document, after: Document, old: Mapping[str, Value], new: Mapping[str, Value], rows: Mapping[str, Row]
) -> Iterator[dict[str, Any]]:
    for row_id in sorted(old.keys() | new.keys(), key=lambda one: (rows[one].label, one)):
        one, other = old.get(row_id), new.get(row_id)
        found = difference(one.target, other.target) if one is not None and other is not None else None
        if one is not None and other is not None and found is None:
            continue
        yield {
            "jurisdiction": after.place,
            "before_document": before.title,
            "after_document": after.title,
            "before_date": before.record["issue_date"],
            "after_date": after.record["issue_date"],
            "row_id": row_id,
            "indicator": rows[row_id].label,
            "change": "added" if one is None else "dropped" if other is None else "changed",
            "difference": None if found is None else found.said,
            "before_shown": None if one is None else one.shown,
            "after_shown": None if other is None else other.shown,
            "before_sentence": None if one is None else one.sentence,
            "after_sentence": None if other is None else other.sentence,
            "target_id": None if one is None else one.target["target_id"],
            "other_target_id": None if other is None else other.target["target_id"],
        }
