"""Target cells to quantity mentions, e.g. `[15000]` in a row `城镇新增就业（人）` under `2025年目标`.

Number, scale and measure stay as printed; what the cell leaves out comes from the row: measure, denominator, baseline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from policy_commitments.extractors.each_phrase import find_each
from policy_commitments.extractors.numerals import Figure, scan_figures
from policy_commitments.extractors.table_heads import COMPARED
from policy_commitments.extractors.table_names import NO_BOUND
from policy_commitments.pipeline.resolve.cell_values import CellValue, read_cell_value
from policy_commitments.pipeline.resolve.numbers import NumeralError, read_ratio
from policy_commitments.schemas.mentions import QuantityMention, Span, Strength
from policy_commitments.schemas.table_mentions import CellPiece, TargetRow

_BARE = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
_CHANGE = re.compile(
    r"(提高|提升|增长|增加|上升|下降|降低|减少|压减|削减|缩减|缩小|压降)(?!到|至|为)(?:率|幅度|比例|数|量)?"
)
_NAMED_CHANGE = re.compile(r"(增长|提高|提升|增加|下降|降低|减少|压减|削减|增速|增幅|降幅|增长率|下降率|降低率|下降幅度|降低幅度)$")
_UP_DOWN = {"增速": "增长", "增幅": "增长", "增长率": "增长", "降幅": "下降", "下降率": "下降", "降低率": "降低", "下降幅度": "下降", "降低幅度": "降低"}
_ANNUAL = re.compile(r"年均|每年|年增长")
_RATES = ("%", "个百分点", "百分点", "")
_PERIODS = ("年", "个月", "月")
_LASTS = re.compile(r"年限|寿命|周期|时间|时长|期限|年数")
_STOP = re.compile(r"[，,；;、。\n]")
_PART_WORDS = re.compile(r"^[\s（(\[［〔]+|(?:累计|约|共|达到?|为|不低于|不少于|不超过|控制在|力争|新增|五年|[≥≤<>：:\[［\s])+$")
_AIM = re.compile(r"力争|争取|努力")
_OWN_NOUN = re.compile(r"\s*" + NO_BOUND + r"([一-鿿]{2,8}?(?:率|比例|占比|产值|产量|收入|面积|总量|人数)|产值|产量|收入|面积|总量|人数)")  # 整改率95%, 产值突破800亿元
_ADDED = re.compile(r"(?:新增|净增|新建)[^，；、。0-9]{0,12}$")  # 新增上云企业200家
_ADDS = re.compile(r"(?:年度)?(?:新增|净增|新建|新改扩建|新开工)")  # 新增托位（个）: what comes on top and no state


@dataclass(frozen=True, slots=True)
class CellTarget:
    """A mention and the part of the cell that it was read from (a date in that part is the figure's own)."""

    mention: QuantityMention
    part: Span


@dataclass(frozen=True, slots=True)
class CellReading:
    """What a target cell yields: quantities, or words that promise a state (`words`), or nothing that was understood."""

    targets: tuple[CellTarget, ...] = ()
    words: bool = False
    unread: bool = False


def read_target_cell(folded: str, row: TargetRow) -> CellReading:
    """The cell's quantities; a cell without figures is a goal in words."""
    cell = row.target
    text = folded[cell.start : cell.end]
    value = read_cell_value(text)
    if value.value is not None:
        return CellReading((_single(folded, row, value),))
    every = list(scan_figures(folded, cell.start, cell.end))
    figures = [one for one in every if not _is_period(one, row)]
    if len(figures) == 1 < len(every) and every[-1] is figures[0]:
        value = read_cell_value(folded[every[-2].end : cell.end])
        if value.value is not None:
            mention = _mention(folded, row, figures[0], value, row.name)
            return CellReading((CellTarget(mention, (cell.start, cell.end)),))
    if len(figures) > 1:
        return CellReading(tuple(_several(folded, row, figures)))
    if not any(character.isdigit() for character in text):
        return CellReading(words=value.text_target or value.unread)
    return CellReading(unread=value.unread or value.text_target)


def _is_period(figure: Figure, row: TargetRow) -> bool:
    """5年 of `5年累计10万人以上`, unless years are what is measured."""
    return figure.measure in _PERIODS and row.measure not in _PERIODS and _LASTS.search(row.name) is None


def _single(folded: str, row: TargetRow, value: CellValue) -> CellTarget:
    cell = row.target
    figure = next(scan_figures(folded, cell.start, cell.end), None) or _plain(folded, cell)
    noun = _OWN_NOUN.match(folded, cell.start, figure.start)
    name = row.name if noun is None or row.name.endswith(noun.group(1)) else f"{row.name}{noun.group(1)}"
    return CellTarget(_mention(folded, row, figure, value, name), (cell.start, cell.end))


def _plain(folded: str, cell: CellPiece) -> Figure:
    found = _BARE.search(folded, cell.start, cell.end)
    assert found is not None  # read_cell_value has read a number here
    return Figure(found.start(), found.end(), found.end(), "number", found.group())


def _several(folded: str, row: TargetRow, figures: list[Figure]) -> Iterator[CellTarget]:
    """`公办园12所，民办园8所`: each figure with the words before it."""
    at = row.target.start
    for figure in figures:
        marks = list(_STOP.finditer(folded, at, figure.start))
        begin = marks[-1].end() if marks else at
        stop = _STOP.search(folded, figure.end, row.target.end)
        end = stop.start() if stop is not None else row.target.end
        end = min(end, figures[figures.index(figure) + 1].start) if figure is not figures[-1] else end
        value = read_cell_value(folded[begin:end])
        if value.value is None:
            value = read_cell_value(folded[figure.start : figure.end])
        if value.value is not None:
            words = _PART_WORDS.sub("", _PART_WORDS.sub("", re.sub(r"\s+", "", folded[begin : figure.start])))
            words = words.strip("：:[［ ")
            name = f"{row.name}（{words}）" if words and _OWN_NOUN.fullmatch(words) is None else f"{row.name}{words}"
            yield CellTarget(_mention(folded, row, figure, value, name), (begin, end))
        at = figure.end


def _mention(folded: str, row: TargetRow, figure: Figure, value: CellValue, name: str) -> QuantityMention:
    scale, measure, divisor = _measured(figure, row.measure)
    text = folded[row.target.start : row.target.end]
    change = _CHANGE.search(text[: figure.start - row.target.start])
    named = _NAMED_CHANGE.search(name)
    changes = (row.form == "change" and measure in _RATES) or change is not None or (named is not None and measure in _RATES)
    summed = row.cumulative or value.cumulative
    compared = None if row.date is None else COMPARED.search(folded, *row.date)
    annual = compared is None and ((changes and _ANNUAL.search(name + text) is not None) or (row.form == "change" and not summed))
    modality, strength = _strength(folded, row, text)
    return QuantityMention(
        start=row.target.start,
        end=row.target.end,
        number=(figure.start, figure.number_end),
        value_text=figure.value_text,
        value_max_text=figure.value_max_text,
        scale=scale,
        measure=measure,
        per="年" if annual else divisor or _each(folded[row.target.start : figure.start], periods=True) or _each(name),
        comparator=value.comparator,
        comparator_text="",
        indicator=name,
        indicator_spans=tuple((piece.start, piece.end) for piece in row.indicator),
        verb=change.group(1) if change is not None else "",
        form="change" if changes and row.form != "money" else "level" if row.form == "change" else row.form,
        basis_text="年均" if annual else "累计" if summed else "新增" if not changes and row.form != "money" and (_ADDS.match(name) or _ADDED.search(folded, row.target.start, figure.start)) else "",
        direction_text=(compared["direction"] or "" if compared is not None else "") or (_direction(change, named, text) if changes else ""),
        baseline_text=_baseline(folded, row, measure),
        baseline_year_text=row.baseline_year or None,
        strength=strength,
        modality=modality,
        rule=f"table:{row.form}",
    )


def _measured(figure: Figure, unit: str) -> tuple[str, str, str | None]:
    """Scale, measure and denominator: the cell's own before those of the unit column."""
    if figure.sort != "number":
        return "", "", None
    printed = next(scan_figures(f"1{unit}", 0, len(unit) + 1), None) if unit else None
    if printed is None or figure.measure:
        return figure.scale, figure.measure or _unknown_measure(unit, printed), figure.divisor or None
    return figure.scale or printed.scale, printed.measure, figure.divisor or printed.divisor or None


def _unknown_measure(unit: str, printed: Figure | None) -> str:
    return unit if printed is None else ""


def _each(name: str, *, periods: bool = False) -> str | None:
    each = find_each(name, 0, len(name), periods=periods)
    return each.text if each is not None else None


def _direction(change: re.Match[str] | None, named: re.Match[str] | None, text: str) -> str:
    if change is not None:
        return change.group(1)
    if named is not None:
        return _UP_DOWN.get(named.group(1), named.group(1))
    return "下降" if text.strip().startswith(("-", "—")) else "增长"


def _strength(folded: str, row: TargetRow, text: str) -> tuple[str, Strength | None]:
    """约束性 and 预期性 of the row, 力争 in the cell; both classes in one cell decide nothing."""
    said = "" if row.attribute is None else folded[row.attribute.start : row.attribute.end].strip()
    binding, expected = "约束" in said, "预期" in said
    if binding != expected:
        return said, "binding" if binding else "expected"
    aim = _AIM.search(text)
    return (aim.group(), "aspirational") if aim is not None else ("", None)


def _baseline(folded: str, row: TargetRow, measure: str) -> str | None:
    """The present value with its scale, as `resolve_quantity` reads it; ratios by their figure."""
    if row.baseline is None:
        return None
    cell = row.baseline
    figures = list(scan_figures(folded, cell.start, cell.end))
    found = _BARE.search(folded, cell.start, cell.end)
    if len(figures) > 1 or (not figures and (found is None or found.end() - found.start() != cell.end - cell.start)):
        return None
    figure = figures[0] if figures else _plain(folded, cell)
    if figure.sort == "ratio":
        return _ratio(figure.value_text)
    if figure.sort == "covered":
        return "100%"
    scale, own, _ = _measured(figure, row.measure)
    return f"{figure.value_text}{scale}{own or measure}" if figure.sort == "number" else None


def _ratio(text: str) -> str | None:
    try:
        return f"{read_ratio(text)[0]:g}"
    except NumeralError:
        return None
