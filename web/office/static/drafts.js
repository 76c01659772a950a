// Keeps what is typed a moment after each pause, says who else has the question open, and that it has changed meanwhile.
"use strict";
(() => {
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  // a look at the answer was a form: going back to it, the browser would ask to send that again instead of showing it
  if (document.querySelector("#preview")) history.replaceState(null, "");
  const text = form.querySelector("textarea");
  const kept = document.querySelector("#kept");
  const others = document.querySelector("#others");
  kept.textContent = kept.dataset.promise;  // only a script keeps what is typed: without one nobody is told so
  const changed = document.querySelector("#changed");
  let waiting = 0;
  let last = text.value;
  const keep = async () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 45000);
    if (document.hidden) return;
    const said = text.value;
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(new FormData(form)),
      });
      if (!answer.ok || !(answer.headers.get("content-type") || "").includes("json")) throw new Error("not kept");
      const now = await answer.json();
      if (said !== last) kept.textContent = now.kept;
      last = said;
      others.replaceChildren(...now.others.map((one) => {
        const line = document.createElement("p");
        line.className = others.dataset.note;
        line.textContent = one;
        return line;
      }));
      changed.textContent = now.changed;
      changed.hidden = !now.changed;
    } catch {
      // the session is over, or there is no network: what is typed stays in the field, and the next pause tries again
      if (said !== last) kept.textContent = kept.dataset.failed;
    }
  };
  text.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 1500);
  });
  waiting = setTimeout(keep, 15000);
})();
