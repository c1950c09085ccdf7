"""The parts of a file: transmitting notice, one plan or several, annexes; by titles and `附件N` lines."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from policy_commitments.extractors.headings import LINE_LABEL, HeadingLabel
from policy_commitments.pipeline.heading_sequence import Heading, sequence_headings
from policy_commitments.pipeline.label_numbers import label_number
from policy_commitments.pipeline.title_lines import ends_in_genre, genre_words
from policy_commitments.schemas.clean import Clean
from policy_commitments.schemas.vocabulary import load_entries

PartKind = Literal["body", "front", "annex"]
_ROOTS = frozenset({"part", "chapter", "section", "article", "cn", "decimal"})
_ANNEX_LINE = re.compile(r"附\s?[件表录]\s?[一二三四五六七八九十\d]{0,3}\s?(?:[:：]\s?)?(?P<title>[^\n]{0,80})$")
_AGENCIES_CLOSE = re.compile(r"[（〔(【][^（）〔〕]{0,12}(?:责任|牵头|负责|配合|主办|落实)[^〔〕]{2,300}[）〕)】]。?$")
_BARE_CLOSE = re.compile(r"。（[^（）。；：]{2,120}(?:[局委办部厅会府镇乡队站所]|街道|中心|单位|部门)）。?$")  # 一要…。（县防办、县水利局）
_LONGEST_AGENCIES, _TAIL = 320, 400
_QUOTED = re.compile(r"《([^《》\n]{4,80})》")
_PROSE = re.compile(r"[。；：！？]")
_NOTICE = 4000  # characters in which a notice names the plan that it sends
_LONGEST = 70
_LIST_ENTRY = re.compile(r"(?:附\s?[件表]\s?)?\d{1,2}\s?[.、．：]")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of clean text with its headings; `title` is the span of its own title, `label` that of `附件N`."""

    start: int
    end: int
    kind: PartKind
    title: tuple[int, int] | None
    label: tuple[int, int] | None
    headings: tuple[Heading, ...]

    @property
    def is_plan(self) -> bool:
        """A title and headings of its own, from number 1."""
        return self.title is not None and is_outline(self.headings)


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    title: tuple[int, int] | None
    label: tuple[int, int] | None


def is_outline(headings: Sequence[Heading]) -> bool:
    """Two headings or more, of which the first opens a list of sections."""
    return len(headings) > 1 and headings[0].label.kind in _ROOTS and headings[0].number == 1


def split_parts(clean: Clean, labels: Sequence[HeadingLabel]) -> list[Part]:
    """Parts in text order; they cover the whole text."""
    marks = sorted(_marks(clean), key=lambda mark: mark.start)
    starts = [label.start for label in labels]
    groups: list[tuple[_Mark, int]] = []
    for mark, end in _bounds(clean, marks):
        if groups and mark.label is None and not _part(clean, labels, starts, mark, end).is_plan:
            groups[-1] = (groups[-1][0], end)
        else:
            groups.append((mark, end))
    return _with_notice(clean, [_part(clean, labels, starts, mark, end) for mark, end in groups])


def _bounds(clean: Clean, marks: Sequence[_Mark]) -> Iterator[tuple[_Mark, int]]:
    starts = [mark.start for mark in marks]
    if not starts or starts[0] > 0:
        yield _Mark(0, None, None), starts[0] if starts else len(clean.text)
    for k, mark in enumerate(marks):
        yield mark, starts[k + 1] if k + 1 < len(marks) else len(clean.text)


def _part(clean: Clean, labels: Sequence[HeadingLabel], starts: Sequence[int], mark: _Mark, end: int) -> Part:
    first = bisect_left(starts, mark.start if mark.title is None else mark.title[1])
    labels = labels[first : bisect_left(starts, end)]
    owned = set(_owned_ordinals(clean, labels))
    own = [one for one in labels if one.kind not in ("annex", "box", "ordinal") or one.start in owned]
    headings = tuple(sequence_headings(clean.folded, own))
    return Part(mark.start, end, "annex" if mark.label is not None else "body", mark.title, mark.label, headings)


def _owned_ordinals(clean: Clean, labels: Sequence[HeadingLabel]) -> Iterator[int]:
    """Starts of `一是…（责任单位：县水利局）` ⏎ `二是…（…）`: runs of lines of which each closes with agencies of its own."""
    run: list[HeadingLabel] = []
    for label in [*(one for one in labels if one.kind == "ordinal" and one.place == "line"), None]:
        if label is not None and label_number(label.number) == len(run) + 1:
            run.append(label)
            continue
        if len(run) > 1 and all(closes_with_agencies(clean, one.start, _line_end(clean, one.start)) for one in run):
            yield from (one.start for one in run)
        run = [label] if label is not None and label_number(label.number) == 1 else []


def closes_with_agencies(clean: Clean, start: int, end: int) -> bool:
    """Whether folded[start:end] ends in a bracket of agencies, named by a label or by their names alone."""
    last = clean.folded[max(start, end - _TAIL) : end].rstrip()[-_LONGEST_AGENCIES:]
    return _AGENCIES_CLOSE.search(last) is not None or _BARE_CLOSE.search(last) is not None


def _line_end(clean: Clean, start: int) -> int:
    stop = clean.folded.find("\n", start)
    return len(clean.folded) if stop < 0 else stop


def _with_notice(clean: Clean, parts: list[Part]) -> list[Part]:
    """Headings before the plan that the notice sends belong to the notice; an annex with a plan's title is a plan."""
    plans = [k for k, part in enumerate(parts) if part.is_plan]
    for k in plans:
        parts[k] = replace(parts[k], kind="body")
    if plans and plans[0] > 0:
        first = parts[plans[0]]
        lead = clean.text[: parts[plans[0]].start]
        assert first.title is not None
        title = clean.text[first.title[0] : first.title[1]]
        if f"《{title}》" in lead and re.search(r"印发|发布|转发|公布|通知", lead) is not None:
            for k in range(plans[0]):
                parts[k] = replace(parts[k], kind="front")
    return parts


def _marks(clean: Clean) -> Iterator[_Mark]:
    taken: set[int] = set()
    paragraphs = [p for p in clean.paragraphs]
    waiting: tuple[int, int] | None = None
    for k, paragraph in enumerate(paragraphs):
        text = clean.folded[paragraph.start : paragraph.end]
        if len(text) <= _LONGEST + 10 and text.startswith("附") and _is_annex_line(clean, k, text):
            if waiting is not None:
                yield _Mark(waiting[0], None, waiting)
            label_end = paragraph.start + len(re.match(r"附\s?[件表录]\s?[一二三四五六七八九十\d]{0,3}", text)[0])  # type: ignore[index]
            waiting = (paragraph.start, label_end)
            rest = text[label_end - paragraph.start :].lstrip(" ：")
            if rest and is_plan_title(rest):
                taken.add(k)
                yield _Mark(paragraph.start, (paragraph.end - len(rest), paragraph.end), waiting)
                waiting = None
        elif is_plan_title(text):
            near = waiting is not None and paragraph.start - waiting[1] < 80
            yield _Mark(waiting[0] if near and waiting else paragraph.start, (paragraph.start, paragraph.end), waiting if near else None)
            if waiting is not None and not near:
                yield _Mark(waiting[0], None, waiting)
            waiting = None
    if waiting is not None:
        yield _Mark(waiting[0], None, waiting)
    yield from _quoted_titles(clean)


def _is_annex_line(clean: Clean, k: int, text: str) -> bool:
    """`附件1` before its text, not an entry of the list under the signature."""
    match = _ANNEX_LINE.match(text)
    if match is None:
        return False
    if not match["title"]:
        return True
    if "：" not in text[:8] or _LIST_ENTRY.match(match["title"]) or _PROSE.search(match["title"]):
        return False
    following = clean.paragraphs[k + 1 : k + 2]
    if not following:
        return any(table.start > clean.paragraphs[k].end for table in clean.tables)
    after = clean.folded[following[0].start : following[0].end]
    return not (after.startswith("附") or _LIST_ENTRY.match(after) or len(after) < 40) and any(ch.isdigit() for ch in text[:5])


@cache
def _no_plan() -> tuple[str, ...]:
    entries = load_entries("genres", ("id", "words", "examples"), ("plan",))
    return tuple(str(word) for entry in entries if entry.get("plan") == "no" for word in entry["words"])


def is_plan_title(text: str) -> bool:
    """A line without sentence marks that ends in the genre of a plan: `某市园林绿化三年行动计划（2024—2026年）`."""
    if not 6 <= len(text) <= _LONGEST or _PROSE.search(text) or text[0] in "（《“附" or LINE_LABEL.match(text):
        return False
    bare = re.sub(r"（[^（）]{1,20}）$", "", text)
    return ends_in_genre(bare) and not bare.endswith(_no_plan()) and bare not in genre_words() and "、" not in text[:3]


def _quoted_titles(clean: Clean) -> Iterator[_Mark]:
    """The plan's title inside a line, known from the notice: `…2021年9月1日关于支持创新的若干政策为深入…`."""
    lead = clean.text[:_NOTICE]
    seen: set[str] = set()
    for match in _QUOTED.finditer(lead):
        title = match[1]
        if title in seen or not is_plan_title(title):
            continue
        seen.add(title)
        at = clean.text.find(title, match.end())
        while at >= 0:
            before = clean.text[at - 1]
            if before not in "《“\n" and (before in "日）)。」 " or clean.text[at + len(title) : at + len(title) + 2] in ("第一", "一、")):
                yield _Mark(at, (at, at + len(title)), None)
                break
            if before == "\n":
                break
            at = clean.text.find(title, at + 1)
