// The room stays what it is in the hall: whatever changes it is told over a WebSocket, and fetched anew unless somebody is
// in the middle of something. Where no WebSocket gets through the page asks every few seconds.
"use strict";
(() => {
  const EVERY = 8000;
  const SILENT = 40000; // the server says something every 15 seconds
  const GONE = 4404;
  let socket = null;
  let heard = 0;
  let tries = 0;
  let newest = "";
  let fetching = false;

  const live = () => document.getElementById("live");
  const busy = () => document.hidden || document.querySelector("#live :focus, #live details[open]");
  const follows = () => Boolean(live().dataset.stamp);
  const hearing = () => socket && socket.readyState === WebSocket.OPEN && Date.now() - heard < SILENT;

  const fetchAnew = async () => {
    if (fetching || busy()) return;
    fetching = true;
    try {
      const answer = await fetch(location.href, { credentials: "same-origin", redirect: "error" });
      if (!answer.ok || busy()) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("live");
      if (fresh) live().replaceWith(fresh);
    } catch {
      // the next round asks again
    } finally {
      fetching = false;
    }
  };

  const isOld = () => newest && newest !== live().dataset.stamp;

  const open = () => {
    const at = new URL(live().dataset.live, location.href);
    at.protocol = at.protocol.replace("http", "ws");
    socket = new WebSocket(at);
    heard = Date.now(); // it is given time to say its first word
    socket.onmessage = (said) => {
      heard = Date.now();
      tries = 0;
      newest = JSON.parse(said.data).stamp || newest;
      if (isOld()) fetchAnew();
    };
    socket.onclose = (end) => {
      socket = null;
      if (end.code === GONE) newest = "over";
      else if (follows()) setTimeout(open, Math.min(10000, 500 * 2 ** tries++));
    };
  };

  let round = 0;
  setInterval(() => {
    if (!follows()) return;
    round += 1;
    if (socket && socket.readyState === WebSocket.OPEN && !hearing()) socket.close();
    if (hearing() ? isOld() : round % (EVERY / 1000) === 0) fetchAnew(); // what was put off, what nobody tells
  }, 1000);
  open();
})();
