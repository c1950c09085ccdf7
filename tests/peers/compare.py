"""`make peers`: other libraries beside this one on the parts of the test bed that they cover, in one table.

Each library is installed into a throw-away environment; what fails is logged in output/peers and said in the table.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.extractors.bed import load
from tests.peers import ours

LOGS = Path("output") / "peers"
PERCENT, MONEY = "%", "元"
Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Peer:
    """A library, what pip installs for it, its reader script beside this file, and the parts that it covers."""

    name: str
    packages: tuple[str, ...]
    script: str
    parts: tuple[str, ...]


PEERS = (
    Peer("JioNLP", ("jionlp",), "jionlp_reader.py", ("sums of money", "bounds of sums", "deadlines")),
    Peer(
        "Recognizers-Text",
        ("recognizers-text-suite", "emoji<2"),
        "recognizers_reader.py",
        ("numbers", "percentages", "percentage points kept apart", "sums of money", "deadlines"),
    ),
)


def _wanted() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """(sentence, expected row) pairs of the bed's quantities and deadlines."""
    for name in ("comparators", "measures", "indicators"):
        for case in load(name):
            for row in case["expect"]:
                yield {"text": case["text"], "issued": None}, row
    for case in load("deadlines"):
        issued = str(case["issued"]) if "issued" in case else None
        for row in case["expect"]:
            if row.get("governs", True) and "deadline" in row:
                yield {"text": case["text"], "issued": issued}, row


def _has(found: Rows, **wanted: object) -> bool:
    return any(all(row.get(key) == value for key, value in wanted.items()) for row in found)


def _last_day(row: dict[str, Any]) -> str:
    deadline = row["deadline"]
    return str(deadline[-1] if isinstance(deadline, list) else deadline)


Check = Callable[[dict[str, Any], Rows], bool | None]
PARTS: dict[str, Check] = {
    "numbers": lambda row, found: _has(found, value=float(row["value"])) if "value" in row else None,
    "percentages": lambda row, found: _has(found, value=float(row["value"]), unit=PERCENT) if row.get("unit") == PERCENT else None,
    "percentage points kept apart": lambda row, found: (
        _has(found, value=float(row["value"])) and not _has(found, value=float(row["value"]), unit=PERCENT)
        if row.get("unit") == "百分点"
        else None
    ),
    "sums of money": lambda row, found: _has(found, value=float(row["value"]), unit=MONEY) if row.get("unit") == MONEY else None,
    "bounds of sums": lambda row, found: (
        _has(found, value=float(row["value"]), unit=MONEY, comparator=row["comparator"])
        if row.get("unit") == MONEY and "comparator" in row
        else None
    ),
    "deadlines": lambda row, found: _has(found, deadline=_last_day(row)) if "deadline" in row else None,
}


def score(answers: dict[str, Rows]) -> dict[str, tuple[int, int]]:
    """(right, all) of each part; `answers` are the rows that a reader found in each sentence."""
    totals = {part: (0, 0) for part in PARTS}
    for sentence, row in _wanted():
        for part, check in PARTS.items():
            right = check(row, answers[_key(sentence)])
            if right is not None:
                totals[part] = (totals[part][0] + right, totals[part][1] + 1)
    return totals


def _key(sentence: dict[str, Any]) -> str:
    return f"{sentence['issued']} {sentence['text']}"


def _sentences() -> Rows:
    return list({_key(sentence): sentence for sentence, _ in _wanted()}.values())


def _answers(peer: Peer) -> dict[str, Rows] | str:
    """What a peer finds in each sentence, or why it could not be asked."""
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"{peer.name}.log"
    with tempfile.TemporaryDirectory() as folder, log.open("w", encoding="utf-8") as said:
        venv.create(folder, with_pip=True)
        python = str(Path(folder) / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python"))
        installed = subprocess.run([python, "-m", "pip", "install", "--quiet", *peer.packages], stdout=said, stderr=said, check=False)
        if installed.returncode:
            return f"not installed, see {log}"
        sentences = _sentences()
        ran = subprocess.run(
            [python, str(Path(__file__).with_name(peer.script))],
            input=json.dumps(sentences),
            stdout=subprocess.PIPE,
            stderr=said,
            encoding="utf-8",
            check=False,
        )
    if ran.returncode:
        return f"failed, see {log}"
    return {_key(sentence): rows for sentence, rows in zip(sentences, json.loads(ran.stdout), strict=True)}


def main() -> None:
    """Print the table as Markdown."""
    columns = {"policy-commitments": score({_key(one): ours.read(one) for one in _sentences()})}
    for peer in PEERS:
        answers = _answers(peer)
        if isinstance(answers, str):
            print(f"{peer.name}: {answers}")
            continue
        columns[peer.name] = {part: shown for part, shown in score(answers).items() if part in peer.parts}
    print(f"| part | rows | {' | '.join(columns)} |\n| --- | ---: |{' ---: |' * len(columns)}")
    for part, (_, every) in columns["policy-commitments"].items():
        cells = [str(shown[part][0]) if part in shown else "not covered" for shown in columns.values()]
        print(f"| {part} | {every} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
