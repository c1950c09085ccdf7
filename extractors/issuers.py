"""Issuer and date: from the signature, else the title (`某市人民政府关于…`), the letterhead (`某市人民政府文件`), a decree's head."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from policy_commitments.extractors.calendar_dates import FULL_DATE
from policy_commitments.extractors.document_head import DocumentHead
from policy_commitments.extractors.head_lines import HeadLine
from policy_commitments.extractors.signatures import Signature, find_signature, printed_date
from policy_commitments.extractors.titles import Title
from policy_commitments.schemas.mentions import FieldMention, Span

_TITLE_ISSUER = re.compile(
    r"""
    (?P<issuer> .{2,60}?
      (?: 政府 | 办公室 | 办公厅 | 委员会 | 国务院 | 党委 | [县市区省州旗镇乡]委 | 指挥部 | 领导小组     # 某县人民政府办公室关于…
        | [局厅部委院会处办社署行司团] )                                                       # 某市教育局印发…
      (?:（[^（）]{2,20}）)? )
    (?= 关于 | 印发 | 转发 | 批转 | 发布 | 公布 | 颁布 )
    """,
    re.X,
)
_DECREE = re.compile(r"(?P<issuer>[^，,。；：]{2,30}(?:政府|委员会|部|局|国务院))(?:令|公告)")  # 某市人民政府令
_SPEAKER = re.compile(r"(?P<issuer>[^，,。；：\s]{2,30}人民政府)(?:省|市|县|区|州|旗|盟)长")  # 某县人民政府县长　王某某
_LETTERHEAD = re.compile(r"(?P<issuer>[^，,。；：《》]{2,40}?)\s?文\s?件")  # 某县人民政府文件
_PARTY_AND_GOVERNMENT = re.compile(r"(?P<party>中共(?P<place>.{2,8}?[省市县区州旗])委(?:员会)?(?:办公[室厅])?)(?P=place)(?:人民)?政府(?:办公[室厅])?")  # of one line


def signed_fields(head: DocumentHead, title: Title | None) -> Iterator[FieldMention]:
    """`issuer`, one mention for each agency, and `issue_date`."""
    front, back = find_signature(head.after), find_signature(head.tail)
    signature = front or back
    own = signature.agencies if signature is not None else ()
    elsewhere = [] if own else list(_from_title(head, title)) or list(_from_lines(head))
    yield from elsewhere
    if not elsewhere:
        for span in own or (back.agencies if back is not None else ()):
            yield field_at(head, "issuer", span, "signature")
    date = _date(head, signature)
    if date is not None:
        yield date


def field_at(head: DocumentHead, name: str, span: Span, rule: str) -> FieldMention:
    """A mention of what is printed at a span."""
    return FieldMention(name, head.clean.text[span[0] : span[1]], *span, rule=rule)


def _from_title(head: DocumentHead, title: Title | None) -> Iterator[FieldMention]:
    issued = _TITLE_ISSUER.match(title.text) if title is not None else None
    if issued is None or title is None:
        return
    end = _end_in_text(head.clean.text, title.start, issued["issuer"])
    if end is None:
        yield FieldMention("issuer", issued["issuer"], title.start, title.end, "title")
        return
    for start, stop in _parted(head.clean.text, title.start, end):
        yield field_at(head, "issuer", (start, stop), "title")


def _parted(text: str, start: int, end: int) -> Iterator[Span]:
    """Agencies of a joint title, parted by blanks: `某市教育局 某市财政局关于…`; a bracket goes with its agency."""
    for match in re.finditer(r"[^\s、（]+(?:\s?（[^（）]{1,20}）)?", text[start:end]):
        joint = _PARTY_AND_GOVERNMENT.fullmatch(match.group())
        cuts = (0, len(match.group())) if joint is None else (0, joint.end("party"), joint.end())
        yield from ((start + match.start() + a, start + match.start() + b) for a, b in pairwise(cuts))


def _end_in_text(text: str, start: int, wanted: str) -> int | None:
    at = start
    for char in re.sub(r"\s", "", wanted):
        while at < len(text) and text[at].isspace():
            at += 1
        if at >= len(text) or text[at] != char:
            return None
        at += 1
    return at


def _from_lines(head: DocumentHead) -> Iterator[FieldMention]:
    for k, line in enumerate(head.before):
        for pattern, kinds in ((_LETTERHEAD, ("letterhead", "number")), (_DECREE, ("decree",)), (_SPEAKER, ("speaker",))):
            match = pattern.match(line.text) if line.kind in kinds else None
            if match is not None:
                yield from _above(head, k)
                yield field_at(head, "issuer", (line.start, line.start + match.end("issuer")), str(kinds[0]))
                return


def _above(head: DocumentHead, k: int) -> Iterator[FieldMention]:
    """Further agencies of a joint letterhead, on the lines above `…文件`."""
    if head.before[k].kind != "letterhead":
        return
    lines: list[HeadLine] = []
    for line in reversed(head.before[:k]):
        if line.kind != "agency":
            break
        lines.append(line)
    for line in reversed(lines):
        yield field_at(head, "issuer", (line.start, line.end), "letterhead")


def _date(head: DocumentHead, signature: Signature | None) -> FieldMention | None:
    if signature is not None and signature.date is not None:
        return field_at(head, "issue_date", signature.date, "signature")
    for line in (*head.before, *head.after, *head.tail):
        match = FULL_DATE.search(line.text) if line.kind in ("date", "adoption") else None
        if match is not None:
            span = (line.start + match.start(), line.start + match.end())
            return field_at(head, "issue_date", span, "title" if line.kind == "date" else "adoption")
    printed = printed_date(head.clean.folded, head.tail_start, head.tail_end)
    return None if printed is None else field_at(head, "issue_date", printed, "printed")
