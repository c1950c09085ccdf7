"""Tables over several pages made one: columns matched, repeated heads set aside, rows and cells that a page broke rejoined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from policy_commitments.extractors.headings import LINE_LABEL
from policy_commitments.pipeline.joining import ends_sentence
from policy_commitments.pipeline.printed_lines import has_open_bracket
from policy_commitments.pipeline.read.pdf_cells import TableCell, TablePart, is_full

_SAME = 4.0  # points between borders of one column on two pages
_TO_BOTTOM = 2.5  # lines that may stand free below the text of a broken cell: no single line is left behind
_FEWEST_HEADS = 2  # filled cells of a row that make it a head
_PLAIN = re.compile(r"[\d.,%％—\-–~～≥≤>＜<＞]+")
_PROSE = re.compile(r"[，。；]")
_RUNS_ON = re.compile(r"[，、,；;—（《“〔]$")


@dataclass(slots=True)
class WholeTable:
    """A table over one page or more; a page ends before each row in `breaks`; `heads` are texts of repeated head rows."""

    xs: list[float]
    rows: int
    cells: list[TableCell]
    page: int
    last_page: int
    breaks: list[int] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)


def whole(part: TablePart) -> WholeTable:
    """The table that a part begins."""
    return WholeTable(list(part.xs), part.rows, part.cells, part.page, part.page)


def goes_on(table: WholeTable, part: TablePart) -> bool:
    """Whether the columns are the same: all borders of the one are borders of the other, apart from merged columns."""
    one = [x - table.xs[0] for x in table.xs]
    two = [x - part.xs[0] for x in part.xs]
    wide, narrow = (one, two) if len(one) >= len(two) else (two, one)
    if abs(wide[-1] - narrow[-1]) > _SAME * 2 or len(narrow) < 2:
        return False
    return len(wide) > 2 and all(min(abs(x - other) for other in wide) <= _SAME for x in narrow)


def append(table: WholeTable, part: TablePart) -> None:
    """Add the rows of the next page."""
    _match_columns(table, part)
    dropped = _repeated_rows(table, part)
    cells = [cell for cell in part.cells if cell.row >= dropped]
    for cell in cells:
        cell.row -= dropped
    rows = part.rows - dropped
    table.breaks.extend([table.rows] * (part.page - table.last_page))
    table.last_page = part.page
    if rows > 0:
        _attach(table, cells, rows, headed=dropped > 0)


def _match_columns(table: WholeTable, part: TablePart) -> None:
    """Both on the finer grid of the two."""
    if len(part.xs) > len(table.xs):
        shift = part.xs[0] - table.xs[0]
        _regrid(table.cells, table.xs, [x - shift for x in part.xs])
        table.xs = [x - shift for x in part.xs]
    elif len(part.xs) < len(table.xs):
        shift = table.xs[0] - part.xs[0]
        _regrid(part.cells, part.xs, [x - shift for x in table.xs])


def _regrid(cells: Sequence[TableCell], xs: Sequence[float], finer: Sequence[float]) -> None:
    place = [min(range(len(finer)), key=lambda k: abs(finer[k] - x)) for x in xs]
    for cell in cells:
        cell.col, end = place[cell.col], place[cell.col + cell.col_span]
        cell.col_span = max(end - cell.col, 1)


def _repeated_rows(table: WholeTable, part: TablePart) -> int:
    """How many rows at the top of a page say again what the first rows of the table say."""
    count = 0
    while count < min(part.rows, table.rows):
        said = _said(part.cells, count)
        if said != _said(table.cells, count) or (count == 0 and len(said) < _FEWEST_HEADS):
            break
        count += 1
    cut = [cell for cell in part.cells if cell.row < count < cell.row + cell.row_span]
    if count and not cut:
        table.heads.extend("\t".join(_said(part.cells, row)) for row in range(count))
        return count
    return 0


def _said(cells: Sequence[TableCell], row: int) -> list[str]:
    return [cell.text for cell in sorted(cells, key=lambda one: one.col) if cell.row == row and cell.lines]


def _attach(table: WholeTable, cells: list[TableCell], rows: int, headed: bool) -> None:
    above = {(cell.col, cell.col_span): cell for cell in table.cells if cell.row + cell.row_span == table.rows}
    below = {(cell.col, cell.col_span): cell for cell in cells if cell.row == 0}
    pairs = [(above[place], cell) for place, cell in below.items() if place in above]
    joins = [pair for pair in pairs if pair[0].open_bottom and pair[1].open_top]
    if headed and _is_open_row(pairs):
        joins = [pair for pair in pairs if pair[0].open_bottom]
    if not joins:
        joins = pairs if len(pairs) == len(below) and _is_broken_row(pairs) else _continued(pairs)
    shared = len(joins) == len(below) == len(above)
    offset = table.rows - 1 if shared else table.rows
    for one, two in joins:
        one.row_span = offset + two.row_span - one.row
        one.lines.extend(two.lines)
        one.open_bottom, one.tail = two.open_bottom, two.bbox
    joined = {id(two) for _, two in joins}
    for cell in cells:
        if id(cell) not in joined:
            cell.row += offset
            table.cells.append(cell)
    table.rows = offset + rows


def _is_open_row(pairs: Sequence[tuple[TableCell, TableCell]]) -> bool:
    """Whether the last row goes on below a repeated head, which has a border of its own: prose in it is not at its end."""
    written = [(one, two) for one, two in pairs if one.lines and two.lines and one.open_bottom]
    prose = [one for one, _ in written if _PROSE.search(one.text)]
    if prose:
        return any(not ends_sentence(one.text) for one in prose)
    return any(_is_unfinished(one, two) and not _is_new(one, two) for one, two in written)


def _is_broken_row(pairs: Sequence[tuple[TableCell, TableCell]]) -> bool:
    """Whether the first row of a page ends the last row of the page before, though borders close both."""
    written = [(one, two) for one, two in pairs if two.lines]
    if not written or not all(one.lines and _reaches_bottom(one) for one, _ in written):
        return not written
    if any(_is_new(one, two) for one, two in written):
        return False
    unfinished = [one for one, two in written if _is_unfinished(one, two)]
    if len(unfinished) == len(written):
        return True
    silent = [one.col for one, two in pairs if one.lines and not two.lines and one.row_span == 1]
    behind = any(col > min(two.col for _, two in written) for col in silent)
    return bool(silent) and (behind or any(len(one.lines) > 1 for one in unfinished))


def _reaches_bottom(cell: TableCell) -> bool:
    last = cell.lines[-1]
    return (cell.tail or cell.bbox)[3] - last.bbox[3] <= last.height * _TO_BOTTOM


def _is_new(one: TableCell, two: TableCell) -> bool:
    """A number under a number, a label, a name below a whole name: `13` below `12`, `2.` below `1.…。`."""
    if _PLAIN.fullmatch(two.text):
        return _PLAIN.fullmatch(one.text) is not None
    if LINE_LABEL.match(two.text):
        return ends_sentence(one.text)
    return not _PROSE.search(one.text + two.text) and not _is_unfinished(one, two)


def _is_unfinished(one: TableCell, two: TableCell) -> bool:
    """`…运用AI需求预测、多目` / `标优化算法…`: a full line without an end."""
    before = one.lines[-1]
    if has_open_bracket(one.text) or _RUNS_ON.search(before.text):
        return True
    if ends_sentence(before.text):
        return False
    prose = len(one.lines) > 1 and _PROSE.search(one.text + two.text) is not None
    return prose or is_full(before, two.lines[0], one.bbox)


def _continued(pairs: Sequence[tuple[TableCell, TableCell]]) -> list[tuple[TableCell, TableCell]]:
    """Empty cells at the start of a new row go on the merged cell above them; a name may stand below the break only."""
    found: list[tuple[TableCell, TableCell]] = []
    for one, two in sorted(pairs, key=lambda pair: pair[1].col):
        if (two.lines and not (found and _goes_beside(found[-1], (one, two)))) or two.col != sum(other.col_span for _, other in found):
            break
        found.append((one, two))
    return found if len(found) < len(pairs) else []


def _goes_beside(beside: tuple[TableCell, TableCell], pair: tuple[TableCell, TableCell]) -> bool:
    """Whether a name goes on because the number beside it does: both cells are as high, above the break and below."""
    one, two = pair
    if not one.lines:
        return True
    return (one.row, two.row_span) == (beside[0].row, beside[1].row_span) and _is_unfinished(one, two)
