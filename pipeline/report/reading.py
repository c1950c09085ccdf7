"""The page of one document: text with its highlights pre-cut, outline beside it, page images with boxes.

Whatever comes from a document goes through `escaped`: it is text, never markup.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from string import Template

from policy_commitments.pipeline.place_label import document_label
from policy_commitments.pipeline.report.blocks import Block, find_blocks
from policy_commitments.pipeline.report.cutting import Cutter, Segment
from policy_commitments.pipeline.report.details import anchor
from policy_commitments.pipeline.report.highlights import HEADING, Highlights, boxes, title_span
from policy_commitments.pipeline.report.pages import PageImage
from policy_commitments.pipeline.report.parts import safe_json
from policy_commitments.pipeline.report.tables import Findings, Row

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_DEEPEST = 6


def escaped(text: object) -> str:
    """Text for HTML: markup characters as entities, control characters and lone surrogates as �."""
    return html.escape(_CONTROLS.sub("\ufffd", str(text)), quote=True)


def document_page(
    template: Template, document: Row, found: Findings, text: str, highlights: Highlights, extras: Mapping[str, object],
    pages: Sequence[PageImage],
) -> str:  # fmt: skip
    """The HTML of `doc/<doc_id>.html`; `extras` is what the page's script also needs (place, neighbours)."""
    data = {
        "doc": {name: document[name] for name in ("doc_id", "title", "adcode", "source_path", "text_sha256")},
        "records": highlights.records,
        **extras,
    }
    return template.substitute(
        title=escaped(document_label(document)),
        meta="".join(_meta(document, extras)),
        outline="".join(_outline(found.items, highlights)),
        text="".join(_text(text, found.items, highlights)),
        pages="".join(_pages(pages, found)),
        pages_hidden="" if pages else "hidden",
        data=safe_json(data),
    )


def _meta(document: Row, extras: Mapping[str, object]) -> Iterator[str]:
    shown = (
        ("doc_number", document["doc_number"]),
        ("issuer", document["issuer"]),
        ("issue_date", document["issue_date"]),
        ("place", extras["place"]),
        ("genre", document["genre"]),
        ("file", document["source_name"]),
    )
    for name, value in shown:
        if value:
            yield f'<div><dt data-i18n="meta.{name}"></dt><dd lang="zh-CN">{escaped(value)}</dd></div>'
    if document["duplicate_of"]:
        yield '<p class="note" data-i18n="read.duplicate"></p>'
    if extras["no_pages"]:
        yield '<p class="note" data-i18n="read.no_pages"></p>'


# --- outline


def _outline(items: Sequence[Row], highlights: Highlights) -> Iterator[str]:
    """A flat list whose indent shows the level; a badge counts the targets and milestones under each heading."""
    starts = sorted(mark.start for mark in highlights.marks if mark.layer in "tm")
    for item in items:
        if item["role"] == "front" or item["origin"] == "row":
            continue
        count = bisect_left(starts, item["end"]) - bisect_left(starts, item["start"])
        badge = f' <span class="badge">{count}</span>' if count else ""
        title = escaped(f"{item['label'] or ''}{item['title']}"[:80])
        task = " task" if item["is_task"] else ""
        yield f'<li class="lv{min(item["level"], 5)}{task}"><a href="#{anchor(item["item_id"])}">{title}</a>{badge}</li>'


# --- text


def _text(text: str, items: Sequence[Row], highlights: Highlights) -> Iterator[str]:
    cutter = Cutter(text, highlights.marks)
    blocks = find_blocks(text, items)
    cut: dict[int, list[list[Segment]]] = {}
    order = sorted((span, n) for n, block in enumerate(blocks) for span in block.stretches)
    for span, n in order:
        cut.setdefault(n, []).append(list(cutter.cut(*span)))
    starting = {item["start"]: item for item in items}
    numbered = enumerate(blocks)
    for is_row, group in groupby(numbered, key=lambda pair: pair[1].kind == "row"):
        if is_row:
            yield '<div class="table" tabindex="0" role="group" data-i18n-label="read.table"><table>'
            for n, block in group:
                yield _table_row(cut[n], _anchors(block, starting), highlights)
            yield "</table></div>"
        else:
            for n, block in group:
                yield _paragraph(text, block, [s for one in cut[n] for s in one], starting, highlights)


def _anchors(block: Block, starting: Mapping[int, Row]) -> str:
    """Anchors of the items that begin in a row, in whichever of its cells."""
    found = (starting.get(place) for place in range(block.start, block.stretches[-1][1]))
    return "".join(f'<i id="{anchor(item["item_id"])}"></i>' for item in found if item is not None)


def _paragraph(
    text: str, block: Block, segments: Sequence[Segment], starting: Mapping[int, Row], highlights: Highlights
) -> str:
    inner = "".join(_span(one.text, one, one.opening, highlights) for one in segments)
    item = starting.get(block.start)
    if block.kind == "furniture":
        return f'<p class="furniture">{inner}</p>'
    if item is None:
        return f"<p>{inner}</p>"
    level = min(item["level"] + 1, _DEEPEST)
    span = title_span(text, item)
    alone = span is not None and not text[span[1] : block.stretches[-1][1]].strip(" \u3000。：:")
    tag = f"h{level}" if alone else "p"
    return f'<{tag} id="{anchor(item["item_id"])}" class="head lv{min(item["level"], 5)}">{inner}</{tag}>'


def _table_row(stretches: Iterable[Sequence[Segment]], before: str, highlights: Highlights) -> str:
    """Cells at the tabs of a row; a highlight that runs over a tab goes on in the next cell."""
    cells = [before]
    for segments in stretches:
        for segment in segments:
            for n, text in enumerate(segment.text.split("\t")):
                if n:
                    cells.append("")
                opening = segment.opening if n == 0 else ()
                cells[-1] += _span(text, segment, opening, highlights)
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _span(text: str, segment: Segment, opening: Sequence[int], highlights: Highlights) -> str:
    records = [number for number in segment.records if number != HEADING]
    if not segment.layers or (not text and not opening):
        return escaped(text)
    if not records:
        return f'<b class="h">{escaped(text)}</b>'
    opened = [highlights.records[number] for number in opening]
    anchors = "".join(f'<i id="{record["anchor"]}"></i>' for record in opened if record["type"] != "task")
    layers = " ".join(segment.layers)
    stop = ' tabindex="0" role="button"' if opening else ""
    return f'{anchors}<mark class="{layers}" data-r="{" ".join(map(str, records))}"{stop}>{escaped(text)}</mark>'


# --- pages


def _pages(pages: Sequence[PageImage], found: Findings) -> Iterator[str]:
    for page in pages:
        rows = [one for one in boxes(found) if one[2]["page"] == page.page]
        yield (
            f'<figure id="page-{page.page}"><svg viewBox="0 0 {page.width:g} {page.height:g}" role="img" '
            f'data-i18n-label="read.page" data-page="{page.page}">'
            f'<image href="../pages/{page.name}" width="{page.width:g}" height="{page.height:g}"/>'
        )
        for layer, name, row in rows:
            left, top, right, bottom = row["bbox"]
            yield (
                f'<rect class="{layer}" data-a="{name}" x="{left:g}" y="{top:g}" '
                f'width="{max(right - left, 1):g}" height="{max(bottom - top, 1):g}"/>'
            )
        yield f'</svg><figcaption><span data-i18n="read.page_caption"></span> {page.page}</figcaption></figure>'
