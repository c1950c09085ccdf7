"""Finds where agencies are named: `（责任单位：县财政局）`, `牵头部门：…` on its own line, `…。（市科技局负责）`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from policy_commitments.extractors.agency_grammar import introduces, role_grammar
from policy_commitments.extractors.agency_lists import split_names
from policy_commitments.extractors.agency_members import Member
from policy_commitments.extractors.agency_names import ends_name, is_generic, is_name, is_prose
from policy_commitments.extractors.agency_order import states_order
from policy_commitments.extractors.agency_statements import assigned, read_statement, read_value
from policy_commitments.extractors.segments import behind_last
from policy_commitments.schemas.frozen import frozen
from policy_commitments.schemas.mentions import Span

LONGEST_STATEMENT = 1200
_DEEPEST = 6

_BRACKET = re.compile(r"[（(〔【\[]|[）)〕】\]]")
_OPEN = frozenset("（(〔【[")
_SPEAKS = re.compile(r"牵头|负责|责任|配合|单位|部门|参与|参加|落实|主办|协办|实施|承办|协助|指导|[局委办部厅会府联][、，；](?=[各有省市县区州旗镇乡团属])|[局委办部厅会府联司团道镇乡队所站科室股处心社](?:等)?(?:[）)〕] ?)?(?:[；;，][^）；;，]{2,16})?[）)〕】\]]")
_CLAIMS = re.compile(r"(?:牵头|责任|配合|协办|主办|落实)(?:单位|部门)|牵头|按职责|分工负责|负责$")
_ASIDE = re.compile(r"以下简称|下称|简称|含|包括|不含|其中|如|例如|即|指|原|附件|见|详见|试行|一|二|\d")
_HEADING = re.compile(r"（[一二三四五六七八九十]{1,3}）|(?<=[局委办部厅会府院心位门])\s*\d{1,2}[.．、](?!\d)")
_LOCAL = re.compile(r"(?:乡镇|镇街|街镇|街道|镇|乡|园区|开发区|高新区|经开区)(?:（[^（）]{1,8}）)?(?:人民政府|政府|办|办事处|管委会)?")  # 县财政局、镇街
_OWN_OFFICE = re.compile(r"[一-龥]{1,7}(?:大队|中队|支队|派出所|科|股)")
_OF_ONE_HOUSE = re.compile(r"[一-龥]{1,8}(?:大队|中队|支队|派出所|科|股|室|处|办|中心|所|队)")
_WHEN_LAST = re.compile(  # （区水务局、区住建局；2025年12月底前完成）
    r"[；;，,]\s*(?:(?:20[0-9]{2}年)?(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日|份|年?底|上旬|中旬|下旬)?(?:之?前)?(?:(?:全面|全部|基本)?完成)?|持续(?:推进|实施)|长期(?:坚持|推进)|全年|[一二三四]季度)$"
)
_LEVEL = re.compile(r"[省市县区州旗镇乡国各团]|自治区")
_ASSIGNS = re.compile(r"牵头|负责|承办|主办|组织实施|落实")
_ENDS_VALUE = re.compile(r"[（(〔【\[）)〕】\]。\n]")
_SENTENCE_END = re.compile(r"[。；\n]")
_LONGEST_SENTENCE = 300
_CLOSED = re.compile(r"\s*(?:[。；\n]|$|（?[一二三四五六七八九十\d]{1,3}[）、.．])")
_ENDS_ITEM = re.compile(r"[。；]?[ 　]*(?:\n|$)")  # 建成粮库5座（县发展改革局、各镇街）。
_OFFICE_BEFORE = re.compile(r"(?:[局委办部厅会府组联院校司站所队署关门员]|单位|机构|中心|主体|专班|成员|各地|如下|包括|[有和及与、，：])[ 　]*$")  # 有关部门（县公安局、县司法局）


@frozen
class Statement:
    """What was read at folded[start:end]; `form` names the surface pattern."""

    start: int
    end: int
    form: str
    members: list[Member]


def statements(folded: str, start: int, end: int, speaking: Sequence[Span]) -> list[Statement]:
    """All statements of folded[start:end] in text order; `speaking` are its `speaking_brackets`."""
    found = list(_bracket_statements(folded, start, end, speaking))
    taken = [(one.start, one.end) for one in found]
    found.extend(_label_statements(folded, start, end, taken))
    taken = sorted((one.start, one.end) for one in found)
    found.extend(_sentence_statements(folded, start, end, taken))
    return sorted(found, key=lambda one: one.start)


def bracket_pairs(folded: str, start: int, end: int) -> list[Span]:
    """Matched brackets (outside offsets), outer before inner; an unclosed or stray one spoils no other."""
    stack: list[int] = []
    pairs: list[Span] = []
    for mark in _BRACKET.finditer(folded, start, end):
        if mark.group() in _OPEN:
            stack.append(mark.start())
            if len(stack) > _DEEPEST:
                del stack[0]
        elif stack:
            opened = stack.pop()
            if mark.end() - opened <= LONGEST_STATEMENT:
                pairs.append((opened, mark.end()))
    return sorted(pairs, key=lambda pair: (pair[0], -pair[1]))


def speaking_brackets(folded: str, start: int, end: int) -> list[Span]:
    """Matched brackets that hold a word of duties or agencies, outer before inner."""
    return [pair for pair in bracket_pairs(folded, start, end) if _SPEAKS.search(folded, *pair) is not None]


def _bracket_statements(folded: str, start: int, end: int, speaking: Sequence[Span]) -> Iterator[Statement]:
    done = start
    for opened, closed in speaking:
        if opened < done:
            continue
        members = read_statement(folded, opened + 1, closed - 1, bracket=True)
        form = "bracket"
        if not members and _stands_alone(folded, start, opened, closed, end):
            members, form = _bare(folded, opened + 1, closed - 1, behind_stop=folded[opened - 1] in "。；"), "bare_bracket"
        if members:
            done = closed
            yield Statement(opened, closed, form, members)


def _stands_alone(folded: str, start: int, opened: int, closed: int, end: int) -> bool:
    before = folded[max(start, opened - 3) : opened].rstrip(" ")
    if before[-1:] in ("。", "；"):
        return _CLOSED.match(folded, closed, end) is not None
    ends = _ENDS_ITEM.match(folded, closed, end) is not None
    return ends and opened > start and _OFFICE_BEFORE.search(folded, max(start, opened - 6), opened) is None


def _bare(folded: str, start: int, end: int, *, behind_stop: bool) -> list[Member]:
    """`…。（市发展改革委、市财政局）`: full names with their level, nothing else; or offices of one house, `…。（刑侦大队、政工室）`."""
    when = _WHEN_LAST.search(folded, start, end)
    spans = list(split_names(folded, start, end if when is None else when.start()))
    names = [folded[a:b] for a, b in spans]
    named = [is_name(name) and ends_name(name) and len(name) > 2 and _LEVEL.match(name) is not None for name in names]
    local = [bool(at) and _LOCAL.fullmatch(name) is not None for at, name in enumerate(names)]
    if behind_stop and any(map(_OWN_OFFICE.fullmatch, names)) and all(_OF_ONE_HOUSE.fullmatch(name) or is_generic(name) for name in names):
        return [Member(a, b, "responsible", 0, fixed=False) for a, b in spans]
    if not any(named) or not all(ok or own or (is_generic(name) and is_name(name)) for ok, own, name in zip(named, local, names, strict=True)):
        return []
    return [Member(a, b, "responsible", 0, fixed=False) for a, b in spans]


def _label_statements(folded: str, start: int, end: int, taken: list[Span]) -> Iterator[Statement]:
    """Labels outside understood brackets; labels glued to one another are one statement."""
    labels = [m for m in role_grammar().label.finditer(folded, start, end) if introduces(folded, m)]
    labels = [m for m in labels if not _inside(taken, m.start())]
    at = 0
    while at < len(labels):
        first = labels[at]
        if first["colon"] == "为" and folded[first.start() - 1 : first.start()] == "，":
            at += 1                                           # 该项目牵头单位为企业，参与单位为高校
            continue
        members: list[Member] = []
        stop = first.start()
        while at < len(labels) and labels[at].start() - stop <= 2:
            label = labels[at]
            following = _opened(folded, labels[at + 1].start()) if at + 1 < len(labels) else end
            stop = _value_end(folded, label.end(), min(following, end, label.end() + LONGEST_STATEMENT))
            shift = members[-1].clause + 1 if members else 0
            found = read_value(folded, label.end(), stop, role_grammar().role(label["head"]))
            members.extend(_shifted(found, shift))
            at += 1
            while stop < end and folded[stop] in " \n\t；，。【〔[":
                stop += 1
        if members:
            yield Statement(first.start(), stop, "label", members)


def _sentence_statements(folded: str, start: int, end: int, taken: list[Span]) -> Iterator[Statement]:
    """Sentences, or a line's opening clauses, that are names and verbs alone: `由县教育局承办，县财政局、卫生院配合。`"""
    at = start
    for verb in _ASSIGNS.finditer(folded, start, end):
        if verb.start() < at:
            continue
        begin = behind_last(folded, "。；\n", start, verb.start())
        stop = _SENTENCE_END.search(folded, verb.end(), min(end, begin + _LONGEST_SENTENCE))
        at = stop.start() if stop is not None else min(end, begin + _LONGEST_SENTENCE)
        whole = stop is not None or at == end
        opens = begin == start or folded[begin - 1] == "\n"
        if not _inside(taken, begin) and not _inside(taken, verb.start()):
            members = assigned(folded, begin, at, whole=whole, opens=opens)
            if members:
                yield Statement(begin, at, "sentence", members)


def _opened(folded: str, start: int) -> int:
    """Start of a label with the bracket round it: 【配合单位】."""
    return start - 1 if folded[start - 1] in "【〔[" else start


def _shifted(members: list[Member], by: int) -> Iterator[Member]:
    for m in members:
        yield replace(m, clause=m.clause + by)


def _inside(taken: list[Span], position: int) -> bool:
    at = bisect_left(taken, (position + 1, -1)) - 1
    return at >= 0 and taken[at][0] <= position < taken[at][1]


def _value_end(folded: str, start: int, limit: int) -> int:
    """End of a label's value: a stop label, 。, a line end after a finished list, a stray bracket, the next heading."""
    stop = role_grammar().stop.search(folded, start, limit)
    limit = stop.start() if stop else limit
    heading = _HEADING.search(folded, start, limit)
    limit = heading.start() if heading else limit
    depth = 0
    for mark in _ENDS_VALUE.finditer(folded, start, limit):
        sign = mark.group()
        if sign in _OPEN:
            depth += 1
        elif sign in "）)〕】]":
            depth -= 1
            if depth < 0:
                return mark.start()
        elif sign == "。" or _finished(folded, start, mark.start()):
            return mark.start()
    return limit


def _finished(folded: str, start: int, position: int) -> bool:
    """The list goes on in the next line after 、 and where the label's own line is empty."""
    before = folded[start:position].rstrip()
    return bool(before) and before[-1] not in "、，"


def unread(folded: str, speaking: Sequence[Span], understood: Sequence[Statement]) -> Iterator[Span]:
    """Those of the `speaking` brackets that claim duties and are none of the statements `understood`."""
    read = [(one.start, one.end) for one in understood]
    done = 0
    for opened, closed in speaking:
        if opened < done or _inside(read, opened):
            continue
        if _claims_duty(folded[opened + 1 : closed - 1]):
            done = closed
            yield opened, closed


def _claims_duty(inner: str) -> bool:
    bare = inner.strip()
    if not 5 < len(bare) <= 400 or _ASIDE.match(bare) or states_order(bare) or "下同" in bare[-4:]:
        return False
    if role_grammar().label.match(bare) and "：" in bare:
        return True
    if role_grammar().tail.search(bare[-60:]) and _CLAIMS.search(bare):
        return not is_prose(re.split(r"[，、；]", bare, maxsplit=1)[0])
    return False
