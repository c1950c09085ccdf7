"""Dated promises without a quantity, e.g. `到2025年，县中医院达到三级中医医院水平，服务能力明显提升。`

Clauses of one sentence under one date are one milestone. A date on a line or in a bracket of its own
(`完成时限：2019年6月底前`) is one too, with an empty `what`: the task's title says what is promised.
Does not resolve dates and does not inherit them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from policy_commitments.extractors.agency_names import ends_name
from policy_commitments.extractors.clause_context import PAST, Clause, clause_at, read_clauses
from policy_commitments.extractors.milestone_clauses import (
    FOR_WHOM,
    LETTER,
    delivers,
    is_lone_verb,
    is_means,
    is_own_deed,
    is_title,
    is_validity,
    modifies,
    opens_window,
    pieces,
    promises_nothing,
    states,
    subject_before,
    trimmed,
    without_ought,
    words_of,
)
from policy_commitments.extractors.segments import sentences
from policy_commitments.schemas.mentions import DeadlineMention, MilestoneMention, QuantityMention, Span

_LABELLED = re.compile(
    r"(?:完成|办理|整改|落实|办结|实施|工作|计划完成|推进|达标|建设)?(?:时限|时间|期限|节点|进度|年限)(?:要求|安排|节点)?\ ?[：:]\ ?$"
    r"|(?:[；，、。]|^)\ ?$"
)
_TIME_LABEL = re.compile(  # 完成时间：, and not 演出时间：, 报名时间：
    r"(?:时限|期限|节点|进度|年限|(?:(?<=完成)|(?<=办理)|(?<=整改)|(?<=落实)|(?<=办结)|(?<=实施)|(?<=工作)|(?<=推进)|(?<=达标)|(?<=建设)|(?<=责任)|(?<=计划)|(?<=要求)|(?<![一-鿿]))时间)"
    r"(?:要求|安排|节点)?\ ?[：:]"
)
_LABEL_BEFORE = re.compile(r"[^，。；：\n]{0,8}" + _TIME_LABEL.pattern + "$")
_LABEL_LINE = re.compile(r"(?:^|\n)[^，。；：\n]{0,6}(?:时限|时间|期限|节点)(?:要求|安排|节点)?\n$")  # 完成时限 alone over its value
_DONE = re.compile(r"^(?:之?前)?[，、\ ]?(?:全部|基本|全面|力争|争取|确保)?(?:完成|完工|办结|建成|落实到位|取得实效|取得明显成效|见效|到位|达标|投用|验收)?[。；）\ ]*$")
_TIED = re.compile(r"(?:牵头|责任|配合|完成|落实|主办|负责)(?:单位|部门|时限|时间|领导|期限|人)?")
_SENTENCE_MARKS = "。！？；\n"
_SHORTEST = 4
_LONGEST = 300
_YEAR_ALONE = re.compile(r"20[0-9]{2}年")  # 近期（2025年）: a remark
_SHARES = re.compile(r"[0-9]%、[0-9.]+%")  # 分别完成30%、70%、100%: figures that no rule read
_NAMING = re.compile(r"包括|包含|含|其中|如|分别为")  # 开工干流工程，包括上游段、下游段，年底前完成
_SIZED = re.compile(r"(?:项目)?(?:总|计划|估算)?(?:投资|造价)(?:概算|估算|约)*[0-9]|全长|总长|占地|总?建筑面积|西起|东起|南起|北起|[西东南北]至|起于|止于")  # 投资概算1.45亿元, says how large the work is
_SHORTEST_SUBJECT = 2
_FARTHEST_SUBJECT = 5  # clauses between a lone verb and its subject
_FARTHEST_DATE = 20  # dates before the one that is read


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
    numbers = sorted(one.number[0] for one in quantities)
    at = 0
    for begin, stop in sentences(folded, start, end):
        bare = folded[stop - 1] not in _SENTENCE_MARKS and "，" not in folded[begin:stop]
        if bare and (begin, stop) == (start, end) and _TIME_LABEL.search(folded, begin, stop) is None and folded[begin] not in "（〔":
            return  # a heading promises nothing by itself
        own = []
        while at < len(dates) and dates[at].start < stop:
            own.append(dates[at])
            at += 1
        if own and not is_title(folded, begin, stop, own[0]):
            yield from _in_sentence(folded, begin, stop, own, numbers)


def _in_sentence(
    text: str, start: int, end: int, dates: Sequence[DeadlineMention], numbers: Sequence[int]
) -> Iterator[MilestoneMention]:
    if LETTER.search(text, start, end) is not None:
        return  # 现将任务分解下达，请各单位确保全年任务完成
    clauses: list[Clause] = []
    if len(dates) > 1:
        clauses = read_clauses(text, start, end)
        dates = [date for date in dates if not _is_passed_over(text, clauses, date)]
    for k, date in enumerate(dates):
        lone = _lone(text, start, end, date)
        if lone is not None:
            yield MilestoneMention(*lone, "", date, None, "", "milestone.own_line")
            continue
        stop = dates[k + 1].start if k + 1 < len(dates) else end
        clauses = clauses or read_clauses(text, start, end)
        found = _governed(text, clauses, dates[max(k - _FARTHEST_DATE, 0) : k + 1], stop, numbers)
        yield from (one for one in found if _SHARES.search(one.what) is None and not opens_window(one.what, date))


def _is_passed_over(text: str, clauses: Sequence[Clause], date: DeadlineMention) -> bool:
    """A date inside a clause that only describes the noun behind it ends no other date's clauses."""
    k = clause_at(clauses, date.start)
    return k is not None and clauses[k].start < date.start and modifies(text, clauses[k], date)


def _lone(text: str, start: int, end: int, date: DeadlineMention) -> Span | None:
    """The span of `完成时限：2019年6月底前`, or of a date that closes a bracket of agencies; None for other dates."""
    line_start = max(text.rfind("\n", 0, date.start) + 1, start)
    opened = max(text.rfind("（", line_start, date.start), text.rfind("〔", line_start, date.start))
    closed = max(text.rfind("）", line_start, date.start), text.rfind("〕", line_start, date.start))
    if opened > closed:
        return _in_bracket(text, opened, end, date)
    before = text[line_start : date.start]
    label = _LABEL_BEFORE.search(before) if before.endswith(("：", "： ", ":", ": ")) else None
    over = label is None and not before.strip() and _LABEL_LINE.search(text, max(line_start - 16, 0), line_start) is not None
    if label is None and not over:
        return None
    after = re.match(r"[^。；\n]*", text[date.end : end])
    rest = after.group() if after is not None else ""
    begin = line_start if label is None else line_start + label.start()
    return (begin, date.end) if _DONE.match(rest) or len(rest) < _LONGEST else None


def _in_bracket(text: str, opened: int, end: int, date: DeadlineMention) -> Span | None:
    closed = min((at for at in (text.find("）", date.end, end), text.find("〕", date.end, end)) if at >= 0), default=-1)
    if closed < 0:
        return None
    inner, rest = text[opened + 1 : date.start], text[date.end : closed]
    if _TIED.search(inner) is not None and _LABELLED.search(inner) is not None and _DONE.match(rest) is not None:
        return opened, closed + 1
    if inner.endswith(("；", "，", "； ", ";")) and _DONE.match(rest) is not None and ends_name(inner.rstrip("；，; ")) and "。" not in inner:
        return opened, closed + 1  # （区水务局；2024年12月）
    if not inner.strip() and _DONE.match(rest) is not None and _YEAR_ALONE.fullmatch(date.text + rest) is None:
        return opened, closed + 1
    if _TIME_LABEL.search(inner) is not None:
        return opened, closed + 1
    return None


def _governed(
    text: str, clauses: Sequence[Clause], dates: Sequence[DeadlineMention], stop: int, numbers: Sequence[int]
) -> Iterator[MilestoneMention]:
    """The clauses from the date's own up to the next date that hold no quantity, as one milestone.

    `said` are the words of each clause without the date, by its start.
    """
    date = dates[-1]
    first = clause_at(clauses, date.start)
    if first is None or clauses[first].past or PAST.search(text, clauses[first].start, date.start) is not None:
        return
    if clauses[first].condition and text[clauses[first].end - 1] == "的":
        return  # 当年新增项目达到5个的，给予奖励
    if modifies(text, clauses[first], date) or is_validity(text, clauses[first], date):
        return
    own = list(_under(clauses, first, stop))
    said = {clause.start: words_of(text, clause, date) for clause in own}
    run = _run(own, said, stop, numbers)
    opening = next((words for words in said.values() if words), "")
    if promises_nothing(opening) or (len(run) < len(own) and FOR_WHOM.match(opening)):
        return
    parts = [part for part in (_lead(text, clauses, first, run, said, dates, stop, numbers, whole=len(run) == len(own)),) if part is not None]
    rest = list(_before(clauses, first + len(run), stop)) if len(run) < len(own) else []
    said |= {clause.start: words_of(text, clause, date) for clause in rest if clause.start not in said}
    parts += [(*span, text[slice(*span)]) for span in _behind(text, rest, said, stop, numbers)]
    parts = [part for part in parts if part[1] - parts[0][0] <= _LONGEST or part is parts[0]]
    if parts:
        begin, finish = parts[0][0], max(part[1] for part in parts)
        what = "，".join(part[2] for part in parts).replace("\n", "")
        held = next((one for one in run if one.strength is not None), own[0]) if run else own[0]
        yield MilestoneMention(begin, min(finish, begin + _LONGEST), what, date, held.strength, held.modality, "milestone.dated")


def _before(clauses: Sequence[Clause], first: int, stop: int) -> Iterator[Clause]:
    """The clauses from `first` on that begin before `stop`."""
    for k in range(first, len(clauses)):
        if clauses[k].start >= stop:
            return
        yield clauses[k]


def _under(clauses: Sequence[Clause], first: int, stop: int) -> Iterator[Clause]:
    """The clauses under one date: up to the next date or ；."""
    for clause in _before(clauses, first, stop):
        yield clause
        if clause.mark == "；":
            return


def _lead(
    text: str,
    clauses: Sequence[Clause],
    first: int,
    run: Sequence[Clause],
    said: Mapping[int, str],
    dates: Sequence[DeadlineMention],
    stop: int,
    numbers: Sequence[int],
    *,
    whole: bool,
) -> tuple[int, int, str] | None:
    """(start, end, what) of the clauses before any quantity; a lone verb takes its subject from further left."""
    words = [said[clause.start] for clause in run if said[clause.start]]
    if not words or (not whole and all(map(is_means, words))):
        return None
    date, earlier = dates[-1], dates[-2] if len(dates) > 1 else None
    begin, finish = run[0].start, min(run[-1].end, stop)
    if earlier is not None and earlier.end > begin:  # 确保9月开工、年底竣工: two dates in one clause
        begin = text.rfind("、", earlier.end, date.start) + 1 or begin
    finish = _without_next_lead(text, begin, finish, stop, run[-1].end)
    what = without_ought("".join(text[a:b] for a, b in pieces(text, begin, finish, date)))
    if is_lone_verb(what):
        subject = _subject(text, clauses, first, dates[:-1], numbers)
        if subject is None and earlier is None:
            return None
        if subject is not None:
            begin, what = subject[0], f"{text[slice(*subject)]}，{what}"
    if len(what) < _SHORTEST or promises_nothing(what) or not (whole or states(what)):
        return None
    return trimmed(text, begin, finish)[0], finish, what


def _run(own: Sequence[Clause], said: Mapping[int, str], stop: int, numbers: Sequence[int]) -> list[Clause]:
    """The longest lead of clauses without numbers, a clause that only holds the date counted in."""
    run: list[Clause] = []
    for clause in own:
        if _is_counted(clause, stop, numbers):
            break
        if not (clause.condition and run and said[clause.start]):
            run.append(clause)
    return run if any(said[one.start] for one in run) else []


def _behind(
    text: str, own: Sequence[Clause], said: Mapping[int, str], stop: int, numbers: Sequence[int]
) -> Iterator[Span]:
    """Runs of clauses behind a quantity that say what is reached: `…控制在90个工作日以内，管理系统全面建成`."""
    run: list[Span] = []
    for clause in own:
        plain = not (_is_counted(clause, stop, numbers) or clause.condition or clause.past or clause.end > stop)
        words = said[clause.start]
        if plain and (delivers(words) or (run and states(words))):
            run.append(trimmed(text, clause.start, clause.end))
            continue
        yield from _joined(text, run)
        run = []
    yield from _joined(text, run)


def _joined(text: str, run: Sequence[Span]) -> Iterator[Span]:
    """From the first clause to the last that delivers something."""
    last = max((k for k, span in enumerate(run) if delivers(text[slice(*span)])), default=-1)
    if last >= 0:
        yield run[0][0], run[last][1]


def _is_counted(clause: Clause, stop: int, numbers: Sequence[int]) -> bool:
    """Whether one of the `numbers`, starts in text order, stands in the clause before `stop`."""
    k = bisect_left(numbers, clause.start)
    return k < len(numbers) and numbers[k] < min(clause.end, stop)


def _without_next_lead(text: str, begin: int, finish: int, stop: int, clause_end: int) -> int:
    """`…，力争到2027年`: words that lead in the next date stay with it."""
    if finish < clause_end or finish == stop:
        cut = max(text.rfind("，", begin, finish), text.rfind("；", begin, finish), text.rfind("：", begin, finish))
        if cut > begin and len(text[cut + 1 : finish]) <= 12 and finish == stop:
            return cut
    return finish


def _subject(
    text: str, clauses: Sequence[Clause], first: int, dates: Sequence[DeadlineMention], numbers: Sequence[int]
) -> Span | None:
    """What a date's lone verb is said of: 农村公路 of `农村公路：7月底前开工；11月底前建成`, 编制规划 of `编制规划，年底前完成`."""
    for clause in reversed(clauses[max(first - _FARTHEST_SUBJECT, 0) : first]):
        if _NAMING.match(text, clause.start) or _SIZED.match(text, clause.start, clause.end):
            continue
        if clause.mark not in "，：；" or _is_counted(clause, clause.end, numbers):
            return None
        k = bisect_left(dates, clause.start, key=lambda date: date.start)
        dated = dates[k] if k < len(dates) and dates[k].start < clause.end else None
        if dated is None:
            return None if clause.mark == "；" else trimmed(text, clause.start, clause.end)
        head = subject_before(text, clause.start, dated.start)
        if head[1] - head[0] >= _SHORTEST_SUBJECT:
            return head
        deed = trimmed(text, min(dated.end, clause.end), clause.end)
        if clause.mark == "，" and not is_own_deed(text[slice(*deed)]):
            return deed
    return None
