"""Bytes to text, e.g. a GB18030 file as Windows editors of county offices write it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from policy_commitments.schemas.problems import DocumentError, Problem

_WIDE = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# the 3,755 common Han of GB 2312 level 1: lead bytes B0-D7
_COMMON = frozenset(
    bytes((lead, trail)).decode("gb18030") for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF)
)
_COMMON_SHARE = 0.85  # real texts have 0.97 and more; Big5 or Shift-JIS read as GB18030 stays under 0.6
_SAMPLE = 20_000
_HAN = re.compile(r"[\u3400-\u9fff]")
_BROKEN_SHARE = 0.002  # a cut-off last character or a few damaged bytes; more is another encoding
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_CONTROL_SHARE = 0.02
_HINT = "open the file in an editor, choose the right encoding and save it as UTF-8"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with its line ends as found; `problems` tells of bytes that had to be replaced by U+FFFD."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def decode(data: bytes, name: str, declared: str | None = None) -> Decoded:
    """Text of a file without its byte order mark; `declared` is the encoding that the file itself states.

    Raises DocumentError `binary_file` or `undecodable_text`.
    """
    decoded = _decode(data, declared)
    if decoded is None:
        raise DocumentError("undecodable_text", f"{name} is in no encoding that could be recognised", _HINT)
    sample = decoded.text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > len(sample) * _CONTROL_SHARE:
        raise DocumentError(
            "binary_file",
            f"{name} holds control characters where text should stand",
            "check that the download is the document itself; save it as .docx, .pdf or .txt",
        )
    return decoded


def decode_lines(data: bytes, name: str) -> Decoded:
    """As `decode`, with CRLF and CR as LF: the canonical text of .txt and .md. Raises `empty_file` for blanks."""
    decoded = decode(data, name)
    text = decoded.text
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text or text.isspace():
        raise DocumentError("empty_file", f"{name} holds nothing but blanks", "fetch the file again: the download was empty")
    return Decoded(text, decoded.encoding, decoded.problems)


def _decode(data: bytes, declared: str | None) -> Decoded | None:
    for bom, encoding in _WIDE:
        if data.startswith(bom):
            return _tolerant(data, encoding)
    for encoding in _candidates(declared):
        text = _strict(data, encoding)
        if text is not None and (encoding != "gb18030" or _looks_chinese(text)):
            return Decoded(text, encoding)
    return _damaged(data) or _guessed(data)


def _candidates(declared: str | None) -> Iterator[str]:
    yield "utf-8-sig"
    if declared is not None and declared != "utf-8-sig":
        yield declared
    if declared != "gb18030":
        yield "gb18030"


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _looks_chinese(text: str) -> bool:
    han = _HAN.findall(text[:_SAMPLE])
    return not han or sum(map(_COMMON.__contains__, han)) >= len(han) * _COMMON_SHARE


def _tolerant(data: bytes, encoding: str) -> Decoded | None:
    """Decoded with U+FFFD for a few broken bytes, None where they are more than a few."""
    text = data.decode(encoding, "replace").removeprefix("\ufeff")
    broken = text.count("\ufffd")
    if broken == 0:
        return Decoded(text, encoding)
    if broken > max(len(text) * _BROKEN_SHARE, 1):
        return None
    problem = Problem("undecodable_bytes", "warning", "read", f"{broken} characters", _HINT)
    return Decoded(text, encoding, (problem,))


def _damaged(data: bytes) -> Decoded | None:
    """A UTF-8 or GB18030 text with few broken bytes, the reading with fewer replacements first."""
    readings = [_tolerant(data, encoding) for encoding in ("utf-8-sig", "gb18030")]
    usable = [one for one in readings if one is not None and _HAN.search(one.text) and _looks_chinese(one.text)]
    return min(usable, key=lambda one: one.text.count("\ufffd"), default=None)


def _guessed(data: bytes) -> Decoded | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[: _SAMPLE * 4]).best()
    if best is None:
        return None
    text = _strict(data, best.encoding)
    return None if text is None else Decoded(text.removeprefix("\ufeff"), best.encoding)
