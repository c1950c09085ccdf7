"""Tables to findings: targets, milestones and agencies of each row, and the tasks that only a table names.

The rows of a task table point to the body task of the same title where there is one (`item`); findings are still
mentions, which the records are made from. Figures in task and duty cells are read as prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from policy_commitments.extractors.agencies import split_agencies
from policy_commitments.extractors.agency_order import OrderRule, find_order_rule
from policy_commitments.extractors.deadlines import extract_deadlines
from policy_commitments.extractors.folding import fold
from policy_commitments.extractors.quantities import extract_quantities
from policy_commitments.extractors.segments import sentences
from policy_commitments.extractors.tables import caption_span, read_tables
from policy_commitments.pipeline.resolve.table_values import read_target_cell
from policy_commitments.schemas.clean import Clean
from policy_commitments.schemas.mentions import AgencyMention, DeadlineMention, QuantityMention, Span
from policy_commitments.schemas.outline import Item
from policy_commitments.schemas.problems import Problem
from policy_commitments.schemas.table_mentions import (
    AgencyCell,
    CellPiece,
    TableKind,
    TableReading,
    TargetRow,
    TaskLine,
    TaskRow,
)

_PUNCTUATION = re.compile(r"[\s，,。、；;：:（）()“”\"'《》<>〈〉.．·—-]+")
_LABEL = re.compile(r"\s*(?:[0-9]{1,2}[.、．](?![0-9])|（[0-9一二三四五六七八九十]{1,3}）|[①-⑳]|[一二三四五六七八九十]是|——)\s*")
_POINTS = "分"
_SHORTEST_WHAT = 4
_SHORTEST_LIKENESS = 6


@dataclass(frozen=True, slots=True)
class TableTarget:
    """One quantity of a table; `source` is the deadline's: `table` (column or head), `stated` (its own sentence)."""

    mention: QuantityMention
    deadline: DeadlineMention | None
    source: str | None
    row: int
    col: int
    title: str
    item: int | None


@dataclass(frozen=True, slots=True)
class TableMilestone:
    """One dated promise of a table; `start`..`end` is its clause, or the cell of a goal in words."""

    what: str
    start: int
    end: int
    deadline: DeadlineMention
    source: str
    row: int
    col: int
    title: str
    item: int | None


@dataclass(frozen=True, slots=True)
class TableResponsibility:
    """One agency of a table cell."""

    mention: AgencyMention
    row: int
    col: int
    title: str
    item: int | None


@dataclass(frozen=True, slots=True)
class TaskRowFinding:
    """A row of a task or duty table; `item` is the body task of the same title, None where the row is a task itself."""

    title: str
    title_span: Span
    row_span: Span
    row: int
    item: int | None
    group: str = ""


@dataclass(slots=True)
class TableFindings:
    """All findings of one table, in text order; `scored` says that it gives points (figures in 分 promise nothing)."""

    table: int
    kind: TableKind
    scored: bool = False
    targets: list[TableTarget] = field(default_factory=list)
    milestones: list[TableMilestone] = field(default_factory=list)
    responsibilities: list[TableResponsibility] = field(default_factory=list)
    task_rows: list[TaskRowFinding] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def table_findings(clean: Clean, items: Sequence[Item] = (), issue_year: int | None = None) -> list[TableFindings]:
    """Findings of every table of a document, in text order.

    `items` are the outline's; `issue_year` tells columns of past years from promised ones.
    """
    paragraphs = [(paragraph.start, paragraph.end) for paragraph in clean.paragraphs]
    captions = [clean.folded[slice(*caption_span(clean.folded, table, paragraphs))].strip() for table in clean.tables]
    readings = read_tables(clean.tables, clean.folded, captions, issue_year)
    finder = _Finder(clean, _titles(items), find_order_rule(clean.folded))
    return [finder.find(reading) for reading in readings]


def _titles(items: Sequence[Item]) -> list[tuple[str, int]]:
    return [(_plain(item.title), item.index) for item in items if item.is_task]


def _plain(title: str) -> str:
    return _PUNCTUATION.sub("", fold(title))


@dataclass(frozen=True, slots=True)
class _Finder:
    """Reads the cells of one document's tables."""

    clean: Clean
    titles: list[tuple[str, int]]
    order_rule: OrderRule | None

    def find(self, reading: TableReading) -> TableFindings:
        found = TableFindings(reading.index, reading.kind, any(column.role == "score" for column in reading.columns))
        for unread in reading.unread:
            found.problems.append(self._problem(unread.code, unread.start, unread.end, unread.hint))
        for target in reading.targets:
            self._target_row(target, found)
        for task in reading.tasks:
            self._task_row(task, reading.kind, found)
        return found

    def _problem(self, code: str, start: int, end: int, hint: str) -> Problem:
        begin, stop = self.clean.source_span(start, max(end, start + 1))
        return Problem(code, "warning", "extract", self.clean.text[start : min(end, start + 80)], hint, begin, stop)

    def _target_row(self, row: TargetRow, found: TableFindings) -> None:
        folded, cell = self.clean.folded, row.target
        reading = read_target_cell(folded, row)
        head = self._date(row.date)
        for target in reading.targets:
            own = self._date(target.part, target.mention.number)
            deadline = own or head
            source = None if deadline is None else "stated" if own is not None else "table"
            mention = replace(target.mention, indicator=self._verbatim(target.mention.indicator))
            found.targets.append(TableTarget(mention, deadline, source, row.row, cell.col, row.name, None))
        if reading.words and head is not None:
            what = f"{row.name}{folded[cell.start : cell.end]}"
            found.milestones.append(
                TableMilestone(what, cell.start, cell.end, head, "table", row.row, cell.col, row.name, None)
            )
        if reading.unread:
            hint = "the cell under a target holds no number that could be read"
            found.problems.append(self._problem("table_cell_unread", cell.start, cell.end, hint))
        for agencies in row.agencies:
            self._agencies(agencies, row.row, row.name, None, found)

    def _verbatim(self, name: str) -> str:
        return name

    def _date(self, span: Span | None, figure: Span = (0, 0)) -> DeadlineMention | None:
        """The date that a head or cell states: the last one that is no mere recurrence and not the `figure` itself."""
        if span is None:
            return None
        dates = [one for one in extract_deadlines(self.clean.folded, *span) if one.governs]
        dates = [one for one in dates if one.end <= figure[0] or one.start >= figure[1]]
        return next((one for one in reversed(dates) if not one.text.startswith("每")), dates[0] if dates else None)

    def _task_row(self, task: TaskRow, kind: TableKind, found: TableFindings) -> None:
        span = self._title_span(task, kind)
        title = _LABEL.sub("", "".join(self.clean.text[slice(*span)].split()), count=1)
        item = self._item(title)
        if kind in ("task", "duty") and task.is_task:
            found.task_rows.append(self._row_finding(task, title, span, item))
        for line in task.lines:
            for agencies in line.agencies:
                self._agencies(agencies, line.row, title, item, found)
            if kind in ("task", "duty"):
                self._contents(line, title, item, found)

    def _title_span(self, task: TaskRow, kind: TableKind) -> Span:
        """A task's own cell; of a duty table the duty up to its first 。, as its owner is no task."""
        duty = next((piece for line in task.lines for piece in line.contents), None)
        if kind != "duty" or duty is None:
            return task.title.start, task.title.end
        stop = self.clean.folded.find("。", duty.start, duty.end)
        return duty.start, duty.end if stop < 0 else stop

    def _row_finding(self, task: TaskRow, title: str, span_of_title: Span, item: int | None) -> TaskRowFinding:
        pieces = [task.title, *(piece for line in task.lines for piece in line.contents)]
        pieces += [cell.piece for line in task.lines for cell in line.agencies]
        span = (min(piece.start for piece in pieces), max(piece.end for piece in pieces))
        return TaskRowFinding(title, span_of_title, span, task.title.row, item, task.group)

    def _item(self, title: str) -> int | None:
        """The body task with this title, or whose longer title begins with it (or the other way round)."""
        wanted = _plain(title)
        for known, index in self.titles:
            if known == wanted:
                return index
        if len(wanted) < _SHORTEST_LIKENESS:
            return None
        near = [index for known, index in self.titles if known.startswith(wanted) or (len(known) >= _SHORTEST_LIKENESS and wanted.startswith(known))]
        return near[0] if len(near) == 1 else None

    def _agencies(self, cell: AgencyCell, row: int, title: str, item: int | None, found: TableFindings) -> None:
        piece = cell.piece
        mentions = list(split_agencies(self.clean.folded, piece.start, piece.end, cell.role))
        if not mentions:
            hint = "no agency was recognised in a cell under 责任单位"
            found.problems.append(self._problem("unread_agencies", piece.start, piece.end, hint))
        for mention in self._ordered(mentions):
            found.responsibilities.append(TableResponsibility(mention, row, piece.col, title, item))

    def _ordered(self, mentions: list[AgencyMention]) -> Iterator[AgencyMention]:
        """`排第一位的为牵头单位`: the first of a list of responsible agencies leads."""
        rule = self.order_rule
        first = rule is not None and rule.kind == "first" and all(mention.role == "responsible" for mention in mentions)
        for position, mention in enumerate(mentions):
            if first and rule is not None:
                yield replace(mention, role="lead" if position == 0 else rule.rest)
            else:
                yield mention

    def _contents(self, line: TaskLine, title: str, item: int | None, found: TableFindings) -> None:
        row_date = None if line.deadline is None else self._date((line.deadline.start, line.deadline.end))
        for piece in line.contents:
            for start, end in sentences(self.clean.folded, piece.start, piece.end, semicolons=True):
                self._sentence((start, end), piece, row_date, line.row, title, item, found)

    def _sentence(
        self,
        span: Span,
        piece: CellPiece,
        row_date: DeadlineMention | None,
        row: int,
        title: str,
        item: int | None,
        found: TableFindings,
    ) -> None:
        """Quantities of one sentence of a cell; a sentence without any is a milestone of its date."""
        folded, span = self.clean.folded, self._unlabelled(span)
        own = [one for one in extract_deadlines(folded, *span) if one.governs]
        mentions = [one for one in extract_quantities(folded, *span) if one.measure != _POINTS or not found.scored]
        for mention in mentions:
            before = [one for one in own if one.start < mention.number[0]]
            deadline = before[-1] if before else row_date
            source = None if deadline is None else "stated" if before else "table"
            mention = replace(mention, rule=f"table:{mention.rule}")
            found.targets.append(TableTarget(mention, deadline, source, row, piece.col, title, item))
        deadline = own[0] if own else row_date
        if not mentions and deadline is not None:
            milestone = self._milestone(span, own, deadline, row, piece.col, title, item)
            found.milestones.extend([milestone] if milestone is not None else [])

    def _milestone(
        self, span: Span, own: list[DeadlineMention], deadline: DeadlineMention, row: int, col: int, title: str, item: int | None
    ) -> TableMilestone | None:
        start, end = self._trimmed(span)
        what = self.clean.text[start:end]
        if own and start <= own[0].start and own[0].end <= end:
            what = (self.clean.text[start : own[0].start] + self.clean.text[own[0].end : end]).strip("，,、 前")
        if len(what) < _SHORTEST_WHAT:
            return None
        return TableMilestone(what, start, end, deadline, "stated" if own else "table", row, col, title, item)

    def _unlabelled(self, span: Span) -> Span:
        label = _LABEL.match(self.clean.folded, *span)
        return (label.end() if label is not None else span[0]), span[1]

    def _trimmed(self, span: Span) -> Span:
        """Without closing marks."""
        folded = self.clean.folded
        start, end = span
        while end > start and folded[end - 1] in "。；，、 \n":
            end -= 1
        return start, end
