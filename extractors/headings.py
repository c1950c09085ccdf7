"""Labels of headings, at a line's start or glued behind a sentence: `…作用。三、主要任务（一）加强普查。1.摸清底数。`

Yields every label that may open a heading, with where it stands; which of them do, and how they nest, is decided by
the outline from the sequence of numbers. References (`按照第（三）项`, `（一）至（三）`), figures (`3.39`) and lists of
ordinals (`一、二级学校`) are no labels. Nothing is converted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from policy_commitments.schemas.frozen import frozen

Kind = Literal[
    "part", "chapter", "section", "article", "cn", "cn_round", "decimal", "digit", "digit_round", "circled", "dash",
    "ordinal", "bare", "box", "annex", "styled", "named",
]
Place = Literal["line", "stop", "glued"]

_MEASURES = "万亿个元倍年月日天岁次人件公米里吨亩千百克平立度分版升厘毫小"
_WORDS_IN_YI = frozenset("统单唯不逐同万专划合归均进为每任")  # 统一、协调; 知行合一、工学结合
_CN = "一二三四五六七八九十百〇零两"
_NUMBERED_NAME = r"\d{1,4}[”’]?(?:人才|工程|战略|计划|行动|工作|专项|项目|产业|政策|体系|模式|热线|平台|机制|攻坚)"  # 11.121人才工程
SIGNS = "①-⒛㈠-㈩❶-❿"
"""Ranges of the signs that are numbers: ①, ⑴, ⒈, ㈠, ❶."""
SIGN = f"[{SIGNS}]"
_LABELS = rf"""
    第\x20?(?P<part>[{_CN}\d]{{1,5}})\x20?(?:编|篇|部分)                                  # 第一编, 第一部分
  | 第\x20?(?P<chapter>[{_CN}\d]{{1,5}})\x20?章                                          # 第三章
  | 第\x20?(?P<section>[{_CN}\d]{{1,5}})\x20?节                                          # 第二节
  | 第\x20?(?P<article>[{_CN}\d]{{1,5}})\x20?条(?!例|款|第|规定|的)                        # 第十条, not 第三条规定
  | （\x20?(?P<cn_round>[{_CN}]{{1,4}})\x20?）、?                                        # （一）, (四）
  | (?P<cn_round_sign>[㈠-㈩])                                                       # ㈠
  | (?P<ordinal>[一二三四五六七八九十]{{1,2}})(?:是|要)(?!否|么|求)                     # 一是, 二要
  | (?P<cn>[{_CN}]{{1,4}})\x20?(?:、|\.)                                              # 二、
  | (?P<decimal>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})(?=\x20?[^\W\d_a-z{_MEASURES}]|\x20?[“《])        # 2.3.5
  | (?P<digit>\d{{1,3}})\x20?[.、](?!\d(?!\d{{3}}年|\d(?:\.|、|\d?[所个项家类条])|{_NUMBERED_NAME}))          # 1. 1． 1、 1.2025年
  | (?:（\x20?)?(?P<digit_round>\d{{1,2}})\x20?）、?                                         # （1）, 1）
  | (?P<digit_sign>[⒈-⒛]) | (?P<digit_round_sign>[⑴-⒇])                             # ⒈ ⑴
  | (?P<circled>[①-⑳❶-❿])                                                          # ① ❶
  | (?P<dash>——+|—(?=[^\s—\d]))                                                    # ——
  | 专\x20?栏\x20?(?P<box>[{_CN}\d]{{1,3}})                                             # 专栏3
  | 附\x20?[件表录]\x20?(?P<annex>[{_CN}\d]{{0,3}})                                      # 附件2
"""
_LABEL = re.compile(rf"(?=[第（\d{_CN}{SIGNS}—专附])(?:{_LABELS})", re.X)  # one look at a character says whether any label begins with it
_BARE = re.compile(r"(?P<bare>\d{1,2})(?=[^\W\da-zA-Z_年月日个所家万亿元级类号大项条种名人])")  # 2 第三代…
LINE_LABEL = re.compile(
    rf"""
      第\s?[{_CN}\d]{{1,5}}\s?(?:编|篇|部分|章|节|条)(?!例|款|第|规定|的)
    | [（(]\s?(?:[{_CN}]{{1,4}}|\d{{1,2}})\s?[）)]
    | [{_CN}]{{1,4}}\s?[、．.](?![{_CN}][、级类线])
    | [一二三四五六七八九十]{{1,2}}(?:是|要)(?!否|么|求)
    | \d{{1,3}}\s?[.．、](?!\d(?!\d{{3}}年|{_NUMBERED_NAME}))
    | \d{{1,2}}(?:[.．]\d{{1,2}}){{1,3}}(?=\s?[^\W\d_a-z{_MEASURES}]|\s?[“《])
    | {SIGN} | —— | 专\s?栏\s?[{_CN}\d] | 附\s?[件表录]\s?[{_CN}\d]{{0,3}}\s*(?:[:：]|$)
    """,
    re.X,
)
"""What a printed line begins with when it is a heading; for raw text as for folded."""

_STOPS = frozenset("。！？；：\n")
_CLOSERS = frozenset("）)〕】”’》」")
_NO_LEFT: dict[str, frozenset[str]] = {
    "cn": frozenset("第之其和与及或、一二三四五六七八九十百千万0123456789“（之逢周期"),
    "cn_round": frozenset("第和与及或、至到按照的见—-~“"),
    "digit": frozenset("0123456789.第、-—~～/／×xX+年月之图表和与至到（"),
    "digit_round": frozenset("第和与及或、至到按照的见—-~“"),
    "circled": frozenset("和与及或、至到见图表"),
    "ordinal": frozenset("第之其和与及或、一二三四五六七八九十百千万0123456789“（逢周统唯"),
    "decimal": frozenset("0123456789.第、-—~～/／×xX+年月之图表和与至到（"),
}
_REFERENCE_LEFT = re.compile(r"(?:按照|依照|根据|符合|违反|属于|前|上述|该|见|详见|参见|以及|上列|本部分|第[^，。；]{1,5}[条款项部分])$")
_LAW_LEFT = re.compile(r"(?:本|办法|细则|规定|条例|法|》)$")  # 依照本办法第三条
_FIRST_ARTICLE = re.compile(r"第\s?[一1]\s?条\s?(?:为|根据|依据|按照|本)")  # …管理办法第一条为规范…
_BROKEN_LEFT = re.compile(r"(?:按照|依照|根据|符合|违反|属于|本部分|第[^，。；]{1,5}[条款])$")
_NAMED_BEFORE = re.compile(r"[条章节款]?[和及、至到“（《]$|[条章节款][与～~—-]$")  # 第三章和第四章
_NAME_BEFORE_DASH = re.compile(r"(?:原则|目标|要求)$")  # 二、基本原则——坚持…
_NO_RIGHT = re.compile(r"\s*(?:[至到和与、]\s*[（第]|[款项目类]\s*(?:规定|所列|情形|的|内容|之))")
_GLUED = frozenset({"part", "chapter", "section", "article", "cn", "cn_round", "digit", "box"})
_LINE_ONLY = frozenset({"annex", "decimal", "bare"})


@frozen
class HeadingLabel:
    """A label at text[start:end]: its kind, printed number, and whether it opens a line, follows a stop or is glued."""

    kind: Kind
    number: str
    start: int
    end: int
    place: Place


def extract_headings(text: str, start: int = 0, end: int | None = None) -> Iterator[HeadingLabel]:
    """Labels in folded text[start:end], in text order; a line start is `start` or what follows a line end."""
    stop = len(text) if end is None else end
    for match in _LABEL.finditer(text, start, stop):
        group = str(match.lastgroup)
        kind: Kind = group.removesuffix("_sign")  # type: ignore[assignment]
        at = match.start()
        place = _place(text, at, start)
        if _is_line_label(text, match) if place == "line" else _is_inline_label(text, match, kind, place):
            yield HeadingLabel(kind, match[group], at, match.end(), place)


def extract_bare_numbers(text: str, start: int, end: int) -> Iterator[HeadingLabel]:
    """A number without a mark at a line's start, e.g. `2 第三代…`, where its neighbours are `1.` and `3.`"""
    match = _BARE.match(text, start, end)
    if match is not None:
        yield HeadingLabel("bare", match["bare"], match.start(), match.end(), "line")


def _place(text: str, at: int, start: int) -> Place:
    if at == start or text[at - 1] == "\n":
        return "line"
    before = text[at - 1]
    if before == " " and at - 1 > start:
        before = text[at - 2]
    return "stop" if before in _STOPS or before in _CLOSERS else "glued"


def _is_inline_label(text: str, match: re.Match[str], kind: str, place: Place) -> bool:
    if kind in _LINE_ONLY or (place == "glued" and kind not in _GLUED and kind != "dash"):
        return False
    at = match.start()
    if kind == "dash":
        return match.end() - at > 1 and (place == "stop" or _NAME_BEFORE_DASH.search(text, max(at - 6, 0), at) is not None)
    if kind == "cn" and match["cn"] == "一" and text[at - 1] in _WORDS_IN_YI:
        return False
    if text[at - 1] in _NO_LEFT.get(kind, ()) or _is_ordinal_list(text, match):
        return False
    if _NO_RIGHT.match(text, match.end()) or _NAMED_BEFORE.search(text, max(at - 3, 0), at):
        return False
    if kind == "article" and _LAW_LEFT.search(text, max(at - 3, 0), at) and not _FIRST_ARTICLE.match(text, at, match.end() + 4):
        return False
    return kind in ("chapter", "section") or _REFERENCE_LEFT.search(text[max(at - 4, 0) : at]) is None


def _is_line_label(text: str, match: re.Match[str]) -> bool:
    """All but lists of ordinals and references broken over lines: `…超出本部分` / `（一）` / `款规定的`."""
    if match.lastgroup in ("cn_round", "digit_round"):
        before = text[max(match.start() - 8, 0) : max(match.start() - 1, 0)]
        return _BROKEN_LEFT.search(before) is None
    return not _is_ordinal_list(text, match)


def _is_ordinal_list(text: str, match: re.Match[str]) -> bool:
    """`一、二级学校`, `1、2号楼`: the mark separates ordinals."""
    kind = match.lastgroup
    if kind == "cn":
        after = text[match.end() : match.end() + 2]
        return len(after) == 2 and after[0] in _CN and (after[1] in "、级类线季产等期批" or after[1] in _CN)
    if kind == "digit" and text[match.end() - 1] == "、":
        return text[match.end() : match.end() + 1].isdigit()
    return False
