"""What stands around a date and says whether it promises: `自2017年起`, `比2020年下降`, `2018年版`, a signature's date.

Words come from `deadlines.yml`. Looks at a few characters on either side, never at other sentences.
"""

from __future__ import annotations

import re
from functools import cache

from policy_commitments.extractors.deadline_words import alternation, following, preceding
from policy_commitments.extractors.lexicon import Word
from policy_commitments.schemas.frozen import frozen

_FAR = 60
_OPENERS = frozenset("。；，,、：！？\n\t （〔【《“”）〕】·—")
_MULTIPLE = re.compile(r"的?[0-9.]+(?:[—~-][0-9.]+)?倍|的[一二两三四五]倍")  # 是2010年的3倍
_BASED = re.compile(r"[^，。；：\n]{0,15}为(?:基[数期准年]|参照|标准)")  # 以1995年实际人数为基数
_HELD = re.compile(r"在?[^，。；：\n]{1,30}(?:会议|大会|论坛)上|在[^，。；：\n]{1,12}第[一二三四五六七八九十0-9]+[届次]")  # 在2016年…大会上
_IN_FORCE = re.compile(r"(?:正式)?(?:施行|生效|废止)")  # 2023年5月1日施行
_PUBLISHED = re.compile(r"(?:印发|公布|发布|颁布|通过|公告|签发)")  # 2019年3月1日印发
_ORGAN = re.compile(r"(?:政府|办公[室厅]|委员会|[局厅部委院处办]|领导小组|（章）|（代章）)$")
_TITLED = re.compile(r"(?:规划|计划|方案|纲要|行动|意见|办法|措施|目录|清单|要点|战略|细则|导则)[”\"]?\s*（$")
_VERBLESS = r"[^，。；：、\n（）“”制编出完印实落启推建形发修到报将按照在对为以开举承迎办]"


@frozen
class Place:
    """text[start:end], a date inside the stretch text[floor:ceiling] that is being read."""

    text: str
    start: int
    end: int
    floor: int
    ceiling: int

    @property
    def whole(self) -> bool:
        """Nothing else stands in the stretch: a table's cell."""
        if self.ceiling - self.floor > _FAR:
            return False
        return not self.text[self.floor : self.start].strip() and not self.text[self.end : self.ceiling].strip()

    @property
    def alone(self) -> bool:
        """Nothing else stands in the stretch or in the bracket: 第二阶段（6月—10月）."""
        bracket = self.text[self.start - 1 : self.start] == "（" and self.text[self.end : self.end + 1] == "）"
        return self.whole or bracket

    @property
    def left(self) -> int:
        """Where the word before ends: one blank may stand between."""
        return self.start - 1 if self.start > self.floor and self.text[self.start - 1] == " " else self.start

    def before(self, kind: str) -> Word | None:
        """The word of this kind directly before."""
        return preceding(kind).before(self.text, self.left, self.floor)

    def after(self, kind: str) -> re.Match[str] | None:
        """The word of this kind directly after."""
        return following(kind).match(self.text, self.end, self.ceiling)

    @property
    def opens(self) -> bool:
        """The date opens a clause."""
        return self.left <= self.floor or self.text[self.left - 1] in _OPENERS

    @property
    def urged(self) -> bool:
        """力争, 应于 stand before it."""
        return self.before("urging") is not None

    @property
    def promised(self) -> bool:
        """力争 stands before it, or 完成 soon after it."""
        return self.urged or _fulfils().match(self.text, self.end, self.ceiling) is not None

    def tail(self, pattern: re.Pattern[str]) -> bool:
        """The pattern matches directly after, within sixty characters."""
        return pattern.match(self.text, self.end, min(self.ceiling, self.end + _FAR)) is not None


@cache
def _fulfils() -> re.Pattern[str]:
    """年底全部建成: a verb of fulfilment within four characters, after a comma too."""
    return re.compile(rf"[，,]?[^，。；：、\n（）]{{0,4}}?(?:{alternation('fulfilment')})|[前）]?完成")


@cache
def _names() -> re.Pattern[str]:
    """2018年版, （2019年本）, 2019年第3号, 2018—2020年行动计划, 2035年远景目标纲要."""
    return re.compile(
        rf"(?:修订|修正|更新|试行)?版(?![权块面])|本(?=[）》〕])|第[0-9一二三四五六七八九十百]+[号次批届]|远景目标(?:纲要|的?建议|规划)"
        rf"|{_VERBLESS}{{0,10}}?(?:{alternation('title')})(?![期目任中的])"
    )


def is_name(place: Place, *, edged: bool) -> bool:
    """The year belongs to a name: inside 《》, in a title's bracket, or before 版, 行动计划 (not with 前 or 底)."""
    text, start = place.text, place.start
    low = max(place.floor, start - _FAR)
    for opened, closed in ("《》", "〈〉", "<>"):
        if text.rfind(opened, low, start) > text.rfind(closed, low, start):
            return True
    if text.startswith("）", place.end) and _TITLED.search(text, max(place.floor, start - 12), start) is not None:
        return True
    return not edged and place.tail(_names())


def is_base(place: Place) -> bool:
    """是2010年的3倍, 以2020年为基期: a comparison."""
    return place.tail(_MULTIPLE) or (place.text[place.left - 1 : place.left] == "以" and place.tail(_BASED))


def is_window(place: Place) -> bool:
    """2023年1月1日至2025年12月31日期间的: says what is meant."""
    return place.text.startswith(("的", "内的"), place.end)


def is_event(place: Place, *, full: bool) -> bool:
    """在2016年…大会上, 2023年5月1日施行, and of full dates 2019年3月1日印发: something done."""
    return place.tail(_HELD) or place.tail(_IN_FORCE) or (full and place.tail(_PUBLISHED))


def is_finished(place: Place, *, edged: bool) -> bool:
    """2000年底前建成的, 2019年省政府印发的: says what is meant (with an edge only the verb itself)."""
    return place.tail(_finished(not edged))


@cache
def _finished(by_whom: bool) -> re.Pattern[str]:
    whom = rf"(?:(?!{alternation('fulfilment')})[^，。；：、的\n]{{0,10}}?[府室厅委局部会院])?" if by_whom else ""
    return re.compile(rf"{whom}(?:{alternation('finished')})(?:{alternation('finished')})?的(?!通知|公告)")


def is_document_date(place: Place) -> bool:
    """A full date that is alone on its line, follows an organ's name, or 发布日期：."""
    text = place.text
    if place.whole:
        return False
    label = place.left - 1 if text[place.left - 1 : place.left] == "：" else place.left
    if preceding("label").before(text, label, place.floor) is not None:
        return True
    if _ORGAN.search(text, max(place.floor, place.start - 8), place.start) is not None and not place.promised:
        return True
    left, right = place.start - 1, place.end
    while left >= 0 and text[left] in " \t（":
        left -= 1
    while right < len(text) and text[right] in " \t）":
        right += 1
    return (left < 0 or text[left] == "\n") and (right >= len(text) or text[right] == "\n")
