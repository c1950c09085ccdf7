"use strict";
/* Small parts that several views share: selects, pagers, downloads, announcements, a busy line. */
{
  const { el, t, label, count } = commitments;

  /* A view draws itself into <main>; `needs` are the data parts that it is handed. */
  commitments.views = {};
  commitments.needs = {};
  commitments.view = (name, draw, needs = []) => {
    commitments.views[name] = draw;
    commitments.needs[name] = needs;
  };

  /* options: [[value, label], …]; the first is the one that filters nothing. */
  commitments.select = (name, labelKey, options, value, onchange) => {
    const select = el("select", { name, id: `f-${name}`, onchange: (event) => onchange(event.target.value) });
    for (const [code, text] of options) select.append(el("option", { value: code, selected: code === value }, text));
    return el("div", { class: "field" }, el("label", { for: `f-${name}` }, t(labelKey)), select);
  };

  commitments.pager = (page, pages, onpage, labelKey = "pager.label") => {
    if (pages < 2) return null;
    const button = (to, key) =>
      el("button", { type: "button", class: "quiet", disabled: to < 0 || to >= pages, onclick: () => onpage(to) }, t(key));
    const place = el("span", { class: "figures" }, t("pager.place", { page: count(page + 1), pages: count(pages) }));
    return el("nav", { class: "pager", "aria-label": t(labelKey) }, button(page - 1, "pager.previous"), place, button(page + 1, "pager.next"));
  };

  commitments.download = (name, text, type = "application/x-ndjson") => {
    const address = URL.createObjectURL(text instanceof Blob ? text : new Blob([text], { type: `${type};charset=utf-8` }));
    const link = el("a", { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 2000);
  };

  commitments.announce = (text) => {
    const region = document.getElementById("status");
    if (region) region.textContent = text;
  };

  commitments.busy = () => el("p", { class: "empty" }, t("busy"));
  commitments.nothing = (key = "nothing") => el("p", { class: "empty" }, t(key));

  /* A tag for the strength of a promise: a word beside the colour, so that colour is never alone. */
  commitments.strengthTag = (strength) =>
    strength ? el("span", { class: `tag s-${strength}` }, commitments.label("strength", strength)) : null;

  /* A plain table; heads are strings, cells strings or elements. */
  commitments.table = (caption, heads, rows, attributes = {}) =>
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
      el("table", { class: "list", ...attributes }, el("caption", { class: "visually-hidden" }, caption),
        el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))),
        el("tbody", {}, rows.map((cells) => el("tr", {}, cells.map((cell, n) => el("td", { dataset: { label: heads[n] } }, cell)))))));

  commitments.facts = (pairs) => {
    const list = el("dl", { class: "facts" });
    for (const [name, value] of pairs) {
      if (value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length)) continue;
      list.append(el("div", {}, el("dt", {}, name), el("dd", {}, Array.isArray(value) ? value.join("、") : value)));
    }
    return list;
  };

  /* Names and values of the fields that a reviewer can correct; `columns` is the data part of that name. */
  const CODED = new Set(["kind", "comparator", "direction", "basis", "strength", "role", "agency_level"]);

  commitments.fieldName = (type, field) => {
    if (field === "*") return "";
    return commitments.known(`field.${field}`) ? t(`field.${field}`) : commitments.either(commitments.columns[type]?.[field] || [field, field]);
  };

  commitments.fieldValue = (field, value) => {
    if (value === null || value === undefined || value === "") return "—";
    return CODED.has(field) ? label(field, value) : String(value);
  };
}
