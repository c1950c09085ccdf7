"""How documents of one dataset relate: copies of the same bytes, reprints of the same text, annexes and their notice."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from policy_commitments.pipeline.arrow import arrow_schema

_ROW_GROUP = 65_536
_PLACE = ("level", "province", "prefecture", "county", "zone", "adcode")
_TOLD = (
    "doc_id", "source_sha256", "source_path", "source_name", "text_sha256", "chars", "title", "issuer", "doc_number",
    "issue_date", "status", "part_of", "resolved", *_PLACE,
)  # fmt: skip
_SHORTEST_REPRINT = 200
_ALIKE = 0.8
_ANNEX_NAME = re.compile(r"附件\s*[0-9０-９一二三四五六七八九十]*")


def relate(made: Path, documents: Path, paths: dict[str, list[str]]) -> None:
    """Write `documents` from the rows as made, with `copies`, `source_path`, `duplicate_of` and `part_of` filled.

    `paths` maps digest to files in sort order: the first names the row, the others are its copies.
    """
    rows = _brief(made)
    for row in rows:
        first, *others = paths[row["source_sha256"]]
        row.update(source_path=first, source_name=re.split(r"[/\\]", first)[-1], copies=others, duplicate_of=None)
    _mark_reprints(rows)
    _name_hosts(rows)
    _mark_annexes(rows)
    schema = arrow_schema("documents")
    with pq.ParquetWriter(documents, schema, compression="zstd") as writer:
        done = 0
        for batch in pq.ParquetFile(made).iter_batches(batch_size=_ROW_GROUP):
            whole = [row | told for row, told in zip(batch.to_pylist(), rows[done:], strict=False)]
            writer.write_table(pa.Table.from_pylist(whole, schema=schema), row_group_size=_ROW_GROUP)
            done += len(whole)


def _brief(made: Path) -> list[dict[str, Any]]:
    """All rows, but only the columns that tell how documents relate."""
    return [row for batch in pq.ParquetFile(made).iter_batches(columns=list(_TOLD)) for row in batch.to_pylist()]


def _mark_reprints(rows: list[dict[str, Any]]) -> None:
    first: dict[str, str] = {}
    published: dict[tuple[Any, ...], tuple[str, int]] = {}
    for row in sorted(rows, key=lambda one: str(one["source_path"])):
        if row["chars"] < _SHORTEST_REPRINT:
            continue
        original = first.setdefault(row["text_sha256"], row["doc_id"])
        again = _same_publication(row, published)
        row["duplicate_of"] = original if original != row["doc_id"] else again


def _same_publication(row: dict[str, Any], published: dict[tuple[Any, ...], tuple[str, int]]) -> str | None:
    """The document of the same title, issuer, number and date with about as much text: a reprint with other furniture."""
    if row["title"] is None or (row["doc_number"] is None and row["issue_date"] is None):
        return None
    key = tuple(row[column] for column in ("title", "issuer", "doc_number", "issue_date", "status", "part_of"))
    original, chars = published.setdefault(key, (row["doc_id"], row["chars"]))
    alike = _ALIKE * chars <= row["chars"] <= chars / _ALIKE
    return original if original != row["doc_id"] and alike else None


def _name_hosts(rows: list[dict[str, Any]]) -> None:
    """A manifest may name the document that an annex belongs to by its path, as it names the annex itself."""
    by_path = {row["source_path"]: row["doc_id"] for row in rows}
    for row in rows:
        row["part_of"] = by_path.get(row["part_of"], row["part_of"])


def _mark_annexes(rows: list[dict[str, Any]]) -> None:
    """An annex file (附件N in its name) belongs to the one notice of its folder that lists its title or has a number."""
    notices: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        if not _ANNEX_NAME.search(row["source_name"]) and row["doc_number"] is not None:
            notices.setdefault(_folder(row), []).append(row)
    for row in rows:
        hosts = notices.get(_folder(row), [])
        if row["part_of"] is None and _ANNEX_NAME.search(row["source_name"]) and len(hosts) == 1:
            _inherit(row, hosts[0])


def _folder(row: dict[str, Any]) -> str:
    return str(row["source_path"]).rpartition("/")[0]


def _inherit(row: dict[str, Any], host: dict[str, Any]) -> None:
    row["part_of"] = host["doc_id"]
    for column in ("issuer", "issue_date", *_PLACE):
        if row[column] is None and host[column] is not None:
            row[column] = host[column]
            row["resolved"] = sorted({*row["resolved"], column})
