"""`commitments inspect`: one document in the terminal, metadata first, then the outline with its findings coloured."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.tree import Tree

from policy_commitments.pipeline.compare import shown
from policy_commitments.pipeline.flow import process
from policy_commitments.pipeline.read import read_bytes, read_file
from policy_commitments.pipeline.result import DocumentResult
from policy_commitments.schemas.records import ItemRecord

_METADATA = ["title", "notice_title", "doc_number", "issuer", "issue_date", "genre", "status", "level", "province", "prefecture", "county", "zone", "adcode", "period_start", "period_end", "based_on", "cc", "resolved", "format", "chars"]
_LINE = 60


def show(file: Path, width: int | None = None) -> None:
    """Print one document; raises DocumentError for a file that cannot be read."""
    result = process(read_bytes(read_file(str(file)), file.name, file.name))
    console = Console(width=width, highlight=False)
    console.print(_metadata(result))
    console.print(_tree(result))
    for problem in result.problems:
        console.print(f"[magenta]{problem.severity}[/] {problem.code}: {escape(problem.text[:_LINE])} {escape(problem.hint)}")


def _metadata(result: DocumentResult) -> Table:
    table = Table(show_header=False, box=None)
    for name in _METADATA:
        value = getattr(result.document, name)
        if value not in (None, [], ""):
            table.add_row(f"[bold]{name}[/]", escape(str(value)))
    return table


def _tree(result: DocumentResult) -> Tree:
    found: dict[str | None, list[str]] = defaultdict(list)
    for row in result.targets:
        deadline = f" [yellow]{row.deadline or row.recurrence or ''}[/]"
        found[row.item_id].append(f"[green]{escape(row.indicator)} {escape(shown(_plain(row)))}[/]{deadline}")
    for one in result.milestones:
        found[one.item_id].append(f"[cyan]{escape(one.what[:_LINE])}[/] [yellow]{one.deadline or one.deadline_text}[/]")
    for role, names in _agencies(result):
        found[role[0]].append(f"[blue]{role[1]}: {escape('、'.join(names))}[/]")
    root = Tree(escape(result.document.title or result.document.source_name))
    nodes: dict[str | None, Tree] = {None: root}
    for item in result.items:
        node = nodes.get(item.parent_id, root).add(_heading(item))
        nodes[item.item_id] = node
        _add(node, found.pop(item.item_id, []))
    for rest in found.values():
        _add(root, rest)
    return root


def _plain(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("value", "value_max", "value_text", "unit", "per", "comparator")}


def _agencies(result: DocumentResult) -> Iterable[tuple[tuple[str | None, str], list[str]]]:
    groups: dict[tuple[str | None, str], list[str]] = defaultdict(list)
    for row in result.responsibilities:
        groups[row.item_id, row.role].append(row.agency)
    return groups.items()


def _heading(item: ItemRecord) -> str:
    style = "bold red" if item.is_task else "bold"
    return f"[{style}]{escape((item.label or '') + item.title[:_LINE])}[/] [dim]{item.role}[/]"


def _add(node: Tree, lines: Iterable[str]) -> None:
    for line in lines:
        node.add(line)
