"""The gate: no measure falls below its floor; a changed gold needs new floors, set by an explicit flag."""

from __future__ import annotations

import json

import pytest

from tests.accuracy import FLOORS, SLACK, digest, figures, measure, sets


def test_accuracy_does_not_fall(capsys: pytest.CaptureFixture[str]) -> None:
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    with capsys.disabled():
        for name in floors:
            if name not in sets():
                print(f"\n{name}: NOT CHECKED")
    for name, (documents, gold) in sets().items():
        assert digest(gold) == floors[name]["digest"], f"{name}: the gold changed; review, then tests.accuracy --lower-floors"
        now = figures(measure(documents, gold))
        with capsys.disabled():
            print(f"\n{name}: {now}")
        low = {k: (v, floors[name]["floors"][k]) for k, v in now.items() if v < floors[name]["floors"][k] - SLACK}
        assert not low, f"{name}: below the floor (now, floor): {low}"
