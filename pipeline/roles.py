"""The role of a section by its heading, e.g. `（二）工作原则。` is a principle; words are in `section_roles.yml`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from policy_commitments.extractors.folding import fold
from policy_commitments.schemas.outline import Role
from policy_commitments.schemas.vocabulary import Entry, load_entries

_IGNORED = re.compile(r"[\s“”\"《》‘’。；：:]+|（[^（）]*）$")
_RIGHT = r"(?=$|[和及与、，—（]|暨)"  # 组织领导 in 加强组织领导，压实责任; not in 组织领导坚强有力
_PREFIX = re.compile(r"^(?:[“”]?十[一二三四五六]五[“”]?时期|\d{4}年?|二[〇○]..年|今年|全[省市县区]|我[省市县区]|主要|工作|总体|本)+(?=.{2})")
_STATES_GOALS = re.compile(
    r"""
      到 \s* (?:20\d\d|二〇..) 年?                                # 到2027年，…
    | 力争.{0,20}年 | “十.五”(?:末|期末) | 目标是 | 主要目标 | 总体目标
    | (?:基本|初步|全面)(?:形成|建成|建立|实现|健全)              # 基本形成管理规范的体系
    | (?:明显|显著|大幅|持续|逐步|不断)(?:提升|提高|增强|改善|优化|缩小|满足|完善)[，。；]
    """,
    re.X,
)
_DESCRIBES = re.compile(r"主要包括|分为|主要提供|主要承担|主要由|是指|现有|由.{2,20}组成")  # 医院分为公立医院和非公立医院
_DEMANDS = re.compile(
    r"""
      (?:^|[。，；：\n]|[）)])\s*(?:加强|推进|推动|建立|完善|健全|提升|提高|强化|鼓励|支持|加快|实施|落实|优化|建设|开展|深化|严格|积极|大力|全面)
    | 到20\d\d年 | 不低于 | 不少于 | 不得 | 达到\d | 应当 | 必须 | 应[^急用对] | 力争 | 争取 | [^主重需必首]要[^求素点职] | 负责 | 牵头
    """,
    re.X,
)
_SHORT = 8
_LONGEST = 26  # characters; a longer heading is a sentence and names no section


@dataclass(frozen=True, slots=True)
class SectionRole:
    """What the table says about a heading; `open` leaves guidance or goal to the section's prose."""

    role: Role
    open: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    found: SectionRole
    equal: frozenset[str]
    contain: re.Pattern[str] | None
    end: tuple[str, ...]
    excepted: tuple[str, ...]


def _loaded() -> tuple[Entry, ...]:
    return load_entries("section_roles", ("id", "role", "equal", "contain", "examples"), ("open", "except", "end"))


@cache
def _table() -> tuple[_Entry, ...]:
    return tuple(
        _Entry(
            SectionRole(entry["role"], entry.get("open") == "yes"),
            frozenset(map(fold, entry["equal"])),
            _phrases(entry["contain"]),
            tuple(map(fold, entry.get("end", ()))),
            tuple(map(fold, entry.get("except", ()))),
        )
        for entry in _loaded()
    )


def _phrases(words: Sequence[str]) -> re.Pattern[str] | None:
    return re.compile(rf"(?:{'|'.join(re.escape(fold(word)) for word in words)}){_RIGHT}") if words else None


@cache
def _any_entry() -> _Entry:
    """What fits some entry: most headings, those of tasks, fit none."""
    table = _table()
    return _Entry(
        SectionRole("task"),
        frozenset().union(*(entry.equal for entry in table)),
        _phrases([word for entry in _loaded() for word in entry["contain"]]),
        tuple(end for entry in table for end in entry.end),
        (),
    )


@cache
def section_names() -> re.Pattern[str]:
    """Names of sections at a text's beginning, longest first: `总体要求坚持…` opens with 总体要求."""
    names = {fold(name) for entry in _loaded() for name in (*entry["equal"], *entry["contain"]) if len(name) > 2}
    longest = "|".join(sorted(map(re.escape, names), key=lambda name: (-len(name), name)))
    return re.compile(rf"(?:“十.五”时期|“十.五”)?(?:{longest})(?:[和及与、](?:{longest}))?")


def section_role(title: str) -> SectionRole | None:
    """None where no row of the table names the heading (folded, without label)."""
    if len(title) > _LONGEST:
        return None
    bare = _IGNORED.sub("", title)
    short = _PREFIX.sub("", bare)
    if not _fits(_any_entry(), bare, short):
        return None
    return next((entry.found for entry in _table() if _fits(entry, bare, short)), None)


def _fits(entry: _Entry, bare: str, short: str) -> bool:
    if bare in entry.equal or short in entry.equal or (len(bare) <= _SHORT and bare.endswith(entry.end)):
        return True
    return entry.contain is not None and entry.contain.search(bare) is not None and not any(one in bare for one in entry.excepted)


def only_describes(title: str, leaves: Sequence[str]) -> bool:
    """A section of a plan that says what there is (`医疗机构分为…，主要提供…`) and demands nothing."""
    if _DEMANDS.match(title) is not None or not leaves:
        return False
    return all(_DESCRIBES.search(prose) and not _DEMANDS.search(prose) for prose in leaves)


def states_goals(prose: str) -> bool:
    """Whether prose under 总体要求 promises states of the future and not only a spirit."""
    return _STATES_GOALS.search(prose) is not None
