"use strict";
// One chat: shows its lines as they come, sends what the person says. Words reach the page as text, never as markup.
(function () {
  const phone = document.getElementById("phone");
  const log = document.getElementById("log");
  const state = document.getElementById("state");
  const composer = document.getElementById("composer");
  const words = document.getElementById("words");
  const wordsLabel = document.getElementById("words-label");
  const file = document.getElementById("file");
  const chosen = document.getElementById("chosen");
  const chosenName = document.getElementById("chosen-name");
  const say = phone.dataset; // the page's sentences
  const LARGEST = 10 * 1024 * 1024;
  const PEEK = 10000; // how often a page looks that may not listen all the time (ms)
  const SILENCE = 40000;
  const GONE = 4404; // how the other side ends a chat that is over

  let last = Number(say.after);
  let socket = null;
  let source = null;
  let blocked = 0; // how often a WebSocket did not open, one time after the other
  let heardAt = 0;
  let peeking = 0;
  let over = false;
  let lastDay = "";
  let askingPhone = false;
  let newestButtons = null;
  let question = []; // the buttons of the newest question; those of an earlier one answer nothing any more
  const pending = new Map(); // event id -> the bubble that waits for its line

  try {
    window.localStorage.setItem("last-chat", say.chat);
  } catch (blocked) {
    // without storage the way back is the address of this page
  }

  function make(name, className, text) {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  function tell(sentence) {
    state.textContent = sentence || "";
    state.hidden = !sentence;
  }

  function newName() {
    const bytes = window.crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, function (byte) { return byte.toString(16).padStart(2, "0"); }).join("");
  }

  function atEnd() {
    return log.scrollHeight - log.scrollTop - log.clientHeight < 120;
  }

  function toEnd() {
    log.scrollTop = log.scrollHeight;
  }

  // Where there is a keyboard the field is at hand at once; on a phone the keyboard would jump up over the log.
  function writeOn() {
    if (window.matchMedia("(pointer: fine)").matches) words.focus();
  }

  // ---- showing

  function fileElement(one) {
    if (!one.sha256) return make("span", "file", "📎 " + one.name);
    const link = make("a");
    link.href = "file/" + one.sha256;
    link.rel = "noopener";
    link.target = "_blank";
    if (one.type.startsWith("image/")) {
      const picture = make("img");
      picture.alt = one.name || say.photo;
      picture.addEventListener("load", function () { toEnd(); });
      picture.src = link.href;
      link.append(picture);
    } else {
      link.textContent = "📎 " + (one.name || say.download);
    }
    return link;
  }

  function buttonElement(button) {
    if (button.url) {
      if (!/^https?:\/\//.test(button.url)) return null;
      const link = make("a", "tap", button.label);
      link.href = button.url;
      link.rel = "noopener noreferrer";
      link.target = "_blank";
      return link;
    }
    const tap = make("button", "tap", button.label);
    tap.type = "button";
    if (button.code.includes("~")) tap.dataset.question = "yes";
    tap.addEventListener("click", function () {
      tap.disabled = true;
      send("say", JSON.stringify({ event_id: newName(), choice: button.code }), function () {
        if (!tap.dataset.question || question.includes(tap)) tap.disabled = false;
      });
      writeOn();
    });
    return tap;
  }

  function bubble(line) {
    const item = make("div", line.from === "me" ? "me" : "bot");
    const box = make("div", "bubble");
    box.append(make("span", "hear", (line.from === "me" ? say.said : say.bot) + " "));
    (line.files || []).forEach(function (one) { box.append(fileElement(one)); });
    box.append(make("span", "", line.text));
    if (line.time) box.append(make("time", "", line.time));
    item.append(box);
    const rows = (line.rows || []).slice();
    if (rows.length || line.contact) {
      const place = make("div", "rows");
      if (line.contact) {
        const row = make("div", "row");
        const share = make("button", "tap", line.contact);
        share.type = "button";
        share.addEventListener("click", function () { askPhone(true); });
        row.append(share);
        place.append(row);
      }
      rows.forEach(function (buttons) {
        const row = make("div", "row");
        buttons.map(buttonElement).filter(Boolean).forEach(function (one) { row.append(one); });
        place.append(row);
      });
      item.append(place);
    }
    return item;
  }

  function show(line) {
    if (line.id <= last) return;
    last = line.id;
    if (line.forget) { // what was typed is kept nowhere any more, so it is not shown either
      line.forget.forEach(function (number) {
        const gone = log.querySelector("[data-line='" + Number(number) + "']");
        if (gone) gone.remove();
      });
      (line.sent || []).forEach(drop); // gone before its line could take the place of what is shown as being sent
      return;
    }
    const stay = !atEnd() && line.from !== "me";
    drop(line.event);
    if (line.day !== lastDay) {
      lastDay = line.day;
      const day = make("div", "day");
      day.append(make("span", "", line.day));
      log.append(day);
    }
    const item = bubble(line);
    item.dataset.line = line.id;
    if (log.getAttribute("aria-live") === "polite") item.classList.add("live");
    const place = item.querySelector(".rows");
    if (newestButtons && (place || line.from === "me")) newestButtons.classList.add("old");
    if (place) newestButtons = place;
    const asked = Array.from(item.querySelectorAll("[data-question]"));
    if (asked.length) {
      question.forEach(function (one) { one.disabled = true; });
      question = asked;
    }
    log.append(item);
    pending.forEach(function (one) { log.append(one); });
    if (line.from === "bot" && askingPhone) askPhone(false);
    if (!stay) toEnd();
  }

  // ---- hearing

  // A WebSocket while one gets through; else a stream of events, of which browsers allow six to one place at once.
  function listen() {
    hangUp();
    if (over) return;
    if (blocked < 2) listenBySocket(); else listenByStream();
  }

  function allHere() {
    tell("");
    if (log.getAttribute("aria-live") === "off") {
      toEnd();
      log.setAttribute("aria-live", "polite");
    }
  }

  function listenBySocket() {
    const place = new URL("live?after=" + last, window.location.href);
    place.protocol = place.protocol === "https:" ? "wss:" : "ws:";
    const mine = socket = new WebSocket(place);
    let open = false;
    heardAt = Date.now();
    mine.addEventListener("message", function (event) {
      if (mine !== socket) return;
      open = true;
      blocked = 0;
      heardAt = Date.now();
      const said = JSON.parse(event.data);
      if (said.ready) allHere(); else if (!said.beat) show(said);
    });
    mine.addEventListener("close", function (event) {
      if (mine !== socket) return; // hung up by this page
      socket = null;
      if (event.code === GONE) { leave(); return; }
      if (!open && navigator.onLine) blocked += 1; // something in between may let no WebSocket through
      const crowded = event.code === 1013; // then this page asks from time to time, and has what there is
      if (!crowded) tell(say.offline);
      again(crowded ? PEEK : open ? 1000 + 2000 * Math.random() : 2000);
    });
  }

  function listenByStream() {
    source = new EventSource("events?after=" + last);
    source.addEventListener("message", function (event) { show(JSON.parse(event.data)); });
    source.addEventListener("ready", function () {
      allHere();
      if (document.hidden) hangUp();
    });
    source.addEventListener("over", leave);
    source.addEventListener("error", function () {
      tell(say.offline);
      if (source && source.readyState === EventSource.CLOSED) {
        hangUp(); // refused, not only broken off: the browser does not try again by itself
        lookWhetherGone();
        blocked = 1; // a WebSocket may get through by now
        again(5000);
      }
    });
  }

  // The chat is over, here or from elsewhere: whoever sits down next reads nothing of it, nor by going back.
  function leave() {
    over = true;
    hangUp();
    log.textContent = "";
    words.value = "";
    try {
      if (window.localStorage.getItem("last-chat") === say.chat) window.localStorage.removeItem("last-chat");
    } catch (blocked) {
      // nothing was stored
    }
    window.location.replace("/");
  }

  function lookWhetherGone() {
    fetch(window.location.pathname, { method: "HEAD", credentials: "same-origin" }).then(function (answer) {
      if (answer.status === 404) leave();
    }).catch(function () {}); // no network: asked again with the next attempt to listen
  }

  function hangUp() {
    const had = socket;
    socket = null;
    if (had) had.close();
    if (source) source.close();
    source = null;
  }

  function again(milliseconds) {
    window.setTimeout(function () { if (!socket && !source) listen(); }, milliseconds);
  }

  function seenOrHidden() {
    window.clearInterval(peeking);
    if (!document.hidden) {
      listen();
    } else if (source) { // others need the place; a WebSocket takes none away
      hangUp();
      peeking = window.setInterval(function () { if (!source && !socket) listen(); }, PEEK);
    }
  }
  document.addEventListener("visibilitychange", seenOrHidden);
  window.addEventListener("online", listen);
  window.addEventListener("pagehide", hangUp);
  window.addEventListener("pageshow", function (event) { if (event.persisted) listen(); });
  // a network that went away without a word is noticed by the silence: something is said every 15 seconds
  window.setInterval(function () { if (socket && Date.now() - heardAt > SILENCE) listen(); }, PEEK);

  // ---- saying

  // One after the other, in the order they were said: a tap on `Gửi` never overtakes the words it sends.
  let before = Promise.resolve();
  function send(where, body, done) {
    before = before.then(function () {
      return new Promise(function (over) {
        attempt(where, body, function (ok, answer) { done(ok, answer); over(); }, 0);
      });
    });
  }

  // What cannot be sent now is sent again under the same name, so the other side acts upon it once.
  function attempt(where, body, done, count) {
    const options = { method: "POST", credentials: "same-origin", body: body };
    if (typeof body === "string") options.headers = { "Content-Type": "application/json" };
    fetch(where, options).then(function (answer) {
      if (answer.status === 429) {
        const seconds = Number(answer.headers.get("Retry-After")) || 1;
        window.setTimeout(function () { attempt(where, body, done, count); }, 1000 * seconds);
        return null;
      }
      if (answer.status >= 500) throw new Error("try again");
      if (answer.ok) {
        if (count || [say.tooBig, say.tooLong, say.notTaken].includes(state.textContent)) tell(""); // said of what was sent before
        if (!source && !socket) listen();
      } else {
        if (answer.status === 404) lookWhetherGone();
        tell(answer.status === 404 ? say.gone : answer.status === 413 ? (where === "say" ? say.tooLong : say.tooBig) : say.notTaken);
      }
      return answer.json().catch(function () { return {}; }).then(function (said) {
        const heard = answer.ok && said.heard !== false; // not: too fast, or too much for one day; the chat says which
        if (answer.ok && heard === (state.textContent === say.notHeard)) tell(heard ? "" : say.notHeard);
        done(heard, said);
      });
    }).catch(function () {
      tell(say.retry);
      window.setTimeout(function () { attempt(where, body, done, count + 1); }, Math.min(1000 * Math.pow(2, count), 15000));
    });
  }

  function expect(name, text) {
    const item = bubble({ from: "me", text: text });
    item.classList.add("pending");
    item.querySelector(".bubble").append(make("time", "", say.sending));
    pending.set(name, item);
    log.append(item);
    toEnd();
  }

  // A bubble waits for its line; what was refused, and what is shown to nobody (a link's code), has none.
  function forget(name, ok, said) {
    if (!ok || said.shown === false) drop(name);
  }

  function drop(name) {
    const item = pending.get(name);
    if (item) item.remove();
    pending.delete(name);
  }

  function askPhone(on) {
    askingPhone = on;
    wordsLabel.textContent = on ? say.phone : say.write;
    words.placeholder = on ? say.phoneHint : say.write;
    words.setAttribute("inputmode", on ? "tel" : "text");
    words.setAttribute("autocomplete", on ? "tel" : "off");
    words.focus();
  }

  function choose() {
    const one = file.files[0];
    if (one && one.size > LARGEST) {
      tell(say.tooBig);
      file.value = "";
    }
    const kept = file.files[0];
    chosen.hidden = !kept;
    chosenName.textContent = kept ? say.file + " " + kept.name : "";
    if (kept) words.focus();
  }

  // What was not taken stands in front of what was typed since.
  function giveBack(text) {
    words.value = text && words.value ? text + "\n" + words.value : text || words.value;
    grow();
  }

  function grow() {
    words.style.height = "auto";
    words.style.height = words.scrollHeight + 3 + "px";
  }

  composer.addEventListener("submit", function (event) {
    event.preventDefault();
    const text = words.value.trim();
    const one = file.files[0];
    const name = newName();
    if (one) {
      const form = new FormData();
      form.append("event_id", name);
      form.append("caption", text);
      form.append("file", one, one.name);
      expect(name, "📎 " + one.name + (text ? "\n" + text : ""));
      send("file", form, function (ok, answer) {
        forget(name, ok, answer);
        if (!ok) giveBack(text);
      });
      file.value = "";
      choose();
    } else if (text) {
      expect(name, text);
      const said = askingPhone ? { event_id: name, contact: text } : { event_id: name, text: text };
      send("say", JSON.stringify(said), function (ok, answer) {
        forget(name, ok, answer);
        if (!ok) giveBack(text);
      });
    }
    words.value = "";
    if (askingPhone) askPhone(false);
    grow();
    words.focus();
  });

  words.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      composer.dispatchEvent(new Event("submit", { cancelable: true }));
    } else if (event.key === "Escape" && askingPhone) {
      askPhone(false);
    }
  });
  words.addEventListener("input", grow);
  file.addEventListener("change", choose);
  document.getElementById("unchoose").addEventListener("click", function () {
    file.value = "";
    choose();
    words.focus();
  });

  document.getElementById("menu").addEventListener("click", function () {
    send("say", JSON.stringify({ event_id: newName(), choice: "cmd.menu" }), function () {});
    writeOn();
  });

  // what was chosen and typed while this script was on its way, or kept by the browser when the page was reloaded
  choose();
  grow();
  listen();
  if (say.empty === "yes") {
    // a new chat begins as other networks begin it; the fixed name keeps a reload from beginning twice
    send("say", JSON.stringify({ event_id: "begin", text: ("/start " + say.start).trim() }), function () {});
  } else if (say.start) {
    // a link that was opened in a chat there is: once, however often the page is loaded again
    send("say", JSON.stringify({ event_id: "start-" + say.start, text: "/start " + say.start }), function () {});
  }
  writeOn();
})();
