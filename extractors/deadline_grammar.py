"""How dates and periods are printed, e.g. `2025年6月底前`, `“十四五”期间`, `三年内`: one pattern per shape, on folded text.

Patterns match at a position that `seed()` found; the words come from `deadlines.yml`. Nothing is converted here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from policy_commitments.extractors.deadline_words import alternation, entries

RUN = re.compile(r"[0-9]+(?:[.,][0-9]+)*")  # passed over whole: 12 of 120万

_HAN = "一二三四五六七八九"
_ZERO = "〇零Oo0"
_YEAR = rf"(?:(?:19|20)[0-9]{{2}}|二[{_ZERO}][{_ZERO}{_HAN}]{{2}}|一九[{_ZERO}{_HAN}]{{2}})"
_MONTH = rf"(?:1[0-2]|0?[1-9]|十[一二]?|[{_HAN}])"
_DAY = rf"(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[{_HAN}]?|[{_HAN}])"
_CLOCK = r"(?:\ ?[0-9]{1,2}(?:时|：[0-9]{2})(?:整)?)?"
_COUNT = rf"(?:[0-9]{{1,2}}|[{_HAN}两]?十[{_HAN}]?|[{_HAN}两]|半)"
_DASH = r"\ ?(?:——|—|-|~|至|到)\ ?"
_SEP = r"(?:、|和|与|及|以及)"

COORDINATION = re.compile(rf"\ ?{_SEP}\ ?")  # between the dates of 2022年和2030年
CELL = re.compile(  # all of a table's head or cell: 2025, 2021-2025, 2025.6.30, 2025-12前
    rf"""
    \s*(?: (?P<year_from>{_YEAR})\ ?[—~-]\ ?(?P<year>{_YEAR})
        | (?P<y>{_YEAR})(?:[./-](?P<month>1[0-2]|0?[1-9])(?:[./-](?P<day>3[01]|[12][0-9]|0?[1-9]))?(?P<edge>底)?(?P<before>前)?)? )\s*
    """,
    re.VERBOSE,
)
LONGEST_CELL = 24


@dataclass(frozen=True, slots=True)
class Patterns:
    """The compiled shapes; group names are the `parts` of a mention."""

    date: re.Pattern[str]
    yearless: re.Pattern[str]
    span: re.Pattern[str]
    span_in_year: re.Pattern[str]
    plan: re.Pattern[str]
    period: re.Pattern[str]
    within: re.Pattern[str]
    procedure: re.Pattern[str]
    every: re.Pattern[str]
    then: re.Pattern[str]


@cache
def seed() -> re.Pattern[str]:
    """Where a date may begin: at a digit, or at one of its characters with one behind it that goes on.

    今年 and 上半年 are seeds, 今后 and 上级 are none: most such characters begin another word.
    """
    counts, opens = f"〇{_HAN}两十半", "ⅠⅡⅢⅣ今明后去上本当次翌同下全首第前"
    words = [word for kind in ("relative", "half", "quarter") for word, _ in entries(kind)]
    return re.compile(
        rf"""
        [0-9{counts}{opens}年每按规“‘「"]
        (?: (?<=[0-9])
          | (?<=[{counts}])(?=[0-9{counts}零百Oo\ —~至到年月底日天周季个工自小星-])     # 三年, 十二月底前, 五个工作日内
          | (?<=[{opens}])(?=[{_seconds(words)}])                                     # 今年, 上半年, 第三季度
          | (?<=年)(?=[度{_seconds(["年" + word for word, _ in entries("edge")])}])      # 年底, 年度内
          | (?<=[每按])(?=[0-9{counts}隔个\ {_seconds(["每" + word for word, _ in entries("unit")])}])   # 每两年, 按季度
          | (?<=规)(?=划期)                                                           # 规划期末
          | (?<=[“‘「"])(?=[{_seconds(["“" + word for word, _ in entries("plan")])}])    # “十四五”
        )""",
        re.VERBOSE,
    )


def _seconds(words: Iterable[str]) -> str:
    """The second characters of words, for a class."""
    return "".join(sorted({re.escape(word[1]) for word in words}))


@cache
def patterns() -> Patterns:
    """Compiled at first use, when the vocabularies are known."""
    return Patterns(
        *(re.compile(text, re.VERBOSE) for text in (_date(), _yearless(), _span(), _span_in_year(), _plan(), _period())),
        *(re.compile(text, re.VERBOSE) for text in (_within(), _procedure(), _every(), _then())),
    )


def _edge() -> str:
    return rf"(?:(?<![日号])(?P<edge>{alternation('edge')}|(?:{alternation('edge_middle')})(?=[前，。；、完）])))"  # 底, 内, 初


def _before() -> str:
    return rf"(?:（含(?:当日)?）)?\ ?(?P<before>(?<=[底末内初日号时整）\ ])[之以]?前(?!后)|{alternation('before')})"  # 底前; 前, 以前 but not 前三季度


def _seen() -> str:
    """今年, 明年度, and the 年 of 年内, 年底."""
    return rf"(?P<this>{alternation('relative')}|年(?=度?(?:{alternation('edge')})))(?:度)?"


def _in_year(suffix: str = "") -> str:
    return rf"""
    (?: (?P<half{suffix}>{alternation("half")})                                         # 上半年
      | (?P<quarter{suffix}>{alternation("quarter")})                                   # 第三季度
      | (?P<season{suffix}>{alternation("season")})                                     # 秋季学期
      | (?P<month{suffix}>{_MONTH})\ ?(?:月(?![龄嫂均])(?:份)?|(?=底前))                                       # 8底前, 月 left out
          (?: \ ?(?P<day{suffix}>{_DAY})\ ?[日号](?!常|均){_CLOCK}                         # 6月30日
            | (?P<tenth{suffix}>{alternation("tenth")}) )?                              # 6月中旬
    )"""


def _date() -> str:
    return rf"""
    (?: (?P<year>{_YEAR}|2[0-9](?=\ ?年[底末]))\ ?(?: 年(?![代级])(?:度)? | (?P<school>学年)(?:度)? | (?={_SEP}\ ?{_YEAR}\ ?年) )   # 2025年, 2025年度
      | {_seen()} )                                                                             # 今年, 年
    (?:\ ?的?(?: {_in_year()} | (?P<festival>{alternation("festival")})(?={alternation("before")}) ))?   # 6月30日, 春节前
    (?:年(?=[底末初中]))?                                                                          # 2025年年底
    {_edge()}?(?:{_before()}|(?P<about>左右|前后(?!端)))?
    """


def _yearless() -> str:
    return rf"{_in_year()}{_edge()}?(?:{_before()})?"  # 6月底前, 一季度


def _span() -> str:
    return rf"""
    (?: (?P<year_from>{_YEAR})(?:\ ?年(?:度)?)? | {_seen()} )
    \ ?(?: {_in_year("_from")} | (?<=年)(?P<month_bare>{_MONTH})(?={_DASH}{_MONTH}\ ?月) )?        # 2023, 2024年10月, 5—9月
    起?{_DASH}
    (?: (?P<year>{_YEAR}|(?<=[0-9][—~-])[0-9]{{2}}(?=\ ?年))\ ?(?:年(?:度)?|(?P<school>学年))\ ?{_in_year()}?   # 2025年, 25年
      | {_in_year("_last")} | (?P<to_day>{_DAY})日 )                                            # 至6月, 至15日
    (?:年(?=[底末]))?(?P<edge>[底末]|期间|间(?!接|断|隔))?(?:{_before()})?
    """


def _span_in_year() -> str:
    return rf"""
    (?: {_in_year("_from")} | (?P<month_bare>{_MONTH})(?={_DASH}{_MONTH}\ ?月) )    # 3月1日, 3 (of 3—6月)
    {_DASH}
    (?: {_in_year("_last")} | (?P<to_day>{_DAY})日 )                                              # 6月, 15日
    (?P<edge>[底末]|期间|间(?!接|断|隔))?(?:{_before()})?
    """


def _plan() -> str:
    return rf"""
    [“"‘「]?(?P<plan>{alternation("plan")})[”"’」]?
    (?:(?:、|和|至|到|—|与|(?<=”)(?=“))[“"‘「]?(?P<plan_to>{alternation("plan")})[”"’」]?)?         # “十四五”“十五五”
    (?P<edge>以来|{alternation("plan_part")})                                     # 期间, 末
    (?:{_before()})?
    """


def _period() -> str:
    return r"(?P<edge>规划期[末内间])(?P<before>前)?"  # 规划期末, 规划期内


def _within() -> str:
    return rf"""
    (?P<count>{_COUNT})(?:{_DASH}(?P<count_to>{_COUNT}))?\ ?年(?!级|龄|制|期|版|代|一)          # 三年, 3—5年
    (?P<word>(?:左右)?(?:的?时间)?(?:左右)?)(?P<inside>(?:之|以)?内(?![地部容控需外蒙河涝生陆设贸镜科涵环]))?
    """


def _procedure() -> str:
    return rf"""
    (?:[0-9]{{1,4}}|[{_HAN}十百两〇零]{{1,5}})\ ?
    (?:个?(?:工作日|自然日|日历日|小时|星期|月)|日|天|周)(?:之|以)?内(?![地部容控需外蒙])           # 30日内, 5个工作日内
    """


def _every() -> str:
    return rf"""
    (?:每隔?(?:(?:{_COUNT}{_DASH})?(?P<count>{_COUNT}))?\ ?个?|按(?=年度|季|月|周))(?P<unit>{alternation("unit")})         # 每年, 每两年, 按季度
    (?: (?<=[年度])的?{_in_year()}(?:{_DASH}{_in_year("_last")})?
      | (?<=[季度])(?:[末首]月|首个月|第[一二三]个?月)(?:{_DAY}[日号])? | (?<=月){_DAY}[日号] )?     # 每年4月, 每月5日
    (?:(?<=年)年(?=[底末初]))?
    (?P<edge>[底末](?![端梢])|初(?![步中级始次]))?(?:{_before()})?
    """


def _then() -> str:
    return rf"""
    [，、；]?(?:并|且)?(?:以后|此后|之后|其后|今后|后续)                                            # ，以后每年
    (?:每(?P<count>{_COUNT})?个?(?P<unit>{alternation("unit")})|逐(?P<yearly>年))
    """
