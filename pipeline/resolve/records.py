"""Resolve: mentions to the rows of one document. Start here after `flow.py`; each kind of row has its own step."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from policy_commitments.extractors.agencies import owners_of
from policy_commitments.pipeline.accounting import count_characters
from policy_commitments.pipeline.extract import PROMISING, Findings
from policy_commitments.pipeline.resolve.boxes import Boxes
from policy_commitments.pipeline.resolve.dated_headings import headed_milestones
from policy_commitments.pipeline.resolve.dates import deadline_problems, resolve_deadlines
from policy_commitments.pipeline.resolve.document import document_problems, resolve_document
from policy_commitments.pipeline.resolve.inheritance import NO_DEADLINE, Dates, Governing
from policy_commitments.pipeline.resolve.locate import Locator
from policy_commitments.pipeline.resolve.numbers import NumeralError
from policy_commitments.pipeline.resolve.rows import IN_BOX, RowMaker, TablePlace, link_restatements
from policy_commitments.pipeline.resolve.table_findings import TableFindings
from policy_commitments.pipeline.resolve.table_items import RowItems, with_table_rows
from policy_commitments.pipeline.resolve.tables import table_findings
from policy_commitments.pipeline.resolve.view import commitments
from policy_commitments.pipeline.result import DocumentResult
from policy_commitments.schemas.mentions import QuantityMention
from policy_commitments.schemas.outline import Item, Outline
from policy_commitments.schemas.problems import Problem
from policy_commitments.schemas.records import (
    DocumentRecord,
    ItemRecord,
    MilestoneRecord,
    ResponsibilityRecord,
    TargetRecord,
)

_CLOSES = re.compile(r"[ 　]*(?:[（〔【\[]|[^，。；：\n]{0,6}(?:单位|部门|分工|领导|主体)：)")  # a line that begins with whose work it is


def resolve(
    outline: Outline, findings: Findings, given: Mapping[str, str], extra: Mapping[str, str]
) -> DocumentResult:
    """All rows of one document."""
    document = resolve_document(outline, findings.fields, given, extra)
    year = document.issue_date.year if document.issue_date is not None else None
    tables = table_findings(outline.clean, outline.items, year, findings.order_rule)
    outline, rows = with_table_rows(outline, tables)
    return _Resolver(outline, document, findings, tables, rows).result()


@dataclass(slots=True)
class _Resolver:
    """Holds what the steps share; `problems` collects what none of them could handle."""

    outline: Outline
    document: DocumentRecord
    findings: Findings
    tables: Sequence[TableFindings]
    row_items: RowItems
    problems: list[Problem] = field(default_factory=list)
    dates: Dates = field(init=False)
    make: RowMaker = field(init=False)
    headings: list[int] = field(init=False)
    starts: list[int] = field(init=False)
    boxes: Boxes = field(init=False)
    children: dict[int | None, list[int]] = field(init=False)
    owned: set[int | None] = field(init=False)

    def __post_init__(self) -> None:
        self.dates = Dates(self.outline, self.findings.passages, self.document.issue_date, _period(self.document))
        self.boxes = Boxes(self.outline)
        self.headings = [item.index for item in self.outline.items if item.origin != "row"]
        self.starts = [self.outline.items[index].start for index in self.headings]
        self.children = {}
        for index in self.headings:
            if self.outline.items[index].parent is not None:
                self.children.setdefault(self.outline.items[index].parent, []).append(index)
        self.owned = {passage.item for passage in self.findings.passages if passage.agencies}
        self.make = RowMaker(self.outline, self.document, Locator(self.outline.clean))

    def result(self) -> DocumentResult:
        items = list(self._items())
        targets = list(self._targets())
        milestones = list(self._milestones())
        responsibilities = list(self._responsibilities())
        links = link_restatements(targets)
        for target in targets:
            target.restates = links.get(target.target_id)
        keys = {self.make.item_ids[item.index]: self.make.item_key(item) for item in self.outline.items if item.is_task}
        view = list(commitments(self.document, items, targets, milestones, responsibilities, keys))
        numbers = Counter(number.cls for passage in self.findings.passages for number in passage.numbers)
        return DocumentResult(
            document=self.document,
            text=self.outline.clean.source.text,
            items=items,
            targets=targets,
            milestones=milestones,
            responsibilities=responsibilities,
            commitments=view,
            problems=self._all_problems(),
            characters=count_characters(self.outline),
            numbers=dict(sorted(numbers.items())),
        )

    def _items(self) -> Iterator[ItemRecord]:
        for item in self.outline.items:
            dated = item.role in PROMISING and item.origin == "heading"
            yield self.make.item(item, self.dates.of_item(item.index) if dated else NO_DEADLINE)

    # --- targets

    def _targets(self) -> Iterator[TargetRecord]:
        for passage in self.findings.passages:
            dated = ((one, self.dates.of(passage.item, one.number[0], inherits=one.form != "money")) for one in passage.quantities)
            governed = [(one, by) for one, by in dated if by.deadline.source != "stated" or not self.dates.tells_the_past(by.mention, one.number[0])]
            for mention, governing in _one_row_per_date(governed, self.document.issue_date):
                if self.boxes.holds(mention.number[0]):
                    yield from self._target(mention, self.boxes.item(passage.item), governing, IN_BOX)
                else:
                    yield from self._target(mention, passage.item, governing)
        for table in self.tables:
            for found in table.targets:
                deadline = NO_DEADLINE if found.deadline is None else self.dates.resolve(found.deadline, found.source or "table")
                item = self._row_item(table, found.title, found.item, found.mention.start)
                yield from self._target(found.mention, item, Governing(deadline), TablePlace(table.table, found.row, found.col))

    def _target(
        self, mention: QuantityMention, item: int | None, governing: Governing, place: TablePlace | None = None
    ) -> Iterator[TargetRecord]:
        if governing.doubt:
            mention = replace(mention, doubts=(*mention.doubts, governing.doubt))
        try:
            yield self.make.target(mention, item, governing.deadline, governing.strength, place)
        except NumeralError as error:
            self._problem("unread_number", mention.start, mention.end, f"{error} is no number that can be read")

    # --- milestones

    def _milestones(self) -> Iterator[MilestoneRecord]:
        for passage in self.findings.passages:
            for one in (*passage.milestones, *headed_milestones(self.outline, passage)):
                if self.dates.tells_the_past(one.deadline, one.end):
                    continue
                deadline = self.dates.resolve(one.deadline, "stated")
                what = one.what or self._title(passage.item)
                unknown_year = self.document.issue_date is None and one.deadline.form == "date"  # 5月底前 of a document without a date
                if (deadline.deadline is not None or unknown_year) and what:
                    boxed = self.boxes.holds(one.start)
                    item, place = (self.boxes.item(passage.item), IN_BOX) if boxed else (passage.item, None)
                    yield self.make.milestone((one.start, one.end), what, item, deadline, one.strength, one.rule, place)
        for table in self.tables:
            for found in table.milestones:
                deadline = self.dates.resolve(found.deadline, found.source)
                if deadline.deadline is not None:
                    item = self._row_item(table, found.title, found.item, found.start)
                    place = TablePlace(table.table, found.row, found.col)
                    span = (found.start, found.end)
                    yield self.make.milestone(span, found.what, item, deadline, None, "table.milestone", place)

    def _title(self, item: int | None) -> str:
        return "" if item is None else self.outline.items[item].title.replace("\n", "")

    # --- responsibilities

    def _responsibilities(self) -> Iterator[ResponsibilityRecord]:
        for passage in self.findings.passages:
            if passage.agencies:
                for mention in passage.agencies:
                    yield self.make.responsibility(mention, self._closed_by(passage.item, mention.start))
            elif passage.item is not None:
                yield from self._owners(self.outline.items[passage.item])
        for table in self.tables:
            for found in table.responsibilities:
                item = self._row_item(table, found.title, found.item, found.mention.start)
                place = TablePlace(table.table, found.row, found.col)
                yield self.make.responsibility(found.mention, item, place)

    def _closed_by(self, index: int | None, position: int) -> int | None:
        """The section that agencies behind its last child close, where no other child names any: `（六）…。1.…。2.…。（责任单位：…）`."""
        items = self.outline.items
        parent = items[index].parent if index is not None else None
        if index is None or parent is None or items[parent].origin != "heading" or items[parent].role not in PROMISING:
            return index
        children = self.children.get(parent, [])
        if len(children) < 2 or children[-1] != index or any(child in self.owned for child in children[:-1]):
            return index
        folded = self.outline.clean.folded
        line = folded.rfind("\n", 0, position) + 1
        own_line = line > items[index].start and _CLOSES.match(folded, line) is not None
        return parent if line <= items[parent].start or own_line else index

    def _owners(self, item: Item) -> Iterator[ResponsibilityRecord]:
        if item.is_task and item.origin == "heading":
            for mention in owners_of(self.outline.clean.folded, item.title_start, item.end):
                yield self.make.responsibility(mention, item.index)

    # --- tables

    def _row_item(self, table: TableFindings, title: str, item: int | None, position: int) -> int | None:
        """The task that a table's finding belongs to: the body task, the row itself, or the section around it."""
        if item is not None:
            return item
        row = self.row_items.get((table.table, title))
        return row if row is not None else self._section_at(position)

    def _section_at(self, position: int) -> int | None:
        k = bisect_right(self.starts, position) - 1
        index = self.headings[k] if k >= 0 else None
        while index is not None:
            item = self.outline.items[index]
            if item.start <= position < item.end and item.role in PROMISING and item.origin == "heading":
                return index
            index = item.parent
        return None

    # --- problems

    def _problem(self, code: str, start: int, end: int, hint: str) -> None:
        begin, stop = self.outline.clean.source_span(start, max(end, start + 1))
        text = self.outline.clean.text[start : min(end, start + 200)]
        self.problems.append(Problem(code, "warning", "resolve", text, hint, begin, stop))

    def _all_problems(self) -> list[Problem]:
        clean = self.outline.clean
        for passage in self.findings.passages:
            for start, end in passage.unread:
                self._problem("unread_agencies", start, end, "a bracket that looks like agencies was not understood")
            for number in passage.numbers:
                if number.cls == "unclassified":
                    self._problem("unclassified_number", number.start - 12, number.end + 12, "no rule says what this number is")
            for mention in passage.deadlines:
                for code in deadline_problems(mention):
                    self._problem(code, mention.start, mention.end, "read literally; check the sentence")
        found = [*clean.source.problems, *clean.problems, *self.outline.problems, *document_problems(self.document), *self.problems]
        return [*found, *(problem for table in self.tables for problem in table.problems)]


def _period(document: DocumentRecord) -> tuple[date | None, date | None]:
    """First and last day of the plan's period."""
    first, last = document.period_start, document.period_end
    return date(first, 1, 1) if first is not None else None, date(last, 12, 31) if last is not None else None


def _one_row_per_date(
    governed: Sequence[tuple[QuantityMention, Governing]], issued: date | None
) -> Iterator[tuple[QuantityMention, Governing]]:
    """`到2022年和2030年分别达到10%、15%` pairs numbers with dates; one number under two dates stands for both."""
    listed: dict[tuple[int, str], list[int]] = {}
    for k, (mention, governing) in enumerate(governed):
        if governing.mention is not None and governing.mention.form == "dates":
            listed.setdefault((governing.mention.start, mention.indicator), []).append(k)
    members = {k: (n, len(group)) for group in listed.values() for n, k in enumerate(group)}
    for k, (mention, governing) in enumerate(governed):
        if k not in members or governing.mention is None:
            yield mention, governing
            continue
        dates = [replace(one, source="stated") for one in resolve_deadlines(governing.mention, issued)]
        position, count = members[k]
        chosen = [dates[position]] if count == len(dates) else dates if count == 1 else dates[-1:]
        for one in chosen:
            yield mention, Governing(one, governing.strength)
