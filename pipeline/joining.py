"""Which printed lines go on with the next: `…（责任单位：县卫生健` + `康委）`; headings, dates, signatures do not.

Two ways of printing: lines of a page (every line ends where the paper ended) and paragraphs, of which only page breaks
and titles are broken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from policy_commitments.extractors.headings import LINE_LABEL
from policy_commitments.extractors.named_headings import NAMED_LINE
from policy_commitments.pipeline.line_places import fits
from policy_commitments.pipeline.printed_lines import PrintedLine, has_open_bracket
from policy_commitments.pipeline.title_lines import goes_on_as_title

_ENDS = frozenset("。！？；：.!?;:")
_CLOSERS = "”’》）)〕】」』"
_GOES_ON = re.compile(r"[，、,—（《“〔](?<!——)$|(?:关于|以及|(?<![饱温缓祥平柔调])和|(?<!参)与|(?<![普涉顾危以])及|或|(?<!目)的|(?<![行作])为|(?<![存所])在|将|(?<!应)对|把|被|(?<![自理])由|(?<![方导意])向|从|(?<![平均优同])等)$")  # 编制目的, 规范服务行为 are whole
_PROSE_MARK = re.compile(r"[，、。；：]")
_LONG_COLUMNS = 90  # 45 characters: wider than a printed line of 仿宋 3 (28) and than a heading
_SLACK = 6  # columns by which full lines of a page differ (punctuation squeezed, Latin words)
_PAGE_SHARE = 0.9  # the width that nine of ten lines do not exceed is the page's
_MOST_JOINED = 400  # lines; a paragraph of 20 pages is none

_ANNEX_ONLY = re.compile(r"附\s?[件表录]\s?[一二三四五六七八九十\d]{0,3}\s?[:：]?$")
_OWN_LINE = re.compile(
    r"""
      (?: 抄\s*送 | 抄\s*报 | 主\s*送 | 附\s*件 | 附\s*表 | 附\s*录 | 主题词 | 公开属性 | 公开方式 | 联\s*系\s*人 | 签发人
        | 注\s*[:：] | 备注\s*[:：] | 目\s*录 \s*$ | 序\s*号 \s*$ | 前\s*言\s*$ )             # 抄送：县委办公室
    | 各 [^。；：:]{2,300} [:：] \s* $                                               # 各区县人民政府，有关单位：
    | [^，。；：:（）]{0,6} (?:单位|部门|时限|机关|领导|责任人|日期|时间|地点|[组队]\s*长|成\s*员) \s* [:：]   # 责任单位：…
    | [\d〇一二三四五六七八九十零○OＯ]{4} \s* 年 .{1,7} 月 .{1,5} 日 (?: 印发 )? \s* $     # 2024年6月5日
    | （ [^（）]{2,14} ） \s* $                                                    # （此件公开发布）
    | \S{1,14} [〔\[﹝(（] \s* (?:19|20)\d\d \s* [〕\]﹞)）] \s* 第? \s* \d+ \s* 号 \s* $   # 某府办发〔2024〕40号
    | [表图] \s* \d | 单位\s*[:：]
    | """
    + NAMED_LINE
    + r"""                                                                    # 行动一：…
    """,
    re.X,
)


def paragraphs_of(lines: Sequence[PrintedLine], wrapped: bool, reliable: bool) -> list[list[PrintedLine]]:
    """Lines grouped to paragraphs; `reliable` says that the format itself knows paragraphs (.docx, .html)."""
    margins = _margins(lines) if wrapped else None
    groups: list[list[PrintedLine]] = []
    front = True
    for line in lines:
        before = groups[-1][-1] if groups else None
        if before is not None and not line.after_table and (line.glued or _joins(groups[-1], line, margins, reliable, front)):
            groups[-1].append(line)
        else:
            groups.append([line])
        front = _ANNEX_ONLY.match(line.text) is not None or (front and not LINE_LABEL.match(line.text))
    return groups


def _joins(group: list[PrintedLine], line: PrintedLine, margins: tuple[int, int] | None, reliable: bool, front: bool) -> bool:
    before = group[-1]
    if before.detail != line.detail or before.level != line.level or len(group) > _MOST_JOINED:
        return False
    if starts_own(line.text):
        return margins is not None and _only_seems_own(group, line, margins)
    if front and goes_on_as_title(before, line):
        return True
    if margins is not None:
        return _goes_on_page(group, line, margins)
    return _is_cut(before, reliable) and not _is_title_line(before)


def _only_seems_own(group: list[PrintedLine], line: PrintedLine, margins: tuple[int, int]) -> bool:
    """A full line of prose without an end goes on, whatever the next begins with.

    `…人均住房面积达到` / `3.5平方米`; `…（责任` / `单位：县教育局）`; `…第五条第（一）项、第` / `（二）项`.
    """
    before = group[-1]
    if not _is_full(before, line, margins) or _is_title_line(before):
        return False
    flush = margins[0] > 0 and line.indent < margins[0]
    if ends_sentence(before.text):
        return flush and before.room is not None and LINE_LABEL.match(line.text) is None and _is_prose(group)
    if flush and has_open_bracket(before.text) and not LINE_LABEL.match(line.text):
        return True
    if flush and before.room is not None and _PROSE_MARK.search(before.text):
        return True
    return line.text[0].isdigit() and (LINE_LABEL.match(group[0].text) is None or any("。" in one.text for one in group))


def starts_own(text: str) -> bool:
    """Whether a line begins something new: a heading's label, a salutation, a date, a signature's neighbour."""
    return LINE_LABEL.match(text) is not None or _OWN_LINE.match(text) is not None


def _is_title_line(line: PrintedLine) -> bool:
    return line.align in ("center", "right") and not line.text.startswith("——")  # a member that leaves as much room on both sides


def ends_sentence(text: str) -> bool:
    """`…。`, `…。）`, `…；”` end a sentence or clause; a bracket at the very end closes a paragraph too."""
    bare = text.rstrip(_CLOSERS)
    return not bare or bare[-1] in _ENDS or text[-1] in "）)】"


def _is_cut(line: PrintedLine, reliable: bool) -> bool:
    """A paragraph cut by a page: it holds sentences, or is too wide for a heading, and ends without a mark."""
    text = line.text
    if has_open_bracket(text) or (_GOES_ON.search(text) is not None and len(text) > 4):
        return True
    if reliable or ends_sentence(text):
        return False
    return "。" in text or (line.columns >= _LONG_COLUMNS and not text.endswith(("通知", "意见", "方案", "规划", "办法", "”")))


def _margins(lines: Sequence[PrintedLine]) -> tuple[int, int]:
    """(indent of paragraphs, width of a full line) in columns, of most lines."""
    widths = sorted(line.columns + line.indent for line in lines)
    full = widths[int(len(widths) * _PAGE_SHARE)] if widths else 0
    if any(line.room is not None for line in lines):
        return (2 if _indents_paragraphs(lines) else 0), full
    indented = sum(line.indent >= 2 for line in lines)
    return (2 if len(lines) * 0.05 < indented < len(lines) * 0.6 else 0), full


def _indents_paragraphs(lines: Sequence[PrintedLine]) -> bool:
    """Whether most lines behind a line that ended early are indented."""
    behind = [two.indent >= 2 for one, two in pairwise(lines) if fits(one, two) and not (_is_title_line(one) or _is_title_line(two))]
    return sum(behind) * 2 > len(behind)


def _is_full(before: PrintedLine, line: PrintedLine, margins: tuple[int, int]) -> bool:
    """Whether a line ended because the paper did."""
    if before.room is not None:
        return not fits(before, line)
    return before.columns + before.indent >= margins[1] - _SLACK


def _is_prose(group: Sequence[PrintedLine]) -> bool:
    return any("。" in one.text for one in group) and group[0].indent >= 2


def _hangs(group: Sequence[PrintedLine], line: PrintedLine, margins: tuple[int, int]) -> bool:
    """A full line of an indented entry goes on further in: `附件：1.…职责清` / `单`; a bracket stays open anywhere."""
    before = group[-1]
    if before.room is None or not _is_full(before, line, margins) or ends_sentence(before.text):
        return False
    entry = starts_own(group[0].text) and before.indent >= margins[0] and line.indent > before.indent + 1
    return entry or has_open_bracket(before.text)


def _goes_on_page(group: list[PrintedLine], line: PrintedLine, margins: tuple[int, int]) -> bool:
    before = group[-1]
    indent, full = margins
    if indent and line.indent >= indent:
        return _hangs(group, line, margins)
    if _is_title_line(before) or _is_title_line(line):
        return has_open_bracket(before.text)
    if _is_full(before, line, margins):
        return True
    if ends_sentence(before.text) or LINE_LABEL.match(before.text):
        return False
    return has_open_bracket(before.text) or (before.columns >= full // 2 and any(mark in before.text for mark in "，。"))
