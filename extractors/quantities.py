"""Promised quantities in prose, e.g. `到2027年，每千人口注册护士数达到4人，新建标准化药房6所。`

Anchors on figures (`numerals`), reads the words around each within its clause and chooses a frame (`frames`).
Does not read tables, does not convert numbers and does not decide deadlines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policy_commitments.extractors import exclusions
from policy_commitments.extractors.clause_context import Clause, enclosed_spans, inside, read_clauses
from policy_commitments.extractors.figure_groups import after_noun, group_figures
from policy_commitments.extractors.frames import choose_frame
from policy_commitments.extractors.numerals import Figure, scan_figures
from policy_commitments.extractors.quantity_builder import Carry, build_mentions
from policy_commitments.extractors.segments import sentences
from policy_commitments.schemas.mentions import QuantityMention


def extract_quantities(folded: str, start: int, end: int) -> Iterator[QuantityMention]:
    """Promised quantities of folded[start:end] in text order."""
    figures = list(scan_figures(folded, start, end))
    at = 0
    for begin, stop in sentences(folded, start, end) if figures else ():
        first = at
        while at < len(figures) and figures[at].start < stop:
            at += 1
        if at > first:
            yield from _in_sentence(folded, begin, stop, figures[first:at])


def _in_sentence(text: str, start: int, end: int, figures: list[Figure]) -> Iterator[QuantityMention]:
    enclosed = enclosed_spans(text, start, end)
    carry = Carry()
    for clause in read_clauses(text, start, end):
        own = [f for f in figures if clause.start <= f.start < clause.end]
        kept = [f for f in own if not _left_out(text, f, clause, enclosed)]
        if kept:
            yield from _in_clause(text, clause, kept, own, carry)
        carry.pass_clause(text, clause)


def _left_out(text: str, figure: Figure, clause: Clause, enclosed: list[tuple[int, int, str]]) -> str:
    bracket = inside(enclosed, figure.start)
    return exclusions.of_figure(text, figure, clause, bracket[1] if bracket is not None else "")


def _in_clause(
    text: str, clause: Clause, figures: list[Figure], every: list[Figure], carry: Carry
) -> Iterator[QuantityMention]:
    groups = group_figures(text, clause, figures, every)
    carried = carry.verb_into(text, clause)
    noun_after = False
    for position, group in enumerate(groups):
        group = after_noun(text, group) if noun_after else group
        sight = group.sight(text, clause, carried)
        frame = choose_frame(sight)
        if sight.tail.verb is not None and sight.tail.verb.entry["form"] == "count":
            carried = sight.tail.verb
        elif frame is None and group.leading_verb is not None:
            carried = group.leading_verb
        if group.leading_verb is not None:
            carried = group.leading_verb
            if frame is None or frame.rule in ("noun_number",):
                frame = choose_frame(replace(sight, carried=carried))
        noun_after = frame is not None and frame.noun_after
        if frame is None:
            continue
        following = groups[position + 1] if position + 1 < len(groups) else None
        yield from build_mentions(text, clause, group, frame, sight, carry, following)
