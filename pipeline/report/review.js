"use strict";
/* Review: confirm, correct any field, delete, or mark what was missed. A decision names its row by key and quote. */
{
  const { el, t, store } = commitments;

  function about(doc) { return { title: doc.title, adcode: doc.adcode, source_path: doc.source_path, text_sha256: doc.text_sha256 }; }

  function decision(action, record, doc, field, old, value) {
    return { action, type: record.type, commitment_key: record.key, quote: record.quote, field, old, new: value, document: about(doc) };
  }

  function keep(decisions) {
    let kept = true;
    for (const one of decisions) kept = store.put(one) && kept;
    commitments.announce(t(kept ? "review.saved" : "review.unsaved"));
    commitments.redrawCards();
  }

  commitments.reviewTools = (record, doc, decided) => {
    const button = (key, act, quiet) => el("button", { type: "button", class: quiet ? "quiet" : undefined, onclick: act }, t(key));
    const undo = () => { decided.forEach(store.drop); commitments.announce(""); commitments.redrawCards(); };
    return el("div", { class: "actions" },
      button("review.confirm", () => keep([decision("confirm", record, doc, "*", record.fields, null)])),
      button("review.correct", (event) => event.currentTarget.closest(".record").append(form(record, doc)), true),
      button("review.delete", () => keep([decision("delete", record, doc, "*", record.fields, null)]), true),
      decided.length ? button("review.undo", undo, true) : null);
  };

  /* --- forms */

  const LONG = new Set(["indicator", "what", "title"]);

  function control(id, [, , type, codes, required], field, value) {
    const text = value === null || value === undefined ? "" : String(value);
    if (codes.length) {
      const options = required ? codes : ["", ...codes];
      return el("select", { id, name: field }, options.map((code) => el("option", { value: code, selected: code === text }, code ? commitments.fieldValue(field, code) : "—")));
    }
    if (LONG.has(field)) return el("textarea", { id, name: field, rows: 2, required }, text);
    const number = type === "float" || type === "int";
    return el("input", { id, name: field, type: type === "date" ? "date" : "text", inputmode: number ? "decimal" : undefined, value: text, required });
  }

  function parsed([, , type, , required], text) {
    if (text === "") { if (required) throw new RangeError("required"); return null; }
    if (type === "float" || type === "int") {
      const number = Number(text);
      if (!Number.isFinite(number) || (type === "int" && !Number.isInteger(number))) throw new RangeError(text);
      return number;
    }
    return text;
  }

  /* Reads the form; marks the field that is not valid and throws. */
  function readForm(box, columns, type) {
    const found = {};
    for (const [field, column] of Object.entries(columns)) {
      const input = box.elements[field];
      try {
        found[field] = parsed(column, input.value.trim());
        input.removeAttribute("aria-invalid");
      } catch (error) {
        input.setAttribute("aria-invalid", "true");
        input.focus();
        box.querySelector(".complaint").textContent = t("review.invalid", { field: commitments.fieldName(type, field) });
        throw error;
      }
    }
    return found;
  }

  function fields(type, values, prefix) {
    return Object.entries(commitments.columns[type]).map(([field, column]) =>
      el("div", { class: "field" }, el("label", { for: `${prefix}-${field}` }, commitments.fieldName(type, field)), control(`${prefix}-${field}`, column, field, values[field])));
  }

  function frame(title, content, onsave, oncancel) {
    const box = el("form", { class: "correction", "aria-label": title, novalidate: true, onsubmit: (event) => {
      event.preventDefault();
      try { onsave(box); } catch (error) { if (!(error instanceof RangeError)) throw error; }
    } }, el("h3", {}, title), content, el("p", { class: "complaint", role: "alert" }),
    el("div", { class: "actions" }, el("button", { type: "submit" }, t("review.save")), el("button", { type: "button", class: "quiet", onclick: oncancel }, t("review.cancel"))));
    setTimeout(() => box.querySelector("input, select, textarea")?.focus(), 0);
    return box;
  }

  function form(record, doc) {
    document.querySelector("form.correction")?.remove();
    const columns = commitments.columns[record.type];
    const shown = { ...record.fields };
    for (const one of store.about(doc, record)) if (one.action === "correct") shown[one.field] = one.new;
    return frame(t("review.correct"), fields(record.type, shown, "c"), (box) => {
      const found = readForm(box, columns, record.type);
      const changed = Object.entries(found).filter(([field, value]) => value !== (shown[field] ?? null));
      if (!changed.length) { box.querySelector(".complaint").textContent = t("review.nothing"); return; }
      keep(changed.map(([field, value]) => decision("correct", record, doc, field, record.fields[field] ?? null, value)));
    }, () => commitments.redrawCards());
  }

  /* --- missed promises: the selected passage, with what stands before and after it so that it can be found again */

  function selected(main) {
    const chosen = document.getSelection();
    if (!chosen || chosen.isCollapsed || !main.contains(chosen.anchorNode) || !main.contains(chosen.focusNode)) return null;
    const range = chosen.getRangeAt(0);
    const quote = chosen.toString().trim();
    if (!quote) return null;
    const before = document.createRange(), after = document.createRange();
    before.setStart(main, 0);
    before.setEnd(range.startContainer, range.startOffset);
    after.setStart(range.endContainer, range.endOffset);
    after.setEnd(main, main.childNodes.length);
    return { quote, context: [[...before.toString()].slice(-20).join(""), [...after.toString()].slice(0, 20).join("")] };
  }

  commitments.markMissed = (main, doc) => {
    const found = selected(main);
    if (!found) { commitments.announce(t("review.missed.hint")); return el("p", { class: "note" }, t("review.missed.hint")); }
    let type = "target";
    const holder = el("div", {});
    const choose = el("select", { id: "n-type", onchange: (event) => { type = event.target.value; fill(); } }, ["target", "milestone"].map((one) => el("option", { value: one }, t(`type.${one}`))));
    const fill = () => holder.replaceChildren(...fields(type, type === "target" ? { kind: "level", comparator: "eq" } : { what: found.quote }, "n"));
    fill();
    return frame(t("review.missed.title"), [el("blockquote", { lang: "zh-CN" }, found.quote), el("div", { class: "field" }, el("label", { for: "n-type" }, t("filter.kind")), choose), holder], (box) => {
      const values = readForm(box, commitments.columns[type], type);
      keep([{ action: "add", type, commitment_key: null, quote: found.quote, context: found.context, field: "*", old: null, new: values, document: about(doc) }]);
    }, () => commitments.redrawCards());
  };
}
