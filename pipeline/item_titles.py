"""Where a heading's phrase ends: `1．加快医院建设。推进…` at 。, `1.县财政局：…` at ：, a line of its own at its end."""

from __future__ import annotations

import re
from collections.abc import Mapping

from policy_commitments.extractors.headings import HeadingLabel, extract_headings
from policy_commitments.pipeline.roles import section_names, section_role
from policy_commitments.schemas.clean import Clean

_OWNER = re.compile(
    r"""
    [^，。；：、（）“”\s]{1,20}? (?: [局委办厅部院会府站所队社团校] | 中心 | 公司 | 单位 | 部门 | 街道 | 乡镇 | 法院 | 银行 | 集团 )
    (?: （ [^（）]{1,20} ） )? (?: 、 [^，。；：]{2,40} )? ：                 # 1.县交通运输局：…
    """,
    re.X,
)
TASK_LABEL = re.compile(r"(?:具体任务|工作任务|重点任务|主要任务|任务内容|任务名称|任务|工作内容)(?:：\s?|$)")
"""A form's label before what is to be done; for a line that opens with it."""
_NAMED = re.compile(r"(?:任务|项目|工程|实事|事项|工作|指标)名称：\s?(?=.)")
_LABELLED = re.compile(r"(?<=..)[；，。]\s?(?:牵头|责任|配合|主办|落实|实施)(?:责任)?(?:单位|部门|科室|股室)：")  # 3．推进环境整治；牵头单位：县生态环境局
_CLOSING, _LONGEST_OWNERS = frozenset("）】〕]"), 200
_OWNED = re.compile(r"(?<=..)[（【〔\[](?:[^（）【】〔〕]|（[^（）]*）){0,6}?(?:责任|牵头|配合|主办|落实)(?:[^（）【】〔〕]|（[^（）]*）)*[）】〕\]]$|(?<=..)[（【〔](?:[^（）【】〔〕]|（[^（）]*）){2,60}(?:牵头|负责|配合)[）】〕]$")  # （一）实施扩容行动（责任单位：县教育局）
_SECTION_KINDS = frozenset({"part", "chapter", "section", "cn", "cn_round"})
_NAMED_KINDS = _SECTION_KINDS | {"dash"}
_OPENER = re.compile(r"到?20\d\d年|以|按照|坚持|围绕|根据|为|深入|全面|大力|加快|加强|通过|力争|在|紧紧|牢固|高举")
_MARK = re.compile(r"[，；：]")
_LONGEST_PLAIN = 40  # characters of a heading without any mark
_SENTENCE = 45
_LONG_SENTENCE = 30  # characters; a heading's phrase is rarely longer, a glued sentence is
_SENTENCE_OPENS = re.compile(
    r"""
    (?<=[制系平力设展务障境理量作善化动通率度构局目标础接全效收利源建革放训围件活任遇业款求系])   # …长效机制|健全防止返贫动态监测…
    (?= (?: 到20\d\d年 | 从?20\d\d年 | 对(?!象|口|外|接|策) | 各[地级部县区有市] | 符合 | 近年来 | 要[^求素点] | 以[^及]{2} | 按照 | 坚持 | 围绕 | 根据 | 为[了深贯全进] | 深入(?:贯彻|实施|推进) | 全面(?:贯彻|落实|推进|实施)
          | 健全 | 完善 | 加快 | 加强 | 推进 | 推动 | 实施 | 落实 | 强化 | 建立 | 开展 | 严格 | 充分 | 积极 | 大力 | 支持 | 鼓励
          | 优化 | 提升 | 巩固 | 统筹 | 持续 | 聚焦 | 依托 | 深化 | 把 | 将 | 培育 | 进一步 ) )
    """,
    re.X,
)
_MARKS = " 。；：:;."


def contents_titles(clean: Clean) -> Mapping[str, tuple[str, ...]]:
    """Titles that the contents list gives for each printed label, blanks left out."""
    found: dict[str, list[str]] = {}
    for piece in clean.furniture:
        if piece.kind != "contents":
            continue
        text = "".join(clean.source.text[piece.start : piece.end].split())
        labels = [one for one in extract_headings(text) if one.kind in _SECTION_KINDS]
        for k, label in enumerate(labels):
            end = labels[k + 1].start if k + 1 < len(labels) else len(text)
            title = re.sub(r"[.…·]{2,}\d*$|\d+$", "", text[label.end : end])
            found.setdefault(text[label.start : label.end], []).append(title)
    return {label: tuple(titles) for label, titles in found.items()}


def title_span(clean: Clean, label: HeadingLabel, limit: int, contents: Mapping[str, tuple[str, ...]]) -> tuple[int, int, int]:
    """(start, end of the phrase, start of the body) for a label whose own text runs up to `limit`."""
    folded = clean.folded
    start = label.end
    while start < limit and folded[start] in " 、.：":
        start += 1
    start = _behind_label(folded, start, limit)
    line_end = folded.find("\n", start, limit)
    stop = limit if line_end < 0 else line_end
    end = _phrase_end(folded, label, start, stop, contents)
    field = _LABELLED.search(folded, start, end)
    end = end if field is None else field.start()
    owned = _OWNED.search(folded, max(start, end - _LONGEST_OWNERS), end) if folded[end - 1 : end] in _CLOSING else None
    end = end if owned is None else owned.start()
    body = end
    while body < limit and folded[body] in "。；：\n ":
        body += 1
    while end > start and folded[end - 1] in _MARKS:
        end -= 1
    return start, end, max(body, end)


def _behind_label(folded: str, start: int, limit: int) -> int:
    """A number alone on its line over `具体任务：…`: the title is what the form's label says."""
    if folded[start : start + 1] != "\n":
        named = _NAMED.match(folded, start, limit)
        return start if named is None else named.end()
    stop = folded.find("\n", start + 1, limit)
    label = TASK_LABEL.match(folded, start + 1, limit if stop < 0 else stop)
    return label.end() if label is not None and label.end() < limit else start


def _phrase_end(folded: str, label: HeadingLabel, start: int, stop: int, contents: Mapping[str, tuple[str, ...]]) -> int:
    printed = "".join(folded[label.start : label.end].split())
    for title in contents.get(printed, ()):
        if title and folded.startswith(title, start):
            return start + len(title)
    owner = _OWNER.match(folded, start, stop)
    if owner is not None:
        return owner.end() - 1
    mark = folded.find("。", start, stop)
    end = stop if mark < 0 else mark
    colon = folded.find("：", start, end)
    if 0 < colon - start <= 16 and section_role(folded[start:colon]) is not None:
        return colon
    if end == stop and end - start <= _LONGEST_PLAIN and not _MARK.search(folded, start, end):
        return end
    if label.kind in _NAMED_KINDS and (end - start > _LONG_SENTENCE or label.place != "line"):
        return _glued_end(folded, label, start, end)
    return end


def _glued_end(folded: str, label: HeadingLabel, start: int, end: int) -> int:
    """The end of a heading that runs into its sentence without a mark: `总体要求坚持“家庭为主…`."""
    known = section_names().match(folded, start, end)
    if known is not None and (end - start > _LONG_SENTENCE or _OPENER.match(folded, known.end())):
        return known.end()
    if label.kind == "dash":
        return end
    comma = _MARK.search(folded, start, end)
    if label.kind in ("cn", "cn_round") and (comma is None or label.place == "line"):
        return end
    if label.kind in ("chapter", "section") or (label.place != "line" and end - start > _SENTENCE):
        opens = _SENTENCE_OPENS.search(folded, start + 6, min(end, start + 60))
        return end if opens is None else opens.start()
    return end
