"use strict";
/* The timeline: bars by quarter, a table of jurisdictions by years, and the promises behind each figure. */
{
  const { el, svg, t, count, write, colours } = commitments;
  const PLACES = 25, LINES = 100, HEIGHT = 210;

  function quarters(counts) {
    const found = new Map();
    for (const [, quarter, kind, number] of counts) {
      const pair = found.get(quarter) || [0, 0];
      pair[kind] += number;
      found.set(quarter, pair);
    }
    return found;
  }

  /* A bar for each quarter between the first and the last; quarters far off the rest are left to the table. */
  function chart(counts) {
    const found = quarters(counts);
    const years = [...new Set([...found.keys()].map((quarter) => Number(quarter.slice(0, 4))))].sort((a, b) => a - b);
    const middle = years[Math.floor(years.length / 2)];
    const shown = years.filter((year) => Math.abs(year - middle) <= 12);
    const first = shown[0], number = (shown[shown.length - 1] - first + 1) * 4;
    const step = Math.max(9, Math.min(26, 900 / number)), width = 60 + number * step;
    const most = Math.max(...[...found.values()].map((pair) => pair[0] + pair[1]));
    const top = 30, floor = HEIGHT - 26, at = (n) => floor - (n / most) * (floor - top);
    const drawing = commitments.canvas(width, HEIGHT, t("deadlines.chart"));
    drawing.append(svg("rect", { width, height: HEIGHT, fill: "#fff" }));
    for (const tick of commitments.ticks(0, most, 4)) {
      drawing.append(svg("line", { x1: 44, x2: width - 8, y1: at(tick), y2: at(tick), stroke: "#eeebe3" }), write(38, at(tick) + 4, tick, { "text-anchor": "end", fill: colours.muted, "font-size": 11 }));
    }
    for (let n = 0; n < number; n += 1) {
      const year = first + Math.floor(n / 4), pair = found.get(`${year}Q${(n % 4) + 1}`) || [0, 0], x = 46 + n * step;
      if (pair[0]) drawing.append(svg("rect", { x, y: at(pair[0]), width: step - 3, height: floor - at(pair[0]), fill: colours.target }));
      if (pair[1]) drawing.append(svg("rect", { x, y: at(pair[0] + pair[1]), width: step - 3, height: at(pair[0]) - at(pair[0] + pair[1]), fill: colours.milestone }));
      if (n % 4 === 0) drawing.append(svg("line", { x1: x - 2, x2: x - 2, y1: floor, y2: floor + 6, stroke: colours.muted }), write(x + 1, HEIGHT - 8, step * 4 > 40 ? year : `’${String(year).slice(2)}`, { fill: colours.muted, "font-size": 11 }));
    }
    drawing.append(svg("line", { x1: 44, x2: width - 8, y1: floor, y2: floor, stroke: colours.muted }));
    [["t", colours.target], ["m", colours.milestone]].forEach(([layer, fill], n) => drawing.append(svg("rect", { x: 46 + n * 110, y: 8, width: 11, height: 11, fill }), write(62 + n * 110, 18, t(`layer.${layer}`))));
    return drawing;
  }

  commitments.view("deadlines", (main, state, counts, documents) => {
    if (!counts.length) { main.replaceChildren(commitments.nothing("deadlines.none")); return; }
    let page = 0;
    const years = [...new Set(counts.map((one) => one[1].slice(0, 4)))].sort();
    const totals = new Map(), cells = new Map();
    for (const [place, quarter, , number] of counts) {
      const year = quarter.slice(0, 4);
      totals.set(place, (totals.get(place) || 0) + number);
      cells.set(`${place}|${year}`, (cells.get(`${place}|${year}`) || 0) + number);
      cells.set(`*|${year}`, (cells.get(`*|${year}`) || 0) + number);
    }
    const places = [...totals.keys()].sort((a, b) => totals.get(b) - totals.get(a) || a - b);
    const most = Math.max(...[...cells].filter(([name]) => name[0] !== "*").map((one) => one[1]));

    function cell(place, year) {
      const number = cells.get(`${place}|${year}`);
      if (!number) return el("td", { class: "none" });
      const name = place === "*" ? t("deadlines.total") : commitments.placeName(place);
      const shade = place === "*" ? 0 : Math.min(4, 1 + Math.floor((number / most) * 3.99));
      return el("td", {}, el("button", { type: "button", class: `heat h${shade}`, "aria-label": t("deadlines.cell", { place: name, year, count: number }), onclick: () => choose(year, place) }, count(number)));
    }

    function grid() {
      const shown = places.slice(page * PLACES, (page + 1) * PLACES);
      const line = (place, name, number) => el("tr", {}, el("th", { scope: "row", lang: "zh-CN" }, name), years.map((year) => cell(place, year)), el("td", { class: "figures" }, count(number)));
      return el("div", { class: "years" },
        el("div", { class: "frame", tabindex: "0", role: "region", "aria-label": t("deadlines.caption") }, el("table", { class: "grid" }, el("caption", { class: "visually-hidden" }, t("deadlines.caption")),
          el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("deadlines.place")), years.map((year) => el("th", { scope: "col" }, year)), el("th", { scope: "col" }, t("deadlines.total")))),
          el("tbody", {}, line("*", t("deadlines.total"), [...totals.values()].reduce((a, b) => a + b, 0)), shown.map((place) => line(place, commitments.placeName(place), totals.get(place)))))),
        commitments.pager(page, Math.ceil(places.length / PLACES), (to) => { page = to; main.querySelector(".years").replaceWith(grid()); }));
    }

    async function choose(year, place, at = 0) {
      const rows = (await commitments.load(`due-${year}`)).filter((row) => place === "*" || row[2] === place);
      commitments.route("deadlines", { year, place: String(place) });
      const heads = [t("deadlines.date"), t("deadlines.place"), t("deadlines.what"), t("documents.title")];
      const lines = rows.slice(at * LINES, (at + 1) * LINES).map(([date, kind, where, doc, what, shown, anchor]) => [
        el("span", { class: "figures" }, date), el("span", { lang: "zh-CN" }, commitments.placeName(where)),
        el("a", { href: commitments.documentAddress(documents[doc][0], anchor), class: kind ? "m" : "t", lang: "zh-CN" }, what, shown ? el("strong", {}, ` ${shown}`) : null),
        el("span", { lang: "zh-CN" }, documents[doc][1]),
      ]);
      const box = main.querySelector(".due");
      const title = el("h2", { tabindex: "-1" }, t("deadlines.due", { year }), place === "*" ? "" : `：${commitments.placeName(place)}`, el("span", { class: "about" }, count(rows.length)));
      box.replaceChildren(title, commitments.table(t("deadlines.due", { year }), heads, lines), commitments.pager(at, Math.ceil(rows.length / LINES), (to) => choose(year, place, to)) || "");
      title.focus({ preventScroll: true });
      box.scrollIntoView({ block: "start" });
    }

    main.replaceChildren(el("section", { class: "block" }, el("h2", {}, t("deadlines.chart")), commitments.framed(chart(counts), "deadlines")), grid(), el("section", { class: "due" }));
    if (years.includes(state.year)) choose(state.year, state.place === undefined || state.place === "*" ? "*" : Number(state.place));
  }, ["timeline", "documents"]);
}
