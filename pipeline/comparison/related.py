"""Rows that are broader or narrower than a row: 甲级乡镇卫生院 with and without 社区卫生服务中心 are linked, never merged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pyarrow.parquet as pq

Related = tuple[str, str]  # relation, row_id: what that row is to this one
_RELATIONS = ("broader", "narrower")


def read_related(dataset: Path) -> Mapping[str, Sequence[Related]]:
    """row_id -> its broader and narrower rows, from `indicator_links`."""
    links = pq.read_table(dataset / "indicator_links.parquet").to_pylist()
    own = {_key(link): link["cluster_id"] for link in links if link["relation"] == "member"}
    found: dict[str, dict[Related, None]] = defaultdict(dict)
    for link in links:
        if link["relation"] in _RELATIONS:
            for row_id, related in _both_ways(own[_key(link)], link["relation"], link["cluster_id"]):
                found[row_id].setdefault(related)
    return {row_id: sorted(related) for row_id, related in found.items()}


def _key(link: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(link[name] for name in ("indicator_key", "dimension", "per", "form"))


def _both_ways(row_id: str, relation: str, other: str) -> Iterator[tuple[str, Related]]:
    if row_id != other:
        yield row_id, (relation, other)
        yield other, (_RELATIONS[1 - _RELATIONS.index(relation)], row_id)
