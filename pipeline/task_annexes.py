"""Annexes that are lists of tasks: `附件1` over `2024年重点任务清单` over `1.建设…`; the same tasks in the body are said once.

Their items are tasks, other annexes' are not. Tables in annexes are read elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from policy_commitments.schemas.clean import Clean
from policy_commitments.schemas.mentions import Span

_TITLE = re.compile(
    r"""
    (?: (?:任务|工作|责任|目标|举措|措施|事项|实事|项目) (?:推进|落实|完成|进度|目标)? (?:清单|台账|安排|计划)     # 重点任务清单
      | (?:任务|责任|工作|目标|实事|项目) .{0,4} (?:分解|分工)                                             # 目标任务分解
      | 实事 (?:项目)? | 重点 (?:工作|任务|举措) | 行动计划 ) (?:方案|表|一览表|明细表|汇总表)? $
    """,
    re.X,
)
_NO_TASKS = re.compile(r"权[力责]|职责|成员|名单|考核|考评|评分|测评|材料|资料|收费|审批|证明|服务事项|政务服务|处罚|许可|申报|负面")
_BRACKET = re.compile(r"（[^（）]{1,20}）$")
_FEWEST = 2
_SHORTEST = 8  # characters of an item on average: names of a list are shorter than tasks
_COMPARED = 40
_KNOWN_BY = 12  # characters by which a task in the body is the same


def lists_tasks(clean: Clean, title: Span, items: Sequence[tuple[Span, int]], start: int) -> bool:
    """Whether an annex from `start` holds tasks of its own; `items` are the titles of its leaves with their ends."""
    printed = _BRACKET.sub("", "".join(clean.folded[slice(*title)].split()))
    if len(items) < _FEWEST or _TITLE.search(printed) is None or _NO_TASKS.search(printed) is not None:
        return False
    if sum(end - begin for (begin, _), end in items) < _SHORTEST * len(items):
        return False
    compared = [clean.folded[begin : min(stop, begin + _KNOWN_BY)] for (begin, stop), _ in items[:_COMPARED]]
    body = clean.folded[:start]
    return sum(text in body for text in compared) * 2 < len(compared)
