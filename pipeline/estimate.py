"""What many documents would take, from the figures that a dataset's own runs left: seconds, bytes and formats."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import orjson

from policy_commitments.pipeline.dataset import NoDatasetError
from policy_commitments.pipeline.index import Index


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures per document: work in a worker, share of the workers' time that was work, and room on disk."""

    documents: int
    seconds: dict[str, tuple[int, float]]
    efficiency: float
    bytes_each: float

    @property
    def mean(self) -> float:
        """Seconds of work for a document, with the formats mixed as they were."""
        return sum(total for _, total in self.seconds.values()) / self.documents


def measure(folder: Path) -> Measured:
    """Figures of a dataset; raises NoDatasetError where no document was done."""
    database = folder / ".state" / "index.sqlite"
    if not database.exists():
        raise NoDatasetError(f"{folder} holds no dataset; run: commitments run SOURCE -o {folder}")
    by_format: dict[str, list[float]] = defaultdict(list)
    with Index(database) as index:
        for stats in index.stats():
            by_format[str(stats["format"])].append(float(str(stats["seconds"])))
        last = orjson.loads(index.meta("last_run") or "{}")
    if not by_format:
        raise NoDatasetError(f"{folder} holds no documents; run: commitments run SOURCE -o {folder}")
    seconds = {name: (len(found), sum(found)) for name, found in sorted(by_format.items())}
    documents = sum(count for count, _ in seconds.values())
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and path.parent.name != "report")
    efficiency = min(1.0, last["work"] / (last["wall"] * last["jobs"])) if last.get("wall") else 1.0
    return Measured(documents, seconds, efficiency, size / documents)


def estimate_lines(found: Measured, number: int, jobs: int, price: float | None) -> Iterator[str]:
    """Time, processor hours, room and, with a price per processor hour, the cost of `number` documents."""
    yield f"measured on {found.documents:,} documents of this dataset:"
    for name, (count, total) in found.seconds.items():
        yield f"  {name:6s} {count:9,} documents  {1000 * total / count:9.1f} ms each"
    hours = number * found.mean / found.efficiency / 3600
    yield f"{number:,} documents of the same mix:"
    yield f"  work        {hours:,.1f} processor hours (workers at work {found.efficiency:.0%} of the time in its largest run)"
    yield f"  time        {timedelta(seconds=round(hours * 3600 / jobs))} on {jobs} processors like these"
    yield f"  room        {number * found.bytes_each / 1e9:,.1f} GB"
    if price is not None:
        yield f"  cost        {hours * price:,.2f} at {price:g} per processor hour"
