"""How dates and periods are printed, e.g. `2025年6月底前`, `“十四五”期间`, `三年内`: one pattern per shape, on folded text.

Patterns match at a position that `SEED` found; the words come from `deadlines.yml`. Nothing is converted here.
"""

from __future__ import annotations

import re

from policy_commitments.extractors.folding import fold
from policy_commitments.extractors.lexicon import words_of

KEYS = ("id", "kind", "value", "words", "examples")


def alternation(kind: str) -> str:
    """A kind's words for a pattern, longest first, so that 第一季度 is not read as 一季度."""
    words = {fold(word) for word, _ in words_of("deadlines", KEYS, kind=kind)}
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


SEED = re.compile(r"[0-9〇一二两三四五六七八九十半ⅠⅡⅢⅣ年今明后去上本当次翌同下每按首第前规“春夏秋冬暑]")
DIGITS = re.compile(r"[0-9]+(?:[.,][0-9]+)*")

_HAN = "一二三四五六七八九"
_ZERO = "〇零Oo0"
_YEAR = rf"(?:(?:19|20)[0-9]{{2}}|二[{_ZERO}][{_ZERO}{_HAN}]{{2}}|一九[{_ZERO}{_HAN}]{{2}})"
_MONTH = rf"(?:1[0-2]|0?[1-9]|十[一二]?|[{_HAN}])"
_DAY = rf"(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[{_HAN}]?|[{_HAN}])"
_COUNT = rf"(?:[0-9]{{1,2}}|十[{_HAN}]?|[{_HAN}两]十?|半)"
_DASH = r"\ ?(?:——|—|-|~|至|到)\ ?"
_BEFORE = r"""
    (?P<before>[之以]?前(?!                                       # 2025年前, 6月30日之前
        (?:两|[一二三四五六七八九十0-9]{1,2})(?:个|年|季|月|周|名|位|批|项|期)      # not 2025年前三季度
      | [半提沿端期列瞻景后述款往来去移置身途线台哨锋]))"""             # not 2025年前期工作
_EDGE = r"""
    (?P<edge>[底末终]                                                                    # 2025年底
      | 初(?![步中级始期次衷创审心选评具等显夏秋冬春见])                                     # 2025年初, not 2025年初步建成
      | 内(?![地部容控需外蒙河涝生陆设贸镜科在涵环江源审联循])                               # 2025年内
      | 中(?=[前底，。；、完）]|$))"""


def _in_year(suffix: str = "") -> str:
    return rf"""
    (?: (?P<half{suffix}>{alternation("half")})                                         # 上半年
      | (?P<quarter{suffix}>{alternation("quarter")})                                   # 第三季度
      | (?P<season{suffix}>{alternation("season")})                                     # 秋季学期
      | (?P<month{suffix}>{_MONTH})\ ?月(?:份)?
          (?: \ ?(?P<day{suffix}>{_DAY})\ ?[日号](?!常) | (?P<tenth{suffix}>{alternation("tenth")}) )?  # 6月30日, 6月中旬
    )"""


_SEEN = r"(?P<this>今年|明年|后年|去年|上一?年|本年|当年|次年|翌年|同年|下一年|年(?=[底末内中]|度内))"

DATE = re.compile(
    rf"""
    (?: (?P<year>{_YEAR})\ ?年(?![代级])(?:度)? | {_SEEN}(?:度)? )   # 2025年, 二〇二五年, 2025年度, 今年
    (?:\ ?的?{_in_year()})?                                        # 6月30日, 上半年
    (?:年(?=[底末初内中]))?                                          # 2025年年底
    {_EDGE}?{_BEFORE}?
    """,
    re.VERBOSE,
)
YEARLESS = re.compile(rf"{_in_year()}{_EDGE}?{_BEFORE}?", re.VERBOSE)  # 6月底前, 一季度
SPAN = re.compile(
    rf"""
    (?: (?P<from_year>{_YEAR}) (?:\ ?年(?:度)?)? {_in_year("_from")}?   # 2023, 2024年10月
      | {_in_year("_only")} | (?P<month_bare>{_MONTH}) )                # 3月1日, 3 (of 3—6月)
    {_DASH}
    (?: (?P<year>{_YEAR}|(?<=[0-9][—~-])[0-9]{{2}}(?=\ ?年))\ ?年(?:度)? {_in_year()}?   # —2025年, —25年, 至2025年3月
      | {_in_year("_last")} )                                          # 至6月
    (?:年(?=[底末]))?
    (?P<edge>[底末]|期间|间(?!接|断|隔))?{_BEFORE}?
    """,
    re.VERBOSE,
)
LIST = re.compile(
    rf"""
    {_YEAR}(?:\ ?年(?:度)?)?[底末]?
    (?:\ ?(?:、|和|与|及|以及)\ ?(?:到|至)?{_YEAR}\ ?年?(?:度)?[底末]?)+      # 2022年和2030年, 2024、2025年
    (?<![0-9])前?(?![一二三两0-9期])
    """,
    re.VERBOSE,
)
LIST_MEMBER = re.compile(rf"(?P<year>{_YEAR})(?:\ ?年(?:度)?)?(?P<edge>[底末])?(?P<before>前)?", re.VERBOSE)
PLAN = re.compile(
    rf"""
    [“"]?(?P<plan>{alternation("plan")})[”"]?
    (?:(?:、|和|至|到|—|与)[“"]?(?P<plan_to>{alternation("plan")})[”"]?)?
    (?P<edge>规划期[间末内]?末?|时期末|时期内?|期间内?|末期|期末|期内|末|初期|中期(?!评估)|后期|前期|以来|目标(?!任务书))
    (?P<before>[之以]?前)?
    """,
    re.VERBOSE,
)
PLAN_PERIOD = re.compile(r"规划期(?P<edge>末|内|间)(?P<before>前)?")  # 规划期末, 规划期内
WITHIN = re.compile(
    rf"""
    (?P<count>{_COUNT})(?:{_DASH}(?P<count_to>{_COUNT}))?\ ?个?(?P<unit>年|月)      # 三年, 3—5年
    (?P<word>(?:左右)?(?:的?时间)?(?:左右)?(?P<inside>[之以]?内(?![地部容控需外蒙河涝生陆设贸镜科在涵环]))?)
    """,
    re.VERBOSE,
)
PROCEDURE = re.compile(
    rf"""
    (?:[0-9]{{1,4}}|[{_HAN}十百两〇零]{{1,5}})\ ?
    (?:个?(?:工作日|自然日|日历日|小时|星期|月)|日|天|周)(?:之|以)?内(?![地部容控需外蒙])   # 30日内, 5个工作日内
    """,
    re.VERBOSE,
)
RECURRENCE = re.compile(
    rf"""
    (?:每|按(?=[月季周年](?:度)?(?![龄级代号])))隔?(?P<count>{_COUNT})?\ ?个?
    (?P<unit>学年|学期|年度|年(?!级|龄)|季度|季|月(?!龄)|星期|周|日|天|旬)             # 每年, 每两年, 每学期
    (?: (?<=[年度])(?:的)?{_in_year()} | (?<=月)(?P<day_of_month>{_DAY})[日号] )?      # 每年4月, 每月5日
    (?:(?<=年)年(?=[底末初]))?
    (?P<edge>[底末](?![端梢])|初(?![步中级始次]))?{_BEFORE}?
    """,
    re.VERBOSE,
)
THEN = re.compile(r"[，、；]?(?:并|且)?(?:以后|此后|之后|其后|今后|后续)(?:逐年|(?P<then>每(?:两|[0-9二三四五])?(?:年度|年|半年|学期|季度|季|个?月)))")
BARE_YEAR = re.compile(rf"\s*({_YEAR})\s*")
