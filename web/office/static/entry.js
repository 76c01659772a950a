// The page of the code looks by itself whether somebody has said yes; without scripts the browser loads it again.
"use strict";
(() => {
  const every = 2000;
  let next = 0;
  const look = async () => {
    clearTimeout(next);
    next = 0;
    try {
      const answer = await fetch("/ban-lam-viec/vao/xong", { cache: "no-store" });
      if (answer.ok && !(await answer.json()).waits) {
        location.reload();
        return;
      }
    } catch {
      // no network just now: the next look may find one
    }
    next = setTimeout(look, every);
  };
  // whoever said yes on this same device comes back from the chat: a page nobody saw was let look more and more seldom
  const back = () => { if (next && !document.hidden) look(); };
  addEventListener("focus", back);
  document.addEventListener("visibilitychange", back);
  next = setTimeout(look, every);
})();
