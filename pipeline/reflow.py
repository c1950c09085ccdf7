"""Reflow: page furniture and broken lines undone, e.g. `…县卫生健` + `— 7 —` + `康委` is `…县卫生健康委` again.

No character is lost: each one that is no blank stands in the clean text (`Clean.runs`) or is listed as furniture.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from policy_commitments.extractors.folding import blank_notes, fold, open_fields
from policy_commitments.pipeline.clean_text import CleanText
from policy_commitments.pipeline.contents import inline_contents
from policy_commitments.pipeline.furniture import furniture_lines
from policy_commitments.pipeline.joining import paragraphs_of
from policy_commitments.pipeline.line_places import placed
from policy_commitments.pipeline.printed_lines import PrintedLine, printed_lines, without
from policy_commitments.pipeline.table_cells import add_table
from policy_commitments.schemas.clean import Clean, Furniture
from policy_commitments.schemas.problems import Problem
from policy_commitments.schemas.source import Source

_FURNITURE = {
    "page_number": "page_number",
    "running_head": "running_head",
    "bookmark": "bookmark",
    "navigation": "navigation",
    "contents": "contents",
    "repeated_head": "repeated_head",
    "print_header": "print_header",
}
_KNOWS_PARAGRAPHS = frozenset({"docx", "doc", "html", "mht", "md"})


def reflow(source: Source) -> Clean:
    """Clean text of one document with its map, paragraphs, tables and furniture."""
    furniture = list(_read_furniture(source))
    lines = placed(source, printed_lines(source))
    dropped = list(furniture_lines(lines, source.wrapped))
    dropped.extend(inline_contents(lines))
    furniture.extend(piece for _, piece in dropped)
    kept = without(lines, dropped)
    groups = paragraphs_of(kept, source.wrapped, source.format in _KNOWS_PARAGRAPHS)
    clean = CleanText(source.text)
    _lay_out(source, clean, groups, furniture)
    furniture.extend(_left_out(source.text, clean, furniture))
    text = clean.text()
    return Clean(
        source=source,
        text=text,
        folded=open_fields(blank_notes(fold(text))),
        runs=tuple(clean.runs),
        paragraphs=tuple(clean.paragraphs),
        tables=tuple(clean.tables),
        furniture=tuple(sorted(furniture, key=lambda piece: piece.start)),
        problems=tuple(_problems(source, dropped)),
    )


def _problems(source: Source, dropped: Sequence[tuple[int, Furniture]]) -> Iterable[Problem]:
    copied = [piece for _, piece in dropped if piece.kind == "layout"]
    if copied:
        start, end = copied[0].start, copied[-1].end
        hint = "the file holds its text twice; the second copy is counted as layout"
        yield Problem("text_repeated", "info", "reflow", source.text[start : start + 80], hint, start, end)


def _read_furniture(source: Source) -> Iterable[Furniture]:
    for block in source.blocks:
        if block.kind == "furniture":
            yield Furniture(block.start, block.end, _FURNITURE.get(block.detail, "layout"))  # type: ignore[arg-type]


def _lay_out(source: Source, clean: CleanText, groups: Sequence[list[PrintedLine]], furniture: list[Furniture]) -> None:
    """Paragraphs and tables in text order."""
    k = 0
    for table in source.tables:
        while k < len(groups) and groups[k][0].start < table.start:
            clean.add_paragraph(groups[k])
            k += 1
        furniture.extend(add_table(source, table, clean))
    for group in groups[k:]:
        clean.add_paragraph(group)


def _left_out(text: str, clean: CleanText, furniture: Sequence[Furniture]) -> list[Furniture]:
    """Whatever no run and no furniture covers and is no blank; readers leave such marks between blocks and cells."""
    covered = sorted([(start, start + length) for _, start, length in clean.runs] + [(f.start, f.end) for f in furniture])
    found: list[Furniture] = []
    at = 0
    for start, end in [*covered, (len(text), len(text))]:
        if start > at:
            gap = text[at:start]
            bare = gap.strip()
            if bare.strip("\u200b\ufeff"):
                begin = at + gap.index(bare)
                found.append(Furniture(begin, begin + len(bare), "layout"))
        at = max(at, end)
    return found
