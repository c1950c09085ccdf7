"use strict";
/* The page of one document: its highlights answer to pointer and keyboard, its cards to decisions. */
(async () => {
  const { el, t, store } = commitments;
  const data = JSON.parse(document.getElementById("data").textContent);
  const main = document.getElementById("text"), card = document.getElementById("card");
  const marks = [...main.querySelectorAll("mark")];
  const stops = marks.filter((mark) => mark.tabIndex === 0);
  let shown = [];

  const recordsOf = (mark) => mark.dataset.r.split(" ").map(Number);

  function show(numbers, pinned) {
    shown = numbers;
    for (const mark of marks) mark.classList.toggle("chosen", recordsOf(mark).some((n) => numbers.includes(n)));
    for (const box of document.querySelectorAll("#pages rect")) box.classList.toggle("chosen", numbers.some((n) => data.records[n].anchor === box.dataset.a));
    card.replaceChildren(...numbers.map((n) => commitments.card(data.records[n], data.doc)));
    document.body.classList.toggle("with-card", pinned && numbers.length > 0);
    if (pinned) card.prepend(el("button", { type: "button", class: "quiet close", "aria-label": t("close"), onclick: hide }, "×"));
  }

  function hide() {
    document.body.classList.remove("with-card");
    for (const mark of marks) mark.classList.remove("chosen");
    shown = [];
    card.replaceChildren(el("p", { class: "empty" }, t("read.hint")));
  }

  function choose(mark) {
    show(recordsOf(mark), true);
    const first = data.records[recordsOf(mark)[0]];
    history.replaceState(null, "", `#${first.anchor}`);
  }

  /* Where the card covers the lower half of a narrow screen, the highlight goes into the upper one. */
  function bring(mark) { mark?.scrollIntoView({ block: innerWidth < 900 ? "start" : "center" }); }

  /* --- pointer and keyboard */

  main.addEventListener("click", (event) => {
    const mark = event.target.closest("mark");
    if (mark && document.getSelection().isCollapsed) choose(mark);
  });
  main.addEventListener("mouseover", (event) => {
    const mark = event.target.closest("mark");
    if (mark && !document.body.classList.contains("with-card") && !card.querySelector("form")) show(recordsOf(mark), false);
  });
  main.addEventListener("focusin", (event) => {
    const mark = event.target.closest("mark");
    if (mark && !document.body.classList.contains("with-card") && !card.querySelector("form")) show(recordsOf(mark), false);
  });
  main.addEventListener("keydown", (event) => {
    const mark = event.target.closest("mark");
    if (mark && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); choose(mark); card.querySelector("button, a")?.focus(); }
  });

  function step(by) {
    const visible = stops.filter((mark) => getComputedStyle(mark).getPropertyValue("--off") !== "1");
    if (!visible.length) return;
    const now = visible.findIndex((mark) => mark === document.activeElement || recordsOf(mark).some((n) => shown.includes(n)));
    const target = visible[(now + by + visible.length) % visible.length];
    target.focus({ preventScroll: true });
    bring(target);
    choose(target);
  }
  document.getElementById("previous").addEventListener("click", () => step(-1));
  document.getElementById("next").addEventListener("click", () => step(1));
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, select, textarea, form") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "n" || event.key === "N") step(1);
    else if (event.key === "p" || event.key === "P") step(-1);
    else if (event.key === "Escape") { const back = stops.find((mark) => recordsOf(mark).some((n) => shown.includes(n))); hide(); back?.focus(); }
  });

  /* --- layers, address, page images */

  for (const box of document.querySelectorAll(".layers input")) {
    box.addEventListener("change", () => document.body.classList.toggle(`off-${box.value}`, !box.checked));
  }

  function follow() {
    const anchor = decodeURIComponent(location.hash.slice(1));
    const number = data.records.findIndex((record) => record.anchor === anchor);
    if (number < 0) return;
    const mark = marks.find((one) => recordsOf(one).includes(number));
    show([number], true);
    bring(mark);
    mark?.classList.add("arrived");
    (stops.find((one) => recordsOf(one).includes(number)) ?? mark)?.focus({ preventScroll: true });
  }
  addEventListener("hashchange", follow);

  for (const box of document.querySelectorAll("#pages rect")) {
    box.addEventListener("click", () => { location.hash = box.dataset.a; follow(); });
  }

  /* --- review */

  function progress() {
    const done = data.records.filter((record) => record.reviewed || store.about(data.doc, record).length).length;
    document.getElementById("reviewed").textContent = t("review.progress", { done, all: data.records.length });
    for (const mark of marks) {
      const decided = recordsOf(mark).flatMap((n) => store.about(data.doc, data.records[n]).map((one) => one.action));
      mark.classList.toggle("decided", decided.length > 0);
      mark.classList.toggle("deleted", decided.includes("delete"));
    }
  }

  commitments.redrawCards = () => { progress(); if (shown.length) show(shown, document.body.classList.contains("with-card")); else hide(); };
  document.getElementById("export").addEventListener("click", () => commitments.download("corrections.jsonl", store.exported()));
  const missed = document.getElementById("missed");
  missed.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the selection
  missed.addEventListener("click", () => { document.body.classList.add("with-card"); card.replaceChildren(commitments.markMissed(main, data.doc)); });

  /* --- start */

  function neighbours() {
    const links = [["previous", data.previous], ["next", data.next]].filter((pair) => pair[1]);
    document.getElementById("neighbours").replaceChildren(...links.map(([name, id]) => el("a", { href: `${id.replace(/[^A-Za-z0-9]/g, "")}.html` }, t(`read.${name}_document`))));
  }

  function redraw() { neighbours(); progress(); if (shown.length) show(shown, document.body.classList.contains("with-card")); else if (!card.querySelector("form")) hide(); }

  if (innerWidth < 900) document.getElementById("outline").open = false;
  commitments.bindLanguageSwitch(document.getElementById("language"));
  commitments.onLanguage(redraw);
  commitments.translate();
  commitments.columns = await commitments.load("columns");
  redraw();
  follow();
  document.documentElement.dataset.ready = "all";
})();
