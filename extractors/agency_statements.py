"""Reads one statement, e.g. `责任单位：县教科局牵头，县财政局配合；完成时限：6月底`: labels, clauses, verbs, names.

A statement is the inside of a bracket or what follows a label; finding it is the business of `agency_brackets`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from policy_commitments.extractors.agency_grammar import introduces, role_grammar
from policy_commitments.extractors.agency_lists import shared_endings
from policy_commitments.extractors.agency_members import Member, bare_name, holds_a_name, member_at, names_in
from policy_commitments.extractors.agency_names import ends_name, is_generic, is_name
from policy_commitments.extractors.agency_order import OrderRule, states_order
from policy_commitments.schemas.frozen import frozen
from policy_commitments.schemas.mentions import AgencyRole

_OPENING_CLAUSES = 2
_STEM = re.compile(r"^[省市县区州旗镇乡][一-龥]{2,5}$")      # 县住建
_DEPARTMENTS = re.compile(r"(?:部门|单位)(?:等(?:有关|相关|各)?(?:部门|单位|机构))?$|等(?:有关|相关|各)?(?:部门|单位|机构)$")
_STEMS = re.compile(r"、[一-龥]{2,4}等(?:有关|相关|各)?(?:部门|单位|局)[\s。；]*$")  # 配合单位：发改、财政等部门
_NOTE = re.compile(r"以下|下同|上述|逗号|分号|排名|排位|排在|列第|位列|列首|首位|其余|其他单位|未注明|不再|除特别|特别注明|[标带]")
_INNER = re.compile(r"（[^（）]*）")
_RIDER = re.compile(r"(?:以下|下列|以上|上述).{0,14}?(?:均需|均须|都需|均由|均要|均包括|均含|需要?)(?P<who>[^，。；]{2,40}?)(?:(?:共同|负责|配合|予以)?(?:落实|配合|负责|参与|实施)|$)")
_THIS_WORK = re.compile(r"[ 　]*(?:(?:此|该|本|这|上述|以上|前述)(?:项|些)?(?:工作|任务|事项)(?=由)|(?:责任|任务|职责|工作)分工：)")
_DUE = re.compile(r"[0-9]|年底前|月底前|年内")  # 由县林业局牵头，县气象局配合，11月底前建成3套监测系统
_ONLY_WHEN = re.compile(
    r"[ 　]*(?:(?:20[0-9]{2}年|今年|当年|明年)?(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日|年?底|上旬|中旬|下旬)?(?:之?前)(?:基本|全面|全部)?(?:完成|落实|到位|见效)?|长期(?:坚持|推进)|持续(?:推进|实施))"
)


@frozen
class _Clause:
    start: int
    end: int
    divider: str


def read_statement(folded: str, start: int, end: int, *, bracket: bool) -> list[Member]:
    """Members of folded[start:end]; empty where it is no statement about agencies."""
    regions = list(_regions(folded, start, end, bracket))
    labelled = any(role is not None for _, _, role in regions)
    members: list[Member] = []
    for begin, close, role in regions:
        if role is None and labelled and not _has_verb(folded, begin, close):
            continue                                          # 预期性指标，牵头单位：…
        found = read_value(folded, begin, close, role)
        shift = members[-1].clause + 1 if members else 0
        members.extend(found if not shift else [replace(member, clause=member.clause + shift) for member in found])
    return members


def _regions(folded: str, start: int, end: int, bracket: bool) -> Iterator[tuple[int, int, AgencyRole | None]]:
    """(start, end, role) of the text before the first label and of each label's value."""
    grammar = role_grammar()
    begin, role = start, None
    stopped = False
    marks = sorted(
        [*grammar.label.finditer(folded, start, end), *grammar.stop.finditer(folded, start, end)], key=lambda m: m.start()
    )
    for mark in marks:
        is_label = mark.re is grammar.label
        if mark.start() < begin:                              # 责任单位及责任人：
            continue
        if is_label and not _is_label(folded, start, mark, bracket):
            continue
        if not stopped and mark.start() > begin:
            yield begin, mark.start(), role
        begin, role, stopped = mark.end(), grammar.role(mark["head"]) if is_label else None, not is_label
    if not stopped and end > begin:
        yield begin, end, role


def _is_label(folded: str, start: int, mark: re.Match[str], bracket: bool) -> bool:
    if introduces(folded, mark):
        return True
    before = folded[start : mark.start()].rstrip()
    if not bracket or (before and before[-1] not in "，,；;。、"):
        return False
    rest = re.split(r"[、，；。（）\s]", folded[mark.end() : mark.end() + 40], maxsplit=1)[0]
    return is_name(rest)


def _has_verb(folded: str, start: int, end: int) -> bool:
    closing = role_grammar().closing_verb
    return any(closing(folded, c.start, c.end) for c in _clauses(folded, start, end))


def _clauses(folded: str, start: int, end: int) -> Iterator[_Clause]:
    depth, begin = 0, start
    for mark in role_grammar().cut.finditer(folded, start, end):
        sign = mark.group()
        if sign in ("（", "("):
            depth += 1
        elif sign in ("）", ")"):
            depth = max(depth - 1, 0)
        elif depth == 0 and (sign != "\n" or ends_name(folded[max(begin, mark.start() - 12) : mark.start()].rstrip())):
            yield _Clause(begin, mark.start(), sign)
            begin = mark.end()
    if begin < end:
        yield _Clause(begin, end, "")


def read_value(folded: str, start: int, end: int, role: AgencyRole | None) -> list[Member]:
    """Members of a label's value, or with `role` None of text whose verbs alone give the roles."""
    members: list[Member] = []
    pending: list[Member] = []
    for index, clause in enumerate(_clauses(folded, start, end)):
        text = folded[clause.start : clause.end]
        if not text.strip() or _is_note(text):
            if pending and states_order(text):                # 县住建局、县财政局，排名第一的为牵头单位
                pending, members = [], [*members, *pending]
            members.extend(_rider(folded, clause, index))
            continue
        tail = role_grammar().closing_verb(folded, clause.start, clause.end)
        close = tail.start() if tail else clause.end
        loose = (role is not None and not members) or (tail is not None and _of_departments(folded, clause, tail))
        names = names_in(folded, clause.start, close, loose=loose)
        if names is None:
            if tail is not None and role is None and not members and holds_a_name(folded, clause.start, close):
                return []                                     # 办公室设在县财政局，由其负责
            continue
        verb_role = role_grammar().verb_role(tail["verb"]) if tail else None
        given = verb_role or role
        shared = shared_endings(folded, names)
        fresh = [member_at(folded, a, b, given, index, tail is not None, clause.divider) for a, b in names]
        fresh = [replace(m, name=shared[m.start][0], end=shared[m.start][1]) if m.start in shared else m for m in fresh]
        if verb_role is not None and (not fresh or role is None):
            pending, members = _settle(pending, members, verb_role, fresh_is_empty=not fresh)
        elif verb_role is not None:
            members = _under_verb(members, verb_role)
        (members if given else pending).extend(fresh)
    if members:                                               # 县财政局牵头，县教育局、县人社局
        members.extend(pending)
    stems = role is not None and _STEMS.search(folded, start, end) is not None
    sure = stems or any(m.fixed or is_name(name) or _STEM.match(name) for m in members if (name := bare_name(folded, m.start, m.end)))
    return members if sure else []


def assigned(folded: str, start: int, end: int, *, whole: bool, opens: bool) -> list[Member]:
    """Members of clauses that are names and a verb alone; of a whole sentence, or of two clauses that open a line.

    `由A牵头建立…` and `各部门密切配合` assign nothing; `由A牵头，B配合，` does where a date or a figure says what is due.
    """
    if states_order(folded[start:end]):
        return []
    by = folded[start:end].lstrip()[:1] == "由"
    opens = opens and (not by or _DUE.search(folded, start, end) is not None)
    members: list[Member] = []
    lead = _THIS_WORK.match(folded, start, end)
    clauses = list(_clauses(folded, start if lead is None else lead.end(), end))
    while len(clauses) > 1 and _ONLY_WHEN.fullmatch(folded, clauses[-1].start, clauses[-1].end) is not None:
        del clauses[-1]  # 县财政局负责，12月底前完成
    behind = [index for index, clause in enumerate(clauses) if folded.startswith("由", clause.start)]
    if whole and behind and behind[0] > 0:
        clauses = clauses[behind[0] :]  # 改造粮库5座，由县发展改革局负责
    read = 0
    for index, clause in enumerate(clauses):
        tail = role_grammar().closing_verb(folded, clause.start, clause.end)
        names = None if tail is None else names_in(folded, clause.start, tail.start(), loose=False)
        if tail is None or not names:
            break
        role = role_grammar().verb_role(tail["verb"])
        members.extend(member_at(folded, a, b, role, index, True, clause.divider) for a, b in names)
        read += 1
    if not any(ends_name(name) and not is_generic(name) for m in members if (name := bare_name(folded, m.start, m.end))):
        return []
    return members if (whole and read == len(clauses)) or (opens and read >= _OPENING_CLAUSES) else []


def _of_departments(folded: str, clause: _Clause, tail: re.Match[str]) -> bool:
    """公安、财政等部门负责; 住建、水利部门配合: stems stand for names."""
    such = re.match(r"等[^按依根]{0,8}?(?:部门|单位|机构)", tail["adverbs"])
    return such is not None or _DEPARTMENTS.search(folded, clause.start, tail.start()) is not None


def _settle(
    pending: list[Member], members: list[Member], role: AgencyRole, *, fresh_is_empty: bool
) -> tuple[list[Member], list[Member]]:
    """Names that waited for a verb take it; `责任单位：甲、乙，按职责分别牵头` gives it to the clause before."""
    members = [*members, *(m if m.fixed else replace(m, role=role, fixed=True) for m in pending)]
    if fresh_is_empty and members and not pending:
        last = members[-1].clause
        members = [replace(m, role=role, fixed=True) if m.clause == last and not m.fixed else m for m in members]
    return [], members


def _under_verb(members: list[Member], role: AgencyRole) -> list[Member]:
    """`责任：甲局牵头，乙局、丙局，各镇配合`: names behind one verb wait for the next, whatever the label says."""
    last = max((k for k, one in enumerate(members) if one.fixed), default=-1)
    return members if last < 0 else [*members[: last + 1], *(replace(one, role=role, fixed=True) for one in members[last + 1 :])]


def _is_note(text: str) -> bool:
    bare = _INNER.sub("", text).strip()
    return _NOTE.match(bare) is not None or (states_order(bare) and "：" not in bare)


def _rider(folded: str, clause: _Clause, index: int) -> Iterator[Member]:
    """以下均需各乡镇人民政府落实，不再列出."""
    rider = _RIDER.search(folded, clause.start, clause.end)
    if rider is None:
        return
    names = names_in(folded, rider.start("who"), rider.end("who"), loose=False)
    for start, end in names or ():
        yield Member(start, end, "responsible", index, fixed=True)


def apply_order(members: list[Member], rule: OrderRule | None) -> list[Member]:
    """Roles by the document's order rule, where the statement itself names no lead."""
    if rule is None or not members or any(m.role == "lead" for m in members):
        return members
    open_ = [m for m in members if m.role == "responsible"]
    if not open_:
        return members
    leads = _leads(open_, rule)
    rest: AgencyRole = rule.rest if leads else "responsible"
    return [m if m.role != "responsible" else replace(m, role="lead" if m in leads else rest) for m in members]


def _leads(members: list[Member], rule: OrderRule) -> list[Member]:
    if rule.kind == "first":
        return members[:1]
    if rule.kind == "mark":
        return [m for m in members if m.mark == rule.sign]
    dividers = "，," if rule.kind == "comma" else "；;"
    first = members[0]
    if len(members) == 1:
        return members
    last = members[-1].clause
    return [m for m in members if m.clause == first.clause] if first.divider and first.divider in dividers and last > first.clause else []
