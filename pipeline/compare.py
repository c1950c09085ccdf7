"""Comparison: indicators by jurisdictions, each value with the sentence behind it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

_SIGNS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "approx": "≈", "between": "", "eq": ""}


def write_comparison(dataset: Path) -> list[Path]:
    """Write `compare.csv` (UTF-8 with BOM, one line per value) and `compare.md` (indicators x jurisdictions)."""
    rows = sorted(_rows(dataset), key=lambda row: (row["indicator_key"], row["jurisdiction"], row["start"]))
    long, wide = dataset / "compare.csv", dataset / "compare.md"
    _write_csv(long, rows)
    wide.write_text("\n".join(_markdown(rows)) + "\n", encoding="utf-8")
    return [wide, long]


def _rows(dataset: Path) -> Iterator[dict[str, Any]]:
    documents = {row["doc_id"]: row for row in _lines(dataset / "documents.jsonl")}
    for target in _lines(dataset / "targets.jsonl"):
        document = documents[target["doc_id"]]
        if document["duplicate_of"] is None:
            title = document["title"] or document["source_name"]
            yield {**target, "jurisdiction": jurisdiction(document), "document": title, "value_shown": shown(target)}


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open("rb") as lines:
        for line in lines:
            yield orjson.loads(line)


def jurisdiction(document: dict[str, Any]) -> str:
    """The smallest place of a document, or its file where none was found."""
    names = (document[column] for column in ("zone", "county", "prefecture", "province"))
    found = next((name for name in names if name), None)
    return str(found or document["source_name"]) if document["level"] != "national" else "国家"


def shown(target: dict[str, Any]) -> str:
    """A target's value as people write it: sign, number, range end, unit, denominator."""
    if target["value"] is None:
        return str(target["value_text"])
    value = f"{target['value']:g}" if abs(target["value"]) < 1e6 else f"{target['value']:.0f}"
    if target["value_max"] is not None:
        value += f"–{target['value_max']:g}"
    per = f"/{target['per']}" if target["per"] else ""
    return f"{_SIGNS[target['comparator']]}{value}{target['unit'] or ''}{per}"


_COLUMNS = ["indicator_key", "indicator", "jurisdiction", "value_shown", "comparator", "value", "value_max", "unit", "per", "baseline", "deadline", "strength", "source", "quote", "document", "doc_id", "target_id"]


def _write_csv(path: Path, rows: list[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, _COLUMNS, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def _markdown(rows: list[dict[str, Any]]) -> Iterator[str]:
    places = sorted({row["jurisdiction"] for row in rows})
    grid: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for row in rows:
        grid.setdefault(row["indicator_key"], {}).setdefault(row["jurisdiction"], []).append(row)
    yield "| indicator | " + " | ".join(places) + " |"
    yield "|" + " --- |" * (len(places) + 1)
    notes: list[str] = []
    for _, cells in sorted(grid.items(), key=lambda one: (-len(one[1]), one[0])):
        name = next(iter(cells.values()))[0]["indicator"]
        yield f"| {_escaped(name)} | " + " | ".join(_cell(cells.get(place, []), notes) for place in places) + " |"
    yield ""
    yield from notes


def _cell(rows: list[dict[str, Any]], notes: list[str]) -> str:
    parts = []
    for row in rows:
        notes.append(f"[^{len(notes) + 1}]: {_escaped(row['document'])}：{_escaped(row['text'])}")
        year = f" ({row['deadline'][:4]})" if row["deadline"] else ""
        parts.append(f"{_escaped(row['value_shown'])}{year}[^{len(notes)}]")
    return "<br>".join(dict.fromkeys(parts))


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")
