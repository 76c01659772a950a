"use strict";
// Keeps the page as the room is: what changes comes whole over a WebSocket; where none gets through it is asked for.
(() => {
  const hall = document.getElementById("hall");
  const state = document.getElementById("state");
  const aside = document.querySelector("aside");
  const SILENT = 40000; // the server says something every 15 seconds
  const SAID_AFTER = 3000; // a short gap troubles nobody
  let socket = null;
  let heard = Date.now();
  let tries = 0;
  let waiting = 0;
  let over = false;

  const fine = () => {
    heard = Date.now();
    tries = 0;
    state.hidden = true;
  };

  const show = (html) => {
    if (hall.innerHTML !== html) hall.innerHTML = html;
    const held = hall.querySelector('[data-state="held"]');
    if (aside && document.body.className === "screen") aside.hidden = Boolean(held);
    tick();
  };

  const again = () => {
    if (waiting || over) return;
    const pause = Math.min(10000, 500 * 2 ** tries) * (0.75 + Math.random() / 2); // a whole village comes back at once
    tries += 1;
    waiting = window.setTimeout(() => { waiting = 0; open(); }, pause);
  };

  const ask = async () => {
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const part = page.getElementById("hall");
      if (part) { show(part.innerHTML); state.hidden = true; heard = Date.now(); }
    } catch { /* the banner says it */ }
  };

  const open = () => {
    if (socket) { socket.onclose = null; socket.close(); }
    const at = new URL(hall.dataset.live, location.href);
    at.protocol = at.protocol.replace("http", "ws");
    socket = new WebSocket(at);
    socket.onmessage = (said) => {
      fine();
      const news = JSON.parse(said.data);
      if (news.html) show(news.html);
    };
    socket.onclose = (end) => {
      if (end.code === 4404) { over = true; location.reload(); return; }
      again();
      if (tries > 2) ask();
    };
  };

  const tick = () => {
    const time = hall.querySelector("time");
    if (!time) return;
    const left = Math.round((new Date(time.dateTime) - Date.now()) / 1000);
    const clock = `${Math.floor(Math.abs(left) / 60)}:${String(Math.abs(left) % 60).padStart(2, "0")}`;
    time.textContent = (left < 0 ? hall.dataset.passed : hall.dataset.left).replace("{clock}", clock);
    time.className = left < 0 ? "late" : "";
  };

  window.setInterval(tick, 1000);
  window.setInterval(() => {
    const silent = Date.now() - heard;
    if (silent > SAID_AFTER && (!socket || socket.readyState !== WebSocket.OPEN)) state.hidden = false;
    if (silent > SILENT) { heard = Date.now(); open(); }
  }, 1000);
  window.addEventListener("online", () => { tries = 0; open(); });
  open();
})();
