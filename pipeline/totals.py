"""Sums of what the documents of a dataset hold, for run.json: characters by where they went, numbers and problems by class."""

from __future__ import annotations

from typing import Any

import orjson


class Totals:
    """Sums of the stored counts over all files, kept as files come and go, so that no run adds them all up again."""

    _NAMES = ("characters", "numbers", "problems")

    def __init__(self, chars: int, counts: dict[str, dict[str, int]]) -> None:
        self.chars, self.counts = chars, counts

    @classmethod
    def of(cls, text: str | None) -> Totals:
        """As `text()` wrote them; None is nothing yet."""
        found: dict[str, Any] = orjson.loads(text) if text is not None else {"chars": 0}
        return cls(found["chars"], {name: found.get(name, {}) for name in cls._NAMES})

    def text(self) -> str:
        """For storage."""
        return orjson.dumps({"chars": self.chars} | self.counts).decode()

    def count(self, stats: dict[str, object], sign: int) -> None:
        """Add (1) or take away (-1) the counts of one file."""
        self.chars += sign * int(str(stats["chars"]))
        for name, sums in self.counts.items():
            found = stats[name]
            for key, number in found.items() if isinstance(found, dict) else ():
                sums[key] = sums.get(key, 0) + sign * number
                if not sums[key]:
                    del sums[key]
