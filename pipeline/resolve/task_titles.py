"""The body's tasks by their titles, for rows of task tables that name them, e.g. `加强基层卫生能力建设` of row 3."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from policy_commitments.extractors.folding import fold
from policy_commitments.schemas.outline import Item

_PUNCTUATION = re.compile(r"[\s，,。、；;：:（）()“”\"'《》<>〈〉.．·—-]+")
_SHORTEST_LIKENESS = 6
_LAST = chr(0x10FFFF)


class TaskTitles:
    """Titles of tasks without marks; a look-up costs the title's length and the logarithm of their number."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._by_title: dict[str, list[int]] = {}
        for item in items:
            if item.is_task:
                self._by_title.setdefault(_plain(item.title), []).append(item.index)
        self._sorted = sorted(self._by_title)

    def find(self, title: str) -> int | None:
        """The task with this title, or the one whose longer title begins with it (or the other way round)."""
        wanted = _plain(title)
        if wanted in self._by_title:
            return self._by_title[wanted][0]
        if len(wanted) < _SHORTEST_LIKENESS:
            return None
        first, last = bisect_left(self._sorted, wanted), bisect_left(self._sorted, wanted + _LAST)
        shorter = (wanted[:length] for length in range(_SHORTEST_LIKENESS, len(wanted)))
        known = [*self._sorted[first : min(last, first + 2)], *(one for one in shorter if one in self._by_title)]
        near = [index for one in known for index in self._by_title[one]]
        return near[0] if len(near) == 1 else None


def _plain(title: str) -> str:
    return _PUNCTUATION.sub("", fold(title))
