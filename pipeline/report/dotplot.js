"use strict";
/* One indicator: a line for each jurisdiction, baseline -> target as an arrow, the superior's value as a vertical line. */
{
  const { svg, t, write, colours } = commitments;
  const LONGEST = 60, LINE = 22, LEFT = 132, PLOT = 380;

  function extent(values) {
    const numbers = values.flatMap((v) => [v.value, v.valueMax, v.baseline]).filter((n) => n !== null && n !== undefined);
    const low = Math.min(...numbers), high = Math.max(...numbers);
    const margin = (high - low) * 0.06 || Math.abs(high) * 0.1 || 1;
    return [low >= 0 && low < (high - low) ? 0 : low - margin, high + margin];
  }

  function shape(x, y, value) {
    const fill = value.strength === "aspirational" ? "#fff" : colours.target;
    const common = { fill, stroke: colours.target, "stroke-width": 1.6 };
    const sign = value.shown[0] === "↑" || value.shown[0] === "↓" ? value.shown[1] : value.shown[0];
    if (sign === "≥" || sign === ">") return svg("path", { d: `M${x - 4} ${y - 5}L${x + 6} ${y}L${x - 4} ${y + 5}Z`, ...common });
    if (sign === "≤" || sign === "<") return svg("path", { d: `M${x + 4} ${y - 5}L${x - 6} ${y}L${x + 4} ${y + 5}Z`, ...common });
    return svg("circle", { cx: x, cy: y, r: 4.6, ...common });
  }

  function valueText(value) { return value.shown + (value.deadline ? `（${value.deadline.slice(0, 4)}）` : ""); }

  /* Han characters are as wide as the font, others about 0.6 of it. */
  function textWidth(text) { return [...text].reduce((sum, char) => sum + (char.charCodeAt(0) > 255 ? 12 : 7.4), 0); }

  function line(chart, value, y, at) {
    const x = at(value.value);
    chart.append(svg("line", { x1: LEFT, x2: LEFT + PLOT, y1: y, y2: y, stroke: colours.line }));
    chart.append(write(LEFT - 10, y + 4, value.place.length > 9 ? `${value.place.slice(0, 9)}…` : value.place, { "text-anchor": "end" }));
    if (value.baseline !== null && value.baseline !== undefined) {
      const from = at(value.baseline), way = Math.sign(x - from), tip = x - way * 6;
      const far = Math.abs(x - from) > 16, end = far ? tip - way * 7 : tip;
      chart.append(svg("line", { x1: from, x2: end, y1: y, y2: y, stroke: colours.target, "stroke-width": 2 }));
      if (far) chart.append(svg("path", { class: "arrow", d: `M${tip} ${y}L${end} ${y - 4.5}L${end} ${y + 4.5}Z`, fill: colours.target }));
      chart.append(svg("circle", { cx: from, cy: y, r: 3, fill: "#fff", stroke: colours.target }));
    }
    if (value.valueMax !== null && value.valueMax !== undefined) {
      chart.append(svg("line", { x1: x, x2: at(value.valueMax), y1: y, y2: y, stroke: colours.target, "stroke-width": 5 }));
    }
    chart.append(shape(x, y, value));
    chart.append(write(LEFT + PLOT + 12, y + 4, valueText(value), { fill: colours.muted }));
  }

  /* values: {place, value, valueMax, baseline, shown, deadline, strength, superior}, those of one measure only. */
  commitments.dotPlot = (name, values) => {
    const superior = values.filter((v) => v.superior), others = values.filter((v) => !v.superior);
    const drawn = (others.length ? others : superior).slice().sort((a, b) => b.value - a.value).slice(0, LONGEST);
    if (!drawn.length) return null;
    const top = 26 + superior.length * (others.length ? 14 : 0), height = top + drawn.length * LINE + 30;
    const [low, high] = extent(values);
    const at = (n) => LEFT + ((n - low) / (high - low)) * PLOT;
    const width = Math.ceil(LEFT + PLOT + 20 + Math.max(...drawn.map((value) => textWidth(valueText(value)))));
    const chart = commitments.canvas(width, height, t("plot.caption", { name }));
    chart.append(svg("rect", { width, height, fill: "#fff" }));
    for (const tick of commitments.ticks(low, high)) {
      chart.append(svg("line", { x1: at(tick), x2: at(tick), y1: top - 4, y2: height - 24, stroke: "#eeebe3" }));
      chart.append(write(at(tick), height - 8, tick, { "text-anchor": "middle", fill: colours.muted, "font-size": 11 }));
    }
    drawn.forEach((value, n) => line(chart, value, top + n * LINE + LINE / 2, at));
    if (others.length) superior.forEach((value, n) => {
      const x = at(value.value), y = 18 + n * 14, flip = x > LEFT + PLOT / 2;
      chart.append(svg("line", { x1: x, x2: x, y1: y - 6, y2: height - 24, stroke: colours.superior, "stroke-width": 1.6, "stroke-dasharray": "5 3" }));
      chart.append(write(x + (flip ? -5 : 5), y, `${value.place} ${value.shown}`, { fill: colours.superior, "font-size": 11, "text-anchor": flip ? "end" : "start" }));
    });
    return chart;
  };
  commitments.dotPlotLimit = LONGEST;
}
