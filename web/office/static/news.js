// Says how many questions came since the page was read, over a WebSocket; where none gets through it asks for it.
// The page itself is left alone: somebody may be typing in it.
"use strict";
(() => {
  const frame = document.getElementById("new");
  const line = document.getElementById("new-line");
  const SILENT = 40000; // the server says something every 15 seconds
  const ASK_EVERY = 30000;
  let socket = null;
  let heard = Date.now();
  let asked = 0;
  let tries = 0;
  let waiting = 0;
  let over = false;

  const show = (news) => {
    if (news.text === undefined) return;
    frame.hidden = !news.count;
    frame.firstElementChild.textContent = news.count;
    if (!line) return;
    line.hidden = !news.text;
    line.firstElementChild.textContent = news.text;
  };

  const ask = async () => {
    asked = Date.now();
    try {
      const answer = await fetch(frame.dataset.ask, { cache: "no-store", redirect: "error" });
      if (answer.ok) show(await answer.json());
    } catch {
      // no network just now: it is asked again
    }
  };

  const open = () => {
    clearTimeout(waiting);
    if (socket) { socket.onclose = null; socket.close(); }
    const at = new URL(frame.dataset.live, location.href);
    at.protocol = at.protocol.replace("http", "ws");
    socket = new WebSocket(at);
    socket.onmessage = (said) => {
      heard = Date.now();
      tries = 0;
      show(JSON.parse(said.data));
    };
    socket.onclose = (end) => {
      if (end.code === 4404) { over = true; return; } // whoever sat here has left; what is typed stays
      const pause = Math.min(30000, 1000 * 2 ** tries) * (0.75 + Math.random() / 2); // an office comes back at once
      tries += 1;
      waiting = setTimeout(open, pause);
    };
  };

  setInterval(() => {
    if (over || document.hidden) return;
    const live = socket && socket.readyState === WebSocket.OPEN;
    if (live && Date.now() - heard > SILENT) { heard = Date.now(); open(); }
    if (!live && tries > 2 && Date.now() - asked > ASK_EVERY) ask();
  }, 5000);
  addEventListener("online", () => { tries = 0; if (!over) open(); });
  open();
})();
