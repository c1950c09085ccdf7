"""Datasets made for the report's tests and benchmark: notices of invented counties, rows by hand, no extraction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import orjson
import pyarrow.parquet as pq

from policy_commitments.pipeline.arrow import arrow_table
from policy_commitments.pipeline.resolve.view import commitments
from policy_commitments.pipeline.result import DocumentResult
from policy_commitments.schemas.columns import TABLES
from policy_commitments.schemas.records import (
    DocumentRecord,
    ItemRecord,
    MilestoneRecord,
    ResponsibilityRecord,
    TargetRecord,
)

HOSTILE = "<script>window.hacked = 1</script><img src=x onerror=\"window.hacked = 2\"> <a href='javascript:window.hacked = 3'>点此</a>"


@dataclass(slots=True)
class Notice:
    """A notice while it is written: `text` grows, rows point into it."""

    name: str
    title: str
    county: str | None
    prefecture: str | None
    province: str | None
    adcode: str | None
    level: str = "county"
    issued: date = date(2023, 5, 4)
    text: str = ""
    items: list[ItemRecord] = field(default_factory=list)
    targets: list[TargetRecord] = field(default_factory=list)
    milestones: list[MilestoneRecord] = field(default_factory=list)
    responsibilities: list[ResponsibilityRecord] = field(default_factory=list)

    @property
    def doc_id(self) -> str:
        return hashlib.sha256(self.name.encode()).hexdigest()[:16]

    def line(self, text: str) -> int:
        start = len(self.text)
        self.text += text + "\n"
        return start

    def task(self, label: str, title: str, body: str, role: str = "task") -> ItemRecord:
        start = self.line(f"{label}{title}。{body}")
        item = ItemRecord(
            item_id=f"{self.doc_id}-i-{start}-1", doc_id=self.doc_id, parent_id=None, ordinal=len(self.items), level=1,
            label=label, number=len(self.items) + 1, title=title, role=role, is_task=True, path=[], origin="heading",
            start=start, end=len(self.text) - 1, text=self.text[start:-1],
        )  # fmt: skip
        self.items.append(item)
        return item

    def target(self, item: ItemRecord, quote: str, indicator: str, value: float, unit: str = "%", **more: object) -> None:
        start = self.text.index(quote, item.start)
        values: dict[str, object] = {"kind": "level", "comparator": "ge", "confidence": 0.9, "rule": "test"} | more
        self.targets.append(
            TargetRecord(
                target_id=f"{self.doc_id}-t-{start}-{len(self.targets) + 1}", doc_id=self.doc_id, item_id=item.item_id,
                commitment_key=hashlib.sha256(f"{self.adcode}{self.title}{indicator}".encode()).hexdigest()[:24],
                source="body", indicator=indicator, indicator_key=indicator, value=value, value_text=f"{value:g}", unit=unit,
                start=start, end=start + len(quote), quote=quote, text=quote, **values,  # type: ignore[arg-type]
            )
        )  # fmt: skip

    def milestone(self, item: ItemRecord, quote: str, what: str, deadline: date, printed: str) -> None:
        start = self.text.index(quote, item.start)
        key = hashlib.sha256(f"{self.adcode}{self.title}{what}".encode()).hexdigest()[:24]
        self.milestones.append(
            MilestoneRecord(
                milestone_id=f"{self.doc_id}-m-{start}-1", commitment_key=key, doc_id=self.doc_id, item_id=item.item_id,
                source="body", what=what, deadline_text=printed, deadline=deadline, deadline_source="stated", start=start,
                end=start + len(quote), quote=quote, text=quote, rule="test",
            )
        )  # fmt: skip

    def agency(self, item: ItemRecord, name: str, role: str, function: str) -> None:
        start = self.text.index(name, item.start)
        self.responsibilities.append(
            ResponsibilityRecord(
                responsibility_id=f"{self.doc_id}-r-{start}-{len(self.responsibilities) + 1}", doc_id=self.doc_id,
                item_id=item.item_id, source="body", agency=name, role=role, agency_function=function, agency_level="county",
                start=start, end=start + len(name), quote=name, text=name, rule="test",
            )
        )  # fmt: skip

    def result(self) -> DocumentResult:
        document = DocumentRecord(
            doc_id=self.doc_id, source_name=self.name, source_path=self.name, title=self.title, format="txt",
            source_sha256=hashlib.sha256(self.name.encode()).hexdigest(), issuer=f"{self.county or self.province}人民政府",
            issue_date=self.issued, genre="实施方案", status="final", level=self.level, province=self.province,
            prefecture=self.prefecture, county=self.county, adcode=self.adcode, doc_number="政发〔2023〕1号", chars=len(self.text),
            text_sha256=hashlib.sha256(self.text.encode()).hexdigest(), extractor_version="test",
        )  # fmt: skip
        keys = {item.item_id: hashlib.sha256(f"{self.adcode}{self.title}{item.title}".encode()).hexdigest()[:24] for item in self.items}
        rows = (self.items, self.targets, self.milestones, self.responsibilities)
        return DocumentResult(
            document=document, text=self.text, items=self.items, targets=self.targets, milestones=self.milestones,
            responsibilities=self.responsibilities, commitments=list(commitments(document, *rows, keys)),
        )  # fmt: skip


def notices() -> list[Notice]:
    """A province and three counties, one of them with hostile text and a character outside the basic plane."""
    made = [
        Notice("省级.txt", "云川省养老服务提升方案", None, None, "云川省", "990000", "province"),
        Notice("甲县.txt", "甲县养老服务实施方案", "甲县", "东州市", "云川省", "990101"),
        Notice("乙县.txt", f"乙县方案{HOSTILE}", "乙县", "东州市", "云川省", "990102", issued=date(2022, 1, 9)),
        Notice("丙区.txt", "丙区养老服务工作要点", "丙区", "西州市", "海岳省", "980101"),
    ]
    for notice, value, strength in zip(made, (55.0, 60.0, 50.0, 58.0), ("binding", "expected", "aspirational", None), strict=True):
        notice.line(notice.title)
        _tasks(notice, value, strength)
    return made


def _tasks(notice: Notice, value: float, strength: str | None) -> None:
    quote = f"护理型床位占比达到{value:g}%以上"
    agency = "县民政局" if "乙" not in notice.name else '县民政局<b onclick="window.hacked = 4">科</b>'
    item = notice.task("一、", "扩大床位供给", f"𠮷祥镇先行，到2025年，{quote}，目前为40%。（牵头单位：{agency}，配合单位：县财政局）")
    notice.target(
        item, quote, "护理型床位占比", value, strength=strength, deadline=date(2025, 12, 31), deadline_text="到2025年",
        deadline_source="stated", baseline=40.0, baseline_year=2022,
    )  # fmt: skip
    notice.agency(item, agency, "lead", "民政")
    notice.agency(item, "县财政局", "support", "财政")
    second = notice.task("二、", "建设服务设施", "新建养老服务中心3个。2024年6月底前完成设施普查。每年培训护理员200人。")
    if notice.level == "county":
        notice.target(second, "新建养老服务中心3个", "养老服务中心", 3.0 + len(notice.items), "个", kind="count", comparator="eq", basis="new")
    notice.milestone(second, "2024年6月底前完成设施普查", "完成设施普查", date(2024, 6, 30), "2024年6月底前")


def many(documents: int, targets: int) -> Iterator[Notice]:
    """Notices with `targets` targets in all; wordings are shared as in real sets: few by many places, most by one."""
    each = max(targets // documents, 1)
    for n in range(documents):
        province, prefecture = f"第{n % 20}省", f"第{n % 200}市"
        notice = Notice(f"{n}.txt", f"第{n}县发展方案", f"第{n}县", prefecture, province, f"{100000 + n}", issued=date(2015 + n % 10, 3, 1))
        for k in range(each):
            indicator = f"共有指标{k}率" if k < 5 else f"指标{(n * 7919 + k * 104729) % (documents * each // 3)}数"
            quote = f"{indicator}达到{k + n % 50}%"
            item = notice.task(f"{k + 1}．", f"做好第{k}项工作", f"到{2024 + k % 5}年，{quote}。（牵头单位：县民政局）")
            notice.target(item, quote, indicator, float(k + n % 50), deadline=date(2024 + k % 5, 12, 31))
            notice.agency(item, "县民政局", "lead", "民政")
        yield notice


def write_dataset(folder: Path, made: Sequence[Notice]) -> Path:
    """Parquet and JSONL tables, texts and run report as a run leaves them."""
    results = [notice.result() for notice in made]
    (folder / "texts").mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        records = [r.document for r in results] if table == "documents" else [x for r in results for x in getattr(r, table)]
        rows = arrow_table(table, records)
        pq.write_table(rows, folder / f"{table}.parquet")
        lines = b"".join(orjson.dumps(row) + b"\n" for row in rows.to_pylist())
        (folder / f"{table}.jsonl").write_bytes(lines)
    for result in results:
        (folder / "texts" / f"{result.document.doc_id}.txt").write_text(result.text, encoding="utf-8", newline="\n")
    problem = {
        "doc_id": results[0].document.doc_id, "source_path": "省级.txt", "stage": "extract", "code": "unclassified_number",
        "severity": "warning", "start": 0, "end": 2, "text": f"某处{HOSTILE}", "hint": "no rule says what this number is",
    }  # fmt: skip
    error = {"source": "坏.pdf", "stage": "read", "code": "encrypted", "message": f"password {HOSTILE}", "remedy": "remove it"}
    (folder / "problems.jsonl").write_bytes(orjson.dumps(problem) + b"\n")
    (folder / "errors.jsonl").write_bytes(orjson.dumps(error) + b"\n")
    run = {"extractor_version": "test", "chars": sum(len(r.text) for r in results), "unplaced_share": 0.0, "seconds": 1.0}
    (folder / "run.json").write_bytes(orjson.dumps(run))
    return folder
