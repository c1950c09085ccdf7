"""Reads scans: images, and PDF or OFD files whose pages are pictures, e.g. `x_1.png` … `x_5.png` as one document.

Each line is a block whose `score` is the confidence of the recognition. Nothing is kept on disk.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from policy_commitments.pipeline.image_pages import missing_pages
from policy_commitments.pipeline.read.ocr_engine import require
from policy_commitments.pipeline.read.ocr_grids import grids_of_text
from policy_commitments.pipeline.read.ocr_page import ScannedPage, Sheet, read_page
from policy_commitments.pipeline.read.pdf_file import open_pdf
from policy_commitments.pipeline.read.pdf_grids import rulings
from policy_commitments.pipeline.read.pdf_order import page_lines
from policy_commitments.pipeline.read.pdf_pages import PageContent, add_tables
from policy_commitments.pipeline.read.pdf_text import rounded, source_of_pages
from policy_commitments.pipeline.read.placed_chars import placed_chars
from policy_commitments.schemas.problems import DocumentError, Problem
from policy_commitments.schemas.source import Anchor, BBox, Source

DPI = 200
_DOUBTFUL = 0.8
_GRIDDED = 0.75  # the most that a cell has whose borders are guessed from where its text stands
_LONG_SIDE = 842.0  # points of A4, for images that say no size
_SIZES = (300.0, 2500.0)  # points that a page's long side may have
_AGAIN = "fetch the file again, or save it again as .png or .pdf"
_HINT = "compare them with the picture of the page"
_FORMATS = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "TIFF": "tif", "BMP": "bmp", "WEBP": "webp", "GIF": "gif"}
_Scores = dict[tuple[int | None, BBox | None], float]


def read_image(data: bytes, name: str, path: str) -> Source:
    """One image with a page on each of its frames; raises DocumentError `ocr_missing`, `broken_image` or `no_text`."""
    return read_images([(name, data)], path)


def read_images(images: Sequence[tuple[str, bytes]], path: str) -> Source:
    """One document from the images of its pages, (name, bytes) in order; its digest is that of all bytes in a row."""
    pages = (one for name, data in images for one in _frames(data, name))
    whole = b"".join(data for _, data in images)
    source = _read(pages, whole, images[0][0], path, _format(images[0][1], images[0][0]))
    gaps = ", ".join(map(str, missing_pages([name for name, _ in images])))
    gap = Problem("page_missing", "warning", "read", f"no image for page {gaps}", "fetch the missing page and run again")
    return replace(source, problems=(*source.problems, gap)) if gaps else source


def read_scanned_pdf(data: bytes, name: str, path: str) -> Source:
    """A PDF whose pages are pictures, each rendered at 200 dpi."""
    return _read(_rendered(data, name), data, name, path, "pdf")


def read_pages(pictures: Sequence[tuple[str, bytes]], data: bytes, name: str, path: str, kind: str) -> Source:
    """A package (OFD) whose pages are pictures, (part, bytes) in order."""
    return _read((one for part, content in pictures for one in _frames(content, part)), data, name, path, kind)


def _read(pages: Iterable[tuple[Any, float]], data: bytes, name: str, path: str, kind: str) -> Source:
    require(name)
    contents: list[PageContent] = []
    sheets: list[Sheet] = []
    scores: _Scores = {}
    for image, scale in pages:
        page = read_page(image, scale)
        sheets.append(page.sheet)
        contents.append(_content(page, len(sheets), scores))
    if not any(page.has_text for page in contents):
        raise DocumentError("no_text", f"{name}: no text can be recognised on its pictures", _AGAIN)
    return _scored(source_of_pages(contents, data, name, path, kind), sheets, scores)


def _content(page: ScannedPage, number: int, scores: _Scores) -> PageContent:
    chars = placed_chars(page.lines)
    content = PageContent(page.sheet.size)
    ruled = rulings(page.rules)
    add_tables(content, chars, ruled or grids_of_text(page.lines), number)
    content.lines = page_lines(chars, [part.bbox for part in content.parts])
    for line in content.lines:
        scores[number, rounded(line.bbox)] = chars.lowest(line.spans)
    for part in content.parts:
        for cell in part.cells:
            read = min((chars.lowest(line.spans) for line in cell.lines), default=1.0)
            scores[number, rounded(cell.bbox)] = read if ruled else min(read, _GRIDDED)
    return content


def _scored(source: Source, sheets: Sequence[Sheet], scores: _Scores) -> Source:
    """With the score of each line and cell, boxes as they lie on the picture, and a count of doubtful lines."""
    cells = {table.start: tuple(replace(one, score=scores.get((one.page, one.bbox), 1.0)) for one in table.cells) for table in source.tables}
    lowest = {start: min((cell.score for cell in found), default=1.0) for start, found in cells.items()}
    blocks = [
        replace(block, score=lowest[block.start] if block.kind == "table" else scores.get((block.anchor.page, block.anchor.bbox), 1.0))
        for block in source.blocks
    ]
    doubtful = sum(block.score < _DOUBTFUL for block in blocks if block.kind != "furniture")
    text = f"{doubtful} of {len(blocks)} lines below {_DOUBTFUL}"
    return replace(
        source,
        blocks=tuple(replace(block, anchor=_on_page(block.anchor, sheets), straight=block.anchor.bbox) for block in blocks),
        tables=tuple(
            replace(
                table,
                anchor=_on_page(table.anchor, sheets),
                cells=tuple(replace(cell, bbox=_box(cell.page, cell.bbox, sheets)) for cell in cells[table.start]),
            )
            for table in source.tables
        ),
        problems=(*source.problems, Problem("doubtful_lines", "warning", "read", text, _HINT)) if doubtful else source.problems,
    )


def _on_page(anchor: Anchor, sheets: Sequence[Sheet]) -> Anchor:
    return replace(anchor, bbox=_box(anchor.page, anchor.bbox, sheets))


def _box(page: int | None, box: BBox | None, sheets: Sequence[Sheet]) -> BBox | None:
    return box if page is None or box is None else sheets[page - 1].on_page(box)


def _rendered(data: bytes, name: str) -> Iterator[tuple[Any, float]]:
    require(name)
    document = open_pdf(data, name)
    try:
        for index in range(len(document)):
            page = document[index]
            try:
                yield page.render(scale=DPI / 72).to_numpy()[:, :, :3].copy(), 72 / DPI
            finally:
                page.close()
    finally:
        document.close()


def _format(data: bytes, name: str) -> str:
    with _opened(data, name) as picture:
        return _FORMATS.get(picture.format or "", "image")


def _frames(data: bytes, name: str) -> Iterator[tuple[Any, float]]:
    """All frames of an image as BGR with points per pixel."""
    require(name)
    import numpy as np
    from PIL import Image, ImageOps, ImageSequence

    with _opened(data, name) as picture:
        try:
            for frame in ImageSequence.Iterator(picture):
                upright = ImageOps.exif_transpose(frame).convert("RGBA")
                paper = Image.new("RGBA", upright.size, "white")
                paper.alpha_composite(upright)
                yield np.ascontiguousarray(np.asarray(paper)[:, :, 2::-1]), points_per_pixel(frame)
        except (OSError, SyntaxError, ValueError, EOFError) as error:
            raise DocumentError("broken_image", f"{name} is cut off or damaged: {error}", _AGAIN) from error


def points_per_pixel(picture: Any) -> float:
    """By the resolution that an image states, if it makes a page; else its long side is that of A4."""
    pixels = max(picture.size)
    stated = picture.info.get("dpi", (0, 0))[0]
    if stated and _SIZES[0] <= pixels * 72 / float(stated) <= _SIZES[1]:
        return 72.0 / float(stated)
    return _LONG_SIDE / float(pixels)


def _opened(data: bytes, name: str) -> Any:
    from PIL import Image, UnidentifiedImageError

    try:
        return Image.open(io.BytesIO(data))
    except Image.DecompressionBombError as error:
        raise DocumentError("swollen_image", f"{name} has far too many pixels for a page: {error}", _AGAIN) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise DocumentError("broken_image", f"{name} is cut off or damaged: {error}", _AGAIN) from error
