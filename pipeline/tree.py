"""Headings of one part as nodes of a tree: titles, bodies, roles, tasks; members of tasks are taken out again."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from policy_commitments.extractors.headings import LINE_LABEL, HeadingLabel
from policy_commitments.pipeline.heading_kinds import MEMBERS
from policy_commitments.pipeline.heading_sequence import Heading
from policy_commitments.pipeline.item_titles import title_span
from policy_commitments.pipeline.label_numbers import label_number
from policy_commitments.pipeline.parts import Part, closes_with_agencies
from policy_commitments.pipeline.preamble import goal_opening
from policy_commitments.pipeline.roles import only_describes, section_role, states_goals
from policy_commitments.pipeline.task_annexes import lists_tasks
from policy_commitments.schemas.clean import Clean
from policy_commitments.schemas.outline import Origin, Role

_LEADS_TO_TASKS = re.compile(
    r"(?:抓好|做好|抓实|推进|突出|实施|落实|完成|开展)[^。；，]{0,16}(?:工作|任务|方面|重点|措施|举措|行动)[^。；，]{0,4}[：。]?$"
)
_DESCRIBED_KINDS = frozenset({"section", "cn", "cn_round"})
_ARTICLES = 3  # 第N条 that make a regulation


@dataclass(slots=True)
class Node:
    """One item in the making; `children` are its nodes in text order, `members` the labels of its measures."""

    kind: str
    label: tuple[int, int] | None
    number: int | None
    start: int
    title: tuple[int, int]
    body: int
    end: int
    parent: Node | None
    origin: Origin = "heading"
    role: Role = "task"
    is_task: bool = False
    named: bool = False
    children: list[Node] = field(default_factory=list)
    members: list[Node] = field(default_factory=list)


def nodes_of(
    clean: Clean,
    part: Part,
    back: int,
    contents: Mapping[str, tuple[str, ...]],
    titled: bool,
    boxes: Sequence[HeadingLabel],
) -> list[Node]:
    """Nodes of one part in text order; `titled` gives the plan's title an item of its own."""
    nodes = [node for node in (_title_node(clean, part, titled),) if node is not None]
    root = nodes[0] if nodes else None
    nodes.extend(_preamble_nodes(clean, part, root))
    nodes.extend(_heading_nodes(clean, part, back, contents, root))
    nodes.extend(_box_nodes(clean, part, back, boxes, nodes))
    nodes.sort(key=lambda node: node.start)
    _set_ends(part, back, nodes)
    _raise_mixed(nodes)
    _set_roles(clean, part, nodes)
    nodes = _without_members(clean, nodes)
    _set_tasks(clean, nodes)
    return nodes


def _title_node(clean: Clean, part: Part, titled: bool) -> Node | None:
    if part.kind == "annex" and part.label is not None:
        title = part.title or _annex_title(clean, part.label[1], part.end)
        return Node("annex", part.label, None, part.label[0], title, title[1], part.end, None, "heading", "annex", named=True)
    if titled and part.kind == "body" and part.title is not None:
        return Node("plan", None, None, part.title[0], part.title, part.title[1], part.end, None, "plan")
    return None


def _preamble_nodes(clean: Clean, part: Part, root: Node | None) -> Iterator[Node]:
    """Goals stated between a plan's title and its first heading; a titled plan's own item holds them already."""
    if part.kind != "body" or root is not None or not part.headings:
        return
    found = goal_opening(clean, part.start if part.title is None else part.title[1], part.headings[0].label.start)
    if found is not None:
        start, title = found
        yield Node("preamble", None, None, start, title, title[1], part.end, None, "preamble", "goal")


def _annex_title(clean: Clean, start: int, end: int) -> tuple[int, int]:
    """The rest of the line `附件1：…`, or the next short line."""
    for _ in range(2):
        stop = min(_line_end(clean, start), end)
        first = start + len(clean.folded[start:stop]) - len(clean.folded[start:stop].lstrip(" ："))
        if first < stop:
            text = clean.folded[first:stop]
            return (first, stop) if len(text) < 60 and "。" not in text and LINE_LABEL.match(text) is None else (start, start)
        start = min(stop + 1, end)
    return start, start


def _heading_nodes(
    clean: Clean, part: Part, back: int, contents: Mapping[str, tuple[str, ...]], root: Node | None
) -> Iterator[Node]:
    stack: list[tuple[int, Node]] = []
    headings = [one for one in part.headings if one.label.start < back]
    for k, heading in enumerate(headings):
        limit = headings[k + 1].label.start if k + 1 < len(headings) else max(back, heading.label.end)
        while stack and stack[-1][0] >= heading.depth:
            stack.pop()
        parent = stack[-1][1] if stack else root
        node = _node(clean, heading, limit, contents, parent)
        if parent is not None:
            parent.children.append(node)
        stack.append((heading.depth, node))
        yield node


def _node(clean: Clean, heading: Heading, limit: int, contents: Mapping[str, tuple[str, ...]], parent: Node | None) -> Node:
    label = heading.label
    start, end, body = title_span(clean, label, limit, contents)
    printed = (label.start, label.end) if label.end > label.start else None
    return Node(label.kind, printed, heading.number, label.start, (start, end), body, limit, parent)


def _box_nodes(clean: Clean, part: Part, back: int, boxes: Sequence[HeadingLabel], nodes: Sequence[Node]) -> Iterator[Node]:
    """专栏N: an item under the section in which it stands."""
    outer = [node for node in nodes if node.kind not in MEMBERS]
    starts = [node.start for node in outer]
    for box in boxes:
        if not part.start <= box.start < back or box.place != "line":
            continue
        k = bisect_left(starts, box.start) - 1
        leaf = outer[k] if k >= 0 else None
        if leaf is not None and box.start < leaf.title[1]:
            continue
        section = leaf.parent if leaf is not None and leaf.parent is not None and not leaf.children else leaf
        start, end, body = title_span(clean, box, min(back, _line_end(clean, box.end)), {})
        node = Node("box", (box.start, box.end), label_number(box.number), box.start, (start, end), body, back, section)
        if section is not None:
            section.children.append(node)
        yield node


def _line_end(clean: Clean, at: int) -> int:
    end = clean.text.find("\n", at)
    return len(clean.text) if end < 0 else end


def _raise_mixed(nodes: Sequence[Node]) -> None:
    """`（1） （二） （三）` on one level, or `（1）` over `1.`: no member, but a heading in another glyph."""
    for node in nodes:
        if any(child.kind not in MEMBERS and child.kind != "box" for child in node.children):
            if node.kind == "digit_round":
                node.kind = "cn_round"
            if any(child.kind == "cn_round" for child in node.children):
                for child in node.children:
                    child.kind = "cn_round" if child.kind == "digit_round" else child.kind


def _set_ends(part: Part, back: int, nodes: Sequence[Node]) -> None:
    """Extents run to the next node; a notice's last one to the plan, an annex's to its end."""
    last = back if part.kind == "body" else part.end
    for k, node in enumerate(nodes):
        node.end = nodes[k + 1].start if k + 1 < len(nodes) else max(last, node.body)
        node.body = min(node.body, node.end)
        node.title = (min(node.title[0], node.end), min(node.title[1], node.end))


def _set_roles(clean: Clean, part: Part, nodes: Sequence[Node]) -> None:
    plain = part.kind == "annex" and not _is_task_annex(clean, part, nodes)
    for node in nodes:
        parent = node.parent
        if part.kind == "front":
            node.role = "front"
        elif plain or node.kind == "annex":
            node.role = "annex"
        elif node.kind not in ("plan", "preamble"):
            _set_role(clean, node, "task" if parent is None or parent.kind in ("plan", "annex") else _handed_down(clean, parent))


def _is_task_annex(clean: Clean, part: Part, nodes: Sequence[Node]) -> bool:
    """An annex whose title and items say what is to be done, from number 1."""
    if len(nodes) < 2 or nodes[0].kind != "annex" or nodes[1].number != 1:
        return False
    leaves = [(node.title, node.end) for node in nodes[1:] if not node.children]
    return lists_tasks(clean, nodes[0].title, leaves, part.start)


def _handed_down(clean: Clean, parent: Node) -> Role:
    """The parent's role; below goals that end in `…重点抓好以下十方面工作：` stand tasks."""
    if parent.role in ("goal", "guidance") and parent.children:
        own = clean.folded[parent.body : parent.children[0].start].rstrip()[-80:]
        if _LEADS_TO_TASKS.search(own) is not None:
            return "task"
    return parent.role


def _prose_of(clean: Clean, node: Node) -> list[str]:
    """The prose of the node's leaves, without their headings."""
    if node.children:
        return [prose for child in node.children for prose in _prose_of(clean, child)]
    return [clean.folded[node.body : node.end]]


def _own_prose(clean: Clean, node: Node) -> str:
    """The node's prose up to its first child; where that is a list of members (—— ①) alone, the members' prose."""
    own = clean.folded[node.body : node.end]
    if own.strip(" \n：") or any(child.kind not in MEMBERS for child in node.children):
        return own
    return "\n".join(clean.folded[child.start : child.end] for child in node.children)


def _set_role(clean: Clean, node: Node, inherited: Role) -> None:
    node.role = inherited
    if node.kind in MEMBERS or node.kind == "box":
        return
    title = clean.folded[node.title[0] : node.title[1]]
    found = section_role(title)
    if found is None:
        in_article = node.parent is not None and node.parent.kind == "article"
        if inherited == "task" and node.kind in _DESCRIBED_KINDS and not in_article and only_describes(title, _prose_of(clean, node)):
            node.role = "background"
        return
    node.role, node.named = found.role, True
    if found.open and states_goals(_own_prose(clean, node)):
        node.role = "goal"


def _without_members(clean: Clean, nodes: list[Node]) -> list[Node]:
    """Members of tasks become measures; those that are the tasks themselves stay."""
    gone: set[int] = set()
    for node in nodes:
        members = [child for child in node.children if child.kind in MEMBERS]
        if not members or node.role not in ("task", "safeguard") or id(node) in gone:
            gone.update(id(child) for child in members if id(node) in gone)
            continue
        if len(members) < len([c for c in node.children if c.kind != "box"]) and any(c.kind == "digit_round" for c in members):
            continue
        if _are_tasks(clean, node, members):
            continue
        node.members.extend(members)
        node.children = [child for child in node.children if child.kind not in MEMBERS]
        gone.update(map(id, members))
    kept = [node for node in nodes if id(node) not in gone]
    for k, node in enumerate(kept):
        node.end = kept[k + 1].start if k + 1 < len(kept) else max(node.end, *(member.end for member in node.members), node.end)
    return kept


def _are_tasks(clean: Clean, node: Node, members: Sequence[Node]) -> bool:
    """Each closes with agencies of its own, or the section has no other numbering and says nothing but its name."""
    if all(closes_with_agencies(clean, one.start, one.end) for one in members):
        return True
    if node.kind in MEMBERS or (node.parent is not None and node.parent.kind != "plan" and not node.named):
        return False
    own = clean.folded[node.body : members[0].start].strip()
    return node.named or (node.parent is None and not own)


def _is_regulation(clean: Clean, nodes: Sequence[Node]) -> bool:
    """Articles that nobody is charged with; measures in articles (`第二条 …。（责任单位：区财政局）`) are tasks."""
    articles = [node for node in nodes if node.kind == "article"]
    owned = sum(closes_with_agencies(clean, one.start, one.end) for one in articles)
    return len(articles) >= _ARTICLES and owned * 2 < len(articles)


def _set_tasks(clean: Clean, nodes: Sequence[Node]) -> None:
    regulation = _is_regulation(clean, nodes)
    for node in nodes:
        below = any(child.kind != "box" for child in node.children)
        node.is_task = (
            node.role in ("task", "safeguard")
            and node.origin == "heading"
            and node.kind not in ("box", "annex")
            and not below
            and not regulation
        )
