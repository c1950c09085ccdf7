"""What this machine can read, and the command that adds the rest."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec


@dataclass(frozen=True, slots=True)
class _Need:
    formats: str
    module: str | None
    program: str | None
    remedy: str


_NEEDS = (
    _Need(".txt .md .html .zip", "selectolax", None, "pip install --upgrade policy-commitments"),
    _Need(".docx .doc .wps", "lxml", None, "pip install --upgrade policy-commitments"),
    _Need(".pdf (born digital), .ofd", "pypdfium2", None, "pip install --upgrade policy-commitments"),
    _Need("Word 6 and 95, .rtf", None, "soffice", "install LibreOffice (apt install libreoffice-writer)"),
    _Need("scans: .pdf .png .jpg .tif", "rapidocr", None, "pip install 'policy-commitments[ocr]'"),
    _Need("charts of the report", "altair", None, "pip install 'policy-commitments[report]'"),
    _Need("engine dask", "distributed", None, "pip install 'policy-commitments[cluster]'"),
)


def check() -> Iterator[str]:
    """One line per group of formats: `ok` or the remedy."""
    for need in _NEEDS:
        by_module = need.module is not None and find_spec(need.module) is not None
        by_program = need.program is not None and shutil.which(need.program) is not None
        yield f"{need.formats:30s} {'ok' if by_module or by_program else 'missing: ' + need.remedy}"
