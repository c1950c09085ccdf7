"""Recognizers-Text on the sentences of the test bed: numbers, percentages, sums, dimensions, dates; own environment.

Reads a JSON list of {text, issued} from stdin, prints a JSON list of lists of {value, unit} and {deadline}.
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime, timedelta
from typing import Any

CULTURE = "zh-cn"
UNITS = {"Chinese yuan": "元"}


def read(sentence: dict[str, Any]) -> list[dict[str, Any]]:
    """What Recognizers-Text finds in one sentence."""
    from recognizers_date_time import recognize_datetime
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_currency, recognize_dimension

    text, found = sentence["text"], []
    for recognize in (recognize_number, recognize_currency, recognize_dimension):
        for one in recognize(text, CULTURE):
            value, unit = one.resolution.get("value"), one.resolution.get("unit")
            if value is not None:
                found.append({"value": float(value), "unit": UNITS.get(unit, unit)})
    found += [{"value": float(one.resolution["value"].rstrip("%")), "unit": "%"} for one in recognize_percentage(text, CULTURE)]
    issued = datetime.fromisoformat(sentence["issued"] or "2024-01-01")
    for one in recognize_datetime(text, CULTURE, reference=issued):
        for value in (one.resolution or {}).get("values", []):
            if "end" in value:  # the day after the last
                found.append({"deadline": str(date.fromisoformat(value["end"][:10]) - timedelta(days=1))})
            elif "value" in value and value["type"] == "date":
                found.append({"deadline": value["value"]})
    return found


def safely(sentence: dict[str, Any]) -> list[dict[str, Any]]:
    """A sentence that it cannot read counts as read empty."""
    try:
        return read(sentence)
    except Exception as error:
        print(sentence["text"], repr(error), file=sys.stderr)
        return []


if __name__ == "__main__":
    json.dump([safely(sentence) for sentence in json.load(sys.stdin)], sys.stdout, ensure_ascii=False)
