"""The rows of a dataset folder, as the report needs them: dates as ISO strings, findings grouped by document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from policy_commitments.pipeline.comparison.material import first_of_each
from policy_commitments.pipeline.dataset import Dataset

Row = dict[str, Any]
_FINDINGS = ("items", "targets", "milestones", "responsibilities")


class ReportError(Exception):
    """A folder that holds no dataset; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Findings:
    """Rows of one document, each table in text order."""

    items: tuple[Row, ...] = ()
    targets: tuple[Row, ...] = ()
    milestones: tuple[Row, ...] = ()
    responsibilities: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Tables:
    """A dataset: `documents` in reading order, `found` by doc_id, `reviewed` the commitment_ids that a person checked."""

    folder: Path
    documents: tuple[Row, ...]
    found: Mapping[str, Findings]
    keys: Mapping[str, str]
    reviewed: frozenset[str]
    problems: tuple[Row, ...]
    errors: tuple[Row, ...]
    run: Row

    def text(self, doc_id: str) -> str:
        """Canonical text of one document; empty where the file is missing."""
        return Dataset(self.folder).text(doc_id)

    def of(self, doc_id: str) -> Findings:
        """Rows of one document."""
        return self.found.get(doc_id, Findings())


def read_tables(folder: Path) -> Tables:
    """Rows of the dataset in `folder`; raises ReportError where there is none."""
    if not (folder / "documents.parquet").exists():
        raise ReportError(f"{folder}: no dataset here (documents.parquet is missing); make one with `commitments run`")
    documents = sorted(_once(_rows(folder, "documents")), key=_reading_order)
    tasks = [row for row in _rows(folder, "commitments") if row["type"] == "task" or row["reviewed"]]
    return Tables(
        folder=folder,
        documents=tuple(documents),
        found=_by_document(folder),
        keys={row["item_id"]: row["commitment_key"] for row in tasks if row["type"] == "task"},
        reviewed=frozenset(row["commitment_id"] for row in tasks if row["reviewed"]),
        problems=tuple(lines(folder / "problems.jsonl")),
        errors=tuple(lines(folder / "errors.jsonl")),
        run=_json(folder / "run.json"),
    )


def _once(rows: list[Row]) -> list[Row]:
    """One document in several formats counts once, as in the comparison: the others name it in `duplicate_of`."""
    first = first_of_each(rows)
    return [row if first[row["doc_id"]] == row["doc_id"] else {**row, "duplicate_of": first[row["doc_id"]]} for row in rows]


def lines(path: Path) -> Iterator[Row]:
    """Objects of a JSON Lines file; none where the file is missing."""
    if path.exists():
        with path.open("rb") as file:
            for line in file:
                if line.strip():
                    yield orjson.loads(line)


def compared(folder: Path, name: str) -> Path:
    """Where `commitments compare` leaves a table: beside the dataset's, or in a folder of its own."""
    own = folder / "compare" / f"{name}.jsonl"
    return own if own.exists() else folder / f"{name}.jsonl"


def _json(path: Path) -> Row:
    found = orjson.loads(path.read_bytes()) if path.exists() else {}
    return found if isinstance(found, dict) else {}


def _rows(folder: Path, table: str) -> list[Row]:
    return Dataset(folder).rows(table) if (folder / f"{table}.parquet").exists() else []


def _by_document(folder: Path) -> dict[str, Findings]:
    grouped: dict[str, dict[str, list[Row]]] = defaultdict(lambda: {table: [] for table in _FINDINGS})
    for table in _FINDINGS:
        for row in _rows(folder, table):
            grouped[row["doc_id"]][table].append(row)
    return {
        doc_id: Findings(**{table: tuple(sorted(rows, key=_text_order)) for table, rows in tables.items()})
        for doc_id, tables in grouped.items()
    }


def _text_order(row: Row) -> tuple[int, int]:
    return row["start"], -row["end"]


def _reading_order(row: Row) -> tuple[str, str, str, str]:
    return row["adcode"] or "~", row["zone"] or "", row["issue_date"] or "~", row["source_path"]
