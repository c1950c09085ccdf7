"use strict";
/* Agency functions by jurisdictions: who leads, answers for and supports how many tasks where. */
{
  const { el, t, label, count, select } = commitments;
  const ROWS = 30, COLUMNS = 14, ROLES = ["lead", "responsible", "support"];

  commitments.view("agencies", (main, state, heat, documents) => {
    if (!heat.functions.length) { main.replaceChildren(commitments.nothing("agencies.none")); return; }
    let words = "", role = "", rows = ROWS, columnPage = 0;
    const byFunction = new Map();
    for (const [f, place, ...numbers] of heat.cells) {
      if (!byFunction.has(f)) byFunction.set(f, new Map());
      byFunction.get(f).set(place, numbers);
    }
    const name = (f) => (heat.functions[f][0] ? commitments.either(heat.functions[f]) : t("agencies.other"));
    const weight = (numbers) => (role ? numbers[ROLES.indexOf(role)] : numbers[0] + numbers[1] + numbers[2]);

    function cell(f, place, most) {
      const numbers = byFunction.get(f).get(place);
      if (!numbers || !weight(numbers)) return el("td", { class: "none" });
      const shade = Math.min(4, 1 + Math.floor((weight(numbers) / most) * 3.99));
      const text = t("agencies.cell", { function: name(f), place: commitments.placeName(place), lead: numbers[0], responsible: numbers[1], support: numbers[2] });
      return el("td", {}, el("button", { type: "button", class: `heat h${shade}`, title: text, "aria-label": text, onclick: (event) => open(f, place, event.currentTarget) },
        role ? count(weight(numbers)) : ROLES.map((one, n) => (numbers[n] ? el("span", { class: `r-${one}` }, numbers[n]) : null))));
    }

    async function open(f, place, from) {
      const entries = (await commitments.load(`agency-${f}`)).filter((row) => row[0] === place && (!role || ROLES[row[1]] === role));
      const list = el("ul", { class: "charges" }, entries.slice(0, 200).map(([, r, doc, agency, title, anchor]) =>
        el("li", { lang: "zh-CN" }, el("span", { class: `tag r-${ROLES[r]}` }, label("role", ROLES[r])), " ", el("strong", {}, agency), " ",
          el("a", { href: commitments.documentAddress(documents[doc][0], anchor) }, title || documents[doc][1]), el("span", { class: "about" }, documents[doc][1]))));
      commitments.showPanel(name(f), commitments.placeName(place), from, list);
    }

    function grid() {
      const wanted = heat.functions.map((_, f) => f).filter((f) => `${heat.functions[f][0]} ${heat.functions[f][1]}`.toLowerCase().includes(words));
      const shown = wanted.slice(0, rows);
      const totals = new Map();
      for (const f of shown) for (const [place, numbers] of byFunction.get(f)) totals.set(place, (totals.get(place) || 0) + weight(numbers));
      const places = [...totals.keys()].filter((place) => totals.get(place)).sort((a, b) => totals.get(b) - totals.get(a) || a - b);
      const part = places.slice(columnPage * COLUMNS, (columnPage + 1) * COLUMNS).sort((a, b) => a - b);
      const most = Math.max(1, ...shown.flatMap((f) => part.map((place) => weight(byFunction.get(f).get(place) || [0, 0, 0]))));
      const columnPages = Math.ceil(places.length / COLUMNS);
      return el("div", { class: "results" },
        commitments.pager(columnPage, columnPages, (to) => { columnPage = to; redraw(); }, "pager.columns"),
        shown.length ? el("div", { class: "frame", tabindex: "0", role: "region", "aria-label": t("agencies.caption") }, el("table", { class: "grid" },
          el("caption", { class: "visually-hidden" }, t("agencies.caption")),
          el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("agencies.function")), part.map((place) => el("th", { scope: "col", lang: "zh-CN" }, el("span", {}, commitments.placeName(place)))))),
          el("tbody", {}, shown.map((f) => el("tr", {}, el("th", { scope: "row" }, name(f)), part.map((place) => cell(f, place, most))))))) : commitments.nothing(),
        wanted.length > rows ? el("button", { type: "button", class: "quiet", onclick: () => { rows += ROWS; redraw(); } }, t("agencies.more")) : null);
    }

    function redraw() { main.querySelector(".results").replaceWith(grid()); }

    const roles = [["", t("all")], ...ROLES.map((one) => [one, label("role", one)])];
    const search = el("input", { type: "search", id: "f-function", oninput: (event) => { words = event.target.value.trim().toLowerCase(); columnPage = 0; redraw(); } });
    main.replaceChildren(
      el("form", { class: "filters", role: "search", onsubmit: (event) => event.preventDefault() }, el("div", { class: "field wide" }, el("label", { for: "f-function" }, t("agencies.q")), search), select("role", "agencies.role", roles, role, (value) => { role = value; redraw(); })),
      el("p", { class: "legend" }, el("span", { class: "legend-title" }, t("matrix.legend")), ROLES.map((one) => el("span", {}, el("span", { class: `key r-${one}` }, "3"), " ", label("role", one)))),
      grid());
  }, ["heat", "documents"]);
}
