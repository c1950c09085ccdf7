"""Goals stated before a plan's first heading: `2025年全县主要预期目标是：…`, `总的要求是，…力争经过5年努力…`.

The item opens with the first such sentence; what stands before it (title, letter, background) stays front. A purpose
(`为实现到2025年…的目标，制定本方案`) and a look back promise nothing and open none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from policy_commitments.extractors.clause_context import PAST
from policy_commitments.schemas.clean import Clean

Opening = tuple[int, tuple[int, int]]

_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_NAMED = re.compile(
    r"""
    (?P<name> [^，；：。“”]{0,30} (?: 目标 (?:任务|指标)? | 总(?:的|体)?(?:要求|思路|考虑|安排) ) )
    (?: 建议 | 初步 | 拟 | 确定 | 安排 | 设定 | 定 ){0,2} (?: 是 | 为(?!了) | ： )      # 主要预期目标建议为：, 总的要求是，
    """,
    re.X,
)
_PROMISES = re.compile(r"力争|争取|努力实现|确保实现|到20\d\d年|到“十.五”|(?:通过|经过|用)[一二三四五六七八九十两\d]{1,2}年(?:的?时间|的?努力|左右)")
_GOAL = re.compile(
    r"""
      目标 (?:任务|指标)? (?:建议|初步|拟|确定|安排|设定|定){0,2} (?:是|为(?!了)|：)           # 预期目标是：
    | 总(?:的|体)? (?:要求|思路|考虑|安排) (?:是|为(?!了)|：) .* (?:增长|达到|新增|控制在)[^，。；]{0,6}\d   # 总体要求是：…增长6%
    """,
    re.X | re.S,
)
_FIGURE = re.compile(r"\d|翻一?番|全覆盖|建成|形成|基本")
_LETTER = re.compile(r"现将|印发给|转发给|下发给|请结合|请认真|贯彻执行")
_PURPOSE = re.compile(r"(?:为|为了|根据|按照|依据|围绕|结合)(?!期).*(?:制定|制订|提出|通知|决定|印发|编制|如下)", re.S)
_QUOTED = re.compile(r"《[^《》]*》")
_AHEAD = re.compile(r"(?:20\d\d年|今年).*?(?:推进|实施|新建|完成|建设|新增|安排|开展)[^。]*\d|(?:其中|共)[^。]*\d")
_SHORTEST = 12
_SHORTEST_TITLE = 12
_MARK = re.compile(r"[，；：。]")


def goal_opening(clean: Clean, start: int, end: int) -> Opening | None:
    """(start, title span) of the first goal sentence in clean[start:end]; tables hold none."""
    for first, last in _outside_tables(clean, start, end):
        before: list[tuple[int, int]] = []  # sentences of the paragraph that hold figures and could belong to the goal
        for sentence in _SENTENCE.finditer(clean.folded, first, last):
            if clean.folded[sentence.start() - 1 : sentence.start()] == "\n":
                before = []
            if _states_goal(sentence[0].strip()):
                start, end = (before or [sentence.span()])[0]
                at = start + len(clean.folded[start:end]) - len(clean.folded[start:end].lstrip(" 　—-"))
                return at, _title(clean.folded, at, end)
            before = [*before, sentence.span()] if _could_belong(sentence[0]) else []
    return None


def _could_belong(sentence: str) -> bool:
    """`2025年推进100个产业项目、100个民生项目。` right before `力争当年竣工70个。`"""
    dated = _AHEAD.search(sentence) is not None
    return dated and _LETTER.search(sentence) is None and PAST.search(sentence) is None and _PURPOSE.match(sentence.strip()) is None


def _states_goal(sentence: str) -> bool:
    bare = _QUOTED.sub("", sentence)
    if len(bare) < _SHORTEST or _LETTER.search(bare) is not None or _FIGURE.search(bare) is None:
        return False
    goal = _GOAL.search(bare)
    if goal is None and _PURPOSE.match(bare) is None:
        goal = _PROMISES.search(bare)
    return goal is not None and PAST.search(bare, 0, goal.end()) is None


def _title(folded: str, start: int, end: int) -> tuple[int, int]:
    """The goal's name (`2025年全县主要预期目标`), else the first clause that says something."""
    named = _NAMED.search(folded, start, end)
    if named is not None:
        return named.span("name")
    mark = _MARK.search(folded, min(start + _SHORTEST_TITLE, end), end)
    return start, mark.start() if mark is not None else end


def _outside_tables(clean: Clean, start: int, end: int) -> Iterator[tuple[int, int]]:
    for table in clean.tables[bisect_left(clean.tables, start, key=lambda one: one.end) :]:
        if table.start >= end:
            break
        if start < table.start:
            yield start, table.start
        start = max(start, table.end)
    if start < end:
        yield start, end
