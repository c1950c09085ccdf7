"""Names of what a table's row measures, e.g. `每千人口医疗卫生机构床位数（县办公立医院）` for the 其中 row under its parent.

Where rows name hospitals, places or schools, the column's head and the caption say what is counted: 县人民医院 under
重点专科 | 省级 is `县人民医院省级重点专科`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from policy_commitments.extractors.headings import SIGN
from policy_commitments.extractors.table_heads import bare_head, bracket_measure, measure_of

NO_BOUND = r"(?!不|达|超|控|约|近|零|应|全|新|增|完|累|每|年|到|至|力|保|稳|提|降|压|下|逐|高|低)"
"""What a value's own noun (`整改率95%`) does not begin with: a bound or a verb."""
OF_WHICH = re.compile(r"^(?:其中|#|——|—|-)[：:]?")
_LABEL = re.compile(r"^(?:[0-9]{1,3}[.、．](?![0-9])|[（(][0-9一二三四五六七八九十]{1,3}[)）]|" + SIGN + r"|[一二三四五六七八九十]{1,3}、)")
_MARKS = re.compile(r"[*▲△★☆※]+|" + SIGN + r"$|\[注\]")
_PLAIN_HEAD = re.compile(r"(?:目标|目标值|规划目标|规划目标值|数量|数值|任务数|计划数|预期目标|指标值|规划值|预期值)*")
_SAID_OF = re.compile(r"(?:增速|增幅|增长率?|占比|比重|完成率|资金|项目|投资|个数|数量|收入|产值|面积|户数|人数)$")
PLACE_HEAD = re.compile(r"全[省市县区州旗镇乡]|[一-鿿]{2,6}(?:街道|(?<!城)[镇乡]|[县市区旗]|开发区|园区|高新区|经开区)")
"""A head that is a place: each figure below it is that place's."""
_HEAD_EDGE = re.compile(r"^(?:分年度|各年度|各年|年度)|(?:目标值|目标|规划)$")
_CAPTION_LABEL = re.compile(r"^(?:附?[件表]|专栏)[0-9一二三四五六七八九十]*[-—]?[0-9]*[：:.．]?|（[^（）]*）|[(][^()]*[)]|单位：.*$|面积：.*$")
_CAPTION_TAIL = re.compile(r"(?:年度|分年度|建设|创建)?(?:任务|目标|指标|计划|规划)*(?:分解|分配|安排|明细|一览|汇总|清单|统计)*(?:情况)?表?$")
_CAPTION_LEAD = re.compile(r"^各(?:区县|县区|县市区|市县|乡镇街道|乡镇|镇街|[镇乡村县区市](?![镇乡村县区市街])|医疗机构|部门|单位|学校|[^，。0-9]{2,5}?)(?=[^，。]{4})")
_CAPTION_YEAR = re.compile(r"^.{0,8}?(?:19|20)[0-9]{2}年?(?:[-—至](?:19|20)[0-9]{2}年)?度?")
_LONGEST_NOUN = 24


def bare_name(text: str) -> str:
    """A name without its number, marks and measure bracket: `（3）森林覆盖率（%）*` is 森林覆盖率."""
    text = _MARKS.sub("", "".join(text.split()))
    text = _LABEL.sub("", text)
    tail = re.search(r"[（(\[]([^（()）\[\]]*)[)）\]]$", text)
    if tail is not None and (measure_of(tail.group(1)) or "单位" in tail.group(1)):
        text = text[: tail.start()]
    head, _, measure = text.rpartition("/")
    return head if head and measure_of(measure) else text.strip("：:；;，,")


def joined_name(printed: Sequence[str]) -> str:
    """The pieces of a row's name, the parent first; an 其中 piece stands in brackets."""
    names = [bare_name(text) for text in printed]
    whole = names[0]
    for part in names[1:]:
        inner = OF_WHICH.sub("", part, count=1)
        whole = f"{whole}（{inner}）" if OF_WHICH.match(printed[-1]) else f"{whole}{inner}"
    return OF_WHICH.sub("", whole, count=1)


def counted_name(row: str, heads: Sequence[str], caption: str) -> str:
    """The row's name with its column's heads (lowest first) and, where they do not say it, the caption's noun."""
    head = _HEAD_EDGE.sub("", _of_heads([bare_head(text) for text in heads]))
    noun = "" if any(bracket_measure(text) for text in heads) else caption_noun(caption)
    if not head or _PLAIN_HEAD.fullmatch(head) or noun.endswith(head):
        return f"{row}{noun}"
    if noun and (head in noun or not _share(head, noun)):
        return f"{row}{noun}（{head}）"
    return f"{row}{head}"


def _of_heads(heads: Sequence[str]) -> str:
    """省级 under 重点专科 is 省级重点专科; 目标 under 工业增加值 is that, and 到位资金 under 招商引资 what is said of it."""
    if len(heads) == 2 and heads[0] and _PLAIN_HEAD.fullmatch(heads[1]):
        return heads[0]
    if len(heads) == 2 and _SAID_OF.search(heads[1]):
        return "".join(heads)
    return "".join(reversed(heads))


def caption_noun(caption: str) -> str:
    """`附件1 新建花卉苗木繁育基地任务分解表` is 新建花卉苗木繁育基地, "" for a caption that names nothing."""
    lines = [line for line in caption.split("\n") if line.strip() and not line.strip().startswith(("单位", "（单位"))]
    text = re.sub(r"\s+", "", _CAPTION_LABEL.sub("", lines[-1].strip())) if lines else ""
    text = _CAPTION_LEAD.sub("", _CAPTION_YEAR.sub("", _CAPTION_TAIL.sub("", text, count=1), count=1), count=1)
    text = _CAPTION_YEAR.sub("", text, count=1)
    return text if 2 <= len(text) <= _LONGEST_NOUN and not re.search(r"[，。；]", text) else ""


def _share(one: str, other: str) -> bool:
    return any(one[k : k + 2] in other for k in range(len(one) - 1))
