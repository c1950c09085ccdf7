"""The overview: what a dataset holds, where from, and what its readers should know about its quality."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from policy_commitments.pipeline.place_label import document_label
from policy_commitments.pipeline.report.matrix import Matrix
from policy_commitments.pipeline.report.places import Places
from policy_commitments.pipeline.report.tables import Findings, Row, Tables

_PROBLEMS_PER_CODE = 50
_LONGEST_PASSAGE = 90


def counts(tables: Tables, places: Places, matrix: Matrix) -> dict[str, int]:
    """The figures of the page's head; what stands in a reprint counts once."""
    found = [tables.of(row["doc_id"]) for row in tables.documents if row["duplicate_of"] is None]
    return {
        "documents": len(tables.documents),
        "duplicates": sum(row["duplicate_of"] is not None for row in tables.documents),
        "places": len(places.all),
        "tasks": sum(sum(item["is_task"] for item in one.items) for one in found),
        "targets": sum(len(one.targets) for one in found),
        "milestones": sum(len(one.milestones) for one in found),
        "agencies": sum(len(one.responsibilities) for one in found),
        "indicators": len(matrix.rows),
        "shared": sum(len({value.place for value in row.values}) > 1 for row in matrix.rows),
        "quarantined": len(tables.errors),
        "problems": len(tables.problems),
        "reviewed": len(tables.reviewed),
    }


def overview(tables: Tables, places: Places) -> dict[str, Any]:
    """Distributions, data-quality notes, problems by code with passages, and the quarantined documents."""
    documents = tables.documents
    numbers = {row["doc_id"]: n for n, row in enumerate(documents)}
    return {
        "by": {
            "level": _counted(row["level"] for row in documents),
            "province": _counted(row["province"] for row in documents),
            "year": sorted(_counted((row["issue_date"] or "")[:4] for row in documents)),
            "genre": _counted(row["genre"] for row in documents),
            "format": _counted(row["format"] for row in documents),
            "kind": _counted(target["kind"] for one in tables.found.values() for target in one.targets),
        },
        "notes": _notes(tables),
        "problems": _problems(tables.problems, numbers),
        "errors": [[row.get(name, "") for name in ("source", "stage", "code", "message", "remedy")] for row in tables.errors],
        "run": {name: tables.run.get(name) for name in ("extractor_version", "chars", "unplaced_share", "seconds")},
    }


def _counted(values: Iterable[str | None]) -> list[tuple[str, int]]:
    """Commonest first; the empty string stands for what is not known."""
    return Counter(value or "" for value in values).most_common()


def _notes(tables: Tables) -> list[tuple[str, int, int]]:
    """(name, how many, of how many): shares that say how far the figures can be trusted."""
    documents = tables.documents
    targets = [target for one in tables.found.values() for target in one.targets]
    notes = [(f"no_{column}", sum(row[column] is None for row in documents), len(documents)) for column in ("title", "issue_date", "adcode")]
    notes.append(("no_commitments", sum(_is_empty(tables.of(row["doc_id"])) for row in documents), len(documents)))
    notes.append(("reprints", sum(row["duplicate_of"] is not None for row in documents), len(documents)))
    notes.append(("drafts", sum(row["status"] == "draft" for row in documents), len(documents)))
    notes.append(("no_deadline", sum(not (row["deadline"] or row["recurrence"]) for row in targets), len(targets)))
    notes.append(("low_confidence", sum(row["confidence"] < 0.7 for row in targets), len(targets)))
    return [note for note in notes if note[2]]


def _is_empty(found: Findings) -> bool:
    return not (found.targets or found.milestones or any(item["is_task"] for item in found.items))


def _problems(problems: Iterable[Row], numbers: Mapping[str, int]) -> list[list[Any]]:
    """[code, severity, count, hint, [[document, passage], …]] by count; at most 50 passages of each code."""
    found: dict[str, list[Any]] = {}
    for row in problems:
        entry = found.setdefault(row["code"], [row["code"], row["severity"], 0, row["hint"], []])
        entry[2] += 1
        if len(entry[4]) < _PROBLEMS_PER_CODE:
            entry[4].append([numbers.get(row["doc_id"], -1), row["text"][:_LONGEST_PASSAGE]])
    return sorted(found.values(), key=lambda entry: (-entry[2], entry[0]))


def document_list(tables: Tables, places: Places) -> list[list[Any]]:
    """One list per document: [doc_id, title, number, date, place, format, reprint, tasks, targets, milestones, problems, status]."""
    troubles = Counter(row["doc_id"] for row in tables.problems)
    listed = []
    for row in tables.documents:
        found = tables.of(row["doc_id"])
        listed.append(
            [
                row["doc_id"],
                document_label(row),
                row["doc_number"] or "",
                row["issue_date"] or "",
                places.of[row["doc_id"]],
                row["format"],
                int(row["duplicate_of"] is not None),
                sum(item["is_task"] for item in found.items),
                len(found.targets),
                len(found.milestones),
                troubles[row["doc_id"]],
                row["status"] or "",
            ]
        )
    return listed
