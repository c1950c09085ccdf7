"""The parts of a .docx: relations, XML trees and their names, whatever dialect (transitional, strict, WPS) wrote them."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from policy_commitments.schemas.problems import DocumentError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_VAL = W + "val"
_LARGEST_PART = 400 * 1024 * 1024
# strict OOXML (ISO 29500) names the same elements in other namespaces
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)
_REMEDY = "open the file in Word or WPS, let it be repaired and save it as .docx"

Element = etree._Element


@dataclass(slots=True)
class Package:
    """An opened .docx; `document` is the name of its main part."""

    archive: zipfile.ZipFile
    label: str
    document: str
    relations: list[tuple[str, str, str]] = field(default_factory=list)  # (type's last word, target part, relation id)

    def tree(self, part: str, pruned: Callable[[bytes], bytes] | None = None) -> Element | None:
        """The root of a part, None where the package has no such part. Raises DocumentError `broken_docx`.

        `pruned` takes away what of the part need not be parsed.
        """
        data = _read(self.archive, part, self.label)
        if data is None:
            return None
        return _parsed(data if pruned is None else pruned(data), part, self.label)

    def related(self, kind: str, pruned: Callable[[bytes], bytes] | None = None) -> Iterator[Element]:
        """Roots of the main part's relations of one kind (`styles`, `footer`), in the order of the package."""
        for found, target, _ in self.relations:
            if found == kind:
                root = self.tree(target, pruned)
                if root is not None:
                    yield root


def open_package(data: bytes, label: str) -> Package:
    """A .docx by its bytes; raises DocumentError `broken_docx` or `no_document_part`."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as error:
        raise DocumentError("broken_docx", f"{label} is cut off or damaged: {error}", _REMEDY) from error
    names = set(archive.namelist())
    document = _main_part(archive, label)
    if document is None or document not in names:
        raise DocumentError("no_document_part", f"{label} holds no Word document", _REMEDY)
    folder, base = posixpath.split(document)
    package = Package(archive, label, document)
    package.relations = list(_relations(archive, f"{folder}/_rels/{base}.rels".lstrip("/"), folder, label))
    return package


def child_value(element: Element | None, name: str) -> str | None:
    """The w:val of a child, e.g. of w:ilvl in w:numPr; None where either is missing."""
    return None if element is None else value_of(element.find(W + name))


def value_of(element: Element | None) -> str | None:
    """Its w:val, None where either is missing."""
    return None if element is None else element.get(_VAL)


def whole(text: str | None) -> int | None:
    """An attribute as an integer, None for what is none."""
    try:
        return None if text is None else int(text)
    except ValueError:
        return None


def switched_on(element: Element | None) -> bool:
    """Whether a toggle such as w:vanish is there and not off."""
    return element is not None and element.get(W + "val", "1") not in ("0", "false", "off")


def _main_part(archive: zipfile.ZipFile, label: str) -> str | None:
    for kind, target, _ in _relations(archive, "_rels/.rels", "", label):
        if kind == "officeDocument":
            return target
    return "word/document.xml" if "word/document.xml" in archive.namelist() else None


def _relations(archive: zipfile.ZipFile, part: str, folder: str, label: str) -> Iterator[tuple[str, str, str]]:
    data = _read(archive, part, label)
    if data is None:
        return
    for relation in _parsed(data, part, label).iter(_REL + "Relationship"):
        target = relation.get("Target", "")
        if relation.get("TargetMode") != "External" and target:
            place = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            yield relation.get("Type", "").rpartition("/")[2], place, relation.get("Id", "")


def _read(archive: zipfile.ZipFile, part: str, label: str) -> bytes | None:
    try:
        info = archive.getinfo(part)
        if info.file_size > _LARGEST_PART:
            raise DocumentError("swollen_zip", f"{label}: {part} unpacks to {info.file_size} bytes", _REMEDY)
        return archive.read(info)
    except KeyError:
        return None
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError) as error:
        raise DocumentError("broken_docx", f"{label}: {part} is damaged: {error}", _REMEDY) from error


def _parsed(data: bytes, part: str, label: str) -> Element:
    for strict, transitional in _STRICT:
        data = data.replace(strict, transitional)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DocumentError("broken_docx", f"{label}: {part} is no well-formed XML: {error}", _REMEDY) from error
    if b"<!ENTITY" in data:  # Word writes none: what they stand for is not fetched, and the text behind them stays
        etree.strip_elements(root, etree.Entity, with_tail=False)
    return root
