"""Small runs on written notices, for the tests of batches."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from policy_commitments.schemas.columns import TABLES

ROOT = Path(__file__).parents[2]
SPECIMENS = ROOT / "corpus" / "documents"
DETERMINED = (
    *(f"{table}.{kind}" for table in TABLES for kind in ("parquet", "jsonl")),
    "datapackage.json", "problems.jsonl", "errors.jsonl", "changes.jsonl",
)  # fmt: skip
CLI = [sys.executable, "-m", "policy_commitments.pipeline.cli"]


def contents(output: Path) -> dict[str, bytes]:
    found = {name: (output / name).read_bytes() for name in DETERMINED}
    return found | {f"texts/{path.name}": path.read_bytes() for path in (output / "texts").iterdir()}


def lines(path: Path) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in path.read_bytes().splitlines()]


def notice(folder: Path, name: str, share: int) -> Path:
    """A small notice of a county that does not exist."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(
        f"云溪县{name}工作方案\n\n一、工作目标\n\n到2025年底，农村自来水普及率达到{share}%以上。\n\n"
        f"二、重点任务\n\n（一）建设供水管网。新建供水管网{share}公里。（责任单位：县水利局、县财政局）\n",
        encoding="utf-8",
    )
    return path


def tables(output: Path) -> dict[str, bytes]:
    return {name: data for name, data in contents(output).items() if name != "changes.jsonl"}


def dying_after(monkeypatch: pytest.MonkeyPatch, renames: int, counts: Callable[[Path], bool]) -> None:
    """From now on the rename after `renames` of the files that `counts` names kills the run."""
    replace, left = Path.replace, [renames]

    def dying(self: Path, target: Path) -> Path:
        if counts(self):
            left[0] -= 1
            if left[0] < 0:
                raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", dying)
