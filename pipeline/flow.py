"""One document through the six steps; read is before this, emit after it.

read          reflow        outline       extract           resolve           emit
bytes→Source  Source→Clean  Clean→Outline Outline→Findings  Findings→Result   Results→dataset
"""

from __future__ import annotations

from collections.abc import Mapping

from policy_commitments.pipeline.extract import extract
from policy_commitments.pipeline.outline import build_outline
from policy_commitments.pipeline.reflow import reflow
from policy_commitments.pipeline.resolve.records import resolve
from policy_commitments.pipeline.result import DocumentResult
from policy_commitments.schemas.source import Source

_NOTHING: Mapping[str, str] = {}


def process(source: Source, given: Mapping[str, str] = _NOTHING, extra: Mapping[str, str] = _NOTHING) -> DocumentResult:
    """All rows of one document; `given` are manifest values that win over extracted ones, `extra` passes through."""
    clean = reflow(source)
    outline = build_outline(clean)
    findings = extract(outline)
    return resolve(outline, findings, given, extra)
