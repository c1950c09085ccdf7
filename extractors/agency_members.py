"""The names in a list of agencies, e.g. `★县水利局 李明、县财政局（牵头），各镇`: without marks, notes and persons.

Says which spans are names; the roles that verbs and labels give are decided by `agency_statements`.
"""

from __future__ import annotations

import re

from policy_commitments.extractors.agency_grammar import role_grammar
from policy_commitments.extractors.agency_lists import shared_endings, split_names
from policy_commitments.extractors.agency_names import ends_name, is_name, is_prose
from policy_commitments.extractors.agency_offices import is_function
from policy_commitments.schemas.frozen import frozen
from policy_commitments.schemas.mentions import AgencyRole

_LOOSE = re.compile(r"[一-龥]{2,10}(?:（[^（）]{1,20}）)?[一-龥]{0,6}")
_DOES = re.compile(r"负责|统筹|组织(?!部)|协调|做好|开展|制定|确保|配合|牵头|参与|完成|待定|保障(?!局|委|部|厅|中心)")
_OWN_NOTE = re.compile(r"（(?P<inner>[^（）]*)）\s*$")
_NOTE_INSIDE = re.compile(r"下同|牵头单位|牵头部门|按职责|排名|为牵头|不再列")
_PERSON = re.compile(  # the hundred commonest family names
    "[李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文]"
    "[一-龥]{1,2}"
)
_MARKS = "*★▲△#※☆●◆"


@frozen
class Member:
    """A name at folded[start:end] with its role; `clause` counts the clauses, `mark` is a sign printed at the name.

    `fixed` says that a verb or a note at the name gave the role, so that no order rule changes it.
    `divider` is the mark that closed the clause; `name` is given where a later member prints its ending.
    """

    start: int
    end: int
    role: AgencyRole
    clause: int
    fixed: bool
    mark: str = ""
    divider: str = ""
    name: str = ""


def names_in(folded: str, start: int, end: int, *, loose: bool) -> list[tuple[int, int]] | None:
    """Spans of the names, all of them good; None where the passage is no list of names."""
    spans = list(split_names(folded, start, end))
    shared = shared_endings(folded, spans)
    kept: list[tuple[int, int]] = []
    for begin, close in spans:
        bare = bare_name(folded, begin, close)
        if is_name(bare) or begin in shared:
            kept.append((begin, close))
            continue
        if kept and folded[kept[-1][1] : begin].isspace() and _PERSON.fullmatch(bare) and not is_function(bare):
            continue                                          # 县水利局 李明: who answers for it
        if not loose or is_prose(bare) or _LOOSE.fullmatch(bare) is None or _DOES.search(bare):
            return None
        kept.append((begin, close))
    return kept


def holds_a_name(folded: str, start: int, end: int) -> bool:
    """Whether one of the pieces ends like an agency."""
    return any(ends_name(bare_name(folded, a, b)) for a, b in split_names(folded, start, end))


def bare_name(folded: str, start: int, end: int) -> str:
    """A name without blanks, marks and a note at its end."""
    return _without_note("".join(folded[start:end].split()).strip(_MARKS))


def _without_note(name: str) -> str:
    note = _OWN_NOTE.search(name)
    return name[: note.start()] if note and _gives_role(note["inner"]) else name


def _gives_role(inner: str) -> bool:
    return bool(_NOTE_INSIDE.search(inner)) or inner in ("牵头", "配合", "责任", "主办", "协办", "参与", "负责", "牵头单位")


def member_at(
    folded: str, start: int, end: int, role: AgencyRole | None, clause: int, fixed: bool, divider: str
) -> Member:
    """A name without the marks and notes at its ends: `★市财政局`, `市财政局（牵头）`."""
    mark = ""
    while start < end and folded[start] in _MARKS:
        mark, start = folded[start], start + 1
    while start < end and folded[end - 1] in _MARKS:
        mark, end = folded[end - 1], end - 1
    note = _OWN_NOTE.search(folded, start, end)
    if note and _gives_role(note["inner"]):
        if not _NOTE_INSIDE.search(note["inner"]):
            role, fixed = role_grammar().role(note["inner"]), True
        end = note.start()
    return Member(start, end, role or "responsible", clause, fixed, mark, divider)
