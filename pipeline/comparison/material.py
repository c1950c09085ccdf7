"""What a comparison is made of: documents with their jurisdictions, and every target as a value of an indicator."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from policy_commitments.pipeline.alignment.blocks import form_of
from policy_commitments.pipeline.alignment.links import key_of, link_indicators
from policy_commitments.pipeline.comparison.related import Related, read_related
from policy_commitments.pipeline.comparison.wording import shown
from policy_commitments.pipeline.dataset import Dataset
from policy_commitments.pipeline.place_label import document_label, place_label, qualified_label

Record = Mapping[str, Any]
_LEVELS = ("national", "province", "prefecture", "county", "township", "village")
_FORMATS = {name: rank for rank, name in enumerate(("docx", "doc", "wps", "html", "md", "txt", "pdf", "ofd"))}
_LAST = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the comparison; `place` is its jurisdiction's name, unique within the dataset."""

    doc_id: str
    place: str
    title: str
    record: Record

    @property
    def rank(self) -> int:
        """0 for national documents, rising downwards; documents of unknown level stand last."""
        level = self.record["level"]
        return _LEVELS.index(level) if level in _LEVELS else len(_LEVELS)

    @property
    def issued(self) -> date:
        """Date for sorting; documents without one count as the youngest."""
        found: date | None = self.record["issue_date"]
        return found or _LAST


@dataclass(frozen=True, slots=True)
class Value:
    """One target in its row of the comparison."""

    row_id: str
    document: Document
    target: Record

    @property
    def shown(self) -> str:
        """Value as people write it."""
        return shown(self.target)

    @property
    def sentence(self) -> str:
        """The clause that states it; from a table the indicator is told as well."""
        text = str(self.target["text"]).replace("\n", "")
        printed = str(self.target["indicator"]).replace("\n", "")
        return text if self.target["source"] == "body" or printed in text else f"{printed}：{text}"

    @property
    def year(self) -> int | None:
        """Year of the deadline."""
        found: date | None = self.target["deadline"]
        return None if found is None else found.year

    @property
    def form(self) -> str:
        """State, new, cumulative or growth."""
        return form_of(self.target["kind"], self.target["basis"])


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that the tables of a comparison are made from; copies and reprints are left out."""

    folder: Path
    documents: Mapping[str, Document]
    values: Sequence[Value]
    problems: Sequence[Record]
    related: Mapping[str, Sequence[Related]]

    def table(self, name: str) -> list[dict[str, Any]]:
        """Rows of another table of the dataset, of the documents that are compared."""
        return [row for row in _rows(self.folder / f"{name}.parquet") if row["doc_id"] in self.documents]


def read_material(dataset: Path) -> Material:
    """Read a dataset and link its indicators; raises NoDatasetError."""
    Dataset.open(dataset)
    documents = _documents(_rows(dataset / "documents.parquet"))
    targets = [row for row in _rows(dataset / "targets.parquet") if row["doc_id"] in documents]
    targets.sort(key=lambda row: (documents[row["doc_id"]].issued, row["doc_id"], row["start"], row["target_id"]))
    clusters = link_indicators(dataset, targets)
    values = [Value(clusters[key_of(row)], documents[row["doc_id"]], row) for row in targets]
    problems = dataset / ".state" / "problems.parquet"
    found = _rows(problems) if problems.exists() else []
    return Material(dataset, documents, values, found, read_related(dataset))


def _rows(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    return rows


def _documents(rows: Sequence[Record]) -> dict[str, Document]:
    first = first_of_each(rows)
    kept = [row for row in rows if first[row["doc_id"]] == row["doc_id"]]
    places = Counter(place for place, _ in {(place_label(row), row["adcode"]) for row in kept})
    return {
        str(row["doc_id"]): Document(
            doc_id=str(row["doc_id"]),
            place=qualified_label(row) if places[place_label(row)] > 1 else place_label(row),
            title=document_label(row),
            record=row,
        )
        for row in kept
    }


def first_of_each(rows: Sequence[Record]) -> dict[str, str]:
    """doc_id -> doc_id of the document that stands for it: reprints, and one document in several formats, count once."""
    seen: dict[tuple[object, ...], str] = {}
    first = {}
    for row in sorted(rows, key=lambda row: (_FORMATS.get(row["format"], len(_FORMATS)), row["source_path"])):
        title = re.sub(r"\s", "", row["title"] or row["notice_title"] or "")
        key = (title, row["doc_number"], row["issue_date"], place_label(row), row["part_of"])
        if row["duplicate_of"] is not None:
            first[row["doc_id"]] = row["duplicate_of"]
        elif not title or row["issue_date"] is None:
            first[row["doc_id"]] = row["doc_id"]
        else:
            first[row["doc_id"]] = seen.setdefault(key, row["doc_id"])
    return first
