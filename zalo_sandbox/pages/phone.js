// One phone: shows what the sandbox says it shows, and does what its owner does.
//
// This runs before the page is read and listens on the document: whatever somebody can press is heard from the moment
// it is there. Were it deferred, a file chosen or a word sent while it is being fetched would be lost without a sign.
"use strict";

let phone, log, state, words, say, person;
const clock = new Intl.DateTimeFormat("vi-VN", {
  timeZone: "Asia/Ho_Chi_Minh", day: "2-digit", month: "2-digit", year: "numeric", hour: "2-digit", minute: "2-digit",
});
let drawn = "";

async function call(path, body) {
  const form = body instanceof FormData;
  const options = body === undefined ? {} : {
    method: "POST",
    body: form ? body : JSON.stringify(body),
    headers: form ? {} : { "Content-Type": "application/json" },
  };
  const answer = await fetch(path, options);
  const found = await answer.json();
  if (!answer.ok) throw new Error(say.refused + (typeof found.message === "string" ? found.message : found.detail));
  return found;
}

function tell(sentence) {
  state.textContent = sentence;
  state.hidden = !sentence;
}

async function act(path, body) {
  try {
    await call(path, body);
    tell("");
  } catch (trouble) {
    tell(trouble instanceof TypeError ? say.offline : trouble.message);
  }
  await look();
}

function add(parent, name, text, className) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (className) made.className = className;
  parent.append(made);
  return made;
}

// A link inside a text is pressed as on a phone; nothing else of a text is anything but text.
function addText(parent, text) {
  for (const part of text.split(/(https?:\/\/[^\s)]+)/)) {
    if (/^https?:\/\//.test(part)) addLink(parent, part, part);
    else parent.append(part);
  }
}

function addLink(parent, text, address) {
  const link = add(parent, "a", text);
  link.href = address;
  link.rel = "noreferrer";
  link.target = "_blank";
  return link;
}

function draw(message) {
  const mine = message.by === "user";
  const item = add(log, "li", "", mine ? "me" : "");
  const writer = { user: say.me, admin: say.admin, template: say.template }[message.by];
  if (writer && !mine) add(item, "span", writer, "tag");
  const bubble = add(item, "div", "", "bubble");
  add(bubble, "span", `${mine ? say.me : say.account}: `, "hear");
  for (const address of message.pictures) {
    const picture = add(bubble, "img");
    picture.src = address;
    picture.alt = say.photo;
  }
  addText(bubble, message.text);
  if (message.file) addLink(bubble, message.file.name, message.file.url);
  if (message.contact) add(bubble, "div", `${message.contact.title}\n${message.contact.subtitle}`);
  if (message.reaction) add(item, "span", message.reaction, "tag");
  const choices = message.buttons.length || message.contact ? add(item, "div", "", "choices") : null;
  for (const button of message.buttons) addButton(choices, button);
  if (message.contact) add(choices, "button", say.contact).addEventListener("click", submitContact);
}

function addButton(parent, button) {
  if (button.type === "oa.open.url") addLink(parent, `${button.title} (${say.opens})`, button.target);
  else if (button.type.startsWith("oa.query")) {
    add(parent, "button", button.title).addEventListener("click", () => act(`${person}/press`, { title: button.title }));
  } else add(parent, "a", `${button.title} (${say.call} ${button.target})`).href = `tel:${button.target}`;
}

function submitContact() {
  act(`${person}/contact`, { name: say.name, phone: say.number || "84900000000" });
}

async function look() {
  try {
    const [found, world] = await Promise.all([call(person), call("/_sandbox/state")]);
    const shown = say.to === "bot" ? found.shown_by_bot : found.shown;
    const now = JSON.stringify(shown);
    document.getElementById("clock").textContent = clock.format(new Date(world.now));
    if (say.to === "oa" && world.webhook.url && !world.webhook.on) tell(say.off);
    else if (state.textContent === say.offline || state.textContent === say.off) tell("");
    if (now === drawn) return;
    const held = document.activeElement && log.contains(document.activeElement);
    drawn = now;
    log.replaceChildren();
    shown.forEach(draw);
    log.scrollTop = log.scrollHeight;
    if (held) words.focus();
  } catch {
    tell(say.offline);
  }
}

function sayWords() {
  const text = words.value.trim();
  if (!text) return;
  words.value = "";
  act(`${person}/say`, { text, to: say.to });
}

function answerByHand() {
  const typed = document.getElementById("hand");
  act(`${person}/by-hand`, { text: typed.value, admin_id: "1" });
  typed.value = "";
}

function sendFile(input) {
  const [file] = input.files;
  if (!file) return;
  const form = new FormData();
  const kind = file.type.split("/")[0];
  form.set("kind", file.type === "image/gif" ? "gif" : ["image", "audio", "video"].includes(kind) ? kind : "file");
  form.set("file", file);
  form.set("caption", words.value.trim());
  form.set("to", say.to);
  words.value = "";
  input.value = "";
  act(`${person}/send`, form);
}

function press({ id, dataset }) {
  if (dataset.do) act(`${person}/do`, { deed: dataset.do });
  else if (dataset.clock) act("/_sandbox/clock", { seconds: Number(dataset.clock) });
  else if (dataset.buttons) act("/_sandbox/switches", { buttons: dataset.buttons });
  else if (id === "webhook") act("/_sandbox/webhook", { on: true });
  else if (id === "contact") submitContact();
  else if (id === "place") act(`${person}/location`, { latitude: 15.057, longitude: 108.408 });
}

// What is done while the rest of the page is still being read waits until it is all there.
const there = new Promise((ready) => document.addEventListener("DOMContentLoaded", ready));

function hear(event, deed) {
  document.addEventListener(event, (heard) => {
    const done = deed(heard);
    if (done) there.then(done);
  });
}

hear("submit", (event) => {
  event.preventDefault();
  return event.target.id === "by-hand" ? answerByHand : sayWords;
});
hear("keydown", (event) => {
  if (event.target.id !== "words" || event.key !== "Enter" || event.shiftKey || event.isComposing) return null;
  event.preventDefault();
  return sayWords;
});
hear("change", ({ target }) => (target.id === "file" ? () => sendFile(target) : null));
hear("click", ({ target }) => {
  const button = target.closest("button");
  return button ? () => press(button) : null;
});

async function keepLooking() {
  await look();
  setTimeout(keepLooking, 800);
}

there.then(() => {
  [phone, log, state, words] = ["phone", "log", "state", "words"].map((id) => document.getElementById(id));
  say = phone.dataset;
  person = `/_sandbox/users/${say.key}`;
  keepLooking();
});
