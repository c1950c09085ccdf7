"use strict";
/* All decisions of the reviewer in one place: read, export, import, clear. */
{
  const { el, t, store } = commitments;

  function what(one) {
    if (one.action === "correct") return t("review.value", { field: commitments.fieldName(one.type, one.field), old: shown(one.old), new: shown(one.new) });
    return t(`action.${one.action}`);
  }

  function shown(value) { return value === null || value === undefined || value === "" ? "—" : String(value); }

  commitments.view("review", (main, _, columns) => {
    commitments.columns = columns;
    store.reread();

    function list() {
      const decisions = store.all();
      if (!decisions.length) return commitments.nothing("review.none");
      const rows = decisions.map((one) => [
        el("span", { class: `tag a-${one.action}` }, what(one)), `${t(`type.${one.type}`)}`, el("span", { lang: "zh-CN" }, one.quote), el("span", { lang: "zh-CN" }, one.document.title || one.document.source_path),
        el("button", { type: "button", class: "quiet", onclick: () => { store.drop(one); redraw(); } }, t("review.undo")),
      ]);
      return commitments.table(t("view.review"), [t("review.what"), t("filter.kind"), t("review.quote"), t("review.document"), t("review.undo")], rows);
    }

    async function take(event) {
      const file = event.target.files[0];
      if (!file) return;
      const result = store.imported(await file.text());
      redraw();
      commitments.announce(t("review.taken", result));
    }

    let sure = false;
    function clear(event) {
      if (!sure) { sure = true; event.target.textContent = t("review.clear.sure"); return; }
      store.clear();
      redraw();
    }

    function redraw() {
      sure = false;
      main.replaceChildren(
        el("p", { class: "lede" }, t("review.lede")),
        el("div", { class: "actions" },
          el("button", { type: "button", onclick: () => commitments.download("corrections.jsonl", store.exported()) }, t("review.export")),
          el("label", { class: "file" }, t("review.import"), el("input", { type: "file", accept: ".jsonl,.json", onchange: take })),
          el("button", { type: "button", class: "quiet", onclick: clear }, t("review.clear"))),
        list());
    }
    redraw();
  }, ["columns"]);
}
