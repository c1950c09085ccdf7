"""`commitments report`: a folder that opens from disk, offline: index.html, one page per document, data as scripts."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

from policy_commitments.pipeline.discover import Job
from policy_commitments.pipeline.report.charts import write_charts
from policy_commitments.pipeline.report.deadlines import deadlines, timeline
from policy_commitments.pipeline.report.details import DETAILS_PER_PART, details
from policy_commitments.pipeline.report.fields import english
from policy_commitments.pipeline.report.findings import write_findings
from policy_commitments.pipeline.report.heat import heat_map
from policy_commitments.pipeline.report.highlights import FIELDS, TABLE_OF, boxes, find_highlights
from policy_commitments.pipeline.report.matrix import (
    KINDS,
    STRENGTHS,
    Matrix,
    build_matrix,
    compact,
)
from policy_commitments.pipeline.report.overview import counts, document_list, overview
from policy_commitments.pipeline.report.pages import PageImage, draw_pages, has_pages, source_files
from policy_commitments.pipeline.report.parts import pieces, write_part
from policy_commitments.pipeline.report.places import Places, find_places
from policy_commitments.pipeline.report.reading import document_page
from policy_commitments.pipeline.report.sources import find_originals
from policy_commitments.pipeline.report.superiors import superiors
from policy_commitments.pipeline.report.tables import Row, Tables, read_tables
from policy_commitments.schemas.columns import columns

_INDEX_SCRIPTS = (
    "strings.js", "core.js", "controls.js", "store.js", "plot.js", "dotplot.js", "matrix.js", "panel.js", "grid.js",
    "overview.js", "documents.js", "deadlines.js", "agencies.js", "findings.js", "decisions.js", "app.js",
)  # fmt: skip
_READ_SCRIPTS = ("strings.js", "core.js", "controls.js", "store.js", "cards.js", "review.js", "reading.js")
_FIRST_VALUES, _VALUES = 600, 4_000
_PAGES_PER_DOCUMENT = 60


@dataclass(frozen=True, slots=True)
class Report:
    """What was written: the page to open, and how many documents' pages were drawn of those that have pages."""

    index: Path
    documents: int
    drawn: int
    drawable: int


def write_report(dataset: Path, sources: Sequence[str] = (), charts: bool = False) -> Report:
    """Write `dataset`/report; `sources` are the SOURCE arguments of the run, for page images of PDF files and scans;
    without them those that the run noted.

    `charts` adds PNG and SVG files for papers in `report/charts`, and shows them in the overview.
    Raises ReportError where there is no dataset, UsageError for a source that is not there.
    """
    tables = read_tables(dataset)
    originals = find_originals(dataset, sources)
    places = find_places(tables.documents)
    matrix = build_matrix(tables, places)
    aside = dataset / "report.part"
    shutil.rmtree(aside, ignore_errors=True)
    _write_assets(aside)
    _write_index(aside / "data", tables, places, matrix)
    drawn, drawable = _write_documents(aside, tables, places, matrix, originals)
    drawn_charts = write_charts(aside / "charts", tables, places, matrix) if charts else []
    write_part(aside / "data", "charts", drawn_charts)
    final = dataset / "report"
    shutil.rmtree(final, ignore_errors=True)
    aside.rename(final)
    return Report(final / "index.html", len(tables.documents), drawn, drawable)


def resource(name: str) -> str:
    """Text of a file that stands beside this module."""
    return files("policy_commitments.pipeline.report").joinpath(name).read_text(encoding="utf-8")


def _write_assets(folder: Path) -> None:
    assets = folder / "assets"
    assets.mkdir(parents=True)
    for name, scripts in (("index.js", _INDEX_SCRIPTS), ("read.js", _READ_SCRIPTS)):
        _write(assets / name, "\n".join(resource(script) for script in scripts))
    _write(assets / "report.css", resource("base.css") + resource("index.css"))
    _write(assets / "read.css", resource("base.css") + resource("read.css"))
    _write(folder / "index.html", resource("index.html"))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _write_index(data: Path, tables: Tables, places: Places, matrix: Matrix) -> None:
    cut = list(pieces(compact(matrix), lambda row: len(row[4]), (_FIRST_VALUES, _VALUES)))
    for number, piece in enumerate(cut or [[]]):
        write_part(data, f"matrix-{number}", piece)
    for number, piece in enumerate(pieces(details(tables, matrix), lambda _: 1, (DETAILS_PER_PART,))):
        write_part(data, f"detail-{number}", piece)
    years = deadlines(tables, places)
    for year, promises in years.items():
        write_part(data, f"due-{year}", promises)
    heat = heat_map(tables, places)
    for number, functions in enumerate(heat.rows):
        write_part(data, f"agency-{number}", functions)
    write_part(data, "heat", {"functions": heat.functions, "cells": heat.cells})
    write_part(data, "timeline", timeline(years))
    write_part(data, "documents", document_list(tables, places))
    write_part(data, "overview", overview(tables, places))
    write_part(data, "columns", _column_labels())
    write_part(data, "head", _head(tables, places, matrix, len(cut), write_findings(data, tables)))


def _head(tables: Tables, places: Places, matrix: Matrix, parts: int, findings: Mapping[str, int]) -> dict[str, Any]:
    """What every view needs at once: figures, jurisdictions, the lists that codes point into."""
    return {
        "counts": counts(tables, places, matrix),
        "places": [[p.name, p.level, p.province, p.prefecture, p.adcode] for p in places.all],
        "superiors": superiors(tables, places),
        "kinds": KINDS,
        "strengths": STRENGTHS,
        "fields": [[field, english(field)] for field in matrix.fields],
        "years": sorted({(row["issue_date"] or "")[:4] for row in tables.documents}),
        "deadlines": sorted({v.target["deadline"][:4] for row in matrix.rows for v in row.values if v.target["deadline"]}),
        "matrixParts": parts,
        "detailsPerPart": DETAILS_PER_PART,
        "findings": findings,
        "version": tables.run.get("extractor_version"),
    }


def _column_labels() -> dict[str, dict[str, Any]]:
    """Type of record to its fields that a reviewer can correct: [zh, en, type, allowed values]."""
    labels: dict[str, dict[str, Any]] = {}
    for kind, names in FIELDS.items():
        known = {column.name: column for column in columns(TABLE_OF[kind])}
        labels[kind] = {n: [known[n].zh, known[n].en, known[n].type, known[n].enum, known[n].required] for n in names}
    return labels


def _write_documents(
    folder: Path, tables: Tables, places: Places, matrix: Matrix, originals: Mapping[str, Job]
) -> tuple[int, int]:
    template = Template(resource("doc.html"))
    (folder / "doc").mkdir()
    drawn = drawable = 0
    ids = [row["doc_id"] for row in tables.documents]
    for number, document in enumerate(tables.documents):
        text, found = tables.text(document["doc_id"]), tables.of(document["doc_id"])
        highlights = find_highlights(tables, document, text, matrix)
        pages = list(_pages(document, tables, originals, folder / "pages")) if has_pages(document) else []
        drawable += has_pages(document)
        drawn += bool(pages)
        extras = {
            "place": places.all[places.of[document["doc_id"]]].name,
            "no_pages": has_pages(document) and not pages,
            "previous": ids[number - 1] if number else None,
            "next": ids[number + 1] if number + 1 < len(ids) else None,
        }
        page = document_page(template, document, found, text, highlights, extras, pages)
        _write(folder / "doc" / f"{document['doc_id']}.html", page)
    return drawn, drawable


def _pages(
    document: Row, tables: Tables, originals: Mapping[str, Job], folder: Path
) -> Iterable[PageImage]:
    """Images of the pages on which findings stand, where the source file is still at hand."""
    wanted = sorted({row["page"] for _, _, row in boxes(tables.of(document["doc_id"]))})[:_PAGES_PER_DOCUMENT]
    data = source_files(document, originals) if wanted and originals else []
    return draw_pages(document, data, wanted, folder) if data else ()
