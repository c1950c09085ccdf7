"""`indicator_links`: which cluster every indicator key of a dataset belongs to, with score and reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from policy_commitments.pipeline.alignment.blocks import Block, Key, block_of
from policy_commitments.pipeline.alignment.clusters import Link, align
from policy_commitments.pipeline.arrow import arrow_schema
from policy_commitments.pipeline.files import aside
from policy_commitments.pipeline.rows import write_jsonl


def key_of(target: Mapping[str, Any]) -> Key:
    """Key of a row of `targets`."""
    block = block_of(str(target["indicator_key"]), target["dimension"], target["per"], target["kind"], target["basis"])
    return Key(str(target["indicator_key"]), block)


def link_indicators(dataset: Path, targets: Iterable[Mapping[str, Any]]) -> dict[Key, str]:
    """Align the keys of `targets` (oldest first), write `indicator_links`, return the cluster of every key.

    A key of an earlier run keeps its cluster; delete `indicator_links.parquet` to align from the beginning.
    """
    path = dataset / "indicator_links.parquet"
    keys = ((key_of(target), target["indicator_id"]) for target in targets)
    clusters, links = align(keys, _known(path))
    used = set(clusters.values())
    _write(path, [link for link in links if link.relation == "member" or link.cluster_id in used])
    write_jsonl(path.with_suffix(".jsonl"), path)
    return clusters


def _known(path: Path) -> dict[Key, str]:
    if not path.exists():
        return {}
    rows = pq.read_table(path, columns=["indicator_key", "dimension", "per", "form", "relation", "cluster_id"]).to_pylist()
    return {
        Key(row["indicator_key"], Block(row["dimension"], row["per"], row["form"])): row["cluster_id"]
        for row in rows
        if row["relation"] == "member"
    }


def _write(path: Path, links: list[Link]) -> None:
    rows = sorted((asdict(link) for link in links), key=_order)
    with aside(path) as part:
        pq.write_table(pa.Table.from_pylist(rows, schema=arrow_schema("indicator_links")), part, compression="zstd")


def _order(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(row[name]) for name in ("cluster_id", "relation", "indicator_key", "dimension", "per", "form"))
