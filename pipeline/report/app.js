"use strict";
/* Views and their addresses: #matrix?q=床位&kind=level. The address holds the state, so that it can be sent to a colleague. */
{
  const { el, t, count } = commitments;
  const ORDER = ["matrix", "overview", "documents", "deadlines", "agencies", "conflicts", "cascade", "review"];
  let now = "matrix", drawing = 0;

  commitments.current = () => now;

  function parse() {
    const [name, query] = location.hash.slice(1).split("?");
    return [ORDER.includes(name) ? name : "matrix", Object.fromEntries(new URLSearchParams(query || ""))];
  }

  /* Writes the address without a new entry in the history. */
  commitments.route = (name, state) => {
    const query = new URLSearchParams(Object.entries(state)).toString();
    history.replaceState(null, "", `#${name}${query ? `?${query}` : ""}`);
  };

  function tabs() {
    document.getElementById("tabs").replaceChildren(...ORDER.map((name) => {
      const n = commitments.matrix.head.findings[name];
      const link = el("a", { href: `${location.pathname.split("/").pop()}#${name}`, "aria-current": name === now ? "page" : undefined }, t(`view.${name}`));
      if (n > 0) link.append(" ", el("span", { class: "badge" }, count(n)));
      return link;
    }));
    const bar = document.getElementById("tabs"), current = bar.querySelector("[aria-current]");
    bar.scrollLeft = Math.max(0, current.offsetLeft - bar.offsetLeft - bar.clientWidth / 2 + current.clientWidth / 2);
  }

  function strip() {
    const figures = commitments.matrix.head.counts;
    const names = ["documents", "places", "tasks", "targets", "milestones", "indicators", "shared", "quarantined"];
    document.getElementById("strip").replaceChildren(...names.map((name) =>
      el("div", { class: name === "quarantined" && figures[name] ? "warn" : undefined }, el("dt", {}, t(`count.${name}`)), el("dd", {}, count(figures[name])))));
    document.getElementById("version").textContent = commitments.matrix.head.version || "";
  }

  async function show(focus) {
    const [name, state] = parse();
    const turn = ++drawing;
    now = name;
    tabs();
    const main = document.getElementById("main");
    main.onclick = main.onkeydown = null;
    main.className = `view-${name}`;
    document.title = `${t(`view.${name}`)} · ${t("title")}`;
    try {
      const needs = commitments.needs[name] || [];
      if (needs.some((part) => !commitments.has(part))) main.replaceChildren(commitments.busy());
      const values = await Promise.all(needs.map(commitments.load));
      if (turn !== drawing) return;
      commitments.views[name](main, state, ...values);
    } catch (error) {
      if (!(error instanceof commitments.MissingPart)) throw error;
      main.replaceChildren(el("p", { class: "empty" }, t("failed", { name: error.message })));
    }
    if (focus) main.focus({ preventScroll: true });
  }

  async function start() {
    commitments.bindLanguageSwitch(document.getElementById("language"));
    commitments.translate();
    await commitments.matrix.open();
    strip();
    await show(false);
    document.documentElement.dataset.ready = "first";
    addEventListener("hashchange", () => { commitments.closePanel(); show(true); });
    commitments.onLanguage(() => { strip(); show(false); if (!document.getElementById("panel").hidden) commitments.closePanel(); });
    requestAnimationFrame(() => setTimeout(async () => {
      await commitments.matrix.rest();
      document.documentElement.dataset.ready = "all";
    }, 0));
  }

  start().catch((error) => {
    document.getElementById("main").replaceChildren(el("p", { class: "empty" }, t("failed", { name: error.message })));
  });
}
