"""Automatic numbers as Word shows them: `一、`, `（一）`, `第1章`, `1.2`, counted over the whole document.

Rules: ECMA-376-1, 17.9 (numbering). Numberings that share an abstract definition count on together, except where one
of them overrides the start of a level, which restarts it when that numbering is first used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from policy_commitments.pipeline.read.docx_package import Element, W, child_value, switched_on, whole
from policy_commitments.pipeline.read.docx_styles import Styles
from policy_commitments.pipeline.read.number_formats import format_number
from policy_commitments.schemas.problems import Problem

_PLACE = re.compile(r"%([1-9])")
_PRIVATE = re.compile(r"[\ue000-\uf8ff]")
_SYMBOL_FONTS = ("Symbol", "Wingdings", "Wingdings 2", "Wingdings 3", "Webdings")
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a numbering: `kind` is w:numFmt, `pattern` w:lvlText, `restart` w:lvlRestart (None: any higher)."""

    start: int
    kind: str
    pattern: str
    suffix: str
    legal: bool
    restart: int | None
    style: str | None
    symbol: bool


@dataclass(slots=True)
class Numbering:
    """The numberings of one document with their counters; `label` is called once per paragraph, in text order."""

    styles: Styles
    abstract: dict[str, dict[int, Level]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)  # abstract id -> id of the numbering style that defines it
    nums: dict[str, str] = field(default_factory=dict)  # numId -> abstract id
    overrides: dict[str, dict[int, Level]] = field(default_factory=dict)
    starts: dict[str, dict[int, int]] = field(default_factory=dict)
    counters: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    _merged: dict[str, dict[int, Level]] = field(default_factory=dict)  # by numId, once one is used
    _by_style: dict[str | None, tuple[str | None, int | None]] = field(default_factory=dict)

    def label(self, own: Element | None, style_id: str | None) -> str:
        """The number of a paragraph with its suffix, by its own w:numPr or its style's; counts it. Empty where it has none."""
        found = self._numbered(own, style_id)
        return "" if found is None else self.next_label(*found)

    def next_label(self, num: str, depth: int) -> str:
        """The next number of a numbering at a level, from 0."""
        level = self._level(num, depth)
        if level is None:
            return ""
        self._count(num, depth, level)
        text = self._text(num, depth, level)
        return text + _gap(text, level.suffix) if text else ""

    def _numbered(self, own: Element | None, style_id: str | None) -> tuple[str, int] | None:
        """(numId, level) of a paragraph; numId 0 takes a number away."""
        num, depth = child_value(own, "numId"), whole(child_value(own, "ilvl"))
        if num is None:
            num, inherited = self._inherited(style_id)
            depth = inherited if depth is None else depth
        if num is None or num == "0" or num not in self.nums:
            return None
        return num, min(max(depth or 0, 0), _LEVELS - 1)

    def _inherited(self, style_id: str | None) -> tuple[str | None, int | None]:
        """(numId, level) by a style or one that it is based on."""
        found = self._by_style.get(style_id)
        if found is None:
            found = None, None
            for name, style in self.styles.chain(style_id):
                said = None if style.properties is None else style.properties.find(W + "numPr")
                num = child_value(said, "numId")
                if num is not None:
                    found = num, self._level_of_style(num, name, whole(child_value(said, "ilvl")))
                    break
            self._by_style[style_id] = found
        return found

    def _level_of_style(self, num: str, style_id: str, stated: int | None) -> int:
        for depth, level in self._levels(num).items():
            if level.style == style_id:
                return depth
        return stated or 0

    def _levels(self, num: str) -> dict[int, Level]:
        levels = self._merged.get(num)
        if levels is None:
            levels = self._merged[num] = self._defined(num)
        return levels

    def _defined(self, num: str) -> dict[int, Level]:
        seen: set[str] = set()
        abstract = self.nums.get(num, "")
        while abstract in self.links and abstract not in seen:  # defined by a numbering style
            seen.add(abstract)
            style = self.styles.by_id.get(self.links[abstract])
            linked = None if style is None or style.properties is None else style.properties.find(W + "numPr")
            target = self.nums.get(child_value(linked, "numId") or "")
            if target is None:
                break
            abstract = target
        return {**self.abstract.get(abstract, {}), **self.overrides.get(num, {})}

    def _level(self, num: str, depth: int) -> Level | None:
        return self._levels(num).get(depth)

    def _count(self, num: str, depth: int, level: Level) -> None:
        counters = self.counters.setdefault(self.nums[num], [None] * _LEVELS)
        forced = self.starts.get(num, {}).get(depth)
        current = counters[depth]
        if forced is not None and (num, depth) not in self.begun:
            counters[depth] = forced
        elif current is None:
            counters[depth] = level.start if forced is None else forced
        else:
            counters[depth] = current + 1
        self.begun.add((num, depth))
        levels = self._levels(num)
        for deeper in range(depth + 1, _LEVELS):
            if counters[deeper] is None:
                continue
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or (restart != 0 and depth < restart):
                counters[deeper] = None

    def _text(self, num: str, depth: int, level: Level) -> str:
        if level.kind == "bullet":
            return "•" if level.symbol or _PRIVATE.search(level.pattern) else level.pattern
        levels = self._levels(num)
        counters = self.counters[self.nums[num]]

        def printed(place: re.Match[str]) -> str:
            above = int(place.group(1)) - 1
            of = levels.get(above, level)
            value = counters[above]
            kind = "decimal" if level.legal and of.kind != "none" else of.kind
            return self._formatted(of.start if value is None else value, kind)

        return _PLACE.sub(printed, level.pattern)

    def _formatted(self, number: int, kind: str) -> str:
        text = format_number(number, kind)
        if text is not None:
            return text
        if not any(problem.text == kind for problem in self.problems):
            hint = "its numbers are printed as 1, 2, 3; turn automatic numbers into text in Word"
            self.problems.append(Problem("unknown_number_format", "warning", "read", kind, hint))
        return str(number)


def read_numbering(root: Element | None, styles: Styles) -> Numbering:
    """The numberings of word/numbering.xml, none where the part is missing."""
    numbering = Numbering(styles)
    if root is None:
        return numbering
    for element in root.iter(W + "abstractNum"):
        name = element.get(W + "abstractNumId", "")
        numbering.abstract[name] = _levels_of(element)
        link = child_value(element, "numStyleLink")
        if link is not None:
            numbering.links[name] = link
    for element in root.iter(W + "num"):
        num = element.get(W + "numId", "")
        numbering.nums[num] = child_value(element, "abstractNumId") or ""
        _read_overrides(numbering, num, element)
    return numbering


def _read_overrides(numbering: Numbering, num: str, element: Element) -> None:
    for override in element.iter(W + "lvlOverride"):
        depth = whole(override.get(W + "ilvl")) or 0
        start = whole(child_value(override, "startOverride"))
        levels = _levels_of(override)
        if levels:
            numbering.overrides.setdefault(num, {}).update(levels)
            start = levels[depth].start if start is None and depth in levels else start
        if start is not None:
            numbering.starts.setdefault(num, {})[depth] = start


def _levels_of(parent: Element) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for element in parent.findall(W + "lvl"):
        depth = whole(element.get(W + "ilvl"))
        if depth is not None and 0 <= depth < _LEVELS:
            levels[depth] = _level(element)
    return levels


def _level(element: Element) -> Level:
    start = whole(child_value(element, "start"))
    return Level(
        start=0 if start is None else start,
        kind=child_value(element, "numFmt") or "decimal",
        pattern=child_value(element, "lvlText") or "",
        suffix=child_value(element, "suff") or "tab",
        legal=switched_on(element.find(W + "isLgl")),
        restart=whole(child_value(element, "lvlRestart")),
        style=child_value(element, "pStyle"),
        symbol=_in_symbol_font(element),
    )


def _in_symbol_font(element: Element) -> bool:
    fonts = element.find(f"{W}rPr/{W}rFonts")
    return fonts is not None and fonts.get(W + "ascii", "") in _SYMBOL_FONTS


def _gap(label: str, suffix: str) -> str:
    """What stands between number and text: Word's tab is a blank after `1.` or `1.2` and nothing after `一、`."""
    if suffix == "nothing":
        return ""
    return " " if suffix == "space" or label[-1].isascii() or label == "•" else ""
