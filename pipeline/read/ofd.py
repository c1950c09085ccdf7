"""Reads .ofd, the fixed-layout format of GB/T 33190: lines as printed with page and box, tables from their rules."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from policy_commitments.pipeline.read.ocr import read_pages
from policy_commitments.pipeline.read.ofd_page import POINTS, Element, OfdContent, numbers, read_content
from policy_commitments.pipeline.read.pdf_grids import rulings
from policy_commitments.pipeline.read.pdf_order import page_lines
from policy_commitments.pipeline.read.pdf_pages import PageContent, add_tables
from policy_commitments.pipeline.read.pdf_text import source_of_pages
from policy_commitments.pipeline.read.placed_chars import placed_chars
from policy_commitments.schemas.problems import DocumentError
from policy_commitments.schemas.source import Source

_LARGEST_PART = 200 * 1024 * 1024
_A4 = (210.0, 297.0)
_AGAIN = "fetch the file again, or open it in an OFD viewer and save it as PDF"
_LOCKED = "open it in an OFD viewer with its password and save it as PDF"


class _BrokenPartError(Exception):
    """A part of the package that is missing, damaged or no XML."""


@dataclass(slots=True)
class _Body:
    """One document of the package: its pages' parts in order, its templates and image resources by id."""

    pages: list[str] = field(default_factory=list)
    templates: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    size: tuple[float, float] = _A4


def read_ofd(data: bytes, name: str, path: str) -> Source:
    """All documents of the package one after the other; raises DocumentError for locked, damaged and empty files."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            package = _Package(archive)
            pages, pictures = package.pages()
    except (_BrokenPartError, zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as error:
        raise DocumentError("broken_ofd", f"{name} is cut off or damaged: {error}", _AGAIN) from error
    except _LockedError as error:
        raise DocumentError("encrypted_ofd", f"{name} is an OFD document locked with a password", _LOCKED) from error
    if not any(page.has_text for page in pages):
        return _read_pictures(pictures, data, name, path)
    return source_of_pages(pages, data, name, path, "ofd")


def _read_pictures(pictures: list[tuple[str, bytes]], data: bytes, name: str, path: str) -> Source:
    if not pictures:
        raise DocumentError("no_text", f"{name} has blank pages only", _AGAIN)
    return read_pages(pictures, data, name, path, "ofd")


class _LockedError(Exception):
    """An encrypted package."""


@dataclass(slots=True)
class _Package:
    archive: zipfile.ZipFile

    def pages(self) -> tuple[list[PageContent], list[tuple[str, bytes]]]:
        """All pages, and the pictures on pages without text as (part, bytes)."""
        pages: list[PageContent] = []
        pictures: list[tuple[str, bytes]] = []
        for body in self._bodies():
            for part in body.pages:
                page, shown = self._page(body, part, len(pages) + 1)
                pages.append(page)
                if page.pictured and not page.has_text:
                    pictures.extend((one, self._bytes(one)) for one in shown)
        if not pages:
            raise _BrokenPartError("no page is listed")
        return pages, pictures

    def _bodies(self) -> Iterator[_Body]:
        root = self._tree("OFD.xml")
        if root.find(".//{*}Encryptions") is not None or "Encryptions.xml" in self.archive.namelist():
            raise _LockedError
        for place in root.iter("{*}DocRoot"):
            yield self._body(_part("", place.text))

    def _body(self, part: str) -> _Body:
        root, folder = self._tree(part), posixpath.dirname(part)
        body = _Body()
        body.size = _size(root.find(".//{*}PageArea")) or _A4
        body.pages = [_part(folder, page.get("BaseLoc")) for page in root.iter("{*}Page")]
        body.templates = {one.get("ID", ""): _part(folder, one.get("BaseLoc")) for one in root.iter("{*}TemplatePage")}
        for place in root.iter("{*}DocumentRes", "{*}PublicRes"):
            body.pictures.update(self._resources(_part(folder, place.text)))
        return body

    def _resources(self, part: str) -> Iterator[tuple[str, str]]:
        try:
            root = self._tree(part)
        except _BrokenPartError:
            return  # fonts and pictures only: text does not need them
        folder = _part(posixpath.dirname(part), root.get("BaseLoc"))
        for media in root.iter("{*}MultiMedia"):
            yield media.get("ID", ""), _part(folder, media.findtext("{*}MediaFile"))

    def _page(self, body: _Body, part: str, number: int) -> tuple[PageContent, list[str]]:
        content = OfdContent()
        try:
            root = self._tree(part)
            for template in root.iter("{*}Template"):
                if template.get("TemplateID", "") in body.templates:
                    read_content(self._tree(body.templates[template.get("TemplateID", "")]), content)
            read_content(root, content)
        except _BrokenPartError:
            return PageContent((0.0, 0.0), failed=True), []
        wide, high = _size(root.find(".//{*}Area")) or body.size
        page = PageContent((wide * POINTS, high * POINTS), pictured=bool(content.pictures) and not content.lines)
        chars = placed_chars(content.lines)
        add_tables(page, chars, rulings(content.rules), number)
        page.lines = page_lines(chars, [one.bbox for one in page.parts])
        return page, [body.pictures[one] for one in content.pictures if one in body.pictures]

    def _tree(self, part: str) -> Element:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=False)
        try:
            return etree.fromstring(self._bytes(part), parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise _BrokenPartError(f"{part} is no well-formed XML: {error}") from error

    def _bytes(self, part: str) -> bytes:
        try:
            info = self.archive.getinfo(part)
            if info.file_size > _LARGEST_PART:
                raise _BrokenPartError(f"{part} unpacks to {info.file_size} bytes")
            return self.archive.read(info)
        except KeyError as error:
            raise _BrokenPartError(f"{part} is missing") from error
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError) as error:
            raise _BrokenPartError(f"{part} is damaged: {error}") from error


def _part(folder: str, place: str | None) -> str:
    """A part by its address, which counts from the root where it begins with a slash and else from `folder`."""
    place = (place or "").strip()
    return posixpath.normpath(place.lstrip("/") if place.startswith("/") else posixpath.join(folder, place)) if place else folder


def _size(area: Element | None) -> tuple[float, float] | None:
    box = [] if area is None else numbers(area.findtext("{*}PhysicalBox"))
    return (box[2], box[3]) if len(box) == 4 and box[2] > 0 and box[3] > 0 else None
