"""Tables to findings: targets, milestones and agencies of each row, and the tasks that only a table names.

The rows of a task table point to the body task of the same title where there is one (`item`); findings are still
mentions, which the records are made from. Figures in task and duty cells are read as prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from policy_commitments.extractors.agencies import extract_agencies, split_agencies
from policy_commitments.extractors.agency_order import OrderRule
from policy_commitments.extractors.tables import caption_spans, read_tables
from policy_commitments.pipeline.resolve.table_findings import (
    TableFindings,
    TableMilestone,
    TableResponsibility,
    TableTarget,
    TaskRowFinding,
)
from policy_commitments.pipeline.resolve.table_prose import LABEL, CellProse, Row
from policy_commitments.pipeline.resolve.table_values import read_target_cell
from policy_commitments.pipeline.resolve.task_titles import TaskTitles
from policy_commitments.schemas.clean import Clean
from policy_commitments.schemas.mentions import AgencyMention, Span
from policy_commitments.schemas.outline import Item
from policy_commitments.schemas.problems import Problem
from policy_commitments.schemas.table_mentions import AgencyCell, TableKind, TableReading, TargetRow, TaskRow

_LABELLED = re.compile(r"(?:牵头|责任|配合|协办|参与|主办|落实|实施)(?:责任)?(?:单位|部门)?：")


def table_findings(
    clean: Clean, items: Sequence[Item] = (), issue_year: int | None = None, order_rule: OrderRule | None = None
) -> list[TableFindings]:
    """Findings of every table of a document, in text order.

    `items` are the outline's; `issue_year` tells columns of past years from promised ones; `order_rule` is the document's.
    """
    paragraphs = [(paragraph.start, paragraph.end) for paragraph in clean.paragraphs]
    captions = [clean.folded[slice(*span)].strip() for span in caption_spans(clean.folded, clean.tables, paragraphs)]
    readings = read_tables(clean.tables, clean.folded, captions, issue_year)
    finder = _Finder(clean, TaskTitles(items), order_rule, CellProse(clean))
    return [finder.find(reading) for reading in readings]


def _dated_growth(targets: list[TableTarget]) -> list[TableTarget]:
    """Yearly growth and five-year sums without a date of their own hold until the last year of the row, or of the table."""
    dated = [one for one in targets if one.deadline is not None]
    last = {one.row: one.deadline for one in dated}
    of_table = dated[-1].deadline if dated else None
    return [
        replace(one, deadline=last.get(one.row, of_table), source="table")
        if one.deadline is None and of_table is not None and one.mention.form == "change"
        else one
        for one in targets
    ]


@dataclass(frozen=True, slots=True)
class _Finder:
    """Reads the cells of one document's tables."""

    clean: Clean
    titles: TaskTitles
    order_rule: OrderRule | None
    prose: CellProse

    def find(self, reading: TableReading) -> TableFindings:
        found = TableFindings(reading.index, reading.kind, any(column.role == "score" for column in reading.columns))
        for unread in reading.unread:
            found.problems.append(self._problem(unread.code, unread.start, unread.end, unread.hint))
        for target in reading.targets:
            self._target_row(target, found)
        found.targets = _dated_growth(found.targets)
        sums = len(found.targets) if reading.kind == "task" else 0
        owners: dict[int, tuple[str, int | None]] = {}
        for task in reading.tasks:
            owner = self._task_row(task, reading.kind, found)
            owners.update(dict.fromkeys((line.row for line in task.lines), owner))
        for k, one in enumerate(found.targets[:sums]):  # 2024年计划投资 beside the project
            title, item = owners.get(one.row, (one.title, one.item))
            found.targets[k] = replace(one, title=title, item=item)
        return found

    def _problem(self, code: str, start: int, end: int, hint: str) -> Problem:
        begin, stop = self.clean.source_span(start, max(end, start + 1))
        return Problem(code, "warning", "extract", self.clean.text[start : min(end, start + 80)], hint, begin, stop)

    def _target_row(self, row: TargetRow, found: TableFindings) -> None:
        folded, cell = self.clean.folded, row.target
        reading = read_target_cell(folded, row)
        head = self.prose.date(row.date)
        for target in reading.targets:
            own = self.prose.date(target.part, target.mention.number)
            deadline = own or head
            source = None if deadline is None else "stated" if own is not None else "table"
            found.targets.append(TableTarget(target.mention, deadline, source, row.row, cell.col, row.name, None))
        told = (reading.words or reading.unread) and self.prose.stated(cell, Row(row.row, row.name, None), found)
        if reading.words and head is not None and not told:
            what = f"{row.name}{folded[cell.start : cell.end].strip('[]［］〔〕【】 ')}"
            found.milestones.append(
                TableMilestone(what, cell.start, cell.end, head, "table", row.row, cell.col, row.name, None)
            )
        if reading.unread and not told:
            hint = "the cell under a target holds no number that could be read"
            found.problems.append(self._problem("table_cell_unread", cell.start, cell.end, hint))
        for agencies in row.agencies:
            self._agencies(agencies, row.row, row.name, None, found)

    def _task_row(self, task: TaskRow, kind: TableKind, found: TableFindings) -> tuple[str, int | None]:
        span = self._title_span(task, kind)
        title = LABEL.sub("", "".join(self.clean.text[slice(*span)].split()), count=1)
        item = self.titles.find(title)
        if item is None and task.upper:
            item = self.titles.find(task.upper)
        if kind in ("task", "duty") and task.is_task:
            found.task_rows.append(self._row_finding(task, title, span, item))
        for line in task.lines:
            for agencies in line.agencies:
                self._agencies(agencies, line.row, title, item, found)
            if kind in ("task", "duty") or not task.is_task:
                self.prose.contents(line, task.title, Row(line.row, title, item), found)
        return title, item

    def _title_span(self, task: TaskRow, kind: TableKind) -> Span:
        """A task's own cell; of a duty table the duty up to its first 。, as its owner is no task."""
        duty = next((piece for line in task.lines for piece in line.contents), None)
        if kind != "duty" or duty is None:
            return task.title.start, task.title.end
        stop = self.clean.folded.find("。", duty.start, duty.end)
        return duty.start, duty.end if stop < 0 else stop

    def _row_finding(self, task: TaskRow, title: str, span_of_title: Span, item: int | None) -> TaskRowFinding:
        pieces = [task.title, *(piece for line in task.lines for piece in line.contents)]
        pieces += [cell.piece for line in task.lines for cell in line.agencies if cell.piece.row >= task.title.row]
        span = (min(piece.start for piece in pieces), max(piece.end for piece in pieces))
        return TaskRowFinding(title, span_of_title, span, task.title.row, item, task.group)

    def _agencies(self, cell: AgencyCell, row: int, title: str, item: int | None, found: TableFindings) -> None:
        piece = cell.piece
        mentions = self._read_agencies(cell)
        if not mentions:
            hint = "no agency was recognised in a cell under 责任单位"
            found.problems.append(self._problem("unread_agencies", piece.start, piece.end, hint))
        for mention in self._ordered(mentions):
            found.responsibilities.append(TableResponsibility(mention, row, piece.col, title, item))

    def _read_agencies(self, cell: AgencyCell) -> list[AgencyMention]:
        """A list of names; `牵头单位：市教育局 配合单位：市财政局` in one cell is read by its labels."""
        folded, piece = self.clean.folded, cell.piece
        if _LABELLED.search(folded, piece.start, piece.end) is None:
            return list(split_agencies(folded, piece.start, piece.end, cell.role))
        return list(extract_agencies(folded, piece.start, piece.end, self.order_rule))

    def _ordered(self, mentions: list[AgencyMention]) -> Iterator[AgencyMention]:
        """`排第一位的为牵头单位`: the first of a list of responsible agencies leads."""
        rule = self.order_rule
        first = rule is not None and rule.kind == "first" and all(mention.role == "responsible" for mention in mentions)
        for position, mention in enumerate(mentions):
            if first and rule is not None:
                yield replace(mention, role="lead" if position == 0 else rule.rest)
            else:
                yield mention

