"""Pairs the rows of one document with its gold and counts: tasks, agencies, targets, milestones, metadata, grounding."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from policy_commitments.pipeline.evaluation.likeness import (
    LONGEST_QUOTE,
    Places,
    likeness,
    measure,
    plain,
    same_denominator,
    same_number,
    touches,
)

Row = Mapping[str, Any]
METADATA = (
    "adcode",
    "county",
    "doc_number",
    "genre",
    "issue_date",
    "issuer",
    "level",
    "notice_title",
    "prefecture",
    "province",
    "status",
    "title",
)
MEASURES = ("tasks", "units", "annex_units", "targets_loose", "targets_strict", "milestones")


@dataclass(slots=True)
class Count:
    """True positives, false positives, false negatives."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def add(self, tp: int, fp: int, fn: int) -> None:
        """Add one document's figures."""
        self.tp, self.fp, self.fn = self.tp + tp, self.fp + fp, self.fn + fn

    @property
    def precision(self) -> float:
        """Share of found rows that are right; 0 where nothing was found."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def recall(self) -> float:
        """Share of gold rows that were found; 0 where there are none."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class Scores:
    """Figures over all documents; `fields` are (right, all) over paired rows, `misses` (document, what, …)."""

    counts: dict[str, Count] = field(default_factory=lambda: {name: Count() for name in MEASURES})
    metadata: Count = field(default_factory=Count)
    fields: dict[str, list[int]] = field(default_factory=dict)
    grounded: list[int] = field(default_factory=lambda: [0, 0])
    misses: list[tuple[str, ...]] = field(default_factory=list)
    judged: list[tuple[str, float, bool]] = field(default_factory=list)  # rule, confidence, right: each target found

    def field_seen(self, name: str, right: bool) -> None:
        """Count one paired row's field."""
        pair = self.fields.setdefault(name, [0, 0])
        pair[0] += right
        pair[1] += 1


def pair_best_first(
    gold: Sequence[Any], found: Sequence[Any], score: Callable[[Any, Any], float]
) -> list[tuple[int, int]]:
    """One-to-one pairs, best score first; a score of 0 is no match."""
    scored = ((score(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found))
    ranked = sorted((one for one in scored if one[0] > 0), key=lambda one: -one[0])
    used_gold: set[int] = set()
    used_found: set[int] = set()
    pairs = []
    for _, i, j in ranked:
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            pairs.append((i, j))
    return pairs


def count_missing(gold: Row, scores: Scores) -> None:
    """A gold document that the dataset does not hold: all its rows are missed."""
    tasks = [t for t in gold["tasks"] if t["role"] in ("task", "safeguard")]
    required = sum(not t.get("optional") for t in gold["targets"])
    lost = {
        "tasks": len(tasks),
        "units": sum(len(t.get("responsible", [])) for t in tasks),
        "annex_units": len(gold.get("annex_responsibilities", [])),
        "targets_loose": required,
        "targets_strict": required,
        "milestones": sum(not m.get("optional") for m in gold["milestones"]),
    }
    for name, number in lost.items():
        scores.counts[name].add(0, 0, number)
    scores.metadata.add(0, 0, sum(name in gold["doc"] for name in METADATA))
    scores.misses.append((gold["source_name"], "document missing"))


def compare_document(gold: Row, text: str, tables: Mapping[str, Sequence[Row]], scores: Scores) -> None:
    """Add one document; `tables` holds its own rows only, dates as ISO strings."""
    _metadata(gold, tables["documents"][0], scores)
    tasks = _tasks(gold, tables["items"], scores)
    _responsibilities(gold, tables, tasks, scores)
    places = Places(text)
    _targets(gold, tables["targets"], places, tasks, scores)
    _milestones(gold, tables["milestones"], places, scores)
    for name in ("targets", "milestones", "responsibilities"):
        for row in tables[name]:
            scores.grounded[0] += text[row["start"] : row["end"]] == row["quote"]
            scores.grounded[1] += 1


def _metadata(gold: Row, found: Row, scores: Scores) -> None:
    for name in METADATA:
        if name not in gold["doc"]:
            continue
        want, got = gold["doc"][name], found.get(name)
        right = plain(str(want)) == plain(str(got)) if want is not None else got in (None, "")
        if name in ("title", "notice_title") and want and got:
            right = likeness(want, got) > 0.9
        scores.metadata.add(int(right), 0, int(not right))
        if not right:
            scores.misses.append((gold["source_name"], "metadata", name, f"gold {want!r}", f"got {got!r}"))


def _task_score(gold: Row, found: Row) -> float:
    alike = likeness(gold["title"], found.get("title"))
    a, b = plain(gold["title"]), plain(found.get("title"))
    if a and b and (a.startswith(b) or b.startswith(a)):
        alike = max(alike, 0.85)
    both = (gold.get("number"), found.get("number"))
    if None not in both and both[0] != both[1]:
        return 0.0
    if alike < 0.8:
        return 0.0
    parents = likeness("".join(gold.get("path", [])[-1:]), "".join((found.get("path") or [])[-1:]))
    return alike + 0.1 * parents + 0.2 * float(gold["role"] == found.get("role"))


def _tasks(gold: Row, items: Sequence[Row], scores: Scores) -> dict[str, str]:
    """Gold task id -> item_id of its pair."""
    want = [t for t in gold["tasks"] if t["role"] in ("task", "safeguard")]
    found = [i for i in items if i.get("is_task")]
    pairs = pair_best_first(want, found, _task_score)
    for i, j in pairs:
        scores.field_seen("role", want[i]["role"] == found[j].get("role"))
        scores.field_seen("title", likeness(want[i]["title"], found[j].get("title")) >= 0.9)
    extra = [f for j, f in enumerate(found) if j not in {j for _, j in pairs} and f.get("label")]
    missed = [w for i, w in enumerate(want) if i not in {i for i, _ in pairs}]
    scores.counts["tasks"].add(len(pairs), len(extra), len(missed))
    scores.misses += [(gold["source_name"], "task missed", f"{t['label']}{t['title']}") for t in missed]
    scores.misses += [(gold["source_name"], "task extra", f"{t['label']}{t['title']}") for t in extra]
    return {want[i]["id"]: found[j]["item_id"] for i, j in pairs}


def _responsibilities(gold: Row, tables: Mapping[str, Sequence[Row]], tasks: dict[str, str], scores: Scores) -> None:
    own = {i["item_id"] for i in tables["items"] if i.get("is_task")}
    want = {
        (tasks.get(t["id"], "?" + t["id"]), plain(r["agency"]), r["role"])
        for t in gold["tasks"]
        if t["role"] in ("task", "safeguard")
        for r in t.get("responsible", [])
    }
    rows = tables["responsibilities"]
    found = {
        (r["item_id"], plain(r["agency"]), r["role"])
        for r in rows
        if r.get("item_id") in own and r.get("source", "body") != "table"
    }
    scores.counts["units"].add(len(want & found), len(found - want), len(want - found))
    scores.misses += [(gold["source_name"], "agency missed", a, r) for _, a, r in sorted(want - found)]
    scores.misses += [(gold["source_name"], "agency extra", a, r) for _, a, r in sorted(found - want)]
    annex = [r for r in gold.get("annex_responsibilities", []) if r.get("source", "table") == "table"]
    bag = [(plain(r["agency"]), r["role"]) for r in annex]
    got = [(plain(r["agency"]), r["role"]) for r in rows if r.get("source") == "table"]
    right = sum(min(bag.count(one), got.count(one)) for one in set(bag))
    scores.counts["annex_units"].add(right, len(got) - right, len(bag) - right)


def _targets(gold: Row, found: Sequence[Row], places: Places, tasks: dict[str, str], scores: Scores) -> None:
    want = gold["targets"]
    where = [places.of(t) for t in want]

    def score(one: tuple[int, Row], row: Row) -> float:
        i, target = one
        same = same_number(target["value"], row.get("value")) and same_number(
            target.get("value_max"), row.get("value_max")
        )
        if target["source"] != row.get("source") or not same or not touches(row, where[i]):
            return 0.0
        alike = 1.0 + likeness(target["indicator"], row.get("indicator"))
        alike += 0.2 * float(target.get("deadline") == row.get("deadline"))
        return alike + 0.1 * float(target["comparator"] == row.get("comparator"))

    pairs = pair_best_first(list(enumerate(want)), found, score)
    required = [i for i, t in enumerate(want) if not t.get("optional")]
    strict = sum([_judge_target(gold, want[i], found[j], tasks, scores) for i, j in pairs])
    hits = sum(not want[i].get("optional") for i, _ in pairs)
    extra = [row for j, row in enumerate(found) if j not in {j for _, j in pairs}]
    scores.counts["targets_loose"].add(hits, len(extra), len(required) - hits)
    scores.counts["targets_strict"].add(strict, len(extra) + hits - strict, len(required) - strict)
    missed = [want[i] for i in required if i not in {i for i, _ in pairs}]
    scores.misses += [(gold["source_name"], "target missed", str(t["value"]), t["quote"]) for t in missed]
    scores.misses += [(gold["source_name"], "target extra", str(t.get("value")), t["quote"]) for t in extra]
    scores.judged += [(str(t.get("rule")), float(t.get("confidence") or 0), False) for t in extra]


def _judge_target(gold: Row, want: Row, got: Row, tasks: dict[str, str], scores: Scores) -> bool:
    """Count the pair's fields; True where a required target is right in every field of the strict measure."""
    checks = {
        "indicator": likeness(want["indicator"], got.get("indicator")) >= 0.6,
        "comparator": want["comparator"] == got.get("comparator"),
        "unit": measure(want.get("unit")) == measure(got.get("unit")),
        "deadline": (want.get("deadline") or None) == (got.get("deadline") or None),
        "baseline": same_number(want.get("baseline"), got.get("baseline")),
        "per": same_denominator(want.get("per"), got.get("per")),
        "item_id": want.get("task") not in tasks or got.get("item_id") == tasks[want["task"]],
    }
    for name in ("deadline", "comparator", "per"):
        scores.field_seen(name, checks[name])
    for name in ("deadline_source", "strength", "kind"):
        scores.field_seen(name, (want.get(name) or None) == (got.get(name) or None))
    scores.judged.append((str(got.get("rule")), float(got.get("confidence") or 0), all(checks.values())))
    if want.get("optional"):
        return False
    wrong = [f"{name}: gold {want.get(name)!r} got {got.get(name)!r}" for name, right in checks.items() if not right]
    if wrong:
        scores.misses.append((gold["source_name"], "target wrong", want["quote"], "; ".join(wrong)))
    return not wrong


def _milestones(gold: Row, found: Sequence[Row], places: Places, scores: Scores) -> None:
    want = gold["milestones"]
    where = [places.of(m) for m in want]

    def fits(i: int, row: Row) -> bool:
        return touches(row, where[i]) and (want[i].get("deadline") or None) == (row.get("deadline") or None)

    def score(i: int, row: Row) -> float:
        alike = likeness(want[i]["what"], row.get("what")) if fits(i, row) else 0.0
        return 1.0 + alike if alike >= 0.5 else 0.0

    pairs = pair_best_first(range(len(want)), found, score)
    hits = sum(not want[i].get("optional") for i, _ in pairs)
    paired = {j for _, j in pairs}
    extra = [r for j, r in enumerate(found) if j not in paired and not any(fits(i, r) for i in range(len(want)))]
    missed = [m for i, m in enumerate(want) if not m.get("optional") and i not in {i for i, _ in pairs}]
    scores.counts["milestones"].add(hits, len(extra), len(missed))
    scores.misses += [(gold["source_name"], "milestone missed", str(m.get("deadline")), m["quote"]) for m in missed]
    scores.misses += [(gold["source_name"], "milestone extra", str(m.get("deadline")), m["quote"]) for m in extra]


__all__ = ["LONGEST_QUOTE", "METADATA", "Count", "Scores", "compare_document", "count_missing"]
