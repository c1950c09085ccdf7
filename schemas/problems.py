"""Problems: what could not be handled, said aloud instead of dropped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["info", "warning", "error"]
Stage = Literal["read", "reflow", "outline", "extract", "resolve", "emit"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing in one document that a step could not handle.

    `start` and `end` are canonical offsets, or None where the problem has no place in the text;
    `text` is the printed passage, `hint` says what a reader can do about it.
    """

    code: str
    severity: Severity
    stage: Stage
    text: str = ""
    hint: str = ""
    start: int | None = None
    end: int | None = None


class DocumentError(Exception):
    """A document that cannot be read at all; it is quarantined and the run goes on.

    `code` is a stable identifier, `remedy` one sentence that tells the user what helps.
    """

    def __init__(self, code: str, message: str, remedy: str, stage: Stage = "read") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.remedy = remedy
        self.stage = stage
