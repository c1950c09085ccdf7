"""Loads the vocabularies of `schemas/vocab/*.yml`: strings only, unknown keys and repeated names refused.

A vocabulary is one file (`vocab/measures.yml`) or a folder of files (`vocab/indicators/*.yml`), read in name order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

Entry = Mapping[str, Any]
_extra_folder: list[Path] = []


class VocabularyError(Exception):
    """A vocabulary file that breaks its own rules; the message names file and entry."""


class _Strings(yaml.CSafeLoader):
    """YAML in which every scalar is a string: `no`, dates and versions stay as written."""


_Strings.yaml_implicit_resolvers = {}


def read_yaml(text: str, name: str) -> Any:
    """Parse YAML with string scalars; raises VocabularyError naming the file."""
    try:
        return yaml.load(text, Loader=_Strings)
    except yaml.YAMLError as error:
        raise VocabularyError(f"{name}: {error}") from error


def use_folder(folder: Path | None) -> None:
    """Lay the entries of a user's folder over the built-in ones (`--vocab DIR`); None takes them back."""
    _extra_folder.clear()
    if folder is not None:
        _extra_folder.append(folder)
    load_entries.cache_clear()


@cache
def load_entries(name: str, required: tuple[str, ...] = ("id",), optional: tuple[str, ...] = ()) -> tuple[Entry, ...]:
    """Entries of `vocab/<name>.yml` and `vocab/<name>/*.yml`, in file order, an own folder's entries last.

    Raises VocabularyError for a missing or unknown key, a repeated id or a word that stands twice in one list.
    """
    entries: list[Entry] = []
    owners: dict[str, str] = {}
    for origin, text in _texts(name):
        loaded = read_yaml(text, origin)
        if not isinstance(loaded, list):
            raise VocabularyError(f"{origin}: expected a list of entries")
        for entry in _checked(loaded, origin, required, optional):
            _claim(owners, str(entry["id"]), origin)
            entries.append(entry)
    return tuple(entries)


def _texts(name: str) -> Iterable[tuple[str, str]]:
    built_in = files("policy_commitments.schemas").joinpath("vocab")
    for path in _parts(built_in, name):
        yield path.name if path.name == f"{name}.yml" else f"{name}/{path.name}", path.read_text(encoding="utf-8")
    for folder in _extra_folder:
        for path in _parts(folder, name):
            yield str(path), path.read_text(encoding="utf-8")


def _parts(folder: Traversable, name: str) -> Iterable[Traversable]:
    """`<name>.yml` and the files of `<name>/`, in name order."""
    whole = folder.joinpath(f"{name}.yml")
    if whole.is_file():
        yield whole
    parts = folder.joinpath(name)
    if parts.is_dir():
        yield from sorted((one for one in parts.iterdir() if one.name.endswith(".yml")), key=lambda one: one.name)


def _checked(loaded: list[Any], origin: str, required: tuple[str, ...], optional: tuple[str, ...]) -> Iterable[Entry]:
    for entry in loaded:
        if not isinstance(entry, dict):
            raise VocabularyError(f"{origin}: entry {entry!r} is no mapping")
        missing = [key for key in required if key not in entry]
        unknown = [key for key in entry if key not in required and key not in optional]
        if missing or unknown:
            raise VocabularyError(
                f"{origin}: entry {entry.get('id', entry)!r}: missing {missing or 'nothing'}, unknown {unknown or 'nothing'}"
            )
        for key, words in entry.items():
            twice = [word for word, times in Counter(words).items() if times > 1] if isinstance(words, list) and all(isinstance(one, str) for one in words) else []
            if twice:
                raise VocabularyError(f"{origin}: entry {entry.get('id', entry)!r}: {key} hold {twice[0]!r} twice")
        yield entry


def _claim(owners: dict[str, str], name: str, origin: str) -> None:
    if name in owners:
        raise VocabularyError(f"{origin}: id {name!r} stands twice (first in {owners[name]})")
    owners[name] = origin
