"""Tables whose cells a web page or converter glued together, found in the text blocks of any source.

`…主要发展指标序号主要指标2025年属性1基本养老保险参保率≥95%约束性2…` on one line, or the same over many lines.
The canonical text stays as it is: the block is cut, and the stretch becomes a table with its cells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from policy_commitments.extractors.folding import fold
from policy_commitments.extractors.table_centred import find_centred_tables
from policy_commitments.extractors.table_glued_heads import GluedHead, find_glued_heads
from policy_commitments.extractors.table_glued_rows import GluedTable, read_glued_table
from policy_commitments.extractors.table_glued_scores import find_glued_scores
from policy_commitments.extractors.table_glued_tasks import read_glued_tasks
from policy_commitments.extractors.table_heads import head_words
from policy_commitments.extractors.table_lines import find_line_tables
from policy_commitments.schemas.mentions import Span
from policy_commitments.schemas.problems import Problem
from policy_commitments.schemas.source import Anchor, Block, Cell, Source, Table

_WORD = re.compile(r"\S+")
_SIGNS = re.compile(r"序\s{0,4}号|考核|目标|任务|属\s{0,4}性|约束性|指\s{0,4}标")


@dataclass(frozen=True, slots=True)
class _Bare:
    """Text without blanks; `places[k]` is the source offset of text[k], `walls` where blanks stood before it."""

    text: str
    places: tuple[int, ...]
    walls: frozenset[int]


def with_glued_tables(source: Source) -> Source:
    """The source with glued tables in it as tables; the same object where there are none."""
    if _SIGNS.search(source.text) is None:
        return source
    pairs = [pair for run in _runs(source.blocks) for pair in _tables(source.text, run)]
    if not pairs:
        return source
    found = [table for table, _ in pairs]
    problems = [*source.problems, *(problem for _, problem in pairs if problem is not None)]
    tables = sorted([*source.tables, *found], key=lambda table: table.start)
    blocks = tuple(one for one in _blocks(source.blocks, found) if source.text[one.start : one.end].strip())
    numbered = tuple(replace(table, index=k) for k, table in enumerate(tables))
    return replace(source, blocks=blocks, tables=numbered, problems=tuple(problems))


def _runs(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Neighbouring text blocks."""
    run: list[Block] = []
    for block in blocks:
        if block.kind == "text" and block.detail == "":
            run.append(block)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _tables(text: str, run: Sequence[Block]) -> Iterator[tuple[Table, Problem | None]]:
    if not any(_SIGNS.search(text, block.start, block.end) for block in run):
        return
    found = _glued(text, run)
    centred = [(_table(table, _shifted(run[0].start), run), None) for table in _in_lines(text[run[0].start : run[-1].end])]
    for pair in centred:
        rivals = [one for one in found if one[0].start < pair[0].end and pair[0].start < one[0].end]
        if all(one[0].rows < pair[0].rows for one in rivals):
            found = [*(one for one in found if one not in rivals), pair]
    yield from sorted(found, key=lambda pair: pair[0].start)


def _glued(text: str, run: Sequence[Block]) -> list[tuple[Table, Problem | None]]:
    """Tables that blanks do not part; where each character stood is only sought for a text that has some."""
    squeezed = "".join("".join(fold(text[block.start : block.end]).split()) for block in run)
    heads = list(find_glued_heads(squeezed)) if _may_be_head().search(squeezed) else []
    scores = list(find_glued_scores(squeezed))
    if not heads and not scores:
        return []
    bare = _squeeze(text, run)
    tables = [*(table for head in heads if (table := _read(bare, head)) is not None), *scores]
    return [(_table(table, _placed(bare), run), _cut_rows(table, bare, text)) for table in tables]


@cache
def _may_be_head() -> re.Pattern[str]:
    """What every row of glued heads has: 序号 with another head behind it, or 属性. Most documents have neither."""
    words = sorted(head_words(), key=len, reverse=True)
    said = {role: "|".join(re.escape(word) for word in words if head_words()[word] == role) for role in ("index", "attribute")}
    any_head = "|".join(map(re.escape, words))
    return re.compile(rf"(?:{said['index']})(?:[（(\[〔【][^）)\]〕】]{{1,16}}[）)\]〕】])?(?=[到至12“\"十]|{any_head})|{said['attribute']}")


def _read(bare: _Bare, head: GluedHead) -> GluedTable | None:
    return read_glued_table(bare.text, head, bare.walls) or read_glued_tasks(bare.text, head)


def _in_lines(text: str) -> Iterator[GluedTable]:
    """Tables that stand in lines."""
    if "\n" in text:
        folded = fold(text)
        yield from find_centred_tables(folded)
        yield from find_line_tables(folded)


def _squeeze(text: str, run: Sequence[Block]) -> _Bare:
    words: list[str] = []
    places: list[int] = []
    walls: set[int] = set()
    for block in run:
        walls.add(len(places))
        for word in _WORD.finditer(fold(text[block.start : block.end])):
            walls.add(len(places))
            words.append(word.group())
            places.extend(range(block.start + word.start(), block.start + word.end()))
    walls.add(len(places))
    return _Bare("".join(words), tuple(places), frozenset(walls))


def _placed(bare: _Bare) -> Callable[[int, int], Span]:
    """Spans of the text without blanks, as source offsets."""
    return lambda start, end: (bare.places[start], bare.places[end - 1] + 1)


def _shifted(by: int) -> Callable[[int, int], Span]:
    return lambda start, end: (start + by, end + by)


def _table(found: GluedTable, span: Callable[[int, int], Span], run: Sequence[Block]) -> Table:
    start, end = span(found.start, found.end)
    anchor = next((block.anchor for block in run if block.end > start), Anchor())
    cells = [Cell(one.row, one.col, *span(one.start, one.end), one.row_span, one.col_span) for one in found.cells]
    return Table(0, start, end, found.rows, found.cols, tuple(sorted(cells, key=lambda cell: cell.start)), anchor)


def _cut_rows(found: GluedTable, bare: _Bare, text: str) -> Problem | None:
    if found.cut is None:
        return None
    start, end = bare.places[found.cut[0]], bare.places[found.cut[1] - 1] + 1
    hint = "the table seems to go on here, but this row has another number than the next one"
    return Problem("table_rows_unread", "warning", "read", text[start:end][:200], hint, start, end)


def _blocks(blocks: Sequence[Block], tables: Sequence[Table]) -> Iterator[Block]:
    """The blocks with the stretches of the tables cut out of them."""
    waiting = list(tables)
    for block in blocks:
        at = block.start
        while waiting and waiting[0].start < block.end:
            table = waiting[0]
            if at < table.start:
                yield replace(block, start=at, end=table.start)
            if block.start <= table.start:
                yield Block("table", table.start, table.end, table.anchor)
            at = max(at, min(table.end, block.end))
            if table.end > block.end:
                break
            waiting.pop(0)
        if at < block.end:
            yield block if at == block.start else replace(block, start=at)
