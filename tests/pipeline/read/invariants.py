"""What every `Source` must satisfy, whatever was read."""

from __future__ import annotations

from policy_commitments.schemas.source import Source, Table


def assert_sound(source: Source) -> None:
    """Blocks in order, apart, inside the text, and over every visible character; tables with cells that do not overlap."""
    at = 0
    for block in source.blocks:
        assert at <= block.start < block.end <= len(source.text)
        assert not source.text[at : block.start].strip()
        assert 0 <= block.generated <= block.end - block.start
        at = block.end
    assert not source.text[at:].strip()
    spans = [(block.start, block.end) for block in source.blocks if block.kind == "table"]
    assert spans == [(table.start, table.end) for table in source.tables]
    for table in source.tables:
        _assert_grid(source.text, table)


def _assert_grid(text: str, table: Table) -> None:
    taken: set[tuple[int, int]] = set()
    for cell in table.cells:
        assert table.start <= cell.start < cell.end <= table.end
        assert text[cell.start : cell.end].strip() == text[cell.start : cell.end]
        covered = {
            (row, col)
            for row in range(cell.row, cell.row + cell.row_span)
            for col in range(cell.col, cell.col + cell.col_span)
        }
        assert not covered & taken
        assert all(row < table.rows and col < table.cols for row, col in covered)
        taken |= covered


def grid(source: Source, index: int = 0) -> list[list[str]]:
    """A table as rows of texts; a merged cell stands at its first position, other positions are empty."""
    table = source.tables[index]
    rows = [[""] * table.cols for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row][cell.col] = source.text[cell.start : cell.end]
    return rows


def lines(source: Source, kind: str = "text") -> list[str]:
    """The texts of all blocks of one kind."""
    return [source.text[block.start : block.end] for block in source.blocks if block.kind == kind]
