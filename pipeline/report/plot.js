"use strict";
/* Charts as SVG elements whose looks are attributes, so that a saved file looks the same without our style sheet. */
{
  const { el, svg, t } = commitments;
  const FONT = "'Source Han Sans SC','Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif";

  commitments.colours = { ink: "#1d2129", muted: "#565e69", line: "#d9d5ca", target: "#a65a00", milestone: "#5246b5", superior: "#0b5a7a" };

  commitments.canvas = (width, height, caption) =>
    svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": caption, "font-family": FONT, "font-size": 12, fill: commitments.colours.ink });

  commitments.write = (x, y, text, attributes = {}) => svg("text", { x, y, ...attributes }, String(text));

  /* Round steps for an axis from low to high. */
  commitments.ticks = (low, high, wanted = 5) => {
    const span = high - low || Math.abs(high) || 1;
    const raw = span / wanted;
    const power = 10 ** Math.floor(Math.log10(raw));
    const step = [1, 2, 2.5, 5, 10].map((n) => n * power).find((n) => n >= raw);
    const found = [];
    for (let n = Math.ceil(low / step); n * step <= high + step * 1e-9; n += 1) found.push(Number((n * step).toPrecision(12)));
    return found;
  };

  function markup(chart) {
    const copy = chart.cloneNode(true);
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy)}`;
  }

  function savePng(chart, name) {
    const image = new Image();
    const { width, height } = chart.viewBox.baseVal;
    image.onload = () => {
      const canvas = el("canvas", { width: width * 3, height: height * 3 });
      const pen = canvas.getContext("2d");
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => blob && commitments.download(`${name}.png`, blob));
    };
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(markup(chart))}`;
  }

  /* The chart with two buttons that save it. */
  commitments.framed = (chart, name) =>
    el("figure", { class: "chart" }, el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": chart.getAttribute("aria-label") }, chart),
      el("figcaption", {},
        el("button", { type: "button", class: "quiet", onclick: () => commitments.download(`${name}.svg`, markup(chart), "image/svg+xml") }, t("plot.svg")),
        el("button", { type: "button", class: "quiet", onclick: () => savePng(chart, name) }, t("plot.png"))));
}
