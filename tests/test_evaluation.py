"""`commitments evaluate` gives the scorer's figures; the README names every command."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

from policy_commitments.pipeline.batch import Options, run
from policy_commitments.pipeline.cli import app
from policy_commitments.pipeline.evaluation.run import evaluate
from tests.accuracy import ROOT, SHARED, _documents

NAMES = {name: name for name in ("tasks", "units", "annex_units", "targets_loose", "targets_strict", "milestones")}


@pytest.mark.real
def test_figures_are_those_of_the_scorer(tmp_path: Path) -> None:
    scorer, gold = SHARED / "score.py", sorted((SHARED / "gold").glob("*.json"))
    if not scorer.exists() or not gold:
        pytest.skip("real documents: NOT CHECKED")
    run([str(path) for path in _documents(gold)], tmp_path, Options(jobs=1))
    ours = evaluate(tmp_path, gold)
    command = [sys.executable, str(scorer), str(tmp_path), *map(str, gold), "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout)
    for name, other in NAMES.items():
        count = ours.counts[name]
        assert (count.tp, count.fp, count.fn) == tuple(theirs[other][key] for key in ("tp", "fp", "fn")), name
    assert ours.metadata.tp == theirs["meta"]["ok"]
    assert "/".join(map(str, ours.grounded)) == theirs["grounded"]


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_every_command_is_documented(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    commands = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    assert commands <= set(re.findall(r"commitments ([a-z]+)", text))
