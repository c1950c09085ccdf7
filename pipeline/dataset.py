"""A dataset for Python and SQL users: typed tables as Arrow-backed pandas frames, comparisons, DuckDB views.

>>> from policy_commitments.pipeline import Dataset
>>> targets = Dataset.open("output").targets()
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from policy_commitments.pipeline.files import aside, quoted
from policy_commitments.schemas.columns import KEYS, TABLES

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

_COMPARISONS = ("compare", "conflicts", "cascade", "revisions", "agency_tasks", "agency_leads", "indicator_links")


class NoDatasetError(FileNotFoundError):
    """The folder holds no dataset, or not the table that was asked for; the message says what to run."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """The tables of one output folder; nothing is read before it is asked for."""

    folder: Path

    @classmethod
    def open(cls, folder: str | Path) -> Self:
        """Open a folder that `commitments run` has written; raises NoDatasetError."""
        found = cls(Path(folder))
        if not (found.folder / "documents.parquet").exists():
            raise NoDatasetError(f"{folder} holds no dataset (documents.parquet is missing); run: commitments run SOURCE -o {folder}")
        return found

    # --- tables

    def arrow(self, table: str) -> pa.Table:
        """A table as Arrow, whether it is one file or a folder of buckets."""
        import pyarrow.parquet as pq

        path = self.folder / f"{table}.parquet"
        if not path.exists():
            raise NoDatasetError(f"{path} is missing; run: commitments compare {self.folder}")
        return pq.read_table(path)

    def table(self, table: str) -> pd.DataFrame:
        """A table as a pandas frame with Arrow types: dates are dates, empty cells are <NA>, whole numbers stay whole."""
        import pandas as pd

        frame: pd.DataFrame = self.arrow(table).to_pandas(types_mapper=pd.ArrowDtype)
        return frame

    def rows(self, table: str) -> list[dict[str, Any]]:
        """A table as plain rows with dates as ISO strings, as JSON Lines have them."""
        rows: list[dict[str, Any]] = self.arrow(table).to_pylist()
        for row in rows:
            for name, value in row.items():
                if isinstance(value, date):
                    row[name] = value.isoformat()
        return rows

    def text(self, doc_id: str) -> str:
        """Canonical text of one document; empty where it is missing. A large dataset has them as a table."""
        path = self.folder / "texts" / f"{doc_id}.txt"
        if path.exists():
            return path.read_bytes().decode("utf-8", "surrogatepass")
        bucket = self.folder / "texts.parquet" / f"{doc_id[:2]}.parquet"
        if not bucket.exists():
            return ""
        import pyarrow.parquet as pq

        found = pq.read_table(bucket, columns=["text"], filters=[("doc_id", "=", doc_id)])["text"].to_pylist()
        return str(found[0]) if found else ""

    def documents(self) -> pd.DataFrame:
        """One row per document."""
        return self.table("documents")

    def items(self) -> pd.DataFrame:
        """One row per heading or row of a task table."""
        return self.table("items")

    def targets(self) -> pd.DataFrame:
        """One row per promised quantity."""
        return self.table("targets")

    def milestones(self) -> pd.DataFrame:
        """One row per dated promise without a quantity."""
        return self.table("milestones")

    def responsibilities(self) -> pd.DataFrame:
        """One row per agency in one role."""
        return self.table("responsibilities")

    def commitments(self) -> pd.DataFrame:
        """Every task, target and milestone with its document, agencies and deadline beside it."""
        return self.table("commitments")

    # --- comparison

    def compare(
        self,
        indicators: Iterable[str] | str | None = None,
        jurisdictions: Iterable[str] | str | None = None,
        *,
        wide: bool = False,
    ) -> pd.DataFrame:
        """Values of indicators by jurisdiction; makes the comparison where `commitments compare` has not yet.

        `indicators` are registry ids, row ids or Chinese names (also wordings as printed), `jurisdictions` names or codes.
        The long frame has the columns of tables/compare.yml; `wide` gives indicators x jurisdictions with the value that
        stands for each, in the canonical unit where the row has one.
        """
        frame = self._comparison()
        if indicators is not None:
            wanted = _names(indicators)
            frame = frame[frame["row_id"].isin(wanted) | frame["indicator"].isin(wanted) | frame["printed"].isin(wanted)]
        if jurisdictions is not None:
            places = _names(jurisdictions)
            frame = frame[frame["jurisdiction"].isin(places) | frame["adcode"].isin(places)]
        frame = frame.reset_index(drop=True)
        return _wide(frame) if wide else frame

    def _comparison(self) -> pd.DataFrame:
        made, targets = self.folder / "compare.parquet", self.folder / "targets.parquet"
        if not made.exists() or made.stat().st_mtime < targets.stat().st_mtime:
            from policy_commitments.pipeline.compare import write_comparison

            write_comparison(self.folder)
        return self.table("compare")

    # --- SQL

    def write_duckdb(self, path: str | Path | None = None) -> Path:
        """Write a DuckDB file with one view per table over the Parquet files; returns its path.

        The views name the files by their absolute path: make the file again after moving the folder.
        """
        import duckdb

        file = Path(path) if path is not None else self.folder / "dataset.duckdb"
        with aside(file) as part, duckdb.connect(str(part)) as connection:
            for table in (*TABLES, *_COMPARISONS):
                source = (self.folder / f"{table}.parquet").resolve()
                if source.exists():
                    connection.execute(f'create view "{table}" as select * from read_parquet({quoted(source)})')
        return file

    def key(self, table: str) -> str:
        """Name of a table's key column."""
        return KEYS[table]


def _names(wanted: Iterable[str] | str) -> list[str]:
    return [wanted] if isinstance(wanted, str) else list(wanted)


def _wide(frame: pd.DataFrame) -> pd.DataFrame:
    """indicator, unit and verdict as index, jurisdictions as columns, the value used of each."""
    used = frame[frame["used"] & frame["value"].notna()]
    values = used["canonical_value"].fillna(used["value"])
    units = used["canonical_unit"].fillna("")
    shaped = used.assign(value=values, unit=units)
    places = list(dict.fromkeys(frame["jurisdiction"]))
    wide: pd.DataFrame = shaped.pivot_table(
        index=["row_id", "indicator", "unit", "verdict"], columns="jurisdiction", values="value", aggfunc="first", sort=False
    )
    return wide.reindex(columns=places).astype("double[pyarrow]")
