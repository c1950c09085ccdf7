"""Dated promises without a quantity, e.g. `到2025年，县中医院达到三级中医医院水平，服务能力明显提升。`

Clauses of one sentence under one date are one milestone. A date on a line or in a bracket of its own
(`完成时限：2019年6月底前`) is one too, with an empty `what`: the task's title says what is promised.
Does not resolve dates and does not inherit them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policy_commitments.extractors.clause_context import PAST, Clause, read_clauses
from policy_commitments.extractors.segments import sentences
from policy_commitments.schemas.mentions import DeadlineMention, MilestoneMention, QuantityMention, Span

_LABELLED = re.compile(
    r"(?:完成|办理|整改|落实|办结|实施|工作|计划完成|推进|达标|建设)?(?:时限|时间|期限|节点|进度|年限)(?:要求|安排|节点)?\ ?[：:]\ ?$"
    r"|(?:[；，、。]|^)\ ?$"
)
_TIME_LABEL = re.compile(r"(?:时限|时间|期限|节点|进度|年限)(?:要求|安排|节点)?\ ?[：:]")
_DONE = re.compile(r"^(?:之?前)?[，、\ ]?(?:全部|基本|全面|力争|争取|确保)?(?:完成|完工|办结|建成|落实到位|取得实效|取得明显成效|见效|到位|达标|投用|验收)?[。；）\ ]*$")
_TIED = re.compile(r"(?:牵头|责任|配合|完成|落实|主办|负责)(?:单位|部门|时限|时间|领导|期限|人)?")
_LEAD = re.compile(
    r"""
    (?: [\ 　\n，、；：。—]+
      | [0-9]{1,2}[.．、](?![0-9]) | [（(][一二三四五六七八九十0-9]{1,3}[）)] | [①-⑳]          # 1. （二）
      | [一二三四五六七八九十]是 | [一二三四五六七八九十]、
    )+""",
    re.VERBOSE,
)
_VERBS = (
    r"(?:完成|完工|竣工|建成|投用|投入使用|投产|开工|开工建设|建设|实施|到位|办结|落实|落实到位|启动|启用|上线|印发|出台|见效|实现|达标|验收"
    r"|挂牌|运行|运营|开放|通车|结束|取缔|整改|公布|发布|核准|推进|推开|取得(?:实质性|明显|阶段性)?(?:进展|成效|突破)|全面推开|形成|交付|使用)"
)
_LONE_VERB = re.compile(
    rf"(?:全部|基本|全面|力争|争取|确保|要|须|应|前|初步|如期|按期|要求|陆续|正式|顺利|在|均|都|并|和|、|，|{_VERBS})*(?:工作|任务|使用)?"
)
_AIM = re.compile(r"(?:力争|争取|确保|力求|努力|计划|预计|拟|要|应|须|在|于|将)+$")
_STATE = re.compile(
    r"""
    形成 | 建成 | 建立 | 完成 | 完善 | 健全 | 实现 | 达到 | 提升 | 提高 | 增强 | 改善 | 优化 | 构建 | 基本 | 全面 | 明显 | 显著 | 更加
  | 进一步 | 取得 | 成为 | 位居 | 进入 | 迈上 | 跻身 | 创建 | 打造 | 推进 | 启动 | 开工 | 竣工 | 投用 | 投入 | 出台 | 制定 | 印发 | 开展 | 实施
  | 消除 | 解决 | 推行 | 落实 | 满足 | 确立 | 优于 | 高于 | 低于 | 领先 | 持续 | 有效 | 稳定 | 融合 | 覆盖 | 通过 | 争创 | 培育 | 建设 | 设立 | 遏制
    """,
    re.VERBOSE,
)
_FACT = re.compile(r"^(?:政府工作)?(?:是|就是|也是|将是|作为|适逢|恰逢|正值|的|要坚持|以来)|^(?:主要|工作|重点|任务|总体)?(?:安排|要求|目标任务|打算|部署|思路)$")
_FOR_WHOM = re.compile(r"^(?:对|凡|向|给予|按|为符合)")
_NO_PROMISE = re.compile(r"^(?:[以在]?(?:此|其)|详见|见附件|根据|按照|依据|参照|执行|施行|有效|生效|废止|除外|不得|之日)")
_THIS_YEAR_ENDS = frozenset({"年内", "年底", "年底前", "年度内"})
_LED = re.compile(r"(?:要|应|将|力争|争取|确保|在|于|须|，|力求|计划|预计|各地|[市县区省镇乡村国州盟旗局委办院校]|单位|部门|机构|企业|均|都)$")
_BOUND_AFTER = re.compile(r"(?:全面|全部|基本|力争|争取|确保|要|将|应|实现|完成|建成|达到|启动|出台|形成|开工|竣工|印发|建立|完善|消除|取得|进入)")
_OUGHT = re.compile(r"^(?:要|应当?|须|将|在)(?=[^求素点用急军])")
_SENTENCE_MARKS = "。！？；\n"
_SHORTEST = 4
_LONGEST = 300


def extract_milestones(
    folded: str,
    start: int,
    end: int,
    deadlines: Sequence[DeadlineMention],
    quantities: Sequence[QuantityMention],
) -> Iterator[MilestoneMention]:
    """Milestones of folded[start:end]; `deadlines` and `quantities` are all that were found there, in text order."""
    dates = [one for one in deadlines if one.governs and one.form != "every" and start <= one.start < end]
    if not dates:
        return
    numbers = [one.number for one in quantities]
    at = 0
    for begin, stop in sentences(folded, start, end):
        bare = folded[stop - 1] not in _SENTENCE_MARKS and "，" not in folded[begin:stop]
        if bare and (begin, stop) == (start, end) and _TIME_LABEL.search(folded, begin, stop) is None and folded[begin] not in "（〔":
            return  # a heading promises nothing by itself
        own = []
        while at < len(dates) and dates[at].start < stop:
            own.append(dates[at])
            at += 1
        if own:
            yield from _in_sentence(folded, begin, stop, own, [n for n in numbers if begin <= n[0] < stop])


def _in_sentence(
    text: str, start: int, end: int, dates: Sequence[DeadlineMention], numbers: Sequence[Span]
) -> Iterator[MilestoneMention]:
    clauses = read_clauses(text, start, end)
    for k, date in enumerate(dates):
        lone = _lone(text, start, end, date)
        if lone is not None:
            yield MilestoneMention(*lone, "", date, None, "", "milestone.own_line")
            continue
        stop = dates[k + 1].start if k + 1 < len(dates) else end
        yield from _governed(text, clauses, date, dates[k - 1] if k else None, stop, numbers)


def _lone(text: str, start: int, end: int, date: DeadlineMention) -> Span | None:
    """The span of `完成时限：2019年6月底前`, or of a date that closes a bracket of agencies; None for other dates."""
    line_start = max(text.rfind("\n", 0, date.start) + 1, start)
    opened = max(text.rfind("（", line_start, date.start), text.rfind("〔", line_start, date.start))
    closed = max(text.rfind("）", line_start, date.start), text.rfind("〕", line_start, date.start))
    if opened > closed:
        return _in_bracket(text, opened, end, date)
    before = text[line_start : date.start]
    label = re.search(r"[^，。；：\n]{0,8}" + _TIME_LABEL.pattern + r"$", before)
    if label is None:
        return None
    after = re.match(r"[^。；\n]*", text[date.end : end])
    rest = after.group() if after is not None else ""
    return (line_start + label.start(), date.end) if _DONE.match(rest) or len(rest) < _LONGEST else None


def _in_bracket(text: str, opened: int, end: int, date: DeadlineMention) -> Span | None:
    closed = min((at for at in (text.find("）", date.end, end), text.find("〕", date.end, end)) if at >= 0), default=-1)
    if closed < 0:
        return None
    inner, rest = text[opened + 1 : date.start], text[date.end : closed]
    if _TIED.search(inner) is not None and _LABELLED.search(inner) is not None and _DONE.match(rest) is not None:
        return opened, closed + 1
    if not inner.strip() and (_DONE.match(rest) is not None):
        return opened, closed + 1
    if _TIME_LABEL.search(inner) is not None:
        return opened, closed + 1
    return None


def _governed(
    text: str, clauses: Sequence[Clause], date: DeadlineMention, earlier: DeadlineMention | None, stop: int, numbers: Sequence[Span]
) -> Iterator[MilestoneMention]:
    """The clauses from the date's own up to the next date: the first run of them that holds no quantity."""
    first = next((k for k, clause in enumerate(clauses) if clause.start <= date.start < clause.end), None)
    if first is None or clauses[first].past or PAST.search(text, clauses[first].start, date.start) is not None:
        return
    own = list(_under(clauses[first:], stop))
    run = _run(text, own, date, stop, numbers)
    if not run:
        return
    begin, finish = run[0].start, min(run[-1].end, stop)
    if earlier is not None and earlier.end > begin:  # 确保9月开工、年底竣工: two dates in one clause
        begin = text.rfind("、", earlier.end, date.start) + 1 or begin
    finish = _without_next_lead(text, begin, finish, stop, run[-1].end)
    pieces = _pieces(text, begin, finish, date)
    what = _OUGHT.sub("", "".join(text[a:b] for a, b in pieces).replace("\n", ""))
    if _LONE_VERB.fullmatch(what) is not None:
        before = _before(clauses, first, numbers)
        if before is None:
            return
        lead = _undated(text, before, earlier)
        what = f"{text[lead[0] : lead[1]]}，{what}".replace("\n", "")
        begin = before.start
    if _FACT.search(what) is not None or _modifies(text, clauses[first], date):
        return
    if len(run) < len(own) and _FOR_WHOM.match(what) is not None:
        return
    if len(what) < _SHORTEST or _NO_PROMISE.match(what) is not None or (len(run) < len(own) and not _STATE.search(what)):
        return
    begin = _trimmed(text, begin, finish)[0]
    strength = own[0].strength
    yield MilestoneMention(
        begin, min(finish, begin + _LONGEST), what, date, strength, own[0].modality, "milestone.dated"
    )


def _under(clauses: Sequence[Clause], stop: int) -> Iterator[Clause]:
    """The clauses under one date: up to the next date or ；."""
    for clause in clauses:
        if clause.start >= stop:
            return
        yield clause
        if clause.mark == "；":
            return


def _modifies(text: str, clause: Clause, date: DeadlineMention) -> bool:
    """`做好今年工作`, `制定2021—2023年计划`, `举办2020年冬运会`: a bare year behind a verb belongs to the noun after it."""
    if "lead" in date.parts or any(name in date.parts for name in ("edge", "before", "month", "half", "quarter", "inside")):
        return False
    if date.form not in ("date", "span") or date.text in _THIS_YEAR_ENDS:
        return False
    before = _LEAD.sub("", text[clause.start : date.start], count=1).strip()
    return bool(before) and _LED.search(before) is None and _BOUND_AFTER.match(text, date.end) is None


def _run(
    text: str, own: Sequence[Clause], date: DeadlineMention, stop: int, numbers: Sequence[Span]
) -> list[Clause]:
    """The longest lead of clauses without numbers, a clause that only holds the date counted in."""
    run: list[Clause] = []
    for clause in own:
        counted = any(clause.start <= number[0] < min(clause.end, stop) for number in numbers)
        bare = not _clean(text, clause, date)
        if counted:
            return run if any(_clean(text, one, date) for one in run) else []
        elif clause.condition and run and not bare:
            continue
        else:
            run.append(clause)
    return run if any(_clean(text, one, date) for one in run) else []


def _clean(text: str, clause: Clause, date: DeadlineMention) -> str:
    """The clause's words without the date."""
    if clause.start <= date.start < clause.end:
        words = text[clause.start : date.start] + text[min(date.end, clause.end) : clause.end]
    else:
        words = text[clause.start : clause.end]
    return _AIM.sub("", _LEAD.sub("", words, count=1)).strip("，、；。： \n前")


def _without_next_lead(text: str, begin: int, finish: int, stop: int, clause_end: int) -> int:
    """`…，力争到2027年`: words that lead in the next date stay with it."""
    if finish < clause_end or finish == stop:
        cut = max(text.rfind("，", begin, finish), text.rfind("；", begin, finish), text.rfind("：", begin, finish))
        if cut > begin and len(text[cut + 1 : finish]) <= 12 and finish == stop:
            return cut
    return finish


def _pieces(text: str, begin: int, finish: int, date: DeadlineMention) -> list[Span]:
    """The clause without its date, trimmed."""
    if not begin <= date.start < finish:
        return [_trimmed(text, begin, finish)]
    head = _trimmed(text, begin, date.start)
    tail = _trimmed(text, min(date.end, finish), finish)
    return [piece for piece in (head, tail) if piece[1] > piece[0]]


def _before(clauses: Sequence[Clause], first: int, numbers: Sequence[Span]) -> Clause | None:
    """The clause before the dated one, where that one says no more than 完成."""
    if first == 0:
        return None
    clause = clauses[first - 1]
    if clause.mark not in "，：" or any(clause.start <= number[0] < clause.end for number in numbers):
        return None
    return clause


def _undated(text: str, clause: Clause, date: DeadlineMention | None) -> Span:
    """The clause without a date of its own: 确保二期工程 of `确保二期工程10月前完工，明年3月投产`, else what stands behind it."""
    whole = _trimmed(text, clause.start, clause.end)
    if date is None or not whole[0] <= date.start < whole[1]:
        return whole
    head = _trimmed(text, whole[0], date.start)
    return head if head[1] - head[0] >= _SHORTEST else _trimmed(text, min(date.end, whole[1]), whole[1])


def _trimmed(text: str, start: int, end: int) -> Span:
    lead = _LEAD.match(text, start, end)
    start = lead.end() if lead is not None else start
    while end > start and text[end - 1] in "。；，、： 　\n":
        end -= 1
    return start, end
