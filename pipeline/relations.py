"""How documents of one dataset relate: copies of the same bytes, reprints of the same text, annexes and their notice.

All in SQL over a few columns, so that memory stays flat however many documents there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from policy_commitments.pipeline.rows import read_files

PLACE = ("level", "province", "prefecture", "county", "zone", "adcode")
INHERITED = ("issuer", "issue_date", *PLACE)
TOLD = ("source_path", "source_name", "copies", "duplicate_of", "part_of", "resolved", *INHERITED)  # columns of `told`
_USED = ("doc_id", "text_sha256", "chars", "title", "doc_number", "status", "part_of", "resolved", *INHERITED)
_SHORTEST_REPRINT = 200
_ALIKE = 0.8

# A reprint has the same text, or title, issuer, number and date with about as much text (other furniture).
# An annex file (附件N in its name) belongs to the one notice of its folder that has a number; a manifest may name the
# document that an annex belongs to by its path, as it names the annex itself.
_RELATIONS = """
create temp table told as
with texts as (
  select doc_id, first_value(doc_id) over (partition by text_sha256 order by source_path) as original
  from made where chars >= {shortest}
), publications as (
  select doc_id, chars, first_value(doc_id) over published as original, first_value(chars) over published as original_chars
  from made
  where chars >= {shortest} and title is not null and (doc_number is not null or issue_date is not null)
  window published as (partition by title, issuer, doc_number, issue_date, status, part_of order by source_path)
), reprints as (
  select doc_id, case
    when t.original != doc_id then t.original
    when p.original != doc_id and p.chars between {alike}::double * p.original_chars and p.original_chars / {alike}::double
      then p.original
    end as duplicate_of
  from texts t left join publications p using (doc_id)
), notices as (
  select folder, {any_host} from made
  where not contains(source_name, '附件') and doc_number is not null group by folder having count(*) = 1
), hosted as (
  select m.* replace (coalesce(h.doc_id, m.part_of) as part_of), r.duplicate_of
  from made m left join made h on h.source_path = m.part_of left join reprints r on r.doc_id = m.doc_id
)
select d.doc_id, d.source_path, d.source_name, d.copies, d.duplicate_of, coalesce(d.part_of, n.doc_id) as part_of,
  {inherited},
  case when len({added}) > 0 then list_sort(list_distinct(list_concat(d.resolved, {added}))) else d.resolved end as resolved
from hosted d left join notices n on d.part_of is null and contains(d.source_name, '附件') and n.folder = d.folder
"""


def relate(
    connection: duckdb.DuckDBPyConnection, made: Sequence[Path], keep: Path, kept: Sequence[Path], documents: Sequence[Path]
) -> None:
    """Fill the table `told`: for every document its first path, copies, duplicate_of, part_of and what an annex inherits.

    `made` are the rows written now, whose paths `keep` names; `kept` the rows of other buckets, whose paths stand in
    `documents`. Paths in sort order: the first names the row, the others are its copies.
    """
    columns = ", ".join(f"m.{name}" for name in _USED)
    rows = [f"select {columns}, k.kept_path as source_path, k.copies from {read_files(made)} m join {read_files([keep])} k using (doc_id)"]
    if kept:
        paths = f"(select doc_id, source_path, copies from {read_files(documents)})"
        rows.append(f"select {columns}, d.source_path, d.copies from {read_files(kept)} m join {paths} d using (doc_id)")
    connection.execute(
        "create temp table made as select *, regexp_extract(source_path, '[^/\\\\]*$') as source_name, "
        "case when contains(source_path, '/') then regexp_replace(source_path, '/[^/]*$', '') else '' end as folder "
        f"from ({' union all '.join(rows)})"
    )
    missing = ", ".join(f"case when d.{name} is null and n.{name} is not null then '{name}' end" for name in INHERITED)
    connection.execute(
        _RELATIONS.format(
            shortest=_SHORTEST_REPRINT,
            alike=_ALIKE,
            any_host=", ".join(f"any_value({name}) as {name}" for name in ("doc_id", *INHERITED)),
            inherited=", ".join(f"coalesce(d.{name}, n.{name}) as {name}" for name in INHERITED),
            added=f"list_filter([{missing}], lambda one: one is not null)",
        )
    )


def changed_documents(connection: duckdb.DuckDBPyConnection, before: Sequence[Path]) -> list[str]:
    """Buckets of `before` in which a document now relates otherwise."""
    columns = ("duplicate_of", "part_of", "resolved", *INHERITED)
    differs = " or ".join(f"t.{name} is distinct from d.{name}" for name in columns)
    query = f"select distinct d.doc_id[:2] from {read_files(before)} d join told t using (doc_id) where {differs} order by 1"
    return [str(bucket) for (bucket,) in connection.execute(query).fetchall()]
