"""The noun behind a number, e.g. `托位` of `不少于10个托位、老城区不少于8个托位`, and who has to do what behind a share."""

from __future__ import annotations

import re

from policy_commitments.extractors.clause_context import Clause
from policy_commitments.extractors.figure_groups import Group
from policy_commitments.extractors.indicator_phrase import trim
from policy_commitments.schemas.mentions import Span

Phrase = tuple[str, tuple[Span, ...]]
_NOUN_END = re.compile(r"[，。；：！？\n]|特别是|尤其是|(?<=..)(?:要|须|应当?|确保|力争)(?=[在于到][^，。；]{2,10}前)|、(?=每)|的(?:标准|比例|要求|原则)$|（(?=其中|包括|包含|含|不含|详见|见附|附件|即|如|每|共|不少于|不低于|[一二三四]期|20[0-9]{2}年)")
_DONE_TO = re.compile(r"(?:进行|予以)(?=[^，。；]{2})")
_SIZED = re.compile(r"[0-9.]+(?:[%‰]|(?![0-9.%‰])[^，。；、0-9]{1,8}?)(?:及?以上|及?以下|左右)?(?:[^，。；0-9]{0,40})的[^，。；、0-9的]{2,20}")  # 20个年接待游客300万人次以上的大景区, 3万平方米节能率不低于15%的建筑改造
_BUILT = re.compile(r"(?<![或和并])(?:全面|全部|基本|正式|按时|如期|顺利|按期)?(?:建成|投用|竣工|开工|完工|投入使用|投运|通车|投产|达标|启用|挂牌)(?:投用|使用|运营|投产)?$")
_APART = re.compile(r"[、，和与及或]|特别是|其中|包括")
_AS_SIZE = re.compile(r"达到|超过|不低于|不少于|超$")
_AND = re.compile(r"(?:、|以及|和|与|及)(?=[^、和与及]*$)")
_LIST_MARK = re.compile(r"[、和与及，]")
_DOES = re.compile(r"(?<=..)(?:能够规范|规范|全部|基本|均|都|能够|能|可|要|应)*(?:建成|建立|建有|达到|实现|完成|设立|设置|配备|开展|开设|具备|提供|纳入|接入|拥有|通过|创建|建设)")
_EMPTY_VERBS = frozenset(("实现", "完成"))
_SHORTEST_PAYEE = 2


def noun_after(text: str, group: Group, clause: Clause, following: Group | None) -> Span:
    """The noun that a count counts, cut where the next figure's words begin."""
    limit = clause.end
    shared = _repeated_noun(text, group, following)
    if shared is not None:
        return shared
    if following is not None:
        limit = following.tail.start
        cut = _AND.search(text[group.end : limit])
        if following.tail.verb is None and cut is not None:
            limit = group.end + cut.start()
    if following is not None:
        limit = min(limit, max(group.right_end, limit))
    elif group.figures[0].dimension != "ratio":
        limit = min(limit, group.right_end)
    limit = _over_size(text, group, clause, following, limit)
    stop = _NOUN_END.search(text, group.end, limit)
    done = _DONE_TO.search(text, group.end + 2, stop.start() if stop is not None else limit)
    stop = done or stop
    start, end = trim(text, group.end, stop.start() if stop is not None else limit)
    built = _BUILT.search(text, start + 2, end) if end - start > _SHORTEST_PAYEE else None
    end = end if built is None else built.start()
    return start, min(end, start + 60)


def _over_size(text: str, group: Group, clause: Clause, following: Group | None, limit: int) -> int:
    """`20个年接待游客300万人次以上的大景区`: a size inside the noun does not end it."""
    figure = following.figures[0].start if following is not None else group.right_end
    sized = _SIZED.match(text, figure, clause.end)
    if sized is None or _APART.search(text, group.end, figure) is not None or _NOUN_END.search(text, group.end, figure) is not None:
        return limit
    bounded = _AS_SIZE.search(text, group.end, figure) is not None or "以" in sized.group()
    return sized.end() if bounded else limit


def sharing(text: str, group: Group, clause: Clause, following: Group | None) -> Phrase | None:
    """`60%的医院建成智慧病房`: who has to do it is named behind what is done, `90%以上乡镇和60%以上社区建立站点` twice."""
    behind = following if another_share(following) else None
    noun = noun_after(text, group, clause, behind)
    does, stop = _DOES.search(text, *noun), noun[1]
    if does is None and behind is not None:
        does, stop = _DOES.search(text, behind.end, clause.end), clause.end
    if does is None:
        return None
    who = trim(text, noun[0], min(noun[1], does.start()))
    begin = does.start() if does.group() not in _EMPTY_VERBS else does.end()
    what = trim(text, begin, stop) if does.group() != "达到" else (begin, trim(text, does.end(), stop)[1])
    if who[1] - who[0] < _SHORTEST_PAYEE or what[1] - what[0] < _SHORTEST_PAYEE:
        return None
    return text[what[0] : what[1]] + text[who[0] : who[1]], (what, who)


def another_share(following: Group | None) -> bool:
    """Whether the next group is a share too: 60%以上社区 behind 90%以上乡镇."""
    return following is not None and following.figures[0].dimension == "ratio"


def _repeated_noun(text: str, group: Group, following: Group | None) -> Span | None:
    """`新区不少于10个托位、老城区和旧小区不少于8个托位`: the noun ends where the next scope begins."""
    if following is None:
        return None
    mark = _LIST_MARK.search(text, group.end, following.tail.start)
    if mark is None or mark.start() - group.end < 2:
        return None
    noun = text[group.end : mark.start()]
    return (group.end, mark.start()) if text.startswith(noun, following.end) else None
