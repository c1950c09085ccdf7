"""Moves documents: files, order and failure. Start reading at `flow.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policy_commitments.pipeline.dataset import Dataset

__all__ = ["Dataset"]


def __getattr__(name: str) -> Any:
    """Dataset on first use: importing the package stays light."""
    if name == "Dataset":
        from policy_commitments.pipeline.dataset import Dataset

        return Dataset
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
