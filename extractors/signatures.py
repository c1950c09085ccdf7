"""Who signed and when: `某县人民政府办公室` over `2024年6月5日`, at a notice's end or at the document's.

Also the reprint line at the very end (`某县人民政府办公室2024年6月6日印发`), 抄送 and the disclosure statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from policy_commitments.extractors.calendar_dates import FULL_DATE
from policy_commitments.extractors.head_lines import HeadLine
from policy_commitments.extractors.line_patterns import AGENCY, SEAL
from policy_commitments.schemas.mentions import FieldMention, Span
from policy_commitments.schemas.places import starts_with_place

_SEALS = re.compile(r"\s?（(?:代章|盖章|印章|章|公章|印)）$")
_SEAL_LINE = re.compile(r"（(?:代章|盖章|印章|章|公章|印)）$")
_LIST_BEFORE = re.compile(r"附件：.*?(?=[^\d、.．]*$)")
_WHOLE_AGENCY = re.compile(rf"{AGENCY}{SEAL}\s*$", re.X)
_BESIDE = re.compile(r"[^\s（]{4,}(?:\s?（[^（）\n]{1,16}）)*")
_AGENCY_END = re.compile(r"(?<=[县市区省州旗]委)|(?<=人民政府)|(?<=办公[室厅])|(?<=委员会)|(?<=[局厅委])")
_PRINTED = re.compile(r"印\s?发\s*$|印制\s*$")
_CC = re.compile(r"抄\s?送\s?(?:：|单位：)\s?(?P<list>[^。\n]{2,600})")
_CC_GOES_ON = re.compile(r"\s*\n\s*(?![^\n]*印\s?发)(?P<list>[^：。\n]{2,200})。")  # one line for each tier
_CC_SPLIT = re.compile(r"[，、；,;]\s?|\s{2,}")
_DISCLOSED = (
    ("公开", re.compile(r"(?<=[：（件])\s?(?P<value>主动公开|依申请公开|不予公开)(?=\s|）|$)|^(?P<whole>主动公开|依申请公开|不予公开)$", re.M)),
    ("此件", re.compile(r"（\s?(?P<value>此件[^（）。\n]{2,12}?)\s?）|^(?P<whole>此件[^（）。\n]{2,12})$", re.M)),
)


@dataclass(frozen=True, slots=True)
class Signature:
    """Signing agencies (spans, one each) and the date below them; either may be missing."""

    agencies: tuple[Span, ...]
    date: Span | None


def find_signature(lines: Sequence[HeadLine]) -> Signature | None:
    """The first signature in a run of lines: agencies over a date, agency and date on one line, or a date alone."""
    for k, line in enumerate(lines):
        if line.kind == "signed":
            date = _last_date(line)
            if date is not None and not _PRINTED.search(line.text):
                own = _agency_span(line.start, line.text[: date[0] - line.start])
                start, end = _unglued(own, line, lines[k - 1] if k else None)
                parts = _agency_spans(start, line.text[start - line.start : end - line.start])
                agencies = [*_above(lines, k), *parts]
                return Signature(tuple(agencies), date)
        if line.kind == "date" and not line.text.startswith("（"):
            above = _above(lines, k)
            if above or k == 0 or lines[k - 1].kind in ("prose", "annex", "speaker"):
                return Signature(tuple(above), _last_date(line))
    return None


def _unglued(span: Span, line: HeadLine, before: HeadLine | None) -> Span:
    """An agency glued to a list of attachments begins at its place: `…任务及标准某市人民政府`."""
    if before is None or before.kind != "annex" or before.end != line.start:
        return span
    text = line.text[: span[1] - line.start]
    starts = [at for at in range(len(text)) if starts_with_place(text[at:])]
    if not starts:
        return span
    begin = starts.pop()
    while starts and _WHOLE_AGENCY.fullmatch(text[starts[-1] : begin].removesuffix("中共")):
        begin = starts.pop()
    if text[:begin].endswith("中共"):
        begin -= 2
    return line.start + begin, span[1]


def _above(lines: Sequence[HeadLine], k: int) -> list[Span]:
    """Agencies on the lines directly above line k; a bracket line belongs to the agency over it."""
    found: list[Span] = []
    bracket_end: int | None = None
    for line in reversed(lines[max(0, k - 12) : k]):
        if line.kind == "bracket" or _SEAL_LINE.match(line.text):
            bracket_end = bracket_end or line.end
        elif line.kind == "agency":
            spans = _agency_spans(line.start, line.text)
            if bracket_end is not None:
                spans[-1] = (spans[-1][0], bracket_end)
            found.extend(reversed(spans))
            bracket_end = None
        else:
            break
    return found[::-1]


def _agency_spans(start: int, text: str) -> list[Span]:
    """Agencies side by side on one line: `某市民政局　某市财政局`."""
    parts = [match.span() for match in _BESIDE.finditer(text)]
    if len(parts) < 2 or any(not _WHOLE_AGENCY.match(text[a:b]) for a, b in parts):
        parts = glued_agencies(text)
    return [_agency_span(start + a, text[a:b]) for a, b in parts]


def glued_agencies(text: str) -> list[Span]:
    """Two agencies without a blank between them: `中共某县委办公室某县人民政府办公室`."""
    if text.startswith(("国家", "中国")):
        return [(0, len(text))]
    cuts = [one.end() for one in _AGENCY_END.finditer(text) if starts_with_place(text[one.end() :].removeprefix("中共"))]
    return list(pairwise([0, *cuts, len(text)]))


def _agency_span(start: int, text: str) -> Span:
    shift = 0
    listed = _LIST_BEFORE.match(text)
    if listed is not None:
        shift = listed.end()
    text = text.rstrip()
    while (seal := _SEALS.search(text)) is not None:
        text = text[: seal.start()].rstrip()
    while shift < len(text) and text[shift] in " .．、，：0123456789":
        shift += 1
    return start + shift, start + len(text)


def _last_date(line: HeadLine) -> Span | None:
    found = list(FULL_DATE.finditer(line.text))
    return (line.start + found[-1].start(), line.start + found[-1].end()) if found else None


def printed_date(folded: str, start: int, end: int) -> Span | None:
    """Date of the reprint line: `2024年6月6日印发`."""
    for match in FULL_DATE.finditer(folded, start, end):
        if re.match(r"\s{0,3}印\s?发", folded[match.end() : match.end() + 6]):
            return match.span()
    return None


def find_cc(folded: str, start: int, end: int) -> Iterator[Span]:
    """Agencies behind 抄送, one span each; brackets are not split."""
    for match in _CC.finditer(folded, start, end):
        lists = [match.span("list")]
        more = _CC_GOES_ON.match(folded, match.end() + 1, end)
        while more is not None:
            lists.append(more.span("list"))
            more = _CC_GOES_ON.match(folded, more.end(), end)
        for at, stop in lists:
            yield from ((at + a, at + b) for a, b in _split(folded[at:stop]) if b - a > 1)
        return


def _split(text: str) -> Iterator[Span]:
    depth = start = 0
    for k, char in enumerate(text):
        depth += (char == "（") - (char == "）")
        if depth == 0 and _CC_SPLIT.match(char):
            yield _trim(text, start, k)
            start = k + 1
    yield _trim(text, start, len(text))


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def find_disclosure(folded: str, stretches: Sequence[Span]) -> FieldMention | None:
    """主动公开 wherever it is stated, else the printed statement (`此件公开发布`)."""
    for word, pattern in _DISCLOSED:
        for start, end in stretches:
            match = pattern.search(folded, start, end) if folded.find(word, start, end) >= 0 else None
            if match is not None:
                name = "value" if match["value"] else "whole"
                return FieldMention("disclosure", match[name], *match.span(name), rule="disclosure")
    return None
