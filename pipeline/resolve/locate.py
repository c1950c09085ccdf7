"""From clean spans to places in the file: canonical offsets, quote, page, box, paragraph or cell."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from policy_commitments.schemas.clean import Clean
from policy_commitments.schemas.frozen import frozen
from policy_commitments.schemas.source import BBox, Block, Cell

LONGEST_QUOTE = 300
_ILLEGIBLE = 0.5  # the score below which hardly a letter of a line is right


@frozen
class Location:
    """Where a row stands; `score` is the lowest reader confidence of the blocks, in a table of the cells, that it touches."""

    start: int
    end: int
    quote: str
    text: str
    page: int | None
    bbox: BBox | None
    anchor: str | None
    score: float


class Locator:
    """Looks places up in one document; each look-up costs the logarithm of the number of blocks."""

    def __init__(self, clean: Clean) -> None:
        self._clean = clean
        self._blocks = clean.source.blocks
        self._starts = [block.start for block in self._blocks]
        self._illegible = [block for block in self._blocks if block.score < _ILLEGIBLE and block.kind == "text"]
        cells = [cell for table in clean.source.tables for cell in table.cells if cell.page is not None]
        self._cells = sorted(cells, key=lambda cell: cell.start)
        self._cell_starts = [cell.start for cell in self._cells]

    def locate(self, start: int, end: int) -> Location:
        """Location of clean[start:end], cut to 300 canonical characters."""
        begin, stop = self._clean.source_span(start, end)
        if stop - begin > LONGEST_QUOTE:
            stop = begin + LONGEST_QUOTE
        blocks = self._touched(begin, stop)
        page, bbox, score = self._read(blocks, begin, stop)
        return Location(
            start=begin,
            end=stop,
            quote=self._clean.source.text[begin:stop],
            text=self._clean.text[start:end].replace("\n", ""),
            page=page,
            bbox=bbox,
            anchor=_anchor(blocks),
            score=score,
        )

    def legible(self, start: int, end: int) -> float:
        """The lowest score of illegible lines in clean[start:end], else 1.0: any of them may have been a heading."""
        if not self._illegible:
            return 1.0
        begin, stop = self._clean.source_offset(start), self._clean.source_offset(end)
        return min((block.score for block in self._illegible if begin <= block.start < stop), default=1.0)

    def place(self, start: int) -> tuple[int | None, BBox | None, str | None]:
        """Page, box and anchor of the block in which clean[start] stands."""
        begin = self._clean.source_offset(start)
        blocks = self._touched(begin, begin + 1)
        page, bbox, _ = self._read(blocks, begin, begin + 1)
        return page, bbox, _anchor(blocks)

    def _read(self, blocks: list[Block], begin: int, stop: int) -> tuple[int | None, BBox | None, float]:
        """Page, box and lowest score of the blocks; mostly one block of text, whose own they are."""
        if len(blocks) == 1 and blocks[0].kind != "table":
            return blocks[0].anchor.page, blocks[0].anchor.bbox, blocks[0].score
        score = min((self._score(block, begin, stop) for block in blocks), default=1.0)
        return *self._page_box(blocks, begin, stop), score

    def _touched(self, begin: int, stop: int) -> list[Block]:
        touched = []
        for k in range(max(bisect_right(self._starts, begin) - 1, 0), len(self._blocks)):
            block = self._blocks[k]
            if block.start >= stop:
                break
            if block.end > begin and block.kind != "furniture":
                touched.append(block)
        return touched

    def _page_box(self, blocks: list[Block], begin: int, stop: int) -> tuple[int | None, BBox | None]:
        """Page and box of the blocks; in a table those of its cells."""
        if len(blocks) == 1 and blocks[0].kind != "table":
            return blocks[0].anchor.page, blocks[0].anchor.bbox
        places: list[tuple[int | None, BBox | None]] = []
        for block in blocks:
            cells = list(self._touched_cells(max(begin, block.start), min(stop, block.end))) if block.kind == "table" else []
            places.extend((cell.page, cell.bbox) for cell in cells)
            if not cells:
                places.append((block.anchor.page, block.anchor.bbox))
        return _around(places)

    def _score(self, block: Block, begin: int, stop: int) -> float:
        if block.kind != "table" or block.score == 1.0:
            return block.score
        cells = self._touched_cells(max(begin, block.start), min(stop, block.end))
        return min((cell.score for cell in cells), default=block.score)

    def _touched_cells(self, begin: int, stop: int) -> Iterator[Cell]:
        k = max(bisect_right(self._cell_starts, begin) - 1, 0)
        while k < len(self._cells) and self._cells[k].start < stop:
            if self._cells[k].end > begin:
                yield self._cells[k]
            k += 1


def _around(places: list[tuple[int | None, BBox | None]]) -> tuple[int | None, BBox | None]:
    """The first page and the box around all places on it."""
    page = places[0][0] if places else None
    boxes = [bbox for where, bbox in places if where == page and bbox is not None]
    if not boxes:
        return page, None
    left, top, right, bottom = zip(*boxes, strict=True)
    return page, (min(left), min(top), max(right), max(bottom))

def _anchor(blocks: list[Block]) -> str | None:
    if not blocks or blocks[0].anchor.paragraph is None:
        return None
    return f"p{blocks[0].anchor.paragraph}"
