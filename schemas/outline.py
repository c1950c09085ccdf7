"""The outline: headings as a tree with roles."""

from __future__ import annotations

from typing import Literal

from policy_commitments.schemas.clean import Clean
from policy_commitments.schemas.frozen import frozen
from policy_commitments.schemas.problems import Problem

Role = Literal["background", "guidance", "principle", "goal", "task", "safeguard", "annex", "front"]
Origin = Literal["heading", "plan", "row", "preamble"]


@frozen
class Measure:
    """A member （1）, ①, ——, 一是 inside a task, at clean[start:end]."""

    label: str
    start: int
    end: int


@frozen
class Item:
    """One heading with its text, in clean offsets.

    start       where the label (or, without one, the title) begins
    title_*     the heading phrase, without label and closing punctuation
    body_start  where the text after the heading begins
    end         end of the item's own extent: up to the next item that is no measure of it
                (a task's extent holds its measures; a container's ends at its first child)
    level       depth in this document's own nesting, from 1 (an item's parent has a smaller level)
    parent      index into `Outline.items`, None at the root
    origin      `heading`; `plan` for the title of one of several plans in a file; `row` for a row of a task table;
                `preamble` for goals stated before a plan's first heading
    """

    index: int
    parent: int | None
    level: int
    label: str | None
    number: int | None
    title: str
    start: int
    title_start: int
    title_end: int
    body_start: int
    end: int
    role: Role
    is_task: bool
    path: tuple[str, ...]
    measures: tuple[Measure, ...] = ()
    origin: Origin = "heading"


@frozen
class Outline:
    """Items in text order, and the stretches of clean text before and between them.

    `front` is the clean span before the first heading (transmitting notice, title, preamble) and `back` the one
    after the last body text (signature, 抄送, 印发); either may be empty. `unplaced` lists clean spans under no heading
    in a document that has headings.
    """

    clean: Clean
    items: tuple[Item, ...]
    front: tuple[int, int]
    back: tuple[int, int]
    unplaced: tuple[tuple[int, int], ...] = ()
    problems: tuple[Problem, ...] = ()
