"""Mentions: what stands there, verbatim, with its span in the clean text. Nothing here is converted."""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from policy_commitments.schemas.frozen import frozen

Comparator = Literal["ge", "gt", "le", "lt", "approx", "between", "eq"]
Strength = Literal["binding", "expected", "aspirational"]
AgencyRole = Literal["lead", "support", "responsible"]
Span = tuple[int, int]


@frozen
class DeadlineMention:
    """A date or period, e.g. `到2025年`, `2019年6月底前`, `“十四五”期间`, `每年4月底前`, `三年内`.

    `form` names the pattern, `parts` its printed groups (`year`, `month`, `day`, `edge` …), all still text.
    `governs` is False for dates that promise nothing by themselves (自2017年起, 截至2020年底, the date of a document).
    """

    form: str
    text: str
    start: int
    end: int
    parts: dict[str, str] = field(default_factory=dict)
    governs: bool = True


@frozen
class QuantityMention:
    """A number with its measure and the words around it that say how it is meant.

    start, end      the clause that holds indicator, comparator, number and measure: the quote
    number          span of the printed number (range and scale word included: `3万—10万`)
    value_text      that number as printed; `value_max_text` the upper end of a range
    scale           printed 十 / 百 / 千 / 万 / 亿 after the digits, "" if none (applies to both ends of a range)
    measure         printed measure word after the scale (`人`, `%`, `个百分点`), "" if none
    per             printed denominator after 每 or a slash (`千人口`, `行政村`), None if none
    comparator      by its words; `comparator_text` as printed ("" for eq without a word)
    indicator       noun phrase that is measured, composed of the printed pieces at `indicator_spans`
    verb            printed verb that binds it (`达到`, `建成`, `下降`), "" if none
    form            the frame that matched: level | count | quota | money | coverage | change
    basis_text      printed 累计 / 新增 / 年均 … or ""
    direction_text  printed 提高 / 下降 / 保持 … or ""
    baseline_text   printed present value (`由76.42岁提高到`), None if none; `baseline_year_text` likewise
    modality        printed words behind the strength ("" if none), `strength` their class
    rule            id of the rule that matched, for confidence and the loss report
    ambiguity       how many doubtful decisions the rule takes (0 = none)
    doubts          ids of what is doubtful about this one mention (`rule_reliability.yml`)
    """

    start: int
    end: int
    number: Span
    value_text: str
    value_max_text: str | None
    scale: str
    measure: str
    per: str | None
    comparator: Comparator
    comparator_text: str
    indicator: str
    indicator_spans: tuple[Span, ...]
    verb: str
    form: str
    basis_text: str
    direction_text: str
    baseline_text: str | None
    baseline_year_text: str | None
    strength: Strength | None
    modality: str
    rule: str
    ambiguity: int = 0
    doubts: tuple[str, ...] = ()


@frozen
class MilestoneMention:
    """A dated promise without a quantity; `what` is the clause without its date."""

    start: int
    end: int
    what: str
    deadline: DeadlineMention
    strength: Strength | None
    modality: str
    rule: str


@frozen
class AgencyMention:
    """One agency in one role, as named in one bracket, line or cell; start..end is the agency's name."""

    agency: str
    role: AgencyRole
    start: int
    end: int
    rule: str
    group: int = 0


@frozen
class FieldMention:
    """A piece of document metadata: `name` is the column of `documents`, `text` the printed value."""

    name: str
    text: str
    start: int
    end: int
    rule: str
