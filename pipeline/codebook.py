"""The codebook of a table as Markdown: names, types, values and meanings in both languages."""

from __future__ import annotations

from collections.abc import Iterator

from policy_commitments.schemas.columns import KEYS, Column, columns


def codebook_lines(table: str) -> Iterator[str]:
    """Lines of one Markdown table."""
    yield f"## {table}"
    yield ""
    yield f"One row per `{KEYS[table]}`."
    yield ""
    yield "| column | type | values | meaning | 含义 |"
    yield "| --- | --- | --- | --- | --- |"
    for column in columns(table):
        yield f"| {column.name} | {_type(column)} | {' · '.join(column.enum)} | {column.en} | {column.zh} |"
    yield ""


def _type(column: Column) -> str:
    shape = f"list of {{{', '.join(column.members)}}}" if column.type == "structs" else column.type
    return shape if column.required else f"{shape}, may be null"
