"""Prose in the cells of task and duty tables, e.g. `建成甲级乡镇卫生院的比例不低于35%；建成1个社区医院。` beside 2027年.

Each sentence is read by the rules of prose; one without a quantity is a milestone of the row's date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from policy_commitments.extractors.deadlines import extract_deadlines
from policy_commitments.extractors.headings import SIGN
from policy_commitments.extractors.milestone_clauses import is_lone_verb
from policy_commitments.extractors.milestones import extract_milestones
from policy_commitments.extractors.quantities import extract_quantities
from policy_commitments.extractors.segments import sentences
from policy_commitments.pipeline.resolve.table_findings import TableFindings, TableMilestone, TableTarget
from policy_commitments.pipeline.resolve.table_values import read_target_cell
from policy_commitments.schemas.clean import Clean
from policy_commitments.schemas.mentions import DeadlineMention, QuantityMention, Span
from policy_commitments.schemas.table_mentions import CellPiece, TargetRow, TaskLine

LABEL = re.compile(r"\s*(?:[0-9]{1,2}[.、．](?![0-9])|（[0-9一二三四五六七八九十]{1,3}）|" + SIGN + r"|[一二三四五六七八九十]是|——)\s*")
_POINTS = "分"
_SHORTEST_WHAT = 4
_LONGEST_SUBJECT = 40
_POINTED = re.compile(r"不?得(?:[0-9.]+)?分|[扣计加减][0-9.]*分")  # 年内无案例不得分
_COUNTED = re.compile(r"[0-9](?:[万亿]|余)?(?:[家所处条座台套名户亩吨元项%]|公里|平方米|人次|个(?!工作日|月))(?!以上|以下|及)")  # a number that no rule read
_STEP_MARK = re.compile(r"^[\s：:，,、]*(?:之?前|以前|底|末)*[\s：:，,、]*")
_STAGE = re.compile(r"[底末前年月日季度，、\s]*([^，。；0-9]{2,14})")  # 2014年4季度|出台具体措施
_STARTED = re.compile(r"出台|启动|开始|部署|印发|制定|试点|动员")  # what is done by then, and not what is to be reached
_NAME = re.compile(r"[一-鿿（）与和及]+(?<![率量值额数设造理程作展升进])")
_BARE_MEASURE = re.compile(r"(?:总|年|主营业务|营业|销售)?(?:产值|产量|收入|增加值|规模|面积|投资额?|产能|数|数量|量)")
_LONGEST_NAME = 12
_VALUE_FIRST = re.compile(
    r"\s*((?:同比|年均)?(增长|下降|提高|降低|减少|增加|不少于|不低于|不超过|达到?|净增|新增|完成|建成|突破|超过|控制在|稳定在|保持在)?\s*约?[0-9][0-9.]*[万亿]?"
    r"(%|‰|个百分点|[一-鿿]{1,3}?)(?:及?以上|及?以下|以内|左右)?)(?=[，；。\s]|$)"
)
_REACHES = frozenset(("达到", "达", "突破", "稳定在", "保持在", "控制在"))
_VERB_FIRST = re.compile(r"^(?:新建改建|新改扩建|新改建|新建|建设|完成|实施|推进|开展|新增|改造提升)(?=[一-鿿]{2})(?!就业)")
RowDates = tuple[DeadlineMention | None, DeadlineMention | None]  # of the row, and of what it reaches by then


@dataclass(frozen=True, slots=True)
class Row:
    """The row in which a cell stands: its number, its task's title and the body task of that title."""

    row: int
    title: str
    item: int | None


@dataclass(frozen=True, slots=True)
class CellProse:
    """Reads the cells of one document."""

    clean: Clean

    def date(self, span: Span | None, figure: Span = (0, 0)) -> DeadlineMention | None:
        """The date that a head or cell states: the last one that is no mere recurrence and not the `figure` itself."""
        if span is None:
            return None
        dates = [one for one in extract_deadlines(self.clean.folded, *span) if one.governs]
        dates = [one for one in dates if one.end <= figure[0] or one.start >= figure[1]]
        return next((one for one in reversed(dates) if not one.text.startswith("每")), dates[0] if dates else None)

    def contents(self, line: TaskLine, title: CellPiece, row: Row, found: TableFindings) -> None:
        """Targets and milestones of one printed row; where the title is all it says, it is one promise."""
        date = None if line.deadline is None else self.date((line.deadline.start, line.deadline.end))
        reached = None if date is None or _STARTED.search(self._stage(line.deadline, date)) else date
        if line.deadline is None and line.programme is not None:
            reached = self.date((line.programme.start, line.programme.end))
        stages = {start: self._head_date(head, date) for start, head in line.stages}
        steps = [] if line.deadline is None else self._schedule(line.deadline, row)
        first = len(found.targets)
        for piece in line.contents:
            before = len(found.targets)
            dates = (stages[piece.start], stages[piece.start]) if piece.start in stages else (date, reached)
            if piece != title:
                found.targets.extend(self._of_title(piece, title, dates[1], row))
            for start, end in sentences(self.clean.folded, piece.start, piece.end, semicolons=True):
                self._sentence((start, end), piece, dates, row, found, alone=piece == title)
            counted = len(found.targets) > before or _COUNTED.search(self.clean.folded, piece.start, piece.end) is not None
            if piece == title and not counted and date is not None and line.deadline is not None and not steps:
                found.milestones.extend(self._titled(piece, line.deadline, date, row))
        found.milestones.extend(steps)
        named = next((piece for piece in (*line.contents, title) if self._is_name(piece)), None)
        if named is not None:
            found.targets[first:] = [self._of_named(one, named) for one in found.targets[first:]]

    def _of_title(self, piece: CellPiece, title: CellPiece, date: DeadlineMention | None, row: Row) -> Iterator[TableTarget]:
        """`增长6%以上` beside 地区生产总值, `3所，9月份投入使用` beside 新建幼儿园: a value first, of what the row is called."""
        name = _VERB_FIRST.sub("", LABEL.sub("", row.title, count=1), count=1)
        at = piece.start
        while (value := _VALUE_FIRST.match(self.clean.folded, at, piece.end)) is not None:
            part = replace(piece, start=value.start(1), end=value.end(1))
            level = value.group(2) in _REACHES or value.group(3) in ("%", "‰")
            one = TargetRow(row.row, name, (title,), "", part, None, None, "", None, "money" if value.group(3) == "元" else "level" if level else "count", False, "", ())
            for target in read_target_cell(self.clean.folded, one).targets:
                yield TableTarget(target.mention, date, None if date is None else "table", row.row, piece.col, row.title, row.item)
            at = value.end() + 1

    def _is_name(self, piece: CellPiece) -> bool:
        """生物医药 under 产业链: a short name and no prose."""
        said = self.clean.folded[piece.start : piece.end].strip()
        return 2 <= len(said) <= _LONGEST_NAME and _NAME.fullmatch(said) is not None

    def _of_named(self, target: TableTarget, named: CellPiece) -> TableTarget:
        """产值 in a row of 生物医药 is that of 生物医药."""
        if _BARE_MEASURE.fullmatch(target.mention.indicator) is None:
            return target
        words = "".join(self.clean.folded[named.start : named.end].split()) + target.mention.indicator
        spans = ((named.start, named.end), *target.mention.indicator_spans)
        return replace(target, mention=replace(target.mention, indicator=words, indicator_spans=spans))

    def _schedule(self, cell: CellPiece, row: Row) -> list[TableMilestone]:
        """`3月底前制定方案；9月底前完成自评` under 时间节点: two or more clauses that each say what is done by when."""
        folded = self.clean.folded
        steps = []
        for span in sentences(folded, cell.start, cell.end, semicolons=True):
            begin, stop = self._trimmed(self._unlabelled(span))
            date = next((one for one in extract_deadlines(folded, begin, stop) if one.form in ("date", "span")), None)
            what = "" if date is None else _STEP_MARK.sub("", folded[date.end : stop])
            if date is None or date.start != begin or len(what) < _SHORTEST_WHAT:
                return []
            steps.append(TableMilestone(what, begin, stop, replace(date, governs=True), "stated", row.row, cell.col, row.title, row.item))
        return [step for step in steps if _COUNTED.search(step.what) is None] if len(steps) > 1 else []

    def stated(self, piece: CellPiece, row: Row, found: TableFindings) -> bool:
        """Whether a cell of words states dates of its own (`2026年底前全面启动；2027年全部完成`), which become milestones."""
        before = len(found.milestones)
        for start, end in sentences(self.clean.folded, piece.start, piece.end, semicolons=True):
            if any(one.governs for one in extract_deadlines(self.clean.folded, start, end)):
                self._sentence((start, end), piece, (None, None), row, found, alone=False)
        return len(found.milestones) > before

    def _head_date(self, head: CellPiece, row: DeadlineMention | None) -> DeadlineMention | None:
        """7月 of `7月工作计划`, which in a sentence would govern nothing; in the year of the row's date."""
        dates = extract_deadlines(self.clean.folded, head.start, head.end)
        found = next((replace(one, governs=True) for one in dates if one.form in ("date", "span")), None)
        year = None if row is None else row.parts.get("year") or row.parts.get("context_year")
        if found is None or year is None or "year" in found.parts:
            return found
        return replace(found, parts={**found.parts, "context_year": year})

    def _sentence(
        self, span: Span, piece: CellPiece, dates: RowDates, row: Row, found: TableFindings, *, alone: bool
    ) -> None:
        """Quantities of one sentence of a cell; a sentence without any is a milestone of its date."""
        row_date, reached = dates
        folded, span = self.clean.folded, self._unlabelled(span)
        own = [one for one in extract_deadlines(folded, *span) if one.governs]
        mentions = [one for one in extract_quantities(folded, *span) if one.measure != _POINTS or not found.scored]
        for mention in mentions:
            before = [one for one in own if one.start < mention.number[0]]
            found.targets.append(self._target(mention, before, reached, piece, row))
        if mentions and own:
            found.milestones.extend(self._beside_figures(span, own, mentions, piece, row))
        deadline = own[0] if own else None if alone else row_date
        if not mentions and deadline is not None and _COUNTED.search(folded, *span) is None:
            milestone = self._milestone(span, own, deadline, row, piece, scored=found.scored)
            found.milestones.extend([milestone] if milestone is not None else [])

    def _target(
        self, mention: QuantityMention, before: list[DeadlineMention], date: DeadlineMention | None, piece: CellPiece, row: Row
    ) -> TableTarget:
        deadline = before[-1] if before else None if mention.form == "money" else date
        source = None if deadline is None else "stated" if before else "table"
        mention = replace(mention, rule=f"table:{mention.rule}")
        return TableTarget(mention, deadline, source, row.row, piece.col, row.title, row.item)

    def _milestone(
        self, span: Span, own: list[DeadlineMention], deadline: DeadlineMention, row: Row, piece: CellPiece, *, scored: bool
    ) -> TableMilestone | None:
        start, end = self._trimmed(span)
        what = self.clean.text[start:end]
        if own and start <= own[0].start and own[0].end <= end:
            what = (self.clean.text[start : own[0].start] + self.clean.text[own[0].end : end]).strip("，,、 前")
            what = LABEL.sub("", what, count=1)
        if scored and own and _POINTED.search(self.clean.folded, *span) is not None:
            return None
        if is_lone_verb(what):
            subject = self._subject(piece, start)
            start, what = (start, what) if subject is None else (subject[0], f"{self.clean.text[slice(*subject)]}：{what}")
        if len(what) < _SHORTEST_WHAT:
            return None
        return TableMilestone(what, start, end, deadline, "stated" if own else "table", row.row, piece.col, row.title, row.item)

    def _beside_figures(
        self, span: Span, own: list[DeadlineMention], mentions: list[QuantityMention], piece: CellPiece, row: Row
    ) -> Iterator[TableMilestone]:
        """`2025年底前通过省级评估，大班额控制在3%以内`: the dated clauses without figures, as prose is read."""
        for one in extract_milestones(self.clean.folded, *span, own, mentions):
            if len(one.what) >= _SHORTEST_WHAT and one.deadline.end < one.end:
                yield TableMilestone(one.what, one.start, one.end, one.deadline, "stated", row.row, piece.col, row.title, row.item)

    def _subject(self, piece: CellPiece, at: int) -> Span | None:
        """公路大修 of `1.公路大修：7月底前开工；11月底前建成。`, for what stands behind the ；."""
        folded = self.clean.folded
        first = max(folded.rfind("。", piece.start, at) + 1, piece.start)
        colon = folded.find("：", first, at)
        if colon < 0:
            return None
        begin = self._unlabelled((first, colon))[0]
        return (begin, colon) if 0 < colon - begin <= _LONGEST_SUBJECT else None

    def _titled(self, piece: CellPiece, cell: CellPiece, date: DeadlineMention, row: Row) -> list[TableMilestone]:
        """`建立统计制度 | 2014年4季度出台具体措施`: the task, and what the date cell says about it."""
        start, end = self._trimmed((piece.start, piece.end))
        stage = self._stage(cell, date)
        what = self.clean.text[start:end] + (f"，{stage}" if stage else "")
        if len(what) < _SHORTEST_WHAT:
            return []
        return [TableMilestone(what, start, end, date, "table", row.row, piece.col, row.title, row.item)]

    def _stage(self, cell: CellPiece | None, date: DeadlineMention) -> str:
        """出台具体措施 of `2014年4季度出台具体措施`, "" where the cell says no more than a date."""
        if cell is None or date.end < cell.start:
            return ""
        found = _STAGE.fullmatch(self.clean.folded, date.end, cell.end)
        return "" if found is None else found.group(1)

    def _unlabelled(self, span: Span) -> Span:
        label = LABEL.match(self.clean.folded, *span)
        return (label.end() if label is not None else span[0]), span[1]

    def _trimmed(self, span: Span) -> Span:
        """Without closing marks."""
        folded = self.clean.folded
        start, end = span
        while end > start and folded[end - 1] in "。；，、 \n":
            end -= 1
        return start, end
