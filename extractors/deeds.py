"""Count verbs that stand as nouns, e.g. `开展业务培训12期`, `人工造林500亩`, `完成管网改造80公里`: the deed is part of the name."""

from __future__ import annotations

import re
from functools import cache

from policy_commitments.extractors.figure_groups import Group
from policy_commitments.extractors.indicator_phrase import trim
from policy_commitments.extractors.lexicon import Word, words_of

EVENTS = frozenset(("人次", "场次", "场", "批次", "次", "期", "轮"))  # 培训600人次: the deed is what is counted
_LIGHT = re.compile(r"(?:组织|集中)?(?:开展|举办|进行|实施|完成|举行)|组织|推进")  # verbs that only say that the deed behind them is done
_LIGHT_BEFORE = re.compile(r"(?:开展|举办|进行|举行|组织)$")  # 每周开展巡查
_NOUN_BEFORE = re.compile(r"[一-鿿]{2}$")
_SHORTEST_NOUN = 2


@cache
def _deeds() -> frozenset[str]:
    return frozenset(word for word, _ in words_of("deeds", ("id", "words", "examples")))


def is_held(verb: str) -> bool:
    """Whether the verb only says that an event takes place: 开展, 举办."""
    return _LIGHT.fullmatch(verb) is not None


def names_the_deed(text: str, group: Group, verb: Word) -> bool:
    """Whether the count verb just before the number belongs to the name of what is counted."""
    if _LIGHT_BEFORE.search(text, group.left_start, verb.start) is not None:
        return True
    lead = group.leading_verb
    light = lead is not None and lead.end < verb.start and _LIGHT.fullmatch(text, lead.start, lead.end) is not None
    if light and _NOUN_BEFORE.search(text, group.left_start, verb.start) is not None:
        return True
    if verb.text not in _deeds():
        return False
    start, end = trim(text, group.left_start, verb.start, keep_verb=False)
    return end - start >= _SHORTEST_NOUN and end == verb.start
