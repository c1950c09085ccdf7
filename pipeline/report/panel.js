"use strict";
/* The panel beside the matrix: one value with its sentence and document, or one indicator with all its values. */
{
  const { el, t, label, matrix } = commitments;
  let opener = null;

  function close() {
    const panel = document.getElementById("panel");
    panel.hidden = true;
    document.body.classList.remove("with-panel");
    opener?.isConnected ? opener.focus() : null;
  }

  function show(title, kicker, from, ...content) {
    const panel = document.getElementById("panel");
    if (from && !panel.contains(from)) opener = from;
    const heading = el("h2", { id: "panel-title", tabindex: "-1", lang: "zh-CN" }, title);
    panel.replaceChildren(
      el("div", { class: "panel-head" }, el("p", { class: "kicker", lang: "zh-CN" }, kicker), heading,
        el("button", { type: "button", class: "quiet close", "aria-label": t("close"), onclick: close }, "×")),
      el("div", { class: "panel-body" }, ...content));
    panel.hidden = false;
    document.body.classList.add("with-panel");
    panel.scrollTop = 0;
    heading.focus({ preventScroll: true });
  }
  commitments.showPanel = show;
  commitments.closePanel = close;

  document.addEventListener("keydown", (event) => {
    const panel = document.getElementById("panel");
    if (event.key === "Escape" && panel && !panel.hidden) close();
  });

  function documentLine(index) {
    const [, title, number, date, place] = matrix.documents[index];
    return el("p", { class: "document", lang: "zh-CN" }, el("strong", {}, title), el("span", {}, [commitments.placeName(place), number, date].filter(Boolean).join(" · ")));
  }

  function openLink(v, anchor) {
    return el("a", { class: "button open", href: commitments.documentAddress(matrix.documents[v.doc][0], anchor) }, t("panel.open"), el("span", { "aria-hidden": "true" }, " →"));
  }

  function sentence(d) {
    return el("blockquote", { lang: "zh-CN" }, d.before, el("mark", {}, d.quote), d.after);
  }

  async function source(v) {
    const d = await matrix.detail(v);
    return el("section", { class: "source" }, sentence(d), documentLine(v.doc), openLink(v, d.anchor));
  }

  function values(row, chosen) {
    const list = el("ul", { class: "values" });
    for (const v of row.values) {
      if (v.table === 2) continue;
      const button = el("button", { type: "button", class: "line", "aria-current": v === chosen ? "true" : undefined, onclick: () => commitments.openValue(v) },
        el("span", { class: "place", lang: "zh-CN" }, commitments.placeName(v.place)), el("span", { class: "number" }, v.baseline !== null ? `${v.shownBaseline} → ` : "", v.shown),
        el("span", { class: "year" }, v.deadline.slice(0, 4)), commitments.strengthTag(v.strength));
      list.append(el("li", {}, button));
    }
    return el("section", {}, el("h3", {}, t("panel.others")), list);
  }

  function plot(row, place) {
    const usable = row.values.filter((v) => v.usual && v.value !== null && v.table !== 2);
    if (new Set(usable.map((v) => v.place)).size < 2 && !usable.some((v) => v.baseline !== null)) return null;
    const above = new Set((place === undefined ? usable.map((v) => v.place) : [place]).flatMap((one) => matrix.head.superiors[one]));
    if (place !== undefined && usable.some((v) => matrix.head.superiors[v.place].includes(place))) above.add(place);
    const chart = commitments.dotPlot(row.name, usable.map((v) => ({ ...v, place: commitments.placeName(v.place), superior: above.has(v.place) })));
    if (!chart) return null;
    const skipped = row.values.filter((v) => v.table !== 2).length - usable.length;
    const notes = [usable.some((v) => v.baseline !== null) ? `○ ${t("plot.baseline")}` : "", usable.some((v) => above.has(v.place)) ? `┆ ${t("plot.superior")}` : "", skipped ? t("plot.skipped", { n: skipped }) : "", usable.length > commitments.dotPlotLimit ? t("plot.more", { shown: commitments.dotPlotLimit, all: usable.length }) : ""].filter(Boolean);
    return el("section", { class: "plot" }, el("h3", {}, t("panel.plot")), commitments.framed(chart, `plot-${row.first}`), notes.length ? el("p", { class: "note" }, notes.join(" · ")) : null);
  }

  function english(row) {
    return row.nameEn && commitments.language === "en" ? el("p", {}, row.nameEn) : null;
  }

  /* Whether the values of a row can be compared, as `commitments compare` judged. */
  function verdict(row) {
    if (!row.verdict || !commitments.known(`verdict.${row.verdict}`)) return null;
    return el("p", { class: "note" }, el("strong", {}, label("verdict", row.verdict)), row.note ? `${commitments.language === "en" ? ": " : "："}${commitments.said(row.note)}` : "");
  }

  /* Broader and narrower indicators, which are rows of their own. */
  function related(row) {
    const found = row.related.map(([how, key]) => [how, matrix.row(key)]).filter((one) => one[1]);
    if (!found.length) return null;
    return el("section", {}, el("h3", {}, t("panel.related")), el("ul", { class: "values" }, found.map(([how, other]) =>
      el("li", {}, el("button", { type: "button", class: "line", onclick: () => commitments.openRow(other) }, el("span", { class: "tag" }, t(`panel.${how}`)), " ", el("span", { lang: "zh-CN" }, other.name))))));
  }

  function aboutValue(v, d) {
    return commitments.facts([
      [t("panel.indicator"), d.indicator],
      [t("filter.kind"), label("kind", v.kind)],
      [t("panel.deadline"), v.deadline],
      [t("panel.printed"), d.deadline],
      [t("panel.recurrence"), d.recurrence],
      [t("panel.baseline"), v.baseline === null ? null : `${v.shownBaseline}${d.baselineYear ? ` (${d.baselineYear})` : ""}`],
      [t("panel.modality"), d.modality],
      [label("role", "lead"), d.lead],
      [label("role", "responsible"), d.responsible],
      [label("role", "support"), d.support],
      [t("panel.page"), d.page],
      [t("panel.confidence"), d.confidence],
      [t("panel.rule"), d.rule],
    ]);
  }

  /* Values of the same cell that look the same: their sentences differ. */
  function alike(v) {
    return v.row.values.filter((one) => one !== v && one.place === v.place && one.shown === v.shown && one.deadline.slice(0, 4) === v.deadline.slice(0, 4) && one.strength === v.strength);
  }

  commitments.openValue = async (v, from) => {
    const d = await guarded(matrix.detail(v));
    if (!d) return;
    const others = await Promise.all(alike(v).map(source));
    show(v.row.name, commitments.placeName(v.place), from,
      el("p", { class: "big" }, el("span", { class: "number", lang: "zh-CN" }, v.shown), commitments.strengthTag(v.strength), v.deadline ? el("span", { class: "year" }, v.deadline) : null,
        v.table ? el("span", { class: "tag" }, t(v.table === 2 ? "panel.repeats" : "panel.table")) : null),
      sentence(d), documentLine(v.doc), openLink(v, d.anchor), aboutValue(v, d),
      others.length ? el("section", {}, el("h3", {}, t("panel.same")), others) : null,
      verdict(v.row), plot(v.row, v.place), values(v.row, v), related(v.row));
  };

  /* A number that was seen beside the indicator and not understood. */
  commitments.openUnread = async (row, [place, doc, said], from) => {
    await guarded(commitments.load("documents"));
    show(row.name, commitments.placeName(place), from, el("p", { class: "big" }, t("matrix.unread")), el("blockquote", { lang: "zh-CN" }, said), documentLine(doc),
      el("a", { class: "button open", href: commitments.documentAddress(matrix.documents[doc][0]) }, t("panel.open")), verdict(row), plot(row), values(row));
  };

  commitments.openRow = async (row, from) => {
    await guarded(commitments.load("documents"));
    const places = new Set(row.values.map((v) => v.place)).size;
    show(row.name, t("matrix.spread", { places, values: row.values.length }), from, english(row), verdict(row), plot(row), values(row), related(row));
  };

  async function guarded(promise) {
    try {
      await commitments.load("documents");
      return await promise;
    } catch (error) {
      if (!(error instanceof commitments.MissingPart)) throw error;
      show(t("matrix.indicator"), "", null, el("p", { class: "note" }, t("failed", { name: error.message })));
      return null;
    }
  }
}
