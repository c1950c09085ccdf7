"""The change log of a run: commitments added, changed and removed since the dataset before, matched by commitment_key.

`{"change": "changed", "commitment_key": …, "fields": ["value"], "old": {…}, "new": {…}}`. Row ids and places in the text
change with every edit of a document and are no change; the same key with another value is one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import orjson

_KEY = "commitment_key"
_LOOSE = frozenset({"commitment_id", "doc_id", "item_id", "start", "end", "quote", "confidence"})
_Row = dict[str, Any]


def write_changes(path: Path, before: Path, after: Path) -> None:
    """Write the differences of two `commitments` tables as JSON Lines; without a table before, every row is added."""
    gone, come = _differences(before, after) if before.exists() else ([], _rows(after))
    with path.open("wb") as file:
        file.writelines(orjson.dumps(one, option=orjson.OPT_APPEND_NEWLINE) for one in _paired(gone, come))


def _rows(path: Path) -> list[_Row]:
    with duckdb.connect() as connection:
        return _fetched(connection, f"select * from {_source(path)}")


def _differences(before: Path, after: Path) -> tuple[list[_Row], list[_Row]]:
    """Rows whose key and values stand in one table only; the counts of equal rows matter."""
    with duckdb.connect() as connection:
        connection.execute(f"create view old as select * from {_source(before)}")
        connection.execute(f"create view new as select * from {_source(after)}")
        names = [_names(connection, view) for view in ("old", "new")]
        shared = [name for name in names[1] if name in names[0] and name not in _LOOSE]
        compared = ", ".join(f'"{name}"' for name in shared)
        nth = f"row_number() over (partition by {compared}) as nth_"
        for view in ("old", "new"):
            connection.execute(f"create view {view}_n as select *, {nth} from {view}")
        pair = " and ".join(f'a."{name}" is not distinct from b."{name}"' for name in (*shared, "nth_"))
        gone, come = (
            _fetched(connection, f"select * exclude (nth_) from {a} a where not exists (select 1 from {b} b where {pair})")
            for a, b in (("old_n", "new_n"), ("new_n", "old_n"))
        )
    return gone, come


def _source(path: Path) -> str:
    return "read_parquet('" + path.as_posix().replace("'", "''") + "')"


def _names(connection: duckdb.DuckDBPyConnection, view: str) -> list[str]:
    return [str(row[0]) for row in connection.execute(f"select column_name from (describe {view})").fetchall()]


def _fetched(connection: duckdb.DuckDBPyConnection, query: str) -> list[_Row]:
    rows: list[_Row] = connection.sql(query).to_arrow_table().to_pylist()
    return rows


def _values(row: _Row) -> _Row:
    return {name: value for name, value in row.items() if name not in _LOOSE and name != _KEY}


def _paired(gone: list[_Row], come: list[_Row]) -> Iterator[_Row]:
    """By key; of several rows of one key, those that were and those that are now meet in the order of their values."""
    by_key: dict[str, tuple[list[_Row], list[_Row]]] = defaultdict(lambda: ([], []))
    for side, rows in enumerate((gone, come)):
        for row in rows:
            by_key[str(row[_KEY])][side].append(row)
    for key in sorted(by_key):
        old, new = (sorted(rows, key=lambda row: orjson.dumps(_values(row))) for rows in by_key[key])
        for k in range(max(len(old), len(new))):
            yield _line(key, old[k] if k < len(old) else None, new[k] if k < len(new) else None)


def _line(key: str, old: _Row | None, new: _Row | None) -> _Row:
    change = "added" if old is None else "removed" if new is None else "changed"
    fields = [name for name, value in _values(new).items() if old.get(name) != value] if old and new else []
    return {"change": change, _KEY: key, "fields": fields, "old": old, "new": new}
