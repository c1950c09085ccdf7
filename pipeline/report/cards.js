"use strict";
/* The card of one record on a document's page. */
{
  const { el, t, label } = commitments;
  function heading(record) {
    const f = record.fields;
    const title = { target: f.indicator, milestone: f.what, task: f.title, responsibility: f.agency }[record.type];
    return [el("p", { class: `kicker ${{ target: "t", milestone: "m", task: "k", responsibility: "a" }[record.type]}` }, t(`type.${record.type}`)),
      el("h2", { lang: "zh-CN" }, title, record.shown ? el("span", { class: "number" }, ` ${record.shown}`) : null)];
  }

  function facts(record, decided) {
    const pairs = Object.entries(record.fields).map(([field, value]) => {
      const change = decided.find((one) => one.action === "correct" && one.field === field);
      if (!change && (value === null || ["indicator", "what", "title", "agency"].includes(field))) return [null, null];
      const shown = commitments.fieldValue(field, value);
      return [commitments.fieldName(record.type, field), change ? el("span", {}, el("del", {}, shown), " ", el("ins", {}, commitments.fieldValue(field, change.new))) : shown];
    });
    const roles = Object.entries(record.agencies).map(([role, names]) => [label("role", role), names]);
    return commitments.facts([...pairs, [t("panel.printed"), record.deadline_text], [t("panel.modality"), record.modality_text],
      ...(record.type === "responsibility" ? [] : roles), [t("read.item"), record.item], [t("panel.confidence"), record.confidence], [t("panel.rule"), record.rule]]);
  }

  function links(record) {
    const found = [];
    if (record.row) {
      const query = new URLSearchParams({ row: record.row, at: String(record.at) });
      found.push(el("a", { class: "button", href: `../index.html#matrix?${query}` }, t("read.row"), el("span", { "aria-hidden": "true" }, " →")));
    }
    if (record.page && document.getElementById(`page-${record.page}`)) {
      found.push(el("a", { href: `#page-${record.page}`, dataset: { anchor: record.anchor }, class: "to-page" }, t("read.page_link", { page: record.page })));
    }
    return found.length ? el("p", { class: "links" }, found) : null;
  }

  commitments.card = (record, doc) => {
    const decided = commitments.store.about(doc, record);
    const state = decided.map((one) => el("span", { class: `tag a-${one.action}` }, t(`action.${one.action}`)));
    if (record.reviewed) state.push(el("span", { class: "tag" }, t("review.reviewed")));
    return el("article", { class: "record" }, heading(record), state.length ? el("p", { class: "states" }, [...new Map(state.map((one) => [one.textContent, one])).values()]) : null,
      facts(record, decided), links(record), commitments.reviewTools(record, doc, decided));
  };
}
