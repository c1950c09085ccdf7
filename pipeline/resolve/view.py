"""The flat analysis view: every task, target and milestone with its document, agencies and deadline beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

from policy_commitments.schemas.records import (
    CommitmentRecord,
    DocumentRecord,
    ItemRecord,
    MilestoneRecord,
    ResponsibilityRecord,
    TargetRecord,
)

Agencies = Mapping[str, list[str]]
_SAME = (
    "commitment_key", "doc_id", "item_id", "indicator", "indicator_id", "kind", "direction", "basis", "comparator", "value",
    "value_max", "unit", "per", "baseline", "deadline", "recurrence", "strength", "start", "end", "quote", "confidence",
)  # fmt: skip
_same = attrgetter(*_SAME)
_SHARED = ("adcode", "province", "prefecture", "county", "level", "doc_number", "issue_date")
_SAME = (
    "commitment_key", "doc_id", "item_id", "indicator", "indicator_id", "kind", "direction", "basis", "comparator", "value",
    "value_max", "unit", "per", "baseline", "deadline", "recurrence", "strength", "start", "end", "quote", "confidence",
)  # fmt: skip
_same = attrgetter(*_SAME)


def commitments(
    document: DocumentRecord,
    items: Sequence[ItemRecord],
    targets: Sequence[TargetRecord],
    milestones: Sequence[MilestoneRecord],
    responsibilities: Sequence[ResponsibilityRecord],
    keys: Mapping[str, str],
) -> Iterator[CommitmentRecord]:
    """Rows in the order tasks, targets, milestones; `keys` maps the item_id of a task to its commitment_key."""
    by_id = {item.item_id: item for item in items}
    agencies = _with_sections(_by_item(responsibilities), items)
    shared: dict[str, Any] = {name: getattr(document, name) for name in _SHARED}
    shared["doc_title"] = document.title or document.notice_title
    for item in items:
        if item.is_task:
            yield CommitmentRecord(
                commitment_id=item.item_id.replace("-i-", "-ci-"),
                commitment_key=keys[item.item_id],
                type="task",
                doc_id=item.doc_id,
                item_id=item.item_id,
                item_title=item.title,
                deadline=item.deadline,
                recurrence=item.recurrence,
                start=item.start,
                end=item.end,
                quote=f"{item.label or ''}{item.title}"[:300],
                **shared,
                **_agencies(agencies, item.item_id),
            )
    for target in targets:
        yield _target(target, by_id, agencies, shared)
    for milestone in milestones:
        yield CommitmentRecord(
            commitment_id=milestone.milestone_id.replace("-m-", "-cm-"),
            commitment_key=milestone.commitment_key,
            type="milestone",
            doc_id=milestone.doc_id,
            item_id=milestone.item_id,
            item_title=_title(by_id, milestone.item_id),
            indicator=milestone.what,
            deadline=milestone.deadline,
            strength=milestone.strength,
            start=milestone.start,
            end=milestone.end,
            quote=milestone.quote,
            confidence=milestone.confidence,
            **shared,
            **_agencies(agencies, milestone.item_id),
        )


def _target(
    target: TargetRecord, by_id: Mapping[str, ItemRecord], agencies: Mapping[str, Agencies], shared: Mapping[str, Any]
) -> CommitmentRecord:
    return CommitmentRecord(
        commitment_id=target.target_id.replace("-t-", "-ct-"),
        type="target",
        item_title=_title(by_id, target.item_id),
        **dict(zip(_SAME, _same(target), strict=True)),
        **shared,
        **_agencies(agencies, target.item_id),
    )


def _title(by_id: Mapping[str, ItemRecord], item_id: str | None) -> str | None:
    return None if item_id is None else by_id[item_id].title


def _by_item(rows: Sequence[ResponsibilityRecord]) -> Mapping[str, Agencies]:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.item_id is not None and row.agency not in found[row.item_id][row.role]:
            found[row.item_id][row.role].append(row.agency)
    return found


def _with_sections(own: Mapping[str, Agencies], items: Sequence[ItemRecord]) -> Mapping[str, Agencies]:
    """Agencies of the items, those of the section above for an item that names none."""
    found = dict(own)
    for item in items:  # a section stands before what it holds
        if item.item_id not in found and item.parent_id in found:
            found[item.item_id] = found[item.parent_id]
    return found


def _agencies(agencies: Mapping[str, Agencies], item_id: str | None) -> dict[str, Any]:
    own: Agencies = agencies.get(item_id, {}) if item_id is not None else {}
    return {role: list(own.get(role, [])) for role in ("lead", "responsible", "support")}
