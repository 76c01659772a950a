// Keys for whoever works through a list: down, up, tick, open, all, give, search, help. Everything they do can be
// clicked as well; in a field they are letters.
"use strict";
(() => {
  const table = document.querySelector("table[data-keys]");
  const help = document.querySelector("dialog.keys");
  const hint = document.querySelector(".keys-hint");
  if (hint) hint.hidden = false;
  const lines = table ? [...table.tBodies[0].rows] : [];
  let at = -1;
  const tick = (line) => line.querySelector("input[type=checkbox]");
  const go = (to) => {
    if (!lines.length) return;
    if (at >= 0) lines[at].classList.remove("at");
    at = Math.min(Math.max(to, 0), lines.length - 1);
    lines[at].classList.add("at");
    lines[at].querySelector("a").focus();
    lines[at].scrollIntoView({ block: "nearest" });
  };
  const deeds = {
    j: () => go(at + 1),
    k: () => go(at - 1),
    x: () => { if (at >= 0) tick(lines[at]).click(); },
    a: () => {
      const all = lines.every((line) => tick(line).checked);
      for (const line of lines) tick(line).checked = !all;
    },
    g: () => document.querySelector("#chosen-desk")?.focus(),
    "/": () => document.querySelector("[data-key='/']")?.focus(),
    "?": () => help?.showModal(),
  };
  addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select, dialog[open]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !(event.key in deeds)) return;
    event.preventDefault();
    deeds[event.key]();
  });
})();
