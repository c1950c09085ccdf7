"""One table of the next dataset: the rows that stand, of the previous tables and of the pending shards, sorted and written.

A `Making` travels to the process that makes a table; tables are made side by side, none waits for another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from policy_commitments.pipeline.changes import write_changes
from policy_commitments.pipeline.files import literal
from policy_commitments.pipeline.index import Index
from policy_commitments.pipeline.layout import RAW, TEXTS, columns_of, parquet_files, place
from policy_commitments.pipeline.relations import TOLD, changed_documents, relate
from policy_commitments.pipeline.rows import read_files, with_memory, write_buckets, write_jsonl, write_rows
from policy_commitments.pipeline.shards import TEXT_COLUMNS, schema_of, shard_files
from policy_commitments.schemas.columns import KEYS

PIECES = ("commitments", "targets", "items", "responsibilities", "documents", "milestones", "problems", TEXTS)  # heaviest first
_KEEP = pa.schema([("doc_id", pa.string()), ("kept_path", pa.string()), ("copies", pa.list_(pa.string()))])
_AT_ONCE = 2_000
_TEXTS_AT_ONCE = 200
_TEXTS_BEFORE = "texts_before"


WHOLE = (("", "g"),)
_DIGITS = "0123456789abcdefg"
SIXTEEN = tuple(pairwise(_DIGITS))


@dataclass(frozen=True, slots=True)
class Making:
    """The next dataset of `output`, made in `aside` from the tables on disk and the pending shards `numbers`.

    `previous` is False where the tables on disk have other columns, so that none of their rows can stay. `buckets` are
    those to be written anew, None where a table is one file; `lines` asks for JSON Lines too. `slices` are ranges of
    doc_id (and of keys) that are sorted one after the other, so that sorting takes no more memory for more documents.
    """

    output: Path
    aside: Path
    numbers: tuple[int, ...]
    previous: bool
    buckets: tuple[str, ...] | None
    lines: bool
    slices: tuple[tuple[str, str], ...] = WHOLE

    def scratch(self, name: str) -> Path:
        """A table that the making itself needs, dropped with `aside/scratch`."""
        return self.aside / "scratch" / f"{name}.parquet"

    def made(self, table: str) -> list[Path]:
        """The files of a table that this making has written."""
        return parquet_files(self.aside / f"{table}.parquet")

    def before(self, table: str) -> list[Path]:
        """The files of the table on disk whose rows may stand in the next dataset."""
        return self.on_disk(table) if self.previous else []

    def on_disk(self, table: str, others: bool = False) -> list[Path]:
        """The files of the table on disk that are looked at again, or those that stay as they are (`others`)."""
        path = place(self.output, table)
        files = parquet_files(path)
        if self.buckets is None or not path.is_dir():
            return [] if others else files
        wanted = set(self.buckets)
        return [file for file in files if (file.stem in wanted) is not others]

    def files(self, table: str) -> list[Path]:
        """All files of the table in the next dataset, made now or left as they are."""
        stays = {path.name: path for path in self.on_disk(table, others=True)}
        found = stays | {path.name: path for path in self.made(table)}
        return [found[name] for name in sorted(found)]


def choose(making: Making) -> None:
    """Note the documents that stay, as the index has them, with their files, and from where each takes its rows.

    Rows stand that were made from the document's first file, else the newest. Age 0 is the dataset on disk, another age
    the number of a shard.
    """
    making.scratch("").parent.mkdir(parents=True, exist_ok=True)
    with Index(making.output / ".state" / "index.sqlite") as index, pq.ParquetWriter(making.scratch("keep"), _KEEP) as writer:
        documents = index.documents(making.buckets)
        rows = ({"doc_id": digest[:16], "kept_path": files[0], "copies": files[1:]} for digest, files in documents)
        while some := list(islice(rows, _AT_ONCE)):
            writer.write_table(pa.Table.from_pylist(some, schema=_KEEP))
    if making.previous and making.buckets is not None and not place(making.output, TEXTS).is_dir():
        _collect_texts(making)
    union = _union(making, RAW) or "select ''::varchar as doc_id, ''::varchar as source_path, 0::bigint as age_ where false"
    query = (
        "copy (select doc_id, arg_max(age_, (source_path = kept_path)::int * 1e12 + age_) as age_ "
        f"from ({union}) join {_scratch(making, 'keep')} using (doc_id) group by doc_id) "
        f"to {literal(making.scratch('newest').as_posix())} (format parquet)"
    )

    def chosen(connection: duckdb.DuckDBPyConnection) -> None:
        connection.execute(query)

    with_memory(making.aside / "spill", chosen)


def make(making: Making, piece: str) -> None:
    """One of PIECES, with all that follows from it: `documents` with its raw rows, `commitments` with the change log."""

    def made(connection: duckdb.DuckDBPyConnection) -> None:
        if piece == TEXTS and making.buckets is None:
            _write_texts(making, connection)
        elif piece == "documents":
            _write(making, RAW, _standing(making, connection, RAW))
            _relate(making, connection)
        else:
            _write(making, piece, _standing(making, connection, piece))
        if piece == "commitments":
            before, newest = making.on_disk(piece), making.scratch("newest")
            write_changes(connection, making.aside / "changes.jsonl", before, making.made(piece), newest, making.slices)

    with_memory(making.aside / f"spill_{piece}", made)
    if making.lines and piece != TEXTS:
        write_jsonl(making.aside / f"{piece}.jsonl", making.aside / f"{piece}.parquet")


def _order(table: str) -> str:
    if table in (RAW, TEXTS):
        return "doc_id"
    if table == "problems":
        return 'doc_id, start nulls first, "end", code, text'
    return f'doc_id, start, "end" desc, {KEYS[table]}'


def _scratch(making: Making, name: str) -> str:
    return read_files([making.scratch(name)])


def _union(making: Making, table: str, within: str = "true") -> str | None:
    """Rows of the previous table and of the shards, each with its age."""
    before, parts = making.before(table), []
    if table == TEXTS and making.scratch(_TEXTS_BEFORE).exists():
        before = [making.scratch(_TEXTS_BEFORE)]
    if before:
        parts.append(f"select 0::bigint as age_, * from {read_files(before)} where {within}")
    shards = making.output / ".state" / "shards"
    files = [path for n in making.numbers for path in shard_files(shards, columns_of(table), n)]
    if files:
        number = r"regexp_extract(filename, '-(\d+)\.parquet', 1)::bigint as age_"
        parts.append(f"select {number}, * exclude (filename) from {read_files(files, ', filename = true')} where {within}")
    return " union all by name ".join(parts) or None


def _standing(making: Making, connection: duckdb.DuckDBPyConnection, table: str) -> Iterator[pa.RecordBatch]:
    for within in map(_within, making.slices):
        union = _union(making, table, within)
        if union is not None:
            chosen = f"({union}) t join (from {_scratch(making, 'newest')} where {within}) using (doc_id, age_)"
            yield from connection.sql(f"select t.* exclude (age_) from {chosen} order by {_order(table)}").to_arrow_reader(2_048)


def _within(between: tuple[str, str]) -> str:
    return f"doc_id >= '{between[0]}' and doc_id < '{between[1]}'"


def _write(making: Making, table: str, rows: Iterator[pa.RecordBatch], more: Sequence[str] = ()) -> None:
    path = making.aside / f"{table}.parquet"
    if making.buckets is None:
        write_rows(path, schema_of(columns_of(table)), rows)
    else:
        write_buckets(path, schema_of(columns_of(table)), rows, (*making.buckets, *more))


def _relate(making: Making, connection: duckdb.DuckDBPyConnection) -> None:
    """Documents, also those that did not change themselves but stand otherwise to one that did."""
    kept, before = making.on_disk(RAW, others=True), making.on_disk("documents", others=True)
    relate(connection, making.made(RAW), making.scratch("keep"), kept, before)
    changed = changed_documents(connection, before) if before else []
    raw = [*making.made(RAW), *(path for path in kept if path.stem in changed)]
    _write(making, "documents", _with_relations(making, connection, raw), changed)


def _with_relations(making: Making, connection: duckdb.DuckDBPyConnection, raw: Sequence[Path]) -> Iterator[pa.RecordBatch]:
    for within in map(_within, making.slices):
        rows = f"(from {read_files(raw)} where {within}) r join (from told where {within}) t using (doc_id)"
        query = f"select r.* exclude ({', '.join(TOLD)}), t.* exclude (doc_id) from {rows} order by doc_id"
        yield from connection.sql(query).to_arrow_reader(2_048)


def _write_texts(making: Making, connection: duckdb.DuckDBPyConnection) -> None:
    """`texts/<doc_id>.txt` of the documents that are new, or of all where they lay in buckets."""
    folder = making.aside / TEXTS
    folder.mkdir(exist_ok=True)
    union = _union(making, TEXTS)
    if union is None:
        return
    rows = connection.sql(f"select doc_id, text from ({union}) t join {_scratch(making, 'newest')} using (doc_id, age_)")
    for batch in rows.to_arrow_reader(2_048):
        for doc_id, text in zip(batch["doc_id"].to_pylist(), batch["text"].to_pylist(), strict=True):
            (folder / f"{doc_id}.txt").write_bytes(text.encode("utf-8", "surrogatepass"))


def _collect_texts(making: Making) -> None:
    """The texts of a dataset that was small until now, as a table."""
    write_texts_table(making.scratch(_TEXTS_BEFORE), iter(sorted((making.output / TEXTS).glob("*.txt"))))


def write_texts_table(path: Path, files: Iterator[Path]) -> None:
    """Text files named by doc_id as one Parquet file."""
    with pq.ParquetWriter(path, TEXT_COLUMNS, compression="zstd") as writer:
        while some := list(islice(files, _TEXTS_AT_ONCE)):
            texts = [one.read_bytes().decode("utf-8", "surrogatepass") for one in some]
            writer.write_table(pa.table({"doc_id": [one.stem for one in some], "text": texts}, schema=TEXT_COLUMNS))
