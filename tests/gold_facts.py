"""Gold of documents that are not ours: facts and offsets with the file's hash, without its sentences.

`pack` replaces every passage of a gold file by its place in the document: `{"at": [[start, end], …]}` over the characters
of the canonical text that are no white space. `unpack` puts the passages back where the document is at hand.

    python -m tests.gold_facts pack GOLD.json DOCUMENT OUT.json
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from policy_commitments.pipeline.read import read_bytes

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
FOLDER = Path(__file__).parent / "gold" / "real"
_PASSAGES = {"quote", "indicator", "what", "title", "path", "quote_start", "why"}
_LEFT_OUT = {"excluded", "note", "notes"}
_SHORTEST = 2


def bare(text: str) -> str:
    """Text without white space."""
    return "".join(text.split())


def pack(gold: dict[str, Any], data: bytes) -> dict[str, Any]:
    """Gold with passages as places; `doc` and agencies are facts and stay as they are."""
    text = bare(read_bytes(data, gold["source_name"]).text)
    packed = {"sha256": hashlib.sha256(data).hexdigest(), "text_sha256": hashlib.sha256(text.encode()).hexdigest()}
    for key, value in gold.items():
        if key not in _LEFT_OUT:
            packed[key] = value if key in ("source_name", "doc") else _packed(value, text, key, 0)
    return packed


def _packed(value: Any, text: str, key: str, near: int) -> Any:
    if isinstance(value, dict):
        anchor = value.get("quote") or value.get("quote_start") or ""
        at = max(text.find(bare(anchor)), 0)
        return {k: _packed(v, text, k, at) for k, v in value.items() if k not in ("start", "end", *_LEFT_OUT)}
    if isinstance(value, list):
        return [_packed(one, text, key, near) for one in value]
    if isinstance(value, str) and key in _PASSAGES:
        return {"at": _places(bare(value), text, near)}
    return value


def _places(passage: str, text: str, near: int) -> list[list[int] | str]:
    """Longest pieces of the passage that stand in the text, nearest first; single marks that do not stay as they are."""
    places: list[list[int] | str] = []
    at = 0
    while at < len(passage):
        length = len(passage) - at
        found = -1
        while length >= 1:
            piece = passage[at : at + length]
            found = _nearest(piece, text, near)
            if found >= 0:
                break
            length -= 1
        if found < 0:
            places.append(passage[at])
            at += 1
        else:
            places.append([found, found + length])
            at += length
    return places


def _nearest(piece: str, text: str, near: int) -> int:
    after = text.find(piece, max(near - 200, 0))
    return after if after >= 0 else text.find(piece)


def unpack(packed: dict[str, Any], data: bytes) -> dict[str, Any]:
    """The gold as the scorer takes it; raises ValueError where the document is another one."""
    if hashlib.sha256(data).hexdigest() != packed["sha256"]:
        raise ValueError(f"{packed['source_name']}: another file than the gold was made for")
    text = bare(read_bytes(data, packed["source_name"]).text)
    if hashlib.sha256(text.encode()).hexdigest() != packed["text_sha256"]:
        raise ValueError(f"{packed['source_name']}: the reader gives another text than the gold was made for")
    return {key: _unpacked(value, text) for key, value in packed.items() if key not in ("sha256", "text_sha256")}


def _unpacked(value: Any, text: str) -> Any:
    if isinstance(value, dict):
        if set(value) == {"at"}:
            return "".join(one if isinstance(one, str) else text[one[0] : one[1]] for one in value["at"])
        return {k: _unpacked(v, text) for k, v in value.items()}
    if isinstance(value, list):
        return [_unpacked(one, text) for one in value]
    return value


def document_of(name: str) -> Path | None:
    """The real document of that name, None where it is not at hand."""
    return next((path for path in (SHARED / "real" / name, SHARED / "seeds" / name) if path.exists()), None)


def unpacked(folder: Path) -> list[Path]:
    """All gold of FOLDER whose documents are at hand, written to `folder` as plain gold files."""
    written: list[Path] = []
    for path in sorted(FOLDER.glob("*.json")):
        packed = json.loads(path.read_text(encoding="utf-8"))
        document = document_of(packed["source_name"])
        if document is not None:
            gold = unpack(packed, document.read_bytes())
            out = folder / path.name
            out.write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
            written.append(out)
    return written


def main() -> None:
    """Entry point."""
    _, verb, gold, document, out = sys.argv
    if verb != "pack":
        raise SystemExit(__doc__)
    packed = pack(json.loads(Path(gold).read_text(encoding="utf-8")), Path(document).read_bytes())
    Path(out).write_text(json.dumps(packed, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
