"""Longest-first word lookup at a position, e.g. `不低于` just before the 9 of `不低于90%`.

A dictionary lookup per length instead of one large alternation: constant time, whatever the vocabulary's size.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from policy_commitments.extractors.folding import fold
from policy_commitments.schemas.frozen import frozen
from policy_commitments.schemas.vocabulary import Entry, load_entries

_LONGER_WORDS = {  # 创业, 引导, 建制村, 新增加油站: what follows makes the verb part of another word
    "建": "成设议筑档制材构党立团国言", "设": "施备计立置想定区市", "配": "套备置送电网件比方", "派": "驻遣出所",
    "办": "公理学事法案成", "育": "种苗婴儿龄人才", "引": "导领擎进资流发水", "聘": "任用请", "种": "植养子业质类粮苗猪",
    "创": "业新意造收伤", "送": "达审", "签": "约字署证", "计": "划算量生", "增": "加强值长收量产幅速", "提": "高升供出质前取案档标",
    "减": "少排负轻税免灾", "降": "低水雨", "补": "助贴充偿齐短", "奖": "励补金项学", "按": "照时期", "以": "上下内及外来", "有": "效关序力机限色害",
    "为": "主民农企老", "共": "同享建有青", "占": "地用比", "达": "到标产", "含": "量",
    "新增加": "工油气氢固密装",
}
_LONGER_MODAL = {  # 再生水, 合理用药, 完成率: the word begins a noun
    "完成": "率 工 期", "实现": "率 工 期", "平均": "率 工 期", "累计": "率 工 期", "再": "生 造 就业 担保 利用 贷款",
    "计划": "生育 免疫 单列 内 外 完成率", "目标": "责任 管理 人群 值 完成率 达成率", "预期": "寿命", "预期性": "指标", "约束性": "指标",
    "继续": "教育 医学", "未来": "社区 乡村 工厂 学校 产业 城", "合理": "用药 膳食 检查 低价", "统筹": "区 地区 基金 层次",
    "持续": "性 时间", "总体": "规划 合格 满意 近视 参保 水平 能耗",
}


@frozen
class Word:
    """A vocabulary word found at text[start:end] and the entry that lists it."""

    start: int
    end: int
    text: str
    entry: Entry


class Lexicon:
    """Words of a vocabulary, found immediately before or after a position of folded text.

    `continued` lists, by word and parted by blanks, what makes the word part of a longer one that is not meant.
    """

    def __init__(self, words: Iterable[tuple[str, Entry]], continued: Mapping[str, str] | None = None) -> None:
        self._continued = {word: tuple(what.split(" ")) for word, what in (continued or {}).items()}
        self._entries: dict[str, Entry] = {fold(word): entry for word, entry in words}
        self._by_first = self._lengths_by(0)
        self._by_last = self._lengths_by(-1)

    def _lengths_by(self, place: int) -> dict[str, tuple[int, ...]]:
        """Lengths of the words with one first (0) or last (-1) character, longest first."""
        lengths: dict[str, set[int]] = {}
        for word in self._entries:
            lengths.setdefault(word[place], set()).add(len(word))
        return {char: tuple(sorted(found, reverse=True)) for char, found in lengths.items()}

    def __contains__(self, word: str) -> bool:
        return word in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def before(self, text: str, end: int, floor: int) -> Word | None:
        """The longest word that ends at `end` and starts at or after `floor`."""
        if end <= floor:
            return None
        for length in self._by_last.get(text[end - 1], ()):
            start = end - length
            if start >= floor:
                entry = self._entries.get(text[start:end])
                if entry is not None:
                    return Word(start, end, text[start:end], entry)
        return None

    def after(self, text: str, start: int, ceiling: int) -> Word | None:
        """The longest word that starts at `start` and ends at or before `ceiling`."""
        if start >= ceiling:
            return None
        for length in self._by_first.get(text[start], ()):
            end = start + length
            if end <= ceiling:
                entry = self._entries.get(text[start:end])
                if entry is not None and not (end < ceiling and text.startswith(self._continued.get(text[start:end], ()), end)):
                    return Word(start, end, text[start:end], entry)
        return None


def words_of(name: str, required: tuple[str, ...], **wanted: str) -> Iterator[tuple[str, Entry]]:
    """(word, entry) pairs of `vocab/<name>.yml` whose entries have the `wanted` values."""
    for entry in load_entries(name, required):
        if all(entry[key] == value for key, value in wanted.items()):
            for word in entry["words"]:
                yield str(word), entry


@cache
def measures() -> Lexicon:
    """Measure words (个, 平方公里, %)."""
    return Lexicon(words_of("measures", ("id", "words", "dimension", "si", "factor", "examples")))


@cache
def denominators() -> Lexicon:
    """Words after 每 or a slash (千人口, 人·月)."""
    return Lexicon(words_of("denominators", ("id", "words", "stays", "examples")))


@cache
def comparators(place: str) -> Lexicon:
    """Comparators that stand before or after the number."""
    return Lexicon(words_of("comparators", ("id", "comparator", "place", "words", "examples"), place=place))


@cache
def modality() -> Lexicon:
    """Words that say how firmly a quantity is promised."""
    return Lexicon(words_of("modality", ("id", "strength", "words", "examples")), _LONGER_MODAL)


@cache
def verbs() -> Lexicon:
    """Verbs that bind a quantity."""
    return Lexicon(words_of("quantity_verbs", ("id", "form", "direction", "basis", "words", "examples")), {verb: " ".join(signs) for verb, signs in _LONGER_WORDS.items()})
