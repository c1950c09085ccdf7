"use strict";
/* All documents, each leading to its page. */
{
  const { el, t, count } = commitments;
  const SIZE = 100;

  commitments.view("documents", (main, state, documents) => {
    let words = (state.q || "").toLowerCase(), page = 0;

    function matching() {
      return documents.filter(([, title, number, , place]) => `${title} ${number} ${commitments.placeName(place)}`.toLowerCase().includes(words));
    }

    function line([id, title, number, date, place, format, reprint, tasks, targets, milestones, doubts, status]) {
      const tags = [reprint ? t("documents.reprint") : null, status === "draft" ? t("documents.draft") : null].filter(Boolean);
      return [
        el("span", {}, el("a", { href: commitments.documentAddress(id), lang: "zh-CN" }, title), number ? el("span", { class: "about", lang: "zh-CN" }, number) : null, tags.map((tag) => el("span", { class: "tag" }, tag))),
        el("span", { lang: "zh-CN" }, commitments.placeName(place)), el("span", { class: "figures" }, date), format,
        ...[tasks, targets, milestones, doubts].map((n) => el("span", { class: "figures" }, count(n))),
      ];
    }

    function results() {
      const found = matching(), pages = Math.ceil(found.length / SIZE);
      const heads = [t("documents.title"), t("documents.place"), t("documents.date"), t("by.format"), t("count.tasks"), t("count.targets"), t("count.milestones"), t("documents.problems")];
      commitments.announce(t("documents.found", { count: count(found.length) }));
      return el("div", { class: "results" }, el("p", { class: "found figures" }, t("documents.found", { count: count(found.length) })),
        found.length ? commitments.table(t("documents.caption"), heads, found.slice(page * SIZE, (page + 1) * SIZE).map(line)) : commitments.nothing(),
        commitments.pager(page, pages, (to) => { page = to; redraw(); }));
    }

    function redraw() { main.querySelector(".results").replaceWith(results()); }

    const search = el("input", { type: "search", id: "f-documents", value: state.q || "", oninput: (event) => {
      words = event.target.value.trim().toLowerCase();
      page = 0;
      commitments.route("documents", words ? { q: words } : {});
      redraw();
    } });
    main.replaceChildren(el("form", { class: "filters", role: "search", onsubmit: (event) => event.preventDefault() }, el("div", { class: "field wide" }, el("label", { for: "f-documents" }, t("documents.q")), search)), results());
  }, ["documents"]);
}
