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
