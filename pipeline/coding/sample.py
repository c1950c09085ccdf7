"""A stratified sample of rows: by type and by where it stands (body or table), in proportion, at least some of each.

Which rows are drawn follows from their ids and the seed alone, so that two people draw the same sheet.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from policy_commitments.pipeline.dataset import Dataset
from policy_commitments.pipeline.files import quoted

_AT_LEAST = 5  # rows of a stratum, so that a rare kind is seen at all
_QUERY = """
with known as (select doc_id, coalesce(title, source_name) as document, source_path from {documents} where duplicate_of is null),
stated as (
  select doc_id, start, "end", any_value(source) as source
  from (
    select doc_id, start, "end", source from {targets} union all select doc_id, start, "end", source from {milestones}
  ) group by all
),
found as (
  select c.commitment_id as row_id, c.type,
    case when c.type <> 'task' then coalesce(s.source, 'body') when i.label is null then 'table' else 'body' end as source,
    c.doc_id, c.start, c."end", c.quote, coalesce(c.indicator, c.item_title) as what, c.comparator, c.value, c.value_max,
    c.unit, c.per, c.deadline, c.recurrence, c.strength, c.lead, c.responsible, c.support, null as role
  from {commitments} c left join stated s using (doc_id, start, "end") left join {items} i on i.item_id = c.item_id
  union all by name
  select responsibility_id as row_id, 'responsibility' as type, source, doc_id, start, "end", quote, agency as what, role
  from {responsibilities}
)
select found.*, document, source_path from found join known using (doc_id)
"""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One row to code: `stratum` is type and source, `size` the number of rows that the stratum has in the dataset."""

    row: Mapping[str, Any]
    stratum: str
    size: int
    before: str
    after: str


def draw(folder: Path, number: int, seed: int = 1, context: int = 80) -> list[Drawn]:
    """`number` rows (fewer where the dataset has fewer), in order of document and place, with text round each."""
    dataset = Dataset.open(folder)
    strata = _strata(dataset)
    sizes = {name: len(rows) for name, rows in strata.items()}
    chosen: list[tuple[str, dict[str, Any]]] = []
    for name, share in allocate(sizes, number).items():
        by_chance = sorted(strata[name], key=lambda row: hashlib.sha256(f"{seed}|{row['row_id']}".encode()).digest())
        chosen += [(name, row) for row in by_chance[:share]]
    chosen.sort(key=lambda one: (one[1]["source_path"], one[1]["start"], one[1]["row_id"]))
    texts: dict[str, str] = {}
    return [_drawn(dataset, texts, row, name, sizes[name], context) for name, row in chosen]


def allocate(sizes: Mapping[str, int], number: int) -> dict[str, int]:
    """Rows to draw from each stratum: in proportion (Sainte-Laguë), but some of each while there are any."""
    total = sum(sizes.values())
    if number >= total:
        return dict(sizes)
    least = min(_AT_LEAST, number // max(1, len(sizes)))
    shares = {name: min(size, least) for name, size in sizes.items()}
    for _ in range(number - sum(shares.values())):
        name = max((n for n in sizes if shares[n] < sizes[n]), key=lambda n: (sizes[n] / (2 * shares[n] + 1), n))
        shares[name] += 1
    return shares


def _strata(dataset: Dataset) -> dict[str, list[dict[str, Any]]]:
    tables = ("documents", "items", "targets", "milestones", "responsibilities", "commitments")
    query = _QUERY.format(**{table: f"read_parquet({quoted(dataset.folder / f'{table}.parquet')})" for table in tables})
    strata: dict[str, list[dict[str, Any]]] = defaultdict(list)
    with duckdb.connect() as connection:
        for row in connection.sql(query).to_arrow_table().to_pylist():
            strata[f"{row['type']}/{row['source']}"].append(row)
    return dict(sorted(strata.items()))


def _drawn(
    dataset: Dataset, texts: dict[str, str], row: Mapping[str, Any], stratum: str, size: int, context: int
) -> Drawn:
    doc_id = str(row["doc_id"])
    if doc_id not in texts:
        texts.clear()
        texts[doc_id] = dataset.text(doc_id)
    text, start, end = texts[doc_id], int(row["start"]), int(row["end"])
    return Drawn(row, stratum, size, text[max(0, start - context) : start], text[end : end + context])


def strata_of(drawn: Sequence[Drawn]) -> dict[str, tuple[int, int]]:
    """(drawn, in the dataset) of each stratum."""
    return {one.stratum: (sum(other.stratum == one.stratum for other in drawn), one.size) for one in drawn}
