"""Tasks that say the same under one title: 推进国土绿化 and 深入推进国土绿化, within one agency function."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

_MARKS = re.compile(r"[\s，。、：；“”《》（）〔〕—·]+")
_ALIKE = 0.6
_COMMON = 200  # titles that share one pair of letters and are compared


class TaskGroups:
    """Titles of one function that share most pairs of letters; the first title names the group."""

    def __init__(self) -> None:
        self._titles: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
        self._by_pair: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._known: dict[tuple[str, str], str] = {}

    def group(self, function: str, title: str) -> str:
        """Title of the group that `title` belongs to."""
        if (function, title) not in self._known:
            self._known[function, title] = self._nearest(function, title)
        return self._known[function, title]

    def _nearest(self, function: str, title: str) -> str:
        pairs = _pairs(title)
        shared: dict[int, int] = defaultdict(int)
        for pair in pairs:
            for number in self._by_pair[function, pair][:_COMMON]:
                shared[number] += 1
        titles = self._titles[function]
        best = max(shared, key=lambda n: (2 * shared[n] / (len(pairs) + len(titles[n][1])), -n), default=None)
        if best is not None and 2 * shared[best] / (len(pairs) + len(titles[best][1])) >= _ALIKE:
            return titles[best][0]
        for pair in pairs:
            self._by_pair[function, pair].append(len(titles))
        titles.append((title, pairs))
        return title


def _pairs(title: str) -> frozenset[str]:
    plain = _MARKS.sub("", title)
    return frozenset(a + b for a, b in pairwise(plain)) or frozenset({plain})
