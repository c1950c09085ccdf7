"""Clauses of one sentence with what they say about the quantities in them, e.g. `力争到2025年，…，…` or `截至去年底，…`.

A clause ends at ， ； ： 。 outside brackets. Past, date and 力争 carry over to the clauses that follow in the sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from policy_commitments.extractors.lexicon import words_of
from policy_commitments.schemas.frozen import frozen
from policy_commitments.schemas.mentions import Span, Strength

_MARK = re.compile(  # a comma in 12,000 and a colon in 19：1 are none
    r"[（(〔【“《‘）)〕】”》’，；：。！？\n,](?:(?<![,：])|(?<=,)(?![0-9]{3})|(?<=：)(?:(?![0-9])|(?<![0-9]：)))"
)
_ENCLOSING = re.compile("[（(〔【“《‘）)〕】”》’]")
_OPEN = frozenset("（(〔【“《‘")
_CLOSE = frozenset("）)〕】”》’")
_LONGEST_BRACKET = 200
PAST = re.compile(
    r"""
    (?=[截已了目现近去上以过历一二三四五六七八九十两0-9初荣先完进执])
    (?: 截至 | 截止(?:到|至|20|目前|[0-9])                        # 截至2020年底
  | 已(?!(?:完成|发生|购|缴纳|支付|投入)[^，。；]{0,10}的[0-9]|有条件|满|建成?(?:的|公共|道路|设施|工程|项目|校舍|房屋|建筑|成区|城区|居住|小区|住宅|区域|园|并|或|使用))(?:经|有|建|完|达|实|累|成|开|全|在|被|基|形|获|投|认|纳|培|创|发|覆|提|超|突|与|连)                  # 已建成
  | (?<![为除免到受尽末解])了(?!解|结|望)                      # 完成了
  | (?<![比较项])(?<![降升增减]至)(?<![降升增减]到)(?!(?<=[在由从自])(?:目前|现有|现状)[^，。；]{0,16}(?:基础上|提[高升]|增[加长至到]|下降|降[低至到]|扩大|减少|[升改]至))  # 比目前下降20%, 由目前的50%提高到80%
    (?: 目前(?!期) | (?<!实)(?<!鼓励)(?<!支持)(?<!引导)(?<!推动)(?<!对)(?<!将)现有(?=[^，。；（）]{0,12}(?:[0-9]|已))(?![^，。；]{1,8}(?:改|扩建|提升|升级|培)) | (?<!实)现状 ) | 近年来 | 去年 | 上年末 | 以来，?(?!.{0,4}力争) | 过去[一二三五0-9两几] | 历史性
  | [一二三四五六七八九十两0-9]年(?:多)?来(?![自]) | 初步(?:核算|预计|统计|测算) | [1一][—~-][0-9]{1,2}月份?累计 | 荣获 | 先后 | (?:完成|进展|执行)情况： )
    """,
    re.VERBOSE,
)
_MILD_PAST = re.compile(r"(?=[居列排高得圆连])(?:(?:居|列|排|排名)(?:在)?(?:全[国省市区县旗州盟]|西部|[^，。；]{0,3})第[0-9一二三四五六七八九十]+(?:位|名)?(?!方阵)|高[出于]全[国省市][^，。；]{0,6}[0-9]|得到.{0,6}(?:提升|改善)|圆满|连续[0-9一二三四五六七八九十两]+年(?:保持|位居|增长))")  # past unless a date opened the sentence
FUTURE = re.compile(
    r"""
    (?=[力争预确到至20年今明未“十三五两1-9下计拟将])
    (?: 力争 | 争取 | 预期 | 预计 | 确保 | (?<!达)到(?:“|20[0-9]{2}年(?!的)) | 至20[0-9]{2}年 | 20[0-9]{2}年(?:底|末)?(?:之?前|力争) | 年底前 | 年内 | 今年(?!以来) | 明年 | 未来
  | “?十[三四五六七]五”?(?:末|期间|时期)，?(?!.{0,12}(?:已|了)) | [三五两0-9]年内 | 今后 | 下一步 | 计划 | 拟 | 将(?!军|近) )
    """,
    re.VERBOSE,
)
_TOLD = re.compile(r"(?:达到|完成|实现|建成|增长|提高|提升|下降|取得|新增|形成|改善|突破|超过|增加|减少)了|占(?:全年|年度)(?:目标)?任务的")  # 率达到了38%
_AHEAD = re.compile(r"力争|争取|预期|预计|确保|(?<!达)到(?:“|20[0-9]{2}年(?!的))|20[0-9]{2}年(?:底|末)?之?前|今年|明年|今后|未来|下一步|计划|要(?!求)")
DATED = re.compile(
    r"(?=[2“年今明全每规末期])(?:20[0-9]{2}年|“十[三四五六七八]五”|年底|年内|今年|明年|全年|每年|今后|规划期|末期|期末)"
)
_CONDITION_START = re.compile(
    r"(?:[一二三四五六七八九十]是|（?[0-9一二三四五六七八九十]+[）.、]|——| )*(?:其中|同时|此外)?"
    r"(?:对于|对(?!外(?![贸商资地省市来籍出])|[口标接照内应象公比等策手])|凡|如(?![期实数约愿])|若(?!干)|当(?![年前地日天月季期好中代场])|经(?![营济费开常过典纪销办贸适络停由验脉线])"
    r"|符合|属于|未(?![来成央婚])|因(?![地此素子应公城])|针对|向(?![好阳往上下心])|给予?|为(?![主民期此])|每年对|首次)"
)
_REQUIRED = re.compile(r"(?:满足|符合|具备|具有|达到)?(?:以下|下列)(?:[^，。；：]{0,6})?条件")  # 满足以下条件之一的，给予奖励：（1）…；（2）…
PAYEE_OPENS = re.compile(r"[ 　]*(?:[0-9]{1,2}[.．、]|（[一二三四五六七八九十0-9]+）|[一二三四五六七八九十]是)?(?:对(?!标|接|照|口|外(?![贸商资地省市来籍出])|内)|凡|针对)")
GIVEN = re.compile(r"给予|予以|奖励|补助|补贴|奖补|资助")
_HEAD_NOUN = re.compile(r"的(?:[^，。；：的0-9]{2,16})?$")
_GIVES_NEXT = re.compile(r"[ 　]*(?:按|给予|予以|最高|分别|一次性|每|可|再|奖|补|由)")
_MOST_CONDITIONS = 8
_PAID_SUM = re.compile(r"(?:给予|予以|奖励|补助|补贴|奖补|资助)[^，。；]{0,16}[0-9]")
_REACHES = re.compile(r"(?:达到?|超过|满|不少于|不低于)[0-9]|[0-9][^，。；]{0,6}(?:以上|以下)")
_OWN_NORM = re.compile(r"按照?[^，。；]{0,12}[0-9][^，。；]{0,4}标准")  # 按每亩不低于2元的标准安排管护经费, and then a payment
_NEAR_PAYMENT = 5
_FOR_WHOM = re.compile(r"[ 　]*(?:对|凡|荣获|先后)[^，。；]{1,60}的[^，。；]{0,14}$")  # 对开展了知识产权托管的企业，按…给予奖励
_REMARK = re.compile(r"(?<=.)（[^（）]*(?:力争|争取|努力)[^（）]*）")
_CONDITION_END = re.compile(r"(?:的|(?<![小课学工及按同临实准])时|情况下|前提下|基础上|之日起|后|日起|外|条件下|之后)$")
_CONDITION_ENDS = frozenset("的时下上起后外\n")  # the last characters of those words; $ looks past a line end


_OBTAINED = r"到?(?:上级|中央|国家|[省市部]级?|专项|无偿|政策性|各类|更多|财政|预算内)[^，。；、0-9]{0,14}(?:资金|债券|补助|支持|经费|贷款|项目|试点|额度)"  # 争取上级资金5亿元: obtains


def _strengths() -> re.Pattern[str]:
    words = {word: str(entry["strength"]) for word, entry in words_of("modality", ("id", "strength", "words", "examples"))}
    chosen = sorted((w for w, s in words.items() if s != "firm"), key=len, reverse=True)
    _STRENGTH_OF.update({w: words[w] for w in chosen})
    first = "".join(sorted({word[0] for word in chosen}))
    return re.compile(rf"(?=[{first}])(?<!(?:年|的|同|懈|续)(?=努力))(?:" + "|".join(chosen) + rf")(?!寿命|类|性产业|类产业|(?<=争取){_OBTAINED})")


_OWN_CLAUSE_ONLY = frozenset(("争创", "鼓励", "探索", "倡导", "约束性", "强制性"))
_FIRM = re.compile(r"确保|必须|务必|保证")
_STRENGTH_OF: dict[str, str] = {}
_STRENGTH = _strengths()


@frozen
class Clause:
    """text[start:end] without its closing `mark`; flags as they hold for the quantities in it."""

    start: int
    end: int
    mark: str
    past: bool = False
    dated: bool = False
    condition: bool = False
    opens_condition: bool = False
    strength: Strength | None = None
    modality: str = ""


def split_clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """(start, end, closing mark) of the clauses in one sentence."""
    depth, opened, begin = 0, start, start
    quoted = False
    for match in _MARK.finditer(text, start, end):
        mark = match.group()
        if mark == "“" and quoted:
            mark = "”"  # “双代“工程: the second mark closes
        quoted = mark == "“" or (quoted and mark != "”")
        if mark in _OPEN:
            depth += 1
            opened = match.start() if depth == 1 else opened
        elif mark in _CLOSE:
            depth = max(depth - 1, 0)
        elif not depth or match.start() - opened > _LONGEST_BRACKET:
            depth = 0
            yield begin, match.start(), mark
            begin = match.end()
    if begin < end:
        yield begin, end, ""


def read_clauses(text: str, start: int, end: int, *, dated: bool = False) -> list[Clause]:
    """Clauses of one sentence with past, date and modality carried forward; `dated` where the section states goals."""
    clauses: list[Clause] = []
    told = _TOLD.search(text, start, end) is not None and _AHEAD.search(text, start, end) is None
    firm = _FIRM.search(text, start, end) is not None
    past, ahead = told, False
    required = False
    strength: Strength | None = None
    modality = ""
    for begin, stop, mark in split_clauses(text, start, end):
        body = text[begin:stop]
        future = FUTURE.search(body)
        ahead = ahead or future is not None
        if (PAST.search(body) or (not ahead and _MILD_PAST.search(body))) and _FOR_WHOM.match(body) is None:
            past = True
        elif future is not None:
            past = told
        past = past or required
        required = required or (mark == "：" and _REQUIRED.search(text, start, stop) is not None)
        dated = dated or future is not None or DATED.search(body) is not None
        found = _STRENGTH.search(body if "（" not in body else _REMARK.sub("", body))  # 不低于92%（力争95%）
        own, said = strength, modality
        if found is not None:
            own, said = _as_strength(_STRENGTH_OF[found.group()]), found.group()
        elif firm and _FIRM.search(body) is not None:
            own, said = None, ""
        strength, modality = (own, said) if said not in _OWN_CLAUSE_ONLY else (None, "")
        clauses.append(
            Clause(
                begin,
                stop,
                mark,
                past,
                dated,
                mark not in "。" and body[-1:] in _CONDITION_ENDS and _CONDITION_END.search(body) is not None,
                _CONDITION_START.match(body) is not None,
                own,
                said,
            )
        )
    return _thresholds_of_payments(text, _long_conditions(text, clauses))


def _thresholds_of_payments(text: str, clauses: list[Clause]) -> list[Clause]:
    """`一次人数达到300人以上，游览2个以上景区的，奖励1万元`: what has to be reached before something is paid."""
    if not clauses or _PAID_SUM.search(text, clauses[0].start, clauses[-1].end) is None:
        return clauses
    pays = [_PAID_SUM.search(text, one.start, one.end) is not None for one in clauses]
    for k, one in enumerate(clauses[: pays.index(True) if True in pays else 0]):
        near = range(k, min(k + _NEAR_PAYMENT, len(clauses)))
        last = next((at for at in near if clauses[at].mark == "；"), near[-1])
        if not any(pays[k + 1 : last + 1]) or one.dated or one.strength is not None or one.mark != "，":
            continue
        if _REACHES.search(text, one.start, one.end) and _OWN_NORM.search(text, one.start, one.end) is None:
            clauses[k] = replace(one, condition=True)
    return clauses


def _long_conditions(text: str, clauses: list[Clause]) -> list[Clause]:
    """`对面积达3000平方米，聚集企业达8家的基地，给予…`: every clause up to the head noun belongs to the condition."""
    k = 0
    while k < len(clauses):
        last = _condition_end(text, clauses, k)
        for at in range(k, last + 1) if last > k else ():
            clauses[at] = replace(clauses[at], condition=True)
        k = max(last, k) + 1
    return clauses


def _condition_end(text: str, clauses: list[Clause], k: int) -> int:
    """The last clause of a condition that clause k opens with 对 or 凡 and a later one closes, else k."""
    opens = PAYEE_OPENS.match(text, clauses[k].start, clauses[k].end)
    if opens is None or GIVEN.search(text, clauses[k].start, clauses[k].end) is not None:
        return k
    for at in range(k + 1, min(k + _MOST_CONDITIONS, len(clauses) - 1)):
        if clauses[at - 1].mark != "，" or GIVEN.search(text, clauses[at].start, clauses[at].end) is not None:
            return k
        if _HEAD_NOUN.search(text, clauses[at].start, clauses[at].end) is not None and _GIVES_NEXT.match(text, clauses[at + 1].start, clauses[at + 1].end):
            return at
    return k


def _as_strength(name: str) -> Strength | None:
    match name:
        case "binding":
            return "binding"
        case "expected":
            return "expected"
        case "aspirational":
            return "aspirational"
        case _:
            return None


def clause_at(clauses: Sequence[Clause], position: int) -> int | None:
    """The place of the clause that holds the position, in a list in text order."""
    k = bisect_right(clauses, position, key=lambda clause: clause.start) - 1
    return k if k >= 0 and position < clauses[k].end else None


def enclosed_spans(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """(start, end, opening mark) of the outermost brackets and quotations in text[start:end]."""
    spans: list[tuple[int, int, str]] = []
    stack: list[tuple[str, int]] = []
    for match in _ENCLOSING.finditer(text, start, end):
        mark, at = match.group(), match.start()
        if mark in _OPEN and not (mark == "“" and stack and stack[-1][0] == "“"):
            stack.append((mark, at))
        elif stack:
            opening, begin = stack.pop()
            if not stack:
                spans.append((begin, at + 1, opening))
    return spans


def inside(spans: list[tuple[int, int, str]], at: int) -> tuple[Span, str] | None:
    """The enclosing bracket of position `at`, or None; `spans` are in text order without overlaps."""
    k = bisect_left(spans, (at,)) - 1
    if k < 0 or spans[k][1] <= at:
        return None
    begin, stop, mark = spans[k]
    return (begin, stop), mark
