"""JioNLP on the sentences of the test bed: sums of money with their bounds, and dates. Runs in its own environment.

Reads a JSON list of {text, issued} from stdin, prints a JSON list of lists of {value, unit, comparator} and {deadline}.
"""

from __future__ import annotations

import contextlib
import json
import sys
from typing import Any

BOUNDS = {"accurate": "eq", "blur": "approx", "blur+": "ge", "blur-": "le"}


def read(sentence: dict[str, Any]) -> list[dict[str, Any]]:
    """What JioNLP finds in one sentence."""
    import jionlp

    found: list[dict[str, Any]] = []
    for one in jionlp.ner.extract_money(sentence["text"], with_parsing=True):
        detail = one["detail"]
        numbers = detail["num"] if isinstance(detail["num"], list) else [detail["num"]]
        bound = "between" if len(numbers) > 1 else BOUNDS.get(detail["definition"], "eq")
        found.append({"value": float(numbers[0]), "unit": detail["case"], "comparator": bound})
    year, month, day = (int(part) for part in (sentence["issued"] or "2024-01-01").split("-"))
    base = {"year": year, "month": month, "day": day}
    for one in jionlp.ner.extract_time(sentence["text"], time_base=base, with_parsing=True):
        span = one["detail"]["time"] if one["type"] in ("time_point", "time_span") else None
        if isinstance(span, list):
            found.append({"deadline": str(span[-1])[:10]})
    return found


def safely(sentence: dict[str, Any]) -> list[dict[str, Any]]:
    """A sentence that it cannot read counts as read empty."""
    try:
        return read(sentence)
    except Exception as error:
        print(sentence["text"], repr(error), file=sys.stderr)
        return []


if __name__ == "__main__":
    sentences = json.load(sys.stdin)
    with contextlib.redirect_stdout(sys.stderr):  # it prints a banner
        answers = [safely(sentence) for sentence in sentences]
    json.dump(answers, sys.stdout, ensure_ascii=False)
