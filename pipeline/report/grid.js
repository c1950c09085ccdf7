"use strict";
/* The matrix as a table: filters above, sticky heads, chips in the cells, arrow keys between the chips. */
{
  const { el, t, label, matrix, select, count } = commitments;
  const ROWS = 40, COLUMNS = 14;
  const YIELDING = ["province", "year", "field", "kind", "strength", "due"];
  let state = {}, root = null, page = 0, columnPage = 0, revealed = null;

  commitments.placeName = (index) => matrix.head.places[index][0];

  function chipLabel(v, number) {
    const parts = [commitments.placeName(v.place), v.row.name, v.shown, v.deadline.slice(0, 4), v.strength && label("strength", v.strength)];
    return parts.filter(Boolean).join("，") + (number > 1 ? ` ×${number}` : "");
  }

  function chip(group) {
    const v = group[0];
    const repeats = group.filter((one) => one.table !== 2).length;
    const button = el("button", { type: "button", class: `chip${v.strength ? ` s-${v.strength}` : ""}`, dataset: { at: v.at, key: v.row.key } });
    const sign = v.shown.match(/^[↑↓]?[≥≤><≈]/);
    const rest = sign ? v.shown.slice(sign[0].length) : v.shown;
    button.append(el("span", { class: "figure" }, sign ? el("span", { class: "sign" }, sign[0]) : "", el("span", { class: "number" }, rest)));
    if (v.deadline) button.append(" ", el("span", { class: "year" }, v.deadline.slice(0, 4)));
    if (v.strength) button.append(" ", el("span", { class: "word" }, t(`short.${v.strength}`)));
    if (repeats > 1) button.append(" ", el("span", { class: "times" }, `×${repeats}`));
    button.title = chipLabel(v, repeats);
    return button;
  }

  function headCell(place) {
    const [name, level, province, prefecture] = matrix.head.places[place];
    const above = level === "national" ? "" : [province, prefecture].filter((one) => one && one !== name).join(" ");
    const chosen = state.sort === `p${place}`;
    return el("th", { scope: "col", "aria-sort": chosen ? "descending" : "none" },
      el("button", { type: "button", class: "head", title: t("sort.by", { place: name }), onclick: () => set("sort", chosen ? "" : `p${place}`) },
        el("span", { class: "above" }, above || label("level", level ?? "")), el("span", { class: "name", lang: "zh-CN" }, name),
        el("span", { class: "arrow", "aria-hidden": "true" }, chosen ? "▾" : "")));
  }

  function bodyRow(entry, places) {
    const { row, values } = entry;
    const cells = new Map();
    for (const v of values) if (cells.has(v.place)) cells.get(v.place).push(v); else cells.set(v.place, [v]);
    const open = el("button", { type: "button", class: "indicator", lang: "zh-CN", dataset: { row: row.key } }, row.name);
    const about = el("span", { class: "about" }, row.unit ? el("span", { class: "unit", lang: "zh-CN" }, row.unit) : "", t("matrix.spread", { places: entry.places, values: values.length }));
    if (row.nameEn && commitments.language === "en") about.prepend(el("span", { class: "english" }, row.nameEn));
    if (row.verdict && commitments.known(`verdict.${row.verdict}`) && row.verdict !== "one_jurisdiction") about.append(el("span", { class: `verdict v-${row.verdict}`, title: commitments.said(row.note) }, label("verdict", row.verdict)));
    const line = el("tr", { dataset: { key: row.key }, class: row.key === revealed ? "shown" : undefined }, el("th", { scope: "row" }, open, about));
    for (const place of places) {
      const cell = el("td", { dataset: { place: commitments.placeName(place) } });
      for (const group of matrix.grouped(cells.get(place) || [])) cell.append(chip(group));
      const unread = row.unread.findIndex((one) => one[0] === place);
      if (!cell.firstChild && unread >= 0) cell.append(el("button", { type: "button", class: "chip unread", dataset: { key: row.key, unread }, title: t("matrix.unread") }, "?"));
      if (!cell.firstChild) cell.className = "none";
      line.append(cell);
    }
    return line;
  }

  function table(entries, places) {
    return el("table", { class: "matrix" },
      el("caption", { class: "visually-hidden" }, t("matrix.caption")),
      el("thead", {}, el("tr", {}, el("th", { scope: "col", class: "corner" }, t("matrix.indicator")), places.map(headCell))),
      el("tbody", {}, entries.map((entry) => bodyRow(entry, places))));
  }

  function options() {
    const head = matrix.head;
    const all = ["", t("all")];
    const provinces = [...new Set(head.places.map((place) => place[2] || "-"))];
    const named = (codes, name) => codes.map((code) => [code, name(code)]);
    return {
      province: [all, ...named(provinces, (code) => (code === "-" ? t("unknown") : code))],
      year: [all, ...named(head.years.map((year) => year || "-"), (code) => (code === "-" ? t("unknown") : code))],
      field: [all, ...head.fields.map(([zh, en]) => [zh || "-", zh ? commitments.either([zh, en]) : t("unknown")])],
      kind: [all, ...named(head.kinds, (code) => label("kind", code))],
      strength: [all, ...named(head.strengths, (code) => label("strength", code)), ["-", t("filter.unstated")]],
      due: [all, ...named(head.deadlines, (code) => code), ["-", t("filter.none")]],
    };
  }

  function filters() {
    const lists = options();
    const search = el("input", { type: "search", id: "f-q", name: "q", value: state.q || "", placeholder: t("filter.q.hint"), oninput: (event) => later(event.target.value) });
    const sorts = ["", "values", "name", "due", "spread"].map((code) => [code, t(`sort.${code || "places"}`)]);
    if (/^p\d+$/.test(state.sort || "")) sorts.push([state.sort, t("sort.column", { place: commitments.placeName(Number(state.sort.slice(1))) })]);
    const chosen = [...YIELDING, "q"].some((name) => state[name]);
    return el("form", { class: "filters", role: "search", "aria-label": t("filter.legend"), onsubmit: (event) => event.preventDefault() },
      el("div", { class: "field wide" }, el("label", { for: "f-q" }, t("filter.q")), search),
      el("details", { class: "more", open: window.innerWidth > 720 || chosen }, el("summary", {}, t("filter.legend")),
        el("div", { class: "fields" },
          YIELDING.map((name) => select(name, `filter.${name}`, lists[name], state[name] || "", (value) => set(name, value))),
          select("sort", "filter.sort", sorts, state.sort || "", (value) => set("sort", value)),
          chosen ? el("button", { type: "button", class: "quiet clear", onclick: clear }, t("clear")) : null)));
  }

  function legend() {
    const sample = (strength) => el("span", { class: `chip${strength ? ` s-${strength}` : ""}` }, el("span", { class: "sign" }, "≥"), el("span", { class: "number" }, "90%"),
      strength ? [" ", el("span", { class: "word" }, t(`short.${strength}`))] : "");
    return el("p", { class: "legend" }, el("span", { class: "legend-title" }, t("matrix.legend")),
      ["binding", "expected", "aspirational", null].map((one) => el("span", {}, sample(one), " ", label("strength", String(one)))),
      el("span", {}, el("span", { class: "chip unread" }, "?"), " ", t("matrix.unread")), el("span", {}, t("matrix.empty_cell")));
  }

  let timer = 0;
  function later(text) {
    clearTimeout(timer);
    timer = setTimeout(() => set("q", text.trim()), 160);
  }

  function set(name, value) {
    revealed = null;
    if (value) state[name] = value; else delete state[name];
    page = columnPage = 0;
    commitments.route("matrix", state);
    draw(name === "q" ? "results" : "all");
  }

  function clear() {
    state = state.sort ? { sort: state.sort } : {};
    commitments.route("matrix", state);
    draw("all");
    document.getElementById("f-q")?.focus();
  }

  function results() {
    const entries = matrix.sorted(matrix.filtered(state), state.sort);
    const pages = Math.ceil(entries.length / ROWS);
    page = Math.min(page, Math.max(pages - 1, 0));
    const shown = entries.slice(page * ROWS, (page + 1) * ROWS);
    const places = matrix.columns(shown);
    const columnPages = Math.ceil(places.length / COLUMNS);
    columnPage = Math.min(columnPage, Math.max(columnPages - 1, 0));
    const part = places.slice(columnPage * COLUMNS, (columnPage + 1) * COLUMNS).sort((a, b) => a - b);
    const figures = t("matrix.found", { rows: count(entries.length), values: count(entries.reduce((sum, e) => sum + e.values.length, 0)), places: count(new Set(entries.flatMap((e) => e.values.map((v) => v.place))).size) });
    commitments.announce(figures);
    const turn = (to) => { page = to; columnPage = 0; draw("results"); root.querySelector(".frame")?.scrollTo(0, 0); };
    const turnColumns = (to) => { columnPage = to; draw("results"); };
    return el("div", { class: "results" },
      el("p", { class: "found figures" }, figures, matrix.left() ? t("matrix.reading", { left: matrix.left() }) : ""),
      columnPages > 1 ? el("div", { class: "across" }, el("span", {}, t("matrix.columns", { places: count(places.length), from: columnPage * COLUMNS + 1, to: columnPage * COLUMNS + part.length })), commitments.pager(columnPage, columnPages, turnColumns, "pager.columns")) : null,
      shown.length ? el("div", { class: "frame", tabindex: "0", role: "region", "aria-label": t("matrix.scroll") }, table(shown, part)) : commitments.nothing("matrix.empty"),
      commitments.pager(page, pages, turn));
  }

  function draw(what) {
    const focused = document.activeElement?.id, chip = document.activeElement?.dataset?.at;
    if (what === "all" || !root.querySelector(".results")) root.replaceChildren(filters(), legend(), results());
    else root.querySelector(".results").replaceWith(results());
    if (focused && focused.startsWith("f-")) document.getElementById(focused)?.focus();
    else if (chip) root.querySelector(`.chip[data-at="${Number(chip)}"]`)?.focus({ preventScroll: true });
  }

  function move(event) {
    const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    const from = event.target.closest("td, th");
    if (!steps || !from || !event.target.matches(".chip, .indicator, .head")) return;
    const lines = [...root.querySelectorAll("table.matrix tr")];
    let r = lines.indexOf(from.parentNode), c = [...from.parentNode.children].indexOf(from);
    if (steps[0]) { // between the chips of one cell first
      const sibling = steps[0] > 0 ? event.target.nextElementSibling : event.target.previousElementSibling;
      if (sibling?.matches(".chip")) { event.preventDefault(); sibling.focus(); return; }
    }
    while (lines[r += steps[0]]?.children[c += steps[1]]) {
      const target = lines[r].children[c].querySelector("button");
      if (target) { event.preventDefault(); target.focus(); target.scrollIntoView({ block: "nearest", inline: "nearest" }); return; }
    }
  }

  function press(event) {
    const button = event.target.closest(".chip[data-at], .chip[data-unread], .indicator");
    if (!button) return;
    const row = matrix.row(button.dataset.key ?? button.dataset.row);
    if (button.dataset.unread) commitments.openUnread(row, row.unread[Number(button.dataset.unread)], button);
    else if (button.dataset.at) commitments.openValue(row.values[Number(button.dataset.at) - row.first], button);
    else commitments.openRow(row, button);
  }

  /* Shows the row (and the value) that a document's page points to. */
  function reveal(key, at) {
    const row = matrix.row(key);
    if (!row) return false;
    revealed = key;
    const entries = matrix.sorted(matrix.filtered(state), state.sort);
    page = Math.max(Math.floor(entries.findIndex((entry) => entry.row === row) / ROWS), 0);
    const place = row.values[at - row.first]?.place;
    const places = matrix.columns(entries.slice(page * ROWS, (page + 1) * ROWS));
    columnPage = Math.max(Math.floor(places.indexOf(place) / COLUMNS), 0);
    draw("all");
    const line = [...root.querySelectorAll("tr[data-key]")].find((one) => one.dataset.key === key);
    line?.scrollIntoView({ block: "center" });
    const button = [...(line?.querySelectorAll(".chip") || [])].find((one) => Number(one.dataset.at) === at) ?? line?.querySelector(".indicator");
    button?.focus({ preventScroll: false });
    if (row.values[at - row.first]) commitments.openValue(row.values[at - row.first], button);
    return true;
  }

  let awaited = null;
  commitments.view("matrix", (main, wanted) => {
    root = main;
    state = Object.fromEntries(Object.entries(wanted).filter(([name, value]) => matrix.FILTERS.includes(name) && value));
    page = columnPage = 0;
    main.onclick = press;
    main.onkeydown = move;
    draw("all");
    awaited = wanted.row ? [wanted.row, Number(wanted.at)] : null;
    if (awaited && reveal(...awaited)) awaited = null;
  });

  /* Parts that arrive late: redraw what they change, but never under a reader's fingers. */
  matrix.onChange(() => {
    if (commitments.current() !== "matrix" || !root) return;
    if (awaited) { if (reveal(...awaited)) awaited = null; return; }
    const filtering = matrix.FILTERS.some((name) => state[name]);
    if (filtering || (matrix.head.matrixParts > 1 && !matrix.left())) requestAnimationFrame(() => draw("results"));
  });
}
