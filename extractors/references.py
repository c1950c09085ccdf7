"""Superior documents that a document names as its base, e.g. `根据《某省关于…的意见》（某政发〔2019〕1号）、《…》精神`.

Only a list that follows its cue at once counts: `落实新时代方针和《某法》` names no base.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_CUE = re.compile(
    r"""
    (?: (?:根据|按照|依据|遵照|依照) (?P<by>[^。；：，,《》\n]{0,40})                   # 根据国家、省关于…的部署和《…》
      | (?:贯彻(?:落实|实施|执行)?|落实) (?P<of>[^。；：，,《》\n和与及]{0,24}) )      # 为贯彻落实省政府办公厅《…》
    (?=《)
    """,
    re.X,
)
_NUMBER = re.compile(
    r"""
    \s?[（〔]\s?
    (?P<number> [^（）《》\n]{2,24}? [〔\[【（„]?\s?(?:19|20)\d\d\s?[〕\]】）‟]?\s?(?:第\s?)?\d{1,5}\s?号 )    # （某政发〔2019〕1号）
    \s?[，,、；]?[^（）\n]{0,30}[）〕]                                                             # …，以下简称《意见》）
    """,
    re.X,
)
_ASIDE = re.compile(r"\s?（[^（）\n]{1,40}）")  # （以下简称规划）
_NO_STOP = r"[^。；：，,《》\n]"
_JOIN = re.compile(
    rf"""
    (?P<by>
        {_NO_STOP}{{0,30}} (?:[、和及与]|以及) {_NO_STOP}{{0,30}}                    # 《…》精神和市政府办公室《…》
      | \s?                                                                      # 《…》《…》
      | {_NO_STOP}{{0,12}} [，,] (?:和|及|以及)? {_NO_STOP}{{0,4}}                 # 《…》，《…》
      | (?:等)?(?:文件)?(?:精神|要求|规定)? [，,] (?:按照|根据|结合|依据) {_NO_STOP}{{0,24}}   # 《…》精神，按照《…》
    ) (?=《)
    """,
    re.X,
)
_OWN = re.compile(r"(?:结合|制定|参照|印发|现将|对照|衔接)")


@dataclass(frozen=True, slots=True)
class ReferenceMention:
    """A document named as a base: span of the title inside 《》 and of its number, None without one."""

    title: tuple[int, int]
    number: tuple[int, int] | None


def find_references(folded: str, start: int, end: int) -> Iterator[ReferenceMention]:
    """Every document of every list behind a cue, in text order."""
    at = start
    while (cue := _CUE.search(folded, at, end)) is not None:
        at = cue.end()
        if _OWN.search(cue["by"] or ""):
            continue
        while True:
            close = closing_mark(folded, at, end)
            if close is None:
                return
            number = _NUMBER.match(folded, close + 1, end)
            yield ReferenceMention((at + 1, close), number.span("number") if number else None)
            at = close + 1
            for pattern in (_NUMBER, _ASIDE):
                behind = pattern.match(folded, at, end)
                at = behind.end() if behind else at
            join = _JOIN.match(folded, at, end)
            if join is None or _OWN.search(join["by"]):
                break
            at = join.end()


def closing_mark(folded: str, start: int, end: int) -> int | None:
    """Place of the 》 that closes the 《 at `start`; inner pairs are passed over, within one line."""
    depth = 0
    for at in range(start, min(end, start + 200)):
        if folded[at] == "《":
            depth += 1
        elif folded[at] == "》":
            depth -= 1
            if depth == 0:
                return at
        elif folded[at] == "\n":
            return None
    return None
