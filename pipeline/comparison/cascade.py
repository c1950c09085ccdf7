"""Cascade: what becomes of a superior's indicators in the documents that are based on it, nation to county.

Documents are linked by what `based_on` names: the number of the superior document, else its title.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from policy_commitments.extractors.folding import fold
from policy_commitments.pipeline.comparison.grid import Row
from policy_commitments.pipeline.comparison.labels import RELATIONS
from policy_commitments.pipeline.comparison.material import Document, Material, Value
from policy_commitments.pipeline.comparison.wording import wording_change

_MARKS = re.compile(r"[\s《》〈〉“”\"，。、（）〔〕\[\]【】]+")
_NOTICE = re.compile(r"^.{0,30}?关于(?:印发|转发|发布)|(?:的?通知)$")
_CHANGES = ("kept", "dropped", "added")


def find_cascade(material: Material, rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Rows of `cascade`, per indicator from the top down."""
    of_document: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        for values in row.values.values():
            for value in values:
                of_document[value.document.doc_id][row.row_id].append(value)
    by_id = {row.row_id: row for row in rows}
    found = [
        line
        for superior, subordinate, by in linked_documents(material)
        for line in _lines(superior, subordinate, by, of_document, by_id)
    ]
    yield from (line for _, line in sorted(found, key=lambda one: one[0]))


def linked_documents(material: Material) -> list[tuple[Document, Document, str]]:
    """(superior, subordinate, number or title) for every superior document of the dataset that `based_on` names."""
    by_number: dict[str, Document] = {}
    by_title: dict[str, Document] = {}
    for document in sorted(material.documents.values(), key=lambda one: (one.rank, one.issued, one.doc_id)):
        if document.record["doc_number"]:
            by_number.setdefault(_plain(document.record["doc_number"]), document)
        for title in (document.record["title"], document.record["notice_title"]):
            if title:
                by_title.setdefault(_title(title), document)
    links = []
    for document in sorted(material.documents.values(), key=lambda one: one.doc_id):
        seen: set[str] = set()
        for named in document.record["based_on"] or ():
            superior, by = by_number.get(_plain(named["doc_number"] or "")), "number"
            if superior is None:
                superior, by = by_title.get(_title(named["title"] or "")), "title"
            if superior is not None and superior.rank < document.rank and superior.doc_id not in seen:
                seen.add(superior.doc_id)
                links.append((superior, document, by))
    return links


def _plain(text: str) -> str:
    return _MARKS.sub("", fold(text))


def _title(text: str) -> str:
    """关于印发《X》的通知 and X are one document."""
    return _plain(_NOTICE.sub("", _NOTICE.sub("", _plain(text))))


def _lines(
    superior: Document,
    subordinate: Document,
    by: str,
    of_document: Mapping[str, Mapping[str, Sequence[Value]]],
    rows: Mapping[str, Row],
) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    above, below = of_document[superior.doc_id], of_document[subordinate.doc_id]
    for row_id in above.keys() | below.keys():
        one, other = _pair(above.get(row_id, ()), below.get(row_id, ()))
        change = "kept" if one and other else "dropped" if one else "added"
        line = {
            "row_id": row_id,
            "indicator": rows[row_id].label,
            "superior_level": superior.record["level"],
            "superior": superior.place,
            "subordinate_level": subordinate.record["level"],
            "subordinate": subordinate.place,
            "change": change,
            "ratio": _ratio(one, other),
            "deadline_change": _deadline_change(one, other),
            "wording": wording_change(one.target, other.target) if one and other else None,
            "related": None if one and other else _related(rows[row_id], below if one else above),
            "superior_document": superior.title,
            "subordinate_document": subordinate.title,
            "linked_by": by,
            **_side("superior", "target_id", one),
            **_side("subordinate", "other_target_id", other),
        }
        place = (_CHANGES.index(change), rows[row_id].label, row_id, superior.rank, superior.place, subordinate.place)
        yield (*place, superior.doc_id, subordinate.doc_id), line


def _related(row: Row, stated: Mapping[str, Sequence[Value]]) -> str | None:
    """What the other document states instead: 更窄：社区卫生服务中心中医馆 100%."""
    found = [f"{RELATIONS[how]}：{label} {stated[other][0].shown}" for how, other, label in row.related if other in stated]
    return "；".join(found) or None


def _pair(ones: Sequence[Value], others: Sequence[Value]) -> tuple[Value | None, Value | None]:
    """The values that are compared: of one deadline year where both have it, else the first of each."""
    for one in ones:
        for other in others:
            if one.year is not None and one.year == other.year:
                return one, other
    return (ones[0] if ones else None), (others[0] if others else None)


def _side(name: str, key: str, value: Value | None) -> dict[str, Any]:
    return {
        f"{name}_shown": None if value is None else value.shown,
        f"{name}_deadline": None if value is None else value.target["deadline"],
        f"{name}_sentence": None if value is None else value.sentence,
        key: None if value is None else value.target["target_id"],
    }


def _ratio(one: Value | None, other: Value | None) -> float | None:
    if one is None or other is None or one.target["canonical_unit"] != other.target["canonical_unit"]:
        return None
    above, below = one.target["canonical_value"], other.target["canonical_value"]
    return None if not above or below is None else float(f"{below / above:.6g}")


def _deadline_change(one: Value | None, other: Value | None) -> str | None:
    if one is None or other is None:
        return None
    above, below = one.target["deadline"], other.target["deadline"]
    if above is None or below is None:
        return None if above is below else "only_superior" if below is None else "only_subordinate"
    return "same" if above == below else "earlier" if below < above else "later"
