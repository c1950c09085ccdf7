"""A small dataset written from records: a province, two counties that are based on it, and a later version of one plan."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from policy_commitments.pipeline.arrow import arrow_table
from policy_commitments.pipeline.resolve.indicators import indicator_id, indicator_key
from policy_commitments.pipeline.resolve.measures import canonical_measure, dimension_of
from policy_commitments.pipeline.resolve.wording import canonical_per
from policy_commitments.pipeline.shards import PROBLEMS
from policy_commitments.schemas.records import DocumentRecord, ItemRecord, ResponsibilityRecord, TargetRecord


@dataclass
class Made:
    """Collects records and writes them as `commitments run` does."""

    documents: list[DocumentRecord] = field(default_factory=list)
    targets: list[TargetRecord] = field(default_factory=list)
    items: list[ItemRecord] = field(default_factory=list)
    responsibilities: list[ResponsibilityRecord] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    _count: Counter[str] = field(default_factory=Counter)

    def document(self, doc_id: str, title: str, issued: date | None, text: str = "", **more: Any) -> None:
        path = f"{doc_id}.txt"
        more = {"level": "county", "status": "final", **more}
        self.documents.append(
            DocumentRecord(
                doc_id=doc_id, source_name=path, source_path=path, source_sha256=doc_id * 4, format="txt", title=title,
                issue_date=issued, chars=len(text), text_sha256=doc_id, extractor_version="test", **more,
            )
        )
        self.texts[doc_id] = text

    def target(
        self, doc_id: str, indicator: str, value: float | None, unit: str | None, sentence: str, **more: Any
    ) -> TargetRecord:
        self._count[doc_id] += 1
        start = 10 * self._count[doc_id]
        more = {"kind": "level", "source": "body", **more}
        year = more.pop("year", None)
        per, kind, basis = more.get("per"), more["kind"], more.get("basis")
        same, same_unit = canonical_measure(value, unit, canonical_per(per))
        row = TargetRecord(
            target_id=f"{doc_id}-t-{start}-1", commitment_key=f"{doc_id}{start}", doc_id=doc_id, item_id=None,
            indicator=indicator, indicator_key=indicator_key(indicator, per, kind),
            indicator_id=indicator_id(indicator, unit, per, kind, basis), value=value, unit=unit, value_text=str(value),
            dimension=dimension_of(unit), deadline=date(year, 12, 31) if year else None, start=start, end=start + 5,
            quote=sentence, text=sentence, rule="test", canonical_value=same, canonical_unit=same_unit, **more,
        )  # fmt: skip
        self.targets.append(row)
        return row

    def task(self, doc_id: str, title: str, agencies: list[tuple[str, str, str | None]]) -> None:
        """`agencies` are (name, role, function)."""
        self._count[doc_id] += 1
        start = 10 * self._count[doc_id]
        item_id = f"{doc_id}-i-{start}-1"
        self.items.append(
            ItemRecord(
                item_id=item_id, doc_id=doc_id, parent_id=None, ordinal=start, level=1, label="一、", number=1, title=title,
                role="task", is_task=True, path=[], origin="heading", start=start, end=start + 9, text=title,
            )
        )
        for n, (name, role, function) in enumerate(agencies):
            self.responsibilities.append(
                ResponsibilityRecord(
                    responsibility_id=f"{doc_id}-r-{start}-{n}", doc_id=doc_id, item_id=item_id, source="body", agency=name,
                    role=role, agency_function=function, start=start, end=start + 1, quote=name, text=name,
                )
            )

    def unread(self, doc_id: str, clause: str) -> None:
        """A number that extraction could not classify, at the end of `clause`."""
        start = self.texts[doc_id].index(clause)
        self.problems.append(
            {
                "doc_id": doc_id, "source_path": f"{doc_id}.txt", "stage": "resolve", "code": "unclassified_number",
                "severity": "warning", "start": start, "end": start + len(clause), "text": clause, "hint": "",
            }
        )

    def write(self, folder: Path) -> Path:
        (folder / ".state").mkdir(parents=True)
        (folder / "texts").mkdir()
        for name in ("documents", "targets", "items", "responsibilities"):
            pq.write_table(arrow_table(name, getattr(self, name)), folder / f"{name}.parquet")
        pq.write_table(pa.Table.from_pylist(self.problems, schema=PROBLEMS), folder / ".state" / "problems.parquet")
        for doc_id, text in self.texts.items():
            (folder / "texts" / f"{doc_id}.txt").write_text(text, encoding="utf-8")
        return folder


PLAN = "进一步完善林草与医疗服务体系实施方案"
PROVINCE, FIRST, SECOND, LATER = "a" * 16, "b" * 16, "c" * 16, "d" * 16


def made() -> Made:
    """The dataset that most tests of the comparison share."""
    one = Made()
    one.document(
        PROVINCE, f"青山省{PLAN}", date(2023, 3, 1), doc_number="青政发〔2023〕1号", level="province", province="青山省"
    )
    based = [{"title": "关于印发青山省方案的通知", "doc_number": "青政发[2023]1号"}]
    one.document(FIRST, f"白水县{PLAN}（征求意见稿）", date(2023, 9, 1), county="白水县", province="青山省", adcode="990001", based_on=based, status="draft")
    one.document(LATER, f"白水县{PLAN}", date(2024, 2, 1), county="白水县", province="青山省", adcode="990001", based_on=based)
    one.document(
        SECOND, "红岩区林草发展行动计划", date(2024, 5, 1), "到2026年，每千人口注册护士数翻至若干4.4。", county="红岩区",
        province="青山省", adcode="990002", based_on=[{"title": f"青山省{PLAN}", "doc_number": None}],
    )  # fmt: skip
    one.target(PROVINCE, "森林覆盖率", 60.0, "%", "全省森林覆盖率达到60%左右", comparator="approx", year=2025)
    one.target(PROVINCE, "每千人口注册护士数", 4.0, "人", "每千人口注册护士数达到4人", per="千人口", year=2025)
    one.target(PROVINCE, "湿地保护率", 55.0, "%", "湿地保护率达到55%", year=2025)
    one.target(FIRST, "森林覆盖率", 48.0, "%", "森林覆盖率达到48%", year=2025)
    forest = one.target(LATER, "全县森林覆盖率", 54.0, "%", "全县森林覆盖率不低于54%", comparator="ge", year=2027)
    one.target(
        LATER, "森林覆盖率", 52.0, "%", "52", comparator="ge", year=2027, source="table", table=0, row=1, col=2,
        restates=forest.target_id, baseline=50.0,
    )  # fmt: skip
    one.target(LATER, "每万人口注册护士数", 42.0, "人", "每万人口注册护士数达到42人", per="万人口", year=2025)
    one.target(LATER, "村级护林站规范化建成率", 90.0, "%", "村级护林站规范化建成率达到90%", year=2025)
    one.target(SECOND, "森林覆盖率", 63.0, "%", "森林覆盖率达到63%", strength="binding", year=2025)
    one.target(SECOND, "规范化村级护林站建成率", 80.0, "%", "规范化村级护林站建成率达到80%", year=2025)
    one.task(LATER, "推进国土绿化", [("县林业局", "lead", "林业"), ("县财政局", "support", "财政")])
    one.task(SECOND, "深入推进国土绿化", [("区自然资源和林业局", "responsible", "自然资源、林业")])
    one.unread(SECOND, "每千人口注册护士数翻至若干4.4")
    return one
