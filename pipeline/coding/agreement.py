"""Precision from hand-coded sheets with Wilson intervals, and agreement of two coders: Cohen's κ, Krippendorff's α."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook

from policy_commitments.pipeline.coding.sheet import CODES

_YES = frozenset({"1", "1.0", "true", "yes", "y", "是", "对", "√", "✓"})
_NO = frozenset({"0", "0.0", "false", "no", "n", "否", "错", "×", "✗"})
_Z = 1.959964  # 95 %


class CodingError(Exception):
    """A sheet that cannot be used; the message names cell and reason."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A coded row: `codes` holds the columns that were filled in."""

    row_id: str
    stratum: str
    size: int
    codes: Mapping[str, bool]


def read_coded(path: Path) -> list[Coded]:
    """Rows of a sheet that `commitments sample` wrote; raises CodingError."""
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises many kinds
        raise CodingError(f"{path}: no XLSX file ({error})") from error
    sheet = book["coding"] if "coding" in book.sheetnames else book.worksheets[0]
    lines = sheet.iter_rows(values_only=True)
    heads = [str(one) for one in next(lines, ())]
    if not {"row_id", "stratum", "correct"} <= set(heads):
        raise CodingError(f"{path}: is no sheet of `commitments sample` (the first line must keep its column names)")
    next(lines, None)
    return [_coded(dict(zip(heads, line, strict=False)), f"{path.name} row {n}") for n, line in enumerate(lines, 3) if line[0]]


def _coded(row: Mapping[str, object], where: str) -> Coded:
    codes = {name: _code(row[name], f"{where}, {name}") for name in CODES if row.get(name) not in (None, "")}
    return Coded(str(row["row_id"]), str(row["stratum"]), int(str(row.get("stratum_size") or 0)), codes)


def _code(value: object, where: str) -> bool:
    text = str(value).strip().casefold()
    if text not in _YES | _NO:
        raise CodingError(f"{where}: {value!r} is neither 1 nor 0")
    return text in _YES


def wilson(right: int, coded: int) -> tuple[float, float]:
    """95 % interval of a share; (0, 1) where nothing was coded."""
    if coded == 0:
        return 0.0, 1.0
    share, square = right / coded, _Z * _Z
    centre = (share + square / (2 * coded)) / (1 + square / coded)
    half = _Z * math.sqrt(share * (1 - share) / coded + square / (4 * coded * coded)) / (1 + square / coded)
    return max(0.0, centre - half), min(1.0, centre + half)


def cohen(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    """Cohen's κ; None where chance alone would agree always (both coders used one code only)."""
    if not pairs:
        return None
    observed = sum(a == b for a, b in pairs) / len(pairs)
    first, second = (sum(one[k] for one in pairs) / len(pairs) for k in (0, 1))
    expected = first * second + (1 - first) * (1 - second)
    return None if expected == 1 else (observed - expected) / (1 - expected)


def krippendorff(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    """Krippendorff's α for nominal codes of two coders; None where all codes are alike."""
    total = 2 * len(pairs)
    ones = sum(a + b for a, b in pairs)
    expected = 2 * ones * (total - ones) / (total * (total - 1)) if total > 1 else 0.0
    if expected == 0:
        return None
    return 1 - sum(a != b for a, b in pairs) / len(pairs) / expected


def coded_lines(sheets: Sequence[Sequence[Coded]]) -> Iterator[str]:
    """What is printed: precision by column and type for each coder, then the agreement of the first two."""
    for number, rows in enumerate(sheets, 1):
        if len(sheets) > 1:
            yield f"coder {number}"
        for name in CODES:
            yield from _precision(name, [one for one in rows if name in one.codes])
    if len(sheets) > 1:
        yield from _agreement(sheets[0], sheets[1])


def _precision(name: str, rows: Sequence[Coded]) -> Iterator[str]:
    if not rows:
        return
    groups: dict[str, list[Coded]] = defaultdict(list)
    for one in rows:
        groups[one.stratum.partition("/")[0]].append(one)
    for label, some in (*sorted(groups.items()), ("all", rows)):
        right = sum(one.codes[name] for one in some)
        low, high = wilson(right, len(some))
        yield f"{name:17s} {label:15s} {right / len(some):.3f}  [{low:.3f}, {high:.3f}]  {right}/{len(some)}"
    yield f"{name:17s} {'weighted':15s} {_weighted(name, rows):.3f}  (by the number of rows of each stratum)"


def _weighted(name: str, rows: Sequence[Coded]) -> float:
    right, coded = Counter[str](), Counter[str]()
    sizes = {one.stratum: max(1, one.size) for one in rows}
    for one in rows:
        coded[one.stratum] += 1
        right[one.stratum] += one.codes[name]
    return sum(sizes[s] * right[s] / coded[s] for s in sizes) / sum(sizes.values())


def _agreement(first: Sequence[Coded], second: Sequence[Coded]) -> Iterator[str]:
    others = {one.row_id: one for one in second}
    yield "agreement"
    for name in CODES:
        pairs = [
            (one.codes[name], others[one.row_id].codes[name])
            for one in first
            if one.row_id in others and name in one.codes and name in others[one.row_id].codes
        ]
        if pairs:
            same = sum(a == b for a, b in pairs)
            yield f"{name:17s} agree {same}/{len(pairs)}  κ {_shown(cohen(pairs))}  α {_shown(krippendorff(pairs))}"


def _shown(figure: float | None) -> str:
    return "undefined (one code only)" if figure is None else f"{figure:.3f}"
