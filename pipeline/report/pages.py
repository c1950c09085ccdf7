"""Page images of PDF files and scans, for the box that shows where a sentence stands on paper."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policy_commitments.pipeline.discover import Job
from policy_commitments.pipeline.identity import sha256
from policy_commitments.pipeline.report.tables import Row
from policy_commitments.schemas.problems import DocumentError

logger = logging.getLogger(__name__)
_PIXELS = 1100
_QUALITY = 60
_IMAGES = frozenset({"jpg", "png", "tif", "bmp", "webp", "gif", "image"})


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as `name` in the report's folder; width and height in the units of the rows' boxes."""

    page: int
    name: str
    width: float
    height: float


def source_files(document: Row, jobs: Mapping[str, Job]) -> list[bytes]:
    """The bytes that a document was read from (one entry per page image), if they are there and the same; else none."""
    from policy_commitments.pipeline.read import read_file
    from policy_commitments.pipeline.read.archive import read_member

    for path in (document["source_path"], *document["copies"]):
        job = jobs.get(path)
        if job is None:
            continue
        try:
            if job.member is None:
                data = [read_file(one) for one in (job.file, *job.pages)]
            else:
                data = [read_member(job.file, one) for one in (job.member, *job.pages)]
        except (DocumentError, OSError):
            continue
        if sha256(b"".join(data)) == document["source_sha256"]:
            return data
    return []


def has_pages(document: Row) -> bool:
    """Whether a document's format has pages that can be drawn."""
    return document["format"] == "pdf" or document["format"] in _IMAGES


def draw_pages(document: Row, data: Sequence[bytes], wanted: Sequence[int], folder: Path) -> list[PageImage]:
    """Write the wanted pages (from 1) as grey JPEG into `folder`; an unreadable file gives none."""
    folder.mkdir(parents=True, exist_ok=True)
    images = []
    try:
        for page, picture, width, height in _pictures(document, data, wanted):
            name = f"{document['doc_id']}-{page}.jpg"
            picture.save(folder / name, "JPEG", quality=_QUALITY, optimize=True)
            images.append(PageImage(page, name, width, height))
    except Exception as error:
        logger.warning("pages of %s are not drawn: %s; its boxes are left out of the report", document["source_path"], error)
    return images


def _pictures(document: Row, data: Sequence[bytes], wanted: Sequence[int]) -> Iterator[tuple[int, Any, float, float]]:
    if document["format"] == "pdf":
        yield from _pdf_pictures(data[0], wanted)
        return
    from PIL import ImageOps

    from policy_commitments.pipeline.read.ocr import points_per_pixel

    for number, frame in enumerate(_frames(data), start=1):
        if number in wanted:
            scale = points_per_pixel(frame)
            picture = ImageOps.exif_transpose(frame).convert("L")
            width, height = picture.size[0] * scale, picture.size[1] * scale
            picture.thumbnail((_PIXELS, _PIXELS * 2))
            yield number, picture, width, height


def _frames(data: Sequence[bytes]) -> Iterator[Any]:
    """Frames of all images, numbered as the reader numbers pages."""
    import io

    from PIL import Image, ImageSequence

    for one in data:
        with Image.open(io.BytesIO(one)) as file:
            yield from ImageSequence.Iterator(file)


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
