"""Heads of a table: which rows they are and what each column holds, e.g. `2025年目标（%）`, `“十四五”目标` over `2025年`.

Words are in `table_heads.yml`; years and measures in a head are read here. Values below the heads decide only
where the wording cannot (`单位`: measures or agencies).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import cast

from policy_commitments.extractors.agency_offices import is_office
from policy_commitments.extractors.lexicon import measures
from policy_commitments.extractors.numerals import scan_figures
from policy_commitments.extractors.table_grid import Grid, as_piece
from policy_commitments.schemas.table_mentions import CellPiece, Column, ColumnRole
from policy_commitments.schemas.vocabulary import load_entries

_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])年?(?:末|底|度)?")
PLAN = re.compile(r"[“\"]?十[一二三四五六]五[”\"]?(?:时期|期间|末|规划)?")
_BRACKET = re.compile(r"[（(\[〔【]([^（()\[〔【）)\]〕】]*)[）)\]〕】]?")
_TAIL_MARK = re.compile(r"[*▲△★☆※#①-⑳:：0-9⁰¹²³⁴⁵⁶⁷⁸⁹]+$")
_LEAD_MARK = re.compile(r"^(?:[、/的]|[到至](?![位期账岗户达今]))+")
COMPARED = re.compile(r"到?(?P<year>20[0-9]{2})年[末底]?[比较](?:20[0-9]{2}年|上年|“?十[一二三四五六]五”?末?)(?:(?P<direction>下降|降低|减少|增长|提高)|累计)")  # 2025年比2020年下降（%）
"""A head of changes between two years; `direction` is None where it says 累计 alone."""
LONGEST_HEAD = 24
_SHORT_HEAD = 8
_OWNING = ("lead", "responsible", "support", "deadline")
_MOST_HEAD_ROWS = 4
_PROMISED = re.compile(r"目标|任务|计划|规划|预期|指标值")
_PRESENT = re.compile(r"现状|基期|实际|基数|基准|完成")
_FIGURE = re.compile(r"[≥≤<>]?[0-9][0-9,]*(?:\.[0-9]+)?[^0-9]{0,4}(?:（[^（）]{0,8}）)?")
_VALUE = re.compile(r"(?:[^0-9，。；]{0,5}[0-9][^，。；]{0,10}|全覆盖|应.尽.|零.{2}|[-—/])")
_MEASURE_PREFIX = re.compile(r"单位：?")


@cache
def _words() -> tuple[dict[str, str], dict[str, str], tuple[int, ...]]:
    """Words that may stand within a head, words matched whole only, and the lengths of the former."""
    within: dict[str, str] = {}
    whole: dict[str, str] = {}
    for entry in load_entries("table_heads", ("id", "words", "whole", "examples")):
        within.update({word: entry["id"] for word in entry["words"]})
        whole.update({word: entry["id"] for word in entry["whole"]})
    return within, whole, tuple(sorted({len(word) for word in within}, reverse=True))


@cache
def head_words() -> dict[str, ColumnRole]:
    """All wordings of heads with their roles."""
    within, whole, _ = _words()
    return cast("dict[str, ColumnRole]", {**within, **whole})


def head_role(printed: str) -> ColumnRole:
    """Role by a head's wording: `year` where it names only a year or plan period, `unknown` where it says nothing."""
    bare = bare_head(printed) or _in_brackets(printed)
    if not bare:
        return "year" if _YEAR.search(printed) or PLAN.search(printed) else "unknown"
    within, whole, lengths = _words()
    found = whole.get(bare) or within.get(bare) or _by_ending(bare, within, lengths) or _anywhere(bare, within, lengths)
    return cast(ColumnRole, found or "unknown")


def _in_brackets(printed: str) -> str:
    """基期 of `2020年（基期）`."""
    found = _BRACKET.findall("".join(printed.split()))
    return next((bare for text in found if (bare := bare_head(text)) and not measure_of(text)), "")


def bare_head(printed: str) -> str:
    """The wording without blanks, brackets, years and marks."""
    text = "".join(printed.split())
    text = PLAN.sub("", _YEAR.sub("", _BRACKET.sub("", text)))
    return _LEAD_MARK.sub("", _TAIL_MARK.sub("", text)).rstrip("到至、/的")


def _by_ending(bare: str, within: dict[str, str], lengths: tuple[int, ...]) -> str | None:
    return next((within[bare[-n:]] for n in lengths if n < len(bare) and bare[-n:] in within), None)


def _anywhere(bare: str, within: dict[str, str], lengths: tuple[int, ...]) -> str | None:
    """The longest word, the last one among equals: 重点任务及措施 is about 措施."""
    if len(bare) > LONGEST_HEAD:
        return None
    for n in lengths:
        for at in range(len(bare) - n, -1, -1):
            if bare[at : at + n] in within:
                return within[bare[at : at + n]]
    return None


def measure_of(text: str) -> str:
    """The measure that a bracket or unit cell prints (`万元/人`, `%`), "" where the text is none."""
    bare = _MEASURE_PREFIX.sub("", "".join(text.split())).replace("／", "/")
    if not bare or len(bare) > 14 or bare in ("—", "-", "/"):
        return ""
    figure = next(scan_figures(f"1{bare}", 0, len(bare) + 1), None)
    if figure is not None and figure.start == 0 and (figure.end == len(bare) + 1 or figure.divisor):
        return bare
    lead = measures().after(bare, 0, len(bare))
    return bare if "/" in bare and lead is not None and bare[lead.end : lead.end + 1] == "/" else ""


def bracket_measure(text: str) -> str:
    """The measure in a bracket of the text, the last one first."""
    found = (measure_of(match.group(1)) for match in reversed(list(_BRACKET.finditer(text))))
    return next((one for one in found if one), "")


def read_heads(grid: Grid) -> tuple[int, tuple[Column, ...]]:
    """Number of head rows (0 where the first row is data) and the columns."""
    title = _title_rows(grid)
    if not _is_head_row(grid, title):
        return 0, tuple(Column(col, "unknown", (), "") for col in range(grid.cols))
    last = _last_head_row(grid, title)
    columns = tuple(_column(grid, title, last, col) for col in range(grid.cols))
    return last + 1, columns


def _title_rows(grid: Grid) -> int:
    """Rows above the heads: the table's title, 单位：万元."""
    row = 0
    while row < min(grid.rows - 1, _MOST_HEAD_ROWS) and len(grid.begun(row)) <= 1 < grid.cols:
        row += 1
    return row if _is_head_row(grid, row) else 0


def _is_head_row(grid: Grid, row: int) -> bool:
    """Half of the cells, and two at least, are worded like heads (one, where figures stand below), and none is a figure."""
    cells = grid.begun(row)
    if len(cells) < 2:
        return False
    texts = [grid.text(cell) for cell in cells]
    known = sum(len(text) <= LONGEST_HEAD and head_role(text) != "unknown" for text in texts)
    if known == 0 or any(map(_is_figure, texts)):
        return False
    return (known >= 2 and known * 2 >= len(cells)) or _names_owners(texts) or _stands_over_figures(grid, row, texts)


def _names_owners(texts: list[str]) -> bool:
    """`今年要办 | 责任单位`: one wording that heads only, not first (`责任单位 | 市教育局` is a form), beside a short one."""
    within, _, _ = _words()
    return len(texts) == 2 and len(texts[0]) <= _SHORT_HEAD and not is_office(texts[0]) and within.get(bare_head(texts[1])) in _OWNING


def _stands_over_figures(grid: Grid, row: int, texts: list[str]) -> bool:
    """`县区 | 新建 | 改造提升` over a name and two figures."""
    if any(len(text) > LONGEST_HEAD for text in texts):
        return False
    below = [list(column_texts(grid, row + 1, col)) for col in range(grid.cols)]
    figures = sum(are_figures(column) for column in below)
    return 0 < figures < grid.cols and figures * 2 >= grid.cols - 1


def _is_figure(text: str) -> bool:
    return re.fullmatch(r"[≥≤<>]?[0-9]+(?:\.[0-9]+)?%?", text) is not None and not _YEAR.fullmatch(text)


def _last_head_row(grid: Grid, first: int) -> int:
    """Merged heads reach down; below a head that spans columns stand the heads of those columns."""
    last = first
    for cell in grid.begun(first):
        if cell.row_span > 1 and head_role(grid.text(cell)) not in ("unknown", "category"):
            last = max(last, min(first + cell.row_span, first + _MOST_HEAD_ROWS) - 1)
    wide = [cell for cell in grid.begun(first) if cell.col_span > 1]
    if last == first and wide and first + 1 < grid.rows and _is_sub_head(grid, first + 1, wide[0].col, wide[-1].col):
        last = first + 1
    return last


def _is_sub_head(grid: Grid, row: int, start: int, end: int) -> bool:
    under = [grid.text(cell) for cell in grid.begun(row) if cell.col >= start]
    aside = [grid.text(cell) for cell in grid.begun(row) if cell.col < start or cell.col > end + 8]
    heads = [text for text in under if head_role(text) != "unknown" or PLAN.search(text)]
    return bool(under) and len(heads) * 2 >= len(under) and not any(_is_figure(text) for text in under + aside)


def _column(grid: Grid, first: int, last: int, col: int) -> Column:
    cells = {cell.start: cell for row in range(first, last + 1) if (cell := grid.at(row, col)) is not None}
    pieces = tuple(as_piece(cell) for cell in cells.values())
    texts = [grid.text(piece) for piece in pieces]
    years = [match.group(1) for text in texts for match in _YEAR.finditer(text)]
    measure = next((found for text in reversed(texts) if (found := bracket_measure(text))), "")
    words = " ".join(bare_head(text) for text in texts)
    compared = next((match for text in texts if (match := COMPARED.match("".join(text.split()))) is not None), None)
    if compared is not None:
        return Column(col, "growth", pieces, words.strip(), compared["year"], measure)
    return Column(col, _stacked_role(texts), pieces, words.strip(), years[-1] if years else "", measure)


def _stacked_role(texts: list[str]) -> ColumnRole:
    """The lowest head decides; where it is only a year or says nothing, the head above it does."""
    roles = [head_role(text) for text in texts]
    if not roles:
        return "unknown"
    if roles[-1] in ("year", "unknown") and len(roles) > 1:
        above = texts[-2]
        if _PROMISED.search(above):
            return "target"
        if _PRESENT.search(above):
            return "baseline"
        return roles[-1] if roles[-1] == "year" else "label"
    return roles[-1]


def column_texts(grid: Grid, head_rows: int, col: int) -> Iterable[str]:
    """Printed texts of a column below its heads, each cell once; dashes and group rows are left out."""
    cells = (grid.own(row, col) for row in range(head_rows, grid.rows))
    own = [cell for cell in cells if cell is not None and (cell.col_span == 1 or cell.col_span * 2 <= grid.cols)]
    return [said for cell in own if (said := grid.said(cell.row, col))]


def are_figures(texts: Iterable[str]) -> bool:
    """All of them are bare numbers, some perhaps with a short measure or remark: `45`, `120（扩招）`, `3个`."""
    printed = list(texts)
    return bool(printed) and all(_FIGURE.fullmatch(text) for text in printed)


def is_value(text: str) -> bool:
    """A cell that states a figure or a level, and no sentence: `≥22`, `50个`, `全覆盖`, `控制在27%以内`."""
    return _VALUE.fullmatch(text) is not None


def head_text(grid: Grid, pieces: Iterable[CellPiece]) -> str:
    """Head cells of a column, top to bottom, joined."""
    return "".join(grid.text(piece) for piece in pieces)
