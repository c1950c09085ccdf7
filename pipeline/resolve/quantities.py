"""Quantity mentions to the variables of the codebook, e.g. `0.3万人` -> value 3000, unit 人.

Every printed word survives beside its value: 左右, 以上 and 力争 are fields, never precision that was not there.
"""

from __future__ import annotations

import re

from policy_commitments.pipeline.resolve.cell_values import CellValue, read_cell_value
from policy_commitments.pipeline.resolve.confidence import confidence_of
from policy_commitments.pipeline.resolve.measures import unit_of
from policy_commitments.pipeline.resolve.numbers import NumeralError, read_number, read_part, read_ratio
from policy_commitments.schemas.frozen import frozen
from policy_commitments.schemas.mentions import Comparator, QuantityMention, Strength
from policy_commitments.schemas.vocabulary import load_entries

__all__ = ["CellValue", "Quantity", "read_cell_value", "resolve_quantity"]

_DOUBLED = {"翻番": 100.0, "翻一番": 100.0, "翻1番": 100.0, "翻倍": 100.0, "翻一倍": 100.0, "翻两番": 300.0, "翻2番": 300.0}
_PER_NAMES = {"千人": "千人口", "万人": "万人口", "十万人": "10万人口", "十万人口": "10万人口", "10万": "10万人口", "十万": "10万人口", "万": "万人口"}
_CAPACITY = ("能力", "规模", "产能")  # 新增污水处理能力2万吨/日
_PERIODS = frozenset(("年", "月", "季度", "周", "天", "日", "半年", "学期", "学年", "半月", "旬"))
_EQUIP = frozenset(("配备", "配置", "配", "配齐", "派驻", "选派", "派出", "明确", "落实", "办好", "聘请", "聘任"))
_CLASSIFIER = re.compile(r"^(?:个(?=[县市区镇乡村校园])|(?:个|名|位|所|家|座|处|支|条|辆|台|套|张|项|件|只|间|栋|场|班)(?=[^·].))")
_PAYMENT = re.compile(r"(?:给予|予以|一次性)?(?:奖励|奖补|补助|补贴|资助|贴息|返还|支持|扶持)(?:资金|政策)?$")  # 按支出的50%给予补贴
_SINGLE = re.compile(r"^1(?=[十百千万]|[名个户人])")  # 每1万人
_MONTHLY = re.compile(r"^(?:名|位|人)[^·]*·(月|年|天)$")
_FUTURE_NEW = re.compile(r"^(?:规划|计划)?(?:新|净增)")


@frozen
class Quantity:
    """A target's variables by codebook section 3; `value` is scaled to `unit`, percentages stay as printed."""

    value: float
    value_max: float | None
    value_text: str
    unit: str | None
    per: str | None
    kind: str
    direction: str | None
    basis: str | None
    comparator: Comparator
    baseline: float | None
    baseline_year: int | None
    dimension: str | None
    strength: Strength | None
    modality_text: str | None
    indicator: str
    confidence: float


def resolve_quantity(mention: QuantityMention, *, dated: bool = False) -> Quantity:
    """The codebook's variables of one mention, `dated` by its own or an inherited deadline.

    Raises NumeralError where its number cannot be read.
    """
    value, unit, dimension = _value(mention)
    upper = _upper(mention)
    kind = _kind(mention, value, unit, dated)
    return Quantity(
        value=value,
        value_max=upper,
        value_text=_value_text(mention),
        unit=unit,
        per=_per(mention, kind),
        kind=kind,
        direction=_direction(mention),
        basis=_basis(mention),
        comparator=mention.comparator,
        baseline=_baseline(mention),
        baseline_year=_baseline_year(mention.baseline_year_text),
        dimension=dimension,
        strength=mention.strength,
        modality_text=mention.modality or None,
        indicator=mention.indicator,
        confidence=confidence_of(mention),
    )


def _value(mention: QuantityMention) -> tuple[float, str | None, str | None]:
    text = mention.value_text
    if "覆盖" in text:
        return 100.0, "%", "ratio"
    if text.startswith("翻"):
        return _DOUBLED[text], "%", "ratio"
    if text.startswith("零"):
        return 0.0, None, None
    if text in ("一半", "半数"):
        return 50.0, "%", "ratio"
    if "分之" in text:
        return *read_part(text), "ratio"
    if "：" in text:
        ratio, shape = read_ratio(text)
        return ratio, shape, "proportion"
    unit, dimension = unit_of(mention.measure)
    value = read_number(text, mention.scale)
    if unit == "成":
        return value * 10, "%", dimension
    return value, unit, dimension


def _upper(mention: QuantityMention) -> float | None:
    if mention.value_max_text is None:
        return None
    upper = read_number(mention.value_max_text, mention.scale)
    return upper * 10 if mention.measure == "成" else upper


def _value_text(mention: QuantityMention) -> str:
    upper = f"—{mention.value_max_text}" if mention.value_max_text is not None else ""
    return f"{mention.value_text}{upper}{mention.scale}"


def _kind(mention: QuantityMention, value: float, unit: str | None, dated: bool) -> str:
    if mention.rule.startswith("count."):
        return _kind_of_count(mention, dated)
    if mention.form == "change":
        return "rate_of_change"
    if mention.rule == "quota.norm_paid":
        return "money"
    if mention.form == "quota" and unit == "%" and _PAYMENT.search(mention.indicator):
        return "money"
    if mention.form == "level" and mention.comparator_text.startswith(("不得", "不应", "不能")) and not dated:
        return "quota"
    if unit == "%" and value == 100 and mention.form in ("level", "coverage") and mention.comparator == "eq":
        return "coverage"
    if mention.form == "level" and re.search(r"(?:增速|增幅|(?<!自然)(?<!机械)增长率|降幅|增长)$", mention.indicator):
        return "rate_of_change"
    return mention.form


def _kind_of_count(mention: QuantityMention, dated: bool) -> str:
    """`到2025年，各县建1所` builds by a date; `每村配备1名`, `每年2次` and an undated `每县1所` are norms."""
    if mention.per is None:
        return "quota" if mention.verb in _EQUIP and mention.comparator == "ge" and not dated else "count"
    if mention.per in _PERIODS and mention.indicator.endswith(_CAPACITY):
        return "count"
    if mention.per in _PERIODS or mention.verb in _EQUIP:
        return "quota"
    return "count" if dated else "quota"


def _per(mention: QuantityMention, kind: str) -> str | None:
    if mention.per is None:
        return None
    monthly = _MONTHLY.match(mention.per)
    if monthly is not None:
        return f"人·{monthly.group(1)}"
    per = _CLASSIFIER.sub("", mention.per.strip().replace(" ", ""))
    per = _SINGLE.sub("", per)
    return _PER_NAMES.get(per, per) or None


def _direction(mention: QuantityMention) -> str | None:
    word = mention.direction_text
    if not word:
        return None
    for entry in load_entries("quantity_verbs", ("id", "form", "direction", "basis", "words", "examples")):
        if word in entry["words"]:
            return None if entry["direction"] == "none" else str(entry["direction"])
    return None


def _basis(mention: QuantityMention) -> str | None:
    word = mention.basis_text
    if word in ("累计", "共计", "合计"):
        return "cumulative"
    if word in ("年均", "年平均", "每年", "平均每年", "逐年"):
        return "annual"
    if _FUTURE_NEW.match(word):
        share = mention.measure == "%" and mention.form in ("money", "quota")  # 给予新增投资额5%的补助
        return None if share else "new"
    if word and mention.form != "coverage" and mention.measure not in ("%", "‰", "百分点", "个百分点"):
        return "stock"
    return None


def _baseline(mention: QuantityMention) -> float | None:
    if mention.baseline_text is None:
        return None
    printed = re.match(r"([0-9,]+(?:\.[0-9]+)?) ?([十百千万亿]*)", mention.baseline_text)
    if printed is None:
        return None
    scale = printed.group(2)
    if mention.baseline_text[printed.end(1) :].lstrip().startswith(mention.measure) and mention.measure:
        scale = ""
    try:
        return read_number(printed.group(1), scale)
    except NumeralError:
        return None


def _baseline_year(text: str | None) -> int | None:
    if text is None:
        return None
    year = re.search(r"(?:19|20)[0-9]{2}", text)
    if year is not None:
        return int(year.group())
    plans = {"一": 2010, "二": 2015, "三": 2020, "四": 2025, "五": 2030, "六": 2035}
    plan = re.search(r"十([一二三四五六])五", text)
    return plans[plan.group(1)] if plan is not None else None
