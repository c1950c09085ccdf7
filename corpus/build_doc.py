"""Makes the .doc and .wps specimens from the .docx ones with LibreOffice: real Word 97-2003 files.

03 is saved under the suffix of WPS Writer, whose .wps files have the same format. LibreOffice cannot say in a .doc that
a level of numbers runs on through the levels above it, so that in 01 and 08 the numbers of the third level are printed text.
Usage: python corpus/build_doc.py [01 02 …] (needs `soffice` on the path)
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import build

FOLDER = Path(__file__).parent / "documents"
_SUFFIX = {"03": ".wps"}


def convert(path: Path, folder: Path) -> Path:
    """One .docx as LibreOffice saves it in .doc; raises RuntimeError where it saves nothing."""
    profile = (folder / "profile").as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "doc:MS Word 97", "--outdir", str(folder), str(path)],
        check=False,
        capture_output=True,
    )
    made = folder / f"{path.stem}.doc"
    if not made.is_file():
        raise RuntimeError(f"LibreOffice saved no {made.name}")
    return made


def specimen(text: Path, folder: Path) -> Path:
    """The .docx to convert: the specimen's own, or for 01 and 08 one with numbers of two levels only."""
    if text.name[:2] not in ("01", "08"):
        return text.with_suffix(".docx")
    copy = folder / text.name
    shutil.copy(text, copy)
    return build.build(copy, build.with_numbers(["first", "second"]))


def main(wanted: list[str]) -> None:
    """Write the specimens beside their .docx: those whose names begin with one of `wanted`, or all."""
    if shutil.which("soffice") is None:
        sys.exit("build_doc.py needs LibreOffice: soffice is not on the path")
    for text in sorted(FOLDER.glob("*.txt")):
        if wanted and not text.name.startswith(tuple(wanted)):
            continue
        with TemporaryDirectory() as name:
            made = convert(specimen(text, Path(name)), Path(name))
            target = text.with_suffix(_SUFFIX.get(text.name[:2], ".doc"))
            shutil.copy(made, target)
            print(target.name)


if __name__ == "__main__":
    main(sys.argv[1:])
