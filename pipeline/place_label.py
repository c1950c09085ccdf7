"""What a document's jurisdiction is called where people read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def place_label(row: Mapping[str, Any]) -> str:
    """The smallest place of a row of `documents`, 国家, or what tells the document apart where no place was found."""
    if row["level"] == "national":
        return "国家"
    names = (row[column] for column in ("zone", "county", "prefecture", "province"))
    return str(next((name for name in names if name), None) or row["title"] or row["source_name"])
