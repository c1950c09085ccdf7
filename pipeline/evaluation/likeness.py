"""When two printed things count as the same: wording, measures, denominators, numbers and places in the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

LONGEST_QUOTE = 300
_PUNCTUATION = re.compile(r"[\s,，。、；;：:（）()“”\"'《》<>〈〉.．·—\-]+")
_MEASURES = {
    **dict.fromkeys(("名", "位"), "人"),
    **dict.fromkeys(("家", "所", "座", "处", "支"), "个"),
    **dict.fromkeys(("工作日", "个工作日", "日"), "天"),
    "％": "%",
    "个百分点": "百分点",
    "个月": "月",
    "个季度": "季度",
    "㎡": "平方米",
}
_DENOMINATORS = {
    **dict.fromkeys(("千人", "千常住人口"), "千人口"),
    "万人": "万人口",
    "十万人口": "10万人口",
    "月·人": "人·月",
    "日": "天",
}


def plain(text: str | None) -> str:
    """Wording without blanks and punctuation, width forms unified."""
    return _PUNCTUATION.sub("", unicodedata.normalize("NFKC", text or ""))


@lru_cache(maxsize=100_000)
def likeness(one: str | None, other: str | None) -> float:
    """0..1; wording that contains the other counts at least 0.75."""
    a, b = plain(one), plain(other)
    if not a or not b:
        return 0.0
    if a in b or b in a:
        return max(0.75, min(len(a), len(b)) / max(len(a), len(b)))
    return SequenceMatcher(None, a, b).ratio()


def measure(text: str | None) -> str:
    """A measure word for comparison: synonyms folded, what follows a slash dropped."""
    bare = plain(text).replace("(", "").replace(")", "").split("/")[0]
    return _MEASURES.get(bare, bare)


def same_denominator(one: str | None, other: str | None) -> bool:
    """Whether two denominators agree; free wording may differ somewhat, population bases may not."""
    a, b = (_DENOMINATORS.get(x or "", x or "") for x in (one, other))
    if bool(a) != bool(b):
        return False
    return a == b or (a not in _DENOMINATORS.values() and likeness(a, b) >= 0.5)


def same_number(one: Any, other: Any) -> bool:
    """Whether two values agree to six digits; None agrees with None only."""
    if one is None or other is None:
        return one is None and other is None
    return abs(float(one) - float(other)) <= 1e-6 * max(1.0, abs(float(one)))


class Places:
    """Finds where gold rows stand in a canonical text, white space ignored."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._offsets = [i for i, char in enumerate(text) if not char.isspace()]
        self._bare = "".join(text[i] for i in self._offsets)

    def of(self, row: Mapping[str, Any]) -> list[tuple[int, int]]:
        """Its own offsets where it has true ones, else every occurrence of its quote."""
        start, quote = row.get("start"), str(row["quote"])
        if start is not None and self._text[start : start + len(quote)] == quote:
            return [(start, start + len(quote))]
        bare = "".join(quote.split())
        found: list[tuple[int, int]] = []
        at = self._bare.find(bare) if bare else -1
        while at >= 0:
            found.append((self._offsets[at], self._offsets[at + len(bare) - 1] + 1))
            at = self._bare.find(bare, at + 1)
        return found


def touches(row: Mapping[str, Any], places: list[tuple[int, int]]) -> bool:
    """Whether a predicted row overlaps one of the places; a quote over 300 characters touches nothing."""
    start, end = row.get("start"), row.get("end")
    if start is None or end is None or end - start > LONGEST_QUOTE:
        return False
    return any(start < stop and begin < end for begin, stop in places)
