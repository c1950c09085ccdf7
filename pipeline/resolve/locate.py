"""From clean spans to places in the file: canonical offsets, quote, page, box, paragraph or cell."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from policy_commitments.schemas.clean import Clean
from policy_commitments.schemas.source import BBox, Block

LONGEST_QUOTE = 300


@dataclass(frozen=True, slots=True)
class Location:
    """Where a row stands; `score` is the lowest reader confidence of the blocks that it touches."""

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

    def locate(self, start: int, end: int) -> Location:
        """Location of clean[start:end], cut to 300 canonical characters."""
        begin, stop = self._clean.source_span(start, end)
        if stop - begin > LONGEST_QUOTE:
            stop = begin + LONGEST_QUOTE
        blocks = self._touched(begin, stop)
        page, bbox = _page_box(blocks)
        return Location(
            start=begin,
            end=stop,
            quote=self._clean.source.text[begin:stop],
            text=self._clean.text[start:end].replace("\n", ""),
            page=page,
            bbox=bbox,
            anchor=_anchor(blocks),
            score=min((block.score for block in blocks), default=1.0),
        )

    def place(self, start: int) -> tuple[int | None, BBox | None, str | None]:
        """Page, box and anchor of the block in which clean[start] stands."""
        begin = self._clean.source_offset(start)
        blocks = self._touched(begin, begin + 1)
        page, bbox = _page_box(blocks)
        return page, bbox, _anchor(blocks)

    def _touched(self, begin: int, stop: int) -> list[Block]:
        k = max(bisect_right(self._starts, begin) - 1, 0)
        touched = []
        while k < len(self._blocks) and self._blocks[k].start < stop:
            if self._blocks[k].end > begin and self._blocks[k].kind != "furniture":
                touched.append(self._blocks[k])
            k += 1
        return touched


def _page_box(blocks: list[Block]) -> tuple[int | None, BBox | None]:
    """Page of the first block and the box around all blocks on that page."""
    page = blocks[0].anchor.page if blocks else None
    boxes = [block.anchor.bbox for block in blocks if block.anchor.page == page and block.anchor.bbox is not None]
    if not boxes:
        return page, None
    left, top, right, bottom = zip(*boxes, strict=True)
    return page, (min(left), min(top), max(right), max(bottom))


def _anchor(blocks: list[Block]) -> str | None:
    if not blocks or blocks[0].anchor.paragraph is None:
        return None
    return f"p{blocks[0].anchor.paragraph}"
