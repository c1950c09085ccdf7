"""What a user would take instead, each doing the part that it can on the same files: processor time, ratios in one run.

    python -m tests.bench.others [--jionlp PYTHON]

spaCy's blank Chinese pipeline with a Matcher for quantities, dates and agencies; JioNLP's extractors of money and time,
sentence by sentence, in an environment of its own (`--jionlp` names the Python of one; without, one is made and thrown
away); and the floor, reading and decoding. pdfplumber on the same PDF files: `python -m tests.bench.pdf`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Sequence
from pathlib import Path

import spacy
from spacy.matcher import Matcher

from policy_commitments.pipeline.engines.task import settle
from policy_commitments.pipeline.read import read_bytes
from policy_commitments.pipeline.read.decode import decode
from policy_commitments.pipeline.resolve.measures import measure_entries
from tests.bench.flow import flow, texts

_ENOUGH = 3.0  # seconds for each
_AGENCY_ENDS = ["局", "委", "办", "厅", "院", "府"]
_JIONLP = """
import contextlib, json, re, sys, time
sentences = json.load(sys.stdin)
with contextlib.redirect_stdout(sys.stderr):
    import jionlp
    jionlp.ner.extract_money(sentences[0]); jionlp.ner.extract_time(sentences[0], time_base=time.time())
    characters, started = 0, time.process_time()
    for one in sentences:
        for read in (lambda: jionlp.ner.extract_money(one, with_parsing=True),
                     lambda: jionlp.ner.extract_time(one, time_base={"year": 2024, "month": 1, "day": 1}, with_parsing=True)):
            try:
                read()
            except Exception:
                pass
        characters += len(one)
        if time.process_time() - started > 10:
            break
print(json.dumps(characters / (time.process_time() - started)))
"""


def rate(action: Callable[[], object], characters: int) -> float:
    """Characters per second of processor time."""
    started, rounds = time.process_time(), 0
    while time.process_time() - started < _ENOUGH or not rounds:
        action()
        rounds += 1
    return rounds * characters / (time.process_time() - started)


def matched(documents: Sequence[str]) -> Callable[[], object]:
    """spaCy: one token per character, patterns for figures with a measure, dates, and names of agencies."""
    nlp = spacy.blank("zh")
    matcher = Matcher(nlp.vocab)
    figures = [{"TEXT": {"REGEX": r"^[\d.]$"}, "OP": "+"}]
    measures = [[*figures, *({"TEXT": sign} for sign in word)] for word in measure_entries()]
    matcher.add("quantity", measures)
    matcher.add("date", [[*figures, {"TEXT": "年"}], [*figures, {"TEXT": "年"}, *figures, {"TEXT": "月"}]])
    matcher.add("agency", [[{"TEXT": {"IN": ["县", "市", "区"]}}, {"OP": "{1,8}", "TEXT": {"REGEX": r"\w"}}, {"TEXT": {"IN": _AGENCY_ENDS}}]])
    lines = [line for text in documents for line in text.splitlines() if line]
    return lambda: [matcher(document) for document in nlp.pipe(lines)]


def jionlp(documents: Sequence[str], python: Path) -> float:
    """Characters per second of JioNLP; it runs apart."""
    sentences = [one for text in documents for one in text.replace("。", "。\n").splitlines() if one.strip()]
    done = subprocess.run(
        [str(python), "-c", _JIONLP], input=json.dumps(sentences), capture_output=True, text=True, encoding="utf-8", check=True
    )
    return float(json.loads(done.stdout))


def _installed(folder: Path) -> Path:
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", "jionlp"], check=True)
    return python


def main() -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jionlp", type=Path, help="Python in whose environment JioNLP is installed")
    given = parser.parse_args().jionlp
    files = [(path.name, path.read_bytes()) for path in texts()]
    documents = [decode(data, name).text for name, data in files]
    characters = sum(map(len, documents))
    flow(files)
    settle()
    ours = rate(lambda: flow(files), characters)
    print(f"{len(files)} texts, {characters:,} characters; characters per second of processor time:")
    print(f"whole flow                             {ours:12,.0f}")
    floor = rate(lambda: [read_bytes(data, name) for name, data in files], characters)
    print(f"reading and decoding alone             {floor:12,.0f}  {floor / ours:6.1f} x")
    spaced = rate(matched(documents), characters)
    print(f"spaCy zh with a Matcher                {spaced:12,.0f}  {spaced / ours:6.2f} x  (no outline, no resolution)")
    with tempfile.TemporaryDirectory() as folder:
        try:
            parsed = jionlp(documents, given or _installed(Path(folder)))
        except (subprocess.CalledProcessError, OSError) as error:
            print(f"JioNLP: not to be had here ({error})")
            return
    print(f"JioNLP, money and time only            {parsed:12,.0f}  {parsed / ours:6.2f} x")


if __name__ == "__main__":
    main()
