"""Data parts of the report: JavaScript files that a page loads with script tags, since a page from disk fetches nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_ESCAPES = str.maketrans(_UNSAFE)


def safe_json(value: Any) -> str:
    """Compact JSON that is also a JavaScript literal and can stand in a script element: no <, > or & in it.

    A lone surrogate (broken input) becomes U+FFFD.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def write_part(folder: Path, name: str, value: Any) -> None:
    """`folder/name.js`: one call that hands `value` to the page."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.js").write_text(f'commitments.part("{name}",{safe_json(value)});\n', encoding="utf-8", newline="\n")


def pieces(rows: Iterable[Any], weight: Callable[[Any], int], limits: Sequence[int]) -> Iterator[list[Any]]:
    """Rows cut into runs; run n ends when the weight of its rows reaches limits[n] (the last limit holds for all later runs)."""
    held: list[Any] = []
    total = piece = 0
    for row in rows:
        held.append(row)
        total += weight(row)
        if total >= limits[min(piece, len(limits) - 1)]:
            yield held
            held, total, piece = [], 0, piece + 1
    if held:
        yield held
