"""A folder of six notices, and workers that find the faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pipeline.batch_runs import ROOT, notice


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers import tests.pipeline.faults by name."""
    monkeypatch.syspath_prepend(str(ROOT))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for k in range(6):
        notice(tmp_path / "in", f"方案{k}.txt", 70 + k)
    return tmp_path / "in"
