"use strict";
/* The matrix as data: rows decoded from parts, filtered, sorted, cut into pages. No elements here. */
commitments.matrix = (() => {
  const rows = [];
  const byKey = new Map();
  let head = null, documents = null, loaded = 0;
  const listeners = [];

  const FILTERS = ["q", "province", "year", "field", "kind", "strength", "due", "sort"];

  function value(row, at, raw) {
    const [place, doc, shown, number, valueMax, kind, strength, deadline, baseline, shownBaseline, field, table, usual] = raw;
    return {
      row, at, place, doc, shown, value: number, valueMax, kind: head.kinds[kind], strength: head.strengths[strength] ?? null,
      deadline, baseline, shownBaseline, field, table, usual: usual === 1,
    };
  }

  function take(part) {
    for (const [key, name, unit, first, raws, nameEn, verdict, note, unread, related] of part) {
      const row = { key, name, unit, first, values: null, nameEn, verdict, note, unread, related };
      row.values = raws.map((raw, n) => value(row, first + n, raw));
      rows.push(row);
      byKey.set(key, row);
    }
    loaded += 1;
    for (const listener of listeners) listener();
  }

  /* Part 0 stands in the page; the others come one after another once it is drawn. */
  async function open() {
    head = await commitments.load("head");
    take(await commitments.load("matrix-0"));
  }

  async function rest() {
    documents = await commitments.load("documents");
    for (const listener of listeners) listener();
    for (let n = 1; n < head.matrixParts; n += 1) take(await commitments.load(`matrix-${n}`));
  }

  function left() { return Math.max(head.matrixParts - loaded, 0); }

  function keeps(state, v) {
    if (state.province && (head.places[v.place][2] || "-") !== state.province) return false;
    if (state.kind && v.kind !== state.kind) return false;
    if (state.strength && (v.strength || "-") !== state.strength) return false;
    if (state.field && head.fields[v.field][0] !== (state.field === "-" ? "" : state.field)) return false;
    if (state.due && (v.deadline.slice(0, 4) || "-") !== state.due) return false;
    if (state.year && (!documents || (documents[v.doc][3].slice(0, 4) || "-") !== state.year)) return false;
    return true;
  }

  function narrows(state) { return FILTERS.some((name) => name !== "q" && name !== "sort" && state[name]); }

  /* Rows with the values that the filters keep: [{row, values, places}]. */
  function filtered(state) {
    const words = (state.q || "").toLowerCase().split(/\s+/).filter(Boolean);
    const all = !narrows(state);
    const found = [];
    for (const row of rows) {
      const name = `${row.name} ${row.nameEn}`.toLowerCase();
      if (!words.every((word) => name.includes(word) || row.key.toLowerCase().includes(word))) continue;
      const values = all ? row.values : row.values.filter((v) => keeps(state, v));
      if (values.length) found.push({ row, values, places: new Set(values.map((v) => v.place)).size });
    }
    return found;
  }

  function spread(entry) {
    const numbers = entry.values.filter((v) => v.usual && v.value !== null).map((v) => v.value);
    const low = Math.min(...numbers), high = Math.max(...numbers);
    return numbers.length > 1 && high ? (high - low) / Math.abs(high) : -1;
  }

  function earliest(entry) { return entry.values.reduce((first, v) => (v.deadline && v.deadline < first ? v.deadline : first), "9"); }

  const ORDERS = {
    values: (a, b) => b.values.length - a.values.length,
    name: (a, b) => a.row.name.localeCompare(b.row.name, "zh"),
    due: (a, b) => (earliest(a) < earliest(b) ? -1 : earliest(a) > earliest(b) ? 1 : 0),
    spread: (a, b) => spread(b) - spread(a),
  };

  /* Default order: most jurisdictions first, as the rows come; `p12` puts the indicators of place 12 first. */
  function sorted(entries, sort) {
    if (/^p\d+$/.test(sort || "")) {
      const place = Number(sort.slice(1));
      const has = (entry) => entry.values.some((v) => v.place === place);
      return entries.slice().sort((a, b) => has(b) - has(a) || b.places - a.places);
    }
    if (ORDERS[sort]) return entries.slice().sort(ORDERS[sort]);
    return entries.slice().sort((a, b) => b.places - a.places || b.values.length - a.values.length);
  }

  /* Places that have values in these entries: those above counties first, then by how much they state. */
  function columns(entries) {
    const counts = new Map();
    for (const entry of entries) {
      for (const v of entry.values) counts.set(v.place, (counts.get(v.place) || 0) + 1);
      for (const [place] of entry.row.unread) counts.set(place, counts.get(place) || 0);
    }
    return [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || a - b);
  }

  /* Values of one cell, those that look the same together: [[value, …], …]. */
  function grouped(values) {
    const groups = new Map();
    for (const v of values) {
      const look = `${v.shown}|${v.deadline.slice(0, 4)}|${v.strength}`;
      if (groups.has(look)) groups.get(look).push(v); else groups.set(look, [v]);
    }
    return [...groups.values()];
  }

  async function detail(v) {
    const size = head.detailsPerPart;
    const part = await commitments.load(`detail-${Math.floor(v.at / size)}`);
    const [before, quote, after, anchor, indicator, printed, deadline, modality, baselineYear, lead, responsible, support, page, rule, confidence, recurrence] = part[v.at % size];
    return { before, quote, after, anchor, indicator, printed, deadline, modality, baselineYear, lead, responsible, support, page, rule, confidence, recurrence };
  }

  return {
    open, rest, left, filtered, sorted, columns, grouped, detail, FILTERS,
    onChange: (listener) => listeners.push(listener),
    row: (key) => byKey.get(key),
    get head() { return head; },
    get documents() { return documents; },
  };
})();
