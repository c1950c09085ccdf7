"""Sources from texts written for a test."""

from __future__ import annotations

from policy_commitments.pipeline.outline import build_outline
from policy_commitments.pipeline.read import read_bytes
from policy_commitments.pipeline.reflow import reflow
from policy_commitments.schemas.clean import Clean
from policy_commitments.schemas.outline import Item, Outline
from policy_commitments.schemas.source import Block, Source


def source_of(text: str, wrapped: bool = False) -> Source:
    """One text block for each line that is not blank."""
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block("text", at, at + len(line)))
        at += len(line) + 1
    return Source("a.txt", "a.txt", "txt", "0" * 64, text, tuple(blocks), wrapped=wrapped)


def clean_of(text: str, wrapped: bool = False) -> Clean:
    return reflow(source_of(text, wrapped))


def read_clean(text: str) -> Clean:
    """Through the reader of plain texts, with its tables and bookmarks."""
    return reflow(read_bytes(text.encode("utf-8"), "a.txt"))


def outline_of(text: str, wrapped: bool = False) -> Outline:
    return build_outline(clean_of(text, wrapped))


def shown(items: tuple[Item, ...]) -> list[str]:
    """`level label title role`, with * for a task."""
    return [f"{one.level} {one.label or '-'} {one.title} {one.role}{'*' if one.is_task else ''}" for one in items]
