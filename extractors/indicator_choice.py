"""Which printed pieces name what a figure measures, e.g. `首次升规的企业` + `奖励`, or the noun after a count.

Chooses between the words before the number, the noun after it, the condition of a reward and the sentence's subject.
"""

from __future__ import annotations

import re

from policy_commitments.extractors.clause_context import Clause
from policy_commitments.extractors.figure_groups import Group
from policy_commitments.extractors.indicator_phrase import compose, split_members, trim
from policy_commitments.extractors.number_tail import Each
from policy_commitments.extractors.sight import Frame
from policy_commitments.schemas.mentions import Span

_OPENER = re.compile(
    r"[ 　]*(?:[0-9]{1,2}[.．、]|（[一二三四五六七八九十0-9]+）|[一二三四五六七八九十]是)?(?:对于?|凡是?|针对|给予?|向)?"
)
_REWARD = re.compile(
    r"(?:的)?((?:一次性|财政|资金|配套|专项|定额|创业|生活|岗位|安家|购房|租房)*(?:奖励|补助|补贴|资助|支持|奖补|扶持|经费|津贴)(?:资金)?)"
)
_NOUN_END = re.compile(r"[，。；：！？\n]")
_PLANNED = re.compile(r"的?(?:标准|要求|比例)?(?:规划|配建|建设|配备|设置|配置|配套|执行|安排|落实)")
_SHORTEST_NAME = 4
_AND = re.compile(r"(?:、|以及|和|与|及)(?=[^、和与及]*$)")
_BASE_LEADS = frozenset(("按照", "按", "依照", "以", "达到", "占", "为"))
Phrase = tuple[str, tuple[Span, ...]]


def choose_indicators(
    text: str,
    clause: Clause,
    group: Group,
    frame: Frame,
    subject: Phrase | None,
    condition: Span | None,
    following: Group | None,
    each: Each | None,
) -> list[Phrase]:
    """The indicator of each figure in the group, in order; empty where nothing printed names it."""
    if frame.rule == "invest" and frame.noun_after:
        noun = _noun_after(text, group, clause, following)
        noun = trim(text, *noun, keep_verb=False)
        word = (group.tail.start - 2, group.tail.start)
        if noun[1] - noun[0] >= _SHORTEST_NAME:
            return [(text[noun[0] : noun[1]] + text[word[0] : word[1]], (noun, word))]
    if frame.rule == "speed":
        noun = _noun_after(text, group, clause, following)
        return [(text[noun[0] : noun[1]], (noun,))] if noun[1] > noun[0] else []
    if frame.form == "money":
        return _money(text, clause, group, condition, each)
    if frame.rule == "norm_after":
        return _norm_after(text, group, clause, following, subject)
    if frame.noun_after:
        noun = _noun_after(text, group, clause, following)
        if noun[1] > noun[0]:
            return _counted(text, group, frame, noun)
    start, end = _noun_before(text, group, frame, each)
    if group.tail.base is not None and (end - start < 4 or text[start:end].startswith("在")):
        return [(text[group.tail.base[0] : group.tail.base[1]], (group.tail.base,))]
    if end <= start:
        return []
    return _with_subject(_members(text, start, end, group, frame), subject)


def _noun_before(text: str, group: Group, frame: Frame, each: Each | None) -> Span:
    stop = _left_end(text, group)
    counted = frame.form == "count"
    if counted and group.leading_verb is not None and group.leading_verb.end <= stop:
        return trim(text, group.leading_verb.end, stop, keep_verb=False)
    return trim(text, group.left_start, stop, keep_verb=not counted)


def _left_end(text: str, group: Group) -> int:
    if group.baseline is None:
        return group.tail.start
    before = re.search(
        r"(?:由|从|较|比|在|自)[^由从较比在自，]{0,24}$", text[group.left_start : group.baseline.start]
    )
    return group.left_start + before.start() if before is not None else group.baseline.start


def _members(text: str, start: int, end: int, group: Group, frame: Frame) -> list[Phrase]:
    """One phrase per figure of a 分别 list; two for `A和B全覆盖`; else the span as it stands."""
    wanted = len(group.figures)
    parts = [trim(text, a, b) for a, b in split_members(text, start, end)]
    if wanted > 1:
        parts = _last_members(parts, wanted)
        if len(parts) == wanted:
            return compose(text, parts)
    two_things = frame.form == "coverage" and len(parts) == 2 and "、" not in text[start:end]
    if two_things and all(b - a >= 2 for a, b in parts):
        return compose(text, parts)
    return [(text[start:end], ((start, end),))]


def _last_members(parts: list[Span], wanted: int) -> list[Span]:
    """With more parts than figures the first member keeps the surplus: it is a name with 、 in it."""
    if len(parts) <= wanted:
        return parts
    first_end = parts[len(parts) - wanted][1]
    return [(parts[0][0], first_end), *parts[len(parts) - wanted + 1 :]]


def _with_subject(phrases: list[Phrase], subject: Phrase | None) -> list[Phrase]:
    """`…产值增长6%、占…比重提高到86%`: 占 without a subject takes the sentence's last one."""
    if subject is not None and phrases[0][0].startswith(("占", "比重", "占比")):
        words, spans = subject
        return [(words + own_words, (*spans, *own)) for own_words, own in phrases]
    return phrases


def _noun_after(text: str, group: Group, clause: Clause, following: Group | None) -> Span:
    """The noun that a count counts, cut where the next figure's words begin."""
    limit = clause.end
    if following is not None:
        limit = following.tail.start
        cut = _AND.search(text[group.end : limit])
        if following.tail.verb is None and cut is not None:
            limit = group.end + cut.start()
    limit = min(limit, max(group.right_end, limit) if following is not None else group.right_end)
    stop = _NOUN_END.search(text, group.end, limit)
    start, end = trim(text, group.end, stop.start() if stop is not None else limit)
    return start, min(end, start + 60)


def _counted(text: str, group: Group, frame: Frame, noun: Span) -> list[Phrase]:
    """The counted noun; a norm keeps what it holds for: `新建居住区按照每千人口不少于10个托位规划建设`."""
    if frame.form == "count":
        return [(text[noun[0] : noun[1]], (noun,))]
    cut = _PLANNED.search(text, noun[0] + 2, noun[1])
    start, end = noun[0], cut.start() if cut is not None else noun[1]
    scope = trim(text, group.left_start, _left_end(text, group))
    if scope[1] - scope[0] < 2 or frame.rule == "duration_at_least":
        return [(text[start:end], ((start, end),))]
    return [(text[scope[0] : scope[1]] + text[start:end], (scope, (start, end)))]


def _norm_after(
    text: str, group: Group, clause: Clause, following: Group | None, subject: Phrase | None
) -> list[Phrase]:
    """`按照岗位总量的50%设置中级岗、15%设置高级岗`: the share of what is what."""
    start, end = trim(text, group.left_start, group.tail.start)
    noun = _noun_after(text, group, clause, following)
    noun = trim(text, *noun, keep_verb=False)
    if text[noun[0] : noun[0] + 1] == "为":
        noun = trim(text, noun[0] + 1, noun[1], keep_verb=False)
    own = text[noun[0] : noun[1]]
    if end - start >= 2:
        return [(text[start:end] + own, ((start, end), noun))]
    if group.tail.base is not None:
        base = group.tail.base
        return [(text[base[0] : base[1]] + own, (base, noun))]
    return [(own, (noun,))] if own else []


def _money(text: str, clause: Clause, group: Group, condition: Span | None, each: Each | None) -> list[Phrase]:
    """Condition (or subject) with the kind of payment."""
    kind = _kind_of_payment(text, group, clause)
    begin, end = _without_opener(text, trim(text, group.left_start, _left_end(text, group)))
    if end <= begin and condition is not None:
        begin, end = _without_opener(text, trim(text, *condition))
    if end <= begin:
        return []
    parts = _last_members(split_members(text, begin, end), len(group.figures))
    members = parts if len(group.figures) > 1 and len(parts) == len(group.figures) else [(begin, end)]
    tail = "".join(text[a:b] for a, b in kind)
    return [(words + tail, (*spans, *kind)) for words, spans in compose(text, members)]


def _kind_of_payment(text: str, group: Group, clause: Clause) -> tuple[Span, ...]:
    reward = _REWARD.match(text, group.end, clause.end)
    if reward is not None:
        return ((reward.start(1), reward.end(1)),)
    verb = group.tail.verb
    if verb is not None and verb.entry["form"] == "money" and verb.text not in ("给予", "予以"):
        return ((verb.start, verb.end),)
    return ()


def _without_opener(text: str, span: Span) -> Span:
    opener = _OPENER.match(text, *span)
    begin = opener.end() if opener is not None else span[0]
    return trim(text, begin, span[1])
