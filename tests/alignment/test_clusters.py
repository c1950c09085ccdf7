"""Clusters keep their names: documents may come and go, a key stays where it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from policy_commitments.pipeline.alignment.blocks import Block, Key, block_of
from policy_commitments.pipeline.alignment.clusters import align
from policy_commitments.pipeline.alignment.links import link_indicators

SHARE = Block("ratio", "", "state")


def _keys(*wordings: str, block: Block = SHARE) -> list[tuple[Key, str | None]]:
    return [(Key(wording, block), None) for wording in wordings]


def test_the_oldest_key_names_the_cluster() -> None:
    clusters, links = align(_keys("县级公共图书馆开放率", "县级图书馆开放率", "村卫生室开放率"), {})
    assert set(clusters.values()) == {"县级公共图书馆开放率|ratio|state", "村卫生室开放率|ratio|state"}
    assert {link.reason for link in links if link.indicator_key == "县级公共图书馆开放率"} == {"oldest key of its cluster"}


def test_a_new_key_never_renames_a_cluster() -> None:
    before, _ = align(_keys("县级图书馆开放率", "村卫生室开放率"), {})
    older = _keys("县级公共图书馆开放率", "县级图书馆开放率", "村卫生室开放率")
    after, _ = align(older, before)
    assert {key: after[key] for key in before} == before
    assert after[older[0][0]] == before[Key("县级图书馆开放率", SHARE)]


def test_a_cluster_outlives_the_key_that_named_it() -> None:
    before, _ = align(_keys("县级公共图书馆开放率", "县级图书馆开放率"), {})
    left = {key: name for key, name in before.items() if key.indicator_key == "县级图书馆开放率"}
    after, _ = align(_keys("县级图书馆开放率", "县级图书馆的开放率"), left)
    assert set(after.values()) == {"县级公共图书馆开放率|ratio|state"}


def test_blocks_do_not_meet() -> None:
    growth = Block("ratio", "", "growth")
    clusters, _ = align([*_keys("货运量"), *_keys("货运量", block=growth), *_keys("货运量", block=Block("mass", "", "state"))], {})
    assert len(set(clusters.values())) == 3
    assert block_of("货运量", "ratio", "年", "rate_of_change", "annual") == growth
    assert block_of("每年巡查", "count", "年", "quota", None) == Block("count", "年", "state")
    assert block_of("公园", "count", None, "count", "new").form == "new"


def test_rewards_merge_only_where_no_word_differs() -> None:
    money = Block("money", "人·月", "state")
    clusters, _ = align(_keys("每人·月村级护林员岗位补助", "每人·月村级专职护林员岗位补助", "每人·月村级护林员的岗位补助", block=money), {})
    assert len(set(clusters.values())) == 2


def test_a_wording_near_the_registry_joins_its_entry() -> None:
    clusters, _ = align(_keys("建成示范中医馆达标比例"), {})
    assert set(clusters.values()) == {"health.tcm_hall_model_share"}


def test_scopes_make_broader_and_narrower_clusters() -> None:
    keys: list[tuple[Key, str | None]] = [
        (Key("甲级乡镇卫生院比例", SHARE), "health.grade_a_township_share"),
        (Key("甲级乡镇卫生院社区卫生服务中心比例", SHARE), "health.grade_a_township_community_share"),
    ]
    clusters, links = align(keys, {})
    assert len(set(clusters.values())) == 2
    found = {(link.indicator_key, link.relation, link.cluster_id) for link in links}
    assert ("甲级乡镇卫生院比例", "broader", "health.grade_a_township_community_share") in found
    assert ("甲级乡镇卫生院社区卫生服务中心比例", "narrower", "health.grade_a_township_share") in found


def _target(key: str, **more: Any) -> dict[str, Any]:
    row = {"indicator_key": key, "indicator_id": None, "dimension": "ratio", "per": None, "kind": "level", "basis": None}
    return row | more


def test_links_are_written_and_the_same_every_time(tmp_path: Path) -> None:
    targets = [_target("县级公共图书馆开放率"), _target("县级图书馆开放率"), _target("村卫生室开放率")]
    link_indicators(tmp_path, targets)
    first = (tmp_path / "indicator_links.parquet").read_bytes()
    rows = [json.loads(line) for line in (tmp_path / "indicator_links.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {"indicator_key", "cluster_id", "score", "reason"} <= rows[0].keys()
    link_indicators(tmp_path, targets)
    assert (tmp_path / "indicator_links.parquet").read_bytes() == first
