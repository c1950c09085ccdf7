"""Policy fields for filtering: the registry's, else the function of the agency that leads the row's task (卫生健康)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from policy_commitments.pipeline.comparison.labels import FIELDS, FIELDS_EN
from policy_commitments.pipeline.report.tables import Findings, Row
from policy_commitments.schemas.vocabulary import read_yaml

_RANK = {"lead": 0, "responsible": 1, "support": 2}


def item_fields(found: Findings) -> Mapping[str, str]:
    """item_id to the function of its first leading, else responsible agency; children have their parent's."""
    best: dict[str, tuple[int, int, str]] = {}
    for row in found.responsibilities:
        if row["item_id"] is not None and row["agency_function"]:
            rank = (_RANK[row["role"]], row["start"], row["agency_function"].split("、")[0])
            best[row["item_id"]] = min(best.get(row["item_id"], rank), rank)
    fields = {item_id: rank[2] for item_id, rank in best.items()}
    for item in found.items:
        if item["item_id"] not in fields and item["parent_id"] in fields:
            fields[item["item_id"]] = fields[item["parent_id"]]
    return fields


def agencies_of(found: Findings) -> Mapping[str, Mapping[str, list[str]]]:
    """item_id to its agencies by role, each once, in text order."""
    agencies: dict[str, dict[str, list[str]]] = {}
    for row in found.responsibilities:
        if row["item_id"] is not None:
            names = agencies.setdefault(row["item_id"], {}).setdefault(row["role"], [])
            if row["agency"] not in names:
                names.append(row["agency"])
    return agencies


@cache
def english_functions() -> Mapping[str, str]:
    """Chinese to English labels of agency functions, from the vocabulary, and of the registry's policy fields."""
    path = files("policy_commitments.schemas").joinpath("vocab", "agencies.yml")
    entries: list[Row] = read_yaml(path.read_text(encoding="utf-8"), "agencies.yml")
    functions = {str(entry["zh"]): str(entry["en"]) for entry in entries if entry.get("zh") and entry.get("en")}
    return {FIELDS[code]: en for code, en in FIELDS_EN.items()} | functions


def english(function: str) -> str:
    """`Health、Sports` for 卫生健康、体育; the Chinese where the vocabulary has no label."""
    return " · ".join(english_functions().get(part, part) for part in function.split("、"))
