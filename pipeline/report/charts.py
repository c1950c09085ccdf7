"""Charts for papers: PNG and SVG of the timeline, the heat map and the dot plots of shared indicators (extra `report`)."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from policy_commitments.pipeline.report.deadlines import deadlines, timeline
from policy_commitments.pipeline.report.heat import ROLES, heat_map
from policy_commitments.pipeline.report.matrix import Matrix, MatrixRow, Value
from policy_commitments.pipeline.report.places import Places
from policy_commitments.pipeline.report.superiors import superiors
from policy_commitments.pipeline.report.tables import ReportError, Tables
from policy_commitments.pipeline.report.values import measure, shown

_FONT = "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
_TARGET, _MILESTONE, _SUPERIOR = "#a65a00", "#5246b5", "#0b5a7a"
_PLOTS, _FUNCTIONS, _PLACES, _NAME = 30, 25, 25, 14
_DARK = 0.6  # of the largest count: from there on figures are white
_ROLE_NAMES = {"lead": "牵头 lead", "responsible": "负责 responsible", "support": "配合 support"}


def can_draw() -> bool:
    """Whether altair and vl-convert are installed."""
    return all(name in sys.modules or find_spec(name) is not None for name in ("altair", "vl_convert"))


def write_charts(folder: Path, tables: Tables, places: Places, matrix: Matrix) -> list[tuple[str, str]]:
    """Write `<name>.svg` and `<name>.png`; returns (name, title) of each, the title empty where the name says it.

    Raises ReportError where altair or vl-convert is not installed.
    """
    try:
        import altair  # noqa: F401
        import vl_convert
    except ImportError as error:
        raise ReportError("charts need altair and vl-convert: pip install 'policy-commitments[report]'") from error
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, title, chart in _charts(tables, places, matrix):
        spec = chart.configure(font=_FONT, background="white").configure_view(stroke=None).to_dict()
        svg, png = folder / f"{name}.svg", folder / f"{name}.png"
        svg.write_text(vl_convert.vegalite_to_svg(spec), encoding="utf-8", newline="\n")
        png.write_bytes(vl_convert.vegalite_to_png(spec, scale=3))
        written.append((name, title))
    return written


def _charts(tables: Tables, places: Places, matrix: Matrix) -> Iterator[tuple[str, str, Any]]:
    counts = timeline(deadlines(tables, places))
    if counts:
        yield "deadlines", "", _timeline(counts)
    cells = _heat_rows(tables, places)
    if cells:
        yield "agencies", "", _heat(cells)
    above = superiors(tables, places)
    for number, row in enumerate(matrix.rows[:_PLOTS], start=1):
        points = list(_points(row, places, above))
        if len({point["place"] for point in points}) > 1:
            yield f"indicator-{number:02d}", row.name, _dots(row, points)


def _arrowheads(chart: Any, sign: int, x: Any) -> Any:
    """Heads of the arrows that point to higher (1) or lower (-1) targets, just before the dot."""
    shape, test = ("triangle-right", ">") if sign > 0 else ("triangle-left", "<")
    wanted = chart.transform_filter(f"datum.value {test} datum.baseline")
    return wanted.mark_point(color=_TARGET, filled=True, shape=shape, size=70, xOffset=-9 * sign, opacity=1).encode(x=x)


def _data(rows: list[dict[str, Any]]) -> Any:
    import altair as alt

    return alt.InlineData(values=rows)


def _timeline(counts: Sequence[Sequence[Any]]) -> Any:
    import altair as alt

    kinds = ("指标 targets", "节点 milestones")
    rows = [{"quarter": _first_day(quarter), "kind": kinds[kind], "count": count} for _, quarter, kind, count in counts]
    colours = alt.Scale(domain=kinds, range=[_TARGET, _MILESTONE])
    return (
        alt.Chart(_data(rows))
        .mark_bar(width=8)
        .encode(
            x=alt.X("yearquarter(quarter):T", title=None, axis=alt.Axis(format="%Y", tickCount="year", grid=False)),
            y=alt.Y("sum(count):Q", title="到期承诺数 promises due"),
            color=alt.Color("kind:N", scale=colours, legend=alt.Legend(title=None, orient="top")),
        )
        .properties(width=720, height=220)
    )


def _first_day(quarter: str) -> str:
    """2025-10-01T00:00:00 (local time to the chart) for 2025Q4."""
    return f"{quarter[:4]}-{int(quarter[5]) * 3 - 2:02d}-01T00:00:00"


def _heat_rows(tables: Tables, places: Places) -> list[dict[str, Any]]:
    heat = heat_map(tables, places)
    names = {n: f"{zh} {en}" if en != zh else zh for n, (zh, en, _, _) in enumerate(heat.functions[:_FUNCTIONS]) if zh}
    totals: dict[int, int] = {}
    for function, place, *numbers in heat.cells:
        if function in names:
            totals[place] = totals.get(place, 0) + sum(numbers)
    shown_places = sorted(totals, key=lambda place: (-totals[place], place))[:_PLACES]
    return [
        {"function": names[function], "place": places.all[place].name[:_NAME], "order": function, "at": place, "role": _ROLE_NAMES[role], "count": number}
        for function, place, *numbers in heat.cells
        if function in names and place in shown_places
        for role, number in zip(ROLES, numbers, strict=True)
        if number
    ]


def _heat(rows: list[dict[str, Any]]) -> Any:
    import altair as alt

    base = alt.Chart().encode(
        x=alt.X("place:N", title=None, sort=alt.EncodingSortField("at", op="min"), axis=alt.Axis(labelAngle=-45, orient="top")),
        y=alt.Y("function:N", title=None, sort=alt.EncodingSortField("order", op="min"), axis=alt.Axis(labelLimit=320)),
    )
    boxes = base.mark_rect().encode(color=alt.Color("count:Q", title="任务数 tasks", scale=alt.Scale(scheme="tealblues")))
    dark = max(row["count"] for row in rows) * _DARK
    ink = alt.condition(f"datum.count > {dark:g}", alt.value("white"), alt.value("#1d2129"))
    texts = base.mark_text(fontSize=10).encode(text="count:Q", color=ink)
    heads = alt.Column("role:N", title=None, sort=list(_ROLE_NAMES.values()), header=alt.Header(labelFontSize=12, labelFontWeight="bold"))
    return (boxes + texts).properties(width=alt.Step(34), height=alt.Step(20)).facet(column=heads, data=_data(rows))


def _points(row: MatrixRow, places: Places, above: Sequence[Sequence[int]]) -> Iterator[dict[str, Any]]:
    """Values in the row's measure; a value is a superior's where a place below it states the indicator too."""
    usable = [value for value in row.values if value.target["value"] is not None and measure(value.target) == row.unit]
    upper = {n for value in usable for n in above[value.place]}
    for value in usable:
        yield _point(value, places.all[value.place].name, value.place in upper)


def _point(value: Value, place: str, superior: bool) -> dict[str, Any]:
    target = value.target
    return {
        "place": place,
        "value": target["value"],
        "baseline": target["baseline"],
        "shown": shown(target),
        "superior": superior,
        "role": "上级 superior" if superior else "地区 jurisdictions",
    }


def _dots(row: MatrixRow, points: list[dict[str, Any]]) -> Any:
    """Baseline to target as a line that ends in a dot; the superior's value as a rule across all lines."""
    import altair as alt

    lower = [point for point in points if not point["superior"]] or points
    upper = [point for point in points if point["superior"]] if lower is not points else []
    x = alt.X("value:Q", title=row.unit or None, scale=alt.Scale(zero=False, padding=10))
    order = list(dict.fromkeys(point["place"] for point in sorted(lower, key=lambda point: -point["value"])))
    y = alt.Y("place:N", title=None, sort=order)
    base = alt.Chart(_data(lower)).encode(y=y)
    started = base.transform_filter("datum.baseline !== null")
    layers = [
        started.mark_rule(color=_TARGET, strokeWidth=2).encode(x=x, x2="baseline:Q"),
        started.mark_point(color=_TARGET, filled=True, fill="white", stroke=_TARGET, size=40, opacity=1).encode(x="baseline:Q"),
        *(_arrowheads(started, sign, x) for sign in (1, -1)),
        base.mark_point(color=_TARGET, filled=True, size=80, opacity=1).encode(x=x),
        base.mark_text(align="left", dx=9, fontSize=10).encode(x=x, text="shown:N"),
    ]
    if upper:
        rules = alt.Chart(_data(upper))
        layers += [
            rules.mark_rule(color=_SUPERIOR, strokeDash=[5, 3]).encode(x="value:Q"),
            rules.mark_text(color=_SUPERIOR, align="left", dx=4, dy=-6, fontSize=10, baseline="bottom")
            .transform_calculate(label="datum.place + ' ' + datum.shown")
            .encode(x="value:Q", y=alt.value(0), text="label:N"),
        ]
    return alt.layer(*layers).properties(width=440, height=alt.Step(22), title=alt.TitleParams(row.name, anchor="start", offset=18))
