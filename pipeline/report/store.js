"use strict";
/* Decisions of a reviewer: kept in this browser under the report's own folder, exported as corrections.jsonl. */
commitments.store = (() => {
  const folder = new URL(commitments.base || ".", location.href).pathname;
  const key = `review:${folder}`;
  let held = read();

  function read() {
    try { return new Map(JSON.parse(commitments.recall(key) || "[]")); } catch { return new Map(); }
  }

  function write() { return commitments.remember(key, JSON.stringify([...held])); }

  /* What a decision is about: content, never a row id. */
  function name(decision) {
    const { document: doc, commitment_key: commitment, type, quote, field, action } = decision;
    const whole = action === "correct" ? field : action === "add" ? "add" : "row";
    return [doc.source_path, commitment, type, quote, decision.context?.[0] ?? "", whole].join("\u001f");
  }

  function put(decision) { held.set(name(decision), decision); return write(); }
  function drop(decision) { held.delete(name(decision)); return write(); }
  function all() { return [...held.values()]; }
  function clear() { held = new Map(); return write(); }

  /* Decisions about one record; `record` has type, key and quote. */
  function about(doc, record) {
    return all().filter((one) => one.document.source_path === doc.source_path && one.type === record.type
      && one.commitment_key === record.key && one.quote === record.quote && one.action !== "add");
  }

  function exported() { return all().map((one) => `${JSON.stringify(one)}\n`).join(""); }

  /* Lines of a corrections file; returns how many were taken and how many could not be read. */
  function imported(text) {
    let taken = 0, refused = 0;
    for (const line of text.split("\n")) {
      if (!line.trim()) continue;
      try {
        const one = JSON.parse(line);
        if (typeof one.action !== "string" || typeof one.document?.source_path !== "string") throw new TypeError("shape");
        held.set(name(one), one);
        taken += 1;
      } catch { refused += 1; }
    }
    write();
    return { taken, refused };
  }

  return { put, drop, all, clear, about, exported, imported, reread: () => { held = read(); } };
})();
