"""The comparison matrix: indicators by jurisdictions. One row per cluster, registry id or wording; values in cells."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from policy_commitments.pipeline.comparison.labels import FIELDS
from policy_commitments.pipeline.report.fields import item_fields
from policy_commitments.pipeline.report.places import Places
from policy_commitments.pipeline.report.tables import Row, Tables, compared, lines
from policy_commitments.pipeline.report.values import measure, number, shown
from policy_commitments.schemas.columns import columns

NO_FIELD = ""


@dataclass(frozen=True, slots=True)
class Value:
    """One target in the matrix; `at` numbers all values in row order and names the detail that belongs to it."""

    at: int
    target: Row
    place: int
    document: int
    field: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A number that a document prints beside an indicator and that was not understood: no value, and not "not stated"."""

    place: int
    document: int
    sentence: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One indicator with its values, by place; `verdict` says whether they can be compared, `note` what differs."""

    key: str
    name: str
    unit: str
    values: tuple[Value, ...]
    name_en: str = ""
    verdict: str = ""
    note: str = ""
    unread: tuple[Unread, ...] = ()
    related: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows, those that most jurisdictions state first; `at` and `row` lead from a target_id to its value and row."""

    rows: tuple[MatrixRow, ...]
    fields: tuple[str, ...]
    at: Mapping[str, int]
    row: Mapping[str, str]


def build_matrix(tables: Tables, places: Places) -> Matrix:
    """All targets of documents that are no reprint of another."""
    grouped: dict[str, list[tuple[Row, int, int, str]]] = defaultdict(list)
    lines_of = _compared(tables.folder)
    for number_, document in enumerate(tables.documents):
        found = tables.of(document["doc_id"])
        if document["duplicate_of"] is None:
            fields = item_fields(found)
            for target in found.targets:
                line = lines_of.get(target["target_id"], {})
                field = FIELDS.get(line.get("field") or "") or fields.get(target["item_id"], NO_FIELD)
                place = places.of[document["doc_id"]]
                grouped[_key(target, lines_of)].append((target, place, number_, field))
    unread = _unread(tables, places)
    order = sorted(grouped, key=lambda key: (-len({one[1] for one in grouped[key]}), -len(grouped[key]), key))
    rows, at = [], 0
    for key in order:
        found_rows = sorted(grouped[key], key=lambda one: (one[1], one[0]["deadline"] or "~", one[0]["start"]))
        values = tuple(Value(at + n, *one) for n, one in enumerate(found_rows))
        at += len(values)
        rows.append(_row(key, values, lines_of.get(values[0].target["target_id"], {}), unread.get(key, ())))
    every = [(row, value) for row in rows for value in row.values]
    return Matrix(
        rows=tuple(rows),
        fields=tuple(sorted({value.field for _, value in every})),
        at={value.target["target_id"]: value.at for _, value in every},
        row={value.target["target_id"]: row.key for row, value in every},
    )


def _compared(folder: Path) -> Mapping[str, Row]:
    """target_id to its line of `compare`, where that table has been written."""
    return {row["target_id"]: row for row in lines(compared(folder, "compare")) if row.get("target_id")}


def _unread(tables: Tables, places: Places) -> Mapping[str, tuple[Unread, ...]]:
    """row_id to what `compare` saw and could not read."""
    numbers = {row["doc_id"]: n for n, row in enumerate(tables.documents)}
    found: dict[str, list[Unread]] = defaultdict(list)
    for row in lines(compared(tables.folder, "compare")):
        if row["status"] == "not_read" and not row.get("target_id") and row["doc_id"] in numbers:
            found[row["row_id"]].append(Unread(places.of[row["doc_id"]], numbers[row["doc_id"]], row["sentence"]))
    return {key: tuple(rows) for key, rows in found.items()}


def _key(target: Row, lines_of: Mapping[str, Row]) -> str:
    line = lines_of.get(target["target_id"], {})
    return str(line.get("row_id") or target["indicator_id"] or target["indicator_key"])


def _row(key: str, values: tuple[Value, ...], line: Row, unread: tuple[Unread, ...]) -> MatrixRow:
    name = line.get("indicator") or _name(values)
    name_en, verdict, note = (str(line.get(column) or "") for column in ("indicator_en", "verdict", "note"))
    related = tuple((how, other) for how, _, other in (one.partition(" ") for one in str(line.get("related") or "").split("; ")) if other)
    return MatrixRow(key, str(name), _unit(values), values, name_en, verdict, note, unread, related)


def _name(values: Sequence[Value]) -> str:
    """The wording that most values share, the shorter where two are equally common."""
    counts = Counter(str(value.target["indicator"]).replace("\n", "") for value in values)
    return min(counts, key=lambda name: (-counts[name], len(name), name))


def _unit(values: Sequence[Value]) -> str:
    counts = Counter(measure(value.target) for value in values)
    return min(counts, key=lambda unit: (-counts[unit], unit))


KINDS, STRENGTHS, COMPARATORS = (
    next(column.enum for column in columns("targets") if column.name == name)
    for name in ("kind", "strength", "comparator")
)


def compact(matrix: Matrix) -> Iterator[list[object]]:
    """Rows as the page reads them: [key, name, unit, at of the first value, values, English, verdict, note, unread, related].

    A value is the list that `_compact_value` makes, an unread number [place, document, sentence].
    """
    fields = {field: n for n, field in enumerate(matrix.fields)}
    for row in matrix.rows:
        ids = {value.target["target_id"]: value for value in row.values}
        at = row.values[0].at
        values = [_compact_value(value, row.unit, fields, ids) for value in row.values]
        unread = [[one.place, one.document, one.sentence] for one in row.unread]
        yield [row.key, row.name, row.unit, at, values, row.name_en, row.verdict, row.note, unread, row.related]


def _compact_value(value: Value, unit: str, fields: Mapping[str, int], ids: Mapping[str, Value]) -> list[object]:
    """[place, document, shown, value, range end, kind, strength, deadline, baseline, shown baseline, field, table, usual].

    `table` is 1 for a value from a table, 2 where it says the same as a value of the same row in the body; `usual` says
    that the value has the row's measure and can stand on one axis with the others.
    """
    target = value.target
    same = ids.get(target["restates"] or "")
    repeats = same is not None and shown(same.target) == shown(target)
    return [
        value.place,
        value.document,
        shown(target),
        target["value"],
        target["value_max"],
        KINDS.index(target["kind"]),
        STRENGTHS.index(target["strength"]) if target["strength"] in STRENGTHS else -1,
        target["deadline"] or "",
        target["baseline"],
        "" if target["baseline"] is None else number(target["baseline"], target["unit"] not in (None, "%", "‰")),
        fields[value.field],
        2 if repeats else int(target["source"] == "table"),
        int(measure(target) == unit),
    ]
