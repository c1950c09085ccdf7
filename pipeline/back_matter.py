"""What closes a document: list of attachments, signature, date, 抄送, 印发, e.g. `某县人民政府办公室2020年9月10日`."""

from __future__ import annotations

import re
from bisect import bisect_left

from policy_commitments.pipeline.parts import Part
from policy_commitments.schemas.clean import Clean

_CLOSING_LINE = re.compile(
    r"""
      附\s?[件表] \s? \d? \s? [:：] | 抄\s?送 | 抄\s?报 | （此件.{2,8}） | 相关附件 | 公开属性 | 公开方式 | 主题词 | 附件列表 | 扫一扫
    | [^，。；：\s]{2,30} (?: 政府 | 办公室 | 办公厅 | 委员会 | 党委 | [局厅部委会院] ) (?: （[^（）]{1,10}） )? $     # 某县人民政府
    | (?: \d{4} | [二〇零一三四五六七八九]{4} ) 年 [^，。；]{1,6} 月 [^，。；]{1,5} 日 (?: 印发 )? $             # 2020年9月10日
    | [^，。；]{2,30} \d{4}年\d{1,2}月\d{1,2}日 (?: 印发 )? $
    | （?联系人 | 此件
    """,
    re.X,
)
_CLOSING_INLINE = re.compile(
    r"""
    (?<=[。）”；！])
    (?: 附件 ： .{0,300}? )?
    [^，。；：（）]{2,30} (?: 政府 | 办公室 | 办公厅 | 委员会 | 党委 | [局厅部委会] ) (?: （[^（）]{1,10}） )?
    \d{4}年\d{1,2}月\d{1,2}日                                      # …水平。某市人民政府办公室2020年9月10日相关附件
    | (?<=[。）”；！]) (?: 相关附件 ： | （此件 )
    """,
    re.X,
)
_SIGNED = re.compile(
    r"(?<=[。）”；！])(?:附件：[^。\n]{0,200}?)?[^，。；：（）\n]{2,24}(?:政府|办公室|办公厅|委员会|党委|[局厅部委会])\d{4}年\d{1,2}月\d{1,2}日(?![^\n]{0,2}[起前至—在的])"
)
_SIGNATURE = re.compile(r"[^，。；：]{2,30}(?:政府|办公室|办公厅|委员会|党委|[局厅部委会院])(?:（[^（）]{1,10}）)?$")
_DATE = re.compile(r"(?:\d{4}|[二〇零一三四五六七八九]{4})年[^，。；]{1,6}月[^，。；]{1,5}日$")
_FIELD = re.compile(r"(?:(?:责任|牵头|配合|协办|参与|主办|承办)(?:单位|部门)|完成(?:时限|时间))：?$")  # of a form; its value is the next line
_TAIL = 1500  # characters at a part's end in which its closing matter begins, when it stands inside a line
_LIST_INLINE = re.compile(r"附件：(?<=[。）]附件：)\s?1[.、][^。\n]{0,300}")
_LIST_HEAD = re.compile(r"附\s?[件表]\s?(?:[:：]|[一二三四五六七八九十\d]{1,2}[:：.])")
_ENTRY = re.compile(r"(?:附\s?[件表])?\s?\d{0,2}\s?[.、：]?[^。；]{2,60}$")
_NEAR = 400  # characters of an attachment list inside a line


def start_of_back(clean: Clean, part: Part) -> int:
    """Where the closing matter of a part begins; the part's end without one."""
    if not part.headings:
        return part.end
    floor = part.headings[-1].label.end
    signed = _signature_inside(clean, part)
    if signed is not None:
        return signed
    at = part.end
    for k in range(bisect_left(clean.paragraphs, part.end, key=lambda one: one.start) - 1, -1, -1):
        paragraph = clean.paragraphs[k]
        if paragraph.start <= floor:
            break
        text = clean.folded[paragraph.start : paragraph.end]
        if _FIELD.match(text):
            break
        if _CLOSING_LINE.match(text) or (len(text) < 60 and _ENTRY.match(text) and not text.endswith(("。", "；"))):
            at = paragraph.start
        elif text.strip():
            break
    while at < part.end and not _CLOSING_LINE.match(clean.folded, at, _line_end(clean, at)):
        at = _line_end(clean, at) + 1
    at = min(at, part.end)
    at = _first_closing_line(clean, floor, at)
    start = max(floor, at - _TAIL)
    match = _CLOSING_INLINE.search(clean.folded, start, at)
    return match.start() if match is not None else at


def _first_closing_line(clean: Clean, floor: int, at: int) -> int:
    """The list of attachments, or a signature over its date, behind the last heading: a web page goes on below it."""
    first = bisect_left(clean.paragraphs, floor, key=lambda one: one.start)
    last = bisect_left(clean.paragraphs, at, key=lambda one: one.start)
    texts = [clean.folded[one.start : one.end] for one in clean.paragraphs[first : last + 1]]
    for k, text in enumerate(texts[: last - first]):
        if len(text) <= _NEAR and _LIST_HEAD.match(text):
            return clean.paragraphs[first + k].start
        if _SIGNATURE.match(text) and k + 1 < len(texts) and _DATE.match(texts[k + 1]):
            return clean.paragraphs[first + k].start
    return at


def _signature_inside(clean: Clean, part: Part) -> int | None:
    """A signature with its date inside a line, behind which the annexes were glued on; their numbers are no headings."""
    first = part.headings[0].label.end
    match = _SIGNED.search(clean.folded, first, part.end)
    if match is None:
        return None
    behind = sum(heading.label.start > match.start() for heading in part.headings)
    return match.start() if behind * 2 < len(part.headings) else None


def _line_end(clean: Clean, at: int) -> int:
    end = clean.folded.find("\n", at)
    return len(clean.folded) if end < 0 else end


def attachment_lists(clean: Clean) -> list[tuple[int, int]]:
    """Spans of lists `附件：1.… 2.…`, whose numbers are no headings."""
    spans: list[tuple[int, int]] = []
    paragraphs = clean.paragraphs
    k = 0
    while k < len(paragraphs):
        start, end = paragraphs[k].start, paragraphs[k].end
        k += 1
        if not _LIST_HEAD.match(clean.folded, start, end) or end - start > _NEAR:
            continue
        while k < len(paragraphs) and _is_entry(clean, paragraphs[k].start, paragraphs[k].end):
            end = paragraphs[k].end
            k += 1
        spans.append((start, end))
    spans.extend((m.start(), m.end()) for m in _LIST_INLINE.finditer(clean.folded))
    return spans


def _is_entry(clean: Clean, start: int, end: int) -> bool:
    text = clean.folded[start:end]
    return len(text) < 80 and re.match(r"\d{1,2}\s?[.、]|附\s?[件表]\s?\d", text) is not None and "。" not in text
