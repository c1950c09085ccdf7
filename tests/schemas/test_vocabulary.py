"""Vocabulary files that break their rules stop the run and name file and entry."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from policy_commitments.schemas.vocabulary import VocabularyError, load_entries, use_folder


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path) -> Iterator[None]:
    use_folder(tmp_path)
    yield
    use_folder(None)


def _write(tmp_path: Path, text: str) -> None:
    (tmp_path / "things.yml").write_text(text, encoding="utf-8")


def test_scalars_stay_strings(tmp_path: Path) -> None:
    _write(tmp_path, "- {id: no, when: 2018-03-17, version: 1.0}\n")
    (entry,) = load_entries("things", ("id",), ("when", "version"))
    assert dict(entry) == {"id": "no", "when": "2018-03-17", "version": "1.0"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- {id: a, colour: red}\n", "colour"),
        ("- {label: a}\n", "missing ['id']"),
        ("- {id: a}\n- {id: a}\n", "'a' stands twice"),
        ("- {id: a, label: [red, blue, red]}\n", "label hold 'red' twice"),
        ("- [id\n", "things.yml"),
        ("id: a\n", "expected a list"),
    ],
)
def test_broken_files_are_refused(tmp_path: Path, text: str, said: str) -> None:
    _write(tmp_path, text)
    with pytest.raises(VocabularyError) as caught:
        load_entries("things", ("id",), ("label",))
    assert said in str(caught.value) or "missing" in str(caught.value)
    assert "things" in str(caught.value)


def test_a_folder_of_files_is_one_vocabulary(tmp_path: Path) -> None:
    (tmp_path / "things").mkdir()
    (tmp_path / "things" / "b.yml").write_text("- {id: b}\n", encoding="utf-8")
    (tmp_path / "things" / "a.yml").write_text("- {id: a}\n", encoding="utf-8")
    assert [entry["id"] for entry in load_entries("things")] == ["a", "b"]


def test_an_id_in_two_files_names_both(tmp_path: Path) -> None:
    (tmp_path / "things").mkdir()
    for name in ("a", "b"):
        (tmp_path / "things" / f"{name}.yml").write_text("- {id: same}\n", encoding="utf-8")
    with pytest.raises(VocabularyError) as caught:
        load_entries("things")
    assert "b.yml" in str(caught.value) and "a.yml" in str(caught.value) and "'same'" in str(caught.value)
