"""Rows of a table whose cells were glued together, e.g. `1基本养老保险参保率≥95%约束性2失能特困人员集中供养率≥60%约束性3…`.

A row begins with its running number (the next one is known, so that `1165周岁及以上老年人` is 11 and 65周岁) and ends with
约束性 / 预期性 or before the next number. A row that fits its columns in no way is kept as one wide cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from policy_commitments.extractors.table_glued_fields import ATTRIBUTE, GluedField, read_fields
from policy_commitments.extractors.table_glued_heads import NAMES, VALUES, GluedHead
from policy_commitments.schemas.mentions import Span

_OF_WHICH = re.compile(r"其中[:：]?|#")
_GROUP = re.compile(r"(?:[一二三四五六七八九十]{1,2}[、.]|[（(][一二三四五六七八九十]{1,2}[)）])")
_BEFORE_NUMBER = re.compile(r"[^0-9，。；：%]{2,28}")
_AFTER_NUMBER = r"[.、．]?(?=[“《（(]|0[-—–~至]|[^\W0-9_]|[1-9])"  # 1基本养老…, 11|65周岁…, 25|0—3岁…
_LONGEST_ROW = 160
_FEWEST_ROWS = 2


@dataclass(frozen=True, slots=True)
class GluedCell:
    """Text at text[start:end] in `row` (0 holds the heads) over rows and columns as in `source.Cell`."""

    row: int
    col: int
    start: int
    end: int
    row_span: int = 1
    col_span: int = 1


@dataclass(slots=True)
class GluedTable:
    """A table found at text[start:end]; `fitting` counts the rows that fit their columns.

    `cut` is the stretch behind it that looks like a further row, but does not follow on the last one.
    """

    start: int
    end: int
    cols: int
    rows: int = 1
    fitting: int = 0
    cut: Span | None = None
    cells: list[GluedCell] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Columns of the row's number and category (None without one), and of the fields after them."""

    index: int | None
    category: int | None
    name: int
    closed: bool  # rows end with 约束性 / 预期性


def read_glued_table(text: str, head: GluedHead, walls: frozenset[int]) -> GluedTable | None:
    """The table under these heads, None where fewer than two rows fit. `walls` as in `split_values`."""
    layout = _layout(head)
    if layout is None:
        return None
    table = GluedTable(head.start, head.end, len(head.columns))
    table.cells.extend(GluedCell(0, k, column.start, column.end) for k, column in enumerate(head.columns))
    _Rows(text, walls, head, layout, table).read()
    return table if table.fitting >= _FEWEST_ROWS else None


def _layout(head: GluedHead) -> _Layout | None:
    """Number and category stand first, one column of names follows, and behind it nothing but what has a type."""
    roles = head.roles()
    name = next((k for k, role in enumerate(roles) if role in NAMES), None)
    if name is None or set(roles[:name]) - {"index", "category"} or name != len(set(roles[:name])):
        return None
    rest = roles[name + 1 :]
    typed = VALUES | {"measure", "attribute", "lead", "responsible", "support"}
    if not rest or set(rest) - typed or not set(rest) & VALUES:
        return None
    index = roles.index("index") if "index" in roles else None
    category = roles.index("category") if "category" in roles else None
    return _Layout(index, category, name, rest[-1] == "attribute")


@dataclass(slots=True)
class _Rows:
    text: str
    walls: frozenset[int]
    head: GluedHead
    layout: _Layout
    table: GluedTable
    number: int = 1

    def read(self) -> None:
        """Row after row, up to what is none."""
        while self._of_which() or self._numbered() or self._bare():
            pass
        self._stretch_categories()
        self.table.cut = self._left()

    def _left(self) -> Span | None:
        """`…27婴幼儿…预期性` behind row 25."""
        at = self.table.end
        closing = ATTRIBUTE.search(self.text, at, at + _LONGEST_ROW) if self.layout.closed else None
        return None if closing is None or "。" in self.text[at : closing.start()] else (at, closing.end())

    def _of_which(self) -> bool:
        """`其中：县办公立医院3.744.5预期性` has no number of its own."""
        at = self.table.end
        if self.table.rows == 1 or _OF_WHICH.match(self.text, at) is None:
            return False
        return self._row(at, at)

    def _numbered(self) -> bool:
        if self.layout.index is None:
            return False
        at = self.table.end
        lead = self._lead(at)
        begin = lead[1] if lead is not None else at
        after = self._number(begin, self.number)
        if after is None:
            return False
        found = self._fields_from(after)
        if found is None:
            return False
        if lead is not None:
            self._add_lead(lead)
        self.table.cells.append(GluedCell(self.table.rows, self.layout.index, begin, after))
        self.number += 1
        self._add(found[0], found[1])
        return True

    def _bare(self) -> bool:
        """A row of a table without numbers: it ends with 约束性."""
        at = self.table.end
        if self.layout.index is not None or not self.layout.closed or _GROUP.match(self.text, at):
            return False
        return self._row(at, at)

    def _row(self, begin: int, after: int) -> bool:
        found = self._fields_from(after)
        if found is None:
            return False
        self._add(found[0], found[1])
        return True

    def _lead(self, at: int) -> Span | None:
        """What stands before the next number: a category or `一、农业高质高效`."""
        found = _BEFORE_NUMBER.match(self.text, at)
        if found is None or self._number(found.end(), self.number) is None:
            return None
        if self.layout.category is None and _GROUP.match(self.text, at) is None:
            return None
        return found.span()

    def _add_lead(self, span: Span) -> None:
        if self.layout.category is not None and _GROUP.match(self.text, span[0]) is None:
            self.table.cells.append(GluedCell(self.table.rows, self.layout.category, *span))
            return
        self.table.cells.append(GluedCell(self.table.rows, 0, *span, col_span=self.table.cols))
        self.table.rows += 1

    def _number(self, at: int, number: int) -> int | None:
        """The end of the row's number at `at`."""
        found = re.compile(f"{number}{_AFTER_NUMBER}").match(self.text, at)
        return found.end() if found is not None else None

    def _fields_from(self, at: int) -> tuple[int, tuple[GluedField, ...] | None] | None:
        """Where the row ends and its fields (None where they do not fit); None where no row is seen."""
        if self.layout.closed:
            return self._closed_row(at)
        found = [(end, fields) for end in self._ends(at) if (fields := self._read(at, end)) is not None]
        if len(found) > 1:
            found = [one for one in found if all(field.split for field in one[1])] or found
        return found[0] if len(found) == 1 else None if found else self._last_row(at)

    def _read(self, start: int, end: int) -> tuple[GluedField, ...] | None:
        roles = self.head.roles()[self.layout.name :]
        return read_fields(self.text, (start, end), roles, self.walls)

    def _closed_row(self, at: int) -> tuple[int, tuple[GluedField, ...] | None] | None:
        closing = ATTRIBUTE.search(self.text, at, at + _LONGEST_ROW)
        if closing is None or "。" in self.text[at : closing.start()]:
            return None
        end = closing.end()
        fields = None if self._swallows(at, closing.start()) else self._read(at, end)
        if fields is None and (self.layout.index is None or not self._goes_on(end)):
            return None
        return end, fields

    def _swallows(self, start: int, end: int) -> bool:
        """The next row's number stands inside, behind a figure: a row without 约束性 was skipped."""
        if self.layout.index is None:
            return False
        inner = re.compile(rf"(?<=[0-9%)）—-]){self.number + 1}[.、．]?(?=[\u4e00-\u9fff])")
        return any(self._read(start, match.start()) is not None for match in inner.finditer(self.text, start + 2, end))

    def _goes_on(self, at: int) -> bool:
        """A further row begins here."""
        lead = _BEFORE_NUMBER.match(self.text, at)
        starts = (at,) if lead is None else (at, lead.end())
        return any(self._number(start, self.number + 1) is not None for start in starts)

    def _ends(self, at: int) -> Iterator[int]:
        """Places where the next row may begin: at its number, or at the group or category before it."""
        limit = at + _LONGEST_ROW
        following = re.compile(f"{self.number + 1}{_AFTER_NUMBER}")
        for match in following.finditer(self.text, at + 2, limit):
            if "。" in self.text[at : match.start()]:
                return
            yield match.start()
            lead = re.search(r"[^0-9，。；：%]{2,28}$", self.text[max(at, match.start() - 28) : match.start()])
            if lead is not None:
                yield from self._lead_starts(match.start() - len(lead.group()), match.start())

    def _lead_starts(self, start: int, end: int) -> Iterator[int]:
        for k in range(start, end - 1):
            if _GROUP.match(self.text, k, end) is not None or (self.layout.category is not None and k == start):
                yield k

    def _last_row(self, at: int) -> tuple[int, tuple[GluedField, ...]] | None:
        """The last row ends with its figure, unless a heading's number may stand behind it (`152.加强…`)."""
        best: tuple[int, tuple[GluedField, ...]] | None = None
        for end in range(at + 3, min(len(self.text), at + _LONGEST_ROW) + 1):
            if best is not None and end > best[0] + 3:
                break
            if self.text[end - 1] == "。":
                break
            if self.text[end : end + 1] not in tuple("0123456789.%‰,、．") or end == len(self.text):
                fields = self._read(at, end)
                best = (end, fields) if fields is not None else best
        return best

    def _add(self, end: int, fields: tuple[GluedField, ...] | None) -> None:
        table, name = self.table, self.layout.name
        start = max((cell.end for cell in table.cells if cell.row == table.rows), default=table.end)
        if fields is None:
            table.cells.append(GluedCell(table.rows, name, start, end, col_span=table.cols - name))
        else:
            table.fitting += 1
            for one in fields:
                table.cells.append(GluedCell(table.rows, name + one.first, one.start, one.end, 1, one.last - one.first + 1))
        table.rows += 1
        table.end = end

    def _stretch_categories(self) -> None:
        """A category stands for all rows up to the next one."""
        column = self.layout.category
        marks = [k for k, cell in enumerate(self.table.cells) if cell.row and (cell.col == column or cell.col_span == self.table.cols)]
        for k, after in zip(marks, [*marks[1:], None], strict=False):
            cell = self.table.cells[k]
            if cell.col_span == 1:
                until = self.table.rows if after is None else self.table.cells[after].row
                self.table.cells[k] = replace(cell, row_span=until - cell.row)
