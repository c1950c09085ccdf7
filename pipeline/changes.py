"""The change log of a run: commitments added, changed and removed since the dataset before, matched by commitment_key.

`{"change": "changed", "commitment_key": …, "fields": ["value"], "old": {…}, "new": {…}}`. Row ids and places in the text
change with every edit of a document and are no change; the same key with another value is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
import orjson

from policy_commitments.pipeline.rows import read_files

_KEY = "commitment_key"
_LOOSE = frozenset({"commitment_id", "doc_id", "item_id", "start", "end", "quote", "confidence"})
_Row = dict[str, Any]


def write_changes(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    before: Sequence[Path],
    after: Sequence[Path],
    newest: Path,
    slices: Sequence[tuple[str, str]],
) -> None:
    """Write the differences of two `commitments` tables as JSON Lines; without a table before, every row is added.

    `newest` names the documents of the dataset with their age: those of age 0 are as they were. Memory holds the rows of
    one key: sorting is the database's, range by range of keys (`slices`).
    """
    query = _query(connection, before, after, newest)
    with path.open("wb") as file:
        for first, last in slices:
            within = f"where {_KEY} >= '{first}' and {_KEY} < '{last}'"
            reader = connection.sql(f"select * from ({query}) {within} order by {_KEY}").to_arrow_reader(2_048)
            rows = (row for batch in reader for row in batch.to_pylist())
            for key, some in groupby(rows, key=lambda row: str(row[_KEY])):
                file.writelines(orjson.dumps(one, option=orjson.OPT_APPEND_NEWLINE) for one in _paired(key, some))


def _query(connection: duckdb.DuckDBPyConnection, before: Sequence[Path], after: Sequence[Path], newest: Path) -> str:
    """Rows whose key and values stand in one table only (`come_`: in the new one); the counts of equal rows matter."""
    connection.execute(f"create view new as select * from {read_files(after)}")
    if not before:
        return "select true as come_, * from new"
    connection.execute(f"create view old as select * from {read_files(before)}")
    connection.execute(f"create view same as select doc_id from {read_files([newest])} where age_ = 0")
    names = [_names(connection, view) for view in ("old", "new")]
    compared = ", ".join(f'"{name}"' for name in names[1] if name in names[0] and name not in _LOOSE)
    for view in ("old", "new"):
        connection.execute(
            f"create temp table {view}_n as select commitment_id, content_, "
            "row_number() over (partition by content_ order by commitment_id) as nth_ "
            f"from (select commitment_id, md5(row({compared})::varchar) as content_ from {view} anti join same using (doc_id))"
        )
    sides = [
        f"select {come} as come_, * from {a} semi join (from {a}_n anti join {b}_n using (content_, nth_)) using (commitment_id)"
        for come, a, b in (("false", "old", "new"), ("true", "new", "old"))
    ]
    return " union all by name ".join(sides)


def _names(connection: duckdb.DuckDBPyConnection, view: str) -> list[str]:
    return [str(row[0]) for row in connection.execute(f"select column_name from (describe {view})").fetchall()]


def _values(row: _Row) -> _Row:
    return {name: value for name, value in row.items() if name not in _LOOSE and name != _KEY}


def _paired(key: str, rows: Iterable[_Row]) -> Iterator[_Row]:
    """Of several rows of one key, those that were and those that are now meet in the order of their values."""
    sides: tuple[list[_Row], list[_Row]] = ([], [])
    for row in rows:
        sides[row.pop("come_")].append(row)
    old, new = (sorted(some, key=_order) for some in sides)
    for k in range(max(len(old), len(new))):
        yield _line(key, old[k] if k < len(old) else None, new[k] if k < len(new) else None)


def _order(row: _Row) -> bytes:
    return orjson.dumps([_values(row), row["quote"], row["commitment_id"]])


def _line(key: str, old: _Row | None, new: _Row | None) -> _Row:
    change = "added" if old is None else "removed" if new is None else "changed"
    fields = [name for name, value in _values(new).items() if old.get(name) != value] if old and new else []
    return {"change": change, _KEY: key, "fields": fields, "old": old, "new": new}
