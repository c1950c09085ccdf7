"use strict";
/* Conflicts and cascade, as `commitments compare` found them. */
{
  const { el, t } = commitments;
  const SIZE = 100;

  function cell(text, address) {
    return address ? el("a", { href: address, lang: "zh-CN" }, text) : el("span", { lang: "zh-CN" }, text);
  }

  for (const name of ["conflicts", "cascade"]) {
    commitments.view(name, (main, _, data) => {
      const number = commitments.matrix.head.findings[name];
      if (number < 0) { main.replaceChildren(commitments.nothing("findings.unmade")); return; }
      if (!data.rows.length) { main.replaceChildren(commitments.nothing(`${name}.none`)); return; }
      let page = 0;
      const heads = data.heads.map((head) => commitments.either(head));
      function results() {
        const rows = data.rows.slice(page * SIZE, (page + 1) * SIZE);
        return el("div", { class: "results" }, commitments.table(t(`view.${name}`), heads, rows.map((cells) => cells.map((one) => (Array.isArray(one) ? cell(one[0], one[1] && commitments.documentAddress(one[1], one[2])) : cell(one))))),
          commitments.pager(page, Math.ceil(data.rows.length / SIZE), (to) => { page = to; main.querySelector(".results").replaceWith(results()); }));
      }
      main.replaceChildren(el("p", { class: "lede" }, t(`${name}.lede`)), results());
    }, [name]);
  }
}
