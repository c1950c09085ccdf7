"""Where the characters of a document went: every one belongs to a role, a table, furniture, layout or `unplaced`."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter

from policy_commitments.schemas.clean import Clean
from policy_commitments.schemas.outline import Outline


def count_characters(outline: Outline) -> dict[str, int]:
    """Canonical characters by destination; the values add up to len(source.text)."""
    clean = outline.clean
    counter = _Mapped(clean)
    counts: Counter[str] = Counter()
    for piece in clean.furniture:
        counts[f"furniture:{piece.kind}"] += piece.end - piece.start
    for table in clean.tables:
        counts["table"] += counter.count(table.start, table.end)
    for item in outline.items:
        counts[f"role:{item.role}"] += counter.count_outside_tables(item.start, item.end)
    for name, (start, end) in (("front", outline.front), ("back", outline.back)):
        counts[name] += counter.count_outside_tables(start, end)
    if outline.items:
        counts["unplaced"] += sum(counter.count_outside_tables(start, end) for start, end in outline.unplaced)
    else:
        counts["front"] += sum(counter.count_outside_tables(start, end) for start, end in outline.unplaced)
    counts["layout"] = len(clean.source.text) - sum(counts.values())
    return {name: number for name, number in sorted(counts.items()) if number}


class _Mapped:
    """Counts clean characters that stand for a source character, by prefix sums over the runs."""

    def __init__(self, clean: Clean) -> None:
        self._starts = [run[0] for run in clean.runs]
        self._lengths = [run[2] for run in clean.runs]
        self._before = [0]
        for length in self._lengths:
            self._before.append(self._before[-1] + length)
        self._tables = [(table.start, table.end) for table in clean.tables]

    def _up_to(self, position: int) -> int:
        k = bisect_right(self._starts, position) - 1
        if k < 0:
            return 0
        return self._before[k] + min(position - self._starts[k], self._lengths[k])

    def count(self, start: int, end: int) -> int:
        return self._up_to(end) - self._up_to(start) if end > start else 0

    def count_outside_tables(self, start: int, end: int) -> int:
        k = bisect_right(self._tables, (start, start))
        inside = 0
        for first, last in self._tables[max(k - 1, 0) :]:
            if first >= end:
                break
            inside += self.count(max(first, start), min(last, end))
        return self.count(start, end) - inside
