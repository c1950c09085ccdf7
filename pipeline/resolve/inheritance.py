"""Which date governs a promise: its own sentence's, an earlier sentence's of its paragraph, or its section's.

Codebook section 5: `stated` before `item` before `section`; money never inherits, and the period in a plan's title
is no deadline. `二、2019年工作安排` dates the whole programme below it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from policy_commitments.extractors.clause_context import PAST
from policy_commitments.extractors.deadlines import extract_deadlines
from policy_commitments.extractors.segments import behind_last
from policy_commitments.pipeline.extract import Passage
from policy_commitments.pipeline.resolve.dated_headings import heading_date
from policy_commitments.pipeline.resolve.dates import lies_ahead, resolve_deadline
from policy_commitments.schemas.frozen import frozen
from policy_commitments.schemas.mentions import DeadlineMention
from policy_commitments.schemas.outline import Item, Outline
from policy_commitments.schemas.records import Deadline

NO_DEADLINE = Deadline()
Period = tuple[date | None, date | None]
_OF_THE_CASE = re.compile(r"当年|本年|次年|同年")  # `当年新增项目达到5个的，给予2万元奖补` dates no payment
_CLAUSE_END = re.compile(r"[；：]|，(?![^，；]{0,4}(?:不少于|不低于|至少))")
_SENTENCE_END = re.compile(r"[。！？\n]")
_PROGRAMME = re.compile(r"(?:工作|任务|安排|目标|打算|部署|重点|要求|预期|计划|建设|实事)[^。]{0,10}$")
_ANNOUNCES = re.compile(  # 2024年全县实施10项民生实事，具体安排如下。 2020年是收官之年，重点抓好以下工作：
    r"[^。；：\n《》]{0,90}(?:如下|以下[^。；：\n《》]{2,16}|(?:工作|任务|目标|实事|项目|工程|安排|重点|要求)(?:是|有|为)?[^。；：\n《》]{0,10})[：。]"
    r"|[^。；：\n《》]{0,20}将(?:围绕|重点|着力|继续|大力|聚焦|突出|抓好)[^。\n《》]{0,120}[：。]"  # 2026年，全市将围绕乡村振兴…
)
_DECIDES = re.compile(
    r"(20[0-9]{2}年(?:度)?(?![0-9]{1,2}月)|今年)[^。；：\n《》]{0,30}?(?:办好|实施|确定|推进|办理|抓好|继续为)[^。；：\n《》]{0,40}?(?:实事|实事项目|民生工程|民生项目)[^。；：\n《》]{0,12}[：。]"
    r"|(20[0-9]{2}年)[^。；：\n《》]{0,10}?(?:民生)?实事(?:项目)?(?:为|共|有|[0-9一二三四五六七八九十])[^。；：\n《》]{0,16}[：。]"  # 确定2026年县政府民生实事项目为10项：
)
_YEAR_LINE = re.compile(r"(?:^|\n)[^\n。；，]{0,12}(20[0-9]{2})年[^\n。；，]{2,30}(?=\n)")
_PLAN_PERIOD = re.compile(r"“?十[一二三四五六]五”?(?:期间|时期)")
_TO_COME = re.compile(r"力争|争取|确保|目标|预期|计划|规划|拟|将(?!军)|要(?!求)|应|须|到20[0-9]{2}|至20[0-9]{2}|之?前")
_BARE_YEAR = re.compile(r"20[0-9]{2}年(?:度)?")
_REACH = 400
_OPENING = re.compile(r"[^。：；\n]{0,60}")
_ENTRY = re.compile(  # `…达到300家。榨菜产业：建设…`: an entry of its own, dated by none before it
    r"[。；](?![^，。；：]{0,14}(?:目标|任务|指标|重点|其中|具体|包括|如下|措施|方面|要求|以下|内容|分别|即))[^，。；：、0-9\n]{2,14}："
)
_AIM = re.compile(r"力争|争取|努力|力求")
_EXPECTED = re.compile(r"预期(?:性)?(?:目标|指标)?")
_LEADS_IN = re.compile(r"[\s　]|力争|争取|确保|同时|要|在|于|到|至|并")
_RUN_IN = re.compile(r"[。；][^，。；：0-9]{2,16}。")  # 林下经济。 between a date and a number: a paragraph of its own may begin
_SHORTEST_SUBJECT = 3


@frozen
class Governing:
    """A deadline with the strength that its lead-in hands on."""

    deadline: Deadline
    strength: str | None = None
    mention: DeadlineMention | None = None
    doubt: str = ""


NOTHING = Governing(NO_DEADLINE)


class Dates:
    """The governing dates of one document; look-ups cost the logarithm of the number of dates."""

    def __init__(self, outline: Outline, passages: Sequence[Passage], issued: date | None, period: Period) -> None:
        self._text = outline.clean.folded
        self._items = outline.items
        self._issued, self._period = issued, period
        self._by_item: dict[int | None, tuple[DeadlineMention, ...]] = {
            passage.item: tuple(one for one in passage.deadlines if one.governs or lies_ahead(one, issued)) for passage in passages
        }
        self._windows = {
            passage.item: tuple(one for one in passage.deadlines if one.form == "condition" and "from_year" in one.parts)
            for passage in passages
        }  # `对2023年10月1日至2024年3月31日期间…的企业`: the window in which a payment is due
        self._starts = {item: [one.start for one in dates] for item, dates in self._by_item.items()}
        self._sections: dict[int, Governing] = {}
        self._programmes: dict[int, Governing] = {}
        self._preamble = self._read_preamble()

    def resolve(self, mention: DeadlineMention, source: str, item: int | None = None) -> Deadline:
        """The mention as a date with its `deadline_source`; 今年 of a document without a date is its heading's year."""
        issued = self._issued
        if issued is None and "this" in mention.parts and item is not None:
            issued = self._of_heading(item)  # 全年 under 二、2025年主要目标
        if issued is None and "this" in mention.parts and self._period[0] is not None and self._period[1] is not None:
            issued = self._period[0] if self._period[0].year == self._period[1].year else None  # 全年 of a plan for one year
        if issued is None and "this" in mention.parts:
            issued = self._of_line(mention.start)
        found = resolve_deadline(mention, issued, self._period)
        return Deadline(found.text, found.start, found.deadline, source, found.recurrence)

    def of(self, item: int | None, position: int, *, inherits: bool = True) -> Governing:
        """What governs a number (or clause) at `position` of `item`; `inherits` is False for money."""
        sentence = self._start_of_sentence(position)
        dates, starts = self._by_item.get(item, ()), self._starts.get(item, [])
        k = bisect_left(starts, position)
        own = [one for one in dates[max(k - 6, 0) : k] if one.start >= sentence and not self._of_its_clause(one, position)]
        own = [one for one in own if not self._aside(one, position) and not self._of_a_part(one, position)]
        if not inherits:
            own = [one for one in own if not _OF_THE_CASE.match(one.text)]
        if own:
            return Governing(self._stated(own, position, item), None, own[-1])
        if not inherits:
            window = [one for one in self._windows.get(item, ()) if sentence <= one.start < position]
            return Governing(self.resolve(replace(window[-1], form="span", governs=True), "stated")) if window else NOTHING
        paragraph = self._text.rfind("\n", 0, position) + 1
        for one in reversed(dates[max(k - 12, 0) : k]):
            if one.start < paragraph:
                break
            if not _recurs(one) and not self._lone(one) and not self._of_its_clause(one, position) and not self._of_a_part(one, position):
                if _ENTRY.search(self._text, one.end, position) is not None:
                    break
                over = _RUN_IN.search(self._text, one.end, position) is not None
                return Governing(self.resolve(one, "item"), doubt="doubt.dated_over_head" if over else "doubt.dated_by_item")
        found = self._inherited(item, position)
        return replace(found, doubt="doubt.dated_by_section") if found.deadline.source == "section" else found

    def tells_the_past(self, one: DeadlineMention | None, position: int) -> bool:
        """`2009年，完成投资621亿元` in a document of 2010: a bare year before its own, and no word of what is to come."""
        if one is None or self._issued is None or not self._is_over(one, self._issued):
            return False
        return _TO_COME.search(self._text, self._start_of_sentence(position), position) is None

    def _is_over(self, one: DeadlineMention, issued: date) -> bool:
        """A bare year or a plan's period (`“十三五”期间`) that ended before the document's own year."""
        if _BARE_YEAR.fullmatch(one.text) is not None:
            return int(one.text[:4]) < issued.year
        ended = self.resolve(one, "stated").deadline if _PLAN_PERIOD.fullmatch(one.text) is not None else None
        return ended is not None and ended.year < issued.year

    def of_item(self, item: int) -> Deadline:
        """The first date that an item states in its own text (`完成时限：每年12月底前` too), else its section's."""
        for one in self._by_item.get(item, ()):
            if not _recurs(one) or self._lone(one):
                return self.resolve(one, "stated")
        return self._inherited(item, None).deadline

    def _of_heading(self, item: int | None) -> date | None:
        """1 January of the year that the nearest heading names: `一、2023年工作安排`."""
        while item is not None:
            year = _BARE_YEAR.search(self._items[item].title)
            if year is not None:
                return date(int(year.group()[:4]), 1, 1)
            item = self._items[item].parent
        return None

    def _of_line(self, position: int) -> date | None:
        """1 January of the year in the last short line before: `2023年经济社会发展主要目标` that no number makes a heading."""
        lines = list(_YEAR_LINE.finditer(self._text, max(0, position - _REACH), position))
        return date(int(lines[-1].group(1)), 1, 1) if lines else None

    def _stated(self, own: Sequence[DeadlineMention], position: int, item: int | None = None) -> Deadline:
        """The last date before the number; a recurrence of its clause is kept too (`2025年前每年培训…`)."""
        dated = [one for one in own if not _recurs(one)]
        recurring = [one for one in own if _recurs(one) and _CLAUSE_END.search(self._text, one.end, position) is None]
        if not dated and not recurring:
            return NO_DEADLINE
        if not dated or (recurring and self._text.find("；", dated[-1].end, recurring[-1].start) >= 0):
            return replace(self.resolve(recurring[-1], "stated"), source=None)  # …2024年底前达到100%；每年培训500人次
        deadline = self.resolve(dated[-1], "stated", item)
        if recurring and deadline.recurrence is None and recurring[-1].start > dated[-1].start:
            deadline = replace(deadline, recurrence=self.resolve(recurring[-1], "stated").recurrence)
        return deadline

    def _start_of_sentence(self, position: int) -> int:
        line = self._text.rfind("\n", 0, position) + 1  # marks are sought in it alone: a document may have no ！ at all
        return behind_last(self._text, "。！？", line, position)

    def _of_its_clause(self, one: DeadlineMention, position: int) -> bool:
        """`新院区6月底前投入使用，每千人口床位达到7张`: a month behind its own subject dates that clause only."""
        if "年" in one.text or _CLAUSE_END.search(self._text, one.end, position) is None:
            return False
        line = self._text.rfind("\n", 0, one.start) + 1
        begin = behind_last(self._text, "，；：。！？", line, one.start)
        return len(_LEADS_IN.sub("", self._text[begin : one.start])) >= _SHORTEST_SUBJECT

    def _aside(self, one: DeadlineMention, position: int) -> bool:
        """`支出（扣除2025年一次性因素）增长3%`: a date in a bracket that closes before the number."""
        closed = self._text.find("）", one.end, position)
        opened = self._text.rfind("（", max(0, one.start - _REACH), one.start)
        return closed >= 0 and opened >= 0 and self._text.find("）", opened, one.start) < 0 and self._text.find("（", one.end, closed) < 0

    def _of_a_part(self, one: DeadlineMention, position: int) -> bool:
        """`三年招聘450名，其中2023年不少于160名；培养骨干20名`: the date of a part holds up to ； only."""
        return self._text.endswith(("其中", "其中：", "其中，"), 0, one.start) and self._text.find("；", one.end, position) >= 0

    def _lone(self, one: DeadlineMention) -> bool:
        """`完成时限：2019年6月底前` dates its task and no quantity."""
        return re.search(r"(?:时限|时间|期限|节点)(?:要求|安排)?：$", self._text[max(one.start - 8, 0) : one.start]) is not None

    def _inherited(self, item: int | None, position: int | None) -> Governing:
        """From the own text of the goal sections above, or the year of the programme above."""
        own = True
        while item is not None:
            found = self._section(item) if not own else self._own_section(item, position)
            if found.deadline.source is not None:
                return found
            item, own = self._items[item].parent, False
        return self._preamble

    def _read_preamble(self) -> Governing:
        """`2024年全县实施10项民生实事，具体安排如下。` before the first heading dates the programme."""
        first = next((item.start for item in self._items if item.origin != "preamble"), None)
        if first is None:
            return NOTHING
        stop = len(self._text[:first].rstrip())
        start = self._text.rfind("\n", max(0, stop - _REACH), stop) + 1
        start += len(self._text[start:stop]) - len(self._text[start:stop].lstrip())
        found = self._announced(start, stop)
        return found if found.deadline.source is not None else self._decided(max(0, stop - _REACH), stop)

    def _decided(self, start: int, stop: int) -> Governing:
        """`经县政府研究决定，2026年为全县残疾人办好十件实事。`: the year of a programme behind other words."""
        sentence = next(_DECIDES.finditer(self._text, start, stop), None)
        return NOTHING if sentence is None else self._year_of(sentence.start(sentence.lastindex or 1), sentence.end())

    def _announced(self, start: int, stop: int) -> Governing:
        """The year that opens text[start:stop] where the sentence says what is to be done in it."""
        sentence = _ANNOUNCES.match(self._text, start, stop)
        if sentence is None:
            return NOTHING
        return self._year_of(start, sentence.end())

    def _year_of(self, start: int, stop: int) -> Governing:
        """The bare year that opens text[start:stop], where it is not over and nothing tells of the past."""
        first = next(iter(extract_deadlines(self._text, start, stop)), None)
        if first is None or first.start > start + 1 or (_BARE_YEAR.fullmatch(first.text) is None and first.text != "今年"):
            return NOTHING
        found = self.resolve(replace(first, governs=True), "section")
        ahead = found.deadline is not None and (self._issued is None or found.deadline >= self._issued)
        return Governing(found) if ahead and PAST.search(self._text, start, stop) is None else NOTHING

    def _own_section(self, item: int, position: int | None) -> Governing:
        """An earlier paragraph of a goal section dates the later ones; a heading's year its whole item."""
        one = self._items[item]
        if one.role == "goal" and position is not None:
            before = [date for date in self._by_item.get(item, ()) if date.start < position and not _recurs(date)]
            before = [date for date in before if not self._past(date)]
            if before:
                return self._leading(before[-1])
        headed = heading_date(self._text, one, self._by_item.get(item, ()))
        return self._programme_of(one) if headed is None else Governing(self.resolve(headed, "section"))

    def _programme_of(self, item: Item) -> Governing:
        if item.index not in self._programmes:
            self._programmes[item.index] = self._programme(item)
        return self._programmes[item.index]

    def _section(self, index: int) -> Governing:
        if index not in self._sections:
            self._sections[index] = self._read_section(self._items[index])
        return self._sections[index]

    def _read_section(self, item: Item) -> Governing:
        if item.role == "goal":
            dates = [one for one in self._by_item.get(item.index, ()) if not _recurs(one) and not self._past(one)]
            if dates and (dates[-1].start >= item.title_end or _PROGRAMME.search(item.title) is None):
                return self._leading(dates[-1])
        return self._programme_of(item)

    def _past(self, one: DeadlineMention) -> bool:
        sentence = self._start_of_sentence(one.start)
        return PAST.search(self._text, sentence, one.end) is not None

    def _leading(self, one: DeadlineMention) -> Governing:
        end = _SENTENCE_END.search(self._text, one.end)
        stop = end.start() if end is not None else len(self._text)
        start = self._start_of_sentence(one.start)
        lead = self._text[start:stop] if self._text[start:stop].rstrip().endswith("：") else self._text[start : one.end + 2]
        strength = "aspirational" if _AIM.search(lead) else "expected" if _EXPECTED.search(lead) else None
        return Governing(self.resolve(one, "section"), strength)

    def _programme(self, item: Item) -> Governing:
        """`二、2019年工作安排`, or an opening `今年要…` of a section whose heading names no year."""
        if item.role not in ("goal", "task"):
            return NOTHING
        dates = [one for one in self._by_item.get(item.index, ()) if not _recurs(one) and not self._past(one)]
        titled = [one for one in dates if one.start < item.title_end]
        if titled and _PROGRAMME.search(item.title) is not None:
            expected = "expected" if _EXPECTED.search(item.title) is not None else None
            return Governing(self.resolve(titled[-1], "section"), expected)
        opening = _OPENING.match(self._text, item.body_start, max(item.end, item.body_start))
        stop = opening.end() if opening is not None else item.body_start
        first = next((one for one in dates if item.body_start <= one.start < stop), None)
        if first is not None and re.match(r"今年|明年|本年度?", first.text) is not None:
            return Governing(self.resolve(first, "section"))
        opens = item.body_start + len(self._text[item.body_start : stop]) - len(self._text[item.body_start : stop].lstrip())
        return self._announced(opens, max(item.end, opens)) if first is not None else NOTHING


def _recurs(one: DeadlineMention) -> bool:
    return one.form == "every"
