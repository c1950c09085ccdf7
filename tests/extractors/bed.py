"""The test bed of quantities: cases, how a reading is compared with them, and a score for any reader.

`python -m tests.extractors.bed` scores this project's own extractor; `--reader package.module:function` scores another
one, a function from a sentence to a list of dicts with the keys of `cases/comparators.yml`.
"""

from __future__ import annotations

import argparse
import importlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

Case = dict[str, Any]
Row = Mapping[str, Any]
Reader = Callable[[str], Sequence[Row]]
QUANTITY_FILES = ("comparators", "measures", "negatives", "indicators")
CASES = Path(__file__).parent / "cases"
NEAR = 1e-6


def load(name: str) -> list[Case]:
    """The cases of one file, in its order."""
    cases: list[Case] = yaml.safe_load((CASES / f"{name}.yml").read_text(encoding="utf-8"))
    return cases


def agrees(case: Case, found: Sequence[Row], keys: Iterable[str] | None = None) -> bool:
    """Whether the rows found are the expected ones in order; `keys` limits the comparison to what a reader covers."""
    wanted = case["expect"]
    return len(wanted) == len(found) and all(row_agrees(*pair, keys) for pair in zip(wanted, found, strict=True))


def row_agrees(wanted: Row, found: Row, keys: Iterable[str] | None = None) -> bool:
    """Whether every key that is wanted has the wanted value."""
    asked = wanted.keys() if keys is None else wanted.keys() & set(keys)
    return all(_same(wanted[key], found.get(key)) for key in asked)


def _same(wanted: object, found: object) -> bool:
    if isinstance(wanted, int | float) and isinstance(found, int | float):
        return abs(wanted - found) <= NEAR * max(1.0, abs(wanted))
    return wanted == found


def masked(text: str, words: Sequence[str]) -> str:
    """The sentence without digits, place names and the vocabularies' nouns: what is left is its pattern."""
    text = re.sub(r"[0-9〇零一二三四五六七八九十百千万亿.,:：∶—～~-]+", "#", text)
    text = re.sub(r"(?:全?[省市县区镇乡村州盟旗]|#年)+", "@", text)
    for word in words:
        text = text.replace(word, "*")
    return re.sub(r"\*+", "*", text)


def own_reader(text: str) -> list[dict[str, Any]]:
    """This project's extractor and resolver on one sentence."""
    from policy_commitments.extractors.folding import fold
    from policy_commitments.extractors.quantities import extract_quantities
    from policy_commitments.pipeline.resolve.quantities import resolve_quantity

    mentions = extract_quantities(fold(text), 0, len(text))
    records = [resolve_quantity(one) for one in mentions]
    return [{name: getattr(one, name) for name in one.__dataclass_fields__} for one in records]


def score(reader: Reader, names: Sequence[str] = QUANTITY_FILES) -> dict[str, tuple[int, int]]:
    """(cases read right, cases) of each file."""
    return {name: (sum(agrees(c, reader(c["text"])) for c in load(name)), len(load(name))) for name in names}


def main() -> None:
    """Print right and all per file, then the misses."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reader", default="tests.extractors.bed:own_reader", help="package.module:function")
    parser.add_argument("--misses", action="store_true", help="print what was read where it differs")
    options = parser.parse_args()
    module, _, function = options.reader.partition(":")
    reader: Reader = getattr(importlib.import_module(module), function)
    for name, (right, every) in score(reader).items():
        print(f"{name:12} {right:4} of {every}")
    for name in QUANTITY_FILES if options.misses else ():
        for case in load(name):
            found = reader(case["text"])
            if not agrees(case, found):
                print(f"{name}: {case['text']}  [{case['why']}]\n    wanted {case['expect']}")
                asked = sorted({key for row in case["expect"] for key in row} | {"value", "indicator", "unit"})
                print("    found ", [{key: row.get(key) for key in asked} for row in found])


if __name__ == "__main__":
    main()
