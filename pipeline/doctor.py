"""What this machine can read, and the command that adds the rest."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec


@dataclass(frozen=True, slots=True)
class _Need:
    formats: str
    modules: tuple[str, ...]
    program: str | None
    remedy: str


_NEEDS = (
    _Need(".txt .md .html .zip", ("selectolax",), None, "pip install --upgrade policy-commitments"),
    _Need(".docx .doc .wps", ("lxml",), None, "pip install --upgrade policy-commitments"),
    _Need(".pdf (born digital), .ofd", ("pypdfium2",), None, "pip install --upgrade policy-commitments"),
    _Need(".rtf .odt, Word 6, Word XML", (), "soffice", "install LibreOffice (apt install libreoffice-writer)"),
    _Need("scans: .pdf .png .jpg .tif .bmp", ("rapidocr", "onnxruntime", "cv2"), None, "pip install 'policy-commitments[ocr]'"),
    _Need("charts of the report", ("altair", "vl_convert"), None, "pip install 'policy-commitments[report]'"),
    _Need("component for spaCy", ("spacy",), None, "pip install 'policy-commitments[spacy]'"),
    _Need("export to PostgreSQL", ("psycopg",), None, "pip install 'policy-commitments[postgres]'"),
    _Need("engine dask", ("distributed",), None, "pip install 'policy-commitments[cluster]'"),
)


def check() -> Iterator[str]:
    """One line per group of formats: `ok` or the remedy."""
    for need in _NEEDS:
        by_module = bool(need.modules) and all(find_spec(one) is not None for one in need.modules)
        by_program = need.program is not None and shutil.which(need.program) is not None
        yield f"{need.formats:32s} {'ok' if by_module or by_program else 'missing: ' + need.remedy}"
