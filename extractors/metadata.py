"""Metadata of a document, verbatim with spans, e.g. title, number and signature around `…现印发给你们，请认真贯彻执行。`

Reads the head (before the first heading) and the closing matter. Places, levels and defaults are resolved elsewhere;
dates and numbers stay as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from policy_commitments.extractors.document_head import DocumentHead, read_head
from policy_commitments.extractors.document_numbers import find_issue_number, find_numbers
from policy_commitments.extractors.genres import genre_at_end, genre_in_formula
from policy_commitments.extractors.issuers import field_at, signed_fields
from policy_commitments.extractors.line_patterns import DRAFT
from policy_commitments.extractors.references import find_references
from policy_commitments.extractors.signatures import find_cc, find_disclosure
from policy_commitments.extractors.titles import (
    Title,
    best_title,
    bracket_behind,
    named_in,
    plan_titles,
    sent_title,
    standing_title,
    title_groups,
    transmits,
    unquoted,
    without_draft,
)
from policy_commitments.schemas.clean import Clean
from policy_commitments.schemas.mentions import FieldMention
from policy_commitments.schemas.outline import Outline

_NOTICE = 1500  # characters in which a notice says what it sends
_DECREE_NUMBER = re.compile(r"（?\s?(?P<number>第\s?[\d一二三四五六七八九十百]{1,6}\s?号)\s?）?$")
_DECREE = re.compile(r"[^，,。；：]{2,30}(?:政府|委员会|部|局|国务院)(?:令|公告)")
_ATTACHED = re.compile(r"\s?(?P<title>[^。\n]{4,90}?)\s?\.(?:pdf|docx?|wps|ofd)", re.I)
_ASKS = re.compile(r"征求[^。\n]{0,80}意见建?议?的(?:公告|通知|函|通告|启事)")
_PERIOD = re.compile(
    r"""
      (?:19|20)\d\d\s?年?\s?[—–\-~～至到]{1,2}\s?(?:19|20)\d\d\s?年?    # 2021—2025年
    | [“"]?十[一二三四五]五[”"]? | 第十[一二三四五]个五年                    # “十四五”
    | (?<!\d)(?:19|20)\d\d\s?年(?!代|版|修[订正])                                 # 2024年工作要点
    """,
    re.X,
)
_ARTICLE = 700  # characters of a first article in which it names its base
_FIRST_ITEMS = 4  # 第一章, 第一条 or 一、


def extract_metadata(outline: Outline) -> Iterator[FieldMention]:
    """Pieces of metadata; `name` is the column of `documents` (period_start holds the whole printed period)."""
    head = read_head(outline)
    notice, title = _titles(head)
    found = [*_numbers(head), *signed_fields(head, notice or title)]
    attached = None if any(one.name == "doc_number" for one in found) else _attached(head, title)
    if attached is not None:
        found.extend(attached)
    if notice is not None:
        yield FieldMention("notice_title", notice.text, notice.start, notice.end, notice.rule)
    if title is not None:
        title = unquoted(title)
        yield FieldMention("title", title.text, title.start, title.end, title.rule)
        yield from _period(title)
    yield from found
    yield from _status(head, notice, title)
    yield from _closing_fields(head)
    yield from _bases(head)
    formula = genre_in_formula().search(head.clean.folded, head.body_start, head.body_start + _NOTICE)
    if title is None and formula is not None:
        yield FieldMention("genre", formula["word"] or formula["told"], *formula.span("word" if formula["word"] else "told"), rule="formula")


def _titles(head: DocumentHead) -> tuple[Title | None, Title | None]:
    """The notice's title and the policy's own."""
    clean = head.clean
    groups = [without_draft(clean, one) for one in title_groups(clean, head.before)]
    notice = next((one for one in reversed(groups) if transmits(one.text)), None)
    sent = sent_title(clean, head.body_start, head.body_start + _NOTICE)
    named = named_in(notice.text) if notice is not None else None
    for wanted in (sent.text if sent else None, named):
        standing = standing_title(clean, wanted, sent.end if sent else head.body_start) if wanted else None
        if standing is not None:
            return notice, _with_bracket(clean, standing)
    plan = next(plan_titles(head.outline), None)
    if plan is not None:
        return notice, plan
    if notice is not None or sent is not None:
        below = _title_below(head)
        if below is not None:
            return notice, below
    if sent is not None:
        return notice, without_draft(clean, sent)
    if notice is not None and named is not None:
        at = clean.text.find(named, notice.start)
        start = at if 0 <= at < notice.end else notice.start
        return notice, Title(named, start, min(start + len(named), notice.end), "notice")
    if head.greeted and groups:
        whole = [one for one in groups if genre_at_end().search(one.text)]
        return None, (whole or groups)[-1]
    return None, best_title(groups)


def _with_bracket(clean: Clean, title: Title) -> Title:
    end = bracket_behind(clean, title.end)
    if end == title.end or title.text.endswith(("）", "〕")):
        return without_draft(clean, title)
    text = title.text + clean.text[title.end : end].strip()
    return Title(text, title.start, end, title.rule)


def _title_below(head: DocumentHead) -> Title | None:
    """A title under the notice's signature."""
    signed = [k for k, line in enumerate(head.after) if line.kind in ("date", "signed")]
    if not signed:
        return None
    groups = title_groups(head.clean, head.after[signed[0] + 1 :])
    return next((without_draft(head.clean, one) for one in groups if genre_at_end().search(one.text)), None)


def _numbers(head: DocumentHead) -> Iterator[FieldMention]:
    text, folded = head.clean.text, head.clean.folded
    for k, line in enumerate(head.before):
        if line.kind == "number":
            for number in find_numbers(folded, line.start, line.end):
                if not number.cited:
                    yield FieldMention("doc_number", text[number.start : number.end], number.start, number.end, "head")
                    return
        issue = find_issue_number(folded, line.start, line.end) if line.kind in ("decree", "title") else None
        if issue is not None:
            yield FieldMention("doc_number", text[issue[0] : issue[1]], *issue, rule="issue")
            return
        if line.kind == "decree" and _DECREE.match(line.text):
            for below in (line, *head.before[k + 1 : k + 2]):
                numbered = _DECREE_NUMBER.search(below.text)
                if numbered is not None:
                    printed = line.text.partition("（")[0].partition("第")[0].strip() + numbered["number"]
                    yield FieldMention("doc_number", printed, line.start, below.end, "decree")
                    return


def _attached(head: DocumentHead, title: Title | None) -> list[FieldMention]:
    """The number in the name of the document's own file below it: `某府规〔2022〕6号关于….pdf`; a title is never taken from it."""
    folded = head.clean.folded
    for number in find_numbers(folded, head.tail_start, head.tail_end):
        name = _ATTACHED.match(folded, number.end)
        if number.cited or name is None:
            continue
        if (title is None or _alike(title.text, name["title"])) and not (title is None and "解读" in name["title"]):
            return [field_at(head, "doc_number", (number.start, number.end), "attachment")]
    return []


def _alike(title: str, name: str) -> bool:
    """Whether most of a title's pairs of characters stand in a file's name."""
    pairs = {title[k : k + 2] for k in range(len(title) - 1)}
    return len(pairs) > 0 and sum(pair in name for pair in pairs) >= 0.7 * len(pairs)


def _period(title: Title) -> Iterator[FieldMention]:
    match = _PERIOD.search(title.text)
    if match is not None:
        yield FieldMention("period_start", match[0], title.start, title.end, "title")


def _status(head: DocumentHead, notice: Title | None, title: Title | None) -> Iterator[FieldMention]:
    lines = [line for line in (*head.before, *head.after) if line.kind == "draft"]
    if lines:
        yield field_at(head, "status", (lines[0].start, lines[0].end), "line")
        return
    for one in (notice, title):
        if one is None:
            continue
        end = min(one.end + 12, len(head.clean.folded))
        match = DRAFT.search(head.clean.folded, one.start, end) or _ASKS.search(head.clean.folded, one.start, end)
        if match is not None:
            yield field_at(head, "status", match.span(), "title")
            return


def _closing_fields(head: DocumentHead) -> Iterator[FieldMention]:
    folded = head.clean.folded
    for span in find_cc(folded, head.tail_start, head.tail_end):
        yield field_at(head, "cc", span, "cc")
    stretches = [(line.start, line.end) for line in (*head.before, *head.after, *head.tail)]
    disclosure = find_disclosure(folded, stretches)
    if disclosure is not None:
        yield disclosure


def _bases(head: DocumentHead) -> Iterator[FieldMention]:
    """Superior documents in the preamble; in a regulation, in the first article, which says why it is made."""
    clean = head.clean
    end = head.outline.front[1] if head.outline.items else min(len(clean.text), head.body_start + _NOTICE)
    stretches = [(head.body_start, end)] if head.body_start < end else []
    for item in head.outline.items[:_FIRST_ITEMS]:
        near = min(item.end, item.start + _ARTICLE)
        if genre_in_formula().search(clean.folded, item.start, near):
            stretches.append((item.start, near))
            break
    seen: set[str] = set()
    for start, stop in stretches:
        for reference in find_references(clean.folded, start, stop):
            title = clean.text[slice(*reference.title)]
            if title in seen:
                continue
            seen.add(title)
            yield FieldMention("based_on", title, *reference.title, rule="title")
            if reference.number is not None:
                yield FieldMention("based_on", clean.text[slice(*reference.number)], *reference.number, rule="number")
