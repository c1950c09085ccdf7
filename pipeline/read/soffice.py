"""Reads through LibreOffice what no reader here knows: .rtf, .odt, Word XML, and .doc of Word 6 or damaged ones.

LibreOffice exits with 0 also where it failed, so the output decides; two processes on one user profile wait for each
other, so each process has its own.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from policy_commitments.pipeline.read.docx import read_docx
from policy_commitments.schemas.problems import DocumentError, Problem
from policy_commitments.schemas.source import Source

_SECONDS = 180
_HEAD = 8192
_REMEDY = "open it in Word or WPS and save it as .docx"


def read_converted(data: bytes, name: str, path: str) -> Source:
    """The file as LibreOffice saves it in .docx; raises DocumentError where it is missing or fails."""
    program = _program()
    if program is None:
        raise DocumentError(
            "reader_missing", f"{name} can only be read through LibreOffice", "install LibreOffice, or save the file as .docx"
        )
    with TemporaryDirectory(prefix="commitments-") as folder:
        converted = _convert(program, data, Path(folder))
    if converted is None:
        raise DocumentError("conversion_failed", f"{name}: LibreOffice could not read it", _REMEDY)
    source = read_docx(converted, name, path)
    note = Problem("converted", "info", "read", "read through LibreOffice", "save the file as .docx to be independent of it")
    return replace(source, format=_kind(data), sha256=hashlib.sha256(data).hexdigest(), problems=(*source.problems, note))


def is_installed() -> bool:
    """Whether LibreOffice is on the path."""
    return _program() is not None


def _kind(data: bytes) -> str:
    return "rtf" if data.startswith(b"{\\rtf") else "odt" if data.startswith(b"PK") or b"<office:document" in data[:_HEAD] else "doc"


def _program() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


@cache
def _profile() -> TemporaryDirectory[str]:
    """The user profile of this process, removed when it ends."""
    return TemporaryDirectory(prefix="commitments-office-", ignore_cleanup_errors=True)


def _convert(program: str, data: bytes, folder: Path) -> bytes | None:
    given = folder / "given.doc"
    given.write_bytes(data)
    command = [
        program,
        f"-env:UserInstallation={Path(_profile().name).as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        "docx",
        "--outdir",
        str(folder),
        str(given),
    ]
    try:
        subprocess.run(command, check=False, capture_output=True, timeout=_SECONDS)
    except (subprocess.TimeoutExpired, OSError):
        return None
    made = folder / "given.docx"
    return made.read_bytes() if made.is_file() and made.stat().st_size > 0 else None
