"""Clusters: every key joins the cluster of the oldest key that means the same, or becomes one itself.

A cluster is named after its oldest key and members are compared with that key only, so that a new document can add
members and clusters but never rename, split or merge one. A key near two clusters joins the nearer; the other is listed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from policy_commitments.pipeline.alignment.blocks import Block, Key
from policy_commitments.pipeline.alignment.phrase import Phrase, read_phrase
from policy_commitments.pipeline.alignment.score import Judgement, judge
from policy_commitments.pipeline.resolve.registry import registry
from policy_commitments.pipeline.resolve.wording import read_wording

_CANDIDATES = 24
_EXACT = frozenset({"money"})  # one word more is another reward: 全科医师补助, 医师补助
_COMMON = 256  # letters that stand in more wordings of a block than this find nothing that rarer ones do not


@dataclass(frozen=True, slots=True)
class Link:
    """`relation`: member of the cluster; near: a second cluster; broader, narrower: what the cluster is to the key."""

    indicator_key: str
    dimension: str
    per: str
    form: str
    relation: str
    cluster_id: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class _Leader:
    cluster_id: str
    phrase: Phrase


@dataclass(slots=True)
class _BlockIndex:
    """Leaders of one block, found by pairs of letters that stand in few of them."""

    leaders: list[_Leader] = field(default_factory=list)
    by_letters: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, leader: _Leader) -> None:
        for pair in _letters(leader.phrase):
            self.by_letters[pair].append(len(self.leaders))
        self.leaders.append(leader)

    def nearest(self, phrase: Phrase) -> Iterator[_Leader]:
        """The leaders that share most; among equals in the order of their names, whenever they were added."""
        shared: Counter[int] = Counter()
        for pair in _letters(phrase):
            found = self.by_letters.get(pair, ())
            if len(found) <= _COMMON:
                shared.update(found)
        ranked = sorted(shared.items(), key=lambda one: (-one[1], self.leaders[one[0]].cluster_id, one[0]))
        for number, _ in ranked[:_CANDIDATES]:
            yield self.leaders[number]


def _letters(phrase: Phrase) -> set[str]:
    return {a + b for a, b in pairwise(phrase.rest)} or {phrase.rest}


def cluster_name(key: Key) -> str:
    """`社区助餐点覆盖率|ratio|state`; the denominator is part of the key."""
    return f"{key.indicator_key}|{key.block.dimension}|{key.block.form}"


def align(keys: Iterable[tuple[Key, str | None]], known: Mapping[Key, str]) -> tuple[dict[Key, str], list[Link]]:
    """(cluster of every key, links) of keys in order of age, each with its registry id or None.

    `known` are the clusters of earlier runs: they stay, whatever is added.
    """
    names = registry()
    kept = {k: c for k, c in known.items() if "|" in c or c in names.entries or c in names.growths}
    aligner = _Aligner(kept)
    for key, registry_id in keys:
        aligner.take(key, registry_id)
    return aligner.clusters, list(aligner.links())


@dataclass(slots=True)
class _Aligner:
    known: dict[Key, str]
    clusters: dict[Key, str] = field(default_factory=dict)
    blocks: defaultdict[Block, _BlockIndex] = field(default_factory=lambda: defaultdict(_BlockIndex))
    _by_registry: set[Key] = field(default_factory=set)
    _named: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for block, leader in _registry_leaders():
            self.blocks[block].add(leader)
        for key, cluster in self.known.items():
            if "|" in cluster:
                self._lead(key.block, cluster)

    def _lead(self, block: Block, cluster: str) -> None:
        """The key that named a cluster leads it, also where it has left the dataset since."""
        if cluster not in self._named:
            self._named.add(cluster)
            self.blocks[block].add(_Leader(cluster, _phrase(cluster.split("|")[0])))

    def take(self, key: Key, registry_id: str | None) -> None:
        """Find the cluster of a key: the registry's, the one of earlier runs, the nearest, or its own."""
        if key in self.clusters:
            return
        if registry_id is not None:
            self._by_registry.add(key)
        cluster = registry_id or self.known.get(key)
        if cluster is None:
            same = _best(self._judged(key))
            cluster = same[0][1].cluster_id if same else cluster_name(key)
        self.clusters[key] = cluster
        if cluster == cluster_name(key):
            self._lead(key.block, cluster)

    def _judged(self, key: Key) -> list[tuple[Judgement, _Leader]]:
        phrase = _phrase(key.indicator_key)
        judged = [(judge(leader.phrase, phrase), leader) for leader in self.blocks[key.block].nearest(phrase)]
        if key.block.dimension in _EXACT:
            judged = [one for one in judged if one[0].relation != "same" or one[0].score == 1.0]
        return judged

    # --- links, once all clusters are known

    def links(self) -> Iterator[Link]:
        """Every key's membership, and what other clusters are to it."""
        for key, cluster in self.clusters.items():
            judged = self._judged(key)
            yield _link(key, "member", cluster, self._membership(key, cluster, judged))
            done = {cluster}
            for judgement, leader in [*_best(judged), *judged]:
                if leader.cluster_id not in done and judgement.relation != "different":
                    done.add(leader.cluster_id)
                    relation = "near" if judgement.relation == "same" else judgement.relation
                    yield _link(key, relation, leader.cluster_id, judgement)

    def _membership(self, key: Key, cluster: str, judged: list[tuple[Judgement, _Leader]]) -> Judgement:
        if key in self._by_registry:
            return Judgement("same", 1.0, "registry")
        if cluster == cluster_name(key):
            return Judgement("same", 1.0, "oldest key of its cluster")
        own = [judgement for judgement, leader in _best(judged) if leader.cluster_id == cluster]
        if not own:
            return Judgement("same", 0.0, "joined in an earlier run")
        return max(own, key=lambda judgement: judgement.score)


def _link(key: Key, relation: str, cluster: str, judgement: Judgement) -> Link:
    block = key.block
    return Link(
        key.indicator_key, block.dimension, block.per, block.form, relation, cluster, judgement.score, judgement.reason
    )


def _best(judged: list[tuple[Judgement, _Leader]]) -> list[tuple[Judgement, _Leader]]:
    """Those that mean the same, the best first; the older wins among equals."""
    return sorted((one for one in judged if one[0].relation == "same"), key=lambda one: -one[0].score)


def _phrase(indicator_key: str) -> Phrase:
    return read_phrase(read_wording(indicator_key).bare)


def _registry_leaders() -> Iterator[tuple[Block, _Leader]]:
    """Every alias of the registry leads the cluster of its entry."""
    for (key, additions), entry in registry().by_key.items():
        form = "new" if additions else "state"
        yield Block(entry.measure, entry.per or "", form), _Leader(entry.id, _phrase(key))
        if entry.growth is not None and not additions:
            yield Block("ratio", entry.per or "", "growth"), _Leader(entry.growth, _phrase(key))
