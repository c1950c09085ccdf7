"""Titles: of the transmitting notice (`某县人民政府办公室关于印发《…实施方案》的通知`) and of the policy itself.

The policy's own title is the one under the notice, else the one that the notice names, else the document's only title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from policy_commitments.extractors.genres import genre_at_end, genre_word
from policy_commitments.extractors.head_lines import HeadLine
from policy_commitments.extractors.line_patterns import DRAFT
from policy_commitments.extractors.references import closing_mark
from policy_commitments.schemas.clean import Clean
from policy_commitments.schemas.outline import Outline
from policy_commitments.schemas.places import starts_with_place

_TRANSMITS = re.compile(
    r"""
    (?:印发|转发|批转|发布|公布|下发|颁布|颁发|征求) .{2,} (?:的(?:紧急)?通知|的函|的公告|的通告|的决定|的批复|意见的公告) (?:（[^（）]{1,20}）)? $   # 关于印发…的通知
    | 关于 《.+》 的(?:通知|公告|函) $                                                       # 关于《…》的通知
    """,
    re.X,
)
_NAMED = re.compile(
    r"""
      (?:印发|转发|批转|发布|公布|下发|颁布|颁发) (?: 《(?P<quoted>.+)》 | (?P<plain>.{4,}?) )
      的?(?:紧急)?(?:通知|函|公告|通告|决定|批复) (?:（[^（）]{1,20}）)? $                    # 关于印发某县…方案的通知
    | 关于《(?P<about>.+)》(?:公开)?(?:征求意见)?的(?:通知|公告|函) $                        # 关于《…》的通知
    """,
    re.X,
)
_SENDING = re.compile(
    r"""
      (?:（[^（）]{1,30}）)? (?: 已 | 业?经 | 印发 | 予以印发 | 予以发布 | 转发 | 发布 )         # 《…》已经县政府同意
    | [^。《》]{0,60}。? 现(?:予以?|将其)?(?:印发|公布|发布|转发) | 印发给                     # 《…》，经研究同意，现印发给你们
    """,
    re.X,
)
_OPENS = re.compile(r"(?:关于|印发|转发|批转|发布)")
_KEPT_BRACKET = re.compile(r"[（〔](?:试行|暂行|修订|修订(?:完善)?版|修正|\d{4}年?版|.{0,8}(?:19|20)\d\d.{0,14})[）〕]$")
_BETWEEN_AGENCIES = re.compile(r"[府局厅部委院会室）]\s+(?=[^\s《（]{2,30}[府局厅部委院会室](?:\s|（|关于|印发|转发))")
_NOT_TITLE = re.compile(rf"\s?[（〔【]?\s?(?:{DRAFT.pattern}|主动公开|依申请公开)\s?[）〕】]?$", re.X)  # …方案（征求意见稿）
_GAP = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])|^\s+|\s+$")


@dataclass(frozen=True, slots=True)
class Title:
    """A title, joined from its lines, and the clean span from its first to its last line."""

    text: str
    start: int
    end: int
    rule: str


def joined(text: str) -> str:
    """Line ends and blanks between Han characters taken out (`政府 工作报告`), but for one between two agencies."""
    return _GAP.sub(lambda gap: " " if gap.start() > 0 and _BETWEEN_AGENCIES.match(text, gap.start() - 1) else "", text)


def transmits(title: str) -> bool:
    """A title of a notice that sends a document: `…关于印发…的通知`."""
    return _TRANSMITS.search(title) is not None


def named_in(title: str) -> str | None:
    """Title of the document that a notice's title names, without 《》."""
    found = _NAMED.search(title)
    if found is None:
        return None
    named = found["quoted"] or found["about"] or found["plain"]
    return named if named is not None and len(named) > 3 else None


def title_groups(clean: Clean, lines: Sequence[HeadLine]) -> Iterator[Title]:
    """Titles among lines, those broken over lines joined; dates, numbers and fields between them part them."""
    group: list[HeadLine] = []
    for line in lines:
        if _goes_on(group, line):
            group.append(line)
            continue
        if _is_title(group):
            yield _joined_group(clean, group)
        group = [line] if line.kind in ("title", "agency") else []
    if _is_title(group):
        yield _joined_group(clean, group)


def _goes_on(group: Sequence[HeadLine], line: HeadLine) -> bool:
    if not group or line.start - group[-1].end > 6:
        return False
    so_far = "".join(one.text for one in group)
    if line.kind == "bracket":
        return _KEPT_BRACKET.match(line.text) is not None or group[-1].kind == "agency"
    if line.kind not in ("title", "agency") or len(so_far) + len(line.text) > 160:
        return False
    if group[-1].kind == "title" and starts_with_place(line.text):
        return False  # 返回顶部 over a title that is whole
    if genre_word(so_far) is None and so_far.startswith(line.text) and len(so_far) > 2 * len(line.text):
        return False  # …镇2017年度考核指标 over …镇, whose it is
    if so_far.startswith("《") and so_far.endswith("》"):
        return line.kind == "title"  # 《…》 over 政策解读
    if genre_word(so_far) is not None and not so_far.endswith(("印发", "关于")):
        return so_far.count("《") > so_far.count("》") or line.text in ("的通知", "通知")
    return _OPENS.match(line.text) is not None or group[-1].kind == "title" or line.kind == "title"


def _is_title(group: Sequence[HeadLine]) -> bool:
    return any(line.kind == "title" for line in group)


def _joined_group(clean: Clean, group: Sequence[HeadLine]) -> Title:
    text = joined("".join(clean.text[line.start : line.end].strip() for line in group))
    return Title(text, group[0].start, group[-1].end, "lines")


def sent_title(clean: Clean, start: int, end: int) -> Title | None:
    """The document that a notice's text sends: `现将《X》印发给你们`, `《X》已经县政府同意，现印发给你们`."""
    at = clean.folded.find("《", start, end)
    while at >= 0:
        close = closing_mark(clean.folded, at, min(end, len(clean.folded)))
        if close is None:
            at = clean.folded.find("《", at + 1, end)
            continue
        before = clean.folded[max(start, at - 12) : at]
        if _SENDING.match(clean.folded, close + 1, end) and not before.endswith(("根据", "按照", "落实", "贯彻", "实施", "（")):
            return Title(joined(clean.text[at + 1 : close]), at + 1, close, "named")
        at = clean.folded.find("《", close, end)
    return None


def standing_title(clean: Clean, wanted: str, start: int) -> Title | None:
    """Where a known title stands as the plan's own, on lines or glued: not inside 《》, after `start`."""
    target = _bare(wanted)
    if len(target) < 4:
        return None
    at = clean.text.find(target[0], start)
    while at >= 0:
        end = _match_bare(clean.text, at, target)
        if end is not None and not _is_quoted(clean.text, at):
            return Title(joined(clean.text[at:end].replace("\n", "")), at, end, "plan")
        at = clean.text.find(target[0], at + 1)
    return None


def _bare(text: str) -> str:
    return re.sub(r"[\s《》〈〉<>“”\"]", "", text)


def _match_bare(text: str, at: int, target: str) -> int | None:
    """End of `target` when the text at `at` is it, blanks and quotation marks aside."""
    k = at
    for char in target:
        while k < len(text) and text[k] in " \n\t\u3000《》〈〉<>“”\"":
            k += 1
        if k >= len(text) or text[k] != char:
            return None
        k += 1
    while k < len(text) and text[k] in "”》〉\"":
        k += 1
    return k


def _is_quoted(text: str, at: int) -> bool:
    before = text[:at].rstrip()[-1:]
    return before in ("《", "“", "〈", "<") or text[max(0, at - 2) : at] in ("关于", "印发")


def bracket_behind(clean: Clean, end: int) -> int:
    """End of a bracket that is part of the title: `…规划` + `（2021—2025年）`; `end` without one."""
    at = end
    while at < len(clean.folded) and clean.folded[at] in " \n":
        at += 1
    match = re.compile(r"[（〔][^（）〔〕\n]{2,24}[）〕]").match(clean.folded, at)
    return match.end() if match is not None and _KEPT_BRACKET.match(match[0]) else end


def plan_titles(outline: Outline) -> Iterator[Title]:
    """Titles of the plans of a file that holds several."""
    for item in outline.items:
        if item.origin == "plan":
            yield Title(joined(item.title), item.title_start, item.title_end, "plan_item")


def best_title(groups: Iterable[Title]) -> Title | None:
    """The first that ends in a genre word, else the longest."""
    found = list(groups)
    for one in found:
        if genre_at_end().search(one.text) and one.text not in ("通知", "公告"):
            return one
    return max(found, key=lambda one: len(one.text), default=None)


def without_draft(clean: Clean, title: Title) -> Title:
    """A title without its （征求意见稿）, which is a status and no part of it."""
    match = _NOT_TITLE.search(title.text)
    if match is None or match.start() < 4:
        return title
    cut = clean.folded.rfind(title.text[match.start() :].strip()[0], title.start, title.end)
    return Title(title.text[: match.start()].strip(), title.start, cut if cut > title.start else title.end, title.rule)


def unquoted(title: Title) -> Title:
    """A title that stands in 《》 as a whole, without them."""
    inner = title.text[1:-1]
    if title.text[:1] != "《" or title.text[-1:] != "》" or "《" in inner or title.end - title.start < 3:
        return title
    return Title(inner, title.start, title.end, title.rule)
