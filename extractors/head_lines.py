"""Lines of a document's head, each with what it is: number, title, salutation, signature, prose …

A page that arrives on one line (`…的通知某府发〔2021〕22号各区县人民政府：现将…某市人民政府2021年8月24日某市规划为…`) is cut
where a number, a salutation or a signature stands. Kinds are by form alone; nothing is converted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from policy_commitments.extractors.calendar_dates import DATE
from policy_commitments.extractors.document_numbers import find_numbers
from policy_commitments.extractors.genres import genre_word
from policy_commitments.schemas.clean import Clean
from policy_commitments.schemas.outline import Outline

LineKind = Literal[
    "number", "letterhead", "decree", "date", "field", "annex", "salutation", "agency", "signed", "draft", "bracket",
    "disclosure", "adoption", "speaker", "title", "prose",
]  # fmt: skip
AGENCY = r"(?:[^，,。；：！？、《》\d\s]|[ ](?!\s)){1,38}(?:政府|办公室|办公厅|委员会|党委|[县市区省州旗镇乡]委|国务院|领导小组|指挥部|工作专班|中心|公司|[局厅部委院会处办社署行司站团所队])"
_SEAL = r"(?:\s?（[^（）\n]{1,16}）){0,2}"
DRAFT = re.compile(r"征求意见(?:稿|第?[一二三1-3]?稿)|公开征求意见|草案(?!经|已|的|编制|审)|送审稿|讨论稿|审议稿|征询意见稿|初稿")
_AGENCY_LINE = re.compile(rf"{AGENCY}{_SEAL}$")
_SIGNED_LINE = re.compile(rf"(?:{AGENCY}{_SEAL}\s{{2,}}){{0,3}}{AGENCY}{_SEAL}\s*{DATE}$", re.X)
_SIGNED_INLINE = re.compile(rf"(?:^|(?<=[。！；）”\d]))(?P<list>附[件表]?：[^。\n]{{0,300}}?)?(?P<agency>(?:{AGENCY}{_SEAL}\s{{2,}}){{0,3}}{AGENCY}{_SEAL}\s*{DATE})(?![^\n]{{0,1}}[起前至—在]|\s{{0,3}}印\s?发)", re.X)
_DATE_INLINE = re.compile(rf"(?:^|(?<=[。！]))\s*{DATE}\s*(?=附件|附：|（此件|（主动|$)", re.X)
_DATE_LINE = re.compile(rf"（?\s?{DATE}\s?）?$", re.X)
_SALUTATION = re.compile(r"(?:各|市|县|区|省|国务院|中央|有关|机关|驻|局|公司)[^。；《》]{0,240}：$|[^。；《》：]{2,200}(?:委员会|人民政府|局|厅|部|院)：$|国务院：$|各位代表：$")
_SALUTATION_INLINE = re.compile(r"各[^。；：《》\n]{2,240}：(?=.)")
_DISCLOSURE = re.compile(r"（?\s?此件[^（）。\n]{2,12}\s?）?|（?(?:主动|依申请|不予)公开）?$|(?:公开(?:属性|方式|类型|类别)|信息公开选项)\s?：.{2,12}")
_DISCLOSURE_INLINE = re.compile(r"（\s?此件[^（）。\n]{2,12}\s?）")
_FIELD = re.compile(r"[-－【\s]*[^：。，、《》\s]{2,10}】?：\s?[^。；]{1,200}$|【[^】\n]{2,12}】.{0,80}$")
_NAVIGATION = re.compile(r"(?:返回(?:顶部|首页)?|首页|打印|关闭|收藏|分享|下载|搜索|登录|注册|无障碍.{0,6}|繁體|简体|字体.{0,8}|当前位置.*|您.{0,3}的?位置.*|[^。；]*>[^。；]*>?[^。；]*)$")
_ANNEX = re.compile(r"附：.*$|附\s?[件表录]\s?[一二三四五六七八九十\d]{0,3}\s?(?:：.*)?$")
_BRACKET = re.compile(r"(?:[（〔][^（）〔〕\n]{1,30}[）〕]\s?){1,2}$")
_DECREE = re.compile(r"[^，,。；：]{2,30}(?:令|公告|公\s?报)$|（?第\s?\d{1,4}\s?号）?$|[^，,。；：]{2,30}令\s?（?第\s?[\d一二三四五六七八九十百]{1,6}\s?号）?$")
_ADOPTION = re.compile(rf"[—–\-（\s]*(?:{DATE}|(?:19|20)\d\d年).{{0,60}}(?:会议|大会|通过|批准|届).{{0,20}}$", re.X)
_SPEAKER = re.compile(r"[^，,。；：\d]{0,24}(?:省|市|县|区|州|旗|盟)长\s?[^\s，。；：]{0,4}(?:\s[^\s，。；：]{1,3})?$")
_PROSE = re.compile(r"[。；！？]")
_LONGEST_TITLE = 120
_LONG = 100  # from here a line may hold several parts of a head
_NEAR = 700  # characters of a line in which a head's parts are glued together
_WITHOUT_HEADINGS = 3000
_FARTHEST = 8000


@dataclass(frozen=True, slots=True)
class HeadLine:
    """One line, or one cut of a line, at clean[start:end] without blanks at its ends; `text` is its folded form."""

    kind: LineKind
    start: int
    end: int
    text: str


def head_lines(outline: Outline) -> list[HeadLine]:
    """Lines before the first heading (of the whole document where it has none)."""
    return list(lines_between(outline.clean, 0, min(head_end(outline), _FARTHEST)))


def head_end(outline: Outline) -> int:
    """Where the first heading begins; an annex's label and a plan's title are still head."""
    first = next((item.start for item in outline.items if item.origin == "heading" and item.role not in ("annex", "front")), None)
    if first is None:
        return min(len(outline.clean.text), _WITHOUT_HEADINGS)
    return max(outline.front[1], first)


def lines_between(clean: Clean, start: int, end: int) -> Iterator[HeadLine]:
    """Lines and cuts of lines in clean[start:end]; tables are no lines."""
    for paragraph in clean.paragraphs:
        if paragraph.start >= end:
            return
        if paragraph.end > start:
            for a, b in _cut(clean.folded, max(paragraph.start, start), min(paragraph.end, end)):
                line = _line(clean.folded, a, b)
                if line is not None:
                    yield line


def _line(folded: str, start: int, end: int) -> HeadLine | None:
    while start < end and folded[start].isspace():
        start += 1
    while end > start and folded[end - 1].isspace():
        end -= 1
    if start == end:
        return None
    text = folded[start:end]
    return HeadLine(_kind(text), start, end, text)


def _kind(text: str) -> LineKind:
    if len(text) > 250:
        return "prose"
    if _DATE_LINE.match(text):
        return "date"
    if len(text) <= 80 and "《" not in text and any(not one.cited for one in find_numbers(text, 0, len(text))):
        return "number"
    for kind, pattern in _KINDS:
        if pattern.match(text):
            return kind
    if _PROSE.search(text) or text.endswith("：") or not 2 <= len(text) <= _LONGEST_TITLE:
        return "prose"
    return "title"


_KINDS: tuple[tuple[LineKind, re.Pattern[str]], ...] = (
    ("field", _NAVIGATION),
    ("letterhead", re.compile(r"[^，,。；：《》]{2,40}文\s?件$")),
    ("disclosure", re.compile(rf"(?:{_DISCLOSURE.pattern})$")),
    ("draft", re.compile(rf"（?\s?(?:{DRAFT.pattern})\s?）?$")),
    ("annex", _ANNEX),
    ("decree", _DECREE),
    ("adoption", _ADOPTION),
    ("salutation", _SALUTATION),
    ("signed", _SIGNED_LINE),
    ("field", _FIELD),
    ("bracket", _BRACKET),
    ("speaker", _SPEAKER),
    ("agency", _AGENCY_LINE),
)


def _cut(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    cuts = sorted({start, end, *_places_to_cut(folded, start, end)})
    yield from pairwise(cuts)


def _places_to_cut(folded: str, start: int, end: int) -> Iterator[int]:
    text = folded[start:end]
    if "日" in text:
        for match in _SIGNED_INLINE.finditer(text):
            yield from (start + match.start(), start + match.start("agency"), start + match.end())
        for match in _DATE_INLINE.finditer(text):
            yield from (start + match.start(), start + match.end())
    yield from _numbers_behind_titles(folded, start, min(end, start + _NEAR))
    last = folded.rfind("。", start, end - 1) + 1
    if last > start and end - last <= _LONG and genre_word(folded[last:end]) is not None:
        yield last  # 第四十九条本办法自…起施行。某市旅游业发展规划
    if end - start > _LONG:
        yield from _cuts_of_head(folded, start, end)


def _numbers_behind_titles(folded: str, start: int, end: int) -> Iterator[int]:
    """`…的通知某府发〔2021〕22号`, `…的通知（某府发〔2021〕22号）`: cut before the number and behind it."""
    for number in find_numbers(folded, start, end):
        bracket = folded[number.start - 1 : number.start] == "（" and folded[number.end : number.end + 1] == "）"
        first, last = number.start - bracket, number.end + bracket
        if not number.cited and first > start and genre_word(folded[start:first].rstrip()) is not None:
            yield from (first, last)


def _cuts_of_head(folded: str, start: int, end: int) -> Iterator[int]:
    near = min(end, start + _NEAR)
    for number in find_numbers(folded, start, near):
        if not number.cited and folded[number.start - 1 : number.start] not in ("（", "〔"):
            yield from (number.start, number.end)
    salutation = _SALUTATION_INLINE.search(folded, start, near)
    if salutation is not None and _PROSE.search(folded, start, salutation.start()) is None:
        yield from salutation.span()
    for match in _DISCLOSURE_INLINE.finditer(folded, start, end):
        yield from match.span()
