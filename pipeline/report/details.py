"""What the panel shows for a value: its sentence cut in three, its document's place, its agencies and wording."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from policy_commitments.pipeline.report.fields import agencies_of
from policy_commitments.pipeline.report.matrix import Matrix, Value
from policy_commitments.pipeline.report.tables import Row, Tables

_REACH = 140
_BLANKS = re.compile(r"[ \u3000]*[\n\f\r]+[ \u3000]*")
_SENTENCE_ENDS = "。；！？\f"
DETAILS_PER_PART = 400


def details(tables: Tables, matrix: Matrix) -> Iterator[list[object]]:
    """One list per value, in the order of `at`; members as `_detail` gives them."""
    texts = _Texts(tables)
    agencies: dict[str, Mapping[str, Mapping[str, list[str]]]] = {}
    by_place = sorted((value for row in matrix.rows for value in row.values), key=lambda value: value.document)
    found: dict[int, list[object]] = {}
    for value in by_place:
        doc_id = value.target["doc_id"]
        if doc_id not in agencies:
            agencies = {doc_id: agencies_of(tables.of(doc_id))}
        found[value.at] = _detail(value, texts.of(doc_id), agencies[doc_id])
    for at in sorted(found):
        yield found[at]


class _Texts:
    """The text read last; values come document by document."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._held: tuple[str, str] = ("", "")

    def of(self, doc_id: str) -> str:
        if self._held[0] != doc_id:
            self._held = (doc_id, self._tables.text(doc_id))
        return self._held[1]


def _detail(value: Value, text: str, agencies: Mapping[str, Mapping[str, list[str]]]) -> list[object]:
    """[before, quote, after, anchor, indicator, value as printed, deadline as printed, modality, baseline year,
    lead, responsible, support, page, rule, confidence, recurrence]."""
    target = value.target
    own = agencies.get(target["item_id"] or "", {})
    before, quote, after = sentence(text, target)
    printed = ("indicator", "value_text", "deadline_text", "modality_text", "baseline_year")
    return [
        before,
        quote,
        after,
        anchor(target["target_id"]),
        *(target[name] for name in printed),
        *(own.get(role, []) for role in ("lead", "responsible", "support")),
        *(target[name] for name in ("page", "rule", "confidence", "recurrence")),
    ]


def anchor(row_id: str) -> str:
    """Where a row stands on its document's page: its id without the document (`t-1204-1`)."""
    return row_id.split("-", 1)[1]


def sentence(text: str, row: Row) -> tuple[str, str, str]:
    """The sentence of a row, or in a table its line, as (before, quote, after) without line ends."""
    start, end = row["start"], row["end"]
    if not 0 <= start < end <= len(text):
        return "", row["text"] or row["quote"], ""
    line_end = "\n" if row.get("source") == "table" else ""
    left, right = _left(text, start, line_end), _right(text, end, line_end)
    return _flat(text[left:start]).lstrip(), _flat(row["text"] or text[start:end]), _flat(text[end:right]).rstrip()


def _left(text: str, start: int, line_end: str) -> int:
    position = start
    while position > max(0, start - _REACH) and text[position - 1] not in _SENTENCE_ENDS + line_end:
        position -= 1
    return position


def _right(text: str, end: int, line_end: str) -> int:
    position = end
    while position < min(len(text), end + _REACH) and text[position - 1] not in _SENTENCE_ENDS:
        if line_end and text[position] == line_end:
            break
        position += 1
    return position


def _flat(text: str) -> str:
    return _BLANKS.sub("", text).replace("\t", " ┊ ")
