"use strict";
/* Data parts, languages and elements. Nothing here reads markup from data: text goes in as text nodes only. */
window.commitments = (() => {
  class MissingPart extends Error {}
  const parts = new Map();
  const waiting = new Map();
  const base = document.documentElement.dataset.base || "";

  /* --- data parts: each is a script that calls part(name, value) */

  function part(name, value) {
    parts.set(name, value);
    const held = waiting.get(name);
    if (held) { held.resolve(value); waiting.delete(name); }
  }

  function load(name) {
    if (parts.has(name)) return Promise.resolve(parts.get(name));
    if (waiting.has(name)) return waiting.get(name).promise;
    const held = {};
    held.promise = new Promise((resolve, reject) => { held.resolve = resolve; held.reject = reject; });
    waiting.set(name, held);
    const script = document.createElement("script");
    script.src = `${base}data/${name}.js`;
    script.onerror = () => { waiting.delete(name); held.reject(new MissingPart(name)); };
    document.head.append(script);
    return held.promise;
  }

  function has(name) { return parts.has(name); }

  /* --- what the browser remembers; private windows may forbid it */

  function recall(key) {
    try { return localStorage.getItem(`commitments.${key}`); } catch { return null; }
  }

  function remember(key, value) {
    try { localStorage.setItem(`commitments.${key}`, value); return true; } catch { return false; }
  }

  /* --- languages */

  const listeners = [];
  let language = recall("language") === "en" ? "en" : "zh";

  function t(key, values = {}) {
    const pair = STRINGS[key];
    if (!pair) return key;
    return pair[language === "en" ? 1 : 0].replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
  }

  const SAID = Object.keys(STRINGS).filter((key) => key.startsWith("said."));

  /* Remarks of `commitments compare` (数值 35% / 30%；时限 未写明 / 2025-12-31) with their fixed words in the reader's language. */
  function said(text) {
    return language === "en" ? SAID.reduce((so_far, key) => so_far.replaceAll(STRINGS[key][0], STRINGS[key][1]), String(text)) : text;
  }

  function known(key) { return Object.hasOwn(STRINGS, key); }

  /* The label of a code (`kind.level`); the code itself where there is none. */
  function label(group, code) {
    const key = `${group}.${code}`;
    return known(key) ? t(key) : String(code ?? "");
  }

  /* One of two wordings that came with the data: [Chinese, English]. */
  function either(pair) { return (language === "en" && pair[1]) || pair[0]; }

  function translate(root = document) {
    document.documentElement.lang = language === "en" ? "en" : "zh-CN";
    const marked = (name) => [...root.querySelectorAll(`[${name}]`), ...(root.matches?.(`[${name}]`) ? [root] : [])];
    for (const node of marked("data-i18n")) node.textContent = t(node.dataset.i18n);
    for (const node of marked("data-i18n-label")) node.setAttribute("aria-label", labelOf(node));
    for (const node of marked("data-i18n-placeholder")) node.placeholder = t(node.dataset.i18nPlaceholder);
  }

  function labelOf(node) {
    return t(node.dataset.i18nLabel) + (node.dataset.page ? ` ${node.dataset.page}` : "");
  }

  function setLanguage(wanted) {
    language = wanted === "en" ? "en" : "zh";
    remember("language", language);
    translate();
    for (const listener of listeners) listener();
  }

  function onLanguage(listener) { listeners.push(listener); }

  function bindLanguageSwitch(button) {
    button.addEventListener("click", () => setLanguage(language === "en" ? "zh" : "en"));
  }

  /* --- elements */

  function el(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === undefined || value === null || value === false) continue;
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else if (name === "dataset") Object.assign(node.dataset, value);
      else node.setAttribute(name, value === true ? "" : value);
    }
    node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
    return node;
  }

  function svg(tag, attributes = {}, ...children) {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) if (value !== undefined) node.setAttribute(name, value);
    node.append(...children.flat().filter(Boolean));
    return node;
  }

  function count(number) { return Number(number).toLocaleString("en-US"); }

  /* Address of a document's page; ids and anchors are made by the dataset and hold letters, digits and dashes only. */
  function documentAddress(id, anchor) {
    const plain = (text) => String(text ?? "").replace(/[^A-Za-z0-9-]/g, "");
    return `${base}doc/${plain(id)}.html${anchor ? `#${plain(anchor)}` : ""}`;
  }

  return {
    MissingPart, part, load, has, recall, remember, t, known, label, either, translate, setLanguage, onLanguage, bindLanguageSwitch,
    el, svg, count, documentAddress, base, said,
    get language() { return language; },
  };
})();
