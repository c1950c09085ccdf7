"use strict";
/* What the dataset holds, what it is made of, and what its readers should know about its quality. */
{
  const { el, t, label, count, known } = commitments;

  function card(key, ...content) {
    return el("section", { class: "block" }, el("h2", {}, t(key)), ...content);
  }

  function bars(name, pairs) {
    const most = Math.max(...pairs.map((pair) => pair[1]), 1);
    const list = el("ul", { class: "bars" });
    for (const [code, number] of pairs.slice(0, name === "year" ? 40 : 12)) {
      const text = code === "" ? t("unknown") : known(`${name}.${code}`) ? t(`${name}.${code}`) : code;
      const bar = el("span", { class: "track", "aria-hidden": "true" }, el("span", { class: "fill" }));
      bar.firstChild.style.width = `${(number / most) * 100}%`;
      list.append(el("li", {}, el("span", { class: "what", lang: "zh-CN" }, text), bar, el("span", { class: "figures" }, count(number))));
    }
    return el("div", { class: "group" }, el("h3", {}, t(`by.${name}`)), list);
  }

  function notes(data) {
    const list = el("ul", { class: "notes" });
    for (const [name, number, of] of data.notes) {
      if (!number) continue;
      list.append(el("li", {}, el("span", {}, t(`note.${name}`)), el("span", { class: "figures" }, t("overview.share", { count: count(number), of: count(of), share: ((number / of) * 100).toFixed(1) }))));
    }
    if (data.run.unplaced_share !== null) {
      list.append(el("li", {}, t("overview.unplaced", { share: (data.run.unplaced_share * 100).toFixed(2), chars: count(data.run.chars) })));
    }
    return list;
  }

  function problems(data, documents) {
    if (!data.problems.length) return el("p", { class: "note" }, t("overview.no_problems"));
    return el("div", {}, data.problems.map(([code, severity, number, hint, passages]) =>
      el("details", { class: "problem" },
        el("summary", {}, el("span", { class: `tag v-${severity}` }, label("severity", severity)), " ", el("code", {}, code), " ", el("span", { class: "figures" }, t("overview.passages", { count: count(number) }))),
        el("p", { class: "note" }, hint),
        el("ul", { class: "passages" }, passages.map(([index, text]) => {
          const doc = documents[index];
          return el("li", { lang: "zh-CN" }, doc ? el("a", { href: commitments.documentAddress(doc[0]) }, doc[1]) : "", text ? `：${text}` : "");
        })))));
  }

  function errors(data) {
    if (!data.errors.length) return el("p", { class: "note" }, t("overview.no_errors"));
    const heads = [t("overview.file"), t("overview.reason"), t("overview.remedy")];
    return commitments.table(t("overview.errors"), heads, data.errors.map(([source, , code, message, remedy]) => [source, `${message} (${code})`, remedy]));
  }

  /* Charts for papers, where the report was made with them. */
  function gallery(charts) {
    const figures = charts.map(([name, title]) => {
      const caption = title || t(`charts.${name}`);
      const files = ["svg", "png"].map((kind) => el("a", { href: `charts/${name}.${kind}`, download: `${name}.${kind}`, "aria-label": `${caption} ${kind.toUpperCase()}` }, kind.toUpperCase()));
      return el("figure", {}, el("img", { src: `charts/${name}.svg`, alt: caption, loading: "lazy" }), el("figcaption", {}, el("span", { lang: "zh-CN" }, caption), " ", files[0], " ", files[1]));
    });
    return card("overview.charts", el("div", { class: "gallery" }, figures));
  }

  commitments.view("overview", (main, _, data, documents, charts) => {
    main.replaceChildren(
      card("overview.notes", notes(data)),
      card("overview.errors", errors(data)),
      charts.length ? gallery(charts) : "",
      card("overview.by", el("div", { class: "groups" }, Object.entries(data.by).map(([name, pairs]) => bars(name, pairs)))),
      card("overview.problems", problems(data, documents)));
  }, ["overview", "documents", "charts"]);
}
