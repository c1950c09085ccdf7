"""The examples of the vocabularies that know pages of government sites: containers of articles, labels of metadata."""

from __future__ import annotations

import re
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from policy_commitments.pipeline.read.page_labels import fields
from policy_commitments.schemas.vocabulary import load_entries

SELECTORS = [
    (entry, example)
    for entry in load_entries("html_selectors", ("id", "kind", "selectors", "source", "examples"))
    for example in entry["examples"]
]
LABELS = [(entry["labels"], example) for entry in load_entries("page_labels", ("id", "labels", "examples")) for example in entry["examples"]]
_TABLE_PART = re.compile(r"<(td|th|tr)\b")


def tree(tag: str) -> LexborHTMLParser:
    """The opening tag in a place where a parser keeps it: cells and rows only stand inside tables."""
    part = _TABLE_PART.match(tag)
    inner = f"<tr>{tag}" if part is not None and part.group(1) != "tr" else tag
    return LexborHTMLParser(f"<table>{inner}</table>" if part is not None else tag)


@pytest.mark.parametrize(("entry", "tag"), SELECTORS, ids=[tag for _, tag in SELECTORS])
def test_an_example_matches_a_selector_of_its_entry(entry: dict[str, Any], tag: str) -> None:
    assert any(tree(tag).css_first(selector) is not None for selector in entry["selectors"])


@pytest.mark.parametrize(("labels", "line"), LABELS, ids=[line for _, line in LABELS])
def test_an_example_is_read_as_its_field(labels: list[str], line: str) -> None:
    found = list(fields([line]))
    assert found
    assert found[0][0] in labels
