"""Lines as printed, with what tells whether they go on: indent, width, blank line before, e.g. `　　一、总体要求`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from policy_commitments.schemas.clean import Furniture
from policy_commitments.schemas.frozen import frozen
from policy_commitments.schemas.source import Block, Source

_BLANKS = " \t\n\r\f\v\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\u3000\ufeff"
_LONG = 100  # characters; a line beyond is a paragraph or a whole document
_INDENTS = re.compile(
    r"""
    (?=[ \t\u00a0\u3000\u2003\u2002])
    (?: [ \t\u00a0]* (?: \u3000{2,} | [\u2003\u2002]{2,} ) [\s\u00a0]*   # …贯彻执行。　　（此件公开发布）　　为推动…
      | (?<=[。；：！]) [ \u00a0]{2,} )                                    # …贯彻执行。    一、总体要求
    """,
    re.X,
)
_OPEN = re.compile(r"《[^》]*$|（[^（）]*$|\([^()]*$|“[^”]*$|〔[^〕]*$|【[^】]*$")
_TAIL = 90  # characters before a line's end in which an open bracket counts
_LABEL_ONLY = re.compile(r"第?[一二三四五六七八九十百\d]{1,4}[编章节条]$")


@frozen
class PrintedLine:
    """One line of text at source[start:end], blanks at both ends cut off.

    `indent` counts columns (a wide character has two) before the text, `columns` its own width, `room` the columns free
    behind it up to the text's right edge (None where places are not known); `after_blank` is True where a blank line or
    a page end stands before it, `after_table` where a table does; `glued` where it stands on the line of the one before.
    """

    start: int
    end: int
    text: str
    block: int
    indent: int = 0
    columns: int = 0
    after_blank: bool = False
    glued: bool = False
    level: int | None = None
    align: str = ""
    detail: str = ""
    page: int | None = None
    room: float | None = None
    after_table: bool = False


def columns_of(text: str) -> int:
    """Width in half-width columns; three bytes of UTF-8 make two columns."""
    return len(text) + (len(text.encode("utf-8", "surrogatepass")) - len(text)) // 2


def has_open_bracket(text: str) -> bool:
    """`…印发《某县进一步完善`: a bracket or quotation mark is still open at the end."""
    return _OPEN.search(text[-_TAIL:]) is not None


def printed_lines(source: Source) -> list[PrintedLine]:
    """All lines of all text blocks in text order; a document on one line is cut at its paragraph indents."""
    lines: list[PrintedLine] = []
    before, below_table = 0, False
    for index, block in enumerate(source.blocks):
        if block.kind == "text":
            gap = source.text[before : block.start]
            first = len(lines)
            lines.extend(_lines_of(source.text, block, index, gap.count("\n") > 1 or "\f" in gap, before > 0 and "\n" not in gap))
            if below_table and len(lines) > first:
                lines[first] = replace(lines[first], after_table=True)
            below_table = False
        below_table = below_table or block.kind == "table"
        before = before if block.kind == "furniture" else block.end
    return lines


def _lines_of(text: str, block: Block, index: int, after_blank: bool, glued: bool) -> Iterator[PrintedLine]:
    at, indent_from = block.start, text.rfind("\n", 0, block.start) + 1
    for piece_start, piece_end in _pieces(text, block):
        piece = text[piece_start:piece_end]
        bare = piece.strip(_BLANKS)
        if not bare:
            continue
        start = piece_start + piece.index(bare[0])
        glued_here = glued and piece_start == block.start
        yield PrintedLine(
            start,
            start + len(bare),
            bare,
            index,
            0 if glued_here else columns_of(text[indent_from:start]) if start - indent_from < 80 else 0,
            columns_of(bare),
            after_blank and at == block.start,
            glued_here,
            block.level,
            block.align,
            block.detail,
            block.anchor.page,
        )
        at = indent_from = piece_end


def _pieces(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """Lines inside a block, and the paragraphs of a long one."""
    at = block.start
    while at <= block.end:
        end = text.find("\n", at, block.end)
        end = block.end if end < 0 else end
        if end - at > _LONG:
            yield from _cut_at_indents(text, at, end)
        else:
            yield at, end
        at = end + 1


def _cut_at_indents(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for match in _INDENTS.finditer(text, start, end):
        piece = text[at : match.start()].strip(_BLANKS)
        if len(piece) > 1 and not _LABEL_ONLY.match(piece):
            yield at, match.start()
            at = match.start()
    yield at, end


def without(lines: Sequence[PrintedLine], dropped: Sequence[tuple[int, Furniture]]) -> list[PrintedLine]:
    """Lines without their furniture: whole lines vanish, of others the rest stays (in two, where it stood inside)."""
    pieces: dict[int, list[Furniture]] = {}
    for k, piece in dropped:
        pieces.setdefault(k, []).append(piece)
    kept: list[PrintedLine] = []
    broken = False
    for k, line in enumerate(lines):
        rest = list(_rest(line, pieces[k])) if k in pieces else [line]
        if not rest:
            broken = True
            continue
        kept.extend(replace(one, after_blank=True) if broken else one for one in rest)
        broken = False
    return kept


def _rest(line: PrintedLine, pieces: Sequence[Furniture]) -> Iterator[PrintedLine]:
    at = line.start
    for start, end in [*sorted((one.start, one.end) for one in pieces), (line.end, line.end)]:
        raw = line.text[at - line.start : start - line.start]
        bare = raw.strip(_BLANKS)
        if bare:
            begin = at + raw.index(bare[0])
            yield replace(line, start=begin, end=begin + len(bare), text=bare, columns=columns_of(bare), glued=False)
        at = max(at, end)
