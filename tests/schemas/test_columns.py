"""The table definitions agree with the record types, with Arrow and with each other."""

from __future__ import annotations

import dataclasses

import pytest

from policy_commitments.pipeline.arrow import arrow_schema
from policy_commitments.schemas import records
from policy_commitments.schemas.columns import KEYS, TABLES, columns, json_schema

_RECORDS = {
    "documents": records.DocumentRecord,
    "items": records.ItemRecord,
    "targets": records.TargetRecord,
    "milestones": records.MilestoneRecord,
    "responsibilities": records.ResponsibilityRecord,
    "commitments": records.CommitmentRecord,
}


@pytest.mark.parametrize("table", TABLES)
def test_columns_are_the_record_fields_in_order(table: str) -> None:
    fields = [field.name for field in dataclasses.fields(_RECORDS[table])]
    assert [column.name for column in columns(table)] == fields == arrow_schema(table).names


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_described_in_both_languages(table: str) -> None:
    for column in columns(table):
        assert column.en and column.zh
        assert any("\u4e00" <= char <= "\u9fff" for char in column.zh), column.name


@pytest.mark.parametrize("table", TABLES)
def test_key_is_required_and_unique(table: str) -> None:
    key = next(column for column in columns(table) if column.name == KEYS[table])
    assert key.required and key.unique
    assert key.name in json_schema(table)["required"]
