"""Tables whose rows stand one on a line: cells between tabs, runs of blanks, or pipes (`| 序号 | 指标 | 2025年 |`, with or without a rule below).

Lines make a table where neighbours have the same number of fields; a lone line with a gap is prose, and so is a heading
with a gap behind its label (`第一条  支持品牌建设。对…`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from policy_commitments.extractors.headings import LINE_LABEL
from policy_commitments.extractors.table_heads import head_role
from policy_commitments.pipeline.read.flat_tables import Region
from policy_commitments.pipeline.read.lines import Span

_GAP = re.compile(r"[\t \u3000](?:(?<=\t)|(?<=\S[ \u3000])[ \u3000]+(?=\S))")  # a tab, or two blanks or more inside a line
_BLANK = re.compile(r"[ \u3000]+")
_NUMBERED_HEAD = re.compile(r"[ \u3000]*序\s?号[ \u3000]+\S")
_PIPE = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*")  # | --- | :--: |
_DIVISION = re.compile(r"第\s?[一二三四五六七八九十百零〇两\d]{1,5}\s?(?:编|篇|部分|章|节|条)")
_SENTENCES = re.compile(r"。[^。]+。$")
_LONG_PROSE = 60
_LONGEST_ROW = 2000
_LONGEST_FIRST = 40
_FEWEST_ROWS = {2: 4}  # rows that two columns need; three and more need _ROWS
_ROWS = 3
_TAB_ROWS = 2


def joined_regions(text: str, lines: list[Span]) -> Iterator[Region]:
    """Tables of three or more lines (two where tabs or pipes part them) with equally many fields."""
    if "\t" not in text and "  " not in text and "\u3000" not in text and "|" not in text and "序号 " not in text:
        return
    k = 0
    while k < len(lines):
        region = _piped(text, lines, k) or _barred(text, lines, k) or _gapped(text, lines, k) or _spaced(text, lines, k)
        if region is not None:
            yield region
        k = k + 1 if region is None else region.last + 1


def piped_regions(text: str, lines: list[Span]) -> Iterator[Region]:
    """Markdown tables only."""
    k = 0 if "|" in text else len(lines)
    while k < len(lines):
        region = _piped(text, lines, k)
        if region is not None and region.columns > 1:
            yield region
        k = k + 1 if region is None else region.last + 1


def _piped(text: str, lines: list[Span], first: int) -> Region | None:
    """A Markdown table: a head, a rule, rows."""
    if first + 1 >= len(lines) or not _is_rule(text, lines[first + 1]) or text.find("|", *lines[first]) < 0:
        return None
    region = Region(first, first + 1, [_pipe_fields(text, lines[first])])
    for k in range(first + 2, len(lines)):
        if text.find("|", *lines[k]) < 0:
            break
        region.rows.append(_pipe_fields(text, lines[k]))
        region.last = k
    return region


def _barred(text: str, lines: list[Span], first: int) -> Region | None:
    """Rows between pipes without a rule below the head: three lines of equally many fields, three at least."""
    region = Region(first, first, [])
    for k in range(first, len(lines)):
        start, end = lines[k]
        fields = _pipe_fields(text, lines[k]) if text.find("|", start, end) >= 0 and end - start < _LONGEST_ROW else []
        if len(fields) < _ROWS or (region.rows and len(fields) != region.columns):
            break
        region.rows.append(fields)
        region.last = k
    return region if len(region.rows) >= _ROWS else None


def _is_rule(text: str, span: Span) -> bool:
    start, end = span
    return end - start < _LONGEST_ROW and text.find("-", start, end) >= 0 and _RULE.fullmatch(text, start, end) is not None


def _pipe_fields(text: str, span: Span) -> list[Span]:
    start, end = _bare(text, span)
    if text.startswith("|", start):
        start += 1
    if end > start and text[end - 1] == "|" and text[end - 2] != "\\":
        end -= 1
    return _split(text, (start, end), _PIPE)


def _gapped(text: str, lines: list[Span], first: int) -> Region | None:
    """Lines from `first` on with equally many fields; None where they are too few."""
    fields = _gap_fields(text, lines[first])
    if len(fields) < 2:
        return None
    region = Region(first, first, [fields])
    for k in range(first + 1, len(lines)):
        fields = _gap_fields(text, lines[k])
        if len(fields) != region.columns:
            break
        region.rows.append(fields)
        region.last = k
    return region if _is_table(text, region) else None


def _spaced(text: str, lines: list[Span], first: int) -> Region | None:
    """`序号 产业链 2025年目标 责任单位` over `1 生物医药 产值达到300亿元 市科技局`: single blanks, told by the running number."""
    start, end = lines[first]
    if end - start > _LONGEST_ROW or _NUMBERED_HEAD.match(text, start, end) is None:
        return None
    heads = _split(text, _bare(text, lines[first]), _BLANK)
    known = sum(head_role(text[a:b]) != "unknown" for a, b in heads)
    if len(heads) < _ROWS or known * 2 < len(heads):
        return None
    region = Region(first, first, [heads])
    for k in range(first + 1, len(lines)):
        fields = _split(text, _bare(text, lines[k]), _BLANK) if lines[k][1] - lines[k][0] <= _LONGEST_ROW else []
        if len(fields) != len(heads) or text[slice(*fields[0])].rstrip(".、") != str(len(region.rows)):
            break
        region.rows.append(fields)
        region.last = k
    return region if len(region.rows) >= _ROWS else None


def _bare(text: str, span: Span) -> Span:
    start, end = span
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _is_table(text: str, region: Region) -> bool:
    tabbed = all("\t" in text[row[0][0] : row[-1][1]] for row in region.rows)
    needed = _TAB_ROWS if tabbed and region.columns > 2 else _FEWEST_ROWS.get(region.columns, _ROWS)
    short = all(end - start <= _LONGEST_FIRST for start, end in (row[0] for row in region.rows))
    return len(region.rows) >= needed and short


def _gap_fields(text: str, span: Span) -> list[Span]:
    start, end = span
    if end - start > _LONGEST_ROW:
        return []
    while end > start and text[end - 1] in " \u3000\t\u00a0":
        end -= 1
    if text.startswith("\t", start):
        return []
    while start < end and text[start] in " \u3000\u00a0":
        start += 1
    if end == start:
        return []
    fields = _split(text, (start, end), _GAP)
    return fields if "\t" in text[start:end] or not _is_heading(text, fields) else [(start, end)]


def _is_heading(text: str, fields: list[Span]) -> bool:
    """`第二条  鼓励创业。对…给予补贴。`, `1.  开展排查`: blanks behind a label, or before the sentences of a section."""
    if len(fields) < 2:
        return False
    first, last = (text[start:end].strip() for start, end in (fields[0], fields[-1]))
    if _DIVISION.fullmatch(first) is not None:
        return True
    if len(fields) > 2:
        return False
    label = LINE_LABEL.match(first)
    if label is not None and label.end() == len(first):
        return True
    prose = last.endswith("。") and (len(last) > _LONG_PROSE or _SENTENCES.search(last) is not None)
    return prose and (label is not None or len(last) > 2 * _LONG_PROSE)


def _split(text: str, span: Span, separator: re.Pattern[str]) -> list[Span]:
    fields: list[Span] = []
    at, end = span
    for match in separator.finditer(text, at, end):
        fields.append((at, match.start()))
        at = match.end()
    fields.append((at, end))
    return fields
