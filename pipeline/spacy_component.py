"""The spaCy component `policy_commitments`: our extraction inside a pipeline of one's own.

    nlp = spacy.blank("zh")
    nlp.add_pipe("policy_commitments")
    doc = nlp(text)
    doc.spans["target"], doc.spans["agency"], doc._.commitments["targets"]

Installing this package registers the component (entry point `spacy_factories`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from policy_commitments.pipeline.exchange.spans import LABELS, spans_of
from policy_commitments.pipeline.flow import process
from policy_commitments.pipeline.read.txt import read_txt
from policy_commitments.pipeline.report.tables import Findings
from policy_commitments.pipeline.result import DocumentResult

_TABLES = ("items", "targets", "milestones", "responsibilities", "commitments")


@Language.factory("policy_commitments", default_config={"prefix": ""})
def make_component(nlp: Language, name: str, prefix: str) -> PolicyCommitments:
    """`prefix` goes before the names of the span groups, where a pipeline has groups of the same name."""
    return PolicyCommitments(prefix)


class PolicyCommitments:
    """Sets `doc.spans` under `task`, `target`, `milestone`, `deadline` and `agency`, and `doc._.commitments`.

    The latter holds the rows of all tables as plain objects (dates as ISO strings), so that a Doc can be stored.
    """

    def __init__(self, prefix: str = "") -> None:
        self._prefix = prefix
        if not Doc.has_extension("commitments"):
            Doc.set_extension("commitments", default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Extract from the text of `doc`; offsets are its own."""
        result = process(read_txt(_same_length(doc.text), "doc.txt", "doc.txt"))
        rows = {table: [_plain(row) for row in getattr(result, table)] for table in _TABLES}
        groups: dict[str, list[Any]] = {label: [] for label in LABELS}
        for start, end, label, key in _spans(result, rows):
            span = doc.char_span(start, end, label=label, kb_id=key or "", alignment_mode="expand")
            if span is not None:
                groups[label].append(span)
        for label, spans in groups.items():
            doc.spans[self._prefix + label] = spans
        doc._.commitments = {"document": _plain(result.document), **rows}
        return doc


def _same_length(text: str) -> bytes:
    """The text with LF line ends and no byte order mark, every character in its place."""
    plain = text.replace("\r\n", " \n").replace("\r", "\n").replace("\ufeff", " ")
    return plain.encode("utf-8", "replace")


def _plain(row: Any) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(row).items()}


def _spans(result: DocumentResult, rows: dict[str, list[dict[str, Any]]]) -> Iterator[tuple[int, int, str, str | None]]:
    found = Findings(*(tuple(rows[table]) for table in _TABLES[:4]))
    keys = {row.item_id or "": row.commitment_key for row in result.commitments if row.type == "task"}
    for span in spans_of(found, result.text, keys):
        yield span.start, span.end, span.label, span.key


__all__ = ["PolicyCommitments", "make_component"]
