"""Which images are the pages of one document, by their names: `通知_1.png`, `通知_2.png`, … in one folder or archive."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

_NAME = re.compile(
    r"""
      (?: (?P<lead> \d{1,5}) [_\-. ] (?=.*\d) )?    # '022_' of a downloader that counts its files
      (?P<stem> .*?)                                # '通知'
      [_\-. (（第]{0,2}
      (?P<number> \d{1,4})                          # '1', '001'
      [)）页張张]{0,2}
      \.[a-z]{3,5}
    """,
    re.X | re.I,
)
_FIRST = (0, 1)
_MOST_SKIPPED = 1  # a page that the download missed


def missing_pages(names: Sequence[str]) -> list[int]:
    """Numbers that a row of pages passes over: 3 for x_2.png, x_4.png."""
    matches = [_NAME.fullmatch(name) for name in names]
    numbers = [int(match.group("number")) for match in matches if match is not None]
    return [k for one, two in pairwise(numbers) for k in range(one + 1, two)]


def page_rows(places: Sequence[tuple[str, str]]) -> Iterator[list[int]]:
    """Indexes of the images of each document of two pages or more; a place is (archive or empty, path)."""
    groups: dict[tuple[str, ...], list[tuple[int, int, int]]] = defaultdict(list)
    for k, (archive, path) in enumerate(places):
        folder, _, name = path.replace("\\", "/").rpartition("/")
        match = _NAME.fullmatch(name)
        if match is not None:
            lead = match.group("lead")
            number = int(match.group("number"))
            # the count of a downloader runs beside the number of the page: their difference is the same on all pages
            beside = "" if lead is None else str(int(lead) - number)
            key = (archive, folder, match.group("stem"), beside, name.rpartition(".")[2].lower())
            groups[key].append((number, len(name), k))
    for found in groups.values():
        yield from _runs(sorted(found))


def _runs(found: list[tuple[int, int, int]]) -> Iterator[list[int]]:
    """The run that begins with 0 or 1; numbers twice, or far apart, are names of other things (`2021.png`)."""
    numbers = [number for number, _, _ in found]
    if len(found) < 2 or numbers[0] not in _FIRST:
        return
    steps = [two - one for one, two in pairwise(numbers)]
    if all(1 <= step <= 1 + _MOST_SKIPPED for step in steps):
        yield [k for _, _, k in found]
