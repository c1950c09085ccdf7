"""Page images of PDF files and scans, for the box that shows where a sentence stands on paper."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policy_commitments.pipeline.identity import sha256
from policy_commitments.pipeline.report.tables import Row

logger = logging.getLogger(__name__)
_PIXELS = 1100
_QUALITY = 60
_IMAGES = ("png", "jpg", "jpeg", "tif", "tiff", "bmp", "image", "scan")


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as `name` in the report's folder; width and height in the units of the rows' boxes."""

    page: int
    name: str
    width: float
    height: float


def source_bytes(document: Row, files: Mapping[str, tuple[str, str | None]]) -> bytes | None:
    """The bytes that a document was read from, if they are still there and still the same; else None."""
    from policy_commitments.pipeline.read import read_file
    from policy_commitments.pipeline.read.archive import read_member
    from policy_commitments.schemas.problems import DocumentError

    for path in (document["source_path"], *document["copies"]):
        file, member = files.get(path, (None, None))
        if file is None:
            continue
        try:
            data = read_file(file) if member is None else read_member(file, member)
        except (DocumentError, OSError):
            continue
        if sha256(data) == document["source_sha256"]:
            return data
    return None


def has_pages(document: Row) -> bool:
    """Whether a document's format has pages that can be drawn."""
    return document["format"] == "pdf" or document["format"] in _IMAGES


def draw_pages(document: Row, data: bytes, wanted: Sequence[int], folder: Path) -> list[PageImage]:
    """Write the wanted pages (from 1) as grey JPEG into `folder`; an unreadable file gives none."""
    folder.mkdir(parents=True, exist_ok=True)
    images = []
    try:
        for page, picture, width, height in _pictures(document, data, wanted):
            name = f"{document['doc_id']}-{page}.jpg"
            picture.save(folder / name, "JPEG", quality=_QUALITY, optimize=True)
            images.append(PageImage(page, name, width, height))
    except Exception:
        logger.exception("pages of %s", document["source_path"])
    return images


def _pictures(document: Row, data: bytes, wanted: Sequence[int]) -> Iterator[tuple[int, Any, float, float]]:
    if document["format"] == "pdf":
        yield from _pdf_pictures(data, wanted)
        return
    import io

    from PIL import Image, ImageSequence

    with Image.open(io.BytesIO(data)) as file:
        for number, frame in enumerate(ImageSequence.Iterator(file), start=1):
            if number in wanted:
                picture = frame.convert("L")
                width, height = picture.size
                picture.thumbnail((_PIXELS, _PIXELS * 2))
                yield number, picture, float(width), float(height)


def _pdf_pictures(data: bytes, wanted: Sequence[int]) -> Iterator[tuple[int, Any, float, float]]:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(data)
    try:
        for number in wanted:
            if 1 <= number <= len(pdf):
                page = pdf[number - 1]
                width, height = page.get_size()
                picture = page.render(scale=_PIXELS / width, grayscale=True).to_pil()
                yield number, picture, float(width), float(height)
                page.close()
    finally:
        pdf.close()
