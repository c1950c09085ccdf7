"""Values in table cells, e.g. `≥22`, `＜5.5`, `[15000]`, `80—85`, `10/10万以下`, `1:1.5`, `全覆盖`, `逐步下降`, `--`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policy_commitments.extractors.folding import fold
from policy_commitments.extractors.lexicon import comparators
from policy_commitments.extractors.numerals import Figure, scan_figures
from policy_commitments.pipeline.resolve.measures import unit_of
from policy_commitments.pipeline.resolve.numbers import NumeralError, read_number, read_part, read_ratio
from policy_commitments.schemas.mentions import Comparator

_EMPTY = re.compile(r"[-—–/／、\s.…*无]*|暂无|待定|另行下达|不适用|暂未.{0,6}")
_CUMULATIVE = re.compile(r"[\[［〔【].*[\]］〕】]|\*|\[|累计|五年")
_TREND = re.compile(
    r"逐[步年]|持续|稳步|下降|提高|提升|增长|上升|减少|降低|优于|高于|低于|不低于|达到|完成|基本|保持|稳定|明显|显著|不断|不变|进一步|建成|力争|全面|合格|达标|任务|水平|有所|大幅"
)
_YEAR_ONLY = re.compile(r"(?:19|20)[0-9]{2}年?(?:[0-9]{1,2}月)?(?:底|末|前)*")
_BARE = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class CellValue:
    """What a cell states.

    `value` is scaled (`scale` is the printed 万 / 亿); `unit` None where the cell prints none; `per` a printed
    denominator (`10万`); `text_target` a goal in words without number (逐步下降); `unread` neither empty nor understood.
    """

    comparator: Comparator
    value: float | None
    value_max: float | None
    unit: str | None
    scale: str
    cumulative: bool
    text_target: bool
    unread: bool
    per: str | None = None


def read_cell_value(text: str) -> CellValue:
    """The value of one printed cell; never raises."""
    folded = fold(text).strip()
    cumulative = _CUMULATIVE.search(folded) is not None
    bare = re.sub(r"[\[\]［］〔〕【】*]", " ", folded).strip()
    if not bare or _EMPTY.fullmatch(bare):
        return _nothing(cumulative, text_target=False, unread=False)
    figures = list(scan_figures(bare, 0, len(bare))) if not _YEAR_ONLY.fullmatch(bare) or len(bare) == 4 else []
    figure = figures[0] if figures else _plain(bare)
    if figure is None:
        words = _TREND.search(bare) is not None and not any(c.isdigit() for c in bare)
        return _nothing(cumulative, text_target=words, unread=not words)
    if len(figures) > 1:
        return _nothing(cumulative, text_target=False, unread=True)
    return _valued(bare, figure, cumulative)


def _plain(text: str) -> Figure | None:
    """A bare number that prose would take for a year: `2025` in a column of counts."""
    found = _BARE.search(text)
    if found is None or _BARE.search(text, found.end()) is not None:
        return None
    return Figure(found.start(), found.end(), found.end(), "number", found.group()) if found.group() == text else None


def _valued(text: str, figure: Figure, cumulative: bool) -> CellValue:
    try:
        value, upper, unit = _numbers(figure)
    except NumeralError:
        return _nothing(cumulative, text_target=False, unread=True)
    comparator = _comparator(text, figure)
    per = figure.divisor or None
    return CellValue(comparator, value, upper, unit, figure.scale, cumulative, False, False, per)


def _numbers(figure: Figure) -> tuple[float, float | None, str | None]:
    if figure.sort == "covered":
        return 100.0, None, "%"
    if figure.sort == "zero":
        return 0.0, None, None
    if figure.sort == "doubled":
        return (300.0 if "两" in figure.value_text else 100.0), None, "%"
    if figure.sort == "part":
        value, unit = read_part(figure.value_text)
        return value, None, unit
    if figure.sort == "ratio":
        ratio, shape = read_ratio(figure.value_text)
        return ratio, None, shape
    number = read_number(figure.value_text, figure.scale)
    upper = read_number(figure.value_max_text, figure.scale) if figure.value_max_text is not None else None
    return number, upper, unit_of(figure.measure)[0]


def _comparator(text: str, figure: Figure) -> Comparator:
    if figure.value_max_text is not None:
        return "between"
    gap = len(text[: figure.start].rstrip())
    word = comparators("before").before(text, gap, 0) or comparators("after").after(
        text, figure.end + len(text[figure.end :]) - len(text[figure.end :].lstrip()), len(text)
    )
    name = str(word.entry["comparator"]) if word is not None else "eq"
    known: dict[str, Comparator] = {"ge": "ge", "gt": "gt", "le": "le", "lt": "lt", "approx": "approx", "eq": "eq"}
    return known[name]


def _nothing(cumulative: bool, *, text_target: bool, unread: bool) -> CellValue:
    return CellValue("eq", None, None, None, "", cumulative, text_target, unread)
