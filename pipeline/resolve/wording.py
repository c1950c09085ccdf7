"""Indicator wording without what says nothing about the measure, e.g. `全县建成甲级乡镇卫生院的比例` -> `甲级乡镇卫生院比例`.

Taken away: the issuer's place, verbs, quotation marks and brackets, 的, spelling variants (及以上 / 以上, 占比 / 比重).
Populations, grades, ages and denominators always stay: 全人群 and 重点人群, 二级以上 and 三级 never meet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from policy_commitments.extractors.folding import fold
from policy_commitments.pipeline.resolve.measures import measure_entries
from policy_commitments.schemas.vocabulary import Entry, load_entries

_NOTE = re.compile(
    r"""
    （(?:含?下同 | [^（）]{0,12}见附件[^（）]* | 单位[：:][^（）]* | 以下简称[^（）]*      # （具体指标见附件）
      | (?:预期性|约束性)(?:指标)? | 现价 | 按?(?:当年|可比)价[^（）]*)）                         # （按可比价计算）
    """,
    re.VERBOSE,
)
_BELOW = re.compile(r"[，、]?下同(?=）)")
_MEASURE_BRACKET = re.compile(r"（([^（）]{1,10})）$")
_SCALED = re.compile(r"^[十百千万亿]{1,2}(?=.)")
_MARKS = re.compile(r"[\s，。、；：“”‘’\"'《》〈〉·,.（）〔〕\[\]【】*#]+")
_PLACE = re.compile(
    r"""
    ^(?: (?:全|我|本)(?:省|市|县|区|旗|州|镇|乡|域|自治区|盟)(?!域|性)                              # 全县
       | 全国(?=每|人均|居民|城镇|农村|人口|孕产妇|婴儿|[0-9]|森林|粮食|常住|户籍)                    # 全国居民
       | (?:县|市|区|省)域(?:内|范围内) | 辖区内? | 区域内 | 各(?:省|市|县|区|乡镇|地)(?=.{4}) )的?
    """,
    re.VERBOSE,
)
_VERB = re.compile(
    r"""
    ^(?:(?: 确保|实现|力争|争取|努力|使得?|全面|持续|进一步|逐步|推进|推动|完成|达到|建成|建设|建立|打造|培育|
            发展|设立|设置|配备|提高|提升|保持|累计|实施|开展|创建|形成|组建|引进|完善|巩固 )
       (?!率|量|指数|水平|项目|用地|工程|面积|区|标准|规模|中心|期|投资|资金|者|人|单位|机制|任务|速度|质量|或|以上|好于|优于|度))+
    """,
    re.VERBOSE,
)
_NEW = re.compile(r"^(?:新增|新建|净增|新改扩建|新改建|改扩建|新设|新培育|改造|续建)(?=.{2})(?!率)")
_YEARLY = re.compile(r"年均|年平均|年度|全年|年(?:产|销|处理|接待|出栏|吞吐)")  # 年均浓度 says 每年 itself
_SHARE_TAIL = re.compile(r"(?:率|比例)$")
_GROWTH_TAIL = re.compile(
    r"(?<!自然)(?:年均|年度|年|累计|同比|总)*(?:增长速度|增长率|增速|增幅|增长|降低率|下降率|降低|下降|降幅|递增|提升幅度)(?:比例)?$"
)
_VARIANTS = (
    (re.compile(r"及以(?=[上下内])"), "以"),  # 二级及以上 -> 二级以上
    (re.compile(r"综合性(?=医院)"), "综合"),  # 综合性医院
    (re.compile(r"(?:所)?占(?:比例|比重|百分比|比)$|(?:占比|比重|百分比)$"), "比例"),  # 占比, 所占比重
    (re.compile(r"周岁"), "岁"),  # 65周岁
    (re.compile(r"率率"), "率"),  # issuers' slip
    (re.compile(r"(?:预期性|约束性)?(?:指标|目标)(?:值)?$"), ""),  # …的预期性指标
    (re.compile(r"(?<![系指天倍基次参函])(?:总数|数量|个数|人数|数)$"), ""),  # 注册护士数
)
_OWNS = re.compile(r"^(?:口)?(?:拥有量?|配备|配套|配置|设置|约)(?=.)")


@dataclass(frozen=True, slots=True)
class Wording:
    """A normalised wording: `bare` without, `key` with its denominator; `grows` where 增速 or 降低 was taken away."""

    key: str
    bare: str
    per: str | None
    grows: bool


@lru_cache(maxsize=131_072)
def read_wording(indicator: str, per: str | None = None, places: tuple[str, ...] = ()) -> Wording:
    """Normalise one indicator; `places` are names of the issuer's own place (开江县), `per` its printed denominator."""
    printed = _MARKS.sub("", _without_notes(fold(indicator))).upper().replace("的", "")
    denominator, rest = _denominator(_without_lead(printed, places), per)
    if denominator == "年" and _YEARLY.search(rest):
        denominator = None
    bare = _without_lead(_OWNS.sub("", rest) if denominator is not None else rest, places)
    for pattern, instead in _VARIANTS:
        bare = pattern.sub(instead, bare) or bare
    grown = _GROWTH_TAIL.sub("", bare)
    grows = len(grown) >= 2 and grown != bare
    bare = grown if grows else bare
    key = f"每{denominator}{bare}" if denominator is not None else bare
    return Wording(key, bare, denominator, grows)


def _without_notes(text: str) -> str:
    text = _NOTE.sub("", _BELOW.sub("", text))
    bracket = _MEASURE_BRACKET.search(text)
    if bracket is not None and bracket.start() > 0:
        inside = bracket.group(1).split("/")[0]
        if inside in measure_entries() or _SCALED.sub("", inside) in measure_entries():
            return text[: bracket.start()]
    return text


def _without_lead(text: str, places: tuple[str, ...]) -> str:
    previous = None
    while previous != text:
        previous = text
        for place in places:
            text = text.removeprefix(place) or text
        text = _VERB.sub("", _PLACE.sub("", text)) or text
        if _SHARE_TAIL.search(text) is None:
            text = _NEW.sub("", text)
    return text


# --- denominators


def canonical_per(per: str | None) -> str | None:
    """The vocabulary's spelling of a printed denominator: 千常住人口 -> 千人口."""
    if per is None:
        return None
    plain = _MARKS.sub("", fold(per)) if "·" not in per else fold(per)
    return _denominators().get(plain, plain) or None


def _denominator(text: str, per: str | None) -> tuple[str | None, str]:
    """(denominator, rest) of `每千人口注册护士`; a denominator printed apart wins."""
    canonical = canonical_per(per)
    if text.startswith("每"):
        for length in range(min(len(text) - 1, _longest()), 0, -1):
            named = _denominators().get(text[1 : 1 + length])
            if named is not None and (canonical is None or named == canonical) and len(text) > 1 + length:
                return named, text[1 + length :]
        if canonical is not None and text.startswith(f"每{canonical}"):
            return canonical, text[1 + len(canonical) :]
    return canonical, text


def _denominators() -> dict[str, str]:
    return _with_longest()[0]


def _longest() -> int:
    return _with_longest()[1]


def _with_longest() -> tuple[dict[str, str], int]:
    """Words of the denominators and the length of the longest, built once per set of entries."""
    entries = load_entries("denominators", ("id", "words", "stays", "examples"))
    if not _built or _built[0][0] is not entries:
        words = {_MARKS.sub("", fold(str(word))): str(entry["id"]) for entry in entries for word in (*entry["words"], entry["id"])}
        _built[:] = [(entries, (words, max(map(len, words))))]
    return _built[0][1]


_built: list[tuple[tuple[Entry, ...], tuple[dict[str, str], int]]] = []
