"""Names of indicators come back whole, whatever word they begin with (cases/names.yml)."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from policy_commitments.extractors.folding import fold
from policy_commitments.extractors.quantities import extract_quantities

NAMES: dict[str, str] = yaml.safe_load((Path(__file__).parent / "cases" / "names.yml").read_text(encoding="utf-8"))
SENTENCES = {"rates": ["{}达到50%。", "全面推进，{}稳定在95%以上。"], "things": ["2026年，建成{}10个。", "2026年，建成10个{}。", "2026年，新增{}5家。"]}


def _indicators(sentence: str) -> list[str]:
    folded = fold(sentence)
    return [one.indicator for one in extract_quantities(folded, 0, len(folded))]


@pytest.mark.parametrize(("kind", "sentence"), [(kind, one) for kind, sentences in SENTENCES.items() for one in sentences])
def test_names_come_back_whole(kind: str, sentence: str) -> None:
    found = {name: _indicators(sentence.format(name)) for name in NAMES[kind].split()}
    assert {name: said for name, said in found.items() if said != [name]} == {}
