"""The fields of a page's metadata table, e.g. `索 引 号：` beside `000014349/2019-00007`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from policy_commitments.schemas.vocabulary import load_entries

_FEWEST = 2
_EDGES = " \u3000\u00a0\t】]|"
_GAPS = re.compile(r"[\s\u3000\u00a0:：\[\]【】]+")


@cache
def _by_label() -> dict[str, str]:
    entries = load_entries("page_labels", ("id", "labels", "examples"))
    return {label: str(entry["id"]) for entry in entries for label in entry["labels"]}


@cache
def _pattern() -> re.Pattern[str]:
    spaced = sorted((r"[ \u3000\u00a0]*".join(label) for label in _by_label()), key=len, reverse=True)
    return re.compile(
        rf"""
          (?:^|(?<=[\t\n\u3000\u00a0 【\[|]))
          (?P<label>{"|".join(spaced)})
          [ \u3000\u00a0】\]]*
          (?: [:：] | (?=\t) | $ )            # '索引号：', '索引号' in a cell of its own
        """,
        re.X | re.M,
    )


def field_name(text: str) -> str | None:
    """`索引号` for `索 引 号：`; None for what is no field."""
    plain = _GAPS.sub("", text) if len(text) <= 24 else ""
    return plain if plain in _by_label() else None


def is_label_row(cells: Sequence[str]) -> bool:
    """Whether a table is one of metadata: two cells or more are names of fields, and no less than a third of all."""
    filled = [cell for cell in cells if cell]
    named = sum(1 for cell in filled if field_name(re.split("[:：]", cell, maxsplit=1)[0]) is not None)
    return named >= _FEWEST and named * 3 >= len(filled)


def fields(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(name, value) of each field in lines of a page; values verbatim, empty ones left out."""
    waiting: str | None = None
    for line in lines:
        found = list(_split(line))
        if not found and waiting is not None and field_name(line) is None:
            yield waiting, line.strip()
        waiting = None
        for name, value in found:
            if value:
                yield name, value
        if found and not found[-1][1]:
            waiting = found[-1][0]
        elif not found:
            waiting = field_name(line)


def _split(line: str) -> Iterator[tuple[str, str]]:
    """Fields of one line; the name of the next field, or a tab behind the value, ends a value."""
    matches = list(_pattern().finditer(line))
    for k, match in enumerate(matches):
        end = matches[k + 1].start() if k + 1 < len(matches) else len(line)
        value = line[match.end() : end].strip(_EDGES).partition("\t")[0]
        yield _GAPS.sub("", match.group("label")), value.strip(_EDGES)
