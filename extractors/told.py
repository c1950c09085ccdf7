"""Documents that tell what was done: a bulletin of results, a report of progress; only sentences about what comes next promise.

`一季度，全县完成地区生产总值52.3亿元，同比增长5.8%` is a goal in a plan and a result in a 通报: the title decides.
"""

from __future__ import annotations

import re

from policy_commitments.extractors.segments import behind_last

_TELLS = re.compile(
    r"(?:运行|完成|进展|落实|执行|推进|开展|整改|办理)情况的?(?:通报|报告|汇报|分析|公示|公告|小结)(?:（[^）]*）)?$|工作(?:情况)?(?:总结|汇报)(?:（[^）]*）)?$|工作(?:情况)?(?:总结|汇报|回顾)(?:和|及|与|暨|以及)[^，。]{2,30}$|统计公报$"
)
_AHEAD = re.compile(
    r"力争|争取|确保|预期|预计|拟|将(?!军|近)|(?<![主重需必首])要(?![求素点])|下一步|下步|今后|下半年|明年|打算|务必|到20[0-9]{2}年|(?:年|月)底前|之前|以前完成"
)
_LONGEST_SENTENCE = 400
LOOKS_AHEAD = re.compile(r"下一步|下步|打算|计划|安排|建议|目标|要求|部署|重点|任务|措施|今后|明年")
"""What a heading says over what comes next."""


def tells_of_work(title: str) -> bool:
    """Whether a title says that the document reports: `2023年全县经济运行情况通报`."""
    return _TELLS.search("".join(title.split())) is not None


def speaks_of_the_future(folded: str, position: int) -> bool:
    """Whether the sentence around `position` says what is to come; of a longer one, what stands near."""
    start = behind_last(folded, "。！？\n", max(position - _LONGEST_SENTENCE, 0), position)
    stop = min(position + _LONGEST_SENTENCE, len(folded))
    stop = min((at for at in (folded.find(mark, position, stop) for mark in "。\n") if at >= 0), default=stop)
    return _AHEAD.search(folded, start, stop) is not None
