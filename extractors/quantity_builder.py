"""Mentions from a group of figures in its frame: comparator, denominator, indicator, baseline and quote for each figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from policy_commitments.extractors.clause_context import Clause
from policy_commitments.extractors.figure_groups import Group
from policy_commitments.extractors.frames import Frame, Sight, trailing_comparator
from policy_commitments.extractors.indicator_phrase import compose, split_members, trim
from policy_commitments.extractors.lexicon import Word
from policy_commitments.extractors.number_tail import Each, find_each
from policy_commitments.extractors.numerals import Figure
from policy_commitments.schemas.mentions import Comparator, QuantityMention, Span

_MAX_QUOTE = 300
_CLAIM = re.compile(r"^[ 　]*(?:[0-9]{1,2}[.．、]|（[一二三四五六七八九十0-9]+）|[一二三四五六七八九十]是)?(?:对于?|凡是?|针对|给予?|向)?")
_REWARD = re.compile(r"(?:的)?((?:一次性|财政|资金|配套|专项|定额|创业|生活|岗位|安家|购房|租房)*(?:奖励|补助|补贴|资助|支持|奖补|扶持|经费|津贴)(?:资金)?)")
_NOUN_END = re.compile(r"[，。；：！？\n]|(?:并|且|，)(?=[一-鿿]{0,6}[0-9])")
_BASIS = ("累计", "新增", "年均", "每年", "总数", "平均每年", "共计", "合计", "逐年")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}年|“?十[一二三四五六]五”?末")
Phrase = tuple[str, tuple[Span, ...]]


@dataclass(slots=True)
class Carry:
    """What a sentence hands from clause to clause: subject, count verb, condition."""

    subject: Phrase | None = None
    verb: Word | None = None
    condition: Span | None = None
    previous: Clause | None = None

    def verb_into(self, text: str, clause: Clause) -> Word | None:
        """The count verb that still governs: the clause before was a list under it."""
        return self.verb if self.previous is not None and self.previous.mark in "，：；" else None

    def pass_clause(self, text: str, clause: Clause) -> None:
        """Remember a condition and drop a verb that the clause did not use."""
        self.previous = clause
        if clause.condition or (clause.opens_condition and "的" in text[clause.start : clause.end]):
            self.condition = (clause.start, clause.end)


def build_mentions(
    text: str,
    clause: Clause,
    group: Group,
    frame: Frame,
    sight: Sight,
    carry: Carry,
    previous: Group | None,
    following: Group | None,
) -> Iterator[QuantityMention]:
    """One mention per figure of the group (two for `A和B全覆盖`)."""
    each = group.tail.each or find_each(text, group.left_start, group.tail.start)
    phrases = _phrases(text, clause, group, frame, carry, following, each)
    figures = group.figures if len(group.figures) > 1 else group.figures * max(len(phrases), 1)
    verb = group.tail.verb or sight.carried
    for index, figure in enumerate(figures):
        phrase = phrases[min(index, len(phrases) - 1)] if phrases else ("", ())
        if not phrase[0]:
            phrase = carry.subject or ("", ())
        if not phrase[0]:
            continue
        mention = _mention(text, clause, group, frame, figure, phrase, each, verb)
        yield mention
    if phrases and phrases[0][0]:
        carry.subject = phrases[-1]
    if verb is not None and verb.entry["form"] == "count":
        carry.verb = verb


def _phrases(
    text: str, clause: Clause, group: Group, frame: Frame, carry: Carry, following: Group | None, each: Each | None
) -> list[Phrase]:
    """The indicator of each figure in the group."""
    if frame.form == "money":
        return _money_phrases(text, clause, group, carry, each)
    if frame.noun_after:
        limit = following.tail.start if following is not None else clause.end
        noun = _noun_after(text, group.end, min(limit, group.right_end if following is None else limit), following)
        if noun[1] > noun[0]:
            return [(text[noun[0] : noun[1]], (noun,))]
    start, end = trim(text, group.left_start, _left_end(group, each, text), keep_verb=frame.form not in ("count",))
    if frame.form == "count" and group.leading_verb is not None and group.leading_verb.end <= end:
        start, end = trim(text, group.leading_verb.end, _left_end(group, each, text), keep_verb=False)
    if end <= start:
        return []
    return _carried_subject(text, _members(text, start, end, group, frame), carry)


def _left_end(group: Group, each: Each | None, text: str) -> int:
    if group.baseline is not None:
        before = re.search(r"(?:由|从|较|比|在|自)[^由从较比在自，]{0,24}$", text[group.left_start : group.baseline.start])
        return group.left_start + before.start() if before is not None else group.baseline.start
    return group.tail.start


def _members(text: str, start: int, end: int, group: Group, frame: Frame) -> list[Phrase]:
    wanted = len(group.figures)
    if wanted > 1:
        members = [trim(text, a, b) for a, b in split_members(text, start, end)]
        if len(members) > wanted:
            members = [(members[0][0], members[len(members) - wanted][1]), *members[len(members) - wanted + 1 :]]
        if len(members) == wanted:
            return compose(text, members)
    if frame.form == "coverage":
        members = [trim(text, a, b) for a, b in split_members(text, start, end)]
        if len(members) == 2 and "、" not in text[start:end] and all(b - a >= 2 for a, b in members):
            return compose(text, members)
    return [(text[start:end], ((start, end),))]


def _carried_subject(text: str, phrases: list[Phrase], carry: Carry) -> list[Phrase]:
    """`…产值增长6%、占…比重提高到86%`: 占 without a subject takes the sentence's last one."""
    if carry.subject is not None and phrases[0][0].startswith(("占", "比重", "占比")):
        subject, spans = carry.subject
        return [(subject + text_, (*spans, *own)) for text_, own in phrases]
    return phrases


def _noun_after(text: str, start: int, end: int, following: Group | None) -> Span:
    """The noun that a count counts, cut at the next figure's words."""
    stop = _NOUN_END.search(text, start, end)
    limit = stop.start() if stop is not None else end
    if following is not None and following.tail.start <= following.figures[0].start and stop is None:
        limit = min(limit, following.tail.start)
        if following.tail.verb is None and not text[limit - 1 : limit].strip("、和及与或"):
            pass
        elif following.tail.verb is None:
            cut = max(text.rfind(mark, start, limit) for mark in "、和及与")
            limit = cut if cut > start else limit
    return trim(text, start, limit)


def _money_phrases(text: str, clause: Clause, group: Group, carry: Carry, each: Each | None) -> list[Phrase]:
    """Condition (or subject) with the kind of payment: `首次升规的企业` + `奖励`."""
    reward = _REWARD.match(text, group.end, clause.end)
    kind: tuple[Span, ...] = ((reward.start(1), reward.end(1)),) if reward is not None else ()
    verb = group.tail.verb
    if not kind and verb is not None and verb.entry["form"] == "money" and verb.text not in ("给予", "予以"):
        kind = ((verb.start, verb.end),)
    start, end = trim(text, group.left_start, _left_end(group, each, text))
    opener = _CLAIM.match(text, start, end)
    begin = opener.end() if opener is not None else start
    if end <= begin and carry.condition is not None:
        begin, end = _condition_span(text, carry.condition)
    if end <= begin:
        return []
    members = [(begin, end)]
    if len(group.figures) > 1:
        parts = split_members(text, begin, end)
        if len(parts) > len(group.figures):
            parts = [(parts[0][0], parts[len(parts) - len(group.figures)][1]), *parts[len(parts) - len(group.figures) + 1 :]]
        members = parts if len(parts) == len(group.figures) else members
    return [(phrase + "".join(text[a:b] for a, b in kind), (*spans, *kind)) for phrase, spans in compose(text, members)]


def _condition_span(text: str, span: Span) -> Span:
    opener = _CLAIM.match(text, span[0], span[1])
    begin = opener.end() if opener is not None else span[0]
    begin, end = trim(text, begin, span[1])
    return (begin, end)


def _mention(
    text: str,
    clause: Clause,
    group: Group,
    frame: Frame,
    figure: Figure,
    phrase: Phrase,
    each: Each | None,
    verb: Word | None,
) -> QuantityMention:
    comparator, said = _comparator(text, clause, group, figure)
    start, end = _quote(clause, group, figure, phrase)
    last = group.figures[-1]
    shared = figure if figure.measure or figure.sort != "number" else last
    baseline = group.baseline
    return QuantityMention(
        start=start,
        end=end,
        number=(figure.start, figure.number_end),
        value_text=figure.value_text,
        value_max_text=figure.value_max_text,
        scale=figure.scale or (last.scale if not figure.measure else ""),
        measure=shared.measure,
        per=_per(text, figure, each, group),
        comparator=comparator,
        comparator_text=said,
        indicator=phrase[0],
        indicator_spans=phrase[1],
        verb=verb.text if verb is not None else "",
        form=_form(text, group, frame, figure, each),
        basis_text=_basis_text(text, group, verb),
        direction_text=_direction_text(verb),
        baseline_text=text[baseline.start : baseline.end] if baseline is not None else None,
        baseline_year_text=_baseline_year(text, group),
        strength=clause.strength,
        modality=clause.modality,
        rule=f"{frame.form}.{frame.rule}",
        ambiguity=frame.doubt,
    )


def _comparator(text: str, clause: Clause, group: Group, figure: Figure) -> tuple[Comparator, str]:
    """By the words before the list and after the figure or the list's last figure."""
    if figure.value_max_text is not None:
        return "between", ""
    own = trailing_comparator(text, figure.end, clause.end)
    after = own or (group.after if len(group.figures) > 1 else None)
    before = group.tail.comparator
    chosen = before or after
    if before is not None and after is not None and before.text in ("约", "近", "控制在", "突破", "超过"):
        chosen = after
    if chosen is None:
        return ("approx", figure.vague) if figure.vague else ("eq", "")
    return _as_comparator(str(chosen.entry["comparator"])), chosen.text


def _as_comparator(name: str) -> Comparator:
    match name:
        case "ge":
            return "ge"
        case "gt":
            return "gt"
        case "le":
            return "le"
        case "lt":
            return "lt"
        case "approx":
            return "approx"
        case "between":
            return "between"
        case "eq":
            return "eq"
    raise ValueError(f"unknown comparator {name!r}")


def _per(text: str, figure: Figure, each: Each | None, group: Group) -> str | None:
    if figure.divisor:
        return figure.divisor
    if each is not None:
        return each.text
    if any(word in ("年均", "平均每年", "每年") for word in group.tail.adverbs):
        return "年"
    return None


def _form(text: str, group: Group, frame: Frame, figure: Figure, each: Each | None) -> str:
    if frame.form == "level" and group.tail.comparator is not None and each is not None and not each.stays:
        return "quota"
    return frame.form


def _basis_text(text: str, group: Group, verb: Word | None) -> str:
    for word in group.tail.adverbs:
        if word in _BASIS:
            return word
    window = text[max(group.left_start, group.tail.start - 40) : group.tail.start]
    for word in _BASIS:
        if word in window:
            return word
    if verb is not None and verb.entry["basis"] in ("new", "stock"):
        return verb.text
    return ""


def _direction_text(verb: Word | None) -> str:
    return verb.text if verb is not None and verb.entry["direction"] != "none" else ""


def _baseline_year(text: str, group: Group) -> str | None:
    found = _YEAR.search(text, max(group.left_start, group.figures[0].start - 30), group.figures[0].start) if group.baseline else None
    return found.group() if found is not None else None


def _quote(clause: Clause, group: Group, figure: Figure, phrase: Phrase) -> Span:
    """From the first printed piece in this clause to the end of number and counted noun, at most 300 characters."""
    starts = [a for a, _ in phrase[1] if a >= clause.start] + [group.tail.start]
    ends = [b for _, b in phrase[1] if b <= clause.end] + [figure.end, group.end if figure is group.figures[-1] else figure.end]
    start, end = min(starts), max(ends)
    while start < figure.start and end - start > _MAX_QUOTE:
        start = end - _MAX_QUOTE
    return start, end
