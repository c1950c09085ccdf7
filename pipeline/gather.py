"""Parts of one job (`run --shard i/n` on several machines) become one dataset, the same bytes as from one run."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from policy_commitments.pipeline.batch import OutputError
from policy_commitments.pipeline.discover import UsageError
from policy_commitments.pipeline.emit import emit
from policy_commitments.pipeline.engines.local import default_jobs
from policy_commitments.pipeline.index import Index
from policy_commitments.pipeline.layout import RAW, TEXTS, columns_of, place
from policy_commitments.pipeline.lock import LockedError, locked
from policy_commitments.pipeline.making import write_texts_table
from policy_commitments.pipeline.merge import finish
from policy_commitments.pipeline.selection import schema_version
from policy_commitments.pipeline.shards import shard_file
from policy_commitments.schemas.columns import TABLES


def gather(parts: Sequence[Path], output: Path) -> int:
    """Make `output` the dataset of all parts; returns the number of documents. Raises UsageError, OutputError."""
    for part in parts:
        _check(part, output)
    state = output / ".state"
    try:
        (state / "shards").mkdir(parents=True, exist_ok=True)
        with locked(state), Index(state / "index.sqlite") as index:
            finish(output, state, index)
            index.set_meta("schema", schema_version())
            index.forget_all()
            for part in parts:
                _take(part, state / "shards", index)
            documents = emit(output, index, ("jsonl",), 0.0, default_jobs())
            index.set_meta("ended", "yes")
            return documents
    except LockedError as error:
        raise OutputError(str(error)) from error
    except OSError as error:
        raise OutputError(f"{output}: cannot be written ({error}); free space there or give another folder with -o") from error


def _check(part: Path, output: Path) -> None:
    database = part / ".state" / "index.sqlite"
    if not database.exists() or not (part / "documents.parquet").exists():
        raise UsageError(f"{part} holds no dataset; run: commitments run SOURCE --shard i/n -o {part}")
    if part.resolve() == output.resolve():
        raise UsageError(f"{part} is a part and the output; give another folder with -o")
    with Index(database) as index:
        if index.meta("schema") != schema_version():
            raise UsageError(f"{part} was made by another version: run it again with this one")


def _take(part: Path, shards: Path, index: Index) -> None:
    number = index.next_shard()
    for table in (RAW, *TABLES[1:], "problems", TEXTS):
        source, target = place(part, table), shard_file(shards, columns_of(table), number)
        if source.is_dir():
            shutil.copytree(source, target)
        elif source.exists():
            shutil.copyfile(source, target)
        else:
            write_texts_table(target, iter(sorted((part / TEXTS).glob("*.txt"))))
    with Index(part / ".state" / "index.sqlite") as one:
        index.add(((number, entry) for entry in one.entries()), one.failed())
