"use strict";
/* Conflicts and cascade, as `commitments compare` found them. */
{
  const { el, t, label, count, select } = commitments;
  const SIZE = 100;

  function cell(value, head) {
    if (head === "difference" || head === "related") return el("span", {}, commitments.said(value));
    if (!Array.isArray(value)) return el("span", { lang: "zh-CN" }, value);
    if (value.length === 1) return el("span", { class: `tag c-${value[0]}` }, label("code", value[0]));
    const [shown, sentence, doc, anchor] = value;
    const said = sentence ? el("span", { class: "about" }, sentence) : null;
    return el("span", { lang: "zh-CN" }, doc ? el("a", { href: commitments.documentAddress(doc, anchor) }, shown) : shown, said);
  }

  for (const name of ["conflicts", "cascade"]) {
    commitments.view(name, (main, state, data) => {
      const number = commitments.matrix.head.findings[name];
      if (number < 0) { main.replaceChildren(commitments.nothing("findings.unmade")); return; }
      if (!data.rows.length) { main.replaceChildren(commitments.nothing(`${name}.none`)); return; }
      let page = 0, wanted = state.only || "";
      const heads = data.heads.map((head) => t(`head.${head}`));
      const codes = [...new Set(data.rows.map((row) => row[0][0]))];

      function results() {
        const rows = data.rows.filter((row) => !wanted || row[0][0] === wanted);
        return el("div", { class: "results" }, el("p", { class: "found figures" }, t("findings.found", { count: count(rows.length) })),
          commitments.table(t(`view.${name}`), heads, rows.slice(page * SIZE, (page + 1) * SIZE).map((row) => row.map((value, n) => cell(value, data.heads[n]))), { class: "list findings" }),
          commitments.pager(page, Math.ceil(rows.length / SIZE), (to) => { page = to; redraw(); }));
      }

      function redraw() { main.querySelector(".results").replaceWith(results()); }

      const choose = (code) => { wanted = code; page = 0; commitments.route(name, code ? { only: code } : {}); redraw(); };
      const options = [["", t("findings.all")], ...codes.map((code) => [code, label("code", code)])];
      main.replaceChildren(el("p", { class: "lede" }, t(`${name}.lede`)), el("form", { class: "filters", onsubmit: (event) => event.preventDefault() }, select("only", `head.${data.heads[0]}`, options, wanted, choose)), results());
    }, [name]);
  }
}
