"""Imports run one way: schemas <- extractors <- pipeline."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
_ALLOWED = {
    "schemas": {"schemas"},
    "extractors": {"schemas", "extractors"},
    "pipeline": {"schemas", "extractors", "pipeline"},
}


def _own_imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        found |= {name.split(".")[1] for name in names if name.startswith("policy_commitments.")}
    return found


@pytest.mark.parametrize("package", _ALLOWED)
def test_imports_run_one_way(package: str) -> None:
    for path in sorted((ROOT / package).rglob("*.py")):
        assert _own_imports(path) <= _ALLOWED[package], path.name


def test_extractors_never_open_files() -> None:
    for path in sorted((ROOT / "extractors").glob("*.py")):
        text = path.read_text(encoding="utf-8")
        assert "open(" not in text and "read_text(" not in text and "read_bytes(" not in text, path.name
