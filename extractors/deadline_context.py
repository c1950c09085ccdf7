"""What stands around a date and says whether it promises: `自2017年起`, `比2020年下降`, `2018年版`, a signature's date.

Words come from `deadlines.yml`. Looks at a few characters on either side; never at other sentences.
"""

from __future__ import annotations

import re
from functools import cache

from policy_commitments.extractors.deadline_grammar import KEYS
from policy_commitments.extractors.lexicon import Lexicon, Word, words_of

_FAR = 60
_CLAUSE_START = frozenset("。；，、：！？\n\t （〔【《“”）·—")
_SOFT_LEADS = ("力争", "争取", "确保", "计划", "预计", "拟", "在", "于", "将", "努力", "保证", "要", "须", "应", "务必", "市", "县", "省", "区")
_PROMISES = re.compile(
    r"(?:全部|全面|基本|力争|争取|要|须|应|务必|确保|力求|初步|率先)?"
    r"(?:完成|实现|达到|达|建成|建立|形成|出台|制定|启动|开工|投入|投用|竣工|取得|覆盖|新增|新建|培育|培养|创建|打造|到位|落实|办结|消除|解决|编制|完善|前)"
)
_NAME_AFTER = re.compile(
    r"""
    版(?!权|块|面) | 本(?=[）》〕]) | 第[0-9一二三四五六七八九十百]+(?:号|次|期(?!工程)|批|届)          # 2018年版, （2019年本）, 2019年第3号
  | 远景目标(?:纲要|的?建议|规划)                                                       # 2035年远景目标纲要
  | (?:度)?(?:国务院|中央|省|市|县|区)?(?:政府)?工作(?:报告|要点) | 中央一号文件                   # 2024年政府工作报告
  | (?:[^，。；：、\n（）“”制编出完印实落启推建形发修达]{0,10}?)(?:三年)?
      (?:行动计划|行动方案|实施方案|专项规划|发展规划|工作规划|工作方案)(?![期目任中的])             # 2018—2020年行动计划
    """,
    re.VERBOSE,
)
_EVENT_AFTER = re.compile(
    r"""
    (?:在|由|经|以)?[^，。；：\n]{0,8}?(?:印发|发布|公布|颁布|修订|修正|下发|签署|签订|批准|通过)(?:的|实施|施行|，|。|）|；|$)   # 2019年印发的
  | (?:起)?(?:正式)?(?:施行|生效|废止|执行) | 起(?!步|点|草|重|诉|降|飞|航|家|居|伏|码|义|源)                    # 1日起施行
    """,
    re.VERBOSE,
)
_NOT_BARE = re.compile(r"(?:后(?=勤|备|续|期|台|扶|发|劲)|来(?![，,])|起(?=步|点|草|重|诉|降|飞|航|家|居|伏|码|义|源)|实际(?=控|利|使|行|到|投|完))")


@cache
def _lexicon(kind: str) -> Lexicon:
    return Lexicon(words_of("deadlines", KEYS, kind=kind))


def lead(text: str, at: int, floor: int) -> Word | None:
    """The printed lead directly before a date (`到`), or None."""
    return _before("lead", text, at, floor)


def opening(text: str, at: int, floor: int) -> Word | None:
    """A word before a date that makes it a start, a past state or a comparison (`自`, `截至`, `比`)."""
    return _before("open", text, at, floor)


def years_from(text: str, at: int, floor: int) -> Word | None:
    """`用`, `未来` before a number of years."""
    return _before("years_from", text, at, floor)


def conditioned(text: str, at: int, floor: int) -> bool:
    """`毕业` before 3年内: the years run from an event."""
    return _before("condition", text, at, floor) is not None


def rule_follows(text: str, at: int, ceiling: int) -> bool:
    """`不得` after 3年内: a rule, no promise."""
    return _lexicon("not_within").after(text, at, ceiling) is not None


def _before(kind: str, text: str, at: int, floor: int) -> Word | None:
    stop = at - 1 if at > floor and text[at - 1] == " " else at
    return _lexicon(kind).before(text, stop, floor)


def closing(text: str, at: int, ceiling: int) -> Word | None:
    """A word after a date that takes the promise away (`起`, `以来`, `基础上`)."""
    if _NOT_BARE.match(text, at, ceiling) is not None:
        return None
    return _lexicon("after_open").after(text, at, ceiling)


def is_name(text: str, start: int, end: int, floor: int, ceiling: int) -> bool:
    """The year belongs to a name: inside 《》, or before 版, 行动计划, 政府工作报告."""
    return in_title(text, start, floor) or _NAME_AFTER.match(text, end, min(ceiling, end + _FAR)) is not None


def in_title(text: str, at: int, floor: int) -> bool:
    """Between 《 and 》, at most sixty characters in."""
    low = max(floor, at - _FAR)
    return text.rfind("《", low, at) > text.rfind("》", low, at) or text.rfind("〈", low, at) > text.rfind("〉", low, at)


def is_event(text: str, end: int, ceiling: int) -> bool:
    """`2019年3月1日印发的`: the date of something done."""
    return _EVENT_AFTER.match(text, end, min(ceiling, end + 20)) is not None


def stands_alone(text: str, start: int, end: int) -> bool:
    """The only thing on its line, or in its bracket under a title: a signature's or a notice's date."""
    left, right = start - 1, end
    while left >= 0 and text[left] in " \t　（":
        left -= 1
    while right < len(text) and text[right] in " \t　）":
        right += 1
    return (left < 0 or text[left] == "\n") and (right >= len(text) or text[right] == "\n")


def promises(text: str, start: int, end: int, floor: int, ceiling: int) -> bool:
    """A weak date (`年底`, `第三季度`, `三年内`) opens a clause, follows 力争 or 在, or stands before 完成."""
    at = start - 1 if start > floor and text[start - 1] == " " else start
    if at <= floor or text[at - 1] in _CLAUSE_START:
        return True
    if text.endswith("可在", max(floor, at - 2), at):
        return False
    return text.startswith(_SOFT_LEADS, at - 1) or text.startswith(_SOFT_LEADS, max(floor, at - 2)) or (
        _PROMISES.match(text, end, ceiling) is not None
    )
