// The room stays what it is in the hall: fetched anew every few seconds, unless somebody is in the middle of something.
const EVERY = 8000;
const busy = () => document.hidden || document.querySelector("#live :focus, #live details[open]");
setInterval(async () => {
  if (busy()) return;
  try {
    const answer = await fetch(location.href, { credentials: "same-origin", redirect: "error" });
    if (!answer.ok || busy()) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("live");
    if (fresh) document.getElementById("live").replaceWith(fresh);
  } catch {
    // the next round asks again
  }
}, EVERY);
