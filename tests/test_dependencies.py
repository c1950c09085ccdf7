"""What the default install brings is all that the code needs, but for the files that serve an extra."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SERVED = {  # where an extra is named to the user who lacks it, or asked for first
    "ocr": ("pipeline/read/ocr",),
    "report": ("pipeline/report/charts.py",),
    "spacy": ("pipeline/spacy_component.py", "pipeline/exchange/"),
    "cluster": ("pipeline/engines/", "pipeline/stores.py"),
    "postgres": ("pipeline/export/",),
}

BROUGHT_BY = {"numpy": "pandas", "opencv-python-headless": "rapidocr", "opencv-python": "rapidocr", "distributed": "dask"}


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[><=!~; ]", one, maxsplit=1)[0].lower().replace("_", "-") for one in requirements}


DEFAULT = _names(PROJECT["dependencies"])
EXTRAS = {name: _names(PROJECT["optional-dependencies"][name]) for name in SERVED}


def _imported(path: Path) -> set[str]:
    """Top-level packages that a file imports, wherever the import stands; those for type checkers alone count too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names) - {"policy_commitments"}


def _bringing(distributions: list[str]) -> set[str]:
    """The distributions that hold a package, and those that bring them along."""
    names = {one.lower().replace("_", "-") for one in distributions}
    return names | {BROUGHT_BY[name] for name in names if name in BROUGHT_BY}


@pytest.mark.parametrize("folder", ["schemas", "extractors", "pipeline"])
def test_the_default_install_is_enough(folder: str) -> None:
    brought = packages_distributions()
    missing = {}
    for path in sorted((ROOT / folder).rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        allowed = set(DEFAULT).union(*(EXTRAS[extra] for extra, places in SERVED.items() if place.startswith(places)))
        lacking = {name for name in _imported(path) if not _bringing(brought.get(name, [name])) & allowed}
        if lacking:
            missing[place] = lacking
    assert missing == {}
