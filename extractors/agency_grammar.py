"""Patterns for labels (`牵头单位：`), verbs (`按职责分工负责`) and stops (`完成时限：`), built from `agency_roles.yml`.

Compiled once, at first use. Nothing here decides what an agency is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from policy_commitments.schemas.mentions import AgencyRole
from policy_commitments.schemas.vocabulary import Entry, load_entries

_HEADS = ("单位", "部门", "机构", "主体", "地区", "科室", "处室", "站所", "机关", "股室", "乡镇", "区县")
_AFTER_VERB = ("组织", "、", "和", "及", "并", "推进", "抓好", "协调", "工作", "做好", "到位")  # 牵头组织, 配合做好
_TAIL_REACH = 60
_RANKS: tuple[AgencyRole, ...] = ("lead", "support", "responsible")


@dataclass(frozen=True, slots=True)
class RoleGrammar:
    """Compiled patterns.

    label     `牵头单位：`, groups `head` (the label without its colon) and `colon` (absent in `（责任单位市财政局）`)
    stop      `完成时限：` and the like, wherever they stand
    tail      adverbs and verb at the end of a clause: `等部门按职责分工负责`, groups `verb` and `adverbs`
    ends      the characters with which `tail` may end, but for blanks
    cut       brackets, and where one clause of a statement ends
    """

    label: re.Pattern[str]
    stop: re.Pattern[str]
    tail: re.Pattern[str]
    ends: frozenset[str]
    cut: re.Pattern[str]
    words: tuple[tuple[AgencyRole, tuple[str, ...]], ...]
    verbs: tuple[tuple[AgencyRole, tuple[str, ...]], ...]

    def closing_verb(self, folded: str, start: int, end: int) -> re.Match[str] | None:
        """The match of `tail` at the end of folded[start:end], sought in its last characters."""
        if folded[start:end].rstrip()[-1:] not in self.ends:
            return None
        return self.tail.search(folded, max(start, end - _TAIL_REACH), end)

    def role(self, printed: str) -> AgencyRole:
        """Role of a label or verb as printed; without a word of the vocabulary it is `responsible`."""
        bare = "".join(printed.split())
        return next((role for role, words in self.words if any(word in bare for word in words)), "responsible")

    def verb_role(self, printed: str) -> AgencyRole:
        """Role of a closing verb: 负责统筹协调 is responsible, though 协调单位 supports; 为牵头单位 is a label."""
        if printed.endswith(("单位", "部门")):
            return self.role(printed)
        bare = "".join(printed.split())
        return next((role for role, words in self.verbs if any(word in bare for word in words)), "responsible")


def introduces(folded: str, label: re.Match[str]) -> bool:
    """The label says by its own punctuation that a list follows: a colon, brackets or a line round it, or 为 after a full stop."""
    colon = label["colon"] or ""
    before = folded[max(label.start() - 1, 0) : label.start()]
    if not colon:
        return before in ("", "\n") and folded[label.end("head") : label.end("head") + 1] == "\n"
    if colon.startswith(("】", "〕", "]")):
        return before in ("【", "〔", "[")
    return colon == "：" or (colon == "为" and before in ("", "。", "；", "，", "\n"))


@cache
def role_grammar() -> RoleGrammar:
    """The grammar over the loaded vocabulary."""
    entries = load_entries("agency_roles", ("id", "kind", "role", "words", "examples"))
    verbs = _words(entries, "verb")
    return RoleGrammar(
        label=_label(_words(entries, "label")),
        stop=re.compile(rf"(?:{_any(_words(entries, 'stop'))})\s*："),
        tail=_tail(verbs, _words(entries, "label")),
        ends=frozenset(word[-1] for word in (*verbs, *_AFTER_VERB, "单位", "部门")),
        cut=_cut(verbs),
        words=_by_role(entries),
        verbs=_by_role(entry for entry in entries if entry["kind"] == "verb"),
    )


def _words(entries: tuple[Entry, ...], kind: str) -> list[str]:
    return sorted({word for entry in entries if entry["kind"] == kind for word in entry["words"]}, key=lambda w: (-len(w), w))


def _by_role(entries: Iterable[Entry]) -> tuple[tuple[AgencyRole, tuple[str, ...]], ...]:
    listed = list(entries)
    return tuple((role, tuple(word for entry in listed if entry["role"] == role for word in entry["words"])) for role in _RANKS)


def _any(words: list[str]) -> str:
    return "|".join(map(re.escape, words))


def _spaced(words: Iterable[str]) -> str:
    """Alternatives that tolerate a blank or a line end between characters: `责 任 单 位：`."""
    return "|".join(r"\s?".join(map(re.escape, word)) for word in words)


def _label(words: list[str]) -> re.Pattern[str]:
    one, heads = _spaced(words), _spaced(_HEADS)
    first = "".join(sorted({word[0] for word in words}))
    return re.compile(
        rf"""
        (?=[{first}主第共具其省市县区州旗镇乡工任])
        (?P<head>
          (?:主要|第一|共同|具体|其他|[省市县区州旗镇乡]级|[省市县区]直|工作|任务)?+
          (?:
            (?:(?:{one})\s?){{1,3}}+                # 牵头责任单位：
            (?:[（及和与、/](?:{one}){{1,2}}+）?)?   # 牵头（责任）单位：  牵头及责任单位：
            (?:{heads})
            (?:[（及和与、/或](?:{heads}|责任人|负责人|人员)）?)?  # 责任单位（部门）：  责任部门和单位：
          | (?<![一-龥])(?:{one})(?=\s*：)            # 牵头：  配合：
          )
        )
        \s*(?P<colon>：|[】〕\]]\s?：?|为(?=[^\s，。；]))?   # 责任单位为市财政局  【责任单位】市财政局
        """,
        re.VERBOSE,
    )


def _tail(verbs: list[str], labels: list[str]) -> re.Pattern[str]:
    return re.compile(
        rf"""
        (?P<adverbs>
          (?:等(?:各?有?相?关?(?:部门|单位|机构|企业|成员|方面|地区)(?:和(?:部门|单位))?)?)?   # 市教育局等部门
          \s*
          (?:(?:按照?|根据|依据?|依照|结合)?(?:各自|本)?(?:的)?(?:职责|职能|责任|任务|分工|属地(?:化|管理)?(?:原则)?)(?:要求|权限|范围)?(?:和|及)?(?:任务)?(?:分工)?(?:要求)?)?+
          (?:(?:结合|根据)(?:各自|本地|本地区|当地|工作)?实际(?:情况)?)?+                # 各县区政府结合实际落实
          (?:分别|分头|分级|共同|具体|联合|积极|密切|协同|统一|全力|做好|各自|分工|主要|全面|抓好|统筹|抓紧|抓|、){{0,4}}+
        )
        (?P<verb>
          (?:为|是|作为)(?:{_any(labels)}){{1,2}}(?:单位|部门)          # 市财政局为牵头单位
        | (?:{_any(verbs)})(?:(?:具体|统一|共同)?(?:{_any([*verbs, *_AFTER_VERB])})){{0,4}}   # 负责具体实施
        )
        \s*$
        """,
        re.VERBOSE,
    )


def _cut(verbs: list[str]) -> re.Pattern[str]:
    one = _any(verbs)
    short = [verb for verb in verbs if len(verb) == 2]
    return re.compile(
        rf"""
        (?=[（()），,；;。\n、\s省市县区州旗镇乡各团国])
        (?: [（()），,；;。\n]
        | (?:{"|".join(f"(?<={re.escape(verb)})" for verb in short)})[、\s](?!(?:{one}))   # 市财政局牵头、市教育局配合
        | (?<=牵头)(?=[省市县区州旗镇乡各团国][^，；、]{{2,}}?(?:{one})) )                   # 市财政局牵头市教育局配合
        """,
        re.VERBOSE,
    )
