"""Makes the .html specimens, as saved from government sites, and the .md ones, as collections of texts keep them.

The sites differ in their container (TRS, UCAP, zoom, article-content, none that is known) and encoding (04, 09 GB18030);
each has a menu, breadcrumbs, a table of 索引号, a bar of tools, links to attachments and a foot. Tables have the merged
cells of the .txt. Usage: python corpus/build_web.py [01 02 …]
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from html import escape
from pathlib import Path

from build import paragraphs

FOLDER = Path(__file__).parent / "documents"
_HOST = "http://www.example.gov.cn"
_NUMBER = re.compile(r"(?:^|\s)([^\s，。（）《》]{2,8}〔\d{4}〕\d+号)$", re.M)
_DATE = re.compile(r"^(\d{4})年(\d{1,2})月(\d{1,2})日$", re.M)
_MENU = ("首页", "政务公开", "政务服务", "互动交流")
_MARKDOWN = ("01", "05", "07", "08", "10")


@dataclass(frozen=True, slots=True)
class Site:
    """How one site keeps its pages: the container of the text, the encoding, what makes a paragraph, links to files."""

    container: str
    encoding: str = "utf-8"
    paragraph: str = "<p style='text-indent:2em;'>{}</p>"
    attached: bool = True


_TRS = Site('<div class="view TRS_UEDITOR trs_paper_default">')
_UCAP = Site('<div class="pages_content" id="UCAP-CONTENT">', paragraph="<p><span style='font-family:仿宋'>　　{}</span></p>")
_ZOOM = Site('<div id="zoom">', "gb18030", "<p>&nbsp;&nbsp;&nbsp;&nbsp;{}</p>")
_PORTAL = Site('<div class="article-content">', paragraph="<div>{}</div>")
_UNKNOWN = Site('<div class="box_wzy">', paragraph="　　{}<br>", attached=False)
_SITES = {
    "01": _TRS, "02": _UCAP, "03": _PORTAL, "04": _ZOOM, "05": _PORTAL, "06": _UCAP, "07": _UNKNOWN, "08": _TRS, "09": _ZOOM, "10": _TRS,
}  # fmt: skip


def cells(rows: list[list[str]]) -> list[list[tuple[str, int]]]:
    """(text, rows that it spans) of each printed cell; leading empty cells continue the cell above."""
    printed: list[list[tuple[str, int]]] = []
    for r, row in enumerate(rows):
        shown: list[tuple[str, int]] = []
        leading = True
        for c, text in enumerate(row):
            leading = leading and not text
            if leading and r > 0:
                continue
            span = 1
            while r + span < len(rows) and not any(rows[r + span][: c + 1]):
                span += 1
            shown.append((text, span))
        printed.append(shown)
    return printed


def table(rows: list[list[str]]) -> str:
    """A table with borders as an editor writes it."""
    lines = []
    for row in cells(rows):
        inner = "".join(f"<td{f' rowspan={span}' if span > 1 else ''}><p>{escape(text)}</p></td>" for text, span in row)
        lines.append(f"<tr>{inner}</tr>")
    return f"<table border='1' cellspacing='0'><tbody>{''.join(lines)}</tbody></table>"


def fields(text: str, number: str) -> list[tuple[str, str]]:
    """索引号 and what else the site says about the document."""
    issuer = text.split("\n", 1)[0].split("关于")[0][:30]
    doc_number, date = _NUMBER.search(text[:300]), _DATE.search(text)
    found = [("索引号", f"0092024/2024-000{number}"), ("主题分类", "综合政务")]
    if issuer.endswith(("政府", "办公室", "局")):
        found.append(("发布机构", issuer))
    if date:
        found.append(("成文日期", "{}-{:0>2}-{:0>2}".format(*date.groups())))
    if doc_number:
        found.append(("发文字号", doc_number.group(1)))
    return found


def web_page(text: str, number: str, site: Site) -> bytes:
    """The whole page in the site's encoding."""
    lines = list(paragraphs(text))
    labels = "".join(f"<tr><td>{name}：</td><td>{value}</td></tr>" for name, value in fields(text, number))
    body = "\n".join(table(one) if isinstance(one, list) else site.paragraph.format(escape(one)) for one in lines)
    menu = "".join(f"<li><a href='/{k}/'>{name}</a></li>" for k, name in enumerate(_MENU))
    attachment = f'<p>附件：<a href="{_HOST}/files/{number}.docx">{escape(str(lines[0]))}.docx</a></p>'
    page = f"""<!DOCTYPE html>
<html><head><meta charset="{site.encoding}"><title>{escape(str(lines[0]))}_示例县人民政府</title>
<meta name="SiteName" content="示例县人民政府"></head><body>
<div class="header"><ul class="nav">{menu}</ul></div>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; 政策文件</div>
<table class="xxgk_head">{labels}</table>
<div class="zihao">【字体：大 中 小】 【打印】</div>
{site.container}
{body}
</div>
{attachment if site.attached else ""}
<div class="share">分享到：微信 微博</div>
<div class="footer">主办：示例县人民政府办公室　网站标识码：0000000000<script>var count = 1;</script></div>
</body></html>
"""
    return page.encode(site.encoding)


def markdown(text: str) -> str:
    """The text as collections of documents keep it: title, facts about the page, the text under a rule."""
    lines = list(paragraphs(text))
    date = _DATE.search(text)
    facts = [f"# {lines[0]}", "", f"**发布日期**: {'-'.join(date.groups()) if date else ''}", f"**原文链接**: [{_HOST}/art.html]({_HOST}/art.html)", "", "---", ""]
    for one in lines[1:]:
        facts += [_pipes(one) if isinstance(one, list) else f"  {one}", ""]
    return "\n".join(facts)


def _pipes(rows: list[list[str]]) -> str:
    shown = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([shown[0], "|" + " --- |" * len(rows[0]), *shown[1:]])


def main(wanted: list[str]) -> None:
    """Write the pages and texts beside their .txt: those whose names begin with one of `wanted`, or all."""
    for path in sorted(FOLDER.glob("*.txt")):
        number = path.name[:2]
        if wanted and number not in wanted:
            continue
        text = path.read_text(encoding="utf-8")
        if number in _SITES:
            path.with_suffix(".html").write_bytes(web_page(text, number, _SITES[number]))
        if number in _MARKDOWN:
            path.with_suffix(".md").write_text(markdown(text), encoding="utf-8", newline="\n")
        print(number)


if __name__ == "__main__":
    main(sys.argv[1:])
