"""Where the rows of a dataset lie: a table is one file, or in a large dataset a folder of 256 by doc_id's first two digits.

`targets.parquet` or `targets.parquet/3f.parquet`: pandas, Arrow and our Dataset open both by the same path. A bucket's
bytes follow from its documents alone, so that a re-run of a large dataset rewrites only the buckets that it touches.
"""

from __future__ import annotations

from pathlib import Path

BUCKETED_ABOVE = 50_000  # documents: from here on rewriting every table for ten changed documents takes minutes
BUCKETS = tuple(f"{k:02x}" for k in range(256))
RAW = "raw_documents"  # the rows of documents as made, before copies and annexes are told apart
TEXTS = "texts"
_STATE_TABLES = {RAW: "documents", "problems": "problems"}


def columns_of(table: str) -> str:
    """The table whose columns this one has: `raw_documents` has those of `documents`."""
    return _STATE_TABLES.get(table, table)


def place(output: Path, table: str) -> Path:
    """Where a table of the dataset in `output` lies, as a file or a folder of buckets."""
    if table in _STATE_TABLES:
        return output / ".state" / f"{_STATE_TABLES[table]}.parquet"
    return output / f"{table}.parquet"


def parquet_files(path: Path) -> list[Path]:
    """The files of a table, in the order of their rows; none where the table is not there."""
    if path.is_dir():
        return sorted(path.glob("*.parquet"))
    return [path] if path.exists() else []


def remove(path: Path) -> None:
    """A file or a folder of files, if it is there."""
    if path.is_dir():
        for one in path.iterdir():
            remove(one)
        path.rmdir()
    else:
        path.unlink(missing_ok=True)
