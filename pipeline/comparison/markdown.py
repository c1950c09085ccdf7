"""The comparison as Markdown: indicators x jurisdictions, every value with a footnote that holds its sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from policy_commitments.pipeline.comparison.grid import Row
from policy_commitments.pipeline.comparison.labels import NOT_READ, NOT_STATED, VERDICTS
from policy_commitments.pipeline.comparison.material import Value
from policy_commitments.pipeline.comparison.tables import Tables
from policy_commitments.pipeline.files import aside

_MOST_PLACES = 30  # more columns are no table that anybody reads


def write_markdown(path: Path, tables: Tables) -> Path:
    """Write `compare.md`: the rows of several jurisdictions, then what only one states."""
    with aside(path) as part:
        part.write_text("\n".join(_lines(tables)) + "\n", encoding="utf-8", newline="\n")
    return path


def _lines(tables: Tables) -> Iterator[str]:
    notes: list[str] = []
    yield "# 指标对照 Comparison"
    yield ""
    yield f"{NOT_STATED} 未写明 not stated · {NOT_READ} 见而未读 seen, not read"
    shared = [row for row in tables.rows if len(row.values) > 1]
    single = [row for row in tables.rows if len(row.values) < 2]
    places = [place for place in tables.places if any(place in row.values or place in row.unread for row in shared)]
    if shared:
        yield from ("", "## 多地均有 Stated by several", "")
        yield from _matrix(shared, places, notes) if len(places) <= _MOST_PLACES else _list(shared, tables.places, notes)
    if single:
        yield from ("", "## 一地独有 Stated by one", "")
        yield from _list(single, tables.places, notes)
    yield ""
    yield from notes


def _matrix(rows: Sequence[Row], places: Sequence[str], notes: list[str]) -> Iterator[str]:
    """A column for each place."""
    yield f"| 指标 Indicator | 可比性 Verdict | {' | '.join(map(_escaped, places))} |"
    yield "| --- |" + " --- |" * (len(places) + 1)
    for row in rows:
        yield f"{_head(row)} | {' | '.join(_cell(row, place, notes) for place in places)} |"


def _list(rows: Sequence[Row], places: Sequence[str], notes: list[str]) -> Iterator[str]:
    """One column in which every place that states the indicator is named."""
    order = {place: n for n, place in enumerate(places)}
    yield "| 指标 Indicator | 可比性 Verdict | 数值 Values |"
    yield "| --- | --- | --- |"
    for row in rows:
        stating = sorted({*row.values, *row.unread}, key=order.__getitem__)
        yield f"{_head(row)} | {'<br>'.join(f'{_escaped(place)} {_cell(row, place, notes)}' for place in stating)} |"


def _head(row: Row) -> str:
    verdict = VERDICTS[row.verdict.code][0] + (f"（{row.verdict.note}）" if row.verdict.note else "")
    return f"| {_escaped(row.label)} | {_escaped(verdict)}"


def _cell(row: Row, place: str, notes: list[str]) -> str:
    if place not in row.values:
        if place in row.unread:
            document, clause = row.unread[place]
            return f"{NOT_READ}{_note(f'{document.title}：{clause}', notes)}"
        return NOT_STATED
    parts: dict[str, list[str]] = {}
    for value in row.values[place]:
        parts.setdefault(_shown(value), []).append(_note(f"{value.document.title}：{value.sentence}", notes))
    return "<br>".join(_escaped(said) + "".join(marks) for said, marks in parts.items())


def _shown(value: Value) -> str:
    return value.shown + (f"（{value.year}）" if value.year else "")


def _note(text: str, notes: list[str]) -> str:
    notes.append(f"[^{len(notes) + 1}]: {_escaped(text)}")
    return f"[^{len(notes)}]"


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;").replace("*", "\\*")
