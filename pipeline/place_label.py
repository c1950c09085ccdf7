"""What a document and its jurisdiction are called where people read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def place_label(row: Mapping[str, Any]) -> str:
    """The smallest place of a row of `documents`, 国家, or what tells the document apart where no place was found."""
    if row["level"] == "national":
        return "国家"
    names = (row[column] for column in ("zone", "county", "prefecture", "province"))
    return str(next((name for name in names if name), None) or row["title"] or row["source_name"])


def qualified_label(row: Mapping[str, Any]) -> str:
    """Two districts of one name: 鼓楼区（南京市）, or the code where nothing above is known."""
    place = place_label(row)
    above = next((row[name] for name in ("county", "prefecture", "province") if row[name] and row[name] != place), None)
    return f"{place}（{above or row['adcode'] or row['source_name']}）"


def document_label(row: Mapping[str, Any]) -> str:
    """The title of a row of `documents`; without one, place and genre with the file: 开江县规划（无标题，a.txt）."""
    title = row["title"] or row["notice_title"]
    if title:
        return "".join(str(title).splitlines())
    names = (row[column] for column in ("zone", "county", "prefecture", "province"))
    about = f"{next((name for name in names if name), '')}{row['genre'] or ''}"
    return f"{about}（无标题，{row['source_name']}）" if about else str(row["source_name"])
