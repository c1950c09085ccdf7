"""Tables printed in two halves side by side, e.g. `指标 | 目标值 | 指标 | 目标值`: each half is read as if it stood alone."""

from __future__ import annotations

from policy_commitments.schemas.table_mentions import Column


def panels(columns: tuple[Column, ...]) -> list[tuple[Column, ...]]:
    """The columns once, or once for each half where their heads are said again in the same order."""
    wordings = [(column.role, column.words) for column in columns]
    if not wordings or not wordings[0][1]:
        return [columns]
    for count in (2, 3):
        width, rest = divmod(len(columns), count)
        if rest == 0 and width >= 2 and wordings == wordings[:width] * count and not _merged(columns[:width], columns[width:]):
            return [columns[k * width : (k + 1) * width] for k in range(count)]
    return [columns]


def _merged(first: tuple[Column, ...], second: tuple[Column, ...]) -> bool:
    """One head cell over both is no repetition."""
    return any(one.head == other.head for one, other in zip(first, second, strict=False))
